/* The lists and maps of input.*: files, fields of fixed width, codes, eras. */
#include "job/lists.h"

#include "base/utf8.h"

#define ENTRY_END TEXT("\x1F")
#define HALF_END TEXT("\x1E")

bool list_paths(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                struct text *canonical)
{
    struct text name = text_of(rule->key.path), trimmed, *list;
    uint32_t count = 0;

    if (!list_fits(reading, rule, node, YAML_LIST, MSG_KEY_WANTS_LIST))
        return false;
    list = list_new(reading, rule, node->count, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *item = node->child; item; item = item->next) {
        bool twice = false;
        if (!reading_text(reading, item, name, LIMIT_PATH - 1, &trimmed))
            continue;
        for (uint32_t i = 0; i < count; i++)
            twice |= text_equal(list[i], item->text);
        if (trimmed.length == 0 || twice)
            reading_complain(reading, twice ? MSG_INPUT_FILE_TWICE : MSG_KEY_EMPTY, item->line,
                             name);
        else
            list[count++] = item->text;
    }
    list_count(reading, rule, count);
    *canonical = TEXT("");
    return true;
}

/* -- numbers -- */

static bool take_whole(struct text *text, int64_t most, uint32_t *out)
{
    uint64_t value = 0;
    uint32_t at = 0;

    for (; at < text->length && text->bytes[at] >= '0' && text->bytes[at] <= '9'; at++) {
        value = value * 10 + (uint64_t)(text->bytes[at] - '0');
        if (value > (uint64_t)most)
            return false;
    }
    if (at == 0 || value == 0)
        return false;
    *out = (uint32_t)value;
    *text = utf8_trim((struct text){text->bytes + at, text->length - at});
    return true;
}

bool spot_read(struct text text, int64_t most, struct job_spot *out, struct text *rest)
{
    *out = (struct job_spot){0, 0};
    *rest = utf8_trim(text);
    if (!take_whole(rest, most, &out->at))
        return false;
    return rest->length == 0 || take_whole(rest, most, &out->length);
}

/* -- fields of fixed width -- */

static bool field_read(struct reading *reading, const struct key_rule *rule,
                       const struct yaml_node *node, struct job_field *field)
{
    struct text name = entry_name(reading, rule, node), text, rest;
    struct yaml_node left = {
        .kind = YAML_SCALAR, .line = node->line, .quoted = true, .text = node->key};
    struct job_spot spot;

    if (!column_text(reading, &left, name, &field->name) ||
        !reading_text(reading, node, name, 64, &text))
        return false;
    if (!spot_read(text, LIMIT_RECORD_BYTES, &spot, &rest) || spot.length == 0 ||
        (rest.length > 0 && !text_is(rest, "kanji"))) {
        reading_complain(reading, MSG_INPUT_FIELD, node->line, name);
        return false;
    }
    field->at = spot.at;
    field->length = spot.length;
    field->kanji = rest.length > 0;
    field->line = node->line;
    return true;
}

static bool field_take(struct reading *reading, const struct key_rule *rule,
                       const struct yaml_node *node, uint32_t count, struct job_field *list)
{
    struct job_field field = {0};
    uint32_t at = count;
    enum message fault = MSG_NONE;

    if (!field_read(reading, rule, node, &field))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (text_equal(list[i].name, field.name))
            fault = MSG_KEY_TWICE;
        else if (list[i].at < field.at + field.length && field.at < list[i].at + list[i].length)
            fault = MSG_INPUT_OVERLAP;
    }
    if (fault != MSG_NONE) {
        reading_complain(reading, fault, node->line, entry_name(reading, rule, node));
        return false;
    }
    for (; at > 0 && list[at - 1].at > field.at; at--)
        list[at] = list[at - 1];
    list[at] = field;
    return true;
}

/* "11 40 kanji", as everybody would write it. */
static struct text field_text(struct reading *reading, const struct job_field *field)
{
    char at[TEXT_NUMBER], length[TEXT_NUMBER];
    struct text spot = reading_join(reading, text_number(field->at, at), TEXT(" "),
                                    text_number(field->length, length));
    return field->kanji ? reading_join(reading, spot, TEXT(" "), TEXT("kanji")) : spot;
}

bool list_fields(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                 struct text *canonical)
{
    struct job_field *list;
    uint32_t count = 0;

    if (!list_fits(reading, rule, node, YAML_MAP, MSG_KEY_WANTS_MAP))
        return false;
    list = list_new(reading, rule, node->count, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *item = node->child; item; item = item->next)
        count += field_take(reading, rule, item, count, list);
    for (uint32_t i = 0; i < count; i++)
        canonical_add(reading, canonical, list[i].name, HALF_END, field_text(reading, &list[i]));
    list_count(reading, rule, count);
    return true;
}

