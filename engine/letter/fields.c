#include "letter/letter.h"

#include "base/utf8.h"

/* Row of FIELD_TABLE: RECORD fields have a slot, JOB fields -1. */
static const struct field_row {
    const char *name;
    int slot;
    bool made;
} rows[FIELD_COUNT] = {
#define RECORD(name, template_name, column) {template_name, column, false},
#define JOB(name, template_name) {template_name, -1, false},
#define MADE(name, template_name, column) {template_name, column, true},
    FIELD_TABLE(RECORD, JOB, MADE)
#undef RECORD
#undef JOB
#undef MADE
};

int field_find(const struct job *job, struct text name)
{
    if (text_is(name, "member"))
        return FIELD_NAME;
    for (int i = 0; i < FIELD_COUNT; i++)
        if (text_is(name, rows[i].name))
            return i;
    for (uint32_t i = 0; i < job->input.extra_count && i < LIMIT_EXTRA; i++)
        if (utf8_equal_folded(name, job->input.extra[i]))
            return FIELD_COUNT + (int)i;
    return -1;
}

bool field_is_fixed(int field)
{
    return field >= 0 && field < FIELD_COUNT && rows[field].slot < 0;
}

bool field_is_made(int field)
{
    return field >= 0 && field < FIELD_COUNT && rows[field].made;
}

bool field_is_run(int field)
{
    return field_is_made(field) && field != FIELD_CUSTOMER;
}

int field_slot(int field)
{
    if (field < 0 || field >= FIELD_LIMIT)
        return -1;
    return field < FIELD_COUNT ? rows[field].slot : COLUMN_COUNT + field - FIELD_COUNT;
}

const char *field_name(int field)
{
    return field >= 0 && field < FIELD_COUNT ? rows[field].name : NULL;
}

bool letter_date(struct date date, bool padded, struct arena *arena, struct text *out)
{
    char era[DATE_TEXT];
    *out = (struct text){NULL, 0};
    if (date.year == 0)
        return true;
    *out = arena_text(arena, (struct text){era, date_era(date, padded, era)});
    return out->bytes != NULL;
}

static struct text first_given(struct text first, struct text second)
{
    return first.length ? first : second;
}

enum status letter_job_fields(const struct job *job, struct arena *arena,
                              struct text out[FIELD_LIMIT], struct error *error)
{
    memset(out, 0, FIELD_LIMIT * sizeof *out);
    out[FIELD_INSURER] = job->insurer.name;
    out[FIELD_INSURER_NO] = job->insurer.number;
    out[FIELD_OFFICE] = job->insurer.office;
    out[FIELD_OFFICE_POSTCODE] = job->insurer.postcode;
    out[FIELD_OFFICE_ADDRESS] = job->insurer.address;
    out[FIELD_TEL] = job->insurer.tel;
    if (job->notice.contact)
        out[FIELD_CONTACT_TEL] = job->insurer.tel;
    out[FIELD_DESK] = first_given(job->insurer.desk, job->insurer.office);
    out[FIELD_PREFECTURE] = job->notice.card.prefecture;
    out[FIELD_ISSUER] = first_given(job->notice.card.issuer, job->insurer.name);
    out[FIELD_PORTAL_URL] = job->notice.portal_url;
    if (!letter_date(job->notice.as_of, false, arena, &out[FIELD_AS_OF]) ||
        !letter_date(job->notice.issued, false, arena, &out[FIELD_ISSUED]))
        return error_set(error, MSG_NO_MEMORY);
    return OK;
}

/* -- what a form needs -- */

/* The key of the job that a field of forms 3 and 4 prints, or NULL. */
static const char *missing_card_key(const struct job *job, int field)
{
    switch (field) {
    case FIELD_DESK:
        return job->insurer.desk.length || job->insurer.office.length ? NULL : "insurer.desk";
    case FIELD_ISSUER:
        return job->notice.card.issuer.length || job->insurer.name.length ? NULL
                                                                          : "notice.card.issuer";
    case FIELD_PREFECTURE: /* of a municipality's card: a 国保組合 belongs to none */
        return job->notice.card.prefecture.length || job->insurer.kind == INSURER_KOKUHO_KUMIAI
                   ? NULL
                   : "notice.card.prefecture";
    default:
        return NULL;
    }
}

