#include "base/memory.h"
#include "pdf/pdf.h"

#include "unit/check.h"
#include "unit/names_tokens.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every code point and every variation sequence of the pinned fonts, by every role: it is held, or it prints with
 * the glyph that FreeType finds in the first face of the chain that has it, and poppler reads it back from the PDF
 * as it was. MuPDF says which glyphs stand on the pages. Each token has a line of its own, in brackets, so that
 * blanks count. NAMES=n SEED=n in the environment take about n of them; without that all are set. */

extern char **environ;

#define LINES_PAGE 250
#define LINE_PT 14
#define SIZE_PT 10
#define PAGE_HEIGHT ((LINES_PAGE + 2) * LINE_PT * EMU_PER_PT)

/* What poppler folds to a plain blank when it writes text. That the PDF says them rightly is seen in its bytes. */
static const uint32_t folded_blanks[] = {0x00A0, 0x2002, 0x2003, 0x3000};
#define BLANKS (sizeof folded_blanks / sizeof *folded_blanks)

static const char *const roles[] = {"mincho", "gothic", "gothic-bold"};
#define ROLES (sizeof roles / sizeof *roles)

static char folder[] = "/tmp/oshirase-names-XXXXXX";
static struct fonts *fonts;
static struct arena arena;
static struct judge judge;

/* -- the chain, from the list of fonts as a reader would -- */

static const char *const chains[ROLES][3] = {{"BIZUDMincho", "IPAexMincho", "IPAmjMincho"},
                                             {"BIZUDGothic", "IPAexGothic", "IPAmjMincho"},
                                             {"BIZUDGothic-Bold", "IPAexGothic", "IPAmjMincho"}};

static uint32_t face_named(const char *name)
{
    for (uint32_t i = 0; i < fonts_faces(fonts); i++)
        if (text_is(fonts_face(fonts, i)->name, name))
            return i;
    fail_msg("no face %s", name);
    return 0;
}

struct place {
    uint32_t face, glyph; /* glyph 0: no face of the chain has it */
};

static struct place judge_place(size_t role, const struct token *token)
{
    for (int i = 0; i < 3; i++) {
        uint32_t face = face_named(chains[role][i]), glyph = judge_glyph(&judge, face, token);
        if (glyph && !token_is_private(token))
            return (struct place){face, glyph};
    }
    return (struct place){0, 0};
}

/* -- one role: what was set, and what must be found -- */

struct sheet {
    size_t role;
    struct pdf *pdf;
    FILE *glyphs, *words; /* what must stand on the pages, and what must be read from them */
    struct item items[3 * LINES_PAGE];
    uint32_t lines;
    size_t printed, held, no_face, wrong;
};

static enum status write_file(void *context, const void *bytes, size_t size, struct error *error)
{
    return fwrite(bytes, 1, size, context) == size ? OK : error_set(error, MSG_WRITE_FAILED);
}

static FILE *open_file(const char *name, const char *mode)
{
    char path[80];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, mode);
    assert_non_null(file);
    return file;
}

static void flush_page(struct sheet *sheet)
{
    struct error error;
    struct page page = {
        .width = A4_WIDTH, .height = PAGE_HEIGHT, .list = {sheet->items, 3 * sheet->lines}};
    if (sheet->lines)
        assert_int_equal(pdf_page(sheet->pdf, &page, &error), OK);
    sheet->lines = 0;
    arena_wipe(&arena);
}

static void wrong(struct sheet *sheet, const struct token *token, const char *what)
{
    if (sheet->wrong++ < 20)
        fprintf(stderr, "%s: U+%04X U+%04X: %s\n", roles[sheet->role], token->base, token->selector,
                what);
}

static enum status shape(const struct sheet *sheet, struct text text, struct shaped *out,
                         struct error *error)
{
    int role = fonts_role(fonts, text_of(roles[sheet->role]));
    return typeset_shape(fonts, role, text, &arena, out, error);
}

