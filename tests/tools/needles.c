/* tests/tools/needles.c -- looks for words in a stream of bytes, in every form in which they might lie there.
 *
 *   needles WORDS [--bare | --pdf] <BYTES
 *
 * WORDS has one word a line, UTF-8. Each is looked for as UTF-8, UTF-16BE, UTF-16LE and CP932 (where it has the
 * characters), and as hexadecimal digits of the first two, in capitals and small letters.
 * --bare: blanks and line ends, ideographic ones too, are left out of both, as text of pages is broken to lines.
 * --pdf : the bytes are looked through twice more: with the escapes of PDF strings resolved (ISO 32000-1, 7.3.4.2),
 *         and as what the hexadecimal strings hold, one behind the other, so that a string cut for kerning is whole.
 * Exit 0: none of them is there. 1: it is; the number of the word's line and the form are printed, never the word.
 * 2: nothing can be said (no word, or one too short to be looked for, or one that cannot be read).
 */
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 4, BUCKETS = 1 << 16, SHOWN = 5, LONGEST = 4096 };

struct bytes {
    unsigned char *at;
    size_t size, room;
};

struct needle {
    struct bytes bytes;
    unsigned line;
    const char *form;
    struct needle *next; /* of the same bucket */
};

static struct needle *buckets[BUCKETS];
static unsigned needle_count, found_count;

static _Noreturn void refuse(const char *words)
{
    fprintf(stderr, "needles: %s\n", words);
    exit(2);
}

static void put(struct bytes *bytes, unsigned char byte)
{
    if (bytes->size == bytes->room) {
        bytes->room = bytes->room ? bytes->room * 2 : 64;
        bytes->at = realloc(bytes->at, bytes->room);
        if (!bytes->at)
            refuse("no memory");
    }
    bytes->at[bytes->size++] = byte;
}

static struct bytes read_all(FILE *file)
{
    struct bytes all = {0};
    unsigned char block[65536];
    size_t got;
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        for (size_t i = 0; i < got; i++)
            put(&all, block[i]);
    if (ferror(file))
        refuse("cannot read");
    return all;
}

/* -- words -- */

static uint32_t bucket_of(const unsigned char *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return (uint32_t)(word * 2654435761u) >> 16;
}

static void needle_add(const unsigned char *at, size_t size, unsigned line, const char *form)
{
    struct needle *needle = calloc(1, sizeof *needle);
    if (!needle)
        refuse("no memory");
    if (size < LEAST)
        refuse("a word is too short to be looked for");
    for (size_t i = 0; i < size; i++)
        put(&needle->bytes, at[i]);
    needle->line = line;
    needle->form = form;
    needle->next = buckets[bucket_of(at)];
    buckets[bucket_of(at)] = needle;
    needle_count++;
}

static void add_hex(const unsigned char *at, size_t size, unsigned line, bool capitals,
                    const char *form)
{
    const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
    struct bytes hex = {0};
    for (size_t i = 0; i < size; i++) {
        put(&hex, (unsigned char)digits[at[i] >> 4]);
        put(&hex, (unsigned char)digits[at[i] & 15]);
    }
    needle_add(hex.at, hex.size, line, form);
    free(hex.at);
}

enum { UTF16BE, UTF16LE, CP932, ENCODINGS };
static iconv_t converters[ENCODINGS];

static void open_converters(void)
{
    static const char *const names[ENCODINGS] = {"UTF-16BE", "UTF-16LE", "CP932"};
    for (int i = 0; i < ENCODINGS; i++) {
        converters[i] = iconv_open(names[i], "UTF-8");
        if (converters[i] == (iconv_t)-1)
            refuse("iconv lacks an encoding");
    }
}

/* False: the encoding lacks one of the characters. */
static bool convert(int encoding, const struct bytes *word, unsigned char *out, size_t *size)
{
    char *from = (char *)word->at, *to = (char *)out;
    size_t left = word->size, room = 4 * LONGEST;
    (void)iconv(converters[encoding], NULL, NULL, NULL, NULL);
    bool good = iconv(converters[encoding], &from, &left, &to, &room) == 0;
    *size = 4 * LONGEST - room;
    return good;
}

static void add_word(const struct bytes *word, unsigned line)
{
    static unsigned char out[4 * LONGEST];
    size_t size;
    if (word->size > LONGEST)
        refuse("a word is too long");
    needle_add(word->at, word->size, line, "UTF-8");
    add_hex(word->at, word->size, line, true, "hexadecimal UTF-8");
    add_hex(word->at, word->size, line, false, "hexadecimal UTF-8");
    if (!convert(UTF16BE, word, out, &size))
        refuse("a word is not UTF-8");
    needle_add(out, size, line, "UTF-16BE");
    add_hex(out, size, line, true, "hexadecimal UTF-16BE");
    add_hex(out, size, line, false, "hexadecimal UTF-16BE");
    if (convert(UTF16LE, word, out, &size))
        needle_add(out, size, line, "UTF-16LE");
    if (convert(CP932, word, out, &size))
        needle_add(out, size, line, "CP932");
}

