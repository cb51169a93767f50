#include "intake/intake.h"

#include "base/memory.h"
#include "base/os.h"
#include "base/utf8.h"
#include "intake/csv.h"
#include "intake/decode.h"
#include "intake/header.h"

#include <string.h>

#define DIGEST_CHUNK (256u << 10)

struct intake {
    struct os_input input;
    struct csv csv;
    struct decoder decoder;
    struct csv_record raw;
    struct header header;
    uint64_t first_offset; /* of the record behind the header */
    uint64_t row;          /* of the record read last */
};

static enum status read_input(void *context, uint64_t offset, void *bytes, size_t size, size_t *got,
                              struct error *error)
{
    return os_input_read(context, offset, bytes, size, got, error);
}

/* -- header -- */

/* Words about the header name the row and the number of the column, not the cell. */
static enum status refuse_header(enum message message, uint32_t column, uint32_t offset,
                                 struct error *error)
{
    enum status status = error_set(error, message);
    if (error) {
        error->row = 1;
        error->column_number = column;
        error->offset = offset;
    }
    return status;
}

static enum status refuse_columns(uint32_t columns, struct error *error)
{
    enum status status = refuse_header(MSG_TOO_MANY_COLUMNS, 0, 0, error);
    if (error) {
        error->have = columns;
        error->want = LIMIT_COLUMNS;
    }
    return status;
}

static enum status keep_names(struct header *header, const struct record *record,
                              struct arena *arena, struct error *error)
{
    header->count = record->count;
    for (uint32_t i = 0; i < record->count; i++) {
        header->name[i] = arena_text(arena, record->field[i]);
        if (!header->name[i].bytes)
            return error_set(error, MSG_NO_MEMORY);
    }
    return OK;
}

/* A name with a line end and a comma is an unclosed quote that took the first record along. */
static bool swallowed_a_row(const struct record *record)
{
    for (uint32_t i = 0; i < record->count; i++) {
        struct text name = record->field[i];
        if (name.length && memchr(name.bytes, '\n', name.length) &&
            memchr(name.bytes, ',', name.length))
            return true;
    }
    return false;
}

static enum status take_header(struct intake *intake, const struct job *job, struct arena *arena,
                               struct error *error)
{
    struct record record;
    bool end = false;

    if (csv_next(&intake->csv, &intake->raw, &end, error) != OK)
        return STOP;
    if (end)
        return error_set(error, MSG_INPUT_EMPTY);
    decode_record(&intake->decoder, &intake->raw, &record);
    if (record.fault_count && record.fault[0].message == MSG_BAD_ENCODING)
        return refuse_header(MSG_HEADER_ENCODING, record.fault[0].column + 1u,
                             record.fault[0].offset, error);
    if (intake->raw.fault || record.fault_count || swallowed_a_row(&record))
        return refuse_header(MSG_HEADER_MALFORMED, 0, 0, error);
    if (intake->raw.columns > LIMIT_COLUMNS)
        return refuse_columns(intake->raw.columns, error);
    if (keep_names(&intake->header, &record, arena, error) != OK)
        return STOP;
    if (header_bind(&intake->header, job, error) != OK)
        return STOP;
    intake->csv.columns = intake->header.count;
    return OK;
}

/* -- opening and closing -- */

/* A byte order mark is no part of the first name. */
static enum status skip_mark(struct intake *intake, enum encoding encoding, struct error *error)
{
    char mark[3];
    size_t got;

    if (encoding != ENCODING_UTF8)
        return OK;
    if (os_input_read(&intake->input, 0, mark, sizeof mark, &got, error) != OK)
        return STOP;
    if (got == sizeof mark && memcmp(mark, "\xEF\xBB\xBF", sizeof mark) == 0)
        csv_seek(&intake->csv, sizeof mark);
    return OK;
}

static enum status open_parts(struct intake *intake, const struct job *job, struct arena *arena,
                              struct error *error)
{
    struct csv_source source = {read_input, &intake->input, intake->input.size};

    if (csv_open(&intake->csv, source, error) != OK)
        return STOP;
    if (decoder_open(&intake->decoder, job->input.encoding, error) != OK)
        return STOP;
    if (skip_mark(intake, job->input.encoding, error) != OK)
        return STOP;
    if (take_header(intake, job, arena, error) != OK)
        return STOP;
    intake->first_offset = csv_offset(&intake->csv);
    intake->row = 1;
    return OK;
}

static enum status open_input(const struct job *job, const char *path, struct os_input *input,
                              struct error *error)
{
    char joined[LIMIT_PATH], name[LIMIT_PATH];

