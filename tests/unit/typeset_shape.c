/* Characters to glyphs: which face draws a cluster, what is refused, and that the fast path gives exactly what
 * HarfBuzz gives. */
#include "check.h"

#include "base/utf8.h"
#include "typeset/typeset.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>

#define ARENA (64u << 20)

static struct fonts *fonts;
static struct arena arena;
static hb_font_t *judges[LIMIT_FACES]; /* HarfBuzz by itself, on the same bytes */

static int setup(void **state)
{
    struct error error = {.message = MSG_NONE};
    (void)state;
    arena_open(&arena, ARENA);
    if (fonts_open("fonts", &fonts, &error) != OK)
        return -1;
    for (uint32_t i = 0; i < fonts_faces(fonts); i++) {
        struct text bytes = fonts_bytes(fonts, i);
        hb_blob_t *blob =
            hb_blob_create(bytes.bytes, bytes.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
        hb_face_t *face = hb_face_create(blob, 0);
        judges[i] = hb_font_create(face);
        hb_face_destroy(face);
        hb_blob_destroy(blob);
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < fonts_faces(fonts); i++)
        hb_font_destroy(judges[i]);
    fonts_close(fonts);
    arena_close(&arena);
    return 0;
}

/* -- which face, how many glyphs, alias or not -- */

static const struct {
    int row;
    const char *role, *text;
    const char *faces; /* a letter a glyph: B BIZ UD, X IPAex, J IPAmj */
    const char *alias; /* a digit a glyph */
} drawn[] = {
    {1, "mincho", "山田太郎", "BBBB", "0000"},
    {2, "mincho", "Smith 123", "BBBBBBBBB", "000000000"},
    {3, "mincho", "\u3000 ", "BB", "00"},
    {4, "mincho", "\U00020BB7田", "JB", "00"},         /* 𠮷 */
    {5, "mincho", "\U00020B9F\U0002000B", "BB", "00"}, /* 𠮟 𠀋 */
    {6, "mincho", "髙\uFA11栁濵", "BBBB", "0000"},
    {7, "mincho", "葛\U000E0100", "B", NULL},
    {8, "mincho", "葛\U000E0101", "B", NULL},
    {9, "mincho", "葛\U000E0102", "J", NULL},
    {10, "mincho", "葛\U000E0108", "J", NULL},
    {11, "mincho", "西葛\U000E0102飾", "BJB", NULL},
    {12, "mincho", "邊\U000E0112", "J", NULL},
    {13, "mincho", "か\u3099", "B", "1"},     /* composed: が, but not the text of が */
    {14, "mincho", "か\u309A", "B", "1"},     /* a glyph of its own, by ccmp */
    {15, "mincho", "\u02E9\u02E5", "B", "1"}, /* tone letters make a ligature */
    {16, "mincho", "○△×－", "BBBB", "0000"},
    {17, "mincho", "ｶﾞ", "BB", "00"}, /* half-width voiced mark is a character */
    {18, "gothic", "\U00020BB7", "J", "0"},
    {19, "gothic-bold", "葛\U000E0102", "J", NULL},
    {20, "mincho", "", "", ""},
    {21, "mincho", "か\u200Bき", "BB", "10"}, /* zero-width blank goes with its neighbour */
    {22, "mincho", "\u200Bかき", "BB", "10"},
    {23, "mincho", "e\u0301", "B", "1"},
    {24, "mincho", "\uFF21\uFF11", "BB", "00"}, /* full-width forms have their own glyphs */
    {25, "mincho", "\u6885\u2F41", "BX", "01"}, /* a radical drawn with the glyph of an ideograph */
    {26, "mincho", "ｶﾞ葛\U000E0102ｶﾞ", "BBJBB", NULL},
    {27, "mincho", "あ\u3099", "XX", "11"}, /* no such glyph: two of them, still one cluster */
};

static char face_letter(uint16_t face)
{
    const char *name = fonts_face(fonts, face)->name.bytes;
    return name[0] == 'B' ? 'B' : strncmp(name, "IPAmj", 5) == 0 ? 'J' : 'X';
}

/* Clusters cover every byte in order, the sum is the width, no glyph is .notdef. */
static bool is_whole(const struct shaped *shaped, struct text text)
{
    uint32_t at = 0;
    int64_t width = 0;
    for (uint32_t i = 0; i < shaped->count; i++) {
        const struct glyph *glyph = &shaped->glyphs[i];
        if (glyph->id == 0 || glyph->advance < 0 || (glyph->text_length && glyph->text != at))
            return false;
        at += glyph->text_length;
        width += glyph->advance;
    }
    return at == text.length && width == shaped->width;
}

static bool is_drawn(size_t i)
{
    struct shaped shaped;
    struct error error = {.message = MSG_NONE};
    struct text text = text_of(drawn[i].text);
    int role = fonts_role(fonts, text_of(drawn[i].role));
    if (typeset_shape(fonts, role, text, &arena, &shaped, &error) != OK ||
        shaped.count != strlen(drawn[i].faces) || !is_whole(&shaped, text))
        return false;
    for (uint32_t k = 0; k < shaped.count; k++) {
        if (face_letter(shaped.glyphs[k].face) != drawn[i].faces[k])
            return false;
        if (drawn[i].alias &&
            shaped.glyphs[k].flags != (drawn[i].alias[k] == '1' ? GLYPH_ALIAS : 0))
            return false;
    }
    return true;
}

static void faces_and_clusters(void **state)
{
    (void)state;
    for (int pass = 0; pass < 2; pass++) /* the second from filled cells */
        for (size_t i = 0; i < sizeof(drawn) / sizeof(*drawn); i++)
            row_check(drawn[i].row, is_drawn(i));
    check_rows();
}

/* -- refusals -- */

static const struct {
    int row;
    const char *text;
    uint32_t length;
    enum message message;
    uint32_t offset;
} refused[] = {
#define T(literal) literal, (uint32_t)sizeof(literal) - 1
    {1, T("葛\U000E01EF"), MSG_NO_GLYPH, 1},
    {2, T("山田葛\U000E01EF子"), MSG_NO_GLYPH, 7},
    {3, T("1\uFE0F"), MSG_NO_GLYPH, 1}, /* emoji selector: never dropped */
    {4, T("山\U0001F600"), MSG_NO_GLYPH, 4},
    {5, T("\uE000"), MSG_NO_GLYPH, 1}, /* private use: nobody knows what it is */
    {6, T("山\uF8F0"), MSG_NO_GLYPH, 4},
    {7, T("\U0010FFFD"), MSG_NO_GLYPH, 1},
    {8, T("\u0378"), MSG_NO_GLYPH, 1}, /* unassigned */
    {9, T("山\t田"), MSG_CONTROL_CHARACTER, 4},
    {10, T("山\n田"), MSG_CONTROL_CHARACTER, 4},
    {11, T("\0"), MSG_CONTROL_CHARACTER, 1},
    {12, T("\x7F"), MSG_CONTROL_CHARACTER, 1},
    {13, T("\xC2\x85"), MSG_CONTROL_CHARACTER, 1},
    {14, T("山\uFFFD"), MSG_CONTROL_CHARACTER, 4},
    {15, T("\u2028"), MSG_CONTROL_CHARACTER, 1},
    {16, T("A\u202EB"), MSG_CONTROL_CHARACTER, 2}, /* would turn the order of what follows */
    {17, T("A\u2067B"), MSG_CONTROL_CHARACTER, 2},
    {18, T("\uFFFE"), MSG_CONTROL_CHARACTER, 1},
    {19, T("\u05D0\u05D1"), MSG_SCRIPT_UNSUPPORTED, 1},
    {20, T("A\u0645"), MSG_SCRIPT_UNSUPPORTED, 2},
    {21, T("\u0E01\u0E34"), MSG_SCRIPT_UNSUPPORTED, 1},
    {22, T("\u0915\u093F"), MSG_SCRIPT_UNSUPPORTED, 1},
    {23, T("\u1112\u1161"), MSG_SCRIPT_UNSUPPORTED, 1},
    {24, T("\u3099か"), MSG_MARK_ALONE, 1},
    {25, T("\U000E0100"), MSG_MARK_ALONE, 1},
    {26, T("\u200B"), MSG_MARK_ALONE, 1},
    {27, T("山\xFF"), MSG_CONTROL_CHARACTER, 4},        /* not UTF-8 */
    {28, T("山\xE3\x81"), MSG_CONTROL_CHARACTER, 4},    /* cut off */
    {29, T("葛\U000E0102\U000E0102"), MSG_NO_GLYPH, 1}, /* two selectors */
    {30, T("か\u3099\u3099\u3099\u3099\u3099\u3099\u3099\u3099\u3099\u3099"), MSG_GLYPH_PLACEMENT,
     1},
    {31, T("\uFFFC"), MSG_CONTROL_CHARACTER, 1},
    {32, T("葛飾葛\U000E0102\U000E01EF"), MSG_NO_GLYPH, 7},
#undef T
};

static void refusals(void **state)
{
    int role = fonts_role(fonts, TEXT("mincho"));
    (void)state;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
            struct shaped shaped;
            struct error error = {.message = MSG_NONE};
            struct text text = {refused[i].text, refused[i].length};
            row_check(refused[i].row,
                      typeset_shape(fonts, role, text, &arena, &shaped, &error) == REJECT &&
                          error.message == refused[i].message &&
                          error.offset == refused[i].offset && error.name[0] == '\0');
        }
    }
    struct shaped shaped;
    struct error error = {.message = MSG_NONE};
    row_check(90, typeset_shape(fonts, -1, TEXT("a"), &arena, &shaped, &error) == STOP);
    row_check(91, typeset_shape(fonts, 99, TEXT("a"), &arena, &shaped, &error) == STOP);
    struct arena narrow;
    arena_open(&narrow, 64);
    static char long_text[4096];
    memset(long_text, 'a', sizeof(long_text));
    struct text text = {long_text, sizeof(long_text)};
    row_check(92, typeset_shape(fonts, role, text, &narrow, &shaped, &error) == STOP &&
                      error.message == MSG_NO_MEMORY);
    arena_close(&narrow);
    check_rows();
}

