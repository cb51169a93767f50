/* The digests of letters, sheets and layers: their bytes as page/events.h says, made here by hand. That every visible
 * change counts and no hidden one does: readback_sheet.c. */
#include "page/sheet.h"
#include "typeset/gaiji.h"
#include "unit/check.h"
#include "unit/page_sample.h"

static struct digester *digester;
static struct sheet_digester *sheets;
static struct fonts fonts;
static struct error error;

uint16_t fonts_advance(const struct fonts *of, uint32_t face, uint32_t glyph)
{
    (void)face;
    return glyph < 10 ? of->faces[0].units / 2 : of->faces[0].units;
}

struct text fonts_gaiji_text(const struct fonts *of, struct text cluster)
{
    (void)of;
    return cluster;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

static struct digest letter_of(const struct page *page)
{
    struct page copy = *page;
    struct page_list pages = {&copy, 1};
    struct digest digest = {{0}};

    assert_int_equal(letter_digest(sheets, &fonts, &pages, &digest, &error), OK);
    return digest;
}

static struct digest sheet_of(const struct page *page)
{
    struct page copy = *page;
    struct page_list pages = {&copy, 1};
    struct digest digest = letter_of(page);

    assert_int_equal(sheet_digest(sheets, &fonts, &pages, &digest, &digest, &error), OK);
    return digest;
}

/* -- by hand -- */

static uint8_t hand[1024];
static size_t hand_size;

static void put(const void *bytes, size_t size)
{
    memcpy(hand + hand_size, bytes, size);
    hand_size += size;
}

static void put_words(const char *words)
{
    put(words, strlen(words));
}

static void put_number(long number)
{
    for (int i = 0; i < 4; i++)
        hand[hand_size++] = (uint8_t)((unsigned long)number >> 8 * i);
}

static struct digest made(void)
{
    struct digest digest;

