#include "press/run_posting.h"

#include "base/memory.h"

#define HEAD "number,class,route,seq,piece,postcode\n"

struct posting {
    struct run *run;
    struct spool_table *csv, *table;
    struct sink sink; /* of the PDF */
    struct pdf *pdf;
    struct arena arena; /* of one sheet */
    struct csv_row row;
    struct slip_row *rows; /* of the sheet in hand */
    uint32_t row_count, route, sheet, number;
    uint64_t pieces, first_piece, last_piece; /* of the route in hand */
    bool whole; /* the sheets are those of all shares: see posting_close */
};

static const struct press_form *slip_form(const struct run *run)
{
    return run->press->mail->slips[SLIP_KIND_POSTING];
}

static enum status write_table(void *context, const void *bytes, size_t size, struct error *error)
{
    return spool_table_write(context, bytes, size, error);
}

static enum status open_pdf(struct posting *posting, struct error *error)
{
    const struct job *job = &posting->run->press->job;
    struct pdf_options options = {
        .title = job->name, .date = job->notice.issued, .level = job->output.compression};
    posting->sink = (struct sink){write_table, posting->table};
    return pdf_new(&posting->sink, posting->run->press->fonts, &options, &posting->pdf, error);
}

enum status posting_open(struct run *run, struct spool *spool, struct posting **out,
                         struct error *error)
{
    *out = NULL;
    if (!slip_form(run))
        return OK;
    struct posting *posting = memory_new(sizeof *posting);
    if (!posting)
        return error_set(error, MSG_NO_MEMORY);
    posting->run = run;
    posting->route = UINT32_MAX;
    arena_open(&posting->arena, LIMIT_LETTER_ARENA);
    *out = posting;
    enum status status = spool_table_open(spool, "posting-list.csv", &posting->csv, error);
    if (status == OK)
        status = spool_table_write(posting->csv, HEAD, sizeof HEAD - 1, error);
    posting->whole = run->order->shard_count > 0;
    if (status == OK && run->order->shard_index <= 1)
        status = spool_table_open(spool, "posting-list.pdf", &posting->table, error);
    return status;
}

void posting_drop(struct posting *posting)
{
    if (!posting)
        return;
    pdf_drop(posting->pdf);
    arena_close(&posting->arena);
    memory_free(posting, sizeof *posting);
}

/* -- a route -- */

/* How many pieces of the route are in the run, whatever this share of it is. */
static void count_route(struct posting *posting, uint32_t route)
{
    const struct run *run = posting->run;
    posting->route = route;
    posting->pieces = posting->first_piece = posting->last_piece = 0;
    posting->sheet = posting->number = 0;
    for (uint32_t i = 0; i < run->schedule.lot_count; i++) {
        const struct schedule_lot *lot = &run->schedule.lots[i];
        if (lot->route != route) /* that of protected letters is none of these */
            continue;
        if (posting->pieces == 0)
            posting->first_piece = lot->first_piece;
        posting->pieces += lot->pieces;
        posting->last_piece = lot->first_piece + lot->pieces - 1;
    }
}

static const char *class_word(uint32_t route)
{
    if (route == UINT32_MAX)
        return "";
    return route_class(route) == MAIL_KAN_I ? "簡易書留" : "特定記録";
}

/* -- a sheet -- */

static struct text number_text(struct posting *posting, uint64_t piece)
{
    tracking number;
    char *room = arena_take(&posting->arena, TRACKING_TEXT);
    if (!room || !numbers_of(&posting->run->numbers, posting->route, piece, &number))
        return (struct text){NULL, 0};
    tracking_write(number, room);
    return text_of(room);
}

