/* press/voice_check.c -- the reading test of 別添2 (4): what a reader said of printed sheets against the exported
 * text. */
#include "press/voice.h"

#include "base/memory.h"
#include "base/os.h"
#include "base/utf8.h"
#include "intake/cp932.h"
#include "spool/spool.h"
#include "voice/rows.h"

#include <stdlib.h>

struct reading {
    uint64_t sequence, page, row; /* row 0: no such letter */
    struct text text;
    uint32_t characters, different; /* first difference from 1; 0 = none */
    bool compared;
};

struct check {
    const struct voice_check_order *order;
    struct arena arena;
    struct reading *readings; /* by sequence and page */
    size_t count, room;
    struct cp932 *cp932;
    char decoded[ROWS_BYTES * CP932_GROWTH + CP932_SLACK];
    struct csv_row row;
};

/* -- what was read -- */

static int by_sheet(const void *a, const void *b)
{
    const struct reading *left = a, *right = b;
    if (left->sequence != right->sequence)
        return left->sequence < right->sequence ? -1 : 1;
    return (left->page > right->page) - (left->page < right->page);
}

static enum status add_reading(struct check *check, const struct reading *reading,
                               struct error *error)
{
    if (check->count == check->room) {
        size_t room = check->room ? 2 * check->room : 64;
        void *grown = memory_resize(check->readings, check->room * sizeof *check->readings,
                                    room * sizeof *check->readings);
        if (!grown)
            return error_set(error, MSG_NO_MEMORY);
        check->readings = grown;
        check->room = room;
    }
    check->readings[check->count] = *reading;
    struct text *text = &check->readings[check->count++].text;
    *text = arena_text(&check->arena, *text);
    return text->bytes ? OK : error_set(error, MSG_NO_MEMORY);
}

static enum status take_reading(struct check *check, const struct rows *rows, const int columns[3],
                                struct error *error)
{
    struct reading reading = {.page = 1};
    if (!rows_number(rows->field[columns[0]], &reading.sequence) || reading.sequence == 0)
        return rows_refuse(rows, "sequence", error);
    if (columns[2] >= 0 && rows->field[columns[2]].length &&
        (!rows_number(rows->field[columns[2]], &reading.page) || reading.page == 0))
        return rows_refuse(rows, "page", error);
    reading.text = rows->field[columns[1]];
    if (utf8_check(reading.text) != reading.text.length)
        return rows_refuse(rows, "text", error);
    return add_reading(check, &reading, error);
}

static enum status read_readings(struct check *check, struct error *error)
{
    static const char *const names[] = {"sequence", "text", "page"};
    struct rows rows;
    int columns[3];
    bool end = false;
    enum status status = voice_rows_open(&rows, check->order->readings, names, 3, columns, error);
    if (status != OK)
        return status;
    if (columns[0] < 0 || columns[1] < 0)
        status = rows_refuse(&rows, columns[0] < 0 ? names[0] : names[1], error);
    while (status == OK && !end) {
        status = voice_rows_next(&rows, &end, error);
        if (status == OK && !end)
            status = take_reading(check, &rows, columns, error);
    }
    voice_rows_close(&rows);
    if (status == OK && check->count == 0)
        return error_set(error, MSG_VOICE_NO_READINGS);
    if (status == OK)
        qsort(check->readings, check->count, sizeof *check->readings, by_sheet);
    return status;
}

/* -- which letters they are: the first record of each sequence number -- */

static struct reading *first_reading(struct check *check, uint64_t sequence)
{
    size_t low = 0, high = check->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (check->readings[middle].sequence < sequence)
            low = middle + 1;
        else
            high = middle;
    }
    return low < check->count && check->readings[low].sequence == sequence ? &check->readings[low]
                                                                           : NULL;
}

static void note_row(struct check *check, uint64_t sequence, uint64_t row)
{
    struct reading *end = check->readings + check->count;
    struct reading *reading = first_reading(check, sequence);
    for (; reading && reading < end && reading->sequence == sequence; reading++)
        if (reading->row == 0 || row < reading->row)
            reading->row = row;
}

