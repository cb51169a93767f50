#include "job/values.h"

#include "base/utf8.h"
#include "job/lists.h"

#include <inttypes.h>
#include <stdio.h>

#define NAME_MADE_OF "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"

struct taking { /* one value on its way into the job */
    struct reading *reading;
    const struct key_rule *rule;
    const struct yaml_node *node;
    struct text text; /* of the scalar, outer blanks gone */
    struct text canonical;
};

static bool refuse(const struct taking *taking, enum message message)
{
    reading_complain_sizes(taking->reading, message, taking->node->line,
                           text_of(taking->rule->key.path), taking->rule->least,
                           taking->rule->most);
    return false;
}

static void keep(const struct taking *taking, const void *value)
{
    if (taking->rule->place != 0)
        memcpy((char *)taking->reading->job + taking->rule->place, value, taking->rule->width);
}

static bool canonical_text(struct taking *taking, struct text text)
{
    taking->canonical = arena_text(taking->reading->arena, text);
    return taking->canonical.bytes || refuse(taking, MSG_NO_MEMORY);
}

static bool canonical_number(struct taking *taking, uint64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, number);

    return canonical_text(taking, (struct text){digits, (uint32_t)length});
}

static bool take_text(struct taking *taking)
{
    if (taking->rule->later)
        return refuse(taking, MSG_NOT_IN_VERSION);
    keep(taking, &taking->text);
    taking->canonical = taking->text;
    return true;
}

static bool take_path(struct taking *taking)
{
    keep(taking, &taking->node->text); /* as written: blanks can belong to a name */
    return true;
}

static bool take_folder(struct taking *taking)
{
    struct text text = taking->text;

    if (!text_made_of(text, "." NAME_MADE_OF) || text.bytes[0] == '.' ||
        text.bytes[text.length - 1] == '.')
        return refuse(taking, MSG_KEY_FOLDER_NAME);
    return take_text(taking);
}

/* Place of the word among "a | b | c", or -1. */
static int choice_find(const char *choices, struct text word)
{
    for (int index = 0;; index++) {
        const char *bar = strstr(choices, " | ");
        size_t length = bar ? (size_t)(bar - choices) : strlen(choices);

        if (text_equal(word, (struct text){choices, (uint32_t)length}))
            return index;
        if (!bar)
            return -1;
        choices = bar + 3;
    }
}

static bool take_choice(struct taking *taking)
{
    int choice = choice_find(taking->rule->key.type, taking->text);
    uint32_t stored = (uint32_t)choice;

    if (choice < 0)
        return refuse(taking, MSG_KEY_CHOICE);
    if (taking->rule->built != 0 && choice >= taking->rule->built)
        return refuse(taking, MSG_NOT_IN_VERSION);
    keep(taking, &stored);
    taking->canonical = taking->text;
    return true;
}

static bool take_bool(struct taking *taking)
{
    bool value;

    if (taking->node->quoted || !yaml_bool(taking->node, &value))
        return refuse(taking, MSG_KEY_WANTS_BOOL);
    if (value && taking->rule->built == 1)
        return refuse(taking, MSG_NOT_IN_VERSION);
    keep(taking, &value);
    taking->canonical = taking->text;
    return true;
}

static bool take_whole(struct taking *taking)
{
    int64_t value;
    uint32_t narrow;
    uint64_t wide;

    if (taking->node->quoted || !yaml_whole(taking->node, &value))
        return refuse(taking, MSG_KEY_WANTS_WHOLE);
    if (value < taking->rule->least || value > taking->rule->most)
        return refuse(taking, MSG_KEY_RANGE);
    narrow = (uint32_t)value;
    wide = (uint64_t)value;
    keep(taking,
         taking->rule->width == sizeof narrow ? (const void *)&narrow : (const void *)&wide);
    return canonical_number(taking, wide);
}

