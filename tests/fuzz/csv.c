/* Any bytes as a member file. First byte: columns that a row must have, and the encoding.
 * Records follow each other without overlap, fields lie within them, reading ends, a record read alone is
 * the record read in order; decoded texts are UTF-8 and faults lie within their fields. */
#include "intake/csv.h"
#include "intake/decode.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct memory {
    const uint8_t *bytes;
    size_t size;
};

static void must(int condition)
{
    if (!condition)
        abort();
}

static enum status read_memory(void *context, uint64_t offset, void *bytes, size_t size,
                               size_t *got, struct error *error)
{
    const struct memory *memory = context;
    (void)error;
    must(offset <= memory->size);
    *got = memory->size - (size_t)offset;
    if (*got > size)
        *got = size;
    if (*got)
        memcpy(bytes, memory->bytes + offset, *got);
    return OK;
}

static void check_fields(const struct csv_record *raw)
{
    const char *at = raw->bytes, *end = at + raw->length;

    must(raw->count >= 1 && raw->count <= LIMIT_COLUMNS &&
         (raw->columns >= raw->count || !raw->columns));
    for (uint32_t i = 0; i < raw->count; i++) {
        must(raw->field[i].bytes >= at &&
             raw->field[i].length <= (size_t)(end - raw->field[i].bytes));
        at = raw->field[i].bytes + raw->field[i].length;
    }
}

static void check_texts(const struct decoder *decoder, const struct csv_record *raw)
{
    struct record record;

    decode_record(decoder, raw, &record);
    must(record.count == raw->count && record.fault_count <= record.count);
    for (uint32_t i = 0; i < record.count; i++)
        must(utf8_check(record.field[i]) == record.field[i].length);
    for (uint32_t i = 0; i < record.fault_count; i++)
        must(record.fault[i].offset <= raw->field[record.fault[i].column].length);
}

static void check_alone(struct csv *csv, const struct csv_record *expected, uint64_t behind)
{
    struct csv_record again;
    struct csv fresh;
    bool end = true;

    must(csv_open(&fresh, csv->source, NULL) == OK);
    fresh.columns = csv->columns;
    csv_seek(&fresh, expected->offset);
    must(csv_next(&fresh, &again, &end, NULL) == OK && !end);
    must(again.fault == expected->fault && again.length == expected->length &&
         again.columns == expected->columns && again.count == expected->count);
    must(memcmp(again.bytes, expected->bytes, again.length) == 0);
    must(csv_offset(&fresh) == behind);
    csv_close(&fresh);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct decoder decoders[2];
    struct memory memory = {data + 1, size - 1};
    struct csv_record raw;
    struct csv csv;
    uint64_t behind = 0;
    bool end = false;

    if (size < 1)
        return 0;
    if (!decoders[0].buffer)
        must(decoder_open(&decoders[0], ENCODING_UTF8, NULL, NULL) == OK &&
             decoder_open(&decoders[1], ENCODING_CP932, NULL, NULL) == OK);
    must(csv_open(&csv, (struct csv_source){read_memory, &memory, memory.size}, NULL) == OK);
    csv.columns = data[0] & 15;
    for (unsigned records = 0; csv_next(&csv, &raw, &end, NULL) == OK && !end; records++) {
        must(raw.offset >= behind && csv_offset(&csv) >= raw.offset + raw.length);
        must(csv_offset(&csv) > raw.offset && csv_offset(&csv) <= memory.size);
        behind = csv_offset(&csv);
        check_fields(&raw);
        check_texts(&decoders[data[0] >> 7], &raw);
        if (records < 2)
            check_alone(&csv, &raw, behind);
    }
    must(end);
    csv_close(&csv);
    return 0;
}
