#include "press/run_maker.h"

#include "base/utf8.h"

#include <stdio.h>

static const char *const class_words[MAIL_CLASSES] = {"", "普通", "特定記録", "簡易書留"};
static const char *const delivery_words[] = {"事業主経由", "郵送", "窓口交付"};

/* The texts of a slip's numbers: they stand until it is printed. */
struct figures {
    char rooms[12][TEXT_NUMBER];
    uint32_t used;
};

static struct text figure(struct figures *figures, uint64_t number)
{
    return text_number(number, figures->rooms[figures->used++]);
}

static enum status print_slip(struct run_maker *maker, enum slip_kind kind, const struct slip *slip,
                              struct error *error)
{
    struct press *press = maker->run->press;
    struct page_list pages;
    enum status status = compose_slip(&press->mail->slips[kind]->form, slip, COMPOSE_DRAW,
                                      press->fonts, &press->letter_arena, &pages, error);
    if (status == REJECT)
        return error_set(error, MSG_LATE_HOLD);
    return status == OK ? run_page(maker, &pages.pages[0], error) : status;
}

/* -- the cover of the lot -- */

static enum status print_lot_cover(struct run_maker *maker, struct error *error)
{
    const struct schedule_lot *lot = maker->unit.lot;
    const struct job *job = &maker->run->press->job;
    struct figures figures = {.used = 0};
    bool hidden = maker->unit.hidden;
    struct slip slip = {.sheet = 1, .sheets = 1};
    slip.field[SLIP_LOT] = text_of(maker->unit.name);
    if (!hidden) {
        slip.field[SLIP_ROUTE] = text_of(delivery_words[route_delivery(lot->route)]);
        slip.field[SLIP_CLASS] = text_of(class_words[route_class(lot->route)]);
    }
    slip.field[SLIP_FIRST] = figure(&figures, lot->first_sequence);
    slip.field[SLIP_LAST] = figure(&figures, lot->first_sequence + lot->letters - 1);
    slip.field[SLIP_SHEET_COUNT] = figure(&figures, lot->sheets + lot->slips);
    slip.field[SLIP_PIECES] = figure(&figures, lot->pieces);
    slip.field[SLIP_PEOPLE] = figure(&figures, lot->people);
    slip.field[SLIP_PAPER] = job->piece.paper;
    slip.field[SLIP_ENVELOPE] = job->piece.envelope;
    if (job->voice.kind != VOICE_NONE)
        slip.field[SLIP_NOTCH] = !hidden && lot->route & ROUTE_VOICE ? TEXT("あり") : TEXT("なし");
    return print_slip(maker, SLIP_KIND_LOT, &slip, error);
}

/* -- bundles, employers -- */

static uint32_t parts_of(const struct schedule *schedule, uint32_t at)
{
    uint32_t parts = schedule->parts[at].part, group = schedule->parts[at].group;
    while (++at < schedule->part_count && schedule->parts[at].group == group)
        parts++;
    return parts;
}

static uint64_t sequence_at(const struct run_maker *maker, uint64_t position)
{
    return maker->unit.lot->first_sequence + (position - maker->unit.lot->first);
}

/* "06401", "064", "06", "" */
static struct text prefix_text(uint32_t key, char room[8])
{
    uint32_t digits = bundle_digits(key), prefix = bundle_prefix(key);
    if (digits == BUNDLE_MIXED)
        return (struct text){room, 0};
    for (uint32_t i = digits; i-- > 0; prefix /= 10)
        room[i] = (char)('0' + prefix % 10);
    return (struct text){room, digits};
}

/* How many digits of the postcode it has in common; nothing for the mixed one. */
static struct text level_text(uint32_t key, char room[TEXT_NUMBER])
{
    uint32_t digits = bundle_digits(key);
    return digits == BUNDLE_MIXED ? (struct text){NULL, 0} : text_number(digits, room);
}

