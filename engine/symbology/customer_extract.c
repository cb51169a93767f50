/* From 住所B to the 住所表示番号: the rules of manual p19 (base 1-6, supplementary S1-S5).
 *
 * One pass. Everything that is not extracted separates: it leaves a pending hyphen that is written only before a
 * further extracted character. That is base rule 4 (text before an extracted character), 5 (runs become one), 6 (no
 * leading hyphen), and S3 (an F between extracted characters). S4 drops a pending hyphen beside a letter; a letter that
 * comes to stand beside another so stays (S5).
 *
 * Where the manual is silent it is decided so:
 *  - Full-width forms are folded first, so １ is 1 and Ａ is A.
 *  - Whatever looks like a hyphen separates, and so does the long vowel mark: between digits (３ー２) that is a hyphen, in
 *    コーポ it is katakana, and rule 4 makes the same of both.
 *  - A hyphen at the very end, or with nothing extracted behind it, is not written: it would separate nothing.
 *  - Signs of no rule (#, brackets, commas, circled digits, Roman numerals ...) separate: two numbers that stood apart
 *    are never joined. Characters without width (U+200B, byte order mark ...) are not there.
 *  - Kanji numerals are 〇零一二三四五六七八九十百千万, 壱弐参伍拾佰仟 and their old forms, 廿 卅; ○ and ◯ are zero behind
 *    another numeral. Without a unit they are read by place (三五 = 35, 一〇二 = 102), with units by value
 *    (九千九百九十九). 万 wants a number before it. What is neither (十十, 二三十) is text.
 *  - Kanji numerals that touch an arabic digit are text: 2十号 gives 2.
 *  - S1 is read strictly: the nine tokens, no blank before them. The last 二 of 一の二 stands before none of them.
 *  - S2 is read strictly: F directly behind an arabic digit, by itself (2FA is a run of letters). F behind a blank is a
 *    building's letter. B1F gives B1.
 */
#include "symbology/customer.h"

#include "base/utf8.h"

enum { END = 0 };

static bool is_digit(uint32_t point)
{
    return point >= '0' && point <= '9';
}

static bool is_letter(uint32_t point)
{
    return point >= 'A' && point <= 'Z';
}

/* -- characters, with rules 1 and 2 done -- */

struct reader {
    const char *at, *end;
};

/* Rule 2: & / ・ . are deleted and what stood around them closes up. */
static bool is_deleted(uint32_t point)
{
    switch (point) {
    case '&':
    case '/':
    case '.':
    case 0x30FB: /* ・ */
    case 0xFF65: /* its half-width form */
    case 0x200B: /* without width ... */
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x2060:
    case 0xFEFF:
        return true;
    default:
        return false;
    }
}

static uint32_t take(struct reader *reader)
{
    while (reader->at < reader->end) {
        uint32_t point = utf8_fold_width(utf8_next(&reader->at, reader->end));
        if (point >= 'a' && point <= 'z')
            return point - 'a' + 'A';
        if (!is_deleted(point))
            return point == END ? ' ' : point; /* U+0000 is no end */
    }
    return END;
}

static uint32_t peek(const struct reader *reader)
{
    struct reader ahead = *reader;
    return take(&ahead);
}

/* -- kanji numerals -- */

/* 0..9, or the value of a unit: 10, 100, 1000, 10000; 20 and 30 for 廿 and 卅; -1: none. */
static int32_t numeral(uint32_t point)
{
    switch (point) {
    case 0x3007: /* 〇 */
    case 0x96F6: /* 零 */
        return 0;
    case 0x4E00: /* 一 */
    case 0x58F1: /* 壱 */
    case 0x58F9: /* 壹 */
    case 0x5F0C: /* 弌 */
        return 1;
    case 0x4E8C: /* 二 */
    case 0x5F10: /* 弐 */
    case 0x8CB3: /* 貳 */
    case 0x5F0D: /* 弍 */
        return 2;
    case 0x4E09: /* 三 */
    case 0x53C2: /* 参 */
    case 0x53C3: /* 參 */
    case 0x5F0E: /* 弎 */
        return 3;
    case 0x56DB: /* 四 */
        return 4;
    case 0x4E94: /* 五 */
    case 0x4F0D: /* 伍 */
        return 5;
    case 0x516D: /* 六 */
        return 6;
    case 0x4E03: /* 七 */
        return 7;
    case 0x516B: /* 八 */
        return 8;
    case 0x4E5D: /* 九 */
        return 9;
    case 0x5341: /* 十 */
    case 0x62FE: /* 拾 */
        return 10;
    case 0x5EFF: /* 廿 */
        return 20;
    case 0x5345: /* 卅 */
        return 30;
    case 0x767E: /* 百 */
    case 0x4F70: /* 佰 */
        return 100;
    case 0x5343: /* 千 */
    case 0x4EDF: /* 仟 */
        return 1000;
    case 0x4E07: /* 万 */
    case 0x842C: /* 萬 */
        return 10000;
    default:
        return -1;
    }
}

/* A circle typed for 〇 is a numeral only behind another one. */
static int32_t further_numeral(uint32_t point)
{
    return point == 0x25CB || point == 0x25EF ? 0 : numeral(point);
}