static emu add_text(struct sheet *sheet, struct item *item, emu x, struct text text,
                    const struct shaped *shaped)
{
    *item = (struct item){.kind = ITEM_TEXT,
                          .as.text = {.x = x,
                                      .y = (emu)(sheet->lines + 1) * LINE_PT * EMU_PER_PT,
                                      .size = SIZE_PT * EMU_PER_PT,
                                      .scale = 1000,
                                      .glyphs = shaped->glyphs,
                                      .count = shaped->count,
                                      .text = text}};
    for (uint32_t i = 0; i < shaped->count; i++) {
        struct text name = fonts_face(fonts, shaped->glyphs[i].face)->name;
        fprintf(sheet->glyphs, "%.*s %u\n", (int)name.length, name.bytes, shaped->glyphs[i].id);
    }
    return x + typeset_width(shaped->glyphs, shaped->count, SIZE_PT * EMU_PER_PT, 1000, 0);
}

static bool is_folded(struct text text)
{
    const char *at = text.bytes;
    uint32_t point = utf8_next(&at, text.bytes + text.length);
    for (size_t i = 0; i < BLANKS; i++)
        if (point == folded_blanks[i])
            return at == text.bytes + text.length;
    return false;
}

static void add_line(struct sheet *sheet, struct text text, const struct shaped *shaped)
{
    static const struct text brackets[2] = {{"[", 1}, {"]", 1}};
    struct shaped sides[2];
    struct error error;
    struct item *items = &sheet->items[3 * sheet->lines];
    emu x = 20 * EMU_PER_MM;
    for (int i = 0; i < 2; i++)
        assert_int_equal(shape(sheet, brackets[i], &sides[i], &error), OK);
    x = add_text(sheet, &items[0], x, brackets[0], &sides[0]);
    x = add_text(sheet, &items[1], x, text, shaped);
    add_text(sheet, &items[2], x, brackets[1], &sides[1]);
    if (is_folded(text))
        fprintf(sheet->words, "[ ]\n");
    else
        fprintf(sheet->words, "[%.*s]\n", (int)text.length, text.bytes);
    if (++sheet->lines == LINES_PAGE)
        flush_page(sheet);
}

/* -- what the engine may make of a token -- */

/* か with U+309A (JIS X 0213, 1-4-87) is one glyph of the fonts that has no code point. */
static bool is_ligature(size_t role, const struct token *token, const struct shaped *shaped)
{
    const struct token base = {MARK_BASE, 0};
    return token->base == 0x309A && shaped->count == 1 && shaped->glyphs[0].id != 0 &&
           shaped->glyphs[0].id != judge_place(role, &base).glyph &&
           shaped->glyphs[0].id != judge_place(role, token).glyph;
}

/* Behind か a mark is a glyph of its own, or both together are the glyph of the composed character. */
static bool is_mark_right(size_t role, const struct token *token, const struct shaped *shaped)
{
    const struct token base = {MARK_BASE, 0};
    utf8proc_int32_t pair[2] = {MARK_BASE, (utf8proc_int32_t)token->base};
    uint32_t face = shaped->glyphs[0].face;
    bool composed = utf8proc_normalize_utf32(pair, 2, UTF8PROC_COMPOSE) == 1;
    const struct token whole = {(uint32_t)pair[0], 0};
    if (composed && shaped->count == 1)
        return shaped->glyphs[0].id == judge_place(role, &whole).glyph;
    return shaped->count == 2 && shaped->glyphs[0].id == judge_glyph(&judge, face, &base) &&
           shaped->glyphs[1].face == face &&
           shaped->glyphs[1].id == judge_glyph(&judge, face, token);
}

static bool is_right(size_t role, const struct token *token, const struct shaped *shaped)
{
    struct place place = judge_place(role, token);
    if (token_is_mark(token))
        return is_mark_right(role, token, shaped) || is_ligature(role, token, shaped);
    return shaped->count == 1 && shaped->glyphs[0].face == place.face && place.glyph &&
           shaped->glyphs[0].id == place.glyph;
}

/* The reason for which a token may be held that some face of the chain has. */
static bool may_be_held(const struct token *token, enum message message)
{
    if (token_is_mark(token))
        return message == MSG_GLYPH_PLACEMENT || message == MSG_NO_GLYPH;
    return token->base == 0xAD && message == MSG_MARK_ALONE; /* soft hyphen: prints nothing */
}

