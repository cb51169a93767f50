#include "guard/seal.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdio.h>

struct seal {
    struct hmac *hmac;
    struct digest names;
    uint32_t count, column;
    uint64_t rows;
    char id[SEAL_ID + 1];
};

/* Four bits a letter. No digits, lest a code be taken for a My Number or a spreadsheet's number; no vowels. */
static void letters(const struct digest *digest, char *out, uint32_t count)
{
    static const char alphabet[] = "BCDFGHJKLMNPQRST";
    for (uint32_t i = 0; i < count; i++)
        out[i] = alphabet[digest->bytes[i / 2] >> (i % 2 ? 0 : 4) & 15];
    out[count] = '\0';
}

static enum status digest_names(struct seal *seal, const struct text *names, struct error *error)
{
    hmac_start(seal->hmac);
    hmac_add_text(seal->hmac, TEXT("oshirase columns 1"));
    hmac_add_u64(seal->hmac, seal->count);
    hmac_add_u64(seal->hmac, seal->column);
    for (uint32_t i = 0; i < seal->count; i++)
        hmac_add_text(seal->hmac, utf8_trim(names[i]));
    return hmac_end(seal->hmac, &seal->names, error);
}

enum status seal_new(const uint8_t key[HMAC_KEY_BYTES], const struct text *names, uint32_t count,
                     uint32_t column, struct seal **out, struct error *error)
{
    struct seal *seal = memory_new(sizeof *seal);

    *out = NULL;
    if (!seal)
        return error_set(error, MSG_NO_MEMORY);
    seal->count = count;
    seal->column = column;
    enum status status = hmac_new(key, &seal->hmac, error);
    if (status == OK)
        status = digest_names(seal, names, error);
    if (status == OK)
        *out = seal;
    else
        seal_free(seal);
    return status;
}

void seal_free(struct seal *seal)
{
    if (!seal)
        return;
    hmac_free(seal->hmac);
    memory_free(seal, sizeof *seal);
}

enum status seal_name(struct seal *seal, const struct digest *content, uint64_t rows,
                      struct error *error)
{
    struct digest digest;

    hmac_start(seal->hmac);
    hmac_add_text(seal->hmac, TEXT("oshirase file 1"));
    hmac_add(seal->hmac, seal->names.bytes, sizeof seal->names.bytes);
    hmac_add_u64(seal->hmac, rows);
    hmac_add(seal->hmac, content->bytes, sizeof content->bytes);
    if (hmac_end(seal->hmac, &digest, error) != OK)
        return STOP;
    seal->rows = rows;
    letters(&digest, seal->id, SEAL_ID);
    return OK;
}

const char *seal_id(const struct seal *seal)
{
    return seal->id;
}

static enum status row_code(struct seal *seal, const char *id, uint64_t number, uint64_t rows,
                            const struct text *fields, char out[SEAL_CODE + 1], struct error *error)
{
    struct digest digest;

    hmac_start(seal->hmac);
    hmac_add_text(seal->hmac, TEXT("oshirase row 1"));
    hmac_add(seal->hmac, seal->names.bytes, sizeof seal->names.bytes);
    hmac_add(seal->hmac, id, SEAL_ID);
    hmac_add_u64(seal->hmac, number);
    hmac_add_u64(seal->hmac, rows);
    for (uint32_t i = 0; i < seal->count; i++)
        if (i != seal->column)
            hmac_add_text(seal->hmac, fields[i]);
    if (hmac_end(seal->hmac, &digest, error) != OK)
        return STOP;
    letters(&digest, out, SEAL_CODE);
    return OK;
}

static uint32_t put(char *out, uint32_t at, struct text text)
{
    memcpy(out + at, text.bytes, text.length);
    return at + text.length;
}

enum status seal_row(struct seal *seal, uint64_t number, const struct text *fields,
                     char out[SEAL_TEXT], struct text *text, struct error *error)
{
    char code[SEAL_CODE + 1], digits[TEXT_NUMBER];

    if (row_code(seal, seal->id, number, seal->rows, fields, code, error) != OK)
        return STOP;
    uint32_t at = put(out, 0, (struct text){seal->id, SEAL_ID});
    out[at++] = '.';
    at = put(out, at, text_number(number, digits));
    out[at++] = '.';
    at = put(out, at, text_number(seal->rows, digits));
    out[at++] = '.';
    at = put(out, at, (struct text){code, SEAL_CODE});
    *text = (struct text){out, at};
    return OK;
}

