/* decision/read.c -- decision.yaml to rows. */
#include "decision/table.h"

struct reading {
    const struct job *job;
    const char *path;
    struct error *error;
    bool names_period; /* some row does, so that p1_last_day is needed */
};

/* Words of a key; their place is the value, or its bit. */
struct words {
    const char *const *list;
    unsigned count;
};
/* clang-format off */
#define WORDS(list) {list, sizeof(list) / sizeof *(list)}
/* clang-format on */

static const char *const kind_words[] = {"kyokai",        "kenpo",  "kyosai",
                                         "kokuho-kumiai", "kokuho", "koki"};
static const char *const number_words[] = {"yes", "none"};
static const char *const period_words[] = {"P1", "P2", "P3"};
static const char *const match_words[] = {"M0", "M1", "M2", "M3"};
static const char *const yes_no_words[] = {"yes", "no"};
static const char *const reply_words[] = {"replied", "none", "not-asked", "unclear"};

static const char *const fact_names[FACT_COUNT] = {
    "number",       "period", "match",     "confirmed",     "reply",
    "no_self_info", "care",   "myna_card", "issued_before", "with_card"};
static const struct words fact_words[FACT_COUNT] = {
    WORDS(number_words), WORDS(period_words), WORDS(match_words),  WORDS(yes_no_words),
    WORDS(reply_words),  WORDS(yes_no_words), WORDS(yes_no_words), WORDS(yes_no_words),
    WORDS(yes_no_words), WORDS(yes_no_words)};
static const struct words kinds = WORDS(kind_words);
static const struct words facts = WORDS(fact_names);

unsigned fact_values(enum fact fact)
{
    return fact_words[fact].count;
}

static enum status refuse(const struct reading *reading, enum message message,
                          const struct yaml_node *node, struct text name)
{
    return error_at(reading->error, message, reading->path, node->line, name);
}

static int find_word(struct words words, struct text text)
{
    for (unsigned i = 0; i < words.count; i++)
        if (text_is(text, words.list[i]))
            return (int)i;
    return -1;
}

static enum status want_kind(const struct reading *reading, const struct yaml_node *node,
                             enum yaml_kind kind)
{
    return node->kind == kind ? OK : refuse(reading, MSG_TABLE_SHAPE, node, node->key);
}

static enum status known_keys(const struct reading *reading, const struct yaml_node *map,
                              struct words keys)
{
    for (const struct yaml_node *entry = map->child; entry; entry = entry->next)
        if (find_word(keys, entry->key) < 0)
            return refuse(reading, MSG_TABLE_KEY, entry, entry->key);
    return OK;
}

static enum status need(const struct reading *reading, const struct yaml_node *map, const char *key,
                        const struct yaml_node **out)
{
    *out = yaml_find(map, key);
    return *out ? OK : refuse(reading, MSG_TABLE_MISSING, map, text_of(key));
}

static enum status need_text(const struct reading *reading, const struct yaml_node *map,
                             const char *key, struct text *out)
{
    const struct yaml_node *node;
    enum status status = need(reading, map, key, &node);
    if (status == OK)
        status = want_kind(reading, node, YAML_SCALAR);
    if (status == OK && node->text.length == 0)
        status = refuse(reading, MSG_TABLE_VALUE, node, node->key);
    if (status == OK)
        *out = node->text;
    return status;
}

static enum status add_bit(const struct reading *reading, const struct yaml_node *node,
                           struct text key, struct words words, uint8_t *bits)
{
    int place = node->kind == YAML_SCALAR ? find_word(words, node->text) : -1;
    if (place < 0)
        return refuse(reading, MSG_TABLE_VALUE, node, key);
    *bits = (uint8_t)(*bits | 1u << place);
    return OK;
}

