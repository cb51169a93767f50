/* What the reader gives of a page, and what it refuses: each operator out of place, each structure that the engine
 * does not write, files cut short and bits flipped. */
#include "unit/check.h"
#include "unit/readback_file.h"

#include "readback/readback.h"

static struct digester *digester;

static enum message read_file(const struct hand *file, struct digest *sheet)
{
    struct readback *readback;
    struct digest letter;
    const struct read_page *page;
    struct error error = {0};
    enum status status = readback_open(file->bytes, file->size, digester, &readback, &error);

    if (status != OK)
        return error.message;
    readback_sheet_start(readback);
    for (uint32_t i = 0; i < readback_pages(readback) && status == OK; i++)
        status = readback_sheet_add(readback, i, &page, &error);
    if (status == OK)
        status = readback_sheet_end(readback, &letter, sheet, &error);
    readback_close(readback);
    return status == OK ? MSG_NONE : error.message;
}

static enum message read_content(const char *content)
{
    struct hand file = hand_file(content, strlen(content));
    struct digest sheet;
    enum message message = read_file(&file, &sheet);

    free(file.bytes);
    return message;
}

/* -- content -- */

#define TEXT_HEAD "BT\n/F0 10 Tf 10 20 Td"
#define IMAGE_HEAD "q 9 0 0 9 1 1 cm\n"

