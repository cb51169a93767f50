#include "press/mail.h"

#include "base/utf8.h"

#define CLASSES 4u

enum delivery route_delivery(uint32_t route)
{
    return (enum delivery)(route % ROUTE_VOICE / CLASSES % 3);
}

/* What is handed over by the employer or at the counter is not posted, whatever the job's class is. */
bool route_is_tracked(uint32_t route)
{
    enum mail_class class = (enum mail_class)(route % CLASSES);
    return route != SCHEDULE_PROTECTED && route_delivery(route) == DELIVERY_HOME &&
           (class == MAIL_TOKUTEI || class == MAIL_KAN_I);
}

/* -- the addressee -- */

struct text mail_value(const struct admitted *admitted, int field)
{
    return admitted->value[letter_source(admitted, field)];
}

bool mail_is_elsewhere(const struct admitted *admitted)
{
    return letter_source(admitted, FIELD_MAIL_POSTCODE) == COLUMN_TO_POSTCODE;
}

uint32_t mail_postcode(struct text text)
{
    char digits[7];
    uint32_t number = 0;
    if (!customer_postcode(text, digits))
        return POSTCODE_NONE;
    for (int i = 0; i < 7; i++)
        number = number * 10 + (uint32_t)(digits[i] - '0');
    return number;
}

static enum address_answer address_data(const struct press *press, const struct admitted *admitted,
                                        char data[CUSTOMER_DATA], uint32_t *length)
{
    int first = letter_source(admitted, FIELD_MAIL_ADDRESS1);
    struct address address = {.postcode = mail_value(admitted, FIELD_MAIL_POSTCODE),
                              .first = admitted->value[first],
                              .second = mail_value(admitted, FIELD_MAIL_ADDRESS2),
                              .undivided = first != COLUMN_ADDRESS_A};
    return address_customer(press->mail->has_postcodes ? &press->mail->postcodes : NULL, &address,
                            data, length);
}

/* -- what a record's letter has as mail -- */

static bool shows_customer(const struct press *press, const struct press_form *form)
{
    const struct press_form *carrier = press->mail->carrier;
    return form->form.fields.used[FIELD_CUSTOMER] ||
           (carrier && carrier->form.fields.used[FIELD_CUSTOMER]);
}

static enum status set_customer(struct press *press, const struct admitted *admitted,
                                enum address_answer *answer, struct text *out, struct error *error)
{
    uint32_t length;
    char *data = arena_take(&press->letter_arena, CUSTOMER_DATA);
    if (!data)
        return error_set(error, MSG_NO_MEMORY);
    *answer = address_data(press, admitted, data, &length);
    *out = (struct text){data, *answer == ADDRESS_GOOD ? length : 0};
    return OK;
}

enum status mail_customer(struct press *press, const struct admitted *admitted, struct text *out,
                          struct error *error)
{
    enum address_answer answer;
    if (!press->job.mail.customer_barcode || admitted->protected_person)
        return OK;
    return set_customer(press, admitted, &answer, out, error);
}

static enum status fill_customer(struct press *press, struct press_result *out, struct error *error)
{
    enum address_answer answer;
    if (!press->job.mail.customer_barcode || out->admitted.protected_person ||
        !shows_customer(press, out->form))
        return OK;
    enum status status =
        set_customer(press, &out->admitted, &answer, &out->letter.field[FIELD_CUSTOMER], error);
    out->customer = answer;
    out->has_customer = status == OK;
    return status;
}

static bool may_have_cover(const struct press *press, const struct press_form *form)
{
    return press->mail->carrier && !form->form.fields.used[FIELD_MAIL_ADDRESS1];
}

bool mail_has_cover(const struct press *press, uint32_t form, uint32_t route)
{
    return press->mail->carrier && route_delivery(route) == DELIVERY_HOME &&
           may_have_cover(press, &press->forms[form]);
}

/* Whom the file sends by post: others get no cover, and their addresses may be missing. A protected person's letter has
 * no address to show. */