/* -- the fast path against HarfBuzz -- */

static hb_buffer_t *judged;

/* True when HarfBuzz alone gives the same glyphs and advances for a text that one face set. Its clusters may
 * differ: it joins half-width kana with their voiced marks. */
static bool agrees(const struct shaped *shaped, struct text text)
{
    unsigned count = 0;
    uint16_t face = shaped->count ? shaped->glyphs[0].face : 0;
    for (uint32_t i = 0; i < shaped->count; i++)
        if (shaped->glyphs[i].face != face)
            return true; /* runs of several faces: each is compared elsewhere */
    hb_buffer_clear_contents(judged);
    hb_buffer_add_utf8(judged, text.bytes, (int)text.length, 0, (int)text.length);
    hb_buffer_set_language(judged, hb_language_from_string("ja", -1));
    hb_buffer_guess_segment_properties(judged);
    hb_shape(judges[face], judged, NULL, 0);
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(judged, &count);
    hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(judged, NULL);
    if (count != shaped->count)
        return false;
    for (unsigned i = 0; i < count; i++)
        if (infos[i].codepoint != shaped->glyphs[i].id ||
            (int64_t)positions[i].x_advance * EM_UNITS / fonts_face(fonts, face)->units !=
                shaped->glyphs[i].advance ||
            positions[i].x_offset != 0 || positions[i].y_offset != 0)
            return false;
    return true;
}

