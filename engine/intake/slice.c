#include "intake/slice.h"

#include "base/utf8.h"

#define NUMBER_BUT_FOUR 8 /* digits of a My Number in front of its last four */
#define LAST_DIGITS 4

static enum status add_part(struct slicer *slicer, struct header *header, struct text name,
                            struct slice slice, struct error *error)
{
    if (slicer->count == LIMIT_COLUMNS) {
        enum status status = error_set(error, MSG_TOO_MANY_COLUMNS);
        if (error) {
            error->have = LIMIT_COLUMNS + 1;
            error->want = LIMIT_COLUMNS;
        }
        return status;
    }
    header->name[slicer->count] = name;
    slicer->part[slicer->count++] = slice;
    header->count = slicer->count;
    return OK;
}

static bool is_last_four(const struct job *job, struct text name)
{
    for (uint32_t i = 0; i < job->input.alias_count; i++)
        if (utf8_equal_folded(job->input.aliases[i].header, name))
            return column_find(job->input.aliases[i].canonical) == COLUMN_LAST4;
    return column_find(name) == COLUMN_LAST4;
}

static enum status add_field(struct slicer *slicer, const struct job *job,
                             const struct job_field *field, struct header *header,
                             struct error *error)
{
    uint32_t at = field->at - 1, gap = at - slicer->needed;

    if (gap > 0) {
        bool takes_along = gap >= NUMBER_BUT_FOUR && is_last_four(job, field->name);
        uint32_t along = field->length < LAST_DIGITS ? field->length : LAST_DIGITS;
        struct slice slice = {slicer->needed, takes_along ? gap + along : gap};
        if (add_part(slicer, header, TEXT(""), slice, error) != OK)
            return STOP;
    }
    slicer->needed = at + field->length;
    if (job->input.length > 0 && slicer->needed > job->input.length) {
        enum status status =
            error_at(error, MSG_INPUT_FIELD_BEYOND, job->path, field->line, field->name);
        if (error)
            error->want = job->input.length;
        return status;
    }
    if (slicer->count < LIMIT_COLUMNS)
        slicer->wide[slicer->count] = field->kanji;
    return add_part(slicer, header, field->name, (struct slice){at, field->length}, error);
}

enum status slicer_open(struct slicer *slicer, const struct job *job, struct header *header,
                        struct error *error)
{
    *slicer = (struct slicer){.characters = job->input.unit == UNIT_CHARACTERS};
    for (uint32_t i = 0; i < job->input.field_count; i++)
        if (add_field(slicer, job, &job->input.fields[i], header, error) != OK)
            return STOP;
    if (job->input.length == slicer->needed)
        return OK;
    return add_part(slicer, header, TEXT(""), (struct slice){slicer->needed, UINT32_MAX}, error);
}

/* -- cutting -- */

static bool is_selector(uint32_t point)
{
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

/* Behind so many characters; *count: how many there were. */
static const char *skip(const char *at, const char *end, uint32_t want, uint32_t *count)
{
    const char *next = at;

    for (*count = 0; at < end; at = next) {
        uint32_t point = utf8_next(&next, end);
        if (is_selector(point))
            continue;
        if (*count == want)
            return at;
        ++*count;
    }
    return at;
}

/* Parts stand in the order of their beginnings. False: the record is too short; *length: what it has. */
static bool cut_characters(const struct slicer *slicer, struct csv_record *record, uint32_t *length)
{
    const char *end = record->bytes + record->length, *at = record->bytes;
    uint32_t seen = 0, count;

    (void)skip(at, end, UINT32_MAX, length);
    if (*length < slicer->needed)
        return false;
    for (uint32_t i = 0; i < slicer->count; i++) {
        const struct slice *part = &slicer->part[i];
        at = skip(at, end, part->at - seen, &count);
        seen += count;
        const char *behind = skip(at, end, part->length, &count);
        record->field[i] = (struct csv_field){at, (uint32_t)(behind - at), false};
    }
    return true;
}

static bool cut_bytes(const struct slicer *slicer, struct csv_record *record, uint32_t *length)
{
    *length = record->length;
    if (*length < slicer->needed)
        return false;
    for (uint32_t i = 0; i < slicer->count; i++) {
        const struct slice *part = &slicer->part[i];
        uint32_t left = record->length - part->at;
        record->field[i] = (struct csv_field){record->bytes + part->at,
                                              part->length < left ? part->length : left, false};
    }
    return true;
}

void slicer_cut(const struct slicer *slicer, struct csv_record *record)
{
    uint32_t length;

    if (record->fault && record->fault != MSG_RECORD_SHORT)
        return;
    record->fault = MSG_NONE;
    bool cut = slicer->characters ? cut_characters(slicer, record, &length)
                                  : cut_bytes(slicer, record, &length);
    if (cut) {
        record->columns = record->count = slicer->count;
    } else {
        record->fault = MSG_RECORD_SHORT;
        record->columns = length;
    }
}
