#include "letter/letter.h"

#include "letter/value.h"

struct maker {
    const struct job *job;
    const struct admitted *record;
    const struct field_set *fields;
    struct arena *arena;
};

/* An address is read from one pair of columns. */
static int address_slot(const struct admitted *record, bool second)
{
    bool divided = record->value[COLUMN_ADDRESS_A].length || record->value[COLUMN_ADDRESS_B].length;
    bool whole = !divided && record->value[COLUMN_ADDRESS].length;
    if (second)
        return whole ? COLUMN_ADDRESS_EXTRA : COLUMN_ADDRESS_B;
    return whole ? COLUMN_ADDRESS : COLUMN_ADDRESS_A;
}

/* Where the letter goes: the 送付先 as a whole, or the person's own address; never a mixture. A 送付先 that is given
 * in part is no reason to send the letter home: it is refused for what is missing. */
static int mail_slot(const struct admitted *record, int field)
{
    bool named = record->value[COLUMN_TO_NAME].length > 0;
    bool elsewhere = named || record->value[COLUMN_TO_ADDRESS].length ||
                     record->value[COLUMN_TO_POSTCODE].length ||
                     record->value[COLUMN_TO_ADDRESS_EXTRA].length;
    switch (field) {
    case FIELD_MAIL_POSTCODE:
        return elsewhere ? COLUMN_TO_POSTCODE : COLUMN_POSTCODE;
    case FIELD_MAIL_ADDRESS1:
        return elsewhere ? COLUMN_TO_ADDRESS : address_slot(record, false);
    case FIELD_MAIL_ADDRESS2:
        return elsewhere ? COLUMN_TO_ADDRESS_EXTRA : address_slot(record, true);
    default: /* FIELD_MAIL_NAME */
        if (named)
            return COLUMN_TO_NAME;
        return record->value[COLUMN_HEAD].length ? COLUMN_HEAD : COLUMN_NAME;
    }
}

/* The column that the field is read from. */
int letter_source(const struct admitted *record, int field)
{
    switch (field) {
    case FIELD_ADDRESS1:
    case FIELD_ADDRESS2:
        return address_slot(record, field == FIELD_ADDRESS2);
    case FIELD_MAIL_POSTCODE:
    case FIELD_MAIL_ADDRESS1:
    case FIELD_MAIL_ADDRESS2:
    case FIELD_MAIL_NAME:
        return mail_slot(record, field);
    default:
        return field_slot(field);
    }
}

/* Fields that suppression empties for a protected person: see guard_admit. */
static bool is_suppressed(int field)
{
    switch (field) {
    case FIELD_POSTCODE:
    case FIELD_ADDRESS1:
    case FIELD_ADDRESS2:
    case FIELD_MAIL_POSTCODE:
    case FIELD_MAIL_ADDRESS1:
    case FIELD_MAIL_ADDRESS2:
    case FIELD_HEAD:
    case FIELD_EMPLOYER:
        return true;
    default:
        return field >= FIELD_COUNT;
    }
}

static bool may_be_empty(const struct maker *maker, int field)
{
    return maker->fields->optional[field] || field == FIELD_SEX || field == FIELD_SHARE ||
           (maker->record->protected_person && is_suppressed(field));
}

/* What is printed as it stands in the record, once it is known to be sound. */
static enum message check_text(const struct maker *maker, int field, struct text value,
                               uint32_t *offset)
{
    enum message message =
        value_scan(value, maker->fields, maker->job->names.allow_black_circle, offset);
    if (message != MSG_NONE)
        return message;
    switch (field) {
    case FIELD_REF_NO:
    case FIELD_SYMBOL:
    case FIELD_NUMBER:
    case FIELD_BRANCH:
        return value_rewritten(value);
    case FIELD_NAME:
    case FIELD_HEAD:
    case FIELD_MAIL_NAME:
        return value_honorific(value);
    case FIELD_ADDRESS1:
    case FIELD_ADDRESS2:
    case FIELD_MAIL_ADDRESS1:
    case FIELD_MAIL_ADDRESS2:
        return value_address_end(value);
    default:
        return field >= FIELD_COUNT ? value_exponent(value) : MSG_NONE;
    }
}

