/* press/outbook_order.c -- what is done with letters of a finished OUT, and how the ledger keeps it. */
#include "press/outbook.h"

#include "base/utf8.h"
#include "guard/my_number.h"

#define SEQS_BYTES                                                                                 \
    5000 /* of one record; with a reason of three bytes each it stays below LEDGER_LINE */
#define RANGE_BYTES (2 * TEXT_NUMBER + 2)

_Static_assert(SEQS_BYTES + 3 * OUTBOOK_REASON + 2000 < LEDGER_LINE, "a record fits its line");

/* -- numbers -- */

static bool take_number(struct text *rest, uint64_t *out)
{
    uint32_t length = 0;
    while (length < rest->length && rest->bytes[length] >= '0' && rest->bytes[length] <= '9')
        length++;
    struct text number = {rest->bytes, length};
    *rest = (struct text){rest->bytes + length, rest->length - length};
    return table_number(number, out) && *out > 0;
}

static bool take_sign(struct text *rest, char sign)
{
    if (rest->length == 0 || *rest->bytes != sign)
        return false;
    *rest = (struct text){rest->bytes + 1, rest->length - 1};
    return true;
}

bool outbook_range(struct text *rest, char separator, uint64_t *first, uint64_t *last, bool *broken)
{
    *broken = false;
    if (rest->length == 0)
        return false;
    *broken = true;
    if (!take_number(rest, first))
        return false;
    *last = *first;
    if (take_sign(rest, '-') && (!take_number(rest, last) || *last < *first))
        return false;
    if (rest->length > 0 && (!take_sign(rest, separator) || rest->length == 0))
        return false;
    *broken = false;
    return true;
}

/* -- counting -- */

static bool is_of(const struct outbook_letter *letter, enum outbook_which which)
{
    return which == OUTBOOK_MADE || (which == OUTBOOK_PULLED ? letter->pulled : letter->chosen);
}

struct outbook_counts outbook_counts(const struct outbook *book, enum outbook_which which)
{
    struct outbook_counts counts = {0};
    uint64_t piece = 0;
    for (uint64_t i = 0; i < book->count; i++) {
        const struct outbook_letter *letter = &book->letters[i];
        if (!is_of(letter, which))
            continue;
        counts.letters++;
        counts.sheets += letter->pages;
        counts.pieces += letter->piece != piece;
        piece = letter->piece;
    }
    return counts;
}

struct totals_line {
    char bytes[400];
    size_t size;
};

static void put(struct totals_line *line, const char *words)
{
    size_t size = strlen(words);
    if (size > sizeof line->bytes - line->size)
        return;
    memcpy(line->bytes + line->size, words, size);
    line->size += size;
}

static void put_counts(struct totals_line *line, const struct outbook_counts *counts,
                       const char *const words[3])
{
    const uint64_t numbers[3] = {counts->letters, counts->pieces, counts->sheets};
    for (int i = 0; i < 3; i++) {
        char digits[TEXT_NUMBER], plain[TEXT_NUMBER + 1] = {0};
        struct text text = text_number(numbers[i], digits);
        memcpy(plain, text.bytes, text.length);
        put(line, plain);
        put(line, words[i]);
    }
}

enum status outbook_totals(const struct outbook *book, const struct sink *words,
                           struct error *error)
{
    static const char *const made[3] = {" letters, ", " pieces, ", " sheets made - "};
    static const char *const pulled[3] = {", ", ", ", " pulled = "};
    static const char *const sent[3] = {", ", ", ", " to be sent\n"};
    struct outbook_counts all = outbook_counts(book, OUTBOOK_MADE);
    struct outbook_counts out = outbook_counts(book, OUTBOOK_PULLED);
    struct outbook_counts left = {all.letters - out.letters, all.pieces - out.pieces,
                                  all.sheets - out.sheets};
    struct totals_line line = {.size = 0};
    put_counts(&line, &all, made);
    put_counts(&line, &out, pulled);
    put_counts(&line, &left, sent);
    return sink_write(words, line.bytes, line.size, error);
}

void outbook_choose_pieces(struct outbook *book)
{
    for (uint64_t first = 0, end; first < book->count; first = end) {
        bool chosen = false;
        for (end = first;
             end < book->count && book->letters[end].piece == book->letters[first].piece; end++)
            chosen = chosen || book->letters[end].chosen;
        for (uint64_t i = first; chosen && i < end; i++)
            book->letters[i].chosen = true;
    }
}

/* -- reasons -- */

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

