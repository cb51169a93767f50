#include "base/error.h"

#include "base/utf8.h"

#include <stdbool.h>

struct line {
    char *out;
    size_t size, length;
    bool full; /* once something did not fit, nothing follows it */
};

static bool is_tail(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void put(struct line *line, const char *bytes, size_t length)
{
    if (line->full)
        return;
    size_t room = line->size - 1 - line->length;
    if (length > room) {
        line->full = true;
        length = room;
        while (length && is_tail(bytes[length]))
            length--;
    }
    memcpy(line->out + line->length, bytes, length);
    line->length += length;
}

static void put_word(struct line *line, const char *word)
{
    put(line, word, strlen(word));
}

static void put_unsigned(struct line *line, uint64_t number)
{
    char digits[TEXT_NUMBER];
    struct text text = text_number(number, digits);
    put(line, text.bytes, text.length);
}

static void put_signed(struct line *line, int64_t number)
{
    if (number < 0)
        put_word(line, "-");
    put_unsigned(line, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

/* U+0041, U+20BB7: four digits at least, as Unicode writes them. */
static void put_code_point(struct line *line, uint32_t code_point)
{
    static const char digits[] = "0123456789ABCDEF";
    put_word(line, "U+");
    for (int shift = code_point > 0xFFFFF  ? 20
                     : code_point > 0xFFFF ? 16
                                           : 12;
         shift >= 0; shift -= 4)
        put(line, digits + (code_point >> shift & 15), 1);
}

/* Gives what stands before the next part of the place. */
static const char *put_character(struct line *line, const struct error *error, const char *before,
                                 const char *comma)
{
    if (!error->code_point)
        return before;
    put_word(line, before);
    put_code_point(line, error->code_point);
    if (error->selector) {
        put_word(line, " ");
        put_code_point(line, error->selector);
    }
    return comma;
}

static void put_file(struct line *line, const struct error *error)
{
    if (!error->file[0] && !error->line)
        return;
    put_word(line, error->file);
    if (error->line) {
        put_word(line, error->file[0] ? ":" : "line ");
        put_unsigned(line, error->line);
    }
    put_word(line, ": ");
}

/* A name beside a row, or a number, is a column; alone it may be a key, a frame or an option. */
static bool names_column(const struct error *error)
{
    return error->name[0] && (error->row || error->offset);
}

static void put_place_english(struct line *line, const struct error *error)
{
    const char *comma = "";
    if (error->row) {
        put_word(line, "row ");
        put_unsigned(line, error->row);
        comma = ", ";
    }
    if (error->name[0]) {
        put_word(line, comma);
        put_word(line, names_column(error) ? "column " : "");
        put_word(line, error->name);
        comma = ", ";
    } else if (error->column_number) {
        put_word(line, comma);
        put_word(line, "column #");
        put_unsigned(line, error->column_number);
        comma = ", ";
    }
    if (error->offset) {
        put_word(line, comma);
        put_word(line, "byte ");
        put_unsigned(line, error->offset);
        comma = ", ";
    }
    comma = put_character(line, error, comma, ", ");
    put_word(line, *comma ? ": " : "");
}

static void put_place_japanese(struct line *line, const struct error *error)
{
    const char *comma = "";
    if (error->row) {
        put_unsigned(line, error->row);
        put_word(line, "行目");
        comma = "、";
    }
    if (error->name[0]) {
        put_word(line, comma);
        put_word(line, names_column(error) ? "列「" : "");
        put_word(line, error->name);
        put_word(line, names_column(error) ? "」" : "");
        comma = "、";
    } else if (error->column_number) {
        put_word(line, comma);
        put_unsigned(line, error->column_number);
        put_word(line, "列目");
        comma = "、";
    }
    if (error->offset) {
        put_word(line, comma);
        put_unsigned(line, error->offset);
        put_word(line, "バイト目");
        comma = "、";
    }
    comma = put_character(line, error, comma, "、");
    put_word(line, *comma ? ": " : "");
}

static void put_message(struct line *line, const struct error *error, const char *text)
{
    while (*text) {
        size_t plain = strcspn(text, "{");
        put(line, text, plain);
        text += plain;
        if (strncmp(text, "{have}", 6) == 0 || strncmp(text, "{want}", 6) == 0) {
            put_signed(line, text[1] == 'h' ? error->have : error->want);
            text += 6;
        } else if (*text) {
            put(line, text++, 1);
        }
    }
}

size_t error_format(const struct error *error, enum language language, char *out, size_t size)
{
    if (size == 0)
        return 0;
    struct line line = {.out = out, .size = size};
    const struct message_row *row = message_find(error->message);
    bool japanese = language == LANGUAGE_JAPANESE;
    put_file(&line, error);
    if (japanese)
        put_place_japanese(&line, error);
    else
        put_place_english(&line, error);
    put_message(&line, error, japanese ? row->japanese : row->english);
    put_word(&line, " [");
    put_unsigned(&line, (uint64_t)error->message);
    put_word(&line, "]");
    out[line.length] = '\0';
    return line.length;
}