static enum status write_bundle(struct run_maker *maker, const struct schedule_part *part,
                                struct text kind, struct text key, struct error *error)
{
    char route[LIMIT_ROUTE];
    struct bundle_line line = {.bundle = part->group,
                               .part = part->part,
                               .kind = kind,
                               .key = key,
                               .pieces = part->pieces,
                               .letters = part->letters,
                               .first = sequence_at(maker, part->first),
                               .last = sequence_at(maker, part->first + part->letters - 1),
                               .lot = text_of(maker->unit.name),
                               .page = maker->page,
                               .route = route_name(maker->unit.lot->route, route)};
    return bundle_write(&maker->rows, &line, error);
}

static void put_part(const struct run_maker *maker, const struct schedule_part *part,
                     struct figures *figures, struct slip *slip)
{
    uint32_t parts = parts_of(&maker->run->schedule, maker->part);
    slip->field[SLIP_COUNT] = figure(figures, part->pieces);
    slip->field[SLIP_FIRST] = figure(figures, sequence_at(maker, part->first));
    slip->field[SLIP_LAST] = figure(figures, sequence_at(maker, part->first + part->letters - 1));
    slip->field[SLIP_CLASS] = text_of(class_words[route_class(maker->unit.lot->route)]);
    slip->field[SLIP_BUNDLE] = figure(figures, part->part);
    slip->field[SLIP_BUNDLES] = figure(figures, parts);
}

static enum status print_bundle(struct run_maker *maker, const struct schedule_part *part,
                                struct error *error)
{
    struct figures figures = {.used = 0};
    struct slip slip = {.sheet = 1, .sheets = 1};
    char prefix[8], level[TEXT_NUMBER];
    put_part(maker, part, &figures, &slip);
    slip.field[SLIP_LEVEL] = level_text(part->key, level);
    slip.field[SLIP_PREFIX] = prefix_text(part->key, prefix);
    struct text key = slip.field[SLIP_PREFIX];
    if (key.length == 0)
        slip.field[SLIP_PREFIX] = key = TEXT("雑");
    if (write_bundle(maker, part, TEXT("postcode"), key, error) != OK)
        return STOP;
    return print_slip(maker, SLIP_KIND_BUNDLE, &slip, error);
}

enum status run_read_letter(const struct run *run, uint64_t position, struct error *error)
{
    struct press *press = run->press;
    uint64_t index = schedule_at(&run->schedule, position);
    const struct plan_entry *entry = plan_at(run->plan, index);
    bool end = false;
    intake_seek(press->gather, entry->offset, plan_row(index));
    enum status status = intake_next(press->gather, &press->member_record, &end, error);
    if (status != OK || end || (uint32_t)press->member_record.fingerprint != entry->fingerprint)
        return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
    return OK;
}

/* The record's buffer is used again for the next one. */
static enum status keep(struct press *press, struct text *text, struct error *error)
{
    if (text->length == 0)
        return OK;
    *text = arena_text(&press->letter_arena, *text);
    return text->bytes ? OK : error_set(error, MSG_NO_MEMORY);
}

static enum status read_employer(struct run_maker *maker, const struct schedule_part *part,
                                 struct slip *slip, struct error *error)
{
    struct press *press = maker->run->press;
    struct admitted admitted;
    if (run_read_letter(maker->run, part->first, error) != OK)
        return STOP;
    if (guard_admit(&press->guard, &press->member_record, &admitted, error) != OK)
        return error_set(error, MSG_LATE_HOLD);
    mail_employer(press, &admitted, slip);
    for (unsigned field = SLIP_EMPLOYER_NO; field <= SLIP_EMPLOYER_ADDRESS; field++)
        if (keep(press, &slip->field[field], error) != OK)
            return STOP;
    return OK;
}

