#include "press/run_maker.h"

#include "press/run_posting.h"
#include "press/tracking.h"

/* -- before the letter is composed -- */

static uint32_t sheets_of(const struct run *run, uint64_t position)
{
    const uint32_t *later;
    uint64_t index = schedule_at(&run->schedule, position);
    return form_sheets(&run->press->forms[plan_at(run->plan, index)->form].form,
                       plan_members(run->plan, index, &later));
}

/* A piece never crosses the end of its lot. */
static uint32_t sheets_of_piece(const struct run_maker *maker)
{
    const struct schedule_lot *lot = maker->unit.lot;
    uint64_t at = maker->position, end = lot->first + lot->letters;
    uint32_t sheets = 0;
    do
        sheets += sheets_of(maker->run, at++);
    while (at < end && !schedule_starts_piece(&maker->run->schedule, at));
    return sheets;
}

static void take_key(const struct run_maker *maker, struct piece_key *out)
{
    const struct press *press = maker->run->press;
    *out = (struct piece_key){{0, 0}};
    if (press->job.piece.by != PIECE_PERSON && !maker->unit.hidden)
        piece_key(press, maker->unit.lot->route, out);
}

void run_piece_begin(struct run_maker *maker)
{
    const struct run *run = maker->run;
    struct run_piece *piece = &maker->envelope;
    uint32_t route = maker->unit.lot->route;
    if (!schedule_starts_piece(&run->schedule, maker->position))
        return;
    uint32_t form = plan_at(run->plan, schedule_at(&run->schedule, maker->position))->form;
    maker->piece++;
    maker->counts.pieces++;
    *piece = (struct run_piece){.open = true, .first_sequence = run_sequence(maker)};
    piece->cover = !maker->unit.hidden && mail_has_cover(run->press, form, route);
    piece->pattern = maker->unit.hidden ? 0 : run->press->mail->pattern[form][route];
    piece->sheets = sheets_of_piece(maker) + piece->cover;
    take_key(maker, &piece->key);
}

/* -- composed -- */

static enum status input_changed(const struct press *press, struct error *error)
{
    return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
}

/* A number of the file, or the next of the block. */
static enum status take_number(struct run_maker *maker, struct error *error)
{
    const struct run *run = maker->run;
    struct run_piece *piece = &maker->envelope;
    struct text value = maker->result.admitted.value[COLUMN_TRACKING];
    uint32_t route = maker->unit.lot->route;
    bool has = false;
    if (run->press->mail->number_column && route_is_tracked(route)) {
        if (tracking_read(value, &piece->plain, error) != OK)
            return input_changed(run->press, error);
        has = true;
    } else {
        has = numbers_of(&run->numbers, route, maker->piece, &piece->plain);
    }
    if (has)
        tracking_write(piece->plain, piece->number);
    return OK;
}

static enum status set_marks(struct run_maker *maker, const struct form *form,
                             struct page_list *pages, struct error *error)
{
    struct press *press = maker->run->press;
    const struct run_piece *piece = &maker->envelope;
    struct run_mark mark = {.sequence = run_sequence(maker),
                            .piece = maker->piece,
                            .first = piece->done + 1,
                            .sheets = piece->sheets,
                            .pattern = piece->pattern,
                            .key = maker->run->mark_key,
                            .tracking = text_of(piece->number)};
    return compose_marks(form, &mark, press->fonts, &press->letter_arena, pages, error);
}

static enum status print_cover(struct run_maker *maker, struct error *error)
{
    struct press *press = maker->run->press;
    struct page_list pages;
    if (!maker->result.has_cover)
        return input_changed(press, error);
    enum status status = mail_compose_cover(press, &maker->result, COMPOSE_DRAW, &pages, error);
    if (status == REJECT || (status == OK && pages.count != 1))
        return error_set(error, MSG_LATE_HOLD);
    if (status == OK)
        status = set_marks(maker, &press->mail->carrier->form, &pages, error);
    if (status == OK)
        status = run_page(maker, &pages.pages[0], error);
    maker->envelope.done++;
    return status;
}

