#include "press/tables.h"

#include "base/utf8.h"

const char *table_head(enum section section)
{
    static const char *const heads[SECTION_TABLES] = {
        [SECTION_MANIFEST] = "seq,piece,lot,page,pages,id,form,route,tracking,digest,sheet",
        [SECTION_RECORDS] = "row,id,outcome,seq,form,reason",
        [SECTION_HOLDS] = "row,id,reason,column",
        [SECTION_FOLLOWUP] = "row,id,reason",
        [SECTION_SUBSTITUTIONS] = "row,column,from,to",
        [SECTION_PIECES] = "piece,seq,letters,sheets,lot,route,tracking,weight,pattern,cover",
        [SECTION_BUNDLES] = "bundle,part,kind,key,pieces,letters,first,last,lot,page,route",
        [SECTION_DESTINATIONS] = "row,id,seq"};
    return heads[section];
}

static const char *const outcomes[PLAN_OUTCOMES] = {"printed", "protected", "held", "follow-up"};

/* `3104 column-count`: the number for programs, the token for people. */
static void put_reason(struct csv_row *row, uint16_t message)
{
    char reason[80], digits[TEXT_NUMBER];
    if (message == 0) {
        csv_row_empty(row);
        return;
    }
    struct text number = text_number(message, digits);
    memcpy(reason, number.bytes, number.length);
    size_t size = number.length;
    reason[size++] = ' ';
    for (const char *token = message_token(message); *token && size < sizeof reason; token++)
        reason[size++] = *token;
    csv_row_text(row, (struct text){reason, (uint32_t)size});
}

static void put_row(struct csv_row *row, const struct table_row *at)
{
    csv_row_start(row);
    csv_row_number(row, at->row);
}

static void put_file(struct csv_row *row, const struct table_row *at)
{
    if (at->file.length)
        csv_row_text(row, at->file);
}

static void put_digest(struct csv_row *row, const struct digest *digest)
{
    char hex[65];
    digest_hex(digest, hex);
    csv_row_text(row, (struct text){hex, 64});
}

enum status manifest_write(struct rows *rows, const struct manifest_line *line, struct error *error)
{
    struct csv_row *row = &rows->row;
    csv_row_start(row);
    csv_row_number(row, line->sequence);
    csv_row_number(row, line->piece);
    csv_row_text(row, line->lot);
    csv_row_number(row, line->page);
    csv_row_number(row, line->pages);
    csv_row_text(row, line->id);
    csv_row_text(row, line->form);
    csv_row_text(row, line->route);
    csv_row_text(row, line->tracking);
    put_digest(row, line->digest);
    put_digest(row, line->sheet);
    return rows_add_row(rows, SECTION_MANIFEST, error);
}

enum status record_write(struct rows *rows, const struct record_line *line, struct error *error)
{
    struct csv_row *row = &rows->row;
    put_row(row, &line->at);
    csv_row_text(row, line->id);
    csv_row_text(row, text_of(outcomes[line->outcome]));
    if (line->sequence)
        csv_row_number(row, line->sequence);
    else
        csv_row_empty(row);
    csv_row_text(row, line->form);
    put_reason(row, line->message);
    put_file(row, &line->at);
    return rows_add_row(rows, SECTION_RECORDS, error);
}

enum status hold_write(struct rows *rows, const struct table_row *at, struct text id,
                       uint16_t message, struct text column, struct error *error)
{
    struct csv_row *row = &rows->row;
    put_row(row, at);
    csv_row_text(row, id);
    put_reason(row, message);
    csv_row_text(row, column);
    put_file(row, at);
    return rows_add_row(rows, SECTION_HOLDS, error);
}

enum status followup_write(struct rows *rows, const struct table_row *at, struct text id,
                           uint16_t message, struct error *error)
{
    struct csv_row *row = &rows->row;
    put_row(row, at);
    csv_row_text(row, id);
    put_reason(row, message);
    put_file(row, at);
    return rows_add_row(rows, SECTION_FOLLOWUP, error);
}

