#include "intake/inside.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "intake/header.h"

/* -- what the job asks for -- */

static enum status refuse_key(const struct intake *intake, enum message message, uint32_t line,
                              struct text key, struct error *error)
{
    return error_at(error, message, intake->job->path, line, key);
}

static enum status check_fixed(const struct intake *intake, struct error *error)
{
    const struct job *job = intake->job;
    bool characters = job->input.unit == UNIT_CHARACTERS;
    enum encoding encoding = job->input.encoding;

    if (job->input.field_count == 0)
        return refuse_key(intake, MSG_INPUT_NO_FIELDS, job->input.fields_line, TEXT("input.fields"),
                          error);
    if (characters && job->input.length > 0)
        return refuse_key(intake, MSG_INPUT_LENGTH_UNIT, job->input.unit_line, TEXT("input.length"),
                          error);
    if (!characters && job->input.length == 0 && !coding_is_safe(encoding) &&
        encoding != ENCODING_ISO_2022_JP)
        return refuse_key(intake, MSG_INPUT_BYTES_LINES, job->input.encoding_line,
                          TEXT("input.length"), error);
    return OK;
}

static enum status check_job(const struct intake *intake, struct error *error)
{
    const struct job *job = intake->job;

    if (job->input.encoding == ENCODING_HOST && job->input.host_table.length == 0)
        return refuse_key(intake, MSG_INPUT_NO_TABLE, job->input.encoding_line,
                          TEXT("input.host.table"), error);
    if (job->input.format == INPUT_FIXED)
        return check_fixed(intake, error);
    if (job->input.header == INPUT_HEADER_NONE && job->input.name_count == 0)
        return refuse_key(intake, MSG_INPUT_NO_NAMES, job->input.header_line, TEXT("input.names"),
                          error);
    return OK;
}

/* -- words about what stands around the people: row and number of the column, never the cell -- */

void delivery_name(const struct intake *intake, uint32_t file, struct error *error)
{
    char name[LIMIT_NAME];
    struct text text = intake->file[file].name;

    if (!error || intake->file_count < 2)
        return;
    uint32_t length = text.length < sizeof name ? text.length : sizeof name - 1;
    memcpy(name, text.bytes, length);
    name[length] = '\0';
    error_put_file(error, name);
}

enum status delivery_refuse(const struct intake *intake, enum message message, uint64_t row,
                            struct error *error)
{
    enum status status = error_set(error, message);

    if (error)
        error->row = row;
    delivery_name(intake, intake->at, error);
    return status;
}

/* -- paths -- */

static enum status refuse_path(const struct job *job, struct error *error)
{
    uint32_t line = job->input.file_count ? job->input.files_line : job->input.file_line;
    enum status status = error_at(error, MSG_PATH_TOO_LONG, job->path, line, TEXT(""));

    if (error)
        error->want = LIMIT_PATH - 1;
    return status;
}

/* Path of a file that the job names, relative to its folder. */
static enum status join_path(const struct job *job, struct text file, char joined[LIMIT_PATH],
                             struct error *error)
{
    char name[LIMIT_PATH];

    if (file.length >= sizeof name)
        return refuse_path(job, error);
    if (file.length)
        memcpy(name, file.bytes, file.length);
    name[file.length] = '\0';
    return os_path_join(joined, job->folder, name) ? OK : refuse_path(job, error);
}

static enum status open_input(struct intake *intake, uint32_t index, const char *path,
                              struct error *error)
{
    const struct job *job = intake->job;
    struct intake_file *file = &intake->file[index];
    char joined[LIMIT_PATH];

    if (job->input.file_count > 0 || !path) {
        struct text name = job->input.file_count ? job->input.files[index] : job->input.file;
        if (join_path(job, name, joined, error) != OK)
            return STOP;
        path = joined;
    }
    file->name = arena_text(intake->arena, text_of(os_path_last(path)));
    if (!file->name.bytes)
        return error_set(error, MSG_NO_MEMORY);
    return os_input_open(path, &file->input, error);
}

/* -- where bytes come from -- */

static enum status read_input(void *context, uint64_t offset, void *bytes, size_t size, size_t *got,
                              struct error *error)
{
    return os_input_read(context, offset, bytes, size, got, error);
}

static enum status open_source(struct intake *intake, struct intake_file *file, struct error *error)
{
    file->source = (struct csv_source){read_input, &file->input, file->input.size};
    if (!intake->recodes)
        return OK;
    enum status status = recoded_open(&file->recoded, &intake->recoder, &file->input, error);
    file->source = (struct csv_source){recoded_read, &file->recoded, file->recoded.size};
    return status;
}

