/* Both digests of a display list are those that a reader rebuilds from the PDF made of it; whatever differs on paper
 * differs in them, and run marks in the one of the sheets alone. */
#include "unit/check.h"
#include "unit/readback_sample.h"

static struct fonts fonts;

/* -- one thing changed at a time -- */

static struct sample sample;
static struct pair first;

static bool digests(struct pair *out)
{
    struct error error;

    return layer_digest(&fonts, &sample.layer.list, sample.page.height, &sample.layer.digest,
                        &error) == OK &&
           both_agree(&fonts, &sample.page, out);
}

static bool same(const struct digest *a, const struct digest *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* marks: the letter stays what it is. */
static bool differs(int row, bool marks)
{
    struct pair pair;

    row_check(row, digests(&pair));
    return !same(&pair.sheet, &first.sheet) && same(&pair.letter, &first.letter) == marks;
}

static bool stays(void)
{
    struct pair pair;

    return digests(&pair) && same(&pair.sheet, &first.sheet) && same(&pair.letter, &first.letter);
}

/* Words that the sample's fonts have for their glyphs. */
static void again(void)
{
    sample_make(&sample);
    for (uint32_t i = 0; i < 3; i++) {
        sample.glyphs[i].text = 3 * i;
        sample.glyphs[i].text_length = 3;
    }
    sample.items[0].as.text.text = TEXT("架架架");
}

static void sensitive(void **state)
{
    static const uint8_t other_bits[] = {0xFF, 0xC0, 0x80, 0x00};
    struct item bars = {.kind = ITEM_BARS};
    struct bar bar = {3, 4, 5, 6};

    (void)state;
    sample_fonts(&fonts);
    again();
    row_check(1, digests(&first));
    row_check(2, stays());
#define MARKED(row, change)                                                                        \
    do {                                                                                           \
        again();                                                                                   \
        change;                                                                                    \
        row_check(row, differs(row, true));                                                        \
    } while (0)
#define CHANGED(row, change)                                                                       \
    do {                                                                                           \
        again();                                                                                   \
        change;                                                                                    \
        row_check(row, differs(row, false));                                                       \
    } while (0)
    CHANGED(10, sample.items[0].as.text.x += 13);
    CHANGED(11, sample.items[0].as.text.y -= 13);
    CHANGED(12, sample.items[0].as.text.size += 13);
    CHANGED(13, sample.items[0].as.text.scale = 999);
    CHANGED(14, sample.items[0].as.text.spacing = 13);
    CHANGED(15, sample.glyphs[0].id = 22);
    CHANGED(16, sample.glyphs[0].face = 1);
    CHANGED(17, sample.glyphs[1].advance += 3);
    CHANGED(18,
            (sample.items[0].as.text.text = TEXT("髙架架"), sample.glyphs[0].flags = GLYPH_ALIAS));
    CHANGED(19, sample.items[0].as.text.count = 2);
    CHANGED(20, sample.items[1].as.stroke.width += 13);
    CHANGED(21, sample.items[1].as.stroke.dash_on += 13);
    CHANGED(22, sample.items[1].as.stroke.dash_off = 0);
    CHANGED(23, sample.items[1].as.stroke.radius = EMU_PER_MM);
    CHANGED(24, sample.items[1].as.stroke.h = 0);
    CHANGED(30, sample.items[2].as.modules.module += EMU_PER_DOT600);
    CHANGED(31, sample.modules[0] ^= 0x80);
    CHANGED(32, sample.items[2].as.modules.x += EMU_PER_DOT600);
    CHANGED(33, sample.items[3].as.bitmap.w += 13);
    CHANGED(34, sample.items[3].as.bitmap.bits = other_bits);
    CHANGED(35, sample.items[3].as.bitmap.rows = 1);
    CHANGED(40, sample.points[0] += 13);
    CHANGED(41, sample.items[4].as.path.even_odd = false);
    CHANGED(42, sample.items[4].as.path.step_count = 3);
    CHANGED(50, sample.page.layer = NULL);
    CHANGED(51, sample.page.list.count = 4);
    CHANGED(52, sample.page.height += 13);
    CHANGED(53, sample.layer.list.count = 1);
    MARKED(54, sample.page.marks = ((struct item_list){&sample.items[1], 1}));
    CHANGED(55, fonts.faces[0].name = TEXT("Other"));
    sample_fonts(&fonts);
    CHANGED(56, fonts.faces[2].shift = 20);
    sample_fonts(&fonts);
    bars.as.bars = (struct item_bars){0, 0, &bar, 1};
    MARKED(57, sample.page.marks = ((struct item_list){&bars, 1}));
    CHANGED(58, (sample.page.die = (struct item_list){&sample.items[1], 1},
                 sample.page.plate = TEXT("CutContour")));
    struct pair notched, other;
    again();
    sample.page.die = (struct item_list){&sample.items[1], 1};
    sample.page.plate = TEXT("CutContour");
    row_check(59, digests(&notched));
    sample.page.plate = TEXT("Kirikaki");
    row_check(60, digests(&other) && !same(&other.letter, &notched.letter));
    again(); /* in black it is another letter */
    struct item black[6];
    memcpy(black, sample.items, sizeof sample.items);
    black[5] = sample.items[1];
    sample.page.list = (struct item_list){black, 6};
    row_check(61, digests(&other) && !same(&other.letter, &notched.letter));
    again(); /* what is a mark is not the letter's, though it looks the same on paper */
    sample.page.list.count = 4;
    sample.page.marks = (struct item_list){&sample.items[4], 1};
    row_check(64, digests(&other) && !same(&other.letter, &first.letter));
    row_check(65, !same(&other.sheet, &first.sheet));
    CHANGED(62, sample.items[4].as.path.width = 2 * EMU_PER_PT);
    CHANGED(63, sample.items[2].as.modules.rows = 2);
    check_rows();
}

/* What does not show on paper. */
static void deaf(void **state)
{
    struct glyph glyphs[3];

    (void)state;
    sample_fonts(&fonts);
    again();
    row_check(1, digests(&first));
    sample.modules[0] |= 7; /* behind the last column */
    row_check(2, stays());
    again();
    sample.items[3].as.bitmap.image = 3;
    row_check(3, stays());
    again();
    sample.items[0].as.text.x += 1; /* less than half a thousandth of a point */
    row_check(4, stays());
    again();
    sample.layer.index = 5;
    row_check(5, stays());
    again();
    sample.page.guides = (struct item_list){&sample.guide, 1}; /* not printed without the option */
    row_check(6, stays());
    again();
    memcpy(glyphs, sample.glyphs, sizeof glyphs); /* another order of the pinned list */
    for (int i = 0; i < 3; i++)
        glyphs[i].face = glyphs[i].face == 0 ? 1 : glyphs[i].face;
    sample.items[0].as.text.glyphs = glyphs;
    fonts.faces[1] = fonts.faces[0];
    row_check(7, stays());
    check_rows();
}

/* -- pages at random -- */

#define ITEMS 12
static struct random_item owned[LETTERS_MOST][3][ITEMS];
static struct item items[LETTERS_MOST][3][ITEMS];
static struct item dies[LETTERS_MOST][3];
static struct random_item die_owned[LETTERS_MOST][3];
static struct page pages[LETTERS_MOST][3];
static struct page_list letters[LETTERS_MOST];

static void random_list(struct random_item *own, struct item *list, uint32_t *image)
{
    for (uint32_t i = 0; i < ITEMS; i++)
        random_item(&fonts, &own[i], &list[i], ++*image);
}

static void random_letters(uint32_t count, struct layer *layer)
{
    uint32_t image = 100;

    for (uint32_t i = 0; i < count; i++) {
        letters[i] = (struct page_list){pages[i], 1 + dice(3)};
        for (uint32_t n = 0; n < letters[i].count; n++) {
            uint32_t cut = dice(ITEMS + 1);

            random_list(owned[i][n], items[i][n], &image);
            pages[i][n] = (struct page){.width = A4_WIDTH,
                                        .height = A4_HEIGHT,
                                        .layer = dice(4) ? layer : NULL,
                                        .list = {items[i][n], cut},
                                        .marks = {items[i][n] + cut, ITEMS - cut},
                                        .die = {&dies[i][n], dice(2)}};
            pages[i][n].plate = pages[i][n].layer ? TEXT("CutContour") : TEXT("PerfCutContour");
            dies[i][n].kind = dice(2) ? ITEM_PATH : ITEM_STROKE;
            if (dies[i][n].kind == ITEM_STROKE)
                random_stroke(&dies[i][n]);
            else
                random_path(&die_owned[i][n], &dies[i][n]), dies[i][n].as.path.width = 3000;
        }
    }
}

static bool one_file(uint32_t seed)
{
    static struct random_item layer_owned[ITEMS];
    static struct item layer_items[ITEMS];
    struct layer layer = {.index = 3, .list = {layer_items, ITEMS}};
    struct both both = {0};
    struct error error = {0};
    uint32_t image = 0, count = 20;
    bool agree;

    dice_state = seed;
    random_list(layer_owned, layer_items, &image);
    random_letters(count, &layer);
    agree = layer_digest(&fonts, &layer.list, A4_HEIGHT, &layer.digest, &error) == OK &&
            both_make(&fonts, letters, count, &both, &error) == OK;
    for (uint32_t i = 0; i < count && agree; i++)
        agree = both_same(&both, i);
    for (uint32_t i = 0; i < count && agree; i++)
        for (uint32_t n = 0; n < i; n++)
            agree = agree && !same(&both.listed_sheets[i], &both.listed_sheets[n]);
    if (!agree)
        fprintf(stderr, "seed %u, message %d, page %u\n", seed, error.message, error.line);
    buffer_free(&both.file);
    return agree;
}

static void at_random(void **state)
{
    const char *seed = getenv("SEED"), *count = getenv("COUNT");
    uint32_t from = seed ? (uint32_t)strtoul(seed, NULL, 10) : 1;
    uint32_t files = count ? (uint32_t)strtoul(count, NULL, 10) / 20 : 60;

    (void)state;
    readback_fonts(&fonts);
    for (uint32_t i = 0; i < files; i++)
        row_check(i, one_file(from + 1000 * i));
    check_rows();
}

/* -- refusals -- */

static void refusals(void **state)
{
    struct digest digest;
    struct page_list letter = {&sample.page, 1};
    struct digester *digester;
    struct sheet_digester *sheets;
    struct error error;

    (void)state;
    sample_fonts(&fonts);
    assert_int_equal(digester_new(&digester, &error), OK);
    assert_int_equal(sheet_digester_new(digester, &sheets, &error), OK);
    again();
    sample.glyphs[0].face = 3; /* of three */
    row_check(1, letter_digest(sheets, &fonts, &letter, &digest, &error) == STOP &&
                     error.message == MSG_BUG);
    again();
    sample.glyphs[1].id = 70 * 256;
    row_check(2, letter_digest(sheets, &fonts, &letter, &digest, &error) == STOP &&
                     error.message == MSG_BUG);
    again();
    sample.glyphs[0].face = 3;
    sample.page.marks = sample.page.list;
    sample.page.list.count = 0;
    row_check(3, letter_digest(sheets, &fonts, &letter, &digest, &error) == OK &&
                     sheet_digest(sheets, &fonts, &letter, &digest, &digest, &error) == STOP &&
                     error.message == MSG_BUG);
    row_check(5, layer_digest(&fonts, &sample.page.marks, A4_HEIGHT, &digest, &error) == STOP &&
                     error.message == MSG_BUG);
    again();
    row_check(4, letter_digest(sheets, &fonts, &letter, &digest, &error) == OK); /* and goes on */
    sheet_digester_free(sheets);
    digester_free(digester);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sensitive), cmocka_unit_test(deaf),
                                       cmocka_unit_test(at_random), cmocka_unit_test(refusals)};

    return check_run(tests);
}
