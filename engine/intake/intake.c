#include "intake/intake.h"

#include "base/memory.h"
#include "intake/inside.h"

#include <string.h>

#define DIGEST_CHUNK (256u << 10)

/* -- opening and closing -- */

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
    intake->job = job;
    intake->arena = arena;
    enum status status = delivery_open(intake, path, error);
    if (status != OK) {
        intake_close(intake);
        return status;
    }
    intake_rewind(intake);
    *out = intake;
    return OK;
}

void intake_close(struct intake *intake)
{
    if (!intake)
        return;
    delivery_close(intake);
    memory_free(intake, sizeof *intake);
}

const struct intake_aside *intake_asides(const struct intake *intake)
{
    return intake->asides;
}

/* -- from file to file -- */

static enum status refuse_count(const struct intake *intake, enum message message, uint64_t have,
                                uint64_t want, struct error *error)
{
    enum status status = error_set(error, message);

    if (error) {
        error->have = (int64_t)have;
        error->want = (int64_t)want;
        error_put_file(error, intake->file[intake->at].name.bytes);
    }
    return status;
}

/* The file in hand has come to its end: how many people it held, and where the next one's begin to count. */
static enum status end_file(struct intake *intake, struct error *error)
{
    struct intake_file *file = &intake->file[intake->at];
    uint64_t people = intake->row - (file->first_row - 1);

    if (file->head_count != NOT_STATED && file->head_count != people)
        return refuse_count(intake, MSG_HEAD_COUNT_NOT_MET, people, file->head_count, error);
    if (file->tail_count != NOT_STATED && file->tail_count != people)
        return refuse_count(intake, MSG_TAIL_COUNT_NOT_MET, people, file->tail_count, error);
    if (intake->at + 1 < intake->file_count) {
        file[1].first_index = file->first_index + people;
        file[1].known = true;
    }
    return OK;
}

static void begin_file(struct intake *intake, uint32_t index)
{
    delivery_turn(intake, index, intake->file[index].data_begin);
    intake->row = intake->file[index].first_row - 1;
}

/* The next record of any file, raw. */
static enum status next_raw(struct intake *intake, bool *end, struct error *error)
{
    for (;;) {
        if (csv_next(&intake->csv, &intake->raw, end, error) != OK)
            return STOP;
        if (!*end) {
            intake->row++;
            return OK;
        }
        if (end_file(intake, error) != OK)
            return STOP;
        if (intake->at + 1 == intake->file_count)
            return OK;
        begin_file(intake, intake->at + 1);
    }
}

/* After a seek into a file that nobody has come to by reading: the files in front of it are counted. */
static enum status find_row(struct intake *intake, struct error *error)
{
    uint32_t file = intake->at, from = file;
    uint64_t offset = csv_offset(&intake->csv);
    bool end = false;

    intake->lost = false;
    while (!intake->file[from].known)
        from--;
    begin_file(intake, from);
    while (!end && intake->at < file)
        if (next_raw(intake, &end, error) != OK)
            return STOP;
    delivery_turn(intake, file, offset);
    intake->row =
        intake->lost_index - intake->file[file].first_index + intake->file[file].first_row - 1;
    return OK;
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
    } else if (intake->raw.fault == MSG_RECORD_SHORT) {
        error->have = intake->raw.columns;
        error->want = intake->slicer.needed;
    }
    delivery_name(intake, intake->at, error);
    return status;
}

enum status intake_next(struct intake *intake, struct record *record, bool *end,
                        struct error *error)
{
    if (intake->lost && find_row(intake, error) != OK)
        return STOP;
    if (next_raw(intake, end, error) != OK)
        return STOP;
    if (*end)
        return OK;
    record->row = intake->row;
    record->offset = intake->raw.offset | (uint64_t)intake->at << FILE_SHIFT;
    record->fingerprint = hash64(intake->raw.bytes, intake->raw.length);
    if (intake->slicer.count)
        slicer_cut(&intake->slicer, &intake->raw);
    decode_record(&intake->decoder, &intake->raw, record);
    if (intake->raw.fault) {
        if (intake->cut.on)
            record->count = 0; /* which field is the number cannot be told */
        return refuse_row(intake, error);
    }
    cut_record(&intake->cut, record);
    refine_record(&intake->refiner, record);
    return OK;
}