static enum status read_records(struct check *check, struct error *error)
{
    static const char *const names[] = {"seq"};
    char path[LIMIT_PATH];
    struct rows rows;
    uint64_t row = 1; /* the texts count records through all files; the column row counts in its own file */
    int columns[1];
    bool end = false;
    if (!os_path_join(path, check->order->out, "records.csv"))
        return error_set(error, MSG_OPEN_FAILED);
    enum status status = voice_rows_open(&rows, path, names, 1, columns, error);
    if (status != OK)
        return status;
    if (columns[0] < 0)
        status = rows_refuse(&rows, names[0], error);
    while (status == OK && !end) {
        uint64_t sequence;
        status = voice_rows_next(&rows, &end, error);
        row++;
        if (status == OK && !end && rows_number(rows.field[columns[0]], &sequence))
            note_row(check, sequence, row);
    }
    voice_rows_close(&rows);
    return status;
}

/* -- comparing -- */

/* Blanks and line ends are passed over, widths folded. 0 at the end. */
static uint32_t next_character(const char **at, const char *end)
{
    while (*at < end) {
        uint32_t point = utf8_fold_width(utf8_next(at, end));
        if (point > ' ')
            return point;
    }
    return 0;
}

static void compare(struct reading *reading, struct text text)
{
    const char *a = reading->text.bytes, *a_end = a + reading->text.length;
    const char *b = text.bytes, *b_end = b + text.length;
    reading->compared = true;
    reading->characters = reading->different = 0;
    for (;;) {
        uint32_t left = next_character(&a, a_end), right = next_character(&b, b_end);
        if (left != right && reading->different == 0)
            reading->different = reading->characters + 1;
        if (right == 0)
            return;
        reading->characters++;
    }
}

/* The table is in UTF-8 or in CP932. */
static struct text decode(struct check *check, struct text text)
{
    size_t bad;
    if (utf8_check(text) == text.length)
        return text;
    size_t size = cp932_decode(check->cp932, text.bytes, text.length, check->decoded, &bad);
    return (struct text){check->decoded, (uint32_t)size};
}

static void compare_all(struct check *check, uint64_t row, uint64_t page, struct text text)
{
    for (size_t i = 0; i < check->count; i++)
        if (check->readings[i].row == row && check->readings[i].page == page)
            compare(&check->readings[i], decode(check, text));
}

static enum status read_texts(struct check *check, struct error *error)
{
    static const char *const names[] = {"row", "page", "text"};
    struct rows rows;
    int columns[3];
    bool end = false;
    enum status status = voice_rows_open(&rows, check->order->texts, names, 3, columns, error);
    if (status != OK)
        return status;
    for (int i = 0; status == OK && i < 3; i++)
        if (columns[i] < 0)
            status = rows_refuse(&rows, names[i], error);
    while (status == OK && !end) {
        uint64_t row, page;
        status = voice_rows_next(&rows, &end, error);
        if (status != OK || end)
            break;
        if (!rows_number(rows.field[columns[0]], &row) ||
            !rows_number(rows.field[columns[1]], &page))
            status = rows_refuse(&rows, "row, page", error);
        else
            compare_all(check, row, page, rows.field[columns[2]]);
    }
    voice_rows_close(&rows);
    return status;
}

/* -- the protocol -- */

static bool is_same(const struct reading *reading)
{
    return reading->compared && reading->different == 0;
}

static enum status write_line(struct check *check, const struct reading *reading,
                              const struct sink *protocol, struct error *error)
{
    struct csv_row *row = &check->row;
    csv_row_start(row);
    csv_row_number(row, reading->sequence);
    csv_row_number(row, reading->page);
    if (reading->row)
        csv_row_number(row, reading->row);
    else
        csv_row_empty(row);
    csv_row_text(row, !reading->compared   ? TEXT("unknown")
                      : reading->different ? TEXT("different")
                                           : TEXT("same"));
    if (reading->compared)
        csv_row_number(row, reading->characters);
    else
        csv_row_empty(row);
    if (reading->different)
        csv_row_number(row, reading->different);
    else
        csv_row_empty(row);
    csv_row_end(row);
    return sink_write(protocol, row->bytes, row->size, error);
}

static enum status write_protocol(struct check *check, const struct sink *protocol,
                                  struct error *error)
{
    static const char head[] = "sequence,page,row,result,characters,first_difference\n";
    uint64_t bad = 0;
    enum status status = sink_write(protocol, head, sizeof head - 1, error);
    for (size_t i = 0; status == OK && i < check->count; i++) {
        status = write_line(check, &check->readings[i], protocol, error);
        bad += !is_same(&check->readings[i]);
    }
    if (status != OK || bad == 0)
        return status;
    status = error_set(error, MSG_VOICE_READINGS);
    error->have = (int64_t)bad;
    error->want = (int64_t)check->count;
    return status;
}

