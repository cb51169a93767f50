/* press/mail_open.c -- what the job says of mail: read, checked, bound. */
#include "press/mail.h"

#include "base/utf8.h"
#include "intake/cp932.h"
#include "press/assets.h"

#include <stdio.h>

static enum status refuse(const struct press *press, enum message message, uint32_t line,
                          const char *key, struct error *error)
{
    return error_at(error, message, press->job.path, line, text_of(key));
}

/* -- postcode file -- */

static uint32_t decode_cp932(const void *context, const char *bytes, uint32_t size, char *out)
{
    size_t bad;
    return (uint32_t)cp932_decode(context, bytes, size, out, &bad);
}

static enum status read_postcodes(struct press *press, const char *path, struct error *error)
{
    struct press_mail *mail = press->mail;
    struct os_map map;
    struct cp932 *table = NULL;
    if (os_map(path, POSTCODES_BYTES, &map, error) != OK)
        return STOP;
    enum status status = cp932_new(&table, error);
    struct postcode_decoder decoder = {decode_cp932, table};
    if (status == OK)
        status = digest_of(map.bytes, map.size, &mail->postcodes_digest, error);
    if (status == OK)
        status = postcodes_read(map.bytes, map.size, path, &decoder, &press->arena,
                                &mail->postcodes, error);
    mail->has_postcodes = status == OK;
    cp932_free(table);
    os_unmap(&map);
    return status;
}

static enum status open_postcodes(struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    char path[LIMIT_PATH], name[LIMIT_PATH];
    if (job->mail.postcodes.length == 0)
        return OK;
    (void)snprintf(name, sizeof name, "%.*s", (int)job->mail.postcodes.length,
                   job->mail.postcodes.bytes);
    if (!os_path_join(path, job->folder, name) || !os_exists(path))
        return refuse(press, MSG_NO_SUCH_FILE, job->mail.postcodes_line, "mail.postcodes", error);
    return read_postcodes(press, path, error);
}

/* -- further forms: the cover sheet, and sheets of the run's own -- */

static enum status read_form(struct press *press, const char *template, const char *layout,
                             const struct job *job, struct press_form *form, struct error *error)
{
    const char *path;
    struct text source;
    enum status status = assets_read(press, template, &path, &source, error);
    if (status == OK)
        status = wording_read(job, source, path, &press->arena, &form->wording, error);
    if (status == OK)
        status = assets_read(press, layout, &path, &source, error);
    return status == OK ? layout_read(source, path, &press->arena, &form->layout, error) : status;
}

/* index: the forms of the job come first. */
static enum status bind_form(struct press *press, const struct job *job, const struct text *fields,
                             struct press_form *form, struct error *error)
{
    uint32_t index = press->form_count + ++press->mail->further;
    if (index > LIMIT_FORMS)
        return error_set(error, MSG_TOO_MANY_FORMS);
    enum status status =
        form_bind(job, &form->wording, &form->layout, &press->images, fields, index, press->fonts,
                  &press->arena, &form->form, error);
    form->form.fields.gaiji = press->gaiji;
    form->form.fields.gaiji_count = press->gaiji_count;
    return status;
}

static struct press_form *new_form(struct press *press, const char *name, struct error *error)
{
    struct press_form *form = arena_take(&press->arena, sizeof *form);
    if (!form) {
        (void)error_set(error, MSG_NO_MEMORY);
        return NULL;
    }
    *form = (struct press_form){.name = text_of(name)};
    return form;
}

static enum status open_carrier(struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    struct text edition = job->notice.edition, name = job->piece.cover_layout;
    char template[LIMIT_PATH], layout[LIMIT_PATH];
    if (job->piece.cover != COVER_CARRIER)
        return OK;
    struct press_form *form = new_form(press, "carrier", error);
    if (!form)
        return STOP;
    (void)snprintf(template, sizeof template, "templates/%.*s/carrier.yaml", (int)edition.length,
                   edition.bytes);
    (void)snprintf(layout, sizeof layout, "layouts/%.*s/carrier/%.*s.yaml", (int)edition.length,
                   edition.bytes, (int)name.length, name.bytes);
    enum status status = read_form(press, template, layout, job, form, error);
    if (status == OK)
        status = bind_form(press, job, press->job_fields, form, error);
    if (status == OK)
        status = letter_columns(job, &form->form.fields, intake_header(press->intake), error);
    press->mail->carrier = form;
    return status;
}

