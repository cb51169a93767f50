#include "pdf/pdf.h"
#include "symbology/qr.h"

#include "unit/check.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* A PDF with the pinned fonts, judged by programs that share no code with the engine. Fictional
 * text. */

extern char **environ;

static char folder[] = "/tmp/oshirase-pdf-XXXXXX";
static struct fonts *fonts;
static struct arena arena;

#define QR_TEXT "https://example.jp/portal?id=0123456789"
#define QR_X 3000 /* place and module of the symbol, in dots of 600 dpi */
#define QR_Y 4500
#define QR_MODULE 12

/* Each line must come back byte for byte. */
static const struct {
    int row;
    const char *role, *words;
    uint16_t scale;
    emu spacing;
} lines[] = {
    {1, "mincho", "架空 太郎 様", 1000, 0},
    {2, "mincho", "東京都千代田区千代田1-1 (ABC) \\ 100%", 1000, 0},
    {3, "mincho", "葛\U000E0100城市と葛\U000E0101飾区と葛飾区", 1000, 0},
    {4, "mincho", "𠮟られた𠮷野さん", 1000, 0},
    {5, "mincho", "か\u3099き\u3099は\u309A", 1000, 0},
    {6, "mincho", "⼭⼝⽥と山口田", 1000, 0},
    {7, "mincho", "神\uFA19社\uFA4Cと神社", 1000, 0},
    {8, "mincho", "辻\U000E0100さん辻\U000E0101さん", 900, 0},
    {9, "gothic", "資格情報のお知らせ 123,456円", 1000, 12700},
    {10, "gothic-bold", "１２３ 123 ＡＢＣ ABC ｱｲｳ アイウ", 800, -1270},
    {11, "mincho", "邉邊\U000E0108邊\U000E010D邊\U000E010A邊", 1000, 0},
    {12, "mincho", "「、。」（）〒々〆ヶ髙﨑", 1000, 0},
    {13, "mincho", "fi ffi fl office", 1000, 0},
    {14, "gothic", "Ⅷ①㈱㍻ℓ～〜−－ー‐", 1000, 0},
};
#define LINE_COUNT (sizeof lines / sizeof *lines)

static struct item line_item(size_t i)
{
    struct text words = text_of(lines[i].words);
    struct shaped shaped;
    struct error error;
    struct item item = {.kind = ITEM_TEXT};
    char said[256];

    if (typeset_shape(fonts, fonts_role(fonts, text_of(lines[i].role)), words, &arena, &shaped,
                      &error) != OK) {
        error_format(&error, LANGUAGE_ENGLISH, said, sizeof said);
        fail_msg("line %d: %s", lines[i].row, said);
    }
    item.as.text = (struct item_text){.x = 20 * EMU_PER_MM,
                                      .y = (emu)(20 + 10 * i) * EMU_PER_MM,
                                      .size = 12 * EMU_PER_PT,
                                      .scale = lines[i].scale,
                                      .spacing = lines[i].spacing,
                                      .glyphs = shaped.glyphs,
                                      .count = shaped.count,
                                      .text = words};
    return item;
}

static enum status write_file(void *context, const void *bytes, size_t size, struct error *error)
{
    return fwrite(bytes, 1, size, context) == size ? OK : error_set(error, MSG_WRITE_FAILED);
}

