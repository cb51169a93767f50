/* decision/table.h -- the decision table in memory. Private to the decision room.
 * A situation is one value for each fact. At opening every situation is played through the rows
 * once, so that the table is known to have no gap and no idle row, and a record costs one look-up.
 */
#ifndef DECISION_TABLE_H
#define DECISION_TABLE_H

#include "base/yaml.h"
#include "decision/decision.h"

enum fact {
    FACT_NUMBER,
    FACT_PERIOD,
    FACT_MATCH,
    FACT_CONFIRMED,
    FACT_REPLY,
    FACT_NO_SELF_INFO,
    FACT_CARE,
    FACT_MYNA_CARD,
    FACT_ISSUED_BEFORE,
    FACT_WITH_CARD,
    FACT_COUNT
};
enum { RECORD_FACTS = FACT_WITH_CARD }; /* those before it come from the record */

enum number_value { NUMBER_YES, NUMBER_NONE };
enum period_value { PERIOD_1, PERIOD_2, PERIOD_3 };
enum match_value { MATCH_0, MATCH_1, MATCH_2, MATCH_3 };
enum yes_no_value { VALUE_YES, VALUE_NO };
enum reply_value { REPLY_REPLIED, REPLY_NONE, REPLY_NOT_ASKED, REPLY_UNCLEAR };

enum { SITUATIONS = 2 * 3 * 4 * 2 * 4 * 2 * 2 * 2 * 2 }; /* of the record facts */
enum { TABLE_ROWS = 64, ROW_ALTERNATIVES = 8, NO_ROW = 255 };

/* Values that fact may have, as bits. */
struct condition {
    uint8_t allowed[FACT_COUNT];
};

struct ending {
    enum outcome outcome;
    struct text form;
    enum message reason; /* of certificate and not-needed; MSG_NONE: the row says it */
};

struct table_row {
    struct text name;
    uint32_t line;
    uint8_t kinds; /* bits of enum insurer_kind */
    struct condition when[ROW_ALTERNATIVES];
    uint32_t when_count;
    struct ending ending; /* for this job */
    enum message reason;
};

struct decision_table {
    const struct job *job;
    struct table_row *rows;
    uint32_t row_count;
    struct date p1_last_day; /* year 0: no row looks at the period */
    bool looks_at[FACT_COUNT]; /* rows of the job's kind of insurer name this fact */
    uint8_t fired[SITUATIONS]; /* row, for the job's kind and with_card */
};

/* Number of values of a fact. */
unsigned fact_values(enum fact fact);

/* Place of a situation in `fired`. */
static inline unsigned situation_index(const uint8_t value[RECORD_FACTS])
{
    unsigned index = (value[FACT_NUMBER] * 3u + value[FACT_PERIOD]) * 4u + value[FACT_MATCH];
    index = (index * 2 + value[FACT_CONFIRMED]) * 4 + value[FACT_REPLY];
    for (unsigned fact = FACT_NO_SELF_INFO; fact < RECORD_FACTS; fact++)
        index = index * 2 + value[fact];
    return index;
}

/* Steps to the next situation in which each fact has a value of `open`; false behind the last.
 * Start with situation_first. */
void situation_first(const uint8_t open[], unsigned facts, uint8_t value[]);
bool situation_next(const uint8_t open[], unsigned facts, uint8_t value[]);

/* Fills rows, row_count and p1_last_day. Refuses: 4420-4424, 4427 with file, line and name. */
CHECKED enum status table_read(const struct job *job, struct text source, const char *path,
                               struct arena *arena, struct decision_table *table,
                               struct error *error);

/* Plays all situations: fills fired and looks_at. Refuses a gap and an idle row. */
CHECKED enum status table_play(const char *path, struct decision_table *table, struct error *error);

#endif