static enum status print_sheet(struct posting *posting, struct error *error)
{
    struct press *press = posting->run->press;
    uint32_t most = slip_rows(&slip_form(posting->run)->form);
    char count[TEXT_NUMBER];
    struct page_list pages;
    struct slip slip = {.rows = posting->rows,
                        .row_count = posting->row_count,
                        .sheet = ++posting->sheet,
                        .sheets = (uint32_t)((posting->pieces + most - 1) / most)};
    slip.field[SLIP_CLASS] = text_of(class_word(posting->route));
    slip.field[SLIP_COUNT] = text_number(posting->pieces, count);
    slip.field[SLIP_FIRST] = number_text(posting, posting->first_piece);
    slip.field[SLIP_LAST] = number_text(posting, posting->last_piece);
    enum status status = posting->pdf ? OK : open_pdf(posting, error);
    if (status == OK)
        status = compose_slip(&slip_form(posting->run)->form, &slip, COMPOSE_DRAW, press->fonts,
                              &posting->arena, &pages, error);
    if (status == REJECT)
        return error_set(error, MSG_LATE_HOLD);
    if (status == OK)
        status = pdf_page(posting->pdf, &pages.pages[0], error);
    arena_wipe(&posting->arena);
    posting->rows = NULL;
    posting->row_count = 0;
    return status;
}

/* "100-0001" */
static uint32_t postcode_text(uint32_t postcode, char room[8])
{
    if (postcode == POSTCODE_NONE)
        return 0;
    for (int i = 7; i >= 0; i--) {
        room[i] = i == 3 ? '-' : (char)('0' + postcode % 10);
        postcode /= i == 3 ? 1 : 10;
    }
    return 8;
}

static enum status write_line(struct posting *posting, const struct posting_row *from,
                              struct error *error)
{
    static const char *const classes[] = {"tokutei-kiroku", "kan-i-kakitome"};
    struct csv_row *row = &posting->row;
    char number[TRACKING_TEXT], postcode[8], route[LIMIT_ROUTE];
    tracking_write(from->number, number);
    csv_row_start(row);
    csv_row_text(row, text_of(number));
    csv_row_text(row, text_of(classes[route_class(from->route) == MAIL_KAN_I]));
    csv_row_text(row, route_name(from->route, route));
    csv_row_number(row, from->sequence);
    csv_row_number(row, from->piece);
    csv_row_text(row, (struct text){postcode, postcode_text(from->postcode, postcode)});
    csv_row_end(row);
    return spool_table_write(posting->csv, row->bytes, row->size, error);
}

struct row_texts {
    struct posting_row kept;
    char number[TRACKING_TEXT], postcode[8], no[TEXT_NUMBER], sequence[TEXT_NUMBER];
};

static enum status keep_row(struct posting *posting, const struct posting_row *from,
                            struct error *error)
{
    struct row_texts *texts = arena_take(&posting->arena, sizeof *texts);
    if (posting->row_count == 0)
        posting->rows = arena_array(&posting->arena, slip_rows(&slip_form(posting->run)->form),
                                    sizeof *posting->rows);
    if (!texts || !posting->rows)
        return error_set(error, MSG_NO_MEMORY);
    texts->kept = *from;
    tracking_write(from->number, texts->number);
    struct slip_row *row = &posting->rows[posting->row_count++];
    *row = (struct slip_row){0};
    row->field[SLIP_ROW_NO - SLIP_ROW_NO] = text_number(++posting->number, texts->no);
    row->field[SLIP_ROW_NUMBER - SLIP_ROW_NO] = text_of(texts->number);
    row->field[SLIP_ROW_POSTCODE - SLIP_ROW_NO] =
        (struct text){texts->postcode, postcode_text(from->postcode, texts->postcode)};
    row->field[SLIP_ROW_SEQUENCE - SLIP_ROW_NO] = text_number(from->sequence, texts->sequence);
    row->field[SLIP_ROW_NAME - SLIP_ROW_NO] = (struct text){texts->kept.name, from->name_length};
    return OK;
}

static enum status list_row(struct posting *posting, const struct posting_row *row,
                            struct error *error)
{
    uint32_t most = slip_rows(&slip_form(posting->run)->form);
    enum status status = OK;
    if (posting->row_count && (row->route != posting->route || posting->row_count == most))
        status = print_sheet(posting, error);
    if (row->route != posting->route)
        count_route(posting, row->route);
    return status == OK ? keep_row(posting, row, error) : status;
}