static bool shapes_as_judged(int role, struct text text, uint32_t *set)
{
    struct shaped shaped;
    struct error error = {.message = MSG_NONE};
    arena_wipe(&arena);
    if (typeset_shape(fonts, role, text, &arena, &shaped, &error) != OK)
        return error.message >= MSG_NO_GLYPH; /* refused by rule, not drawn otherwise */
    ++*set;
    return is_whole(&shaped, text) && agrees(&shaped, text);
}

static bool sequence_agrees(int role, const uint32_t *code_points, size_t count, uint32_t *set)
{
    char bytes[64];
    uint32_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += (uint32_t)utf8_put(bytes + length, code_points[i]);
    return shapes_as_judged(role, (struct text){bytes, length}, set);
}

static void each_code_point(void **state)
{
    static const char *const roles[] = {"mincho", "gothic", "gothic-bold"};
    (void)state;
    judged = hb_buffer_create();
    for (size_t r = 0; r < sizeof(roles) / sizeof(*roles); r++) {
        int role = fonts_role(fonts, text_of(roles[r]));
        uint32_t wrong = 0, set = 0;
        for (uint32_t code_point = 0x20; code_point < 0x30000; code_point++)
            if (code_point < 0xD800 || code_point > 0xDFFF)
                wrong += !sequence_agrees(role, &code_point, 1, &set);
        row_check(2 * r + 1, wrong == 0);
        row_check(2 * r + 2, set > 54000); /* nearly all that IPAmj has */
    }
    hb_buffer_destroy(judged);
    check_rows();
}