/* -- codes -- */

/* The guard looks for twelve digits in a field that holds what the code stands for: a code must be too short to
 * be a My Number itself. */
#define CODE_BYTES 11

static int code_order(const struct job_code *a, const struct job_code *b)
{
    int order = text_order(a->column, b->column);
    return order != 0 ? order : text_order(a->from, b->from);
}

/* Sorted into the list; false, and said so, when the code stands there. */
static bool code_insert(struct reading *reading, struct job_code *list, uint32_t count,
                        struct job_code code, struct text name)
{
    uint32_t at = count;

    for (uint32_t i = 0; i < count; i++)
        if (text_equal(list[i].column, code.column) && utf8_equal_folded(list[i].from, code.from)) {
            reading_complain(reading, MSG_INPUT_CODE_TWICE, code.line, name);
            return false;
        }
    for (; at > 0 && code_order(&list[at - 1], &code) > 0; at--)
        list[at] = list[at - 1];
    list[at] = code;
    return true;
}

static void canonical_codes(struct reading *reading, const struct job_code *list, uint32_t count,
                            struct text *canonical)
{
    for (uint32_t i = 0; i < count; i++)
        canonical_add(reading, canonical,
                      reading_join(reading, list[i].column, HALF_END, list[i].from), HALF_END,
                      list[i].to);
}

/* The two texts of an entry: a code and what it stands for, which may be nothing. */
static bool code_texts(struct reading *reading, const struct yaml_node *node, struct text name,
                       struct job_code *code)
{
    struct yaml_node left = {
        .kind = YAML_SCALAR, .line = node->line, .quoted = true, .text = node->key};

    code->line = node->line;
    if (!column_text(reading, &left, name, &code->from) ||
        !reading_text(reading, node, name, LIMIT_NAME - 1, &code->to))
        return false;
    if (code->from.length <= CODE_BYTES)
        return true;
    reading_complain_sizes(reading, MSG_INPUT_CODE_LONG, node->line, name, 0, CODE_BYTES);
    return false;
}

static uint32_t codes_of_column(struct reading *reading, const struct key_rule *rule,
                                const struct yaml_node *map, uint32_t count, struct job_code *list)
{
    struct text name = entry_name(reading, rule, map);

    if (map->kind != YAML_MAP) {
        reading_complain(reading, MSG_KEY_WANTS_MAP, map->line, name);
        return count;
    }
    for (const struct yaml_node *item = map->child; item; item = item->next) {
        struct job_code code = {.column = utf8_trim(map->key)};
        if (code_texts(reading, item, name, &code))
            count += code_insert(reading, list, count, code, name);
    }
    return count;
}

bool list_values(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
                 struct text *canonical)
{
    struct job_code *list;
    uint32_t room = 0, count = 0;

    if (!list_fits(reading, rule, node, YAML_MAP, MSG_KEY_WANTS_MAP))
        return false;
    for (const struct yaml_node *map = node->child; map; map = map->next)
        room += map->count;
    if (room > rule->most) {
        reading_complain_sizes(reading, MSG_KEY_TOO_MANY, node->line, text_of(rule->key.path), 0,
                               rule->most);
        return false;
    }
    list = list_new(reading, rule, room, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *map = node->child; map; map = map->next)
        count = codes_of_column(reading, rule, map, count, list);
    canonical_codes(reading, list, count, canonical);
    list_count(reading, rule, count);
    return true;
}

/* -- eras -- */

static bool is_era(struct text text)
{
    static const char *const eras[] = {"明治", "大正", "昭和", "平成", "令和"};

    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++)
        if (text_is(text, eras[i]))
            return true;
    return false;
}

static bool is_era_code(struct text text)
{
    return text.length == 1 &&
           text_made_of(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}

bool list_eras(struct reading *reading, const struct key_rule *rule, const struct yaml_node *node,
               struct text *canonical)
{
    struct job_code *list;
    uint32_t count = 0;

    if (!list_fits(reading, rule, node, YAML_MAP, MSG_KEY_WANTS_MAP))
        return false;
    list = list_new(reading, rule, node->count, sizeof *list);
    if (!list)
        return false;
    for (const struct yaml_node *item = node->child; item; item = item->next) {
        struct text name = entry_name(reading, rule, item);
        struct job_code code = {.column = TEXT("")};
        if (!code_texts(reading, item, name, &code))
            continue;
        if (!is_era_code(code.from) || !is_era(code.to))
            reading_complain(reading, MSG_INPUT_ERA, item->line, name);
        else
            count += code_insert(reading, list, count, code, name);
    }
    canonical_codes(reading, list, count, canonical);
    list_count(reading, rule, count);
    return true;
}