static const char *const slip_names[SLIP_KINDS] = {[SLIP_KIND_BUNDLE] = "bundle",
                                                   [SLIP_KIND_EMPLOYER] = "employer",
                                                   [SLIP_KIND_LOT] = "lot",
                                                   [SLIP_KIND_POSTING] = "posting"};

static enum status open_slip(struct press *press, enum slip_kind kind, const struct job *job,
                             const struct text *fields, struct error *error)
{
    char template[64], layout[64];
    struct press_form *form = new_form(press, slip_names[kind], error);
    if (!form)
        return STOP;
    (void)snprintf(template, sizeof template, "templates/slips/%s.yaml", slip_names[kind]);
    (void)snprintf(layout, sizeof layout, "layouts/slips/%s.yaml", slip_names[kind]);
    enum status status = read_form(press, template, layout, job, form, error);
    if (status == OK)
        status = bind_form(press, job, fields, form, error);
    press->mail->slips[kind] = form;
    return status;
}

static enum status open_slips(struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    const bool wanted[SLIP_KINDS] = {
        [SLIP_KIND_BUNDLE] = job->output.order == ORDER_POSTCODE && job->mail.bundle_least,
        [SLIP_KIND_EMPLOYER] = job->output.order == ORDER_EMPLOYER,
        [SLIP_KIND_LOT] = job->output.lot_cover,
        [SLIP_KIND_POSTING] = press->mail->number_column || press->mail->has_block[MAIL_TOKUTEI] ||
                              press->mail->has_block[MAIL_KAN_I]};
    struct job *slips = arena_take(&press->arena, sizeof *slips);
    struct text *fields = arena_array(&press->arena, FIELD_LIMIT, sizeof *fields);
    if (!slips || !fields || !slip_job(job, &press->arena, slips))
        return error_set(error, MSG_NO_MEMORY);
    enum status status = letter_job_fields(slips, &press->arena, fields, error);
    for (int kind = 0; status == OK && kind < SLIP_KINDS; kind++)
        if (wanted[kind])
            status = open_slip(press, (enum slip_kind)kind, slips, fields, error);
    return status;
}

/* -- 封入パターン -- */

static bool take_number(struct text *text, uint32_t most, uint32_t *out)
{
    uint32_t digits = 0;
    for (*out = 0; digits < text->length && text->bytes[digits] >= '0' &&
                   text->bytes[digits] <= '9' && *out <= most;
         digits++)
        *out = *out * 10 + (uint32_t)(text->bytes[digits] - '0');
    *text = (struct text){text->bytes + digits, text->length - digits};
    return digits > 0 && *out <= most;
}

/* 3: form/route, 2: form, 1: route; 0: of neither. A route may be called by its delivery alone (home). */
static int fits_pattern(const struct press *press, struct text name, uint32_t form, uint32_t route)
{
    char room[LIMIT_ROUTE], brief[LIMIT_ROUTE];
    struct text whole = route_name(route, room);
    struct text delivery = route_name(route_delivery(route) * 4u, brief);
    struct text own = press->forms[form].name;
    if (text_equal(name, own))
        return 2;
    if (text_equal(name, whole) || text_equal(name, delivery))
        return 1;
    if (name.length <= own.length + 1 || memcmp(name.bytes, own.bytes, own.length) != 0 ||
        name.bytes[own.length] != '/')
        return 0;
    name.bytes += own.length + 1;
    name.length -= own.length + 1;
    return text_equal(name, whole) || text_equal(name, delivery) ? 3 : 0;
}

#define ROUTES_NAMED                                                                               \
    (ROUTE_VOICE + 12u) /* three deliveries, four classes, with voice code or without */

static enum status open_pattern(struct press *press, const struct job_word *word,
                                uint8_t (*rank)[PLAN_ROUTES], struct error *error)
{
    struct text rest = word->text;
    uint32_t number;
    bool known = false;
    if (!take_number(&rest, MARK_PATTERNS, &number) || number == 0 || rest.length)
        return refuse(press, MSG_PIECE_PATTERN, word->line, "piece.pattern", error);
    for (uint32_t form = 0; form < press->form_count; form++) {
        for (uint32_t route = 0; route < ROUTES_NAMED; route++) {
            int fits = fits_pattern(press, word->name, form, route);
            known = known || fits;
            if (fits <= rank[form][route])
                continue;
            rank[form][route] = (uint8_t)fits;
            press->mail->pattern[form][route] = (uint8_t)number;
        }
    }
    return known ? OK : refuse(press, MSG_PIECE_PATTERN, word->line, "piece.pattern", error);
}

