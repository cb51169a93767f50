#include "decision/facts.h"

#include "base/utf8.h"

unsigned fact_slot(enum fact fact)
{
    static const unsigned slots[RECORD_FACTS] = {
        [FACT_NUMBER] = COLUMN_LAST4,
        [FACT_PERIOD] = COLUMN_REGISTERED,
        [FACT_MATCH] = COLUMN_MATCH_OVERALL,
        [FACT_CONFIRMED] = COLUMN_CONFIRMED,
        [FACT_REPLY] = COLUMN_REPLY,
        [FACT_NO_SELF_INFO] = COLUMN_NO_SELF_INFO,
        [FACT_CARE] = COLUMN_CARE,
        [FACT_MYNA_CARD] = COLUMN_MYNA_CARD,
        [FACT_ISSUED_BEFORE] = COLUMN_ISSUED_BEFORE,
    };
    return slots[fact];
}

enum { ITEMS = 5, FLAGS = 6, FLAG_EMPTY = 2 };

/* The five items, and 複数資格 behind them. */
static const unsigned flag_slots[FLAGS] = {COLUMN_MATCH_NAME,    COLUMN_MATCH_KANA,
                                           COLUMN_MATCH_BIRTH,   COLUMN_MATCH_SEX,
                                           COLUMN_MATCH_ADDRESS, COLUMN_MULTIPLE};
enum { ITEM_NAME, ITEM_KANA, ITEM_BIRTH, ITEM_SEX, ITEM_ADDRESS, ITEM_MULTIPLE };

static enum status refuse(struct error *error, enum message message, const struct admitted *record,
                          unsigned slot)
{
    enum status status = error_name(error, message, text_of(column_name(slot)));
    if (error)
        error->row = record->row;
    return status;
}

/* 1, 0, or FLAG_EMPTY. */
static enum status read_flag(const struct admitted *record, unsigned slot, uint8_t *out,
                             struct error *error)
{
    struct text value = record->value[slot];
    *out = FLAG_EMPTY;
    if (value.length == 0)
        return OK;
    if (utf8_equal_folded(value, TEXT("1")))
        *out = 1;
    else if (utf8_equal_folded(value, TEXT("0")))
        *out = 0;
    else
        return refuse(error, MSG_DECISION_CHOICE, record, slot);
    return OK;
}

/* A form needs a last 4. 個人番号提出 may be absent, but must not say the opposite. */
static enum status read_number(const struct admitted *record, uint8_t *open, struct error *error)
{
    bool last4 = record->value[COLUMN_LAST4].length > 0;
    uint8_t submitted;
    enum status status = read_flag(record, COLUMN_SUBMITTED, &submitted, error);
    if (status != OK)
        return status;
    if (submitted == 0 && last4)
        return refuse(error, MSG_NUMBER_CONTRADICTION, record, COLUMN_SUBMITTED);
    if (submitted == 1 && !last4)
        return refuse(error, MSG_NUMBER_WITHOUT_LAST4, record, COLUMN_LAST4);
    *open = 1u << (last4 ? NUMBER_YES : NUMBER_NONE);
    return OK;
}

static enum status read_period(const struct decision_table *table, const struct admitted *record,
                               uint8_t *open, struct error *error)
{
    const struct date start = table->job->notice.check_started;
    struct date day;
    enum date_fault fault = date_parse(record->value[COLUMN_REGISTERED], &day);
    *open = 1u << PERIOD_1 | 1u << PERIOD_2 | 1u << PERIOD_3;
    if (fault == DATE_EMPTY)
        return OK;
    if (fault != DATE_OK)
        return refuse(error, MSG_DECISION_DATE, record, COLUMN_REGISTERED);
    if (start.year != 0 && date_compare(day, start) >= 0)
        *open = 1u << PERIOD_3;
    else
        *open = 1u << (date_compare(day, table->p1_last_day) <= 0 ? PERIOD_1 : PERIOD_2);
    return OK;
}

/* -- match: notice 4(1)①-④ and 別添1 note 1 -- */

static enum match_value classify(const uint8_t flag[FLAGS])
{
    bool names = flag[ITEM_NAME] && flag[ITEM_KANA];
    if (!flag[ITEM_BIRTH] || !flag[ITEM_SEX])
        return MATCH_3;
    if (flag[ITEM_ADDRESS])
        return names ? MATCH_0 : MATCH_1;
    return names && !flag[ITEM_MULTIPLE] ? MATCH_1 : MATCH_2;
}

/* The classes that the flags allow; an empty flag may be either. */
static uint8_t match_by_items(const uint8_t flag[FLAGS])
{
    uint8_t open[FLAGS], value[FLAGS], classes = 0;
    for (unsigned i = 0; i < FLAGS; i++)
        open[i] = flag[i] == FLAG_EMPTY ? 3 : (uint8_t)(1u << flag[i]);
    situation_first(open, FLAGS, value);
    do
        classes = (uint8_t)(classes | 1u << classify(value));
    while (situation_next(open, FLAGS, value));
    return classes;
}