enum status intake_more(struct intake *intake, struct text *piece, bool *more, struct error *error)
{
    struct record record;

    if (csv_more(&intake->csv, &intake->raw, more, error) != OK)
        return STOP;
    if (*more) {
        decode_record(&intake->decoder, &intake->raw, &record);
        *piece = intake->cut.on ? (struct text){"", 0} : record.field[0];
    }
    return OK;
}

void intake_rewind(struct intake *intake)
{
    intake_seek(intake, intake->file[0].data_begin, 2);
}

void intake_seek(struct intake *intake, uint64_t offset, uint64_t row)
{
    uint32_t file = (uint32_t)(offset >> FILE_SHIFT);
    const struct intake_file *to = &intake->file[file];

    offset &= ((uint64_t)1 << FILE_SHIFT) - 1;
    if (file == intake->at && intake->csv.data_end == to->data_end)
        csv_seek(&intake->csv, offset);
    else
        delivery_turn(intake, file, offset);
    intake->lost = !to->known;
    intake->lost_index = row - 2;
    intake->row = row - 2 - to->first_index + to->first_row - 1;
}

const struct header *intake_header(const struct intake *intake)
{
    return &intake->header;
}

uint64_t intake_size(const struct intake *intake)
{
    uint64_t size = 0;

    for (uint32_t i = 0; i < intake->file_count; i++)
        size += intake->file[i].source.size;
    return size;
}

uint64_t intake_offset(const struct intake *intake)
{
    uint64_t before = 0;

    for (uint32_t i = 0; i < intake->at; i++)
        before += intake->file[i].source.size;
    return before + csv_offset(&intake->csv);
}

struct text intake_file_name(const struct intake *intake, const struct record *record)
{
    return intake->file_count < 2 ? (struct text){NULL, 0}
                                  : intake->file[record->offset >> FILE_SHIFT].name;
}

uint32_t intake_files(const struct intake *intake)
{
    return intake->file_count;
}

enum status intake_place(struct intake *intake, uint64_t offset, uint64_t place, uint64_t *row,
                         struct text *file, struct error *error)
{
    intake_seek(intake, offset, place);
    if (intake->lost && find_row(intake, error) != OK)
        return STOP;
    *row = intake->row + 1;
    *file =
        intake->file_count < 2 ? (struct text){NULL, 0} : intake->file[offset >> FILE_SHIFT].name;
    return OK;
}

/* -- the files as a whole -- */

bool intake_splittable(const struct intake *intake)
{
    const struct job *job = intake->job;

    return intake->file_count == 1 && !intake->recodes && job->input.format != INPUT_FIXED &&
           intake->file[0].first_row == 2 && job->input.tail.records == 0;
}

enum status intake_unchanged(const struct intake *intake, struct error *error)
{
    for (uint32_t i = 0; i < intake->file_count; i++)
        if (!os_input_same(&intake->file[i].input)) {
            enum status status = error_set(error, MSG_INPUT_CHANGED);
            delivery_name(intake, i, error);
            return status;
        }
    return OK;
}

static enum status digest_chunks(const struct os_input *input, struct digester *digester,
                                 char *chunk, struct error *error)
{
    for (uint64_t offset = 0; offset < input->size;) {
        size_t got = 0;
        if (os_input_read(input, offset, chunk, DIGEST_CHUNK, &got, error) != OK)
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

    if (status == OK)
        digest_start(digester);
    for (uint32_t i = 0; i < intake->file_count && status == OK; i++)
        status = digest_chunks(&intake->file[i].input, digester, chunk, error);
    if (status == OK)
        status = digest_end(digester, out, error);
    digester_free(digester);
    memory_free(chunk, chunk ? DIGEST_CHUNK : 0);
    return status;
}
