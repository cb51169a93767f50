#include "symbology/postcodes.h"

#include "base/sink.h"
#include "base/utf8.h"

#include <stdlib.h>

/* Columns from 0, as the file's description on Japan Post's page lists them
 * (https://www.post.japanpost.jp/zipcode/dl/readme.html and .../dl/jigyosyo/readme.html). */
enum {
    TOWN_COLUMNS = 15,
    TOWN_OLD = 1,
    TOWN_POSTCODE = 2,
    TOWN_PREFECTURE = 6,
    TOWN_MUNICIPALITY = 7,
    TOWN_NAME = 8
};
enum {
    OFFICE_COLUMNS = 13,
    OFFICE_PREFECTURE = 3,
    OFFICE_MUNICIPALITY = 4,
    OFFICE_POSTCODE = 7,
    OFFICE_OLD = 8
};
enum { FIELD_MOST = 1024, TOWN_MOST = 255, PLACES_MOST = 60000 };

struct reading {
    const char *path;
    const struct postcode_decoder *decoder; /* NULL: the file is UTF-8 */
    struct buffer rows, places, texts;
    struct arena *arena;
    struct error *error;
    struct text prefecture, municipality; /* of the row before, as the file has them */
    bool three;                           /* the row's old postcode */
    uint32_t line, open_postcode; /* postcode whose parenthesis goes on in the next row; 0: none */
    char decoded[3 * FIELD_MOST + 4];
};

static enum status complain(struct reading *reading, enum message message)
{
    return error_at(reading->error, message, reading->path, reading->line, (struct text){NULL, 0});
}

static enum status too_many(struct reading *reading, int64_t most)
{
    enum status status = complain(reading, MSG_POSTCODES_MANY);
    if (reading->error)
        reading->error->want = most;
    return status;
}

/* -- one row -- */

/* Fields of a line, quotes taken off; no field of these files has a quote in it. Gives their number, one more than most
 * when there are too many. Second bytes of CP932 are neither quote nor comma. */
static uint32_t split(struct text line, struct text *fields, uint32_t most)
{
    const char *at = line.bytes, *end = at + line.length;
    uint32_t count = 0;
    for (;;) {
        bool quoted = at < end && *at == '"';
        const char *from = quoted ? ++at : at;
        const char *stop = memchr(at, quoted ? '"' : ',', (size_t)(end - at));
        if (!stop && quoted)
            return 0;
        stop = stop ? stop : end;
        if (count == most)
            return most + 1;
        fields[count++] = (struct text){from, (uint32_t)(stop - from)};
        at = stop + (quoted ? 1 : 0);
        if (at == end)
            return count;
        if (*at++ != ',')
            return 0;
    }
}

static bool read_postcode(struct text field, uint32_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < field.length; i++) {
        if (field.bytes[i] < '0' || field.bytes[i] > '9')
            return false;
        *out = *out * 10 + (uint32_t)(field.bytes[i] - '0');
    }
    return field.length == 7;
}

/* The field in UTF-8; lives until the next one. */
static struct text decode(struct reading *reading, struct text field)
{
    if (!reading->decoder || field.length > FIELD_MOST)
        return field;
    const struct postcode_decoder *decoder = reading->decoder;
    uint32_t length =
        decoder->decode(decoder->context, field.bytes, field.length, reading->decoded);
    return (struct text){reading->decoded, length};
}

/* "060  " or "06400". */
static bool is_three(struct text old)
{
    while (old.length && old.bytes[old.length - 1] == ' ')
        old.length--;
    return old.length == 3;
}

/* -- places -- */

static uint32_t place_count(const struct reading *reading)
{
    return (uint32_t)(reading->places.size / sizeof(struct postcode_place));
}