enum status outbook_reason(const char *reason, struct error *error)
{
    size_t size = strlen(reason);
    struct text text = {reason, (uint32_t)size};
    bool ink = false;
    if (size > OUTBOOK_REASON || utf8_check(text) != text.length)
        return error_name(error, MSG_AFTER_REASON, TEXT("--reason"));
    for (const char *at = reason, *end = reason + size; at < end;) {
        uint32_t point = utf8_next(&at, end);
        ink = ink || (point != ' ' && point != 0x3000);
        if (is_control(point))
            return error_name(error, MSG_AFTER_REASON, TEXT("--reason"));
    }
    if (!ink)
        return error_name(error, MSG_AFTER_REASON, TEXT("--reason"));
    if (number_runs_in(text, 1).runs) /* whatever its check digit says: nobody needs one here */
        return error_name(error, MSG_AFTER_REASON_NUMBER, TEXT("--reason"));
    return OK;
}

enum status outbook_secret(const char *path, uint8_t key[DIGEST_KEY_BYTES], struct error *error)
{
    struct os_input input;
    size_t got = 0;
    enum status status = os_input_open(path, &input, error);
    if (status != OK)
        return status;
    if (!os_file_private(path))
        status = error_name(error, MSG_SECRET_OPEN, TEXT("--secret"));
    else if (input.size != DIGEST_KEY_BYTES)
        status = error_name(error, MSG_SECRET_SIZE, TEXT("--secret"));
    if (status == OK)
        status = os_input_read(&input, 0, key, DIGEST_KEY_BYTES, &got, error);
    if (status == OK && got != DIGEST_KEY_BYTES)
        status = error_name(error, MSG_SECRET_SIZE, TEXT("--secret"));
    os_input_close(&input);
    return status;
}

/* The whole ledger must be the key's: what is appended vouches for all that stands before it. */
enum status outbook_key(struct outbook *book, const char *path, struct error *error)
{
    struct digest want;
    if (!book->keyed && !path)
        return OK;
    if (!book->keyed || !path)
        return error_at(error, MSG_JOIN_SECRET, book->folder, 0, TEXT("--secret"));
    if (outbook_secret(path, book->key, error) != OK ||
        ledger_mac(book->key, &book->mac_before, &want, error) != OK)
        return STOP;
    if (!book->mac_last) /* somebody without the key has added a record */
        return error_at(error, MSG_VERIFY_MAC, book->folder, 0, TEXT(SPOOL_LEDGER));
    return memcmp(&want, &book->mac, sizeof want) == 0
               ? OK
               : error_at(error, MSG_JOIN_SECRET, book->folder, 0, TEXT("--secret"));
}

static enum status digest_map(const struct outbook *book, bool keyed, const struct os_map *map,
                              struct digest *out, struct error *error)
{
    struct digester *digester;
    enum status status = digester_new(&digester, error);
    if (status != OK)
        return status;
    status = keyed ? digester_key(digester, book->key, error) : OK;
    if (status == OK) {
        digest_start(digester);
        digest_add(digester, map->bytes, map->size);
        status = digest_end(digester, out, error);
    }
    digester_free(digester);
    return status;
}

enum status outbook_table(const struct outbook *book, const char *name, const char *head,
                          struct verify_table *table, bool *there, struct error *error)
{
    const struct outbook_table *known = NULL;
    struct digest have;
    bool good;
    *table = (struct verify_table){.name = name};
    *there = false;
    for (uint32_t i = 0; i < book->table_count; i++)
        if (strcmp(book->tables[i].name, name) == 0)
            known = &book->tables[i];
    if (!known)
        return OK;
    enum status status = table_open(table, book->folder, name, head, there, &good, error);
    if (status == OK && *there)
        status = digest_map(book, known->keyed, &table->map, &have, error);
    if (status != OK)
        return status;
    if (!*there || memcmp(&have, &known->digest, sizeof have) != 0)
        return error_at(error, MSG_VERIFY_TABLE_CHANGED, book->folder, 0, text_of(name));
    return good ? OK : error_at(error, MSG_VERIFY_TABLE, name, 1, TEXT(""));
}

/* -- orders -- */

const struct outbook_order *outbook_order(const struct outbook *book, const struct digest *id)
{
    for (uint32_t i = 0; i < book->order_count; i++)
        if (memcmp(&book->orders[i].id, id, sizeof *id) == 0)
            return &book->orders[i];
    return NULL;
}