bool letter_verbatim(int field)
{
    if (field_is_made(field))
        return false;
    switch (field) {
    case FIELD_KIND:
    case FIELD_SEX:
    case FIELD_SHARE:
    case FIELD_BIRTH:
    case FIELD_ACQUIRED:
    case FIELD_EXPIRY:
    case FIELD_START:
    case FIELD_CARD_ISSUED:
    case FIELD_MAIL_HONORIFIC:
    case FIELD_POSTCODE:
    case FIELD_MAIL_POSTCODE:
    case FIELD_LAST4:
        return false;
    default:
        return !field_is_fixed(field);
    }
}

/* 生年月日不詳, 昭和20年月日不詳: no arithmetic is done with it here, so it is printed as the register has it, without the
 * words that stand in front of it on the form. */
static enum message birth_unknown(const struct maker *maker, struct text value, struct text *out,
                                  uint32_t *offset)
{
    static const char label[] = "生年月日";
    const uint32_t size = sizeof label - 1;
    if (value.length > size && memcmp(value.bytes, label, size) == 0)
        value = (struct text){value.bytes + size, value.length - size};
    *out = value;
    return check_text(maker, FIELD_BIRTH, value, offset);
}

static enum message convert(const struct maker *maker, int field, struct text value,
                            struct text *out, uint32_t *offset)
{
    switch (field) {
    case FIELD_KIND:
        return value_kind(value, out);
    case FIELD_SEX:
        return value_sex(value, out);
    case FIELD_SHARE:
        return value_share(value, out);
    case FIELD_BIRTH:
        if (date_unknown(value))
            return birth_unknown(maker, value, out, offset);
        return value_date(value, maker->fields->padded_dates, maker->arena, out);
    case FIELD_ACQUIRED:
    case FIELD_EXPIRY:
    case FIELD_START:
    case FIELD_CARD_ISSUED:
        return value_date(value, maker->fields->padded_dates, maker->arena, out);
    case FIELD_MAIL_HONORIFIC:
        return value_address_title(value, out);
    case FIELD_POSTCODE:
    case FIELD_MAIL_POSTCODE:
        return value_postcode(value, maker->arena, out);
    case FIELD_LAST4:
        return value_last4(value, maker->arena, out);
    default:
        *out = value;
        return check_text(maker, field, value, offset);
    }
}

/* What an empty cell gives: a value of its own, nothing, or a refusal. */
static enum message make_empty(const struct maker *maker, int field, struct text *out)
{
    const struct job *job = maker->job;
    if (field == FIELD_MAIL_HONORIFIC) {
        *out = TEXT("様");
        return MSG_NONE;
    }
    if (field == FIELD_CARD_ISSUED && job->notice.card.issued.year)
        return letter_date(job->notice.card.issued, maker->fields->padded_dates, maker->arena, out)
                   ? MSG_NONE
                   : MSG_NO_MEMORY;
    return may_be_empty(maker, field) ? MSG_NONE : MSG_FIELD_EMPTY;
}

static enum status make_field(const struct maker *maker, int field, struct text *out,
                              struct error *error)
{
    const struct admitted *record = maker->record;
    int slot = letter_source(record, field);
    struct text value = record->value[slot];
    uint32_t offset = 0;
    /* 送付先敬称 belongs to 送付先氏名: 世帯主 and the person are 様 */
    if (field == FIELD_MAIL_HONORIFIC && record->value[COLUMN_TO_NAME].length == 0)
        value.length = 0;
    enum message message =
        value.length ? convert(maker, field, value, out, &offset) : make_empty(maker, field, out);
    if (message == MSG_NONE)
        return OK;
    enum status status = error_name(error, message, slot_name(maker->job, slot));
    if (error) {
        error->row = record->row;
        error->offset = offset;
        error_put_code_point(error, value);
    }
    return status;
}

enum status letter_make(const struct job *job, const struct admitted *record,
                        const struct field_set *fields, const struct text job_fields[FIELD_LIMIT],
                        struct arena *arena, struct letter *out, struct error *error)
{
    struct maker maker = {job, record, fields, arena};
    int count = FIELD_COUNT + (int)job->input.extra_count;
    *out = (struct letter){.row = record->row, .protected_person = record->protected_person};
    for (int i = 0; i < count && i < FIELD_LIMIT; i++) {
        if (!fields->used[i] || field_is_made(i))
            continue;
        if (field_is_fixed(i)) {
            out->field[i] = job_fields[i];
            continue;
        }
        enum status status = make_field(&maker, i, &out->field[i], error);
        if (status != OK)
            return status;
    }
    return OK;
}
