/* Any bytes as a member file of any shape. Three bytes say which: format, unit and header; encoding; records around
 * the people and the length of a record. The file is refused, or read to its end: rows go up by one, fields are UTF-8,
 * faults lie in their columns, and a record that is looked up alone is the record read in order. */
#include "base/utf8.h"
#include "intake/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
    if (!condition)
        abort();
}

static struct text names[] = {{"整理番号", 12}, {"氏名", 6}, {"生年月日", 12}};
static struct job_field fields[] = {{{"整理番号", 12}, 1, 2, false, 0},
                                    {{"氏名", 6}, 4, 5, true, 0},
                                    {{"個人番号下4桁", 19}, 17, 4, false, 0}};
static struct job_code codes[] = {{{"整理番号", 12}, {"a", 1}, {"b", 1}, 0}};
static struct job_code eras[] = {{{"", 0}, {"5", 1}, {"令和", 6}, 0}};

static void choose(struct job *job, const uint8_t *data)
{
    job->path = "job.yaml";
    job->input.format = (enum input_format)(data[0] % 3);
    job->input.unit = data[0] & 4 ? UNIT_CHARACTERS : UNIT_BYTES;
    job->input.header = data[0] & 8 ? INPUT_HEADER_NONE : INPUT_HEADER_NAMES;
    job->input.kana = data[0] & 16 ? KANA_FULL : KANA_KEEP;
    job->input.encoding = (enum encoding)(data[1] % ENCODING_HOST);
    job->input.head.records = data[2] & 1;
    job->input.head.count.at = data[2] & 2 ? 1 : 0;
    job->input.head.count.length = 2;
    job->input.tail.records = data[2] >> 2 & 3;
    job->input.length = data[2] & 16 ? 20 + (data[2] >> 5) : 0;
    job->input.names = names;
    job->input.name_count = 3;
    job->input.fields = fields;
    job->input.field_count = 3;
    job->input.codes = codes;
    job->input.code_count = data[0] >> 5 & 1;
    job->input.eras = eras;
    job->input.era_count = data[0] >> 6 & 1;
}

static void check_record(const struct record *record)
{
    must(record->count <= LIMIT_COLUMNS && record->fault_count <= RECORD_FAULTS);
    for (uint32_t i = 0; i < record->count; i++)
        must(utf8_check(record->field[i]) == record->field[i].length);
    for (uint32_t i = 0; i < record->fault_count; i++)
        must(record->fault[i].column < record->count);
}

static void read_all(struct intake *intake, struct intake *other)
{
    static struct record record, again;
    struct error error;
    bool end = false, more = true;
    uint64_t row = 0;

    for (uint64_t index = 2;; index++) {
        enum status status = intake_next(intake, &record, &end, &error), twice;
        if (status == STOP || end)
            return;
        must(row == 0 || record.row == row + 1);
        row = record.row;
        check_record(&record);
        intake_seek(other, record.offset, index);
        twice = intake_next(other, &again, &end, &error);
        must(twice == status && !end && again.row == row &&
             again.fingerprint == record.fingerprint);
        must(again.count == record.count && again.fault_count == record.fault_count);
        for (uint32_t i = 0; i < record.count; i++)
            must(text_equal(record.field[i], again.field[i]));
        for (struct text piece; status == REJECT && more;)
            must(intake_more(intake, &piece, &more, &error) == OK);
        more = true;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct job job;
    struct arena arena;
    struct intake *intake = NULL, *other = NULL;
    struct error error = {0};
    char path[32];

    if (size < 3)
        return 0;
    int fd = memfd_create("members", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, data + 3, size - 3) == (ssize_t)(size - 3));
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    choose(&job, data);
    arena_open(&arena, LIMIT_JOB_ARENA);
    if (intake_open(&job, path, &arena, &intake, &error) == OK) {
        must(intake_open(&job, path, &arena, &other, &error) == OK);
        read_all(intake, other);
    } else {
        must(error.message != MSG_NONE && message_kind(error.message) == KIND_JOB);
    }
    intake_close(intake);
    intake_close(other);
    arena_close(&arena);
    close(fd);
    return 0;
}