/* Never a stranger's: the plan compared hashes of 61 bits, this compares 128. */
static bool is_of_piece(const struct run_maker *maker)
{
    struct piece_key key;
    take_key(maker, &key);
    return key.hash[0] == maker->envelope.key.hash[0] && key.hash[1] == maker->envelope.key.hash[1];
}

enum status run_piece_letter(struct run_maker *maker, struct error *error)
{
    struct run_piece *piece = &maker->envelope;
    enum status status = OK;
    if (!piece->open || !is_of_piece(maker))
        return error_set(error, MSG_BUG);
    if (piece->letters == 0)
        status = take_number(maker, error);
    if (status == OK && piece->letters == 0 && piece->cover)
        status = print_cover(maker, error);
    return status == OK ? set_marks(maker, &maker->result.form->form, &maker->result.pages, error)
                        : status;
}

/* -- rows -- */

static enum status write_posting(struct run_maker *maker, struct error *error)
{
    const struct run_piece *piece = &maker->envelope;
    struct posting_row row;
    memset(&row, 0, sizeof row); /* no byte of it is left to chance: it is digested */
    row.sequence = piece->first_sequence;
    row.piece = maker->piece;
    row.number = piece->plain;
    row.route = maker->unit.lot->route;
    posting_address(maker->run->press, &maker->result.admitted, &row);
    return rows_add(&maker->rows, SECTION_POSTING, &row, sizeof row, error);
}

/* Postal trouble that holds no letter; where a barcode was wanted its reason says so. */
static void count_address(struct run_maker *maker)
{
    const struct admitted *admitted = &maker->result.admitted;
    bool divided = letter_source(admitted, FIELD_MAIL_ADDRESS1) == COLUMN_ADDRESS_A;
    if (maker->unit.hidden || maker->result.has_customer ||
        route_delivery(maker->unit.lot->route) != DELIVERY_HOME)
        return;
    if (mail_value(admitted, FIELD_MAIL_POSTCODE).length == 0)
        tally_add(&maker->tally, "address", mail_reason(ADDRESS_NO_POSTCODE));
    else if (divided && mail_value(admitted, FIELD_MAIL_ADDRESS2).length == 0)
        tally_add(&maker->tally, "address", mail_reason(ADDRESS_NO_NUMBER));
}

enum status run_piece_add(struct run_maker *maker, struct error *error)
{
    const struct press *press = maker->run->press;
    struct run_piece *piece = &maker->envelope;
    const struct press_result *result = &maker->result;
    enum status status = OK;
    if (result->has_customer)
        tally_add(&maker->tally, "customer", mail_reason((enum address_answer)result->customer));
    count_address(maker);
    if (piece->letters == 0 && *piece->number && !maker->unit.hidden &&
        press->mail->slips[SLIP_KIND_POSTING])
        status = write_posting(maker, error);
    piece->letters++;
    piece->done += result->pages.count;
    return status;
}

enum status run_piece_end(struct run_maker *maker, struct error *error)
{
    const struct run *run = maker->run;
    struct run_piece *piece = &maker->envelope;
    char room[TEXT_NUMBER], route[LIMIT_ROUTE];
    if (!piece->open)
        return OK;
    piece->open = false;
    if (piece->done != piece->sheets)
        return error_set(error, MSG_BUG);
    struct piece_line line = {
        .piece = maker->piece,
        .sequence = piece->first_sequence,
        .letters = piece->letters,
        .sheets = piece->sheets,
        .lot = text_of(maker->unit.name),
        .route = route_name(maker->unit.lot->route, route),
        .tracking = text_of(piece->number),
        .weight = mail_weight_class(run->press, piece->sheets, piece->pattern, room),
        .pattern = piece->pattern,
        .cover = piece->cover};
    if (line.weight.length)
        tally_add(&maker->tally, "weight", line.weight);
    return run->press->mail->in_use ? piece_write(&maker->rows, &line, error) : OK;
}