static bool take_date(struct taking *taking)
{
    static const enum message messages[] = {
        [DATE_EMPTY] = MSG_KEY_EMPTY,       [DATE_SHAPE] = MSG_KEY_DATE_SHAPE,
        [DATE_ERA] = MSG_KEY_DATE_ERA,      [DATE_IMPOSSIBLE] = MSG_KEY_DATE_IMPOSSIBLE,
        [DATE_SERIAL] = MSG_KEY_DATE_SHAPE, [DATE_RANGE] = MSG_KEY_DATE_RANGE,
    };
    struct date date;
    enum date_fault fault = date_parse(taking->text, &date);

    if (fault != DATE_OK)
        return refuse(taking, messages[fault]);
    keep(taking, &date);
    return canonical_number(taking, date_number(date));
}

static bool is_hyphen(uint32_t code_point)
{
    return code_point == '-' || (code_point >= 0x2010 && code_point <= 0x2013) ||
           code_point == 0x2212;
}

/* The digits of the text after width folding; a hyphen may stand after digit `hyphen` (0: nowhere).
 * Gives how many, or 0 for anything else in it. */
static uint32_t digits_in(struct text text, uint32_t hyphen, char out[9])
{
    const char *at = text.bytes, *end = text.bytes + text.length;
    uint32_t count = 0;
    bool seen = false;

    while (at < end) {
        uint32_t code_point = utf8_fold_width(utf8_next(&at, end));

        if (code_point >= '0' && code_point <= '9' && count < 8)
            out[count++] = (char)code_point;
        else if (is_hyphen(code_point) && hyphen > 0 && count == hyphen && !seen)
            seen = true;
        else
            return 0;
    }
    out[count] = '\0';
    return count;
}

/* 001 (札幌市北区) is the lowest that 日本郵便 gives out. */
static bool take_postcode(struct taking *taking)
{
    char digits[9];

    if (digits_in(taking->text, 3, digits) != 7 || memcmp(digits, "000", 3) == 0)
        return refuse(taking, MSG_KEY_POSTCODE);
    taking->canonical = reading_join(taking->reading, (struct text){digits, 3}, TEXT("-"),
                                     (struct text){digits + 3, 4});
    keep(taking, &taking->canonical);
    return taking->canonical.bytes != NULL;
}

/* Not canonical: it is over the whole file, so through the job's digest hidden fields would reach the output. */
static bool take_digest(struct taking *taking)
{
    struct digest digest;

    if (taking->text.length != 64)
        return refuse(taking, MSG_KEY_DIGEST);
    for (size_t i = 0; i < sizeof digest.bytes; i++) {
        int high = text_hex_value(taking->text.bytes[2 * i]),
            low = text_hex_value(taking->text.bytes[2 * i + 1]);

        if (high < 0 || low < 0)
            return refuse(taking, MSG_KEY_DIGEST);
        digest.bytes[i] = (uint8_t)(high * 16 + low);
    }
    keep(taking, &digest);
    taking->reading->job->input.has_digest = true;
    return true;
}

/* 検証番号 (保険者番号の設定について, 昭和51年8月7日保発第45号・庁保発第34号): the digits but the
 * last, weighted 2, 1, 2 ... from the right, a product of two digits counting as their sum; the
 * last digit of the total taken from 10. 06139992: 9*2 9*1 9*2 3*1 1*2 6*1 0*2 -> 9+9+9+3+2+6+0 =
 * 38 -> 2. */
static bool check_digit_right(const char *digits, uint32_t count)
{
    uint32_t total = 0;

    for (uint32_t i = 1; i < count; i++) {
        uint32_t product = (uint32_t)(digits[count - 1 - i] - '0') * (i % 2 == 1 ? 2 : 1);

        total += product / 10 + product % 10;
    }
    return (10 - total % 10) % 10 == (uint32_t)(digits[count - 1] - '0');
}