static enum status open_patterns(struct press *press, struct error *error)
{
    uint8_t rank[LIMIT_FORMS][PLAN_ROUTES] = {0};
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < press->job.piece.pattern_count; i++)
        status = open_pattern(press, &press->job.piece.patterns[i], rank, error);
    return status;
}

/* "12 しおり・返信用封筒" */
static enum status open_inserts(struct press *press, struct error *error)
{
    struct press_mail *mail = press->mail;
    for (uint32_t i = 0; i < press->job.piece.insert_count; i++) {
        const struct job_word *word = &press->job.piece.inserts[i];
        struct text name = word->name, rest = word->text;
        uint32_t pattern, grams;
        if (!take_number(&name, MARK_PATTERNS, &pattern) || pattern == 0 || name.length ||
            !take_number(&rest, 10000, &grams) || (rest.length && rest.bytes[0] != ' '))
            return refuse(press, MSG_PIECE_INSERT, word->line, "piece.inserts", error);
        mail->insert_grams[pattern] = grams;
        mail->insert_words[pattern] = utf8_trim(rest);
    }
    return OK;
}

static enum status open_limits(struct press *press, struct error *error)
{
    struct press_mail *mail = press->mail;
    struct text rest = press->job.piece.weight_limits;
    while (rest.length) {
        uint32_t limit, last = mail->limit_count ? mail->limits[mail->limit_count - 1] : 0;
        if (mail->limit_count == MAIL_LIMITS || !take_number(&rest, 100000, &limit) ||
            limit <= last)
            return refuse(press, MSG_PIECE_LIMITS, press->job.piece.weight_line,
                          "piece.weight_limits", error);
        mail->limits[mail->limit_count++] = limit;
        while (rest.length && (rest.bytes[0] == ' ' || rest.bytes[0] == ','))
            rest = (struct text){rest.bytes + 1, rest.length - 1};
    }
    return OK;
}

/* -- 引受番号 -- */

static enum status warn(struct press *press, enum message message, uint32_t line, const char *key)
{
    struct error warning = {0};
    if (refuse(press, message, line, key, &warning) != OK)
        return STOP;
    return problems_add(press->problems, &warning);
}

static enum status open_block(struct press *press, enum mail_class class,
                              const struct job_numbers *given, const char *key, struct error *error)
{
    struct press_mail *mail = press->mail;
    struct error trouble;
    if (given->first.length == 0)
        return OK;
    if (tracking_block(given->first, given->count, &mail->block[class], &trouble) != OK)
        return refuse(press, trouble.message, given->line, key, error);
    mail->has_block[class] = true;
    enum message doubt = tracking_doubt(mail->block[class].first,
                                        class == MAIL_KAN_I ? TRACKING_KAN_I : TRACKING_TOKUTEI);
    if (doubt != MSG_NONE)
        (void)warn(press, doubt, given->line, key);
    return OK;
}

/* A class without a block of its own takes from the common one; two blocks have no number in common. */
static enum status open_numbers(struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    struct press_mail *mail = press->mail;
    bool own = job->mail.tokutei.first.length > 0, own_kan_i = job->mail.kan_i.first.length > 0;
    bool both = !own && !own_kan_i;
    enum mail_class likely = job->mail.class == MAIL_KAN_I ? MAIL_KAN_I : MAIL_TOKUTEI;
    enum status status =
        open_block(press, MAIL_TOKUTEI, &job->mail.tokutei, "mail.tracking.tokutei-kiroku", error);
    if (status == OK)
        status =
            open_block(press, MAIL_KAN_I, &job->mail.kan_i, "mail.tracking.kan-i-kakitome", error);
    if (status == OK && both) {
        status = open_block(press, likely, &job->mail.numbers, "mail.tracking.first", error);
        enum mail_class other = likely == MAIL_KAN_I ? MAIL_TOKUTEI : MAIL_KAN_I;
        mail->block[other] = mail->block[likely];
        mail->has_block[other] = mail->has_block[likely];
        mail->one_block = true;
    } else if (status == OK && (!own || !own_kan_i)) {
        status = open_block(press, own ? MAIL_KAN_I : MAIL_TOKUTEI, &job->mail.numbers,
                            "mail.tracking.first", error);
    }
    if (status != OK)
        return status;
    if (!mail->one_block && mail->has_block[MAIL_TOKUTEI] && mail->has_block[MAIL_KAN_I] &&
        tracking_overlap(&mail->block[MAIL_TOKUTEI], &mail->block[MAIL_KAN_I]))
        return refuse(press, MSG_TRACKING_OVERLAP, job->mail.kan_i.line, "mail.tracking", error);
    return OK;
}

