/* Blanks between characters, against a second statement of the rules: tables typed from JIS X 4051 (classes, 4.2) and
 * from JLReq 3.1.4, 3.8.3, 3.8.4. Widths in eighths of an em of BIZ UD Mincho: a kanji is 8, a Latin character 4.
 */
#include "check.h"

#include "base/utf8.h"
#include "typeset/cells.h"
#include "typeset/typeset.h"

#include <hb.h>

#define PT EMU_PER_PT
#define EM (12 * PT)

static struct fonts *fonts;
static struct arena arena;
static int role;

static const struct measure plain = {
    .size = EM, .min_size = EM, .condense = 100, .lines = LIMIT_LINES, .width = 100 * EM};

/* -- the rules, once more -- */

static const char openers[] = "「『（［｛〔【《〈“‘";
static const char closers[] = "」』）］｝〕】》〉”’";
static const char commas[] = "、，";
static const char stops[] = "。．";
static const char middles[] = "・：；";
static const char no_head[] =
    "」』）］｝〕】》〉”’、，。．・：；！？ゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
static const char leaders[] = "―…‥";

static bool among(const char *set, uint32_t code_point)
{
    const char *at = set, *end = set + strlen(set);
    while (at < end)
        if (utf8_next(&at, end) == code_point)
            return true;
    return false;
}

static bool is_latin(uint32_t code_point)
{
    return (code_point >= '0' && code_point <= '9') || (code_point >= 'A' && code_point <= 'Z') ||
           (code_point >= 'a' && code_point <= 'z');
}

static bool is_japanese(uint32_t code_point)
{
    return (code_point >= 0x3041 && code_point <= 0x30FF && !among(middles, code_point)) ||
           (code_point >= 0x4E00 && code_point <= 0x9FFF) || code_point == 0x3005;
}

/* Blank before and behind the ink, in the glyph of full width. */
static int before_ink(uint32_t code_point)
{
    return among(openers, code_point) ? 4 : among(middles, code_point) ? 2 : 0;
}

static int behind_ink(uint32_t code_point)
{
    return among(closers, code_point) || among(commas, code_point) || among(stops, code_point) ? 4
           : among(middles, code_point)                                                        ? 2
                                                                                               : 0;
}

/* JLReq, table 1: blank between the ink of two characters, in eighths. */
static int between(uint32_t a, uint32_t b)
{
    bool closing = behind_ink(a) == 4, after_close = among(closers, a);
    if ((is_latin(a) && is_japanese(b)) || (is_japanese(a) && is_latin(b)))
        return 2;
    if (closing && behind_ink(b) == 4)
        return 0;
    if (closing && among(openers, b))
        return 4;
    if (after_close && among(middles, b))
        return 2;
    if (among(openers, a) && among(openers, b))
        return 0;
    if (among(middles, a) && among(openers, b))
        return 2;
    if (among(middles, a) && among(middles, b))
        return 2;
    return behind_ink(a) + before_ink(b);
}

static int ink_of(uint32_t code_point)
{
    return is_latin(code_point) || (code_point < 0x80)
               ? 4
               : 8 - before_ink(code_point) - behind_ink(code_point);
}

/* -- pairs -- */

static enum status set_text(const char *text, const struct measure *measure, struct set_text *out)
{
    struct error error = {.message = MSG_NONE};
    arena_wipe(&arena);
    return typeset_fit(fonts, role, text_of(text), measure, &arena, out, &error);
}

static const struct {
    int row;
    const char *text;
    int eighths; /* from the first ink to the last */
} pairs[] = {
    {1, "山田", 16},          {2, "山」「田", 28},      {3, "山。」田", 28},  {4, "山、「田", 28},
    {5, "山」。田", 28},      {6, "山））田", 28},      {7, "山（（田", 28},  {8, "山）・田", 28},
    {9, "山・田", 24},        {10, "山・「田", 28},     {11, "山・・田", 30}, {12, "山。・田", 32},
    {13, "山「・田", 32},     {14, "（山田）", 24},     {15, "山田。", 20},   {16, "・山", 16},
    {17, "山A田", 24},        {18, "山12田", 28},       {19, "山Ａ田", 24},   {20, "山(A)田", 28},
    {21, "山、A", 20},        {22, "A（B）", 20},       {23, "山！」田", 32}, {24, "山？山", 24},
    {25, "山\u3000「田", 32}, {26, "『「山」』。", 28}, {27, "ー1ー", 24},    {28, "々a々", 24},
    {29, "1.5倍", 22},        {30, "山―――田", 40},
};