/* U+845B U+E0100. Either text has at most eight characters. */
static void put_points(struct csv_row *row, struct text text)
{
    char words[16 * 10];
    uint32_t size = 0;
    const char *at = text.bytes, *end = at + text.length;
    while (at < end && size + 10 <= sizeof words) {
        uint32_t point = utf8_next(&at, end);
        if (size)
            words[size++] = ' ';
        words[size++] = 'U';
        words[size++] = '+';
        for (int shift = point > 0xFFFFF ? 20 : point > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
            words[size++] = "0123456789ABCDEF"[point >> shift & 15];
    }
    csv_row_text(row, (struct text){words, size});
}

enum status substitution_write(struct rows *rows, const struct table_row *at, struct text column,
                               struct text from, struct text to, struct error *error)
{
    struct csv_row *row = &rows->row;
    put_row(row, at);
    csv_row_text(row, column);
    put_points(row, from);
    put_points(row, to);
    put_file(row, at);
    return rows_add_row(rows, SECTION_SUBSTITUTIONS, error);
}

/* -- mail -- */

enum status piece_write(struct rows *rows, const struct piece_line *line, struct error *error)
{
    struct csv_row *row = &rows->row;
    csv_row_start(row);
    csv_row_number(row, line->piece);
    csv_row_number(row, line->sequence);
    csv_row_number(row, line->letters);
    csv_row_number(row, line->sheets);
    csv_row_text(row, line->lot);
    csv_row_text(row, line->route);
    csv_row_text(row, line->tracking);
    csv_row_text(row, line->weight);
    if (line->pattern)
        csv_row_number(row, line->pattern);
    else
        csv_row_empty(row);
    csv_row_number(row, line->cover);
    return rows_add_row(rows, SECTION_PIECES, error);
}

enum status bundle_write(struct rows *rows, const struct bundle_line *line, struct error *error)
{
    struct csv_row *row = &rows->row;
    csv_row_start(row);
    csv_row_number(row, line->bundle);
    csv_row_number(row, line->part);
    csv_row_text(row, line->kind);
    csv_row_text(row, line->key);
    csv_row_number(row, line->pieces);
    csv_row_number(row, line->letters);
    csv_row_number(row, line->first);
    csv_row_number(row, line->last);
    csv_row_text(row, line->lot);
    csv_row_number(row, line->page);
    csv_row_text(row, line->route);
    return rows_add_row(rows, SECTION_BUNDLES, error);
}

enum status destination_write(struct rows *rows, const struct table_row *at, struct text id,
                              uint64_t sequence, struct error *error)
{
    struct csv_row *row = &rows->row;
    csv_row_start(row);
    put_row(row, at);
    csv_row_text(row, id);
    csv_row_number(row, sequence);
    put_file(row, at);
    return rows_add_row(rows, SECTION_DESTINATIONS, error);
}

/* -- counting again -- */

void digest_sum(struct digest *sum, const struct digest *add)
{
    unsigned carry = 0;
    for (size_t i = 0; i < sizeof sum->bytes; i++) {
        carry += (unsigned)sum->bytes[i] + add->bytes[i];
        sum->bytes[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

/* The field at *at, raw, and steps behind it and its comma. false: no comma. */
static bool next_field(const char **at, const char *end, struct text *out)
{
    const char *start = *at, *p = start;
    bool quoted = false;
    if (p >= end)
        return false;
    for (; p < end && (quoted || (*p != ',' && *p != '\n')); p++)
        if (*p == '"')
            quoted = !quoted;
    if (p == end || *p != ',')
        return false;
    *out = (struct text){start, (uint32_t)(p - start)};
    *at = p + 1;
    return true;
}

static bool number_in(struct text text, uint64_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9' || i > 18)
            return false;
        *out = *out * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return text.length > 0;
}

static bool digest_in(struct text text, struct digest *out)
{
    if (text.length != 2 * sizeof out->bytes)
        return false;
    for (size_t i = 0; i < sizeof out->bytes; i++) {
        int high = text_hex_value(text.bytes[2 * i]), low = text_hex_value(text.bytes[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

enum {
    MANIFEST_SEQ,
    MANIFEST_PIECE,
    MANIFEST_PAGES = 4,
    MANIFEST_HEAD = 6, /* fields up to the id */
    HEX_DIGEST = 64
};

/* Of what stands behind the id nothing is ever quoted, and the two digests end the row: no need to look at the rest. */
static bool count_letter(struct table_counts *counts, const char **at, const char *end)
{
    struct text field[MANIFEST_HEAD];
    struct digest digest;
    uint64_t sequence, piece, pages;
    for (int i = 0; i < MANIFEST_HEAD; i++)
        if (!next_field(at, end, &field[i]))
            return false;
    const char *feed = memchr(*at, '\n', (size_t)(end - *at));
    if (!feed || feed - *at < 2 * (HEX_DIGEST + 1))
        return false;
    const char *letter = feed - 2 * HEX_DIGEST - 1;
    unsigned commas = 0; /* behind form, route and tracking number */
    for (const char *p = *at; p < letter; p++)
        commas += *p == ',';
    if (commas != 3 || letter[-1] != ',' || letter[HEX_DIGEST] != ',')
        return false;
    if (!number_in(field[MANIFEST_SEQ], &sequence) || !number_in(field[MANIFEST_PIECE], &piece) ||
        !number_in(field[MANIFEST_PAGES], &pages) ||
        !digest_in((struct text){letter, HEX_DIGEST}, &digest))
        return false;
    *at = feed + 1;
    if (counts->letters == 0)
        counts->first_sequence = sequence;
    else if (sequence != counts->last_sequence + 1 || piece < counts->last_piece ||
             piece > counts->last_piece + 1)
        return false;
    counts->pieces += piece != counts->last_piece;
    counts->last_sequence = sequence;
    counts->last_piece = piece;
    counts->letters++;
    counts->sheets += pages;
    digest_sum(&counts->sum, &digest);
    return true;
}

static bool count_record(struct table_counts *counts, const char **at, const char *end)
{
    struct text field[3]; /* row, id, outcome; nothing behind them is ever quoted */
    for (int i = 0; i < 3; i++)
        if (!next_field(at, end, &field[i]))
            return false;
    const char *feed = memchr(*at, '\n', (size_t)(end - *at));
    if (!feed)
        return false;
    *at = feed + 1;
    for (int outcome = 0; outcome < PLAN_OUTCOMES; outcome++) {
        if (!text_is(field[2], outcomes[outcome]))
            continue;
        counts->outcomes[outcome]++;
        return true;
    }
    return false;
}

enum status table_count(struct table_counts *counts, enum section section, const char *bytes,
                        uint32_t size, struct error *error)
{
    const char *at = bytes, *end = bytes + size;
    bool good = true;
    while (good && at < end && (section == SECTION_MANIFEST || section == SECTION_RECORDS))
        good = section == SECTION_MANIFEST ? count_letter(counts, &at, end)
                                           : count_record(counts, &at, end);
    return good ? OK : error_set(error, MSG_TOTALS_DISAGREE);
}
