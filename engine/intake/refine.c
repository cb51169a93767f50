#include "intake/refine.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "intake/kana.h"

/* A date by era code as text: 令和06年04月01日, and room to spare. */
#define DATE_BYTES 32
#define BUFFER_BYTES ((size_t)LIMIT_COLUMNS * (LIMIT_FIELD_BYTES + DATE_BYTES))

static const bool is_date[COLUMN_COUNT] = {
    [COLUMN_BIRTH] = true,      [COLUMN_ACQUIRED] = true, [COLUMN_EXPIRY] = true,
    [COLUMN_REGISTERED] = true, [COLUMN_START] = true,    [COLUMN_CARD_ISSUED] = true,
};

/* Not 整理番号, 記号 and the like: they are compared with other systems, kana and all. */
static const bool is_words[COLUMN_COUNT] = {
    [COLUMN_NAME] = true,       [COLUMN_KANA] = true,
    [COLUMN_ADDRESS_A] = true,  [COLUMN_ADDRESS_B] = true,
    [COLUMN_ADDRESS] = true,    [COLUMN_ADDRESS_EXTRA] = true,
    [COLUMN_HEAD] = true,       [COLUMN_EMPLOYER] = true,
    [COLUMN_TO_ADDRESS] = true, [COLUMN_TO_ADDRESS_EXTRA] = true,
    [COLUMN_TO_NAME] = true,
};

/* -- binding -- */

static int slot_of(const struct job *job, struct text name)
{
    int slot = column_find(name);

    for (uint32_t i = 0; slot < 0 && i < job->input.extra_count; i++)
        if (utf8_equal_folded(utf8_trim(job->input.extra[i]), name))
            slot = COLUMN_COUNT + (int)i;
    return slot;
}

static void add_item(struct refiner *refiner, int column, enum refine_kind kind)
{
    refiner->item[refiner->count++] = (struct refine_item){(uint16_t)column, (uint16_t)kind, 0, 0};
}

/* Codes first: a code may stand for a date. */
static enum status bind_codes(struct refiner *refiner, const struct header *header,
                              struct error *error)
{
    const struct job *job = refiner->job;

    for (uint32_t i = 0, next; i < job->input.code_count; i = next) {
        struct text name = job->input.codes[i].column;
        int slot = slot_of(job, name);
        for (next = i;
             next < job->input.code_count && text_equal(job->input.codes[next].column, name);)
            next++;
        if (slot < 0 || header->index[slot] < 0)
            return error_at(error, MSG_VALUES_COLUMN, job->path, job->input.codes[i].line, name);
        if (refiner->count == LIMIT_COLUMNS)
            return error_set(error, MSG_VALUES_COLUMN);
        add_item(refiner, header->index[slot], REFINE_CODES);
        refiner->item[refiner->count - 1].first = i;
        refiner->item[refiner->count - 1].count = next - i;
    }
    return OK;
}

enum status refiner_open(struct refiner *refiner, const struct job *job,
                         const struct header *header, struct error *error)
{
    *refiner = (struct refiner){.job = job};
    if (bind_codes(refiner, header, error) != OK)
        return STOP;
    for (int slot = 0; slot < COLUMN_COUNT; slot++) {
        if (header->index[slot] < 0)
            continue;
        if (is_date[slot])
            add_item(refiner, header->index[slot], REFINE_DATE);
        if (is_words[slot] && job->input.kana == KANA_FULL)
            add_item(refiner, header->index[slot], REFINE_KANA);
    }
    if (job->input.era_count == 0 && job->input.kana == KANA_KEEP)
        return OK;
    refiner->buffer = memory_new(BUFFER_BYTES);
    return refiner->buffer ? OK : error_set(error, MSG_NO_MEMORY);
}

void refiner_close(struct refiner *refiner)
{
    memory_free(refiner->buffer, refiner->buffer ? BUFFER_BYTES : 0);
    refiner->buffer = NULL;
}

/* -- one field -- */

