/* press/extract_columns.c -- as few columns as the letters can be made of. */
#include "press/boundary.h"
#include "press/extract_inside.h"
#include "press/mail.h"

struct choice {
    const struct press *press;
    bool wanted[SLOT_LIMIT], by_post[SLOT_LIMIT];
};

static void want(struct choice *choice, const int *slots, size_t count)
{
    for (size_t i = 0; i < count; i++)
        choice->wanted[slots[i]] = true;
}

#define WANT(choice, ...)                                                                          \
    want(choice, (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

/* Every column that the field may be read from (letter.h: which one, the record says). */
static void want_field(struct choice *choice, int field)
{
    switch (field) {
    case FIELD_ADDRESS1:
    case FIELD_ADDRESS2:
        WANT(choice, COLUMN_ADDRESS_A, COLUMN_ADDRESS_B, COLUMN_ADDRESS, COLUMN_ADDRESS_EXTRA);
        break;
    case FIELD_MAIL_POSTCODE:
        WANT(choice, COLUMN_TO_POSTCODE, COLUMN_POSTCODE);
        break;
    case FIELD_MAIL_ADDRESS1:
    case FIELD_MAIL_ADDRESS2:
        WANT(choice, COLUMN_TO_ADDRESS, COLUMN_TO_ADDRESS_EXTRA, COLUMN_ADDRESS_A, COLUMN_ADDRESS_B,
             COLUMN_ADDRESS, COLUMN_ADDRESS_EXTRA);
        break;
    case FIELD_CUSTOMER: /* made of the letter's address */
        WANT(choice, COLUMN_TO_POSTCODE, COLUMN_POSTCODE, COLUMN_TO_ADDRESS,
             COLUMN_TO_ADDRESS_EXTRA, COLUMN_ADDRESS_A, COLUMN_ADDRESS_B, COLUMN_ADDRESS,
             COLUMN_ADDRESS_EXTRA);
        break;
    case FIELD_MAIL_NAME:
    case FIELD_MAIL_HONORIFIC:
        WANT(choice, COLUMN_TO_NAME, COLUMN_TO_HONORIFIC, COLUMN_HEAD, COLUMN_NAME);
        break;
    default:
        if (field_slot(field) >= 0)
            choice->wanted[field_slot(field)] = true;
    }
    /* A record with any of 送付先 goes there: then all of it is needed, even to know that it is empty. */
    if ((field >= FIELD_MAIL_POSTCODE && field <= FIELD_MAIL_HONORIFIC) || field == FIELD_CUSTOMER)
        WANT(choice, COLUMN_TO_POSTCODE, COLUMN_TO_ADDRESS, COLUMN_TO_ADDRESS_EXTRA, COLUMN_TO_NAME,
             COLUMN_TO_HONORIFIC);
}

/* Who shares a letter or an envelope (世帯番号, in a file without it 記号 and 番号), and in which order they stand. */
static void want_household(struct choice *choice)
{
    bool by_number = intake_header(choice->press->intake)->index[COLUMN_HOUSEHOLD] >= 0;
    WANT(choice, COLUMN_KIND, COLUMN_BRANCH);
    if (by_number)
        WANT(choice, COLUMN_HOUSEHOLD);
    else
        WANT(choice, COLUMN_SYMBOL, COLUMN_NUMBER);
}

static void want_form(struct choice *choice, const struct press_form *form)
{
    int count = FIELD_COUNT + (int)choice->press->job.input.extra_count;
    for (int i = 0; i < count && i < FIELD_LIMIT; i++)
        if (form->form.fields.used[i])
            want_field(choice, i);
    if (form->wording.household)
        want_household(choice);
}

/* Of a letter that goes by post, whether its form prints the address or not. */
static void want_address(struct choice *choice)
{
    for (int field = FIELD_MAIL_POSTCODE; field <= FIELD_MAIL_HONORIFIC; field++)
        want_field(choice, field);
}

static void want_employer(struct choice *choice)
{
    const struct press_mail *mail = choice->press->mail;
    WANT(choice, COLUMN_EMPLOYER_NO, COLUMN_EMPLOYER);
    if (mail->employer_postcode >= 0)
        choice->wanted[mail->employer_postcode] = true;
    if (mail->employer_address >= 0)
        choice->wanted[mail->employer_address] = true;
}

/* What goes into one envelope, in which order, and what stands on it and in front of it. */
static void want_for_mail(struct choice *choice)
{
    const struct job *job = &choice->press->job;
    const struct press_mail *mail = choice->press->mail;

    if (job->piece.by == PIECE_HOUSEHOLD || job->output.order == ORDER_HOUSEHOLD)
        want_household(choice);
    if (job->piece.by == PIECE_INSURED)
        WANT(choice, COLUMN_SYMBOL, COLUMN_NUMBER, COLUMN_KIND, COLUMN_BRANCH);
    if (job->output.order == ORDER_POSTCODE)
        want_field(choice, FIELD_MAIL_POSTCODE);
    if (job->output.order == ORDER_EMPLOYER || job->output.lot_by == LOT_EMPLOYER)
        want_employer(choice);
    if (mail->carrier)
        want_form(choice, mail->carrier);
    if (job->mail.customer_barcode)
        want_field(choice, FIELD_CUSTOMER);
    if (job->mail.posting_names)
        want_field(choice, FIELD_MAIL_NAME);
    if (job->envelope.addressed)
        want_address(choice);
}

static void want_for_use(struct choice *choice, const struct extract_use *use)
{
    WANT(choice, COLUMN_REF_NO, COLUMN_FORM, COLUMN_ROUTE, COLUMN_MAIL_CLASS, COLUMN_TRACKING);
    if (choice->press->job.voice.kind != VOICE_NONE)
        WANT(choice, COLUMN_VOICE);
    for (uint32_t i = 0; i < choice->press->form_count; i++)
        if (use->form[i])
            want_form(choice, &choice->press->forms[i]);
}

/* Wanted for letters by post alone: others leave it empty. */
static void want_for_post(struct choice *choice)
{
    struct choice before = *choice;
    want_address(choice);
    for (int slot = 0; slot < SLOT_LIMIT; slot++)
        choice->by_post[slot] = choice->wanted[slot] && !before.wanted[slot];
}

static enum status add(struct extract_columns *out, int slot, bool by_post, struct text name,
                       struct error *error)
{
    if (out->count == LIMIT_COLUMNS)
        return error_set(error, MSG_TOO_MANY_COLUMNS);
    out->slot[out->count] = (int16_t)slot;
    out->by_post[out->count] = by_post;
    out->name[out->count++] = name;
    return OK;
}

enum status extract_choose(const struct press *press, const struct extract_use *use, bool flags,
                           bool seal, struct extract_columns *out, struct error *error)
{
    struct choice choice = {.press = press};
    const struct header *header = intake_header(press->intake);
    enum status status = OK;

    *out = (struct extract_columns){0};
    want_for_use(&choice, use);
    want_for_mail(&choice);
    if (use->by_post)
        want_for_post(&choice);
    for (int slot = 0; status == OK && slot < SLOT_LIMIT; slot++) {
        bool flag = flags && (slot == COLUMN_NONDISCLOSURE || slot == COLUMN_NO_SELF_INFO);
        bool there = header->index[slot] >= 0 || slot == COLUMN_FORM;
        if (there && (flag || (choice.wanted[slot] && !boundary_forbids(slot))))
            status = add(out, slot, choice.by_post[slot], slot_name(&press->job, slot), error);
    }
    return status == OK && seal ? add(out, -1, false, TEXT(SEAL_COLUMN), error) : status;
}