/* Rows of one municipality follow each other: a new one is made when the names change. */
static enum status enter_place(struct reading *reading, struct text prefecture,
                               struct text municipality)
{
    struct postcode_place place;
    if (place_count(reading) && text_equal(prefecture, reading->prefecture) &&
        text_equal(municipality, reading->municipality))
        return OK;
    if (place_count(reading) >= PLACES_MOST)
        return too_many(reading, PLACES_MOST);
    if (prefecture.length == 0 || municipality.length == 0 || prefecture.length > FIELD_MOST ||
        municipality.length > FIELD_MOST)
        return complain(reading, MSG_POSTCODES_ROW);
    reading->prefecture = prefecture;
    reading->municipality = municipality;
    place.prefecture = arena_text(reading->arena, decode(reading, prefecture));
    place.municipality = arena_text(reading->arena, decode(reading, municipality));
    if (!place.prefecture.bytes || !place.municipality.bytes)
        return error_set(reading->error, MSG_NO_MEMORY);
    return buffer_add(&reading->places, &place, sizeof place, reading->error);
}

static struct text current_municipality(const struct reading *reading)
{
    struct postcode_place place;
    memcpy(&place, reading->places.bytes + reading->places.size - sizeof place, sizeof place);
    return place.municipality;
}

static enum status add_row(struct reading *reading, uint32_t postcode, enum postcode_kind kind,
                           struct text town)
{
    struct postcode_row row = {.postcode = postcode,
                               .town = (uint32_t)reading->texts.size,
                               .place = (uint16_t)(place_count(reading) - 1),
                               .length = (uint8_t)town.length,
                               .kind = (uint8_t)kind & 0x7F,
                               .three = reading->three};
    if (town.length > TOWN_MOST)
        return complain(reading, MSG_POSTCODES_ROW);
    if (reading->rows.size >= (size_t)POSTCODES_ROWS * sizeof row)
        return too_many(reading, POSTCODES_ROWS);
    enum status status = OK;
    if (town.length)
        status = buffer_add(&reading->texts, town.bytes, town.length, reading->error);
    return status == OK ? buffer_add(&reading->rows, &row, sizeof row, reading->error) : status;
}

/* -- the town's text -- */

/* Where the word stands; text.length: nowhere. */
static uint32_t place_of(struct text text, const char *word)
{
    const char *found = text.length ? memmem(text.bytes, text.length, word, strlen(word)) : NULL;
    return found ? (uint32_t)(found - text.bytes) : text.length;
}

static bool has(struct text text, const char *word)
{
    return place_of(text, word) < text.length;
}

static bool ends_with(struct text text, struct text end)
{
    return end.length <= text.length &&
           memcmp(text.bytes + text.length - end.length, end.bytes, end.length) == 0;
}

/* 種市第１５地割～第２１地割: the town is 種市; the 地割 belongs to 住所B, where it is extracted (S1). */
static struct text without_lots(struct text town)
{
    if (!has(town, "地割"))
        return town;
    const char *at = town.bytes, *end = at + town.length;
    while (at < end) {
        const char *here = at;
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (here > town.bytes && (point == 0x7B2C /* 第 */ || (point >= '0' && point <= '9')))
            return (struct text){town.bytes, (uint32_t)(here - town.bytes)};
    }
    return town;
}

/* 〇〇村一円, 〇〇町の次に番地がくる場合: named after the municipality, whose name is all that stands before the numbers. A
 * town that is called 一円 is one. */
static bool whole_name(struct text town, struct text *name)
{
    static const char all[] = "一円";
    uint32_t next = place_of(town, "の次に");
    *name = town;
    if (next < town.length && has(town, "番地がくる場合")) {
        name->length = next;
        return true;
    }
    name->length = town.length - (town.length > sizeof all - 1 ? (uint32_t)sizeof all - 1 : 0);
    return name->length < town.length && ends_with(town, text_of(all));
}