/* UTF-8 and CP932 are read as they stand; whatever could hide a line end or a comma in a character is recoded. */
static enum status open_coding(struct intake *intake, struct error *error)
{
    const struct job *job = intake->job;
    enum encoding encoding = job->input.encoding;
    char table[LIMIT_PATH] = "";

    intake->recodes = job->input.format == INPUT_FIXED
                          ? job->input.unit == UNIT_CHARACTERS && encoding != ENCODING_UTF8
                          : !coding_is_safe(encoding);
    if (encoding == ENCODING_HOST && join_path(job, job->input.host_table, table, error) != OK)
        return STOP;
    if (!intake->recodes)
        return decoder_open(&intake->decoder, encoding, table, error);
    if (recoder_open(&intake->recoder, encoding, table, error) != OK)
        return STOP;
    return decoder_open(&intake->decoder, ENCODING_UTF8, NULL, error);
}

static enum csv_shape shape_of(const struct job *job)
{
    if (job->input.format == INPUT_FIXED)
        return job->input.length > 0 ? SHAPE_BLOCK : SHAPE_LINE;
    return job->input.format == INPUT_TSV ? SHAPE_TSV : SHAPE_CSV;
}

void delivery_turn(struct intake *intake, uint32_t file, uint64_t offset)
{
    struct intake_file *to = &intake->file[file];

    intake->at = file;
    csv_turn(&intake->csv, to->source, offset, to->data_end);
}

/* The reader at the beginning of the file. A byte order mark is no part of the first name. */
static enum status start_file(struct intake *intake, struct intake_file *file, struct error *error)
{
    char mark[3];
    size_t got;

    if (intake->at == 0) {
        if (csv_open(&intake->csv, file->source, error) != OK)
            return STOP;
        intake->csv.shape = shape_of(intake->job);
        intake->csv.block = intake->job->input.length;
    }
    uint64_t end = file->source.size, tail;
    bool found;
    csv_turn(&intake->csv, file->source, 0, end);
    if (intake->csv.shape != SHAPE_BLOCK &&
        csv_find_tail(&intake->csv, 0, &tail, &end, &found, error) != OK)
        return STOP;
    csv_turn(&intake->csv, file->source, 0, end);
    intake->csv.columns = 0;
    if (intake->csv.shape == SHAPE_BLOCK || intake->decoder.coding.encoding != ENCODING_UTF8)
        return OK;
    if (file->source.read(file->source.context, 0, mark, sizeof mark, &got, error) != OK)
        return STOP;
    if (got == sizeof mark && memcmp(mark, "\xEF\xBB\xBF", sizeof mark) == 0)
        csv_seek(&intake->csv, sizeof mark);
    return OK;
}

/* -- the header -- */

static enum status refuse_header(const struct intake *intake, enum message message, uint32_t column,
                                 uint32_t offset, struct error *error)
{
    enum status status =
        delivery_refuse(intake, message, intake->job->input.head.records + 1, error);

    if (error) {
        error->column_number = column;
        error->offset = offset;
    }
    return status;
}

static enum status refuse_columns(const struct intake *intake, struct error *error)
{
    enum status status = refuse_header(intake, MSG_TOO_MANY_COLUMNS, 0, 0, error);

    if (error) {
        error->have = intake->raw.columns;
        error->want = LIMIT_COLUMNS;
    }
    return status;
}

static enum status keep_names(struct intake *intake, const struct text *names, uint32_t count,
                              struct error *error)
{
    intake->header.count = count;
    for (uint32_t i = 0; i < count; i++) {
        intake->header.name[i] = arena_text(intake->arena, names[i]);
        if (!intake->header.name[i].bytes)
            return error_set(error, MSG_NO_MEMORY);
    }
    return OK;
}

/* A name with a line end and a comma is an unclosed quote that took the first record along. */
static bool swallowed_a_row(const struct intake *intake, const struct record *record)
{
    char separator = intake->csv.shape == SHAPE_TSV ? '\t' : ',';

    for (uint32_t i = 0; i < record->count; i++) {
        struct text name = record->field[i];
        if (name.length && memchr(name.bytes, '\n', name.length) &&
            memchr(name.bytes, separator, name.length))
            return true;
    }
    return false;
}

static enum status read_header(struct intake *intake, struct record *record, struct error *error)
{
    bool end = false;

    if (csv_next(&intake->csv, &intake->raw, &end, error) != OK)
        return STOP;
    if (end)
        return delivery_refuse(intake, MSG_INPUT_EMPTY, 0, error);
    decode_record(&intake->decoder, &intake->raw, record);
    if (record->fault_count && record->fault[0].message == MSG_BAD_ENCODING)
        return refuse_header(intake, MSG_HEADER_ENCODING, record->fault[0].column + 1u,
                             record->fault[0].offset, error);
    if (intake->raw.fault || record->fault_count || swallowed_a_row(intake, record))
        return refuse_header(intake, MSG_HEADER_MALFORMED, 0, 0, error);
    return intake->raw.columns > LIMIT_COLUMNS ? refuse_columns(intake, error) : OK;
}