static void add_drawings(struct item *items)
{
    static const uint8_t bits[] = {0xFF, 0x81, 0xBD, 0xA5, 0xA5, 0xBD, 0x81, 0xFF};
    static const uint8_t steps[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    static const emu points[] = {EMU_PER_MM * 150, EMU_PER_MM * 20,  EMU_PER_MM * 160,
                                 EMU_PER_MM * 20,  EMU_PER_MM * 155, EMU_PER_MM * 30};
    static struct qr qr;
    struct error error;

    assert_int_equal(qr_encode(text_of(QR_TEXT), 'M', false, &qr, &error), OK);
    items[0] = (struct item){.kind = ITEM_MODULES,
                             .as.modules = {QR_X * EMU_PER_DOT600, QR_Y * EMU_PER_DOT600,
                                            QR_MODULE * EMU_PER_DOT600, qr.modules,
                                            sizeof qr.bits[0], qr.bits[0], 0}};
    items[1] = (struct item){.kind = ITEM_STROKE,
                             .as.stroke = {100 * EMU_PER_MM, 230 * EMU_PER_MM, 86 * EMU_PER_MM,
                                           54 * EMU_PER_MM, 3810, 38100, 25400, 108000}};
    items[2] = (struct item){.kind = ITEM_BITMAP,
                             .as.bitmap = {20 * EMU_PER_MM, 250 * EMU_PER_MM, 20 * EMU_PER_MM,
                                           20 * EMU_PER_MM, 8, 8, 1, bits, 1}};
    items[3] = (struct item){.kind = ITEM_PATH, .as.path = {steps, 4, points, 3, false, 0}};
}

/* Two pages, the first with its lines in a layer, the second, of another size, in its own content.
 */
static void write_pages(struct pdf *pdf, struct item *items, uint32_t count, struct error *error)
{
    struct layer layer = {.index = 1, .list = {items, count}};
    struct page pages[2] = {
        {.width = A4_WIDTH, .height = A4_HEIGHT, .layer = &layer, .guides = {items + count - 3, 1}},
        {.width = 200 * EMU_PER_MM, .height = 300 * EMU_PER_MM, .list = {items, count}}};

    for (int i = 0; i < 2; i++)
        assert_int_equal(pdf_page(pdf, &pages[i], error), OK);
}

static void write_pdf(const char *path, bool guides)
{
    const struct pdf_options options = {
        .title = TEXT("見本 𠮷"), .date = {2024, 10, 1}, .level = 1, .guides = guides};
    static const struct digest id = {{1, 2, 3}};
    struct item items[LINE_COUNT + 4];
    FILE *file = fopen(path, "wb");
    struct sink sink = {write_file, file};
    struct pdf *pdf;
    struct error error;

    assert_non_null(file);
    for (size_t i = 0; i < LINE_COUNT; i++)
        items[i] = line_item(i);
    add_drawings(items + LINE_COUNT);
    assert_int_equal(pdf_new(&sink, fonts, &options, &pdf, &error), OK);
    write_pages(pdf, items, LINE_COUNT + 4, &error);
    assert_int_equal(pdf_close(pdf, &id, &error), OK);
    assert_int_equal(fclose(file), 0);
}

/* -- the judges -- */

/* Runs a program in the folder; what it says, on both channels, in out. Gives its exit code. */
static int run(char *out, size_t room, const char *const argv[])
{
    char path[64];
    posix_spawn_file_actions_t actions;
    int status = -1;
    size_t size = 0;
    pid_t child;
    FILE *file;

    snprintf(path, sizeof path, "%s/said", folder);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, path, 01102, 0600); /* O_CREAT O_TRUNC O_RDWR */
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    if (posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ) == 0)
        waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    file = fopen(path, "rb");
    if (file) {
        size = fread(out, 1, room - 1, file);
        fclose(file);
    }
    out[size] = '\0';
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The n-th line (from 0) of text that is not empty equals words. */
static bool line_is(const char *text, size_t n, const char *words)
{
    while (*text) {
        size_t length = strcspn(text, "\n\f");

        if (length > 0 && n-- == 0)
            return length == strlen(words) && memcmp(text, words, length) == 0;
        text += length + (text[length] != '\0');
    }
    return false;
}

/* MuPDF 1.21 knows no ActualText, and takes the halves of a surrogate pair that stands behind a
 * base in ToUnicode for two characters; so it is asked for lines only that need neither. */