/* Every pair out of: ASCII, Latin-1, IPA, Greek, kana with extensions, marks, brackets, forms, some kanji. */
static uint32_t pair_sample(uint32_t *sample, uint32_t room)
{
    static const struct {
        uint32_t first, last, step;
    } ranges[] = {
        {0x20, 0x7E, 1},     {0xA0, 0xFF, 3},     {0x250, 0x25A, 1},     {0x28C, 0x28C, 1},
        {0x2E5, 0x2E9, 1},   {0x300, 0x304, 1},   {0x391, 0x3A0, 5},     {0x3041, 0x30FF, 1},
        {0x31F0, 0x31FF, 1}, {0x3001, 0x3015, 2}, {0x4E00, 0x9FA0, 997}, {0xFF10, 0xFF12, 1},
        {0xFF66, 0xFF9F, 7}, {0x2010, 0x2026, 3}, {0x2044, 0x2044, 1},   {0x20B9F, 0x20B9F, 1}};
    uint32_t count = 0;
    for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
        for (uint32_t c = ranges[i].first; c <= ranges[i].last && count < room; c += ranges[i].step)
            sample[count++] = c;
    return count;
}

static void all_pairs(void **state)
{
    static const char *const roles[] = {"mincho", "gothic-bold"};
    uint32_t sample[512], count = pair_sample(sample, 512);
    (void)state;
    judged = hb_buffer_create();
    hb_buffer_set_flags(judged, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    for (size_t r = 0; r < 2; r++) {
        uint32_t wrong = 0, set = 0;
        int role = fonts_role(fonts, text_of(roles[r]));
        for (uint32_t i = 0; i < count * count; i++) {
            uint32_t pair[2] = {sample[i / count], sample[i % count]};
            wrong += !sequence_agrees(role, pair, 2, &set);
        }
        row_check(2 * r + 1, wrong == 0);
        row_check(2 * r + 2, set > count * count * 9 / 10);
    }
    hb_buffer_destroy(judged);
    check_rows();
}

/* A small generator of its own, so that the rows are the same everywhere. */
static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Strings out of parts of the default lookups: what pairs and threes cannot show. */
static void strings_of_parts(void **state)
{
    static const uint32_t parts[] = {0xE6,   0x251,  0x254,  0x259,  0x25A,  0x28C,  0x2E5,
                                     0x2E9,  0x304B, 0x304D, 0x304F, 0x3051, 0x3053, 0x30AB,
                                     0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30BB, 0x30C4, 0x30C8,
                                     0x31F7, 0x309A, 0x3099, 0x300,  0x301,  0x5C71, 0x41};
    const uint32_t part_count = sizeof(parts) / sizeof(*parts);
    uint32_t seed = 2024, wrong = 0, set = 0;
    int role = fonts_role(fonts, TEXT("mincho"));
    (void)state;
    judged = hb_buffer_create();
    hb_buffer_set_flags(judged, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    for (int i = 0; i < 20000; i++) {
        uint32_t string[8];
        size_t length = 2 + next_random(&seed) % 7;
        for (size_t k = 0; k < length; k++)
            string[k] = parts[next_random(&seed) % part_count];
        wrong += !sequence_agrees(role, string, length, &set);
    }
    row_check(1, wrong == 0);
    row_check(2, set > 1000);
    hb_buffer_destroy(judged);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faces_and_clusters), cmocka_unit_test(refusals),
        cmocka_unit_test(each_code_point), cmocka_unit_test(all_pairs),
        cmocka_unit_test(strings_of_parts)};
    if (setup(NULL) != 0)
        return 1;
    int failed = check_run(tests);
    teardown(NULL);
    return failed;
}