    *input = (struct os_input){.fd = -1};
    if (path)
        return os_input_open(path, input, error);
    if (job->input.file.length < sizeof name) {
        if (job->input.file.length)
            memcpy(name, job->input.file.bytes, job->input.file.length);
        name[job->input.file.length] = '\0';
        if (os_path_join(joined, job->folder, name))
            return os_input_open(joined, input, error);
    }
    enum status status =
        error_at(error, MSG_PATH_TOO_LONG, job->path, job->input.file_line, TEXT(""));
    if (error)
        error->want = LIMIT_PATH - 1;
    return status;
}

enum status intake_open(const struct job *job, const char *path, struct arena *arena,
                        struct intake **out, struct error *error)
{
    struct error ignored;
    struct intake *intake = memory_new(sizeof *intake);

    *out = NULL;
    if (!error)
        error = &ignored;
    if (!intake)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = open_input(job, path, &intake->input, error);
    if (status == OK)
        status = open_parts(intake, job, arena, error);
    if (status != OK) {
        intake_close(intake);
        return status;
    }
    *out = intake;
    return OK;
}

void intake_close(struct intake *intake)
{
    if (!intake)
        return;
    csv_close(&intake->csv);
    decoder_close(&intake->decoder);
    os_input_close(&intake->input);
    memory_free(intake, sizeof *intake);
}

/* -- records -- */

static enum status refuse_row(const struct intake *intake, struct error *error)
{
    enum status status = error_set(error, intake->raw.fault);
    if (!error)
        return status;
    error->row = intake->row;
    if (intake->raw.fault == MSG_COLUMN_COUNT_WRONG) {
        error->have = intake->raw.columns;
        error->want = intake->header.count;
    } else if (intake->raw.fault == MSG_RECORD_TOO_LONG) {
        error->want = LIMIT_RECORD_BYTES;
    }
    return status;
}

enum status intake_next(struct intake *intake, struct record *record, bool *end,
                        struct error *error)
{
    if (csv_next(&intake->csv, &intake->raw, end, error) != OK)
        return STOP;
    if (*end)
        return OK;
    record->row = ++intake->row;
    record->offset = intake->raw.offset;
    record->fingerprint = hash64(intake->raw.bytes, intake->raw.length);
    decode_record(&intake->decoder, &intake->raw, record);
    return intake->raw.fault ? refuse_row(intake, error) : OK;
}

enum status intake_more(struct intake *intake, struct text *piece, bool *more, struct error *error)
{
    struct record record;

    if (csv_more(&intake->csv, &intake->raw, more, error) != OK)
        return STOP;
    if (*more) {
        decode_record(&intake->decoder, &intake->raw, &record);
        *piece = record.field[0];
    }
    return OK;
}

void intake_rewind(struct intake *intake)
{
    intake_seek(intake, intake->first_offset, 2);
}

void intake_seek(struct intake *intake, uint64_t offset, uint64_t row)
{
    csv_seek(&intake->csv, offset);
    intake->row = row - 1;
}

const struct header *intake_header(const struct intake *intake)
{
    return &intake->header;
}

uint64_t intake_size(const struct intake *intake)
{
    return intake->input.size;
}

uint64_t intake_offset(const struct intake *intake)
{
    return csv_offset(&intake->csv);
}

/* -- the file as a whole -- */

enum status intake_unchanged(const struct intake *intake, struct error *error)
{
    return os_input_same(&intake->input) ? OK : error_set(error, MSG_INPUT_CHANGED);
}

static enum status digest_chunks(const struct intake *intake, struct digester *digester,
                                 char *chunk, struct error *error)
{
    for (uint64_t offset = 0; offset < intake->input.size;) {
        size_t got = 0;
        if (os_input_read(&intake->input, offset, chunk, DIGEST_CHUNK, &got, error) != OK)
            return STOP;
        if (got == 0)
            return error_set(error, MSG_INPUT_CHANGED);
        digest_add(digester, chunk, got);
        offset += got;
    }
    return OK;
}

enum status intake_digest(const struct intake *intake, struct digest *out, struct error *error)
{
    struct digester *digester = NULL;
    char *chunk = memory_new(DIGEST_CHUNK);
    enum status status = chunk ? digester_new(&digester, error) : error_set(error, MSG_NO_MEMORY);

    if (status == OK) {
        digest_start(digester);
        status = digest_chunks(intake, digester, chunk, error);
    }
    if (status == OK)
        status = digest_end(digester, out, error);
    digester_free(digester);
    memory_free(chunk, chunk ? DIGEST_CHUNK : 0);
    return status;
}