/* One word, or a list of words. */
static enum status read_bits(const struct reading *reading, const struct yaml_node *node,
                             struct words words, uint8_t *bits)
{
    *bits = 0;
    if (node->kind != YAML_LIST)
        return add_bit(reading, node, node->key, words, bits);
    enum status status = node->child ? OK : refuse(reading, MSG_TABLE_VALUE, node, node->key);
    for (const struct yaml_node *item = node->child; status == OK && item; item = item->next)
        status = add_bit(reading, item, node->key, words, bits);
    return status;
}

static struct condition any_situation(void)
{
    struct condition condition;
    for (unsigned i = 0; i < FACT_COUNT; i++)
        condition.allowed[i] = (uint8_t)((1u << fact_words[i].count) - 1);
    return condition;
}

static enum status read_condition(struct reading *reading, const struct yaml_node *map,
                                  struct table_row *row)
{
    if (map->kind != YAML_MAP)
        return refuse(reading, MSG_TABLE_SHAPE, map, TEXT("when"));
    if (row->when_count == ROW_ALTERNATIVES)
        return refuse(reading, MSG_TABLE_SHAPE, map, TEXT("when"));
    struct condition *condition = &row->when[row->when_count++];
    *condition = any_situation();
    enum status status = known_keys(reading, map, facts);
    for (const struct yaml_node *node = map->child; status == OK && node; node = node->next) {
        int fact = find_word(facts, node->key);
        reading->names_period |= fact == FACT_PERIOD;
        status = read_bits(reading, node, fact_words[fact], &condition->allowed[fact]);
    }
    return status;
}

static enum status read_when(struct reading *reading, const struct yaml_node *map,
                             struct table_row *row)
{
    const struct yaml_node *when = yaml_find(map, "when");
    if (!when) {
        row->when[row->when_count++] = any_situation();
        return OK;
    }
    if (when->kind != YAML_LIST)
        return read_condition(reading, when, row);
    enum status status = when->child ? OK : refuse(reading, MSG_TABLE_VALUE, when, when->key);
    for (const struct yaml_node *item = when->child; status == OK && item; item = item->next)
        status = read_condition(reading, item, row);
    return status;
}

/* { form: NAME }: any form of the edition. The name becomes part of a path. */
static enum status read_form(const struct reading *reading, const struct yaml_node *map,
                             struct ending *out)
{
    static const char *const words[] = {"form"};
    static const struct words keys = WORDS(words);
    *out = (struct ending){.outcome = OUTCOME_FORM};
    enum status status = known_keys(reading, map, keys);
    if (status == OK)
        status = need_text(reading, map, "form", &out->form);
    bool good = status == OK && out->form.length < LIMIT_NAME;
    for (uint32_t i = 0; good && i < out->form.length; i++) {
        char byte = out->form.bytes[i];
        good = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '_';
    }
    return status != OK || good ? status : refuse(reading, MSG_TABLE_VALUE, map, TEXT("form"));
}

static enum status read_ending(const struct reading *reading, const struct yaml_node *node,
                               struct ending *out)
{
    static const char *const words[] = {"follow-up", "tool",  "certificate", "not-needed",
                                        "form1",     "form2", "form3",       "form4"};
    static const struct ending endings[] = {{OUTCOME_FOLLOW_UP, {"", 0}, MSG_NONE},
                                            {OUTCOME_TOOL, {"", 0}, MSG_NONE},
                                            {OUTCOME_FOLLOW_UP, {"", 0}, MSG_FOLLOW_CERTIFICATE},
                                            {OUTCOME_FOLLOW_UP, {"", 0}, MSG_FOLLOW_NOT_NEEDED},
                                            {OUTCOME_FORM, {"1", 1}, MSG_NONE},
                                            {OUTCOME_FORM, {"2", 1}, MSG_NONE},
                                            {OUTCOME_FORM, {"3", 1}, MSG_NONE},
                                            {OUTCOME_FORM, {"4", 1}, MSG_NONE}};
    static const struct words list = WORDS(words);
    if (node->kind == YAML_MAP)
        return read_form(reading, node, out);
    int place = node->kind == YAML_SCALAR ? find_word(list, node->text) : -1;
    if (place < 0)
        return refuse(reading, MSG_TABLE_VALUE, node, node->key);
    *out = endings[place];
    return OK;
}