enum status seal_words(struct seal *seal, struct text words, char out[SEAL_CODE + 1],
                       struct error *error)
{
    struct digest digest;

    hmac_start(seal->hmac);
    hmac_add_text(seal->hmac, TEXT("oshirase note 1"));
    hmac_add_text(seal->hmac, words);
    if (hmac_end(seal->hmac, &digest, error) != OK)
        return STOP;
    letters(&digest, out, SEAL_CODE);
    return OK;
}

/* -- reading -- */

struct parsed {
    struct text id, code;
    uint64_t number, rows;
};

static bool take_piece(struct text *rest, struct text *piece)
{
    const char *dot = rest->length ? memchr(rest->bytes, '.', rest->length) : NULL;
    if (!dot)
        return false;
    *piece = (struct text){rest->bytes, (uint32_t)(dot - rest->bytes)};
    *rest = (struct text){dot + 1, rest->length - piece->length - 1};
    return true;
}

static bool read_number(struct text text, uint64_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return text.length > 0 && text.length < 13 && *out > 0;
}

static bool parse(struct text text, struct parsed *out)
{
    struct text rest = utf8_trim(text), number, rows;

    if (!take_piece(&rest, &out->id) || !take_piece(&rest, &number) || !take_piece(&rest, &rows))
        return false;
    out->code = rest;
    return out->id.length == SEAL_ID && out->code.length == SEAL_CODE &&
           read_number(number, &out->number) && read_number(rows, &out->rows);
}

static enum message place(struct seal_check *check, const struct parsed *parsed)
{
    bool known = check->order_known || check->rows == 1;
    enum message message = MSG_NONE;

    if (known && parsed->number > check->last + 1)
        message = MSG_SEAL_GAP;
    else if (known && parsed->number <= check->last)
        message = MSG_SEAL_ORDER;
    check->last = parsed->number;
    check->count = parsed->rows;
    check->order_known = true;
    return message;
}

static enum message note(struct seal_check *check, const struct record *record,
                         enum message message, const struct parsed *parsed, struct error *error)
{
    if (message == MSG_NONE)
        return message;
    check->bad++;
    (void)error_set(error, message);
    error->row = record->row;
    error->have = parsed ? (int64_t)parsed->rows : 0;
    error->want = parsed ? (int64_t)parsed->number : 0;
    return message;
}

enum status seal_next(struct seal *seal, struct seal_check *check, const struct record *record,
                      bool broken, enum message *out, struct error *error)
{
    struct parsed parsed;
    char code[SEAL_CODE + 1];
    enum message message = MSG_NONE;
    bool sealed =
        !broken && record->count == seal->count && parse(record->field[seal->column], &parsed);

    check->rows++;
    if (!sealed) {
        message = broken ? MSG_SEAL_BROKEN : MSG_SEAL_MISSING;
    } else {
        if (row_code(seal, parsed.id.bytes, parsed.number, parsed.rows, record->field, code,
                     error) != OK)
            return STOP;
        if (memcmp(code, parsed.code.bytes, SEAL_CODE) != 0)
            message = MSG_SEAL_BROKEN;
        else if (!seal->id[0])
            memcpy(seal->id, parsed.id.bytes, SEAL_ID);
    }
    if (message == MSG_NONE && memcmp(seal->id, parsed.id.bytes, SEAL_ID) != 0)
        message = MSG_SEAL_OTHER_FILE;
    if (message == MSG_NONE)
        message = place(check, &parsed);
    else
        check->order_known = false; /* edited or added: nobody knows which row should follow */
    *out = note(check, record, message, sealed ? &parsed : NULL, error);
    return OK;
}

enum message seal_end(const struct seal_check *check, struct error *error)
{
    bool complete = check->last >= check->count || (check->bad && check->rows >= check->count);
    if (complete)
        return MSG_NONE;
    (void)error_set(error, MSG_SEAL_TAIL);
    error->have = (int64_t)check->rows;
    error->want = (int64_t)check->count;
    return MSG_SEAL_TAIL;
}