uint64_t outbook_orders(const struct outbook *book, bool pull)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < book->order_count; i++)
        count += book->orders[i].pull == pull && book->orders[i].seen == book->orders[i].parts;
    return count;
}

enum status outbook_identify(const struct outbook *book, bool pull, uint64_t number,
                             const char *reason, struct digest *out, struct error *error)
{
    struct digester *digester;
    enum status status = digester_new(&digester, error);
    if (status != OK)
        return status;
    digest_start(digester);
    digest_add_text(digester, pull ? TEXT("oshirase pull 1") : TEXT("oshirase reprint 1"));
    digest_add(digester, book->run.bytes, sizeof book->run.bytes);
    digest_add_u64(digester, number);
    digest_add_text(digester, text_of(reason));
    for (uint64_t i = 0; i < book->count; i++)
        if (book->letters[i].chosen)
            digest_add_u64(digester, book->letters[i].sequence);
    status = digest_end(digester, out, error);
    digester_free(digester);
    return status;
}

struct seqs {
    char bytes[SEQS_BYTES];
    uint32_t size;
};

static void put_range(struct seqs *seqs, uint64_t first, uint64_t last)
{
    char digits[TEXT_NUMBER];
    for (int i = 0; i < (first == last ? 1 : 2); i++) {
        struct text number = text_number(i ? last : first, digits);
        if (i || seqs->size)
            seqs->bytes[seqs->size++] = i ? '-' : ':';
        memcpy(seqs->bytes + seqs->size, number.bytes, number.length);
        seqs->size += number.length;
    }
}

/* The chosen letters from *at on, as far as a record holds them. False: there are none. */
static bool take_seqs(const struct outbook *book, uint64_t *at, struct seqs *seqs)
{
    seqs->size = 0;
    while (*at < book->count && seqs->size + RANGE_BYTES < sizeof seqs->bytes) {
        uint64_t first = *at;
        if (!book->letters[first].chosen) {
            ++*at;
            continue;
        }
        while (*at < book->count && book->letters[*at].chosen &&
               book->letters[*at].sequence == book->letters[first].sequence + (*at - first))
            ++*at;
        put_range(seqs, book->letters[first].sequence, book->letters[*at - 1].sequence);
    }
    return seqs->size > 0;
}

/* Numbers as text live as long as the record is made. */
struct record_fields {
    struct ledger_field field[LEDGER_FIELDS];
    uint32_t count;
    char digits[8][TEXT_NUMBER];
    uint32_t numbers;
    char id[65];
};

static void put_text(struct record_fields *fields, const char *name, struct text value)
{
    fields->field[fields->count++] = (struct ledger_field){text_of(name), value};
}

static void put_number(struct record_fields *fields, const char *name, uint64_t value)
{
    put_text(fields, name, text_number(value, fields->digits[fields->numbers++]));
}

static enum status append_part(const struct outbook *book, const struct outbook_event *event,
                               const struct seqs *seqs, uint64_t part, uint64_t parts,
                               struct error *error)
{
    struct outbook_counts counts = outbook_counts(book, OUTBOOK_CHOSEN);
    struct record_fields fields = {.count = 0};
    digest_hex(&event->id, fields.id);
    put_text(&fields, "id", (struct text){fields.id, 64});
    put_number(&fields, "n", event->number);
    put_number(&fields, "part", part);
    put_number(&fields, "parts", parts);
    put_text(&fields, "reason", text_of(event->reason));
    put_text(&fields, "seqs", (struct text){seqs->bytes, seqs->size});
    put_number(&fields, "letters", counts.letters);
    put_number(&fields, "pieces", counts.pieces);
    put_number(&fields, "sheets", counts.sheets);
    for (uint32_t i = 0; i < event->more_count; i++)
        fields.field[fields.count++] = event->more[i];
    const struct ledger_addition add = {event->pull ? "pull" : "reprint", fields.field,
                                        fields.count, book->keyed ? book->key : NULL};
    return ledger_append_held(book->folder, &add, error);
}

enum status outbook_append(const struct outbook *book, const struct outbook_event *event,
                           struct error *error)
{
    const struct outbook_order *known = outbook_order(book, &event->id);
    struct seqs seqs;
    uint64_t parts = 0, part = 0, at = 0;
    enum status status = OK;
    while (take_seqs(book, &at, &seqs))
        parts++;
    for (at = 0; status == OK && take_seqs(book, &at, &seqs);)
        if (++part > (known ? known->seen : 0))
            status = append_part(book, event, &seqs, part, parts, error);
    return status;
}