static void contents(void **state)
{
    static const struct {
        int row;
        enum message want;
        const char *content;
    } rows[] = {
        {1, MSG_NONE, ""},
        {2, MSG_NONE, "0 g 0 G\n/Fm1 Do\n" TEXT_HEAD "<00140001>Tj\nET\n"},
        {3, MSG_NONE, TEXT_HEAD "[<0014>-12.5<0001>]TJ ET"},
        {4, MSG_NONE, TEXT_HEAD "/Span<</ActualText<FEFF9AD9>>>BDC\n<0014>Tj\nEMC\nET"},
        {5, MSG_NONE, TEXT_HEAD " 50 Tz 1 Tc 1 1 Td -3 Ts <0014>Tj 0 Ts ET"},
        {6, MSG_NONE,
         "1.5 w\n[2 1]0 d\n1 2 3 4 re S\n1 2 m 3 4 l 1 2 3 4 5 6 c h f*\n1 1 m 2 2 l s"},
        {7, MSG_NONE, IMAGE_HEAD "BI/W 5/H 2/IM true/D[1 0]/F/AHx ID\nF8A8>\nEI Q"},
        {8, MSG_NONE, IMAGE_HEAD "/Im1 Do Q"},
        {9, MSG_NONE, "q/Over gs/Cut CS 1 SCN 1 1 m 2 2 l S 0 G Q"},
        {10, MSG_NONE, "% words\n1 w"},
        {19, MSG_NONE, "/Run BMC q 1 1 m 2 2 l S Q EMC"},
        /* unknown, or too much for an operator */
        {20, MSG_READBACK_CONTENT, "foo"},
        {21, MSG_READBACK_CONTENT, "1 i"},
        {22, MSG_READBACK_CONTENT, "1 2 w"},
        {23, MSG_READBACK_CONTENT, "w"},
        {24, MSG_READBACK_CONTENT, "1"},
        {25, MSG_READBACK_CONTENT, "/Fm1"},
        {26, MSG_READBACK_CONTENT, "1 2 3 4 5 6 7 c"},
        {27, MSG_READBACK_CONTENT, "/GS0 gs"},
        {28, MSG_READBACK_CONTENT, "1 2 3 4 re W n"},
        {29, MSG_READBACK_CONTENT, "(words) Tj"},
        {30, MSG_READBACK_CONTENT, "1.2345 w"},
        {31, MSG_READBACK_CONTENT, "99999999999 w"},
        {32, MSG_READBACK_CONTENT, "-1 w"},
        {33, MSG_READBACK_CONTENT, "1- w"},
        /* colour */
        {40, MSG_READBACK_CONTENT, "1 g"},
        {41, MSG_READBACK_CONTENT, "0.5 G"},
        {42, MSG_READBACK_CONTENT, "0 0 0 rg"},
        {43, MSG_READBACK_CONTENT, "0 0 0 1 k"},
        {44, MSG_READBACK_CONTENT, "/Other cs"},
        {45, MSG_READBACK_CONTENT, "/Cut cs 0.5 scn"},
        {46, MSG_READBACK_CONTENT, "/Cut CS 1 1 m 2 2 l S"}, /* would knock out what is below */
        {47, MSG_READBACK_CONTENT, "/Over gs /Fm1 Do"},
        /* state */
        {50, MSG_READBACK_CONTENT, "Q"},
        {51, MSG_READBACK_CONTENT, "q"},
        {52, MSG_READBACK_CONTENT, "q q q q q q q q q Q Q Q Q Q Q Q Q Q"},
        {53, MSG_READBACK_CONTENT, "9 0 0 9 1 1 cm"},
        {54, MSG_READBACK_CONTENT, "q 9 1 0 9 1 1 cm Q"},
        {55, MSG_READBACK_CONTENT, "q 9 0 0 -9 1 1 cm Q"},
        {56, MSG_READBACK_CONTENT, "q 9 0 0 9 1 1 cm 9 0 0 9 1 1 cm Q"},
        {57, MSG_READBACK_CONTENT, IMAGE_HEAD "1 1 m 2 2 l S Q"},
        {58, MSG_READBACK_CONTENT, IMAGE_HEAD "BT ET Q"},
        {59, MSG_READBACK_CONTENT, "[1]0 d"},
        {60, MSG_READBACK_CONTENT, "[1 2 3]0 d"},
        {61, MSG_READBACK_CONTENT, "[1 2]1 d"},
        {62, MSG_READBACK_CONTENT, "[1 2"},
        /* paths */
        {70, MSG_READBACK_CONTENT, "S"},
        {71, MSG_READBACK_CONTENT, "1 1 l S"},
        {72, MSG_READBACK_CONTENT, "1 1 m"},
        {73, MSG_READBACK_CONTENT, "1 1 m 1 w 2 2 l S"},
        {74, MSG_READBACK_CONTENT, "h f"},
        {75, MSG_READBACK_CONTENT, "1 1 m BT ET S"},
        {76, MSG_READBACK_CONTENT, "1 1 m 2 2 l B"},
        /* text */
        {80, MSG_READBACK_CONTENT, "BT"},
        {81, MSG_READBACK_CONTENT, "ET"},
        {82, MSG_READBACK_CONTENT, "BT BT ET ET"},
        {83, MSG_READBACK_CONTENT, "BT /F0 10 Tf<0014>Tj ET"},
        {84, MSG_READBACK_CONTENT, "BT 1 1 Td<0014>Tj ET"},
        {85, MSG_READBACK_CONTENT, "BT /F9 10 Tf ET"},
        {86, MSG_READBACK_CONTENT, "BT /F0 0 Tf ET"},
        {87, MSG_READBACK_CONTENT, TEXT_HEAD "<00>Tj ET"},
        {88, MSG_READBACK_CONTENT, TEXT_HEAD "<>Tj ET"},
        {89, MSG_READBACK_CONTENT, TEXT_HEAD "<00G4>Tj ET"},
        {90, MSG_READBACK_CONTENT, TEXT_HEAD "<0014>TJ ET"},
        {91, MSG_READBACK_CONTENT, TEXT_HEAD "[12<0014>]TJ ET"},
        {92, MSG_READBACK_CONTENT, TEXT_HEAD "[<0014>1 2<0014>]TJ ET"},
        {93, MSG_READBACK_CONTENT, TEXT_HEAD "[<>1]TJ ET"},
        {94, MSG_READBACK_CONTENT, TEXT_HEAD "<0014>Tj 50 Tz <0014>Tj ET"},
        {95, MSG_READBACK_CONTENT, TEXT_HEAD "<0014>Tj ET <0014>Tj"},
        {96, MSG_READBACK_CONTENT, TEXT_HEAD "1 Tr<0014>Tj ET"},
        {97, MSG_READBACK_CONTENT, "BT 1 0 0 1 0 0 Tm ET"},
        {98, MSG_READBACK_CONTENT, TEXT_HEAD "0 Tz ET"},
        {99, MSG_READBACK_CONTENT, "BT 2000000 0 Td 2000000 0 Td /F0 1 Tf<0014>Tj ET"},
        /* words */
        {110, MSG_READBACK_CONTENT, TEXT_HEAD "/Span<</ActualText<9AD9>>>BDC<0014>Tj EMC ET"},
        {111, MSG_READBACK_CONTENT, TEXT_HEAD "/Span<</ActualText<FEFFD842>>>BDC<0014>Tj EMC ET"},
        {112, MSG_READBACK_CONTENT, TEXT_HEAD "/Span<</ActualText<FEFFDF9F>>>BDC<0014>Tj EMC ET"},
        {113, MSG_READBACK_CONTENT, TEXT_HEAD "/Span<</ActualText<FEFF9A>>>BDC<0014>Tj EMC ET"},
        {114, MSG_READBACK_CONTENT, TEXT_HEAD "/Span<</Alt<FEFF9AD9>>>BDC<0014>Tj EMC ET"},
        {115, MSG_READBACK_CONTENT, TEXT_HEAD "/Span<</ActualText<FEFF9AD9>>>BDC<0014>Tj ET"},
        {116, MSG_READBACK_CONTENT, "/Span<</ActualText<FEFF9AD9>>>BDC EMC"},
        {117, MSG_READBACK_CONTENT, TEXT_HEAD "EMC ET"},
        {118, MSG_READBACK_CONTENT, "/OC /OC0 BDC"},
        {119, MSG_READBACK_CONTENT, "/OC /OC0 BDC 1 1 m 2 2 l S EMC"}, /* could be switched off */
        {120, MSG_READBACK_CONTENT, "/Artifact BMC EMC"},
        /* marks of the run */
        {121, MSG_READBACK_CONTENT, "/Run BMC"},
        {122, MSG_READBACK_CONTENT, "/Run BMC /Run BMC EMC EMC"},
        {123, MSG_READBACK_CONTENT, "/Run BMC q EMC Q"},
        {124, MSG_READBACK_CONTENT, "q /Run BMC Q EMC"},
        {125, MSG_READBACK_CONTENT, "/OC /OC0 BDC /Run BMC EMC EMC"},
        {126, MSG_READBACK_CONTENT, "/Run BMC /OC /OC0 BDC EMC EMC"},
        {127, MSG_READBACK_CONTENT, "BT /Run BMC EMC ET"},
        {128, MSG_READBACK_CONTENT, "1 1 m /Run BMC 2 2 l S EMC"},
        {129, MSG_READBACK_CONTENT, "/Run BMC 1 1 m EMC 2 2 l S"},
        {151, MSG_READBACK_CONTENT, "/Run BMC /Fm1 Do EMC"},
        {152, MSG_READBACK_CONTENT, "BMC EMC"},
        {153, MSG_READBACK_CONTENT, "/Run BMC EMC EMC"},
        {154, MSG_READBACK_CONTENT, "/Run BMC BT EMC ET"},
        /* symbols, images, layers */
        {130, MSG_READBACK_CONTENT, "BI/W 5/H 2/IM true/D[1 0]/F/AHx ID\nF8A8>\nEI"},
        {131, MSG_READBACK_CONTENT, IMAGE_HEAD "BI/W 5/H 3/IM true/D[1 0]/F/AHx ID\nF8A8>\nEI Q"},
        {132, MSG_READBACK_CONTENT, IMAGE_HEAD "BI/W 5/H 1/IM true/D[1 0]/F/AHx ID\nF8A8>\nEI Q"},
        {133, MSG_READBACK_CONTENT, IMAGE_HEAD "BI/W 5/H 2/IM true/D[0 1]/F/AHx ID\nF8A8>\nEI Q"},
        {134, MSG_READBACK_CONTENT, IMAGE_HEAD "BI/W 5/H 2/D[1 0]/F/AHx ID\nF8A8>\nEI Q"},
        {135, MSG_READBACK_CONTENT, IMAGE_HEAD "BI/W 5/H 2/IM true/D[1 0] ID\nF8A8>\nEI Q"},
        {136, MSG_READBACK_CONTENT, IMAGE_HEAD "BI/W 0/H 2/IM true/D[1 0]/F/AHx ID\n>\nEI Q"},
        {137, MSG_READBACK_CONTENT,
         IMAGE_HEAD "BI/W 99999/H 99999/IM true/D[1 0]/F/AHx ID\nF8>\nEI Q"},
        {138, MSG_READBACK_CONTENT, IMAGE_HEAD "BI/W 5/H 2/IM true/D[1 0]/F/AHx ID\nF8A8"},
        {139, MSG_READBACK_CONTENT,
         IMAGE_HEAD "BI/W 5/H 2/IM true/D[1 0]/F/AHx/I true ID\nF8A8>\nEI Q"},
        {140, MSG_READBACK_CONTENT, "/Im1 Do"},
        {141, MSG_READBACK_CONTENT, "/Im9 Do"},
        {142, MSG_READBACK_CONTENT, "/Fm1 Do /Fm1 Do"},
        {143, MSG_READBACK_CONTENT, "1 1 m 2 2 l S /Fm1 Do"},
        {144, MSG_READBACK_CONTENT, "q /Fm1 Do Q"},
        {145, MSG_READBACK_CONTENT, "/Cut cs /Fm1 Do"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum message have = read_content(rows[i].content);

        if (have != rows[i].want)
            fprintf(stderr, "have %d, want %d: %s\n", have, rows[i].want, rows[i].content);
        row_check(rows[i].row, have == rows[i].want);
    }
    check_rows();
}

/* -- what is given -- */

static void given(void **state)
{
    static const char content[] =
        "/Fm1 Do\nBT\n/F0 10 Tf 10.5 20 Td[<001E>-12.5<0014>]TJ\n"
        "/Span<</ActualText<FEFF0061>>>BDC\n<00200021>Tj\nEMC\n<001F>Tj 5 -2 Td<0022>Tj\nET\n";
    struct hand file = hand_file(content, sizeof content - 1);
    struct readback *readback;
    const struct read_page *page;
    struct error error;

    (void)state;
    assert_int_equal(readback_open(file.bytes, file.size, digester, &readback, &error), OK);
    assert_int_equal(readback_pages(readback), 1);
    assert_int_equal(readback_page(readback, 0, &page, &error), OK);
    const struct read_list *list = &page->list;
    row_check(1, page->width == 595200 && page->height == 841920 && page->layer == 1);
    row_check(2, list->item_count == 2 && list->items[0].kind == READ_TEXT);
    row_check(3, list->items[0].as.text.x == 10500 && list->items[0].as.text.y == 20000);
    row_check(4, list->items[1].as.text.x == 15500 && list->items[1].as.text.y == 18000);
    row_check(5, list->items[0].as.text.length == 3 + 1 + 4 &&
                     memcmp(list->words, "架a\U00020B9F", 8) == 0); /* 001E has no words */
    row_check(6, list->items[1].as.text.length == 3 && memcmp(list->words + 8, "い", 3) == 0);
    row_check(7, list->run_count == 4 && list->runs[0].advance == 250500 + 12500 &&
                     list->runs[0].count == 1);
    row_check(8, list->runs[1].advance == 1000000 && list->runs[1].count == 3);
    row_check(9, list->runs[2].advance == 333000 && list->runs[3].advance == 1000000);
    row_check(10, list->glyph_count == 6 && list->glyphs[0] == 0x1E && list->glyphs[10] == 0x22);
    row_check(11, text_is(readback_face(readback, list->runs[0].face), "Mincho"));
    row_check(12, readback_layer(readback, 1)->item_count == 1 &&
                      readback_layer(readback, 1)->items[0].kind == READ_STROKE);
    readback_close(readback);
    free(file.bytes);
    check_rows();
}

/* -- structure -- */

static void structures(void **state)
{
    static const struct {
        int row;
        enum message want;
        const char *from, *to;
    } rows[] = {
        {1, MSG_NONE, "%PDF-1.6", "%PDF-1.6"},
        {2, MSG_READBACK_DAMAGED, "%PDF-1.6", "%XDF-1.6"},
        {3, MSG_READBACK_DAMAGED, "%%EOF", "%%EOX"},
        {4, MSG_READBACK_DAMAGED, "startxref", "startxxxx"},
        {5, MSG_READBACK_DAMAGED, "trailer", "trolley"},
        {6, MSG_READBACK_DAMAGED, "0 16\n", "0 17\n"},
        {7, MSG_READBACK_DAMAGED, "0 16\n", "1 16\n"},
        {8, MSG_READBACK_DAMAGED, "0 16\n", "0 99999999\n"},
        {9, MSG_READBACK_SHAPE, "/Root 1 0 R", "/Root 1 0 R/Prev 9"},
        {10, MSG_READBACK_SHAPE, "/Root 1 0 R", "/Root 1 0 R/Encrypt 5 0 R"},
        {11, MSG_READBACK_DAMAGED, "/Root 1 0 R", "/Root 1 1 R"},
        {12, MSG_READBACK_DAMAGED, "/Root 1 0 R", "/Root 9 0 R"},
        {13, MSG_READBACK_DAMAGED, "/Pages 2 0 R", "/Pages 99 0 R"},
        {14, MSG_READBACK_SHAPE, "Kids[3 0 R]", "Kids[2 0 R]"},
        {15, MSG_READBACK_DAMAGED, "Kids[3 0 R]", "Kids[3 0 Q]"},
        {16, MSG_READBACK_DAMAGED, "Kids[3 0 R]", "Kids 3 0 R"},
        {17, MSG_READBACK_DAMAGED, "3 0 obj", "9 0 obj"},
        /* what would change the sheet */
        {20, MSG_READBACK_SHAPE, "/TrimBox", "/CropBox[0 0 9 9]/TrimBox"},
        {21, MSG_READBACK_SHAPE, "/TrimBox", "/Rotate 90/TrimBox"},
        {22, MSG_READBACK_SHAPE, "/TrimBox", "/UserUnit 2/TrimBox"},
        {23, MSG_READBACK_SHAPE, "/TrimBox", "/Annots[]/TrimBox"},
        {24, MSG_READBACK_SHAPE, "/TrimBox[0 0 595.2 ", "/TrimBox[0 0 595.3 "},
        {25, MSG_READBACK_SHAPE, "/MediaBox[0 0 ", "/MediaBox[0 1 "},
        {26, MSG_READBACK_SHAPE, "/Contents 4 0 R", "/Contents[4 0 R]"},
        {27, MSG_READBACK_SHAPE, "/Contents 4 0 R", ""},
        {28, MSG_READBACK_SHAPE, "/Resources 5 0 R/MediaBox", "/Resources<<>>/MediaBox"},
        /* streams */
        {30, MSG_READBACK_SHAPE, "<</Filter/FlateDecode/L", "<</Filter/LZWDecode/L"},
        {31, MSG_READBACK_SHAPE, "<</Filter/FlateDecode/L",
         "<</Filter/FlateDecode/DecodeParms<<>>/L"},
        {32, MSG_READBACK_DAMAGED, "/Length 44", "/Length 43"},
        {33, MSG_READBACK_DAMAGED, "/Length 44", "/Length 999999"},
        {34, MSG_READBACK_DAMAGED, "/Length 44", "/Long 44"},
        {35, MSG_READBACK_DAMAGED, "stream\n\x78", "stream\n\x79"},
        {36, MSG_READBACK_DAMAGED, "<0014>Tj\nET", "<0015>Tj\nET"}, /* Adler-32 */
        /* fonts */
        {40, MSG_READBACK_FONT, "/Subtype/Type0", "/Subtype/Type3"},
        {41, MSG_READBACK_FONT, "Identity-H", "Identity-V"},
        {42, MSG_READBACK_FONT, "ABCDEF+Mincho/E", "ABCdEF+Mincho/E"},
        {43, MSG_READBACK_FONT, "ABCDEF+Mincho/E", "Mincho/E"},
        {44, MSG_READBACK_FONT, "[7 0 R]", "7 0 R"},
        {45, MSG_READBACK_FONT, "CIDFontType2", "CIDFontType0"},
        {46, MSG_READBACK_FONT, "CIDToGIDMap/Identity", "CIDToGIDMap/Other"},
        {47, MSG_READBACK_FONT, "/DW 1000", ""},
        {48, MSG_READBACK_FONT, "/W[1 9 500", "/W[9 1 500"},
        {49, MSG_READBACK_FONT, "/W[1 9 500", "/W[1 70000 500"},
        {50, MSG_READBACK_FONT, "[250.5 333]", "[250.5 /x]"},
        {51, MSG_READBACK_FONT, "/ToUnicode 8 0 R", ""},
        {52, MSG_READBACK_SHAPE, "/F0 6 0 R", "/F0 true"},
        {53, MSG_READBACK_LIMIT, "/F0 6 0 R", "/F0 6 0 R/F0 6 0 R"},
        {54, MSG_READBACK_SHAPE, "[/Separation", "[/DeviceN"},
        {55, MSG_READBACK_SHAPE, "/OPM 1", "/OPM 0"},
        {56, MSG_READBACK_SHAPE, "/OPM 1", "/OPM 1/SMask/None"},
    };
    struct digest sheet;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hand file = hand_changed(rows[i].from, rows[i].to);
        enum message have = file.bytes ? read_file(&file, &sheet) : MSG_BUG;

        if (have != rows[i].want)
            fprintf(stderr, "have %d, want %d: %s\n", have, rows[i].want, rows[i].to);
        row_check(rows[i].row, have == rows[i].want);
        free(file.bytes);
    }
    check_rows();
}