/* -- what the bytes hold -- */

static bool is_blank(const struct bytes *in, size_t at, size_t *size)
{
    *size = 1;
    if (in->at[at] == ' ' || (in->at[at] >= '\t' && in->at[at] <= '\r'))
        return true;
    *size = 3;
    return at + 3 <= in->size && memcmp(in->at + at, "\xE3\x80\x80", 3) == 0;
}

static struct bytes bare(const struct bytes *in)
{
    struct bytes out = {0};
    size_t size;
    for (size_t i = 0; i < in->size;)
        if (is_blank(in, i, &size))
            i += size;
        else
            put(&out, in->at[i++]);
    return out;
}

static bool is_octal(const struct bytes *in, size_t at)
{
    return at < in->size && in->at[at] >= '0' && in->at[at] <= '7';
}

static struct bytes unescaped(const struct bytes *in)
{
    static const char names[] = "nrtbf", values[] = "\n\r\t\b\f";
    struct bytes out = {0};
    for (size_t i = 0; i < in->size; i++) {
        if (in->at[i] != '\\' || i + 1 == in->size) {
            put(&out, in->at[i]);
            continue;
        }
        const char *name = in->at[++i] ? strchr(names, in->at[i]) : NULL;
        if (is_octal(in, i)) {
            unsigned value = in->at[i] - '0';
            for (int more = 0; more < 2 && is_octal(in, i + 1); more++)
                value = value * 8 + in->at[++i] - '0';
            put(&out, (unsigned char)value);
        } else if (name) {
            put(&out, (unsigned char)values[name - names]);
        } else if (in->at[i] != '\n') {
            put(&out, in->at[i]);
        }
    }
    return out;
}

static int hex_value(unsigned char byte)
{
    const char *digits = "0123456789abcdef";
    unsigned char small = byte >= 'A' && byte <= 'F' ? (unsigned char)(byte + 32) : byte;
    const char *at = small ? strchr(digits, small) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The bytes of one hexadecimal string are kept only when it is closed. */
static struct bytes hex_strings(const struct bytes *in)
{
    struct bytes out = {0};
    for (size_t i = 0; i < in->size; i++) {
        size_t keep = out.size, at = i + 1, size;
        int high = -1;
        if (in->at[i] != '<')
            continue;
        for (; at < in->size; at++) {
            int value = hex_value(in->at[at]);
            if (value < 0 && !is_blank(in, at, &size))
                break;
            if (value < 0)
                continue;
            if (high >= 0)
                put(&out, (unsigned char)(high * 16 + value));
            high = high >= 0 ? -1 : value;
        }
        if (at == in->size || in->at[at] != '>')
            out.size = keep;
        else
            i = at;
    }
    return out;
}

static void look(const struct bytes *hay)
{
    for (size_t i = 0; i + LEAST <= hay->size; i++)
        for (const struct needle *needle = buckets[bucket_of(hay->at + i)]; needle;
             needle = needle->next)
            if (needle->bytes.size <= hay->size - i &&
                memcmp(needle->bytes.at, hay->at + i, needle->bytes.size) == 0 &&
                found_count++ < SHOWN)
                printf("word %u as %s\n", needle->line, needle->form);
}

int main(int count, char **words)
{
    bool is_bare = count == 3 && strcmp(words[2], "--bare") == 0;
    bool is_pdf = count == 3 && strcmp(words[2], "--pdf") == 0;
    if (count < 2 || count > 3 || (count == 3 && !is_bare && !is_pdf))
        refuse("usage: needles WORDS [--bare | --pdf] <BYTES");
    open_converters();
    FILE *file = fopen(words[1], "rb");
    if (!file)
        refuse("cannot read the words");
    struct bytes list = read_all(file), word = {0};
    fclose(file);
    unsigned line = 1;
    for (size_t i = 0; i <= list.size; i++) {
        if (i < list.size && list.at[i] != '\n') {
            put(&word, list.at[i]);
            continue;
        }
        struct bytes plain = is_bare ? bare(&word) : word;
        if (plain.size)
            add_word(&plain, line);
        if (is_bare)
            free(plain.at);
        word.size = 0;
        line++;
    }
    if (!needle_count)
        refuse("there is no word");
    struct bytes hay = read_all(stdin);
    struct bytes other = is_bare ? bare(&hay) : (struct bytes){0};
    look(is_bare ? &other : &hay);
    if (is_pdf) {
        other = unescaped(&hay);
        look(&other);
        other = hex_strings(&hay);
        look(&other);
    }
    return found_count > 0;
}
