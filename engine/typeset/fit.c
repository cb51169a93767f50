#include "typeset/lines.h"

#include "base/limits.h"
#include "typeset/kinsoku.h"
#include "typeset/spacing.h"

/* Sizes between full and smallest go by quarters of a point. */
#define SIZE_STEP (EMU_PER_PT / 4)

struct setting {
    const struct measure *measure;
    struct arena *arena;
    struct error *error;
    struct paragraph *paragraphs;
    uint32_t paragraph_count;
    uint32_t room;      /* lines allowed */
    uint16_t narrowest; /* scale, per mille */
    bool running;       /* running text: broken before it is condensed */
    emu size;           /* chosen */
    uint16_t scale;
    enum breaking breaking;
    struct span lines[LIMIT_LINES];
    uint32_t line_count;
    uint32_t first_line[LIMIT_LINES + 1]; /* of each paragraph */
};

static struct ruler ruler_of(const struct setting *setting, emu size, uint16_t scale)
{
    return (struct ruler){size, setting->measure->tracking,
                          measure_limit(setting->measure->width, scale)};
}

static int64_t widest(const struct setting *setting, emu size)
{
    int64_t most = 0;
    for (uint32_t i = 0; i < setting->paragraph_count; i++) {
        const struct paragraph *paragraph = &setting->paragraphs[i];
        const struct shaped *shaped = &paragraph->shaped;
        struct ruler ruler = {size, setting->measure->tracking, 0};
        int64_t natural = paragraph->kinds
                              ? span_natural(paragraph, &ruler, 0, shaped->count)
                              : measure_natural(shaped->width, shaped->count, size, ruler.tracking);
        most = natural > most ? natural : most;
    }
    return most;
}

/* -- one line a paragraph -- */

/* The widest scale at which `natural` fits, narrowest at least; 0 = none. */
static uint16_t scale_for(const struct setting *setting, int64_t natural)
{
    uint16_t low = setting->narrowest, high = 1000;
    if (natural > measure_limit(setting->measure->width, low))
        return 0;
    while (low < high) {
        uint16_t middle = (uint16_t)((low + high + 1) / 2);
        if (natural <= measure_limit(setting->measure->width, middle))
            low = middle;
        else
            high = (uint16_t)(middle - 1);
    }
    return low;
}

static bool fit_unbroken(struct setting *setting, emu size)
{
    if (setting->paragraph_count > setting->room)
        return false;
    uint16_t scale = scale_for(setting, widest(setting, size));
    if (scale == 0 || (setting->running && scale < 1000))
        return false;
    for (uint32_t i = 0; i < setting->paragraph_count; i++) {
        setting->lines[i] = (struct span){0, setting->paragraphs[i].shaped.count};
        setting->first_line[i] = i;
    }
    setting->line_count = setting->first_line[setting->paragraph_count] = setting->paragraph_count;
    setting->size = size;
    setting->scale = scale;
    return true;
}

/* -- several lines -- */

static bool fill_at(struct setting *setting, emu size, uint16_t scale, enum breaking breaking)
{
    struct ruler ruler = ruler_of(setting, size, scale);
    uint32_t count = 0;
    for (uint32_t i = 0; i < setting->paragraph_count; i++) {
        setting->first_line[i] = count;
        uint32_t more = lines_fill(&setting->paragraphs[i], &ruler, breaking,
                                   setting->lines + count, setting->room - count);
        if (more == 0)
            return false;
        count += more;
    }
    setting->line_count = setting->first_line[setting->paragraph_count] = count;
    setting->size = size;
    setting->scale = scale;
    setting->breaking = breaking;
    return true;
}

static bool fit_broken(struct setting *setting, emu size, enum breaking breaking)
{
    uint16_t low = setting->narrowest, high = 1000;
    if (fill_at(setting, size, high, breaking))
        return true;
    if (low == high || !fill_at(setting, size, low, breaking))
        return false;
    high--;
    while (low < high) {
        uint16_t middle = (uint16_t)((low + high + 1) / 2);
        if (fill_at(setting, size, middle, breaking))
            low = middle;
        else
            high = (uint16_t)(middle - 1);
    }
    return fill_at(setting, size, low, breaking);
}