/* -- damage: no crash, and nothing but the same sheet or a refusal where the text or the table is hit -- */

static void cut_short(void **state)
{
    static const char content[] = "BT\n/F0 10 Tf 10 20 Td<0014>Tj\nET\n";
    struct hand file = hand_file(content, sizeof content - 1);
    size_t whole = file.size;
    struct digest sheet;
    bool refused = true;

    (void)state;
    for (file.size = 0; file.size < whole - 1; file.size++) {
        uint8_t *copy = malloc(file.size ? file.size : 1); /* so that a byte too far is found */
        struct hand part = {.bytes = copy, .size = file.size};

        assert_non_null(copy);
        memcpy(copy, file.bytes, file.size);
        refused = refused && read_file(&part, &sheet) != MSG_NONE;
        free(copy);
    }
    row_check(1, refused);
    free(file.bytes);
    check_rows();
}

static void flipped(void **state)
{
    static const char content[] =
        "/Fm1 Do\nBT\n/F0 10 Tf 10 20 Td<00140021>Tj\nET\n" IMAGE_HEAD "/Im1 Do Q\n";
    struct hand file = hand_file(content, sizeof content - 1);
    struct digest good, sheet;
    unsigned same = 0, refused = 0, other = 0;

    (void)state;
    assert_int_equal(read_file(&file, &good), MSG_NONE);
    for (size_t bit = 0; bit < 8 * file.size; bit++) {
        file.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        if (read_file(&file, &sheet) != MSG_NONE)
            refused++;
        else if (memcmp(&sheet, &good, sizeof sheet) == 0)
            same++;
        else
            other++;
        file.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    row_check(1, refused > same);
    row_check(2, other > 0); /* a box, a width: another sheet */
    row_check(3, read_file(&file, &sheet) == MSG_NONE && memcmp(&sheet, &good, sizeof sheet) == 0);
    free(file.bytes);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(contents), cmocka_unit_test(given),
                                       cmocka_unit_test(structures), cmocka_unit_test(cut_short),
                                       cmocka_unit_test(flipped)};
    struct error error;
    int failed;

    if (digester_new(&digester, &error) != OK)
        return 1;
    failed = check_run(tests);
    digester_free(digester);
    return failed;
}