static enum status take_row(struct posting *posting, const struct posting_row *row,
                            struct error *error)
{
    enum status status = write_line(posting, row, error);
    return status == OK && posting->table && !posting->whole ? list_row(posting, row, error)
                                                             : status;
}

enum status posting_take(struct posting *posting, const char *bytes, uint32_t size,
                         struct error *error)
{
    struct posting_row row;
    enum status status = size % sizeof row ? error_set(error, MSG_BUG) : OK;
    for (uint32_t at = 0; status == OK && at < size; at += sizeof row) {
        memcpy(&row, bytes + at, sizeof row);
        status = take_row(posting, &row, error);
    }
    return status;
}

/* -- the list of all shares -- */

/* A number of the file, or of the block. False: this piece is not registered. */
static bool find_number(const struct posting *posting, const struct admitted *admitted,
                        struct posting_row *row)
{
    const struct run *run = posting->run;
    struct error unused;
    if (run->press->mail->number_column && route_is_tracked(row->route))
        return tracking_read(admitted->value[COLUMN_TRACKING], &row->number, &unused) == OK;
    return numbers_of(&run->numbers, row->route, row->piece, &row->number);
}

static enum status list_piece(struct posting *posting, uint64_t position, struct posting_row *row,
                              struct error *error)
{
    struct press *press = posting->run->press;
    struct admitted admitted;
    if (run_read_letter(posting->run, position, error) != OK)
        return STOP;
    if (guard_admit(&press->guard, &press->member_record, &admitted, error) != OK)
        return error_set(error, MSG_LATE_HOLD);
    if (!find_number(posting, &admitted, row))
        return OK;
    posting_address(press, &admitted, row);
    return list_row(posting, row, error);
}

static enum status list_lot(struct posting *posting, const struct schedule_lot *lot,
                            struct error *error)
{
    uint64_t piece = lot->first_piece;
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < lot->letters; i++) {
        struct posting_row row = {.sequence = lot->first_sequence + i, .route = lot->route};
        if (!schedule_starts_piece(&posting->run->schedule, lot->first + i))
            continue;
        row.piece = piece++;
        status = list_piece(posting, lot->first + i, &row, error);
    }
    return status;
}

static bool has_numbers(const struct run *run, uint32_t route)
{
    return route != SCHEDULE_PROTECTED && route_is_tracked(route) &&
           (run->press->mail->number_column || run->numbers.has[route]);
}

/* Sheets cannot be joined, rows can: so the first share prints the list of the whole run, `join` takes it as it is. */
static enum status list_whole(struct posting *posting, struct error *error)
{
    const struct schedule *schedule = &posting->run->schedule;
    struct press *press = posting->run->press;
    enum status status = OK;
    if (!press->gather)
        status = intake_open(&press->job, press->input_path, &press->arena, &press->gather, error);
    for (uint32_t i = 0; status == OK && i < schedule->lot_count; i++)
        if (has_numbers(posting->run, schedule->lots[i].route))
            status = list_lot(posting, &schedule->lots[i], error);
    return status;
}

void posting_address(const struct press *press, const struct admitted *admitted,
                     struct posting_row *row)
{
    struct text name = mail_value(admitted, FIELD_MAIL_NAME);
    row->postcode = mail_postcode(mail_value(admitted, FIELD_MAIL_POSTCODE));
    if (!press->job.mail.posting_names || name.length >= sizeof row->name)
        return;
    row->name_length = name.length;
    memcpy(row->name, name.length ? name.bytes : "", name.length);
}

/* A list of nobody is a sheet that says so: there is no PDF without a page. */
enum status posting_close(struct posting *posting, struct error *error)
{
    const struct run *run = posting->run;
    enum status status = posting->table && posting->whole ? list_whole(posting, error) : OK;
    bool empty = posting->table && !posting->pdf && posting->row_count == 0;
    if (status == OK && (posting->row_count || empty))
        status = print_sheet(posting, error);
    struct pdf *pdf = posting->pdf;
    posting->pdf = NULL;
    if (status == OK && pdf)
        return pdf_close(pdf, posting->whole ? &run->whole : &run->id, error);
    pdf_drop(pdf);
    return status;
}
