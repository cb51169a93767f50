#include "decision/table.h"

static uint8_t lowest(uint8_t bits)
{
    return (uint8_t)__builtin_ctz(bits);
}

void situation_first(const uint8_t open[], unsigned facts, uint8_t value[])
{
    for (unsigned i = 0; i < facts; i++)
        value[i] = lowest(open[i]);
}

bool situation_next(const uint8_t open[], unsigned facts, uint8_t value[])
{
    for (unsigned i = 0; i < facts; i++) {
        unsigned higher = open[i] & ~((2u << value[i]) - 1);
        if (higher) {
            value[i] = lowest((uint8_t)higher);
            return true;
        }
        value[i] = lowest(open[i]);
    }
    return false;
}

static bool fits(const struct table_row *row, const uint8_t value[FACT_COUNT])
{
    for (uint32_t w = 0; w < row->when_count; w++) {
        bool good = true;
        for (unsigned i = 0; i < FACT_COUNT && good; i++)
            good = row->when[w].allowed[i] >> value[i] & 1;
        if (good)
            return true;
    }
    return false;
}

static uint8_t first_row(const struct decision_table *table, unsigned kind,
                         const uint8_t value[FACT_COUNT])
{
    for (uint32_t i = 0; i < table->row_count; i++)
        if ((table->rows[i].kinds >> kind & 1) && fits(&table->rows[i], value))
            return (uint8_t)i;
    return NO_ROW;
}

/* Every situation of one kind of insurer. *gap: some situation has no row. Rows that fired get
 * their bit. */
static void play_kind(struct decision_table *table, unsigned kind, bool fired[TABLE_ROWS],
                      bool *gap)
{
    uint8_t open[FACT_COUNT], value[FACT_COUNT];
    uint8_t card = table->job->notice.with_card ? VALUE_YES : VALUE_NO;
    for (unsigned i = 0; i < FACT_COUNT; i++)
        open[i] = (uint8_t)((1u << fact_values((enum fact)i)) - 1);
    situation_first(open, FACT_COUNT, value);
    do {
        uint8_t row = first_row(table, kind, value);
        if (row == NO_ROW)
            *gap = true;
        else
            fired[row] = true;
        if (kind == (unsigned)table->job->insurer.kind && value[FACT_WITH_CARD] == card)
            table->fired[situation_index(value)] = row;
    } while (situation_next(open, FACT_COUNT, value));
}

static enum status check_kind(const char *path, struct decision_table *table, unsigned kind,
                              struct error *error)
{
    static const char *const names[INSURER_KINDS] = {"kyokai",        "kenpo",  "kyosai",
                                                     "kokuho-kumiai", "kokuho", "koki"};
    bool fired[TABLE_ROWS] = {false}, gap = false, any = false;
    play_kind(table, kind, fired, &gap);
    for (uint32_t i = 0; i < table->row_count; i++) {
        const struct table_row *row = &table->rows[i];
        bool ours = row->kinds >> kind & 1;
        any |= ours;
        if (ours && !fired[i])
            return error_at(error, MSG_TABLE_IDLE_ROW, path, row->line, row->name);
    }
    if (gap && (any || kind == (unsigned)table->job->insurer.kind))
        return error_at(error, MSG_TABLE_GAP, path, 0, text_of(names[kind]));
    return OK;
}

static void note_facts(struct decision_table *table)
{
    for (uint32_t i = 0; i < table->row_count; i++) {
        const struct table_row *row = &table->rows[i];
        if (!(row->kinds >> table->job->insurer.kind & 1))
            continue;
        for (uint32_t w = 0; w < row->when_count; w++)
            for (unsigned f = 0; f < FACT_COUNT; f++)
                if (row->when[w].allowed[f] != (1u << fact_values((enum fact)f)) - 1)
                    table->looks_at[f] = true;
    }
}

enum status table_play(const char *path, struct decision_table *table, struct error *error)
{
    enum status status = OK;
    for (unsigned kind = 0; status == OK && kind < INSURER_KINDS; kind++)
        status = check_kind(path, table, kind, error);
    note_facts(table);
    return status;
}
