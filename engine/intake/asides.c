/* The records before and behind the people of a file. */
#include "intake/inside.h"

#include "base/utf8.h"

static enum status keep_aside(struct intake *intake, struct text text, uint64_t row,
                              struct error *error)
{
    struct intake_aside *aside = arena_take(intake->arena, sizeof *aside);

    if (!aside)
        return error_set(error, MSG_NO_MEMORY);
    *aside = (struct intake_aside){arena_text(intake->arena, text), intake->at, row, NULL};
    if (!aside->text.bytes)
        return error_set(error, MSG_NO_MEMORY);
    if (intake->last_aside)
        intake->last_aside->next = aside;
    else
        intake->asides = aside;
    intake->last_aside = aside;
    return OK;
}

static bool begins_with(struct text text, struct text mark)
{
    return text.length >= mark.length &&
           (mark.length == 0 || memcmp(text.bytes, mark.bytes, mark.length) == 0);
}

/* The field at the spot, raw, as the only one of the record. */
static bool cut_spot(const struct intake *intake, struct job_spot spot, struct csv_record *record)
{
    if (intake->job->input.format != INPUT_FIXED) {
        if (spot.at > record->count)
            return false;
        record->field[0] = record->field[spot.at - 1];
        record->count = 1;
        return true;
    }
    struct slicer slicer = {.characters = intake->job->input.unit == UNIT_CHARACTERS,
                            .needed = spot.at - 1 + spot.length,
                            .count = 1,
                            .part = {{spot.at - 1, spot.length}}};
    slicer_cut(&slicer, record);
    return record->fault == MSG_NONE && spot.length > 0;
}

/* A whole number with blanks around it. */
static bool read_count(struct text text, uint64_t *count)
{
    struct text digits = utf8_trim(text);
    const char *at = digits.bytes, *end = at + digits.length;

    for (*count = 0; at < end;) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (point < '0' || point > '9' || *count > UINT32_MAX)
            return false;
        *count = *count * 10 + (point - '0');
    }
    return digits.length > 0;
}

struct aside_words {
    const struct job_aside *rule;
    enum message mark, count;
};

static struct aside_words words_of(const struct intake *intake, enum aside_place place)
{
    if (place == ASIDE_HEAD)
        return (struct aside_words){&intake->job->input.head, MSG_HEAD_MARK, MSG_HEAD_COUNT};
    return (struct aside_words){&intake->job->input.tail, MSG_TAIL_MARK, MSG_TAIL_COUNT};
}

static enum status read_stated(struct intake *intake, const struct aside_words *words, uint64_t row,
                               uint64_t *count, struct error *error)
{
    struct csv_record spot = intake->raw;
    struct record record;

    if (!cut_spot(intake, words->rule->count, &spot))
        return delivery_refuse(intake, words->count, row, error);
    decode_record(&intake->decoder, &spot, &record);
    return read_count(record.field[0], count) ? OK
                                              : delivery_refuse(intake, words->count, row, error);
}

enum status asides_read(struct intake *intake, enum aside_place place, uint64_t row,
                        uint64_t *count, struct error *error)
{
    const struct aside_words words = words_of(intake, place);
    struct record record;
    bool end;

    for (uint32_t i = 0; i<words.rule->records; i++, row += row> 0) {
        if (csv_next(&intake->csv, &intake->raw, &end, error) != OK)
            return STOP;
        if (end)
            return delivery_refuse(intake, MSG_ASIDE_MISSING, 0, error);
        if (intake->raw.fault)
            return delivery_refuse(intake, words.mark, row, error);
        decode_record(&intake->decoder, &intake->raw, &record);
        for (uint32_t k = 0; k < record.count; k++)
            if (keep_aside(intake, record.field[k], row, error) != OK)
                return STOP;
        if (!begins_with(record.field[0], words.rule->mark))
            return delivery_refuse(intake, words.mark, row, error);
        if (i == 0 && words.rule->count.at > 0 &&
            read_stated(intake, &words, row, count, error) != OK)
            return STOP;
    }
    return OK;
}

static enum status refuse_length(const struct intake *intake, const struct intake_file *file,
                                 struct error *error)
{
    enum status status = delivery_refuse(intake, MSG_INPUT_LENGTH_NOT_MET, 0, error);

    if (error) {
        error->have = (int64_t)file->source.size;
        error->want = intake->csv.block;
    }
    return status;
}

enum status asides_find_tail(struct intake *intake, struct intake_file *file, uint64_t *tail,
                             struct error *error)
{
    uint64_t records = intake->job->input.tail.records, bytes = records * intake->csv.block;
    bool found = true;

    if (intake->csv.shape == SHAPE_BLOCK) {
        if (file->source.size % intake->csv.block != 0)
            return refuse_length(intake, file, error);
        found = file->source.size >= bytes;
        *tail = file->data_end = found ? file->source.size - bytes : 0;
    } else if (csv_find_tail(&intake->csv, (uint32_t)records, tail, &file->data_end, &found,
                             error) != OK) {
        return STOP;
    }
    if (records > 0 && (!found || *tail < file->data_begin))
        return delivery_refuse(intake, MSG_ASIDE_MISSING, 0, error);
    if (file->data_end < file->data_begin) /* nobody between them */
        file->data_end = file->data_begin;
    return OK;
}