/* 甲、乙: two towns. */
static enum status add_towns(struct reading *reading, uint32_t postcode, struct text towns)
{
    static const char comma[] = "、";
    enum status status = OK;
    for (struct text rest = towns; status == OK;) {
        uint32_t length = place_of(rest, comma);
        status = add_row(reading, postcode, POSTCODE_TOWN, (struct text){rest.bytes, length});
        if (length == rest.length)
            break;
        uint32_t taken = length + (uint32_t)sizeof comma - 1;
        rest = (struct text){rest.bytes + taken, rest.length - taken};
    }
    return status;
}

static enum status add_town(struct reading *reading, uint32_t postcode, struct text town)
{
    struct text none = {NULL, 0}, name;
    uint32_t parenthesis = place_of(town, "（");

    if (parenthesis < town.length && !has(town, "）"))
        reading->open_postcode = postcode;
    town.length = parenthesis;
    if (text_is(town, "以下に掲載がない場合"))
        return add_row(reading, postcode, POSTCODE_REPRESENTATIVE, none);
    if (whole_name(town, &name)) {
        if (ends_with(current_municipality(reading), name))
            return add_row(reading, postcode, POSTCODE_WHOLE, none);
        return add_row(reading, postcode, POSTCODE_TOWN, name);
    }
    town = without_lots(town);
    return town.length ? add_towns(reading, postcode, town) : complain(reading, MSG_POSTCODES_ROW);
}

/* What KEN_ALL.CSV has no room for in one row goes on in the next, in the middle of a parenthesis. */
static bool goes_on(struct reading *reading, uint32_t postcode, struct text town)
{
    if (reading->open_postcode == 0 || reading->open_postcode != postcode) {
        reading->open_postcode = 0;
        return false;
    }
    if (has(town, "）"))
        reading->open_postcode = 0;
    return true;
}

static enum status take_town(struct reading *reading, const struct text *fields)
{
    uint32_t postcode;
    reading->three = is_three(fields[TOWN_OLD]);
    enum status status = enter_place(reading, fields[TOWN_PREFECTURE], fields[TOWN_MUNICIPALITY]);
    if (status != OK)
        return status;
    if (!read_postcode(fields[TOWN_POSTCODE], &postcode) || fields[TOWN_NAME].length > FIELD_MOST)
        return complain(reading, MSG_POSTCODES_ROW);
    struct text town = decode(reading, fields[TOWN_NAME]);
    return goes_on(reading, postcode, town) ? OK : add_town(reading, postcode, town);
}

static enum status take_office(struct reading *reading, const struct text *fields)
{
    uint32_t postcode;
    reading->three = is_three(fields[OFFICE_OLD]);
    enum status status =
        enter_place(reading, fields[OFFICE_PREFECTURE], fields[OFFICE_MUNICIPALITY]);
    if (status != OK)
        return status;
    if (!read_postcode(fields[OFFICE_POSTCODE], &postcode))
        return complain(reading, MSG_POSTCODES_ROW);
    return add_row(reading, postcode, POSTCODE_OFFICE, (struct text){NULL, 0});
}

static enum status take_line(struct reading *reading, struct text line)
{
    struct text fields[TOWN_COLUMNS];
    uint32_t count = split(line, fields, TOWN_COLUMNS);
    if (count == TOWN_COLUMNS)
        return take_town(reading, fields);
    return count == OFFICE_COLUMNS ? take_office(reading, fields)
                                   : complain(reading, MSG_POSTCODES_ROW);
}

/* -- the file -- */

static struct text next_line(struct text *rest)
{
    const char *stop = memchr(rest->bytes, '\n', rest->length);
    struct text line = {rest->bytes, stop ? (uint32_t)(stop - rest->bytes) : rest->length};
    uint32_t taken = line.length + (stop ? 1 : 0);
    *rest = (struct text){rest->bytes + taken, rest->length - taken};
    if (line.length && line.bytes[line.length - 1] == '\r')
        line.length--;
    return line;
}

