#include "letter/letter.h"

#include "letter/value.h"

struct maker {
    const struct job *job;
    const struct admitted *record;
    const struct field_set *fields;
    struct arena *arena;
};

/* The column that the field is read from; an address is read from one pair of columns. */
static int source_slot(const struct admitted *record, int field)
{
    bool divided = record->value[COLUMN_ADDRESS_A].length || record->value[COLUMN_ADDRESS_B].length;
    if (!divided && field == FIELD_ADDRESS1 && record->value[COLUMN_ADDRESS].length)
        return COLUMN_ADDRESS;
    if (!divided && field == FIELD_ADDRESS2 && record->value[COLUMN_ADDRESS].length)
        return COLUMN_ADDRESS_EXTRA;
    return field_slot(field);
}

/* Fields that suppression empties for a protected person: see guard_admit. */
static bool is_suppressed(int field)
{
    switch (field) {
    case FIELD_POSTCODE:
    case FIELD_ADDRESS1:
    case FIELD_ADDRESS2:
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
static enum message check_text(int field, struct text value, uint32_t *offset)
{
    enum message message = value_scan(value, offset);
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
        return value_honorific(value);
    default:
        return field >= FIELD_COUNT ? value_exponent(value) : MSG_NONE;
    }
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
    case FIELD_ACQUIRED:
    case FIELD_EXPIRY:
        return value_date(value, maker->arena, out);
    case FIELD_POSTCODE:
        return value_postcode(value, maker->arena, out);
    case FIELD_LAST4:
        return value_last4(value, maker->arena, out);
    default:
        *out = value;
        return check_text(field, value, offset);
    }
}

static enum status make_field(const struct maker *maker, int field, struct text *out,
                              struct error *error)
{
    int slot = source_slot(maker->record, field);
    struct text value = maker->record->value[slot];
    uint32_t offset = 0;
    enum message message = MSG_NONE;
    if (value.length)
        message = convert(maker, field, value, out, &offset);
    else if (!may_be_empty(maker, field))
        message = MSG_FIELD_EMPTY;
    if (message == MSG_NONE)
        return OK;
    enum status status = error_name(error, message, slot_name(maker->job, slot));
    if (error) {
        error->row = maker->record->row;
        error->offset = offset;
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
        if (!fields->used[i])
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