static void gaps(void **state)
{
    struct measure measure = plain;
    struct set_text set;
    (void)state;
    measure.close_up = measure.quarter = true;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        bool fits = set_text(pairs[i].text, &measure, &set) == OK && set.count == 1;
        row_check(pairs[i].row, fits && set.lines[0].width == pairs[i].eighths * EM / 8);
        if (fits && set.lines[0].width != pairs[i].eighths * EM / 8)
            fprintf(stderr, "%s: %d of %d\n", pairs[i].text, set.lines[0].width * 8 / EM,
                    pairs[i].eighths);
    }
    /* Nothing is asked for: nothing moves. */
    measure.close_up = measure.quarter = false;
    row_check(101,
              set_text("山。」「A田", &measure, &set) == OK && set.lines[0].width == 44 * EM / 8);
    row_check(102, set_text("「山", &measure, &set) == OK && set.lines[0].head == 0);
    measure.close_up = true;
    row_check(103, set_text("「山A", &measure, &set) == OK && set.lines[0].head == EM / 2 &&
                       set.lines[0].width == 16 * EM / 8);
    measure.condense = 50; /* 16 eighths of 14: what stands out at the head needs no room */
    measure.width = 14 * EM / 8;
    measure.lines = 1;
    row_check(104, set_text("「山A", &measure, &set) == OK && set.scale == 875 &&
                       set.lines[0].head == EM / 2 * 875 / 1000);
    measure.close_up = false;
    measure.quarter = true;
    measure.width = 100 * EM;
    row_check(105,
              set_text("「山A」「", &measure, &set) == OK && set.lines[0].width == 38 * EM / 8);
    check_rows();
}

/* -- the faces keep to the halves -- */

static bool within(const struct glyph *glyph, int first, int last)
{
    hb_glyph_extents_t ink;
    const struct face *face = &fonts->faces[glyph->face];
    hb_position_t em = 0, unused = 0;
    hb_font_get_scale(face->hb_font, &em, &unused);
    int32_t units = (int32_t)hb_face_get_upem(hb_font_get_face(face->hb_font));
    if (!hb_font_get_glyph_extents(face->hb_font, glyph->id, &ink) || units == 0 || em == 0)
        return false;
    int64_t left = ink.x_bearing, right = left + ink.width, slack = em / 50;
    return left >= (int64_t)em * first / 8 - slack && right <= (int64_t)em * last / 8 + slack;
}

static void halves(void **state)
{
    static const char *const sets[] = {openers, closers, commas, stops, middles};
    static const char *const names[] = {"mincho", "gothic", "gothic-bold"};
    (void)state;
    for (int name = 0; name < 3; name++) {
        int tried = fonts_role(fonts, text_of(names[name]));
        row_check(name, tried >= 0);
        for (int set = 0; set < 5 && tried >= 0; set++) {
            const char *at = sets[set], *end = at + strlen(at);
            while (at < end) {
                struct shaped shaped;
                struct error error = {.message = MSG_NONE};
                const char *start = at;
                uint32_t code_point = utf8_next(&at, end);
                struct text one = {start, (uint32_t)(at - start)};
                bool shapes = typeset_shape(fonts, tried, one, &arena, &shaped, &error) == OK &&
                              shaped.count == 1;
                bool sound = shapes && (shaped.glyphs[0].advance != EM_UNITS ||
                                        within(&shaped.glyphs[0], before_ink(code_point),
                                               8 - behind_ink(code_point)));
                if (!sound)
                    fprintf(stderr, "%s U+%04X\n", names[name], (unsigned)code_point);
                row_check((int)code_point, sound);
            }
        }
    }
    check_rows();
}

/* -- random texts -- */

static uint32_t seed;