enum status press_voice_check(const struct voice_check_order *order, const struct sink *protocol,
                              struct error *error)
{
    struct check *check = memory_new(sizeof *check);
    if (!check)
        return error_set(error, MSG_NO_MEMORY);
    check->order = order;
    arena_open(&check->arena, LIMIT_JOB_ARENA);
    enum status status = cp932_new(&check->cp932, error);
    if (status == OK)
        status = read_readings(check, error);
    if (status == OK)
        status = read_records(check, error);
    if (status == OK)
        status = read_texts(check, error);
    if (status == OK)
        status = write_protocol(check, protocol, error);
    cp932_free(check->cp932);
    memory_free(check->readings, check->room * sizeof *check->readings);
    arena_close(&check->arena);
    memory_free(check, sizeof *check);
    return status;
}

/* -- the sample -- */

enum { SEQUENCE, LOT, PAGE, ID, SAMPLE_COLUMNS };
static const char *const sample_names[SAMPLE_COLUMNS] = {"seq", "lot", "page", "id"};

static enum status open_manifest(const char *out, struct rows *rows, char path[LIMIT_PATH],
                                 int columns[SAMPLE_COLUMNS], struct error *error)
{
    if (!os_path_join(path, out, "manifest.csv"))
        return error_set(error, MSG_OPEN_FAILED);
    enum status status = voice_rows_open(rows, path, sample_names, SAMPLE_COLUMNS, columns, error);
    for (int i = 0; status == OK && i < SAMPLE_COLUMNS; i++)
        if (columns[i] < 0) {
            status = rows_refuse(rows, sample_names[i], error);
            voice_rows_close(rows);
        }
    return status;
}

static enum status count_letters(const char *out, uint64_t *letters, struct error *error)
{
    struct rows rows;
    char path[LIMIT_PATH];
    int columns[SAMPLE_COLUMNS];
    bool end = false;
    *letters = 0;
    enum status status = open_manifest(out, &rows, path, columns, error);
    if (status != OK)
        return status;
    while (status == OK && !end) {
        status = voice_rows_next(&rows, &end, error);
        *letters += status == OK && !end;
    }
    voice_rows_close(&rows);
    if (status == OK && *letters == 0)
        return error_set(error, MSG_VOICE_NO_READINGS);
    return status;
}

/* The i-th of `count` picks among `letters`, from 0: first and last are among them. */
static uint64_t pick(uint64_t i, uint64_t count, uint64_t letters)
{
    return count == 1 ? 0 : i * (letters - 1) / (count - 1);
}

static enum status write_pick(const struct rows *rows, const int columns[SAMPLE_COLUMNS],
                              const struct sink *sheets, struct error *error)
{
    struct csv_row row;
    csv_row_start(&row);
    for (int i = 0; i < SAMPLE_COLUMNS; i++)
        csv_row_text(&row, rows->field[columns[i]]);
    csv_row_end(&row);
    return row.overflow ? rows_refuse(rows, "", error)
                        : sink_write(sheets, row.bytes, row.size, error);
}

enum status press_voice_sample(const char *out, uint32_t count, const struct sink *sheets,
                               struct error *error)
{
    static const char head[] = "sequence,lot,page,id\n";
    struct rows rows;
    char path[LIMIT_PATH];
    int columns[SAMPLE_COLUMNS];
    uint64_t letters, at = 0, picked = 0, wanted = count;
    bool end = false;
    enum status status = count_letters(out, &letters, error);
    if (status == OK)
        status = open_manifest(out, &rows, path, columns, error);
    if (status != OK)
        return status;
    if (wanted > letters)
        wanted = letters;
    status = sink_write(sheets, head, sizeof head - 1, error);
    for (; status == OK && picked < wanted && !end; at++) {
        status = voice_rows_next(&rows, &end, error);
        if (status == OK && !end && at == pick(picked, wanted, letters)) {
            status = write_pick(&rows, columns, sheets, error);
            picked++;
        }
    }
    voice_rows_close(&rows);
    return status;
}