/* A run of numerals being read. `sum` is what stands before the last 万, `part` since then, `digit` the digit that
 * waits for its unit. */
enum { RUN_DIGITS = 16 };
struct run {
    char places[RUN_DIGITS]; /* read by place */
    uint32_t count;
    uint32_t sum, part, digit;
    uint32_t unit; /* the last unit in this part; a smaller one must follow */
    bool has_digit, has_unit, has_myriad, wrong;
};

static void run_digit(struct run *run, uint32_t value)
{
    run->wrong |= run->has_unit && (run->has_digit || value == 0);
    if (run->count < RUN_DIGITS)
        run->places[run->count++] = (char)('0' + value);
    else
        run->wrong = true;
    run->digit = value;
    run->has_digit = true;
}

static void run_myriad(struct run *run)
{
    uint32_t part = run->part + run->digit;
    run->wrong |= part == 0 || run->has_myriad || (run->count > 1 && !run->has_unit);
    *run = (struct run){.sum = part * 10000,
                        .count = run->count,
                        .unit = 10000,
                        .has_unit = true,
                        .has_myriad = true,
                        .wrong = run->wrong};
}

/* 十百千, and 廿 卅, which are twenty and thirty by themselves. */
static void run_unit(struct run *run, uint32_t value)
{
    uint32_t unit = value == 20 || value == 30 ? 10 : value;
    bool first_digits = !run->has_unit && run->count > 1; /* 二三十 */
    run->wrong |= first_digits || (run->unit && unit >= run->unit);
    run->wrong |= run->has_digit && (run->digit == 0 || value != unit);
    run->part += value == unit ? (run->has_digit ? run->digit : 1) * unit : value;
    run->unit = unit;
    run->has_unit = true;
    run->has_digit = false;
    run->digit = 0;
}

static void run_add(struct run *run, uint32_t value)
{
    if (value < 10)
        run_digit(run, value);
    else if (value == 10000)
        run_myriad(run);
    else
        run_unit(run, value);
}

/* -- writing -- */

struct writer {
    char *out;
    uint32_t room, length;
    bool apart; /* something that is not extracted came behind the last character */
};

static void put(struct writer *writer, char character)
{
    if (writer->length < writer->room)
        writer->out[writer->length++] = character;
}

static void put_digit(struct writer *writer, char digit)
{
    if (writer->apart && writer->length &&
        !is_letter((unsigned char)writer->out[writer->length - 1]))
        put(writer, '-');
    put(writer, digit);
    writer->apart = false;
}

/* S4, S5. */
static void put_letter(struct writer *writer, char letter)
{
    put(writer, letter);
    writer->apart = false;
}

static void put_run(struct writer *writer, const struct run *run)
{
    char number[TEXT_NUMBER];
    struct text text = {run->places, run->count};
    if (run->has_unit)
        text = text_number(run->sum + run->part + run->digit, number);
    for (uint32_t i = 0; i < text.length; i++)
        put_digit(writer, text.bytes[i]);
}

/* -- the rules -- */

/* S1: 丁目 丁 番地 番 号 地割 線 の ノ. */
static bool token_follows(struct reader reader)
{
    switch (take(&reader)) {
    case 0x4E01: /* 丁 */
    case 0x756A: /* 番 */
    case 0x53F7: /* 号 */
    case 0x7DDA: /* 線 */
    case 0x306E: /* の */
    case 0x30CE: /* ノ */
    case 0xFF89: /* its half-width form */
        return true;
    case 0x5730:                        /* 地 */
        return take(&reader) == 0x5272; /* 割 */
    default:
        return false;
    }
}

/* The run of kanji numerals that begins with `first`; the reader moves behind it. */
static void take_numerals(struct reader *reader, int32_t first, bool touches, struct writer *writer)
{
    struct run run = {.count = 0};
    int32_t value;

    run_add(&run, (uint32_t)first);
    while ((value = further_numeral(peek(reader))) >= 0) {
        (void)take(reader);
        run_add(&run, (uint32_t)value);
    }
    if (!touches && !run.wrong && token_follows(*reader))
        put_run(writer, &run);
    else
        writer->apart = true;
}

/* Rule 3 with S2: a letter by itself, but no F behind a digit. */
static bool letter_counts(uint32_t letter, uint32_t before, uint32_t behind)
{
    return !is_letter(before) && !is_letter(behind) && !(letter == 'F' && is_digit(before));
}

static void take_rest(struct reader *reader, struct writer *writer)
{
    uint32_t before = END;

    for (uint32_t point; (point = take(reader)) != END; before = point) {
        int32_t value;
        if (is_digit(point))
            put_digit(writer, (char)point);
        else if (is_letter(point) && letter_counts(point, before, peek(reader)))
            put_letter(writer, (char)point);
        else if ((value = numeral(point)) >= 0)
            take_numerals(reader, value, is_digit(before), writer);
        else
            writer->apart = true;
    }
}

uint32_t customer_extract(struct text address_b, char *out, uint32_t room)
{
    struct writer writer = {.out = out, .room = room};

    if (address_b.length) {
        struct reader reader = {address_b.bytes, address_b.bytes + address_b.length};
        take_rest(&reader, &writer);
    }
    return writer.length;
}