static bool mupdf_reads(size_t i)
{
    static const char *const needs[] = {"\U000E0100", "\U000E0108", "\u3099", "⼭"};

    for (size_t n = 0; n < sizeof needs / sizeof *needs; n++)
        if (strstr(lines[i].words, needs[n]))
            return false;
    return true;
}

static void check_lines(const char *said, bool mupdf)
{
    for (size_t page = 0; page < 2; page++)
        for (size_t i = 0; i < LINE_COUNT; i++)
            if (!mupdf || mupdf_reads(i))
                row_check(lines[i].row + (int)page * 100 + mupdf * 1000,
                          line_is(said, page * LINE_COUNT + i, lines[i].words));
    if (check_failed_here)
        fprintf(stderr, "%s", said);
}

/* Debian's mutool is built without colour management and says so each time. */
static char *without_icc_warning(char *said)
{
    static const char warning[] = "warning: ICC support is not available\n";

    return strncmp(said, warning, sizeof warning - 1) == 0 ? said + sizeof warning - 1 : said;
}

static void text_comes_back(void **state)
{
    static char said[65536];
    char path[64];

    (void)state;
    snprintf(path, sizeof path, "%s/plain.pdf", folder);
    write_pdf(path, false);
    row_check(50,
              run(said, sizeof said, (const char *[]){"pdftotext", "-raw", path, "-", NULL}) == 0);
    check_lines(said, false);
    row_check(51, run(said, sizeof said,
                      (const char *[]){"mutool", "draw", "-q", "-F", "txt", path, NULL}) == 0);
    check_lines(without_icc_warning(said), true);
    check_rows();
}

static void readers_do_not_complain(void **state)
{
    static char said[65536];
    char path[64], png[64];

    (void)state;
    snprintf(path, sizeof path, "%s/guides.pdf", folder);
    snprintf(png, sizeof png, "%s/page.png", folder);
    write_pdf(path, true);
    row_check(1, run(said, sizeof said, (const char *[]){"qpdf", "--check", path, NULL}) == 0 &&
                     strstr(said, "No syntax or stream encoding errors") &&
                     !strstr(said, "WARNING"));
    row_check(2, run(said, sizeof said, (const char *[]){"pdffonts", path, NULL}) == 0 &&
                     !strstr(said, "rror") && strstr(said, "+BIZUDMincho") &&
                     !strstr(said, " no "));
    row_check(3, run(said, sizeof said,
                     (const char *[]){"mutool", "draw", "-q", "-o", png, "-r", "72", path, "1",
                                      NULL}) == 0 &&
                     *without_icc_warning(said) == '\0');
    row_check(4, run(said, sizeof said,
                     (const char *[]){"gs", "-q", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONERROR",
                                      "-sDEVICE=nullpage", path, NULL}) == 0 &&
                     said[0] == '\0');
    row_check(5, run(said, sizeof said, (const char *[]){"pdfinfo", path, NULL}) == 0 &&
                     strstr(said, "見本 𠮷") && strstr(said, "595.2 x 841.92 pts (A4)"));
    check_rows();
}

static void qr_is_read(void **state)
{
    static char said[65536];
    char path[64], stem[64], png[80];

    (void)state;
    snprintf(path, sizeof path, "%s/plain.pdf", folder);
    snprintf(stem, sizeof stem, "%s/page", folder);
    snprintf(png, sizeof png, "%s.png", stem);
    row_check(1, run(said, sizeof said,
                     (const char *[]){"pdftoppm", "-r", "300", "-gray", "-png", "-singlefile", path,
                                      stem, NULL}) == 0 &&
                     said[0] == '\0');
    row_check(2, run(said, sizeof said, (const char *[]){"zbarimg", "-q", png, NULL}) == 0 &&
                     strstr(said, "QR-Code:" QR_TEXT));
    row_check(3, run(said, sizeof said, (const char *[]){"ZXingReader", png, NULL}) == 0 &&
                     strstr(said, QR_TEXT));
    check_rows();
}

