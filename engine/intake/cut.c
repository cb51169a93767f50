#include "intake/cut.h"

#include "base/check_digit.h"
#include "base/memory.h"
#include "base/utf8.h"

static bool says_number(struct text name)
{
    struct text trimmed = utf8_trim(name);
    return utf8_equal_folded(trimmed, TEXT("個人番号")) ||
           utf8_equal_folded(trimmed, TEXT("マイナンバー"));
}

void cut_bind(struct cut *cut, const struct job *job, struct header *header)
{
    *cut = (struct cut){.on = job->input.cut_numbers, .number = -1, .four = -1};
    for (uint32_t i = 0; cut->on && cut->number < 0 && i < header->count; i++)
        if (says_number(header->name[i]) &&
            (header->slot[i] < 0 || header->slot[i] == COLUMN_LAST4))
            cut->number = (int16_t)i;
    if (cut->number < 0)
        return;
    if (header->index[COLUMN_LAST4] < 0) {
        header->index[COLUMN_LAST4] = cut->number;
        header->slot[cut->number] = COLUMN_LAST4;
    }
    cut->four = header->index[COLUMN_LAST4];
}

static bool is_between(uint32_t code_point)
{
    return code_point == ' ' || code_point == '-' || code_point == 0x2010 || code_point == 0x2212 ||
           code_point == 0x30FC;
}

/* Twelve digits, blanks and hyphens between them left out. False: something else. */
static bool read_digits(struct text value, uint8_t digit[MY_NUMBER_DIGITS])
{
    const char *at = value.bytes, *end = at + value.length;
    uint32_t count = 0;

    while (at < end) {
        uint32_t code_point = utf8_next(&at, end);
        code_point = code_point == UTF8_BAD ? UTF8_BAD : utf8_fold_width(code_point);
        if (code_point - '0' < 10 && count < MY_NUMBER_DIGITS)
            digit[count++] = (uint8_t)(code_point - '0');
        else if (count == 0 || !is_between(code_point))
            return false;
    }
    return count == MY_NUMBER_DIGITS;
}

static void put_fault(struct record *record, int column, enum message message)
{
    uint32_t at = 0;
    while (at < record->fault_count && record->fault[at].column != column)
        at++;
    if (at == record->fault_count && record->fault_count < RECORD_FAULTS)
        record->fault_count++;
    if (at < RECORD_FAULTS)
        record->fault[at] = (struct field_fault){(uint16_t)column, (uint16_t)message, 0};
}

static bool has_fault(const struct record *record, int column)
{
    for (uint32_t i = 0; i < record->fault_count; i++)
        if (record->fault[i].column == column)
            return true;
    return false;
}

/* MSG_NONE: cut->digits is set. */
static enum message cut_value(struct cut *cut, struct text value)
{
    uint8_t digit[MY_NUMBER_DIGITS] = {0};
    enum message message = MSG_NUMBER_SHAPE;

    if (read_digits(value, digit))
        message = my_number_check(digit) ? MSG_NONE : MSG_NUMBER_CHECK;
    for (int i = 0; i < 4; i++)
        cut->digits[i] = message == MSG_NONE ? (char)('0' + digit[MY_NUMBER_DIGITS - 4 + i]) : ' ';
    memory_wipe(digit, sizeof digit);
    return message;
}

static void join(struct cut *cut, struct record *record, struct text four)
{
    struct text *other = &record->field[cut->four];
    struct text given = utf8_trim(*other);

    if (cut->four == cut->number || given.length == 0)
        *other = four;
    else if (!utf8_equal_folded(given, four))
        put_fault(record, cut->four, MSG_NUMBER_NOT_LAST4);
}

void cut_record(struct cut *cut, struct record *record)
{
    if (cut->number < 0)
        return;
    struct text value = utf8_trim(record->field[cut->number]);
    record->field[cut->number] = (struct text){"", 0};
    if (value.length == 0 || has_fault(record, cut->number)) {
        if (has_fault(record, cut->number))
            put_fault(record, cut->four, MSG_NUMBER_SHAPE);
        return;
    }
    enum message message = cut_value(cut, value);
    if (message == MSG_NONE)
        join(cut, record, (struct text){cut->digits, sizeof cut->digits});
    else
        put_fault(record, cut->four, message);
}