/* The same glyph between two sequences, where the whole string is shaped by HarfBuzz: neither composed nor
 * decomposed, and no look-alike. */
static bool is_right_in_string(const struct sheet *sheet, const struct token *token,
                               const struct shaped *alone)
{
    static const char side[] = "葛\U000E0100";
    char bytes[64];
    struct shaped shaped;
    struct error error;
    size_t size = sizeof side - 1;
    memcpy(bytes, side, size);
    size += token_put(token, bytes + size);
    memcpy(bytes + size, side, sizeof side - 1);
    size += sizeof side - 1;
    if (shape(sheet, (struct text){bytes, (uint32_t)size}, &shaped, &error) != OK)
        return false;
    if (shaped.count != alone->count + 2)
        return false;
    for (uint32_t i = 0; i < alone->count; i++)
        if (shaped.glyphs[i + 1].id != alone->glyphs[i].id ||
            shaped.glyphs[i + 1].face != alone->glyphs[i].face)
            return false;
    return true;
}

static void set_token(struct sheet *sheet, const struct token *token)
{
    struct shaped shaped;
    struct error error;
    char *bytes = arena_take(&arena, 16);
    assert_non_null(bytes);
    struct text text = {bytes, token_put(token, bytes)};
    if (shape(sheet, text, &shaped, &error) != OK) {
        bool absent = judge_place(sheet->role, token).glyph == 0;
        sheet->held++;
        sheet->no_face += absent;
        if (absent ? error.message != MSG_NO_GLYPH : !may_be_held(token, error.message))
            wrong(sheet, token, "held, but the fonts have it");
        return;
    }
    sheet->printed++;
    if (!is_right(sheet->role, token, &shaped))
        wrong(sheet, token, "another glyph than the font's own");
    if (!is_right_in_string(sheet, token, &shaped))
        wrong(sheet, token, "another glyph within a string");
    add_line(sheet, text, &shaped);
}

static unsigned long environment(const char *name, unsigned long otherwise)
{
    const char *value = getenv(name);
    return value ? strtoul(value, NULL, 10) : otherwise;
}

static void set_all(struct sheet *sheet)
{
    unsigned long count = environment("NAMES", (unsigned long)judge.count);
    unsigned long seed = environment("SEED", 1);
    size_t step = count && count < judge.count ? judge.count / count : 1;
    for (size_t i = step > 1 ? seed % step : 0; i < judge.count; i += step)
        set_token(sheet, &judge.tokens[i]);
    flush_page(sheet);
}

static void make_pdf(struct sheet *sheet)
{
    static const struct pdf_options options = {
        .title = {"names", 5}, .date = {2024, 10, 1}, .level = 1};
    static const struct digest id = {{1}};
    struct error error;
    FILE *file = open_file("all.pdf", "wb");
    struct sink sink = {write_file, file};
    sheet->glyphs = open_file("glyphs.want", "wb");
    sheet->words = open_file("words.want", "wb");
    assert_int_equal(pdf_new(&sink, fonts, &options, &sheet->pdf, &error), OK);
    set_all(sheet);
    assert_int_equal(pdf_close(sheet->pdf, &id, &error), OK);
    fclose(file);
    fclose(sheet->glyphs);
    fclose(sheet->words);
}

/* -- what other programs find in it -- */

/* Runs a program; what it says goes to a file of the folder. */
static bool run(const char *said, const char *const argv[])
{
    char path[80];
    posix_spawn_file_actions_t actions;
    int status = -1;
    pid_t child;
    snprintf(path, sizeof path, "%s/%s", folder, said);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, path, 01102, 0600); /* O_CREAT O_TRUNC O_RDWR */
    if (posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ) == 0)
        waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The next line that says something, without its end and without page breaks. */
static bool next_line(FILE *file, char *line, size_t room)
{
    do {
        if (!fgets(line, (int)room, file))
            return false;
        while (*line == '\f')
            memmove(line, line + 1, strlen(line));
        line[strcspn(line, "\n")] = '\0';
    } while (*line == '\0');
    return true;
}