static bool goes_home(struct press *press, const struct admitted *admitted)
{
    uint8_t route;
    struct error trouble;
    return !admitted->protected_person && route_of(press, admitted, &route, &trouble) == OK &&
           route_delivery(route) == DELIVERY_HOME;
}

static enum status fill_cover(struct press *press, const struct admitted *printed,
                              struct press_result *out, struct error *error)
{
    const struct form *form;
    out->has_cover = may_have_cover(press, out->form) && goes_home(press, &out->admitted);
    if (!out->has_cover)
        return OK;
    form = &press->mail->carrier->form;
    enum status status = letter_make(&press->job, printed, &form->fields, form->job_fields,
                                     &press->letter_arena, &out->cover, error);
    out->cover.field[FIELD_CUSTOMER] = out->letter.field[FIELD_CUSTOMER];
    return status;
}

enum status mail_fill(struct press *press, const struct admitted *printed, struct press_result *out,
                      struct error *error)
{
    out->has_customer = out->has_cover = false;
    if (fill_customer(press, out, error) != OK)
        return STOP;
    return fill_cover(press, printed, out, error);
}

enum status mail_compose_cover(struct press *press, const struct press_result *result,
                               enum compose_mode mode, struct page_list *out, struct error *error)
{
    return compose_letter(&press->mail->carrier->form, &result->cover, mode, press->fonts,
                          &press->letter_arena, out, NULL, error);
}

/* -- what the pre-pass asks -- */

static enum status refuse_column(int slot, enum message message, struct error *error)
{
    return error_name(error, message, text_of(column_name((unsigned)slot)));
}

static enum status prove_address(const struct admitted *admitted, struct error *error)
{
    int first = letter_source(admitted, FIELD_MAIL_ADDRESS1);
    int postcode = letter_source(admitted, FIELD_MAIL_POSTCODE);
    if (admitted->value[first].length == 0)
        return refuse_column(first, MSG_MAIL_NO_ADDRESS, error);
    if (admitted->value[postcode].length &&
        mail_postcode(admitted->value[postcode]) == POSTCODE_NONE)
        return refuse_column(postcode, MSG_MAIL_POSTCODE, error);
    return OK;
}

static enum status prove_number(const struct press *press, const struct admitted *admitted,
                                struct error *error)
{
    struct text value = admitted->value[COLUMN_TRACKING];
    tracking number;
    if (!press->mail->number_column)
        return OK;
    if (value.length == 0)
        return refuse_column(COLUMN_TRACKING, MSG_MAIL_NO_NUMBER, error);
    enum status status = tracking_read(value, &number, error);
    return status == OK ? OK : refuse_column(COLUMN_TRACKING, error->message, error);
}

/* An employer's name stands on a cover: the same one is tried once, as long as it comes in a row. */
static enum status prove_employer(struct press *press, const struct admitted *admitted,
                                  struct error *error)
{
    struct press_mail *mail = press->mail;
    struct slip slip = {.sheet = 1, .sheets = 1};
    struct page_list pages;
    mail_employer(press, admitted, &slip);
    uint64_t hash = 0;
    for (unsigned field = SLIP_EMPLOYER_NO; field <= SLIP_EMPLOYER_ADDRESS; field++) {
        struct text text = slip.field[field];
        hash = hash * 0x9E3779B97F4A7C15u + hash64(text.length ? text.bytes : "", text.length);
    }
    if (hash == mail->proved_employer)
        return OK;
    enum status status = compose_slip(&mail->slips[SLIP_KIND_EMPLOYER]->form, &slip, COMPOSE_PROVE,
                                      press->fonts, &press->letter_arena, &pages, error);
    if (status == OK)
        mail->proved_employer = hash;
    return status == REJECT ? refuse_column(COLUMN_EMPLOYER, error->message, error) : status;
}