/* Files of one delivery have one shape: a column that moved from file to file would be another person's value. */
static enum status same_header(struct intake *intake, const struct record *record,
                               struct error *error)
{
    bool same = record->count == intake->header.count;

    for (uint32_t i = 0; same && i < record->count; i++)
        same = utf8_equal_folded(utf8_trim(record->field[i]), utf8_trim(intake->header.name[i]));
    return same ? OK : refuse_header(intake, MSG_HEADER_DIFFERS, 0, 0, error);
}

static enum status bind_header(struct intake *intake, struct error *error)
{
    uint32_t above = intake->job->input.head.records;

    if (header_bind(&intake->header, intake->job, error) != OK) {
        if (error && error->row == 1)
            error->row += above;
        return STOP;
    }
    cut_bind(&intake->cut, intake->job, &intake->header);
    return refiner_open(&intake->refiner, intake->job, &intake->header, error);
}

static enum status take_header(struct intake *intake, struct error *error)
{
    const struct job *job = intake->job;
    struct record record;
    bool named = job->input.format != INPUT_FIXED && job->input.header == INPUT_HEADER_NAMES;
    enum status status = OK;

    if (named && read_header(intake, &record, error) != OK)
        return STOP;
    if (intake->at > 0)
        return named ? same_header(intake, &record, error) : OK;
    if (job->input.format == INPUT_FIXED)
        status = slicer_open(&intake->slicer, job, &intake->header, error);
    else if (named)
        status = keep_names(intake, record.field, record.count, error);
    else
        status = keep_names(intake, job->input.names, job->input.name_count, error);
    return status == OK ? bind_header(intake, error) : status;
}

/* -- one file -- */

static enum status read_around(struct intake *intake, struct intake_file *file, struct error *error)
{
    const struct job *job = intake->job;
    uint64_t tail_at = 0;
    bool named = job->input.format != INPUT_FIXED && job->input.header == INPUT_HEADER_NAMES;

    if (file->source.size == 0)
        return delivery_refuse(intake, MSG_INPUT_EMPTY, 0, error);
    if (start_file(intake, file, error) != OK ||
        asides_read(intake, ASIDE_HEAD, 1, &file->head_count, error) != OK ||
        take_header(intake, error) != OK)
        return STOP;
    file->first_row = job->input.head.records + named + 1u;
    file->data_begin = csv_offset(&intake->csv);
    if (asides_find_tail(intake, file, &tail_at, error) != OK)
        return STOP;
    if (job->input.tail.records == 0)
        return OK;
    csv_turn(&intake->csv, file->source, tail_at, file->source.size);
    intake->csv.columns = 0;
    return asides_read(intake, ASIDE_TAIL, 0, &file->tail_count, error);
}

/* -- all files -- */

static enum status open_file(struct intake *intake, uint32_t index, const char *path,
                             struct error *error)
{
    struct intake_file *file = &intake->file[index];

    intake->at = index;
    file->head_count = file->tail_count = NOT_STATED;
    if (open_input(intake, index, path, error) != OK || open_source(intake, file, error) != OK)
        return STOP;
    return read_around(intake, file, error);
}

enum status delivery_open(struct intake *intake, const char *path, struct error *error)
{
    uint32_t count = intake->job->input.file_count ? intake->job->input.file_count : 1;

    intake->file = memory_new(count * sizeof *intake->file);
    if (!intake->file)
        return error_set(error, MSG_NO_MEMORY);
    intake->file_count = count;
    for (uint32_t i = 0; i < count; i++)
        intake->file[i].input.fd = -1;
    if (check_job(intake, error) != OK || open_coding(intake, error) != OK)
        return STOP;
    for (uint32_t i = 0; i < count; i++)
        if (open_file(intake, i, path, error) != OK)
            return STOP;
    intake->file[0].known = true;
    if (intake->job->input.format != INPUT_FIXED)
        intake->csv.columns = intake->header.count;
    else if (intake->job->input.unit ==
             UNIT_BYTES) /* what stands around the people was whole lines */
        intake->decoder.wide = intake->slicer.wide;
    return OK;
}

void delivery_close(struct intake *intake)
{
    csv_close(&intake->csv);
    decoder_close(&intake->decoder);
    recoder_close(&intake->recoder);
    refiner_close(&intake->refiner);
    for (uint32_t i = 0; i < intake->file_count; i++) {
        recoded_close(&intake->file[i].recoded);
        os_input_close(&intake->file[i].input);
    }
    memory_free(intake->file, intake->file_count * sizeof *intake->file);
    intake->file = NULL;
}