static enum status take_lines(struct reading *reading, struct text rest)
{
    enum status status = OK;
    while (status == OK && rest.length) {
        struct text line = next_line(&rest);
        reading->line++;
        /* ^Z: an end of file of old */
        if (line.length && !(line.length == 1 && line.bytes[0] == 0x1A && rest.length == 0))
            status = take_line(reading, line);
    }
    return status;
}

/* By postcode, then as in the file: texts are laid down in its order. */
static int compare(const void *left, const void *right)
{
    const struct postcode_row *a = left, *b = right;
    if (a->postcode != b->postcode)
        return a->postcode < b->postcode ? -1 : 1;
    if (a->town != b->town)
        return a->town < b->town ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->kind < b->kind ? -1 : a->kind > b->kind;
}

static void *keep(struct reading *reading, const struct buffer *buffer)
{
    void *kept = arena_take(reading->arena, buffer->size);
    if (kept && buffer->size)
        memcpy(kept, buffer->bytes, buffer->size);
    return kept;
}

static enum status finish(struct reading *reading, struct postcodes *out)
{
    uint32_t count = (uint32_t)(reading->rows.size / sizeof(struct postcode_row));
    if (count == 0)
        return complain(reading, MSG_POSTCODES_EMPTY);
    struct postcode_row *rows = keep(reading, &reading->rows);
    out->places = keep(reading, &reading->places);
    out->texts = keep(reading, &reading->texts);
    if (!rows || !out->places || !out->texts)
        return error_set(reading->error, MSG_NO_MEMORY);
    qsort(rows, count, sizeof *rows, compare);
    out->rows = rows;
    out->count = count;
    out->place_count = place_count(reading);
    return OK;
}

static struct text without_mark(struct text all)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (all.length >= 3 && memcmp(all.bytes, mark, 3) == 0)
        return (struct text){all.bytes + 3, all.length - 3};
    return all;
}

static enum status read_into(struct reading *reading, struct text all, struct postcodes *out)
{
    uint32_t valid = utf8_check(all);
    if (valid == all.length)
        reading->decoder = NULL;
    else if (!reading->decoder)
        return complain(reading, MSG_POSTCODES_ROW);
    enum status status = take_lines(reading, all);
    reading->line = 0;
    return status == OK ? finish(reading, out) : status;
}

enum status postcodes_read(const void *bytes, size_t size, const char *path,
                           const struct postcode_decoder *decoder, struct arena *arena,
                           struct postcodes *out, struct error *error)
{
    struct reading reading = {.path = path, .decoder = decoder, .arena = arena, .error = error};
    enum status status;

    *out = (struct postcodes){NULL, 0, NULL, 0, NULL};
    if (size > POSTCODES_BYTES)
        status = too_many(&reading, POSTCODES_BYTES);
    else if (size == 0)
        status = complain(&reading, MSG_POSTCODES_EMPTY);
    else
        status = read_into(&reading, without_mark((struct text){bytes, (uint32_t)size}), out);
    buffer_free(&reading.rows);
    buffer_free(&reading.places);
    buffer_free(&reading.texts);
    return status;
}

/* -- looking up -- */

/* The first row that is not below the postcode. */
static uint32_t lower_bound(const struct postcodes *postcodes, uint32_t postcode)
{
    uint32_t from = 0, to = postcodes->count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (postcodes->rows[middle].postcode < postcode)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

const struct postcode_row *postcodes_find(const struct postcodes *postcodes, uint32_t postcode,
                                          uint32_t *count)
{
    uint32_t first = lower_bound(postcodes, postcode), end = first;
    while (end < postcodes->count && postcodes->rows[end].postcode == postcode)
        end++;
    *count = end - first;
    return *count ? &postcodes->rows[first] : NULL;
}

struct text postcodes_town(const struct postcodes *postcodes, const struct postcode_row *row)
{
    return (struct text){postcodes->texts + row->town, row->length};
}