static uint32_t pick(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Sentences with everything in them; no unit that may not be broken is longer than some 6 ems. */
static void make_text(char *out, size_t size)
{
    static const char *const units[] = {
        "山",   "田",   "受",     "診",     "の",     "は",       "コー", "ッ",   "ゃ",  "々",
        "、",   "。",   "・",     "「",     "」",     "（",       "）",   "『",   "』",  "。」",
        "A",    "12",   "3,000",  "Kana",   "――",     "……",       "！",   "？",   "ー",  "１",
        "資格", "情報", "マイナ", "保険証", "）は、", "」（12桁", "万",   "が一", "1.5", "です"};
    size_t length = 0;
    uint32_t count = 20 + pick(120), held = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *unit = units[pick(sizeof(units) / sizeof(*units))];
        const char *at = unit, *end = unit + strlen(unit);
        uint32_t first = utf8_next(&at, end);
        bool hangs =
            among(no_head, first) || among(openers, first) || first < 0x80 || among(leaders, first);
        held = hangs ? held + 1 : 0;
        if (held > 3 || length + strlen(unit) + 1 > size) {
            held = 0;
            unit = "山";
        }
        if (length + strlen(unit) + 1 > size)
            break;
        memcpy(out + length, unit, strlen(unit));
        length += strlen(unit);
    }
    out[length] = '\0';
}

static uint32_t character(const struct set_line *line, uint32_t glyph)
{
    const char *at = line->text.bytes + line->glyphs[glyph].text;
    return utf8_next(&at, line->text.bytes + line->text.length);
}

/* Edges and gaps of a line in EM_UNITS of its type size, ink by the tables above. */
static bool line_sound(const struct set_line *line, bool last, int64_t measure)
{
    int64_t eighth = EM_UNITS / 8, spacing = (int64_t)line->spacing * EM_UNITS / EM, slack = 4000;
    int64_t x = -(int64_t)line->head * EM_UNITS / EM, ink_end = 0;
    uint32_t before = 0;
    for (uint32_t i = 0; i < line->count; i++) {
        uint32_t now = character(line, i);
        int64_t ink = x + before_ink(now) * eighth, gap = ink - ink_end;
        int64_t natural = (i ? between(before, now) : before_ink(now)) * eighth;
        if (i == 0 && among(openers, now))
            natural = 0;
        /* Never on each other; never further than a quarter of an em beyond what the rules say. */
        if (gap < -slack || gap > natural + EM_UNITS / 4 + slack)
            return false;
        /* Words, numbers and leaders are neither spread nor shrunk. */
        bool one = i && ((is_latin(before) && is_latin(now)) ||
                         (among(leaders, before) && among(leaders, now)));
        if (one && (gap > slack || gap < -slack))
            return false;
        /* What may shrink, and how far (JLReq 3.8.3). */
        bool firm = i && (among(stops, before) || natural == 0);
        if (firm && !among(middles, now) && gap < natural - slack)
            return false;
        bool scripts = i && is_latin(before) != is_latin(now) && natural == 2 * eighth;
        if (i && !firm && !among(middles, before) && !among(middles, now) &&
            gap < natural - (scripts ? 1 : 2) * eighth - slack)
            return false;
        ink_end = ink + ink_of(now) * eighth;
        x += line->glyphs[i].advance + spacing;
        before = now;
    }
    if (ink_end > measure + slack)
        return false;
    /* A line that goes on is full, up to the blank of its last character, unless a quarter an em a gap is too little. */
    return last || line->spacing == 0 ? true
                                      : ink_end + behind_ink(before) * eighth >= measure - slack;
}

static bool head_and_end(const struct set_text *set, uint32_t i)
{
    const struct set_line *line = &set->lines[i];
    uint32_t first = character(line, 0), last = character(line, line->count - 1);
    if (i > 0 && among(no_head, first))
        return false;
    if (i + 1 < set->count && among(openers, last))
        return false;
    if (i > 0) {
        const struct set_line *above = &set->lines[i - 1];
        uint32_t end = character(above, above->count - 1);
        if ((is_latin(end) && is_latin(first)) || (among(leaders, end) && among(leaders, first)))
            return false;
    }
    return true;
}

/* The lines say the text, in its order and all of it. */
static bool says_all(const struct set_text *set, const char *text)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const struct set_line *line = &set->lines[i];
        if (line->text.bytes != text)
            return false;
        text += line->text.length;
    }
    return *text == '\0';
}