static enum status match_by_overall(const struct admitted *record, uint8_t *classes,
                                    struct error *error)
{
    /* ○ in its three code points (U+25CB, ideographic zero, large circle), × also as U+2715 */
    static const struct {
        const char *sign;
        uint8_t classes;
    } signs[] = {{"", 15},
                 {"○", 1u << MATCH_0},
                 {"〇", 1u << MATCH_0},
                 {"◯", 1u << MATCH_0},
                 {"△", 1u << MATCH_1},
                 {"×", 1u << MATCH_2 | 1u << MATCH_3},
                 {"✕", 1u << MATCH_2 | 1u << MATCH_3}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        *classes = signs[i].classes;
        if (text_is(record->value[COLUMN_MATCH_OVERALL], signs[i].sign))
            return OK;
    }
    return refuse(error, MSG_DECISION_CHOICE, record, COLUMN_MATCH_OVERALL);
}

static enum status read_match(const struct admitted *record, uint8_t *open, struct error *error)
{
    uint8_t flag[FLAGS];
    enum status status = match_by_overall(record, open, error);
    bool any = false;
    for (unsigned i = 0; status == OK && i < FLAGS; i++) {
        status = read_flag(record, flag_slots[i], &flag[i], error);
        any |= i < ITEMS && flag[i] != FLAG_EMPTY;
    }
    if (status != OK || !any)
        return status;
    *open &= match_by_items(flag);
    return *open ? OK : refuse(error, MSG_MATCH_CONTRADICTION, record, COLUMN_MATCH_OVERALL);
}

/* 1 yes, 0 no, empty open. */
static enum status read_yes_no(const struct admitted *record, unsigned slot, uint8_t *open,
                               struct error *error)
{
    uint8_t flag;
    enum status status = read_flag(record, slot, &flag, error);
    *open = 1u << VALUE_YES | 1u << VALUE_NO;
    if (status == OK && flag != FLAG_EMPTY)
        *open = 1u << (flag ? VALUE_YES : VALUE_NO);
    return status;
}

/* An empty protection flag that was admitted means 0: protection.empty says so. */
static enum status read_no_self_info(const struct admitted *record, uint8_t *open,
                                     struct error *error)
{
    enum status status = read_yes_no(record, COLUMN_NO_SELF_INFO, open, error);
    if (record->value[COLUMN_NO_SELF_INFO].length == 0)
        *open = 1u << VALUE_NO;
    return status;
}

static enum status read_reply(const struct admitted *record, uint8_t *open, struct error *error)
{
    uint8_t flag = FLAG_EMPTY;
    bool not_asked = text_is(record->value[COLUMN_REPLY], "未照会");
    enum status status = not_asked ? OK : read_flag(record, COLUMN_REPLY, &flag, error);
    *open = 1u << (not_asked            ? REPLY_NOT_ASKED
                   : flag == FLAG_EMPTY ? REPLY_UNCLEAR
                   : flag               ? REPLY_REPLIED
                                        : REPLY_NONE);
    return status;
}

static enum status read_fact(const struct decision_table *table, enum fact fact,
                             const struct admitted *record, uint8_t *open, struct error *error)
{
    switch (fact) {
    case FACT_NUMBER:
        return read_number(record, open, error);
    case FACT_PERIOD:
        return read_period(table, record, open, error);
    case FACT_MATCH:
        return read_match(record, open, error);
    case FACT_REPLY:
        return read_reply(record, open, error);
    case FACT_NO_SELF_INFO:
        return read_no_self_info(record, open, error);
    default:
        return read_yes_no(record, fact_slot(fact), open, error);
    }
}

enum status facts_read(const struct decision_table *table, const struct admitted *record,
                       struct facts *out, struct error *error)
{
    enum status status = OK;
    memset(out->open, 1, sizeof out->open);
    for (unsigned i = 0; status == OK && i < RECORD_FACTS; i++)
        if (table->looks_at[i])
            status = read_fact(table, (enum fact)i, record, &out->open[i], error);
    return status;
}

static enum status refuse_open_match(const struct admitted *record, struct error *error)
{
    unsigned given = 0, empty = COLUMN_MULTIPLE;
    for (unsigned i = ITEMS; i-- > 0;) {
        if (record->value[flag_slots[i]].length)
            given++;
        else
            empty = flag_slots[i];
    }
    if (given)
        return refuse(error, MSG_DECISION_EMPTY, record, empty);
    bool overall = record->value[COLUMN_MATCH_OVERALL].length > 0;
    return refuse(error, overall ? MSG_MATCH_UNDECIDED : MSG_DECISION_EMPTY, record,
                  COLUMN_MATCH_OVERALL);
}

enum status facts_refuse_open(enum fact fact, const struct admitted *record, struct error *error)
{
    switch (fact) {
    case FACT_MATCH:
        return refuse_open_match(record, error);
    case FACT_NUMBER: /* these are always known */
    case FACT_REPLY:
    case FACT_NO_SELF_INFO:
    case FACT_WITH_CARD:
    case FACT_COUNT:
        return error_set(error, MSG_BUG);
    default:
        return refuse(error, MSG_DECISION_EMPTY, record, fact_slot(fact));
    }
}
