#include "guard/my_number.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "guard/guard.h"

#include <utf8proc.h>

/* -- the quick look: most fields cannot hold twelve digits -- */

/* 1: one digit. 2: first byte of a character that may become digits; look closer. 0: no digit. */
static const uint8_t quick_class[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1,  ['3'] = 1,  ['4'] = 1,  ['5'] = 1,  ['6'] = 1,  ['7'] = 1,
    ['8'] = 1, ['9'] = 1, [0xC2] = 2, [0xE2] = 2, [0xE3] = 2, [0xEF] = 2, [0xF0] = 2,
};

#define DIGITS_MOST 3 /* that one character can become: ⅒ is 1⁄10 */

/* Digits that the character after `lead` may become, at most. All that have digits in their NFKC form lie in
 * these blocks (Unicode 15; unit/guard_my_number walks through every code point):
 * U+00B2-BE, U+2070-209F, U+2150-218F, U+2460-24FF, U+3200-33FF, U+FF10-FF19, U+1D7CE-1D7FF, U+1F100-1F10A,
 * U+1FBF0-1FBF9. */
static uint32_t rare_digits(unsigned lead, unsigned second)
{
    switch (lead) {
    case 0xE2:
        return second == 0x81 || second == 0x82 || second == 0x85 || second == 0x86 ||
                       (second >= 0x91 && second <= 0x93)
                   ? DIGITS_MOST
                   : 0;
    case 0xE3:
        return second >= 0x88 && second <= 0x8F ? DIGITS_MOST : 0;
    case 0xEF:
        return second == 0xBC; /* full-width forms: a digit at most */
    case 0xF0:
        return second == 0x9D || second == 0x9F ? DIGITS_MOST : 0;
    default:
        return DIGITS_MOST;
    }
}

static bool may_hold_run(struct text text)
{
    const unsigned char *at = (const unsigned char *)text.bytes;
    uint32_t digits = 0;

    for (uint32_t i = 0; i < text.length; i++) {
        uint8_t class = quick_class[at[i]];
        if (class == 2)
            digits += rare_digits(at[i], i + 1 < text.length ? at[i + 1] : 0);
        else
            digits += class;
    }
    return digits >= MY_NUMBER_DIGITS;
}

/* -- the exact look -- */

struct run {
    uint8_t digit[MY_NUMBER_DIGITS];
    uint32_t digits;     /* may exceed MY_NUMBER_DIGITS */
    uint32_t separators; /* since the last digit */
    uint32_t gap;
    bool after_return; /* the last thing was a CR: an LF belongs to it */
    struct number_runs found;
};

static void run_end(struct run *run)
{
    if (run->digits == MY_NUMBER_DIGITS) {
        run->found.runs++;
        run->found.hits += my_number_check(run->digit);
    }
    run->digits = 0;
    run->separators = 0;
}

static void run_digit(struct run *run, uint32_t value)
{
    if (run->separators > run->gap)
        run_end(run);
    if (run->digits < MY_NUMBER_DIGITS)
        run->digit[run->digits] = (uint8_t)value;
    run->digits += run->digits <= MY_NUMBER_DIGITS; /* "more" is enough to know */
    run->separators = 0;
}

static bool is_hyphen_like(uint32_t code_point, utf8proc_category_t category)
{
    switch (code_point) {
    case '~':
    case 0x02D7: /* modifier letter minus */
    case 0x2043: /* hyphen bullet */
    case 0x2053: /* swung dash */
    case 0x2212: /* minus; superscript and subscript minus fold to it */
    case 0x223C: /* tilde operator */
    case 0x2500: /* box drawing, light and heavy, whole, dashed and half */
    case 0x2501:
    case 0x2504:
    case 0x2505:
    case 0x2508:
    case 0x2509:
    case 0x254C:
    case 0x254D:
    case 0x2574:
    case 0x2576:
    case 0x2578:
    case 0x257A:
    case 0x2796: /* heavy minus */
    case 0x30FC: /* prolonged sound mark; the half-width one folds to it */
    case 0x4E00: /* kanji one; ㆒ and ⼀ fold to it */
        return true;
    default:
        return category == UTF8PROC_CATEGORY_PD;
    }
}

