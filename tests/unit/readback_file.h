/* tests/unit/readback_file.h -- a small PDF built by hand around a content stream: a font of four widths, a layer, an
 * image, an ink. Streams are stored, not deflated: RFC 1950 around RFC 1951, 3.2.4. */
#ifndef TESTS_READBACK_FILE_H
#define TESTS_READBACK_FILE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HAND_OBJECTS 16

struct hand {
    uint8_t *bytes;
    size_t size, room;
    size_t offsets[HAND_OBJECTS];
};

static inline void hand_add(struct hand *hand, const void *bytes, size_t size)
{
    if (hand->room - hand->size < size) {
        hand->room = (hand->room + size) * 2;
        hand->bytes = realloc(hand->bytes, hand->room);
        if (!hand->bytes)
            abort();
    }
    if (size > 0)
        memcpy(hand->bytes + hand->size, bytes, size);
    hand->size += size;
}

static inline void hand_words(struct hand *hand, const char *words)
{
    hand_add(hand, words, strlen(words));
}

static inline void hand_number(struct hand *hand, size_t number)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%zu", number);
    hand_words(hand, digits);
}

static inline void hand_begin(struct hand *hand, unsigned number)
{
    hand->offsets[number] = hand->size;
    hand_number(hand, number);
    hand_words(hand, " 0 obj\n");
}

static inline void hand_object(struct hand *hand, unsigned number, const char *body)
{
    hand_begin(hand, number);
    hand_words(hand, body);
    hand_words(hand, "\nendobj\n");
}

static inline void hand_stored(struct hand *hand, const uint8_t *bytes, size_t size)
{
    uint32_t a = 1, b = 0;

    hand_add(hand, "\x78\x01", 2);
    for (size_t at = 0;; at += 65535) {
        size_t part = size - at < 65535 ? size - at : 65535;
        const uint8_t head[] = {at + part == size, (uint8_t)part, (uint8_t)(part >> 8), (uint8_t)~part,
                                (uint8_t)(~part >> 8)};

        hand_add(hand, head, 5);
        hand_add(hand, bytes + at, part);
        if (at + part == size)
            break;
    }
    for (size_t i = 0; i < size; i++) {
        a = (a + bytes[i]) % 65521;
        b = (b + a) % 65521;
    }
    const uint8_t sum[] = {(uint8_t)(b >> 8), (uint8_t)b, (uint8_t)(a >> 8), (uint8_t)a};
    hand_add(hand, sum, 4);
}

static inline void hand_stream(struct hand *hand, unsigned number, const char *entries, const void *bytes,
                               size_t size)
{
    hand_begin(hand, number);
    hand_words(hand, "<</Filter/FlateDecode");
    hand_words(hand, entries);
    hand_words(hand, "/Length ");
    hand_number(hand, size + 5 * (size / 65535 + (size % 65535 != 0 || size == 0)) + 6);
    hand_words(hand, ">>\nstream\n");
    hand_stored(hand, bytes, size);
    hand_words(hand, "\nendstream\nendobj\n");
}

static const char hand_map[] = "2 beginbfchar\n<0014> <67B6>\n<001F> <D842DF9F>\nendbfchar\n"
                               "1 beginbfrange\n<0020> <0022> <3042>\nendbfrange\n";
static const char hand_layer[] = "1 w\n10 10 m 20 10 l S\n";
static const uint8_t hand_image[] = {0xA0, 0x40};

static inline void hand_end(struct hand *hand)
{
    size_t table = hand->size;

    hand_words(hand, "xref\n0 16\n0000000000 65535 f \n");
    for (unsigned i = 1; i < HAND_OBJECTS; i++) {
        char entry[32];

        snprintf(entry, sizeof entry, "%010zu 00000 %c \n", hand->offsets[i],
                 hand->offsets[i] ? 'n' : 'f');
        hand_words(hand, entry);
    }
    hand_words(hand, "trailer\n<</Size 16/Root 1 0 R>>\nstartxref\n");
    hand_number(hand, table);
    hand_words(hand, "\n%%EOF\n");
}

/* content: of its one page. */
static inline struct hand hand_file(const void *content, size_t size)
{
    struct hand hand = {0};

    hand_words(&hand, "%PDF-1.6\n");
    hand_object(&hand, 1, "<</Type/Catalog/Pages 2 0 R>>");
    hand_object(&hand, 2, "<</Type/Pages/Count 1/Kids[3 0 R]/Resources 5 0 R/MediaBox[0 0 595.2 841.92]>>");
    hand_object(&hand, 3, "<</Type/Page/Parent 2 0 R/TrimBox[0 0 595.2 841.92]/Contents 4 0 R>>");
    hand_stream(&hand, 4, "", content, size);
    hand_object(&hand, 5, "<</Font<</F0 6 0 R>>/XObject<</Fm1 11 0 R/Im1 12 0 R>>"
                          "/ColorSpace<</Cut[/Separation/CutContour/DeviceCMYK 13 0 R]>>/ExtGState<</Over<</OP true/op true/OPM 1>>>>>>");
    hand_object(&hand, 6, "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Mincho/Encoding/Identity-H"
                          "/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>");
    hand_object(&hand, 7, "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Mincho/CIDToGIDMap/Identity"
                          "/DW 1000/W[1 9 500 30[250.5 333]]>>");
    hand_stream(&hand, 8, "", hand_map, sizeof hand_map - 1);
    hand_stream(&hand, 11, "/Type/XObject/Subtype/Form/Resources 5 0 R/BBox[0 0 595.2 841.92]", hand_layer,
                sizeof hand_layer - 1);
    hand_stream(&hand, 12,
                "/Type/XObject/Subtype/Image/Width 3/Height 2/ImageMask true/BitsPerComponent 1/Decode[1 0]",
                hand_image, sizeof hand_image);
    hand_end(&hand);
    return hand;
}

/* The same file with one place written otherwise; the cross-reference table is made anew where lengths differ. NULL
 * bytes: no such place. */
static inline struct hand hand_changed(const char *from, const char *to)
{
    static const char content[] = "BT\n/F0 10 Tf 10 20 Td<0014>Tj\nET\n";
    struct hand good = hand_file(content, sizeof content - 1), out = {0};
    uint8_t *place = memmem(good.bytes, good.size, from, strlen(from));

    if (place) {
        size_t before = (size_t)(place - good.bytes), table = 0;
        uint8_t *xref = memmem(good.bytes, good.size, "xref\n0 16", 9);

        hand_add(&out, good.bytes, before);
        hand_words(&out, to);
        table = (size_t)(xref - good.bytes);
        if (before < table) {
            hand_add(&out, place + strlen(from), table - before - strlen(from));
            for (unsigned i = 1; i < HAND_OBJECTS; i++)
                out.offsets[i] = good.offsets[i] > before
                                     ? good.offsets[i] + strlen(to) - strlen(from)
                                     : good.offsets[i];
            hand_end(&out);
        } else {
            hand_add(&out, place + strlen(from), good.size - before - strlen(from));
        }
    }
    free(good.bytes);
    return out;
}

#endif
