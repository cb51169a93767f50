#include "intake/decode.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "intake/csv_scan.h"

/* Every raw byte of a record grown as far as it can; of fixed width it may stand in two columns (slice.h). */
#define BUFFER_BYTES (2 * (size_t)SCAN_ENOUGH * CODING_GROWTH + CODING_SLACK)

enum status decoder_open(struct decoder *decoder, enum encoding encoding, const char *table,
                         struct error *error)
{
    *decoder = (struct decoder){.buffer = memory_new(BUFFER_BYTES)};
    if (!decoder->buffer)
        return error_set(error, MSG_NO_MEMORY);
    return coding_open(&decoder->coding, encoding, table, error);
}

void decoder_close(struct decoder *decoder)
{
    memory_free(decoder->buffer, decoder->buffer ? BUFFER_BYTES : 0);
    coding_close(&decoder->coding);
    *decoder = (struct decoder){0};
}

/* UTF-8 with U+FFFD for each bad byte; as cp932_decode. */
static size_t utf8_decode(const char *bytes, size_t size, char *out, size_t *bad)
{
    size_t at = 0, written = 0;

    *bad = size;
    while (at < size) {
        size_t good = utf8_check((struct text){bytes + at, (uint32_t)(size - at)});
        memcpy(out + written, bytes + at, good);
        written += good;
        at += good;
        if (at == size)
            break;
        if (*bad == size)
            *bad = at;
        written += utf8_put(out + written, 0xFFFD);
        at++;
    }
    return written;
}

/* Length of the piece up to and with the next quote; that quote's twin is to be skipped. */
static size_t piece_length(const char *bytes, size_t size, bool doubled)
{
    const char *quote = doubled ? memchr(bytes, '"', size) : NULL;
    return quote ? (size_t)(quote - bytes) + 1 : size;
}

static size_t other_decode(const struct decoder *decoder, bool wide, const char *bytes, size_t size,
                           char *out, size_t *bad)
{
    struct coding_turn turn = {.state = wide ? CODING_WIDE : CODING_NARROW,
                               .stand_in = TEXT("\xEF\xBF\xBD"),
                               .last = true};
    size_t length = coding_decode(&decoder->coding, &turn, bytes, size, out);

    *bad = turn.bad;
    return length;
}

static size_t decode_piece(const struct decoder *decoder, bool wide, const char *bytes, size_t size,
                           char *out, size_t *bad)
{
    switch (decoder->coding.encoding) {
    case ENCODING_UTF8:
        return utf8_decode(bytes, size, out, bad);
    case ENCODING_CP932:
        return cp932_decode(decoder->coding.cp932, bytes, size, out, bad);
    default:
        return other_decode(decoder, wide, bytes, size, out, bad);
    }
}

/* Decodes field to out, gives the length; *bad: raw offset of the first bad byte, or the field's length. */
static size_t decode_pieces(const struct decoder *decoder, bool wide, const struct csv_field *field,
                            char *out, size_t *bad)
{
    size_t at = 0, written = 0, bad_here;

    *bad = field->length;
    while (at < field->length) {
        const char *piece = field->bytes + at;
        size_t size = piece_length(piece, field->length - at, field->doubled);
        written += decode_piece(decoder, wide, piece, size, out + written, &bad_here);
        if (bad_here < size && *bad == field->length)
            *bad = at + bad_here;
        at += size;
        if (field->doubled && field->bytes[at - 1] == '"')
            at++;
    }
    return written;
}

static void note_fault(struct record *record, size_t column, enum message message, size_t offset)
{
    record->fault[record->fault_count++] =
        (struct field_fault){(uint16_t)column, (uint16_t)message, (uint32_t)offset};
}

/* A byte of zero in the raw field; in encodings that have such bytes in other characters, in the text. */
static size_t find_nul(const struct decoder *decoder, const struct csv_field *raw, struct text text)
{
    if (coding_is_safe(decoder->coding.encoding))
        text = (struct text){raw->bytes, raw->length};
    const char *nul = text.length ? memchr(text.bytes, '\0', text.length) : NULL;
    return nul ? (size_t)(nul - text.bytes) : SIZE_MAX;
}

static void note_faults(const struct decoder *decoder, struct record *record, size_t column,
                        const struct csv_field *raw, size_t bad)
{
    size_t nul_at = find_nul(decoder, raw, record->field[column]);

    if (nul_at != SIZE_MAX && (nul_at < bad || bad == raw->length))
        note_fault(record, column, MSG_NUL_BYTE, nul_at < raw->length ? nul_at + 1 : raw->length);
    else if (bad < raw->length)
        note_fault(record, column, MSG_BAD_ENCODING, bad + 1);
    else if (raw->length > LIMIT_FIELD_BYTES || record->field[column].length > LIMIT_FIELD_BYTES)
        note_fault(record, column, MSG_FIELD_TOO_LONG, 0);
}

/* True when the texts of the record are its raw fields as they stand. */
static bool is_plain_utf8(const struct csv_record *raw)
{
    return utf8_check((struct text){raw->bytes, raw->length}) == raw->length &&
           (raw->length == 0 || !memchr(raw->bytes, '\0', raw->length));
}

void decode_record(const struct decoder *decoder, const struct csv_record *raw,
                   struct record *record)
{
    bool plain = decoder->coding.encoding == ENCODING_UTF8 && !decoder->wide && is_plain_utf8(raw);
    char *out = decoder->buffer;

    record->count = raw->count;
    record->fault_count = 0;
    for (uint32_t i = 0; i < raw->count; i++) {
        const struct csv_field *field = &raw->field[i];
        size_t bad = field->length;
        record->field[i] = (struct text){field->bytes, field->length};
        if (!plain || field->doubled) {
            record->field[i] = (struct text){
                out, (uint32_t)decode_pieces(decoder, decoder->wide && decoder->wide[i], field, out,
                                             &bad)};
            out += record->field[i].length;
        }
        if (!plain || field->length > LIMIT_FIELD_BYTES)
            note_faults(decoder, record, i, field, bad);
    }
}