static bool take_number(struct taking *taking)
{
    char digits[9];
    uint32_t count = digits_in(taking->text, 0, digits);

    if (count != 6 && count != 8)
        return refuse(taking, MSG_INSURER_NUMBER);
    if (!check_digit_right(digits, count)) {
        taking->reading->job->insurer.number_check_wrong = true;
        refuse(taking, MSG_INSURER_NUMBER_CHECK); /* a warning */
    }
    if (!canonical_text(taking, (struct text){digits, count}))
        return false;
    keep(taking, &taking->canonical);
    return true;
}

static bool take_form(struct taking *taking)
{
    struct job *job = taking->reading->job;

    if (!text_made_of(taking->text, NAME_MADE_OF))
        return refuse(taking, MSG_KEY_NAME);
    if (text_is(taking->text, "official")) {
        job->notice.form = FORM_OFFICIAL;
    } else if (text_is(taking->text, "column")) {
        job->notice.form = FORM_COLUMN;
    } else {
        job->notice.form = FORM_NAMED;
        job->notice.form_name = taking->text;
    }
    taking->canonical = taking->text;
    return true;
}

static bool take_spot(struct taking *taking)
{
    struct job_spot spot;
    struct text rest;

    if (!spot_read(taking->text, taking->rule->most, &spot, &rest) || rest.length > 0)
        return refuse(taking, MSG_INPUT_SPOT);
    keep(taking, &spot);
    return canonical_number(taking, (uint64_t)spot.at << 32 | spot.length);
}

/* -- dispatch -- */

static bool (*const takers[KEY_KINDS])(struct taking *) = {
    [KEY_TEXT] = take_text,     [KEY_PATH] = take_path,         [KEY_FOLDER] = take_folder,
    [KEY_CHOICE] = take_choice, [KEY_BOOL] = take_bool,         [KEY_WHOLE] = take_whole,
    [KEY_DATE] = take_date,     [KEY_POSTCODE] = take_postcode, [KEY_DIGEST] = take_digest,
    [KEY_NUMBER] = take_number, [KEY_FORM] = take_form,         [KEY_SPOT] = take_spot,
};

static bool (*const lists[KEY_KINDS])(struct reading *, const struct key_rule *,
                                      const struct yaml_node *, struct text *) = {
    [KEY_TEXTS] = list_texts,   [KEY_NAMES] = list_texts, [KEY_ALIASES] = list_aliases,
    [KEY_IMAGES] = list_images, [KEY_PATHS] = list_paths, [KEY_FIELDS] = list_fields,
    [KEY_VALUES] = list_values, [KEY_ERAS] = list_eras,   [KEY_WORDS] = list_words,
};

static int64_t most_characters(const struct key_rule *rule)
{
    if (rule->kind == KEY_PATH)
        return LIMIT_PATH - 1;
    bool number = rule->kind == KEY_WHOLE || rule->kind == KEY_SPOT;
    return number || rule->most == 0 ? 256 : rule->most;
}

/* Choices, numbers and truth have messages of their own for an empty value. */
static bool empty_has_message(const struct key_rule *rule)
{
    return rule->kind == KEY_CHOICE || rule->kind == KEY_BOOL || rule->kind == KEY_WHOLE;
}

static bool take_scalar(struct taking *taking)
{
    const struct key_rule *rule = taking->rule;

    if (!reading_text(taking->reading, taking->node, text_of(rule->key.path), most_characters(rule),
                      &taking->text))
        return false;
    if (taking->text.length == 0 && !empty_has_message(rule))
        return rule->key.preset[0] == '\0' || refuse(taking, MSG_KEY_EMPTY);
    return takers[rule->kind](taking);
}

void value_take(struct reading *reading, size_t index, const struct yaml_node *node)
{
    const struct key_rule *rule = key_rule_at(index);
    struct taking taking = {.reading = reading, .rule = rule, .node = node};
    bool taken;

    if (rule->line != 0)
        memcpy((char *)reading->job + rule->line, &node->line, sizeof node->line);
    taken = lists[rule->kind] ? lists[rule->kind](reading, rule, node, &taking.canonical)
                              : take_scalar(&taking);
    if (taken)
        reading->values[index].canonical = taking.canonical;
}
