#include "typeset/lines.h"

#include "typeset/kinsoku.h"

/* Lines of a name or address are made even, but a good break counts for more: the cost of a set of lines is
 * the sum of squared distances from the mean in quarters of an em, plus the cost of the breaks. */

#define BREAK_WEIGHT 40
#define RUN_ON 320 /* what a break costs that is at no blank: a building's name should stay whole */
#define LONE_COST 100000
#define NO_WAY INT64_MAX

struct table {
    const struct paragraph *paragraph;
    const struct ruler *ruler;
    uint32_t lines;
    int64_t mean, quarter;                               /* natural widths */
    uint8_t allowed;                                     /* worst cost of a break */
    int64_t best[BALANCE_LINES + 1][BALANCE_GLYPHS + 1]; /* of lines ending before glyph i */
    uint16_t from[BALANCE_LINES + 1][BALANCE_GLYPHS + 1];
};

static uint32_t content_end(const struct paragraph *paragraph, uint32_t first, uint32_t end)
{
    while (end > first && paragraph->classes[end - 1] == CLASS_BLANK)
        end--;
    return end;
}

static uint32_t content_first(const struct paragraph *paragraph, uint32_t first, uint32_t end)
{
    while (first < end && paragraph->classes[first] == CLASS_BLANK)
        first++;
    return first;
}

/* Last lines should rather be the shorter ones, others the longer ones. */
static int64_t line_cost(const struct table *table, int64_t natural, bool last)
{
    int64_t off = (natural - table->mean) / table->quarter;
    bool wrong_side = last ? off > 0 : off < 0;
    return off * off * (wrong_side ? 2 : 1);
}

static uint32_t characters_within(const struct paragraph *paragraph, uint32_t first, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = first; i < end && count < 3; i++)
        count += paragraph->shaped.glyphs[i].text_length > 0;
    return count;
}

/* False: too wide, and so is every line that starts further left. */
static bool try_line(struct table *table, uint32_t line, uint32_t start, uint32_t end)
{
    const struct paragraph *paragraph = table->paragraph;
    int64_t before = table->best[line - 1][start];
    bool last = end == paragraph->shaped.count;
    uint32_t content = start == 0 ? 0 : content_first(paragraph, start, end);
    uint32_t stop = content_end(paragraph, content, end);
    int64_t natural = span_natural(paragraph, table->ruler, content, stop);
    if (natural > table->ruler->limit)
        return false;
    if (before == NO_WAY || (stop == content && start != 0))
        return true;
    int64_t cost = before + line_cost(table, natural, last);
    if (last && characters_within(paragraph, content, stop) < 3)
        cost += LONE_COST;
    if (!last)
        cost += (int64_t)paragraph->costs[end] * BREAK_WEIGHT + (stop == end ? RUN_ON : 0);
    if (cost < table->best[line][end]) {
        table->best[line][end] = cost;
        table->from[line][end] = (uint16_t)start;
    }
    return true;
}

static void try_lines(struct table *table, uint32_t line, uint32_t end)
{
    for (uint32_t start = end; start-- >= line;)
        if (!try_line(table, line, start, end))
            return;
}

static void fill_table(struct table *table)
{
    uint32_t count = table->paragraph->shaped.count;
    for (uint32_t line = 0; line <= table->lines; line++)
        for (uint32_t i = 0; i <= count; i++)
            table->best[line][i] = NO_WAY;
    table->best[0][0] = 0;
    for (uint32_t line = 1; line <= table->lines; line++)
        for (uint32_t end = 1; end <= count; end++)
            if (end == count || table->paragraph->costs[end] <= table->allowed)
                try_lines(table, line, end);
}

static void read_back(const struct table *table, struct span *lines)
{
    uint32_t end = table->paragraph->shaped.count;
    for (uint32_t line = table->lines; line > 0; line--) {
        uint32_t start = table->from[line][end];
        uint32_t first = start == 0 ? 0 : content_first(table->paragraph, start, end);
        lines[line - 1] = (struct span){first, content_end(table->paragraph, first, end)};
        end = start;
    }
}

/* Breaks inside words stay out unless first fit needed them. */
static uint8_t worst_cost(const struct paragraph *paragraph, const struct span *lines,
                          uint32_t count)
{
    uint8_t worst = COST_PROPER;
    for (uint32_t i = 1; i < count; i++)
        if (paragraph->costs[lines[i].first] > worst && lines[i].first == lines[i - 1].end)
            worst = paragraph->costs[lines[i].first];
    return worst;
}

/* want: lines, at least `have`, which `lines` has now. False: no such lines; `lines` is as before. */
static bool balance(const struct paragraph *paragraph, const struct ruler *ruler,
                    struct span *lines, uint32_t have, uint32_t want)
{
    if (want < 2 || want > BALANCE_LINES || paragraph->shaped.count > BALANCE_GLYPHS)
        return false;
    struct table table = {.paragraph = paragraph, .ruler = ruler, .lines = want};
    table.allowed = worst_cost(paragraph, lines, have);
    for (uint32_t i = 0; i < have; i++)
        table.mean += span_natural(paragraph, ruler, lines[i].first, lines[i].end);
    table.mean /= want;
    table.quarter = (int64_t)ruler->size * EM_UNITS / 4;
    if (table.quarter <= 0)
        return false;
    fill_table(&table);
    if (table.best[want][paragraph->shaped.count] == NO_WAY)
        return false;
    read_back(&table, lines);
    return true;
}

void lines_balance(const struct paragraph *paragraph, const struct ruler *ruler, struct span *lines,
                   uint32_t count)
{
    (void)balance(paragraph, ruler, lines, count, count);
}

bool lines_balance_more(const struct paragraph *paragraph, const struct ruler *ruler,
                        struct span *lines, uint32_t count)
{
    return balance(paragraph, ruler, lines, count, count + 1);
}