/* Dots of a PBM of the whole page that are not as the symbol wants them, its quiet zone included; -1: no such file. */
static int wrong_dots(const char *path, const struct qr *qr)
{
    static uint8_t row[4960 / 8];
    FILE *file = fopen(path, "rb");
    int wrong = 0, side = qr->modules * QR_MODULE, quiet = 4 * QR_MODULE;
    int width, height;
    char line[256];

    if (!file)
        return -1;
    if (!fgets(line, sizeof line, file) || strcmp(line, "P4\n") != 0)
        wrong = -1;
    do { /* comments, then the size */
        if (!fgets(line, sizeof line, file))
            wrong = -1;
    } while (wrong == 0 && line[0] == '#');
    if (wrong < 0 || sscanf(line, "%d %d", &width, &height) != 2 || width != 4960 ||
        height != 7016) {
        fclose(file);
        return -1;
    }
    for (int y = 0; y < QR_Y + side + quiet && fread(row, 1, sizeof row, file) == sizeof row; y++) {
        for (int x = QR_X - quiet; y >= QR_Y - quiet && x < QR_X + side + quiet; x++) {
            int column = (x - QR_X + quiet) / QR_MODULE - 4,
                line_of = (y - QR_Y + quiet) / QR_MODULE - 4;
            bool within =
                column >= 0 && line_of >= 0 && column < qr->modules && line_of < qr->modules;
            bool dark = within && qr->bits[line_of][column / 8] >> (7 - column % 8) & 1;
            wrong += dark != (row[x / 8] >> (7 - x % 8) & 1);
        }
    }
    fclose(file);
    return wrong;
}

/* Each module is the same number of dots, whoever renders: not one dot more at an edge. */
static void modules_are_whole_dots(void **state)
{
    static char said[65536];
    static struct qr qr;
    char path[64], stem[64], pbm[80], out[96];
    struct error error;
    const char *const mupdf[] = {"mutool", "draw", "-q", "-A", "0",  "-r", "600",
                                 "-F",     "pbm",  "-o", pbm,  path, "1",  NULL};
    const char *const poppler[] = {"pdftoppm", "-r",          "600", "-mono", "-f",
                                   "1",        "-singlefile", path,  stem,    NULL};
    const char *const ghostscript[] = {"gs",           "-q",    "-dBATCH",         "-dNOPAUSE",
                                       "-dLastPage=1", "-r600", "-sDEVICE=pbmraw", out,
                                       path,           NULL};
    const char *const *const judges[] = {poppler, mupdf, ghostscript};

    (void)state;
    snprintf(path, sizeof path, "%s/plain.pdf", folder);
    snprintf(stem, sizeof stem, "%s/page", folder);
    snprintf(pbm, sizeof pbm, "%s.pbm", stem);
    snprintf(out, sizeof out, "-sOutputFile=%s", pbm);
    assert_int_equal(qr_encode(text_of(QR_TEXT), 'M', false, &qr, &error), OK);
    for (int i = 0; i < 3; i++) {
        unlink(pbm);
        row_check(1 + i, run(said, sizeof said, judges[i]) == 0 && wrong_dots(pbm, &qr) == 0);
    }
    check_rows();
}

static void clean(void)
{
    static const char *const names[] = {"said", "plain.pdf", "guides.pdf", "page.png", "page.pbm"};
    char path[64];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_back), cmocka_unit_test(readers_do_not_complain),
        cmocka_unit_test(qr_is_read), cmocka_unit_test(modules_are_whole_dots)};
    struct error error;
    int result;

    arena_open(&arena, 1 << 20);
    if (!mkdtemp(folder) || fonts_open("fonts", &fonts, &error) != OK)
        return 1;
    result = check_run(tests);
    fonts_close(fonts);
    arena_close(&arena);
    if (!getenv("KEEP"))
        clean();
    return result;
}