static void random_texts(void **state)
{
    struct measure measure = plain;
    struct set_text set;
    char text[2000];
    (void)state;
    measure.justify = measure.close_up = measure.quarter = true;
    unsigned lines = 0, shrunk = 0;
    for (uint32_t row = 1; row <= 6000; row++) {
        seed = row;
        make_text(text, sizeof(text));
        measure.width = (emu)(14 + pick(30)) * EM + (emu)pick(EM);
        bool sound = set_text(text, &measure, &set) == OK && set.scale == 1000 && set.size == EM &&
                     says_all(&set, text);
        for (uint32_t i = 0; sound && i < set.count; i++) {
            const struct set_line *line = &set.lines[i];
            emu width =
                typeset_width(line->glyphs, line->count, set.size, set.scale, line->spacing);
            emu off = width - line->head - line->width;
            sound = head_and_end(&set, i) && off >= -1 && off <= 1 &&
                    line->width <= measure.width &&
                    line_sound(line, i + 1 == set.count, (int64_t)measure.width * EM_UNITS / EM);
            lines++;
            shrunk += line->spacing == 0 && i + 1 < set.count;
        }
        if (!sound)
            fprintf(stderr, "%s\n", text);
        row_check((int)row, sound);
    }
    row_check(7001, lines > 20000 && shrunk > 1000); /* the test saw both kinds */
    check_rows();
}

/* A line takes one more character where its blanks have room for it, and is spread only where they have not. */
static void filled_lines(void **state)
{
    static const struct {
        int row;
        const char *text;
        int eighths;    /* of the measure */
        uint32_t count; /* characters of the first line */
        bool exact;     /* ... is as wide as the measure, without spreading */
        uint32_t lines;
    } rows[] = {
        {1, "あいうえお、かきくけこさしす", 86, 11, true, 2},
        {2, "あいうえお、かきくけこさしす", 85, 10, false,
         2},                                          /* a comma gives no more than a quarter */
        {3, "あいうえおかきくけ。", 76, 10, true, 1}, /* the end of a line has room of its own */
        {4, "あいうえおかきくけ。こさし", 76, 10, true, 2},
        {5, "あいうえおかきくけ。こさし", 75, 8, false,
         2}, /* with its full stop to the next line */
        {6, "あいう。おかきくけこさしす", 86, 10, false,
         2}, /* a full stop within the line keeps its blank */
        {7, "あいう・おかきくけこさしすせ", 84, 11, true, 2},
        {8, "あいう12おかきくけこさしす", 74, 10, true, 2}, /* 9 ems and two gaps of an eighth */
        {9, "あいう12おかきくけこさしす", 73, 9, false, 2},
        {10, "「あいうえおかきくけこさしす", 76, 10, true,
         2}, /* the blank at the head needs no room */
        {11, "あい（うえ）おかきくけこさし", 84, 11, true, 2},
    };
    struct measure measure = plain;
    struct set_text set;
    (void)state;
    measure.justify = measure.close_up = measure.quarter = true;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        measure.width = rows[i].eighths * EM / 8;
        bool fits = set_text(rows[i].text, &measure, &set) == OK && set.count == rows[i].lines;
        bool holds =
            fits && set.lines[0].count == rows[i].count &&
            (!rows[i].exact || (set.lines[0].width == measure.width && set.lines[0].spacing == 0));
        if (!holds && fits)
            fprintf(stderr, "%.*s: %d of %d\n", (int)set.lines[0].text.length,
                    set.lines[0].text.bytes, set.lines[0].width * 8 / EM, rows[i].eighths);
        row_check(rows[i].row, holds);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gaps), cmocka_unit_test(halves),
                                       cmocka_unit_test(filled_lines),
                                       cmocka_unit_test(random_texts)};
    struct error error = {.message = MSG_NONE};
    arena_open(&arena, 8u << 20);
    if (fonts_open("fonts", &fonts, &error) != OK)
        return 1;
    role = fonts_role(fonts, TEXT("mincho"));
    int failed = check_run(tests);
    fonts_close(fonts);
    arena_close(&arena);
    return failed;
}