/* Lines of a file that are not as wanted, those missing or too many included. The first are shown as code points. */
static size_t count_wrong(const char *want_name, const char *have_name)
{
    FILE *want = open_file(want_name, "rb"), *have = open_file(have_name, "rb");
    char wanted[256], found[256];
    size_t differ = 0;
    for (;;) {
        bool more_wanted = next_line(want, wanted, sizeof wanted);
        bool more_found = next_line(have, found, sizeof found);
        if (!more_wanted && !more_found)
            break;
        if (more_wanted && more_found && strcmp(wanted, found) == 0)
            continue;
        if (differ++ < 20)
            fprintf(stderr, "want %s, have %s\n", more_wanted ? wanted : "no more",
                    more_found ? found : "no more");
        if (!more_wanted || !more_found)
            break;
    }
    fclose(want);
    fclose(have);
    return differ;
}

/* MuPDF's trace as lines of `face glyph`: <span font="ABCDEF+Face" ...> <g ... glyph="123" .../>. Further
 * characters of one glyph have glyph -1. */
static void read_trace(void)
{
    FILE *trace = open_file("trace", "rb"), *out = open_file("glyphs.have", "wb");
    char line[1024], face[64] = "";
    while (next_line(trace, line, sizeof line)) {
        const char *span = strstr(line, "<span font=\""), *glyph = strstr(line, " glyph=\"");
        const char *plus = span ? strchr(span, '+') : NULL;
        if (plus)
            snprintf(face, sizeof face, "%.*s", (int)strcspn(plus + 1, "\""), plus + 1);
        else if (glyph && glyph[8] != '-')
            fprintf(out, "%s %ld\n", face, strtol(glyph + 8, NULL, 10));
    }
    fclose(trace);
    fclose(out);
}

static void check_role(size_t role)
{
    static struct sheet sheet;
    char path[80];
    int row = (int)role * 10;
    memset(&sheet, 0, sizeof sheet);
    sheet.role = role;
    make_pdf(&sheet);
    snprintf(path, sizeof path, "%s/all.pdf", folder);
    row_check(row + 1, sheet.wrong == 0);
    row_check(row + 2, run("words.have", (const char *[]){"pdftotext", "-raw", path, "-", NULL}));
    size_t words = count_wrong("words.want", "words.have");
    row_check(row + 3, words == 0);
    row_check(row + 4, run("trace", (const char *[]){"mutool", "trace", path, NULL}));
    read_trace();
    size_t glyphs = count_wrong("glyphs.want", "glyphs.have");
    row_check(row + 5, glyphs == 0);
    row_check(row + 6, sheet.printed > sheet.held * 1000);
    printf("%s: %zu code points, %zu sequences; %zu printed, %zu held (%zu that no font of the "
           "chain may draw), %zu wrong\n",
           roles[role], judge.code_points, judge.sequences, sheet.printed, sheet.held,
           sheet.no_face, sheet.wrong + words + glyphs);
}

static void every_name_comes_back(void **state)
{
    (void)state;
    for (size_t role = 0; role < ROLES; role++)
        check_role(role);
    check_rows();
}

/* Either the ToUnicode map or an ActualText of an unpacked PDF says this code point. */
static bool pdf_says(uint32_t point, uint32_t glyph)
{
    static char bytes[1 << 20];
    char map[40], actual[40];
    FILE *file = open_file("unpacked", "rb");
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    snprintf(map, sizeof map, "\n<%04X> <%04X>\n", glyph, point);
    snprintf(actual, sizeof actual, "/ActualText<FEFF%04X>", point);
    return memmem(bytes, size, map, strlen(map)) || memmem(bytes, size, actual, strlen(actual));
}