/* The key of the job that a JOB field prints, or NULL when it is given (or not the job's to give). */
static const char *missing_key(const struct job *job, int field)
{
    switch (field) {
    case FIELD_INSURER:
        return job->insurer.name.length ? NULL : "insurer.name";
    case FIELD_INSURER_NO:
        return job->insurer.number.length ? NULL : "insurer.number";
    case FIELD_AS_OF:
        return job->notice.as_of.year ? NULL : "notice.as_of";
    case FIELD_ISSUED:
        return job->notice.issued.year ? NULL : "notice.issued";
    case FIELD_OFFICE:
        return job->insurer.office.length ? NULL : "insurer.office";
    case FIELD_OFFICE_POSTCODE:
        return job->insurer.postcode.length ? NULL : "insurer.postcode";
    case FIELD_OFFICE_ADDRESS:
        return job->insurer.address.length ? NULL : "insurer.address";
    case FIELD_TEL:
    case FIELD_CONTACT_TEL:
        return job->insurer.tel.length ? NULL : "insurer.tel";
    default:
        return missing_card_key(job, field);
    }
}

static bool has_column(const struct header *header, unsigned slot)
{
    return header->index[slot] >= 0;
}

enum { NO_COLUMN = -1 }; /* the field can do without */

/* 住所 and 方書 where the file has no 住所A. */
static int address_slot(const struct header *header, bool second)
{
    bool undivided = !has_column(header, COLUMN_ADDRESS_A) && has_column(header, COLUMN_ADDRESS);
    if (second)
        return undivided ? COLUMN_ADDRESS_EXTRA : COLUMN_ADDRESS_B;
    return undivided ? COLUMN_ADDRESS : COLUMN_ADDRESS_A;
}

/* A file with 送付先 columns may give every address there; one without must have the person's own. */
static int mail_slot(const struct header *header, int field)
{
    bool elsewhere = has_column(header, COLUMN_TO_ADDRESS) || has_column(header, COLUMN_TO_NAME);
    switch (field) {
    case FIELD_MAIL_POSTCODE:
        return elsewhere ? COLUMN_TO_POSTCODE : COLUMN_POSTCODE;
    case FIELD_MAIL_ADDRESS1:
        return elsewhere ? COLUMN_TO_ADDRESS : address_slot(header, false);
    case FIELD_MAIL_ADDRESS2:
        return elsewhere ? NO_COLUMN : address_slot(header, true);
    case FIELD_MAIL_NAME:
        return COLUMN_NAME;
    default:
        return NO_COLUMN; /* 送付先敬称: 様 without it */
    }
}

/* The column that the header must have for the field, or NO_COLUMN. */
static int wanted_slot(const struct job *job, const struct header *header, int field)
{
    switch (field) {
    case FIELD_ADDRESS1:
    case FIELD_ADDRESS2:
        return address_slot(header, field == FIELD_ADDRESS2);
    case FIELD_MAIL_POSTCODE:
    case FIELD_MAIL_ADDRESS1:
    case FIELD_MAIL_ADDRESS2:
    case FIELD_MAIL_NAME:
    case FIELD_MAIL_HONORIFIC:
        return mail_slot(header, field);
    case FIELD_CARD_ISSUED:
        return job->notice.card.issued.year ? NO_COLUMN : COLUMN_CARD_ISSUED;
    default:
        return field_slot(field);
    }
}

static enum status need_column(const struct job *job, const struct header *header, int slot,
                               struct error *error)
{
    if (slot == NO_COLUMN || has_column(header, (unsigned)slot))
        return OK;
    return error_name(error, MSG_LETTER_COLUMN, slot_name(job, (int)slot));
}

static enum status need_key(const struct job *job, const struct field_set *fields, int field,
                            struct error *error)
{
    const char *key = fields->optional[field] ? NULL : missing_key(job, field);
    return key ? error_name(error, MSG_LETTER_JOB_KEY, text_of(key)) : OK;
}

enum status letter_columns(const struct job *job, const struct field_set *fields,
                           const struct header *header, struct error *error)
{
    int count = FIELD_COUNT + (int)job->input.extra_count;
    enum status status = need_column(job, header, COLUMN_REF_NO, error);
    for (int i = 0; status == OK && i < count && i < FIELD_LIMIT; i++) {
        if (!fields->used[i] || field_is_made(i))
            continue;
        if (field_is_fixed(i))
            status = need_key(job, fields, i, error);
        else
            status = need_column(job, header, wanted_slot(job, header, i), error);
    }
    return status;
}