static bool fit_size(struct setting *setting, emu size, enum breaking breaking)
{
    return fit_unbroken(setting, size) ||
           (setting->room > 1 &&
            fit_broken(setting, size,
                       setting->running && breaking == BREAK_PROPER ? BREAK_LONG_WORD : breaking));
}

/* The largest of the smaller sizes that fits. */
static bool fit_smaller(struct setting *setting, enum breaking breaking)
{
    emu full = setting->measure->size, least = setting->measure->min_size;
    if (least >= full || !fit_size(setting, least, breaking))
        return false;
    emu low = 0,
        high = (full - least + SIZE_STEP - 1) / SIZE_STEP; /* steps below full; high fits */
    while (high - low > 1) {
        emu middle = low + (high - low) / 2;
        if (fit_size(setting, full - middle * SIZE_STEP, breaking))
            high = middle;
        else
            low = middle;
    }
    emu chosen = full - high * SIZE_STEP;
    return fit_size(setting, chosen > least ? chosen : least, breaking);
}

/* Evens the lines out; gives the cost of the worst break that is left. */
static uint8_t make_even(struct setting *setting)
{
    struct ruler ruler = ruler_of(setting, setting->size, setting->scale);
    uint8_t worst = 0;
    for (uint32_t i = 0; i < setting->paragraph_count; i++) {
        struct span *lines = setting->lines + setting->first_line[i];
        uint32_t count = setting->first_line[i + 1] - setting->first_line[i];
        if (!setting->running && count <= BALANCE_LINES)
            lines_balance(&setting->paragraphs[i], &ruler, lines, count);
        else
            lines_settle(&setting->paragraphs[i], &ruler, lines, count);
        uint8_t cost = lines_worst(&setting->paragraphs[i], lines, count);
        worst = cost > worst ? cost : worst;
    }
    return worst;
}

/* At the widest scale that fits, lines are full and leave no choice of breaks. A short text may be set a
 * little narrower still, where that keeps a number or a word in one piece. */
#define NARROWER_STEP 30 /* per mille */
#define NARROWER_STEPS 5

/* A line more, where the frame has it and that spares a poor break. */
static bool take_line(struct setting *setting, uint16_t scale, uint8_t worst)
{
    if (worst < COST_POOR || setting->paragraph_count != 1 ||
        setting->line_count >= setting->room || setting->line_count >= BALANCE_LINES ||
        !fill_at(setting, setting->size, scale, setting->breaking))
        return false;
    struct ruler ruler = ruler_of(setting, setting->size, scale);
    if (!lines_balance_more(setting->paragraphs, &ruler, setting->lines, setting->line_count))
        return false;
    if (lines_worst(setting->paragraphs, setting->lines, setting->line_count + 1) >= worst)
        return false;
    setting->first_line[1] = ++setting->line_count;
    return true;
}

static void make_good(struct setting *setting)
{
    uint16_t widest_scale = setting->scale, best_scale = setting->scale;
    uint8_t best = make_even(setting);
    if (setting->running || best <= COST_PLAIN)
        return;
    for (uint16_t step = 1; step <= NARROWER_STEPS && best > COST_PLAIN; step++) {
        uint16_t scale = (uint16_t)(widest_scale - step * NARROWER_STEP);
        if (scale < setting->narrowest ||
            !fill_at(setting, setting->size, scale, setting->breaking))
            break;
        uint8_t cost = make_even(setting);
        if (cost < best) {
            best = cost;
            best_scale = scale;
        }
    }
    if (!take_line(setting, widest_scale, best) &&
        fill_at(setting, setting->size, best_scale, setting->breaking))
        make_even(setting);
}

static enum status fit(struct setting *setting)
{
    emu size = setting->measure->size;
    if (fit_unbroken(setting, size))
        return OK;
    for (uint32_t i = 0; i < setting->paragraph_count; i++) {
        enum status status =
            paragraph_prepare(&setting->paragraphs[i], setting->arena, setting->error);
        if (status != OK)
            return status;
    }
    if (setting->paragraph_count > setting->room)
        return error_set(setting->error, MSG_TEXT_TOO_LONG);
    bool fits = false;
    for (int breaking = BREAK_PROPER; !fits && breaking <= BREAK_ANY_WORD; breaking++)
        fits = fit_size(setting, size, (enum breaking)breaking) ||
               fit_smaller(setting, (enum breaking)breaking);
    if (!fits)
        return error_set(setting->error, MSG_TEXT_TOO_LONG);
    if (setting->line_count > setting->paragraph_count)
        make_good(setting);
    return OK;
}