static enum status prove_row(struct press *press, enum slip_kind kind, unsigned field,
                             struct text text, int column, struct error *error)
{
    struct slip_row row = {0};
    struct slip slip = {.rows = &row, .row_count = 1, .sheet = 1, .sheets = 1};
    struct page_list pages;
    row.field[field - SLIP_ROW_NO] = text;
    enum status status = compose_slip(&press->mail->slips[kind]->form, &slip, COMPOSE_PROVE,
                                      press->fonts, &press->letter_arena, &pages, error);
    return status == REJECT ? refuse_column(column, error->message, error) : status;
}

static enum status prove_slips(struct press *press, const struct admitted *admitted, uint32_t route,
                               struct error *error)
{
    const struct press_mail *mail = press->mail;
    enum status status = OK;
    if (mail->slips[SLIP_KIND_EMPLOYER] && route_delivery(route) == DELIVERY_EMPLOYER) {
        status = prove_employer(press, admitted, error);
        if (status == OK)
            status = prove_row(press, SLIP_KIND_EMPLOYER, SLIP_ROW_ID,
                               admitted->value[COLUMN_REF_NO], COLUMN_REF_NO, error);
    }
    if (status == OK && mail->slips[SLIP_KIND_POSTING] && press->job.mail.posting_names &&
        route_is_tracked(route))
        status = prove_row(press, SLIP_KIND_POSTING, SLIP_ROW_NAME,
                           mail_value(admitted, FIELD_MAIL_NAME),
                           letter_source(admitted, FIELD_MAIL_NAME), error);
    return status;
}

enum status mail_prove(struct press *press, struct press_result *result, uint32_t route,
                       struct error *error)
{
    const struct admitted *admitted = &result->admitted;
    struct page_list pages;
    enum status status = OK;
    if (!admitted->protected_person) {
        if (route_delivery(route) == DELIVERY_HOME)
            status = prove_address(admitted, error);
        if (status == OK && route_is_tracked(route))
            status = prove_number(press, admitted, error);
        if (status == OK)
            status = prove_slips(press, admitted, route, error);
    }
    if (status == OK && result->has_cover)
        status = mail_compose_cover(press, result, COMPOSE_PROVE, &pages, error);
    return status;
}

/* -- slips -- */

static struct text slot_value(const struct admitted *admitted, int slot)
{
    return slot < 0 ? (struct text){NULL, 0} : admitted->value[slot];
}

void mail_employer(const struct press *press, const struct admitted *admitted, struct slip *slip)
{
    slip->field[SLIP_EMPLOYER_NO] = admitted->value[COLUMN_EMPLOYER_NO];
    slip->field[SLIP_EMPLOYER_NAME] = admitted->value[COLUMN_EMPLOYER];
    slip->field[SLIP_EMPLOYER_POSTCODE] = slot_value(admitted, press->mail->employer_postcode);
    slip->field[SLIP_EMPLOYER_ADDRESS] = slot_value(admitted, press->mail->employer_address);
}

/* -- weight -- */

/* In 1/100 mg: a sheet of A4 is 210 mm x 297 mm = 0.06237 m2, so it weighs 62.37 mg for each g/m2. */
#define A4_WEIGHT 6237u
#define GRAM 100000u

struct text mail_weight_class(const struct press *press, uint32_t sheets, uint32_t pattern,
                              char room[TEXT_NUMBER])
{
    const struct press_mail *mail = press->mail;
    if (press->job.piece.paper_grams == 0)
        return (struct text){NULL, 0};
    uint64_t weight =
        (uint64_t)sheets * press->job.piece.paper_grams * A4_WEIGHT +
        (uint64_t)(press->job.piece.envelope_grams + mail->insert_grams[pattern]) * GRAM;
    for (uint32_t i = 0; i < mail->limit_count; i++)
        if (weight <= (uint64_t)mail->limits[i] * GRAM)
            return text_number(mail->limits[i], room);
    return TEXT("over");
}

struct text mail_reason(enum address_answer answer)
{
    return answer == ADDRESS_GOOD ? TEXT("good") : text_of(message_token(address_reason(answer)));
}