static bool wants_reason(struct ending ending)
{
    return ending.outcome != OUTCOME_FORM && ending.reason == MSG_NONE;
}

/* Pairs of keys, by which the job chooses between two endings. */
enum { CHOICES = 4 };
static const char *const choice_keys[CHOICES][2] = {{"with_card", "without_card"},
                                                    {"unanswered_form2", "unanswered_follow_up"},
                                                    {"not_asked_form2", "not_asked_follow_up"},
                                                    {"birth_sex_form2", "birth_sex_follow_up"}};

/* The pair that the map is written in; the last one where it is in none, which refuses its keys. */
static unsigned find_choice(const struct yaml_node *map)
{
    unsigned by = 0;
    while (by < CHOICES - 1 && !yaml_find(map, choice_keys[by][0]) &&
           !yaml_find(map, choice_keys[by][1]))
        by++;
    return by;
}

static bool takes_first(const struct job *job, unsigned choice)
{
    const bool first[CHOICES] = {job->notice.with_card, job->notice.unanswered == UNANSWERED_FORM2,
                                 job->notice.not_asked == UNANSWERED_FORM2,
                                 job->notice.birth_sex == UNANSWERED_FORM2};
    return first[choice];
}

/* One of two endings, by a key of the job. *unsaid: some ending needs a reason. */
static enum status read_choice(const struct reading *reading, const struct yaml_node *map,
                               struct ending *out, bool *unsaid)
{
    unsigned by = find_choice(map);
    const struct yaml_node *entry;
    struct ending endings[2];
    enum status status = known_keys(reading, map, (struct words){choice_keys[by], 2});
    for (unsigned i = 0; status == OK && i < 2; i++) {
        status = need(reading, map, choice_keys[by][i], &entry);
        if (status == OK)
            status = read_ending(reading, entry, &endings[i]);
    }
    if (status == OK) {
        *out = endings[takes_first(reading->job, by) ? 0 : 1];
        *unsaid = wants_reason(endings[0]) || wants_reason(endings[1]);
    }
    return status;
}

static enum status read_outcome(const struct reading *reading, const struct yaml_node *map,
                                struct table_row *row, bool *unsaid)
{
    const struct yaml_node *node;
    enum status status = need(reading, map, "outcome", &node);
    if (status != OK)
        return status;
    if (node->kind == YAML_MAP && !yaml_find(node, "form"))
        return read_choice(reading, node, &row->ending, unsaid);
    status = read_ending(reading, node, &row->ending);
    *unsaid = status == OK && wants_reason(row->ending);
    return status;
}

static enum status read_reason(const struct reading *reading, const struct yaml_node *map,
                               bool unsaid, struct table_row *row)
{
    static const char *const words[] = {"no-number", "birth-sex", "no-reply", "not-asked", "tool"};
    static const enum message messages[] = {MSG_FOLLOW_NO_NUMBER, MSG_FOLLOW_BIRTH_SEX,
                                            MSG_FOLLOW_NO_REPLY, MSG_FOLLOW_NOT_ASKED,
                                            MSG_FOLLOW_TOOL};
    static const struct words list = WORDS(words);
    const struct yaml_node *node = yaml_find(map, "reason");
    row->reason = row->ending.reason;
    if (!unsaid)
        return node ? refuse(reading, MSG_TABLE_KEY, node, node->key) : OK;
    enum status status = need(reading, map, "reason", &node);
    if (status != OK)
        return status;
    int place = node->kind == YAML_SCALAR ? find_word(list, node->text) : -1;
    if (place < 0)
        return refuse(reading, MSG_TABLE_VALUE, node, node->key);
    if (wants_reason(row->ending))
        row->reason = messages[place];
    return OK;
}