static void folded_blanks_stand_in_the_pdf(void **state)
{
    static struct sheet sheet;
    static const struct pdf_options options = {
        .title = {"blank", 5}, .date = {2024, 10, 1}, .level = 1};
    static const struct digest id = {{1}};
    struct error error;
    char path[80];
    (void)state;
    snprintf(path, sizeof path, "%s/all.pdf", folder);
    for (size_t i = 0; i < BLANKS; i++) {
        const struct token token = {folded_blanks[i], 0};
        FILE *file = open_file("all.pdf", "wb");
        struct sink sink = {write_file, file};
        memset(&sheet, 0, sizeof sheet);
        sheet.glyphs = open_file("glyphs.want", "wb");
        sheet.words = open_file("words.want", "wb");
        assert_int_equal(pdf_new(&sink, fonts, &options, &sheet.pdf, &error), OK);
        set_token(&sheet, &token);
        flush_page(&sheet);
        assert_int_equal(pdf_close(sheet.pdf, &id, &error), OK);
        fclose(file);
        fclose(sheet.glyphs);
        fclose(sheet.words);
        row_check(i + 1, sheet.printed == 1 && sheet.wrong == 0 &&
                             run("unpacked", (const char *[]){"qpdf", "--stream-data=uncompress",
                                                              path, "-", NULL}) &&
                             pdf_says(token.base, judge_place(0, &token).glyph));
    }
    check_rows();
}

/* -- the glyphs as embedded -- */

static FT_Outline *outline_of(FT_Face face, uint32_t glyph)
{
    FT_Int32 flags = FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP;
    return FT_Load_Glyph(face, glyph, flags) ? NULL : &face->glyph->outline;
}

/* The same points; where the list of fonts scales, all of them moved to the right by `offset`. */
static bool same_outline(const FT_Outline *a, const FT_Outline *b, FT_Pos offset)
{
    size_t contours = a ? (size_t)a->n_contours : 0;
    if (!a || !b || a->n_points != b->n_points || a->n_contours != b->n_contours)
        return false;
    for (int i = 0; i < a->n_points; i++)
        if (a->points[i].x + offset != b->points[i].x || a->points[i].y != b->points[i].y)
            return false;
    return contours == 0 || memcmp(a->contours, b->contours, contours * sizeof *a->contours) == 0;
}

/* Glyphs of the face that a token leads to, as a bit each. */
static size_t mark_glyphs(uint32_t face, uint8_t *used)
{
    size_t count = 0;
    for (size_t i = 0; i < judge.count; i++) {
        uint32_t glyph = judge_glyph(&judge, face, &judge.tokens[i]);
        if (glyph == 0 || used[glyph / 8] >> (glyph % 8) & 1)
            continue;
        used[glyph / 8] |= (uint8_t)(1u << (glyph % 8));
        count++;
    }
    return count;
}

static void subsets_draw_the_same(void **state)
{
    (void)state;
    for (uint32_t face = 0; face < judge.face_count; face++) {
        static uint8_t used[65536 / 8];
        struct buffer subset = {0};
        struct error error;
        FT_Face embedded;
        size_t wrong_outlines = 0;
        memset(used, 0, sizeof used);
        size_t count = mark_glyphs(face, used);
        assert_int_equal(fonts_subset(fonts, face, used, &subset, &error), OK);
        assert_int_equal(FT_New_Memory_Face(judge.library, (const FT_Byte *)subset.bytes,
                                            (FT_Long)subset.size, 0, &embedded),
                         0);
        for (uint32_t glyph = 0; glyph < fonts_face(fonts, face)->glyphs; glyph++)
            if (used[glyph / 8] >> (glyph % 8) & 1)
                wrong_outlines +=
                    !same_outline(outline_of(judge.faces[face], glyph), outline_of(embedded, glyph),
                                  fonts_offset(fonts, face, glyph));
        FT_Done_Face(embedded);
        buffer_free(&subset);
        row_check(face + 1, count > 10000 && wrong_outlines == 0);
    }
    check_rows();
}

static void clean(void)
{
    static const char *const names[] = {"all.pdf",     "words.want", "words.have", "glyphs.want",
                                        "glyphs.have", "trace",      "unpacked"};
    char path[80];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_name_comes_back),
                                       cmocka_unit_test(folded_blanks_stand_in_the_pdf),
                                       cmocka_unit_test(subsets_draw_the_same)};
    struct error error;
    arena_open(&arena, 8 << 20);
    if (fonts_open("fonts", &fonts, &error) != OK || !judge_open(&judge, fonts) || !mkdtemp(folder))
        return 1;
    int result = check_run(tests);
    clean();
    judge_close(&judge);
    fonts_close(fonts);
    arena_close(&arena);
    return result;
}