/* -- the result -- */

static enum status put_lines(const struct setting *setting, struct set_text *out)
{
    out->lines = arena_array(setting->arena, setting->line_count, sizeof(*out->lines));
    if (!out->lines)
        return error_set(setting->error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < setting->paragraph_count; i++) {
        const struct paragraph *paragraph = &setting->paragraphs[i];
        uint32_t stop = setting->first_line[i + 1];
        for (uint32_t line = setting->first_line[i]; line < stop; line++) {
            bool full = setting->measure->justify && line + 1 < stop;
            line_set(paragraph, setting->lines[line], setting->size, setting->scale, full,
                     &out->lines[line]);
        }
    }
    out->count = setting->line_count;
    out->size = setting->size;
    out->scale = setting->scale;
    return OK;
}

/* -- paragraphs -- */

static uint32_t count_paragraphs(struct text text)
{
    uint32_t count = 1;
    const char *at = text.bytes, *end = at + text.length;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        count++;
        at++;
    }
    return count;
}

static bool apply_spacing(const struct setting *setting, struct paragraph *paragraph)
{
    const struct measure *measure = setting->measure;
    struct shaped *shaped = &paragraph->shaped;
    if ((!measure->close_up && !measure->quarter) || shaped->count == 0)
        return true;
    paragraph->kinds = arena_take(setting->arena, shaped->count);
    if (!paragraph->kinds)
        return false;
    shaped->width +=
        spacing_apply(measure, paragraph->text, shaped->glyphs, shaped->count, paragraph->kinds);
    return true;
}

static enum status shape_paragraphs(struct fonts *fonts, int role, struct text text,
                                    struct setting *setting)
{
    uint32_t offset = 0;
    for (uint32_t i = 0; i < setting->paragraph_count; i++) {
        const char *start = text.bytes + offset;
        const char *stop = memchr(start, '\n', text.length - offset);
        uint32_t length = stop ? (uint32_t)(stop - start) : text.length - offset;
        struct paragraph *paragraph = &setting->paragraphs[i];
        *paragraph = (struct paragraph){.text = {start, length}, .measure = setting->measure};
        enum status status = typeset_shape(fonts, role, paragraph->text, setting->arena,
                                           &paragraph->shaped, setting->error);
        if (status != OK) {
            if (status == REJECT && setting->error)
                setting->error->offset += offset;
            return status;
        }
        if (!apply_spacing(setting, paragraph))
            return error_set(setting->error, MSG_NO_MEMORY);
        offset += length + 1;
    }
    return OK;
}

enum status typeset_fit(struct fonts *fonts, int role, struct text text,
                        const struct measure *measure, struct arena *arena, struct set_text *out,
                        struct error *error)
{
    struct paragraph only = {.text = {NULL, 0}};
    *out = (struct set_text){NULL, 0, measure->size, 1000};
    if (text.length == 0)
        return OK;
    struct setting setting; /* not zeroed: half a kilobyte of lines for each short field */
    setting.measure = measure;
    setting.arena = arena;
    setting.error = error;
    setting.paragraph_count = count_paragraphs(text);
    setting.room = measure->lines < 1             ? 1
                   : measure->lines < LIMIT_LINES ? measure->lines
                                                  : LIMIT_LINES;
    setting.narrowest =
        (uint16_t)(measure->condense && measure->condense < 100 ? measure->condense * 10 : 1000);
    setting.running = measure->justify && setting.room > 1;
    setting.paragraphs = &only;
    if (setting.paragraph_count > 1)
        setting.paragraphs = arena_array(arena, setting.paragraph_count, sizeof(only));
    if (!setting.paragraphs)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = shape_paragraphs(fonts, role, text, &setting);
    if (status == OK)
        status = fit(&setting);
    return status == OK ? put_lines(&setting, out) : status;
}