static enum status read_kinds(const struct reading *reading, const struct yaml_node *map,
                              struct table_row *row)
{
    const struct yaml_node *node;
    enum status status = need(reading, map, "kinds", &node);
    return status == OK ? read_bits(reading, node, kinds, &row->kinds) : status;
}

static enum status read_row(struct reading *reading, const struct yaml_node *map,
                            struct table_row *row)
{
    static const char *const words[] = {"row", "kinds", "when", "outcome", "reason", "source"};
    static const struct words keys = WORDS(words);
    struct text source; /* only that it is there: a rule without a source is a rumour */
    bool unsaid = false;
    if (map->kind != YAML_MAP)
        return refuse(reading, MSG_TABLE_SHAPE, map, TEXT("rows"));
    row->line = map->line;
    enum status status = known_keys(reading, map, keys);
    if (status == OK)
        status = need_text(reading, map, "row", &row->name);
    if (status == OK)
        status = need_text(reading, map, "source", &source);
    if (status == OK)
        status = read_kinds(reading, map, row);
    if (status == OK)
        status = read_when(reading, map, row);
    if (status == OK)
        status = read_outcome(reading, map, row, &unsaid);
    return status == OK ? read_reason(reading, map, unsaid, row) : status;
}

static bool name_taken(const struct decision_table *table, struct text name)
{
    for (uint32_t i = 0; i < table->row_count; i++)
        if (text_equal(table->rows[i].name, name))
            return true;
    return false;
}

static enum status read_rows(struct reading *reading, const struct yaml_node *root,
                             struct decision_table *table)
{
    const struct yaml_node *list;
    enum status status = need(reading, root, "rows", &list);
    if (status == OK)
        status = want_kind(reading, list, YAML_LIST);
    if (status == OK && list->count > TABLE_ROWS) {
        status = refuse(reading, MSG_TABLE_TOO_LONG, list, list->key);
        if (reading->error)
            reading->error->want = TABLE_ROWS;
    }
    for (const struct yaml_node *item = status == OK ? list->child : NULL; item;
         item = item->next) {
        struct table_row *row = &table->rows[table->row_count];
        status = read_row(reading, item, row);
        if (status == OK && name_taken(table, row->name))
            status = refuse(reading, MSG_TABLE_SAME_ROW, item, row->name);
        if (status != OK)
            return status;
        table->row_count++;
    }
    return status;
}

/* Behind the rows: only a table that looks at the period needs the day. */
static enum status read_last_day(const struct reading *reading, const struct yaml_node *root,
                                 struct decision_table *table)
{
    const struct yaml_node *node = yaml_find(root, "p1_last_day");
    if (!node)
        return reading->names_period ? refuse(reading, MSG_TABLE_MISSING, root, TEXT("p1_last_day"))
                                     : OK;
    bool date = node->kind == YAML_SCALAR && date_parse(node->text, &table->p1_last_day) == DATE_OK;
    return date ? OK : refuse(reading, MSG_TABLE_VALUE, node, node->key);
}

enum status table_read(const struct job *job, struct text source, const char *path,
                       struct arena *arena, struct decision_table *table, struct error *error)
{
    static const char *const words[] = {"p1_last_day", "rows"};
    static const struct words keys = WORDS(words);
    struct reading reading = {.job = job, .path = path, .error = error};
    struct yaml_node *root;
    table->rows = arena_array(arena, TABLE_ROWS, sizeof *table->rows);
    if (!table->rows)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = yaml_parse(source, path, arena, &root, error);
    if (status == OK)
        status = want_kind(&reading, root, YAML_MAP);
    if (status == OK)
        status = known_keys(&reading, root, keys);
    if (status == OK)
        status = read_rows(&reading, root, table);
    return status == OK ? read_last_day(&reading, root, table) : status;
}