static bool has_column(const struct press *press, int slot)
{
    return intake_header(press->intake)->index[slot] >= 0;
}

static enum status check_numbers(struct press *press, struct error *error)
{
    struct press_mail *mail = press->mail;
    const struct job *job = &press->job;
    mail->number_column = has_column(press, COLUMN_TRACKING);
    if (mail->number_column && (mail->has_block[MAIL_TOKUTEI] || mail->has_block[MAIL_KAN_I]))
        return refuse(press, MSG_TRACKING_TWO_WAYS, job->mail.numbers.line, "mail.tracking.first",
                      error);
    if (mail->number_column && job->piece.by != PIECE_PERSON)
        return error_name(error, MSG_TRACKING_PIECES, TEXT("piece.by"));
    return OK;
}

/* -- what goes together -- */

static enum status want_column(const struct press *press, int slot, struct error *error)
{
    if (has_column(press, slot))
        return OK;
    return error_name(error, MSG_MAIL_COLUMN, text_of(column_name((unsigned)slot)));
}

static enum status check_order(struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    enum status status = OK;
    if (job->output.order == ORDER_HOUSEHOLD && job->piece.by == PIECE_INSURED)
        return refuse(press, MSG_ORDER_PIECES, job->output.order_line, "output.order", error);
    if (job->output.lot_by == LOT_EMPLOYER && job->output.order != ORDER_EMPLOYER)
        return error_name(error, MSG_LOT_BY_EMPLOYER, TEXT("output.lot.by"));
    if (job->output.order == ORDER_EMPLOYER)
        status = want_column(press, COLUMN_EMPLOYER_NO, error);
    if (status == OK && job->piece.by == PIECE_INSURED)
        status = want_column(press, COLUMN_NUMBER, error);
    if (status == OK && job->piece.by == PIECE_HOUSEHOLD)
        status = want_column(press, COLUMN_HOUSEHOLD, error);
    return status;
}

static int extra_slot(const struct press *press, const char *name)
{
    for (uint32_t i = 0; i < press->job.input.extra_count; i++)
        if (text_is(press->job.input.extra[i], name))
            return (int)(COLUMN_COUNT + i);
    return -1;
}

/* The barcode was asked for, but no layout in use has a place for it. */
static enum status check_customer(struct press *press)
{
    const struct press_form *carrier = press->mail->carrier;
    bool shown = press->job.envelope.addressed || /* the envelope's layout has one */
                 (carrier && carrier->form.fields.used[FIELD_CUSTOMER]);
    for (uint32_t i = 0; i < press->form_count; i++)
        shown = shown || press->forms[i].form.fields.used[FIELD_CUSTOMER];
    return press->job.mail.customer_barcode && !shown
               ? warn(press, MSG_MAIL_NO_PLACE, press->job.mail.customer_line,
                      "mail.customer_barcode")
               : OK;
}

static void look(struct press *press)
{
    struct press_mail *mail = press->mail;
    const struct job *job = &press->job;
    mail->destinations = has_column(press, COLUMN_TO_ADDRESS) ||
                         has_column(press, COLUMN_TO_NAME) || has_column(press, COLUMN_TO_POSTCODE);
    mail->employer_postcode = extra_slot(press, "事業所郵便番号");
    mail->employer_address = extra_slot(press, "事業所所在地");
    mail->in_use = job->piece.by != PIECE_PERSON || job->piece.cover != COVER_NONE ||
                   job->piece.pattern_count || job->piece.paper_grams ||
                   job->mail.customer_barcode || mail->number_column ||
                   mail->has_block[MAIL_TOKUTEI] || mail->has_block[MAIL_KAN_I] ||
                   job->output.order != ORDER_INPUT;
}

enum status mail_open(struct press *press, struct error *error)
{
    press->mail = arena_take(&press->arena, sizeof *press->mail);
    if (!press->mail)
        return error_set(error, MSG_NO_MEMORY);
    memset(press->mail, 0, sizeof *press->mail);
    enum status status = open_postcodes(press, error);
    if (status == OK)
        status = open_numbers(press, error);
    if (status == OK)
        status = check_numbers(press, error);
    if (status == OK)
        status = check_order(press, error);
    if (status == OK)
        status = open_patterns(press, error);
    if (status == OK)
        status = open_inserts(press, error);
    if (status == OK)
        status = open_limits(press, error);
    if (status == OK)
        status = open_carrier(press, error);
    if (status == OK)
        status = open_slips(press, error);
    if (status != OK)
        return status;
    look(press);
    return check_customer(press);
}