    assert_int_equal(digest_of(hand, hand_size, &digest, &error), OK);
    hand_size = 0;
    return digest;
}

static void put_stroke(void)
{
    put_words("S"), put_number(1000), put_number(0), put_number(0);
    put_words("m"), put_number(10000), put_number(180000);
    put_words("l"), put_number(30000), put_number(180000);
    put_words("s");
}

static void by_hand(void **state)
{
    struct glyph glyphs[] = {sample_glyph(2, 20, 0, 3), sample_glyph(2, 21, 3, 3),
                             sample_glyph(2, 5, 6, 1)};
    struct item stroke = {
        .kind = ITEM_STROKE,
        .as.stroke = {10 * EMU_PER_PT, 20 * EMU_PER_PT, 20 * EMU_PER_PT, 0, EMU_PER_PT, 0, 0, 0}};
    struct item text = {.kind = ITEM_TEXT,
                        .as.text = {EMU_PER_PT, 50 * EMU_PER_PT, 10 * EMU_PER_PT, 950, 0, glyphs, 3,
                                    TEXT("架空a")}};
    struct layer layer = {.index = 1, .list = {&stroke, 1}};
    struct page page = {.width = 100 * EMU_PER_PT,
                        .height = 200 * EMU_PER_PT,
                        .layer = &layer,
                        .list = {&text, 1},
                        .marks = {&stroke, 1}};
    struct digest want, have;

    (void)state;
    sample_fonts(&fonts);
    put_words("layer 2\n"), put_stroke();
    want = made();
    row_check(1, layer_digest(&fonts, &layer.list, page.height, &layer.digest, &error) == OK &&
                     same(&want, &layer.digest));
    put_words("letter2\nP"), put_number(100000), put_number(200000);
    put_words("L"), put(want.bytes, 32);
    put_words("X"), put_number(95000), put_number(0);
    put_words("T"), put_number(1000), put_number(150000);
    put_words("N"), put_number(5), put_words("Gaiji");
    put_words("Z"), put_number(1), put_number(10000), put_number(0);
    put_words("R"), put_number(1000000);
    put_number(2), put("\x14\0\x15\0", 4);
    put_words("R"), put_number(500000);
    put_number(1), put("\x05\0", 2);
    put_words("U"), put_number(7), put_words("架空aE");
    want = made();
    have = letter_of(&page);
    row_check(2, same(&want, &have));
    put_words("sheet 2\n"), put(want.bytes, 32), put_stroke(), put_words("E");
    want = made();
    have = sheet_of(&page);
    row_check(3, same(&want, &have));
    page.guides = (struct item_list){&stroke, 1};
    have = sheet_of(&page);
    row_check(4, same(&want, &have));
    check_rows();
}

/* A key changes letters and sheets, not the layer: a reader of the file has to have it before it has the key. */
static void keyed(void **state)
{
    static const uint8_t key[DIGEST_KEY_BYTES] = {7};
    struct sheet_digester *plain = sheets;
    struct digester *with_key;
    struct sample sample;
    struct digest letter, sheet, other;

    (void)state;
    sample_fonts(&fonts);
    sample_make(&sample);
    letter = letter_of(&sample.page);
    sheet = sheet_of(&sample.page);
    row_check(1, !same(&letter, &sheet));
    assert_int_equal(digester_new(&with_key, &error), OK);
    assert_int_equal(digester_key(with_key, key, &error), OK);
    assert_int_equal(sheet_digester_new(with_key, &sheets, &error), OK);
    other = letter_of(&sample.page);
    row_check(2, !same(&letter, &other));
    other = sheet_of(&sample.page);
    row_check(3, !same(&sheet, &other));
    sheet_digester_free(sheets);
    digester_free(with_key);
    sheets = plain;
    other = letter_of(&sample.page);
    row_check(4, same(&letter, &other));
    check_rows();
}

/* Long lines and many pages; moving one glyph, or one mark, over a page's end changes the digest. */
static void long_letters(void **state)
{
    static struct glyph glyphs[9000];
    static char words[20000];
    struct item items[2] = {{.kind = ITEM_TEXT}, {.kind = ITEM_TEXT}};
    struct page pages[2] = {{.width = 1, .height = 1, .list = {items, 1}},
                            {.width = 1, .height = 1, .list = {items + 1, 1}}};
    struct page_list list = {pages, 2};
    struct digest before, after;

    (void)state;
    sample_fonts(&fonts);
    memset(words, 'a', sizeof words);
    for (uint32_t i = 0; i < 9000; i++)
        glyphs[i] = sample_glyph((uint16_t)(i / 700 % 3), (uint16_t)(i % 256), i, 1);
    items[0].as.text = (struct item_text){.glyphs = glyphs, .count = 5000, .text = {words, 19000}};
    items[1].as.text =
        (struct item_text){.glyphs = glyphs + 5000, .count = 4000, .text = {words, 19000}};
    assert_int_equal(letter_digest(sheets, &fonts, &list, &before, &error), OK);
    items[0].as.text.count++;
    items[1].as.text.glyphs++;
    items[1].as.text.count--;
    assert_int_equal(letter_digest(sheets, &fonts, &list, &after, &error), OK);
    row_check(1, !same(&before, &after));
    pages[0].marks = (struct item_list){items, 1};
    assert_int_equal(sheet_digest(sheets, &fonts, &list, &after, &before, &error), OK);
    pages[1].marks = pages[0].marks;
    pages[0].marks.count = 0;
    assert_int_equal(sheet_digest(sheets, &fonts, &list, &after, &after, &error), OK);
    row_check(2, !same(&before, &after));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(keyed),
                                       cmocka_unit_test(long_letters)};
    int result;

    if (digester_new(&digester, &error) != OK ||
        sheet_digester_new(digester, &sheets, &error) != OK)
        return 1;
    result = check_run(tests);
    sheet_digester_free(sheets);
    digester_free(digester);
    return result;
}