/* The row of the piece that begins at this position: number, 整理番号 of its first letter, sequence. */
static enum status read_row(struct run_maker *maker, uint64_t position, uint32_t number,
                            struct slip_row *row, struct error *error)
{
    struct press *press = maker->run->press;
    char *digits = arena_take(&press->letter_arena, 2 * TEXT_NUMBER);
    struct text *id = &row->field[SLIP_ROW_ID - SLIP_ROW_NO];
    if (!digits)
        return error_set(error, MSG_NO_MEMORY);
    if (run_read_letter(maker->run, position, error) != OK)
        return STOP;
    *row = (struct slip_row){0};
    row->field[0] = text_number(number, digits);
    row->field[SLIP_ROW_SEQUENCE - SLIP_ROW_NO] =
        text_number(sequence_at(maker, position), digits + TEXT_NUMBER);
    *id =
        utf8_trim(record_value(intake_header(press->gather), &press->member_record, COLUMN_REF_NO));
    return keep(press, id, error);
}

/* One sheet of an employer's list; *at steps to the piece behind it. */
static enum status print_list(struct run_maker *maker, const struct schedule_part *part,
                              struct slip *slip, uint64_t *at, uint32_t *number,
                              struct error *error)
{
    struct press *press = maker->run->press;
    uint32_t most = slip_rows(&press->mail->slips[SLIP_KIND_EMPLOYER]->form);
    uint64_t end = part->first + part->letters;
    struct slip_row *rows = arena_array(&press->letter_arena, most, sizeof *rows);
    if (!rows)
        return error_set(error, MSG_NO_MEMORY);
    for (slip->row_count = 0; *at < end && slip->row_count < most; ++*at) {
        if (!schedule_starts_piece(&maker->run->schedule, *at))
            continue;
        if (read_row(maker, *at, ++*number, &rows[slip->row_count], error) != OK)
            return STOP;
        slip->row_count++;
    }
    slip->rows = rows;
    return print_slip(maker, SLIP_KIND_EMPLOYER, slip, error);
}

static enum status print_employer(struct run_maker *maker, const struct schedule_part *part,
                                  struct error *error)
{
    struct press *press = maker->run->press;
    uint32_t most = slip_rows(&press->mail->slips[SLIP_KIND_EMPLOYER]->form), number = 0;
    uint32_t sheets = most ? (part->pieces + most - 1) / most : 1;
    uint64_t at = part->first;
    enum status status = OK;
    for (uint32_t sheet = 1; status == OK && sheet <= sheets; sheet++) {
        struct figures figures = {.used = 0};
        struct slip slip = {.sheet = sheet, .sheets = sheets};
        arena_wipe(&press->letter_arena);
        put_part(maker, part, &figures, &slip);
        if (parts_of(&maker->run->schedule, maker->part) == 1)
            slip.field[SLIP_BUNDLE] = slip.field[SLIP_BUNDLES] = (struct text){NULL, 0};
        status = read_employer(maker, part, &slip, error);
        if (status == OK && sheet == 1)
            status =
                write_bundle(maker, part, TEXT("employer"), slip.field[SLIP_EMPLOYER_NO], error);
        if (status == OK)
            status = print_list(maker, part, &slip, &at, &number, error);
    }
    return status;
}

static enum status print_part(struct run_maker *maker, struct error *error)
{
    const struct schedule_part *part = &maker->run->schedule.parts[maker->part];
    enum status status = maker->run->press->job.output.order == ORDER_POSTCODE
                             ? print_bundle(maker, part, error)
                             : print_employer(maker, part, error);
    maker->part++;
    return status;
}

enum status run_slips(struct run_maker *maker, struct error *error)
{
    const struct schedule *schedule = &maker->run->schedule;
    const struct schedule_lot *lot = maker->unit.lot;
    bool first = maker->position == lot->first;
    bool part = maker->part < lot->first_part + lot->parts &&
                schedule->parts[maker->part].first == maker->position;
    enum status status = OK;
    if (first || part)
        arena_wipe(&maker->run->press->letter_arena);
    if (first && maker->run->press->mail->slips[SLIP_KIND_LOT])
        status = print_lot_cover(maker, error);
    return status == OK && part ? print_part(maker, error) : status;
}