static bool is_blank(uint32_t code_point, utf8proc_category_t category)
{
    return (code_point >= '\t' && code_point <= '\r') || code_point == 0x85 ||
           category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

/* One code point of the NFKC form. */
static void run_take(struct run *run, uint32_t code_point)
{
    bool feed_of_return = code_point == '\n' && run->after_return;

    run->after_return = code_point == '\r';
    if (code_point - '0' < 10) {
        run_digit(run, code_point - '0');
        return;
    }
    if (code_point == 0 || feed_of_return)
        return;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME)
        return;
    if (is_blank(code_point, category) || is_hyphen_like(code_point, category))
        run->separators++;
    else
        run_end(run);
}

/* Composition cannot make or unmake a digit, blank or hyphen, so the decomposition is enough. */
static void run_take_folded(struct run *run, uint32_t code_point)
{
    utf8proc_int32_t folded[32]; /* the longest is 18: U+FDFA */
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)code_point, folded, 32,
                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE, NULL);
    if (count < 0 || count > 32)
        run_end(run);
    for (utf8proc_ssize_t i = 0; i < count && count <= 32; i++)
        run_take(run, (uint32_t)folded[i]);
}

/* Hiragana, katakana and the usual kanji, but for ー, ・ to ヿ and 一. */
static bool is_plain_japanese(uint32_t code_point)
{
    return (code_point >= 0x3041 && code_point <= 0x3096) ||
           (code_point >= 0x30A1 && code_point <= 0x30FA) ||
           (code_point > 0x4E00 && code_point <= 0x9FFF);
}

struct number_runs number_runs_in(struct text text, uint32_t gap)
{
    struct run run = {.gap = gap};

    if (text.length < MY_NUMBER_DIGITS || !may_hold_run(text))
        return run.found;
    const char *at = text.bytes, *end = at + text.length;
    while (at < end) {
        uint32_t code_point = utf8_next(&at, end);
        if (code_point == UTF8_BAD || is_plain_japanese(code_point)) {
            run.after_return = false;
            run_end(&run);
        } else if (code_point < 0x80) {
            run_take(&run, code_point);
        } else {
            run_take_folded(&run, code_point);
        }
    }
    run_end(&run);
    return run.found;
}

bool my_number_in(struct text text)
{
    return number_runs_in(text, 1).hits != 0;
}

/* -- headers -- */

#define HEADER_POINTS 1024

/* NFKC without blanks, as UTF-8. False: bad bytes, or longer than any sensible name. */
static bool fold_name(struct text name, char out[HEADER_POINTS * 4], uint32_t *length)
{
    utf8proc_int32_t points[HEADER_POINTS];
    utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE;
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)name.bytes, (utf8proc_ssize_t)name.length,
                           points, HEADER_POINTS, options);
    if (count < 0 || count > HEADER_POINTS)
        return false;
    count = utf8proc_normalize_utf32(points, count, options);
    *length = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        if (!is_blank((uint32_t)points[i], utf8proc_category(points[i])))
            *length += (uint32_t)utf8_put(out + *length, (uint32_t)points[i]);
    return true;
}

static bool contains(struct text text, struct text part)
{
    return text.length && memmem(text.bytes, text.length, part.bytes, part.length) != NULL;
}

bool header_says_my_number(struct text name)
{
    char bytes[HEADER_POINTS * 4];
    struct text folded = {bytes, 0};

    if (name.length == 0)
        return false;
    if (!fold_name(name, bytes, &folded.length))
        return true; /* unreadable: the stricter rule */
    return contains(folded, TEXT("個人番号")) || contains(folded, TEXT("マイナンバー"));
}