static bool is_faulty(const struct record *record, uint32_t column)
{
    for (uint32_t i = 0; i < record->fault_count; i++)
        if (record->fault[i].column == column)
            return true;
    return false;
}

/* Nothing stays nothing: whether a column may be empty is decided where it is used. */
static void read_code(const struct refiner *refiner, const struct refine_item *item,
                      struct record *record)
{
    struct text value = utf8_trim(record->field[item->column]);

    if (value.length == 0)
        return;
    for (uint32_t i = item->first; i < item->first + item->count; i++)
        if (utf8_equal_folded(refiner->job->input.codes[i].from, value)) {
            record->field[item->column] = refiner->job->input.codes[i].to;
            return;
        }
    record->fault[record->fault_count++] =
        (struct field_fault){item->column, (uint16_t)MSG_VALUE_UNMAPPED, 0};
}

#define LONGEST 8 /* characters of the dates that are looked at here */

/* Width folded; 0: longer, or with more than ASCII. */
static uint32_t fold(struct text value, char out[LONGEST])
{
    const char *at = value.bytes, *end = at + value.length;
    uint32_t count = 0;

    while (at < end) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (point > 0x7E || count == LONGEST)
            return 0;
        out[count++] = (char)point;
    }
    return count;
}

static bool all(const char *bytes, uint32_t count, char byte)
{
    for (uint32_t i = 0; i < count; i++)
        if (bytes[i] != byte)
            return false;
    return true;
}

static bool all_digits(const char *bytes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (bytes[i] < '0' || bytes[i] > '9')
            return false;
    return true;
}

static const struct job_code *find_era(const struct job *job, char code)
{
    for (uint32_t i = 0; i < job->input.era_count; i++)
        if (job->input.eras[i].from.bytes[0] == code)
            return &job->input.eras[i];
    return NULL;
}

static char *put(char *out, const char *bytes, size_t size)
{
    memcpy(out, bytes, size);
    return out + size;
}

/* 5060401: 令和06年04月01日. What is no such date stays for its reader to refuse. */
static char *era_date(const struct refiner *refiner, const char folded[LONGEST], struct text *field,
                      char *out)
{
    const struct job_code *era = find_era(refiner->job, folded[0]);
    char *at = out;

    if (!era || !all_digits(folded + 1, 6))
        return out;
    at = put(at, era->to.bytes, era->to.length);
    at = put(put(at, folded + 1, 2), "年", 3);
    at = put(put(at, folded + 3, 2), "月", 3);
    at = put(put(at, folded + 5, 2), "日", 3);
    *field = (struct text){out, (uint32_t)(at - out)};
    return at;
}

/* 00000000 and 99999999 are how systems write that there is no date; with era codes in use, of 7 digits too. */
static char *read_date(const struct refiner *refiner, struct text *field, char *out)
{
    bool eras = refiner->job->input.era_count > 0;
    char folded[LONGEST];
    uint32_t count;

    if (field->length < 7 || field->length > 4 * LONGEST)
        return out;
    count = fold(utf8_trim(*field), folded);
    if (count != 8 && !(eras && count == 7))
        return out;
    if (all(folded, count, '0') || all(folded, count, '9')) {
        *field = (struct text){"", 0};
        return out;
    }
    return count == 7 ? era_date(refiner, folded, field, out) : out;
}

static char *read_kana(struct text *field, char *out)
{
    if (!kana_half(*field))
        return out;
    uint32_t length = kana_widen(*field, out);
    *field = (struct text){out, length};
    return out + length;
}

void refine_record(const struct refiner *refiner, struct record *record)
{
    char *out = refiner->buffer;

    for (uint32_t i = 0; i < refiner->count; i++) {
        const struct refine_item *item = &refiner->item[i];
        struct text *field = &record->field[item->column];
        if (field->length == 0 || (record->fault_count && is_faulty(record, item->column)))
            continue;
        if (item->kind == REFINE_CODES)
            read_code(refiner, item, record);
        else if (item->kind == REFINE_DATE)
            out = read_date(refiner, field, out);
        else
            out = read_kana(field, out);
    }
}
