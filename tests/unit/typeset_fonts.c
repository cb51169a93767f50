/* The pinned fonts: facts, canonical texts, subsets, and every way in which a list or a file is refused. */
#include "check.h"

#include "base/memory.h"
#include "base/os.h"
#include "typeset/typeset.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <unistd.h>

#define MINCHO "BIZUDMincho-Regular.ttf"
#define MINCHO_SHA "12a760927333e6099c7d55508b03617d905836041d3883c766e88a2e892a96c3"

static struct fonts *fonts;

static uint32_t face_named(const char *name)
{
    for (uint32_t i = 0; i < fonts_faces(fonts); i++)
        if (text_is(fonts_face(fonts, i)->name, name))
            return i;
    return UINT32_MAX;
}

/* -- the shipped list -- */

static void shipped(void **state)
{
    (void)state;
    row_check(1, fonts_faces(fonts) == 6);
    row_check(2, fonts_role(fonts, TEXT("mincho")) >= 0 && fonts_role(fonts, TEXT("gothic")) >= 0 &&
                     fonts_role(fonts, TEXT("gothic-bold")) >= 0);
    row_check(3, fonts_role(fonts, TEXT("Mincho")) == -1 && fonts_role(fonts, TEXT("")) == -1);
    const struct face_facts *mincho = fonts_face(fonts, face_named("BIZUDMincho"));
    char hex[65];
    digest_hex(&mincho->digest, hex);
    row_check(4, strcmp(hex, MINCHO_SHA) == 0);
    row_check(5, mincho->units == 2048 && mincho->glyphs == 13932 && mincho->ascent == 1802 &&
                     mincho->descent == -246 && mincho->cap_height == 1567 &&
                     mincho->italic_angle == 0);
    row_check(6, mincho->box[0] == -3 && mincho->box[1] == -262 && mincho->box[2] == 2048 &&
                     mincho->box[3] == 1802);
    row_check(7, (mincho->flags & 4) && (mincho->flags & 2));
    row_check(8, !(fonts_face(fonts, face_named("BIZUDGothic"))->flags & 2));
    row_check(9, fonts_face(fonts, face_named("BIZUDGothic-Bold"))->stem_v > mincho->stem_v);
    row_check(10, fonts_face(fonts, face_named("IPAmjMincho"))->glyphs == 61179);
    struct digest digest;
    struct text bytes = fonts_bytes(fonts, face_named("BIZUDMincho"));
    struct error error = {.message = MSG_NONE};
    row_check(11, digest_of(bytes.bytes, bytes.length, &digest, &error) == OK &&
                      memcmp(&digest, &mincho->digest, sizeof(digest)) == 0);
    struct fonts *again = NULL;
    row_check(12, fonts_open("fonts", &again, &error) == OK &&
                      memcmp(fonts_digest(again), fonts_digest(fonts), sizeof(digest)) == 0);
    fonts_close(again);
    fonts_close(NULL);
    check_rows();
}

/* -- canonical texts -- */

static hb_font_t *judge_of(uint32_t face)
{
    struct text bytes = fonts_bytes(fonts, face);
    hb_blob_t *blob =
        hb_blob_create(bytes.bytes, bytes.length, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *hb_face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(hb_face);
    hb_face_destroy(hb_face);
    hb_blob_destroy(blob);
    return font;
}

static const struct {
    int row;
    const char *face;
    uint32_t code_point, selector;
    const char *canonical;
} canonical_rows[] = {
    {1, "BIZUDMincho", 'A', 0, "A"},
    {2, "BIZUDMincho", ' ', 0, " "},
    {3, "IPAexMincho", 0xA0, 0, " "},
    {4, "BIZUDMincho", 0x3042, 0, "あ"},
    {5, "BIZUDMincho", 0x845B, 0, "葛"},
    {6, "IPAmjMincho", 0x845B, 0xE0102, NULL}, /* as found: a text that leads back to the glyph */
    {7, "IPAmjMincho", 0x20BB7, 0, "\U00020BB7"},
    {8, "BIZUDMincho", 0xFA11, 0, "\uFA11"}, /* 﨑 is a unified ideograph in spite of its place */
    {9, "IPAexMincho", 0x2F3D, 0, "\u6208"}, /* radical and ideograph share a glyph */
    {10, "IPAexMincho", 0x6208, 0, "\u6208"},
    {11, "BIZUDMincho", 0xFF21, 0, "\uFF21"},
    {12, "IPAmjMincho", 0x3001, 0, "、"},
};

static bool is_canonical(size_t i)
{
    char out[CLUSTER_BYTES];
    hb_codepoint_t glyph = 0;
    uint32_t face = face_named(canonical_rows[i].face);
    hb_font_t *judge = judge_of(face);
    if (canonical_rows[i].selector)
        hb_font_get_variation_glyph(judge, canonical_rows[i].code_point, canonical_rows[i].selector,
                                    &glyph);
    else
        hb_font_get_nominal_glyph(judge, canonical_rows[i].code_point, &glyph);
    hb_font_destroy(judge);
    uint32_t length = fonts_canonical(fonts, face, glyph, out);
    struct text text = {out, length};
    return glyph &&
           (canonical_rows[i].canonical ? text_is(text, canonical_rows[i].canonical) : length > 0);
}

/* Each canonical text leads back to its glyph; two glyphs never share one. */
static uint32_t count_wrong_ways(uint32_t face, uint32_t *with_text, uint32_t *sequences)
{
    uint32_t wrong = 0;
    hb_font_t *judge = judge_of(face);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    for (uint32_t glyph = 0; glyph < fonts_face(fonts, face)->glyphs; glyph++) {
        char out[CLUSTER_BYTES];
        unsigned count = 0;
        uint32_t length = fonts_canonical(fonts, face, glyph, out);
        if (length == 0)
            continue;
        hb_buffer_clear_contents(buffer);
        hb_buffer_add_utf8(buffer, out, (int)length, 0, (int)length);
        hb_buffer_guess_segment_properties(buffer);
        hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
        hb_codepoint_t found = 0;
        *sequences += count == 2;
        ++*with_text;
        if (count == 1)
            hb_font_get_nominal_glyph(judge, infos[0].codepoint, &found);
        else
            hb_font_get_variation_glyph(judge, infos[0].codepoint, infos[1].codepoint, &found);
        wrong += found != glyph;
    }
    hb_buffer_destroy(buffer);
    hb_font_destroy(judge);
    return wrong;
}

static void canonical_texts(void **state)
{
    char out[CLUSTER_BYTES];
    uint32_t with_text = 0, sequences = 0;
    (void)state;
    for (size_t i = 0; i < sizeof(canonical_rows) / sizeof(*canonical_rows); i++)
        row_check(canonical_rows[i].row, is_canonical(i));
    row_check(20, fonts_canonical(fonts, 0, 0, out) == 0);        /* .notdef */
    row_check(21, fonts_canonical(fonts, 0, 0xFFFFFF, out) == 0); /* no such glyph */
    row_check(22, count_wrong_ways(face_named("BIZUDMincho"), &with_text, &sequences) == 0);
    row_check(23, with_text > 11000 && sequences > 300);
    with_text = sequences = 0;
    row_check(24, count_wrong_ways(face_named("IPAmjMincho"), &with_text, &sequences) == 0);
    row_check(25, with_text > 54000 && sequences > 6000);
    check_rows();
}

/* -- advances -- */

static void advances(void **state)
{
    (void)state;
    for (uint32_t face = 0; face < fonts_faces(fonts); face++) {
        hb_font_t *judge = judge_of(face);
        uint32_t wrong = 0;
        for (uint32_t glyph = 0; glyph < fonts_face(fonts, face)->glyphs; glyph++)
            wrong += fonts_advance(fonts, face, glyph) != hb_font_get_glyph_h_advance(judge, glyph);
        row_check((int)face + 1, wrong == 0);
        hb_font_destroy(judge);
    }
    check_rows();
}

/* -- subsets -- */

static hb_font_t *font_of(const struct buffer *buffer)
{
    hb_blob_t *blob = hb_blob_create((const char *)buffer->bytes, (unsigned)buffer->size,
                                     HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

/* b: the subset, which stands further to the right where the list scales. */
static bool same_box(hb_font_t *a, hb_font_t *b, hb_codepoint_t glyph, int32_t offset)
{
    hb_glyph_extents_t box_a = {0, 0, 0, 0}, box_b = {0, 0, 0, 0};
    hb_font_get_glyph_extents(a, glyph, &box_a);
    hb_font_get_glyph_extents(b, glyph, &box_b);
    if (box_a.width)
        box_a.x_bearing += offset;
    return box_a.width == box_b.width && box_a.height == box_b.height &&
           (box_a.width == 0 || box_a.x_bearing == box_b.x_bearing) &&
           box_a.y_bearing == box_b.y_bearing;
}

/* The same part of the em, to the nearest unit. */
static bool same_advance(hb_font_t *a, hb_font_t *b, hb_codepoint_t glyph,
                         const struct face_facts *facts)
{
    int32_t own = hb_font_get_glyph_h_advance(a, glyph) * facts->drawn;
    int32_t subset = hb_font_get_glyph_h_advance(b, glyph) * facts->units;
    return abs(own - subset) * 2 <= facts->units;
}

static bool has_table(hb_font_t *font, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(hb_font_get_face(font), tag);
    bool there = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return there;
}

static void subsets(void **state)
{
    (void)state;
    for (uint32_t face = 0; face < fonts_faces(fonts); face++) {
        int row = (int)face * 10;
        uint32_t glyphs = fonts_face(fonts, face)->glyphs;
        static uint8_t used[65536 / 8];
        struct buffer first = {NULL, 0, 0}, second = {NULL, 0, 0};
        struct error error = {.message = MSG_NONE};
        memset(used, 0, sizeof(used));
        for (uint32_t glyph = 5; glyph < glyphs; glyph += 97)
            used[glyph / 8] |= (uint8_t)(1u << glyph % 8);
        row_check(row + 1, fonts_subset(fonts, face, used, &first, &error) == OK);
        row_check(row + 2, fonts_subset(fonts, face, used, &second, &error) == OK);
        row_check(row + 3, first.size == second.size && first.size > 1000 &&
                               memcmp(first.bytes, second.bytes, first.size) == 0);
        row_check(row + 4, first.size < fonts_bytes(fonts, face).length / 20);
        hb_font_t *whole = judge_of(face), *subset = font_of(&first);
        uint32_t wrong = 0;
        for (uint32_t glyph = 5; glyph < glyphs; glyph += 97)
            wrong += !same_box(whole, subset, glyph, fonts_offset(fonts, face, glyph)) ||
                     !same_advance(whole, subset, glyph, fonts_face(fonts, face));
        row_check(row + 5, wrong == 0);
        /* .notdef keeps its outline */
        row_check(row + 6, same_box(whole, subset, 0, fonts_offset(fonts, face, 0)));
        row_check(row + 7, !has_table(subset, HB_TAG('G', 'S', 'U', 'B')) &&
                               !has_table(subset, HB_TAG('c', 'm', 'a', 'p')) &&
                               !has_table(subset, HB_TAG('n', 'a', 'm', 'e')) &&
                               !has_table(subset, HB_TAG('O', 'S', '/', '2')) &&
                               !has_table(subset, HB_TAG('f', 'p', 'g', 'm')));
        row_check(row + 8, has_table(subset, HB_TAG('g', 'l', 'y', 'f')) &&
                               has_table(subset, HB_TAG('l', 'o', 'c', 'a')) &&
                               has_table(subset, HB_TAG('h', 'e', 'a', 'd')) &&
                               has_table(subset, HB_TAG('h', 'h', 'e', 'a')) &&
                               has_table(subset, HB_TAG('h', 'm', 't', 'x')) &&
                               has_table(subset, HB_TAG('m', 'a', 'x', 'p')));
        hb_font_destroy(whole);
        hb_font_destroy(subset);
        buffer_free(&first);
        buffer_free(&second);
    }
    check_rows();
}

/* -- refusals: a folder of its own for each row -- */

static char folder[] = "/tmp/typeset-fonts-XXXXXX";

static void put_file(const char *name, const void *bytes, size_t size)
{
    char path[LIMIT_PATH];
    if (!os_path_join(path, folder, name))
        return;
    FILE *file = fopen(path, "wb");
    if (file) {
        fwrite(bytes, 1, size, file);
        fclose(file);
    }
}

static void drop_file(const char *name)
{
    char path[LIMIT_PATH];
    if (os_path_join(path, folder, name))
        remove(path);
}

#define CONF                                                                                       \
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig>" \
    "<dir>/usr/share/fonts/truetype</dir></fontconfig>"

static enum status open_with(const char *list, const char *conf, struct error *error)
{
    struct fonts *opened = NULL;
    *error = (struct error){.message = MSG_NONE};
    put_file("fonts.yaml", list, strlen(list));
    put_file("fonts.conf", conf, strlen(conf));
    enum status status = fonts_open(folder, &opened, error);
    if (status == OK)
        fonts_close(opened);
    else
        row_check(0, opened == NULL);
    return status;
}

#define FACE(name, family, file, sha)                                                              \
    "  - {name: " name ", family: " family ", file: " file ", sha256: " sha                        \
    ", package: fonts-morisawa-bizud-mincho}\n"
#define GOOD FACE("M", "BIZ UDMincho", MINCHO, MINCHO_SHA)
#define ZERO "0000000000000000000000000000000000000000000000000000000000000000"
#define ROLES "roles:\n  mincho: [M]\n"

static const struct {
    int row;
    const char *list;
    enum message message; /* MSG_NONE: opens */
    const char *name;
    uint32_t line;
} list_rows[] = {
    {1, "faces:\n" GOOD ROLES, MSG_NONE, "", 0},
    {2, "faces:\n" FACE("M", "BIZ UDMincho", MINCHO, ZERO) ROLES, MSG_FONT_DIGEST, "M", 0},
    {3, "faces:\n" FACE("M", "BIZ UDMincho", "nowhere.ttf", ZERO) ROLES, MSG_FONT_MISSING,
     "fonts-morisawa-bizud-mincho", 2},
    {4, "faces:\n" FACE("M", "BIZ UDGothic", MINCHO, MINCHO_SHA) ROLES, MSG_FONT_FAMILY, "M", 0},
    {5, "faces:\n" FACE("M", "BIZ UD明朝", MINCHO, MINCHO_SHA) ROLES, MSG_NONE, "", 0},
    {6, "faces:\n" GOOD GOOD ROLES, MSG_FONT_LIST_DOUBLE, "M", 3},
    {7, "faces:\n" GOOD "roles:\n  mincho: [M, X]\n", MSG_FONT_LIST_FACE, "X", 4},
    {8, "faces:\n" GOOD "roles:\n  mincho: []\n", MSG_FONT_LIST, "mincho", 4},
    {9, "faces:\n" GOOD, MSG_FONT_LIST, "roles", 1},
    {10, ROLES, MSG_FONT_LIST, "faces", 1},
    {11, "", MSG_FONT_LIST, "faces", 1},
    {12, "faces: []\n" ROLES, MSG_FONT_LIST, "faces", 1},
    {13, "faces:\n" GOOD ROLES "more: 1\n", MSG_FONT_LIST, "more", 5},
    {14, "faces:\n  - {name: M, family: A, file: a.ttf}\n" ROLES, MSG_FONT_LIST, "sha256", 2},
    {15, "faces:\n  - {name: M, family: A, sha256: " ZERO "}\n" ROLES, MSG_FONT_LIST, "file", 2},
    {16, "faces:\n  - {name: M, file: a.ttf, sha256: " ZERO "}\n" ROLES, MSG_FONT_LIST, "family",
     2},
    {17, "faces:\n  - {family: A, file: a.ttf, sha256: " ZERO "}\n" ROLES, MSG_FONT_LIST, "name",
     2},
    {18, "faces:\n" FACE("'M/1'", "A", "a.ttf", ZERO) ROLES, MSG_FONT_LIST, "name", 2},
    {19, "faces:\n" FACE("M", "A", "../a.ttf", ZERO) ROLES, MSG_FONT_LIST, "file", 2},
    {20, "faces:\n" FACE("M", "A", "a.ttf", "12") ROLES, MSG_FONT_LIST, "sha256", 2},
    {21,
     "faces:\n" FACE("M", "A", "a.ttf",
                     "G2a760927333e6099c7d55508b03617d905836041d3883c766e88a2e892a96c3") ROLES,
     MSG_FONT_LIST, "sha256", 2},
    {22, "faces:\n  - {name: M, weight: bold}\n" ROLES, MSG_FONT_LIST, "weight", 2},
    {23, "faces:\n  - {name: M, private: maybe}\n" ROLES, MSG_FONT_LIST, "private", 2},
    {41, "faces:\n  - {name: M, scale: 799}\n" ROLES, MSG_FONT_LIST, "scale", 2},
    {42, "faces:\n  - {name: M, scale: 1251}\n" ROLES, MSG_FONT_LIST, "scale", 2},
    {43, "faces:\n  - {name: M, scale: 1.03}\n" ROLES, MSG_FONT_LIST, "scale", 2},
    {44, "faces:\n  - {name: M, shift: -201}\n" ROLES, MSG_FONT_LIST, "shift", 2},
    {45, "faces:\n  - {name: M, shift: up}\n" ROLES, MSG_FONT_LIST, "shift", 2},
    {24, "faces:\n  - M\n" ROLES, MSG_FONT_LIST, "faces", 2},
    {25, "faces:\n" GOOD "roles:\n  mincho: M\n", MSG_FONT_LIST, "mincho", 4},
    {26, "faces:\n" GOOD "roles:\n  'min cho': [M]\n", MSG_FONT_LIST, "min cho", 4},
    {27, "faces:\n" GOOD "roles:\n  mincho: [M, M, M, M, M, M, M, M, M]\n", MSG_FONT_LIST_COUNT, "",
     4},
    {28, "faces: [\n", MSG_YAML_SYNTAX, NULL, 0},
};

static void lists(void **state)
{
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof(list_rows) / sizeof(*list_rows); i++) {
        enum status status = open_with(list_rows[i].list, CONF, &error);
        row_check(list_rows[i].row, status == (list_rows[i].message == MSG_NONE ? OK : STOP));
        row_check(list_rows[i].row, error.message == list_rows[i].message);
        row_check(list_rows[i].row,
                  !list_rows[i].name || strcmp(error.name, list_rows[i].name) == 0);
        row_check(list_rows[i].row, !list_rows[i].line || error.line == list_rows[i].line);
    }
    row_check(40, open_with("faces:\n" GOOD ROLES, "<fontconfig></fontconfig>", &error) == STOP &&
                      error.message == MSG_FONT_MISSING);
    row_check(41, fonts_open("/nowhere", &(struct fonts *){NULL}, &error) == STOP &&
                      error.message == MSG_NO_SUCH_FILE);
    drop_file("fonts.conf");
    row_check(42, fonts_open(folder, &(struct fonts *){NULL}, &error) == STOP &&
                      error.message == MSG_NO_SUCH_FILE);
    check_rows();
}

/* A real font with one thing changed, pinned by its own digest, in the folder of the list. */
static enum status open_patched(const uint8_t *bytes, size_t size, struct error *error)
{
    char list[512], hex[65];
    struct digest digest;
    put_file("patched.ttf", bytes, size);
    if (digest_of(bytes, size, &digest, error) != OK)
        return STOP;
    digest_hex(&digest, hex);
    snprintf(list, sizeof(list),
             "faces:\n  - {name: M, family: BIZ UDMincho, file: patched.ttf, sha256: %s}\n" ROLES,
             hex);
    enum status status = open_with(list, CONF, error);
    drop_file("patched.ttf");
    return status;
}

/* Offset of a table by its tag, from the table directory. */
static size_t table_at(const uint8_t *bytes, const char *tag)
{
    for (size_t i = 12; i < 12 + 16 * 40; i += 16)
        if (memcmp(bytes + i, tag, 4) == 0)
            return (size_t)bytes[i + 8] << 24 | (size_t)bytes[i + 9] << 16 |
                   (size_t)bytes[i + 10] << 8 | bytes[i + 11];
    return 0;
}

static size_t directory_at(const uint8_t *bytes, const char *tag)
{
    for (size_t i = 12; i < 12 + 16 * 40; i += 16)
        if (memcmp(bytes + i, tag, 4) == 0)
            return i;
    return 0;
}

static const struct {
    int row;
    const char
        *table; /* NULL: the file's own head; "-xxxx": the name of table xxxx in the directory */
    size_t offset;
    uint8_t value[4];
    uint32_t count;
    enum message message;
} patch_rows[] = {
    {1, NULL, 0, {0, 1, 0, 0}, 4, MSG_NONE},
    {2, NULL, 0, {'O', 'T', 'T', 'O'}, 4, MSG_FONT_NOT_TRUETYPE},
    {3, NULL, 0, {'t', 't', 'c', 'f'}, 4, MSG_FONT_NOT_TRUETYPE},
    {4, NULL, 0, {0, 0, 0, 0}, 4, MSG_FONT_NOT_TRUETYPE},
    {5, "-glyf", 0, {'g', 'l', 'y', 'x'}, 4, MSG_FONT_NOT_TRUETYPE},
    {6, "OS/2", 8, {0, 2}, 2, MSG_FONT_EMBEDDING},    /* restricted licence */
    {7, "OS/2", 8, {0, 4}, 2, MSG_NONE},              /* preview and print */
    {8, "OS/2", 8, {0, 8}, 2, MSG_NONE},              /* editable */
    {9, "OS/2", 8, {1, 0}, 2, MSG_FONT_EMBEDDING},    /* no subsets */
    {10, "OS/2", 8, {2, 0}, 2, MSG_FONT_EMBEDDING},   /* bitmaps only */
    {11, "hhea", 34, {0, 0}, 2, MSG_FONT_BROKEN},     /* no metrics */
    {12, "hhea", 34, {255, 255}, 2, MSG_FONT_BROKEN}, /* more metrics than the table holds */
    {13, "head", 18, {0, 0}, 2, MSG_FONT_BROKEN},     /* no units per em */
    {14, "-post", 0, {'p', 'o', 's', 'x'}, 4, MSG_FONT_BROKEN},
    {15, "-hhea", 0, {'h', 'h', 'e', 'x'}, 4, MSG_FONT_BROKEN},
    {16, "-OS/2", 0, {'O', 'S', '/', '3'}, 4, MSG_FONT_BROKEN},
    {17, "-name", 0, {'n', 'a', 'm', 'x'}, 4, MSG_FONT_FAMILY},
};

static void patched(void **state)
{
    struct text whole = fonts_bytes(fonts, face_named("BIZUDMincho"));
    uint8_t *bytes = malloc(whole.length);
    struct error error;
    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < sizeof(patch_rows) / sizeof(*patch_rows); i++) {
        const char *table = patch_rows[i].table;
        memcpy(bytes, whole.bytes, whole.length);
        size_t base = !table            ? 0
                      : table[0] == '-' ? directory_at(bytes, table + 1)
                                        : table_at(bytes, table);
        memcpy(bytes + base + patch_rows[i].offset, patch_rows[i].value, patch_rows[i].count);
        enum status status = open_patched(bytes, whole.length, &error);
        row_check(patch_rows[i].row, status == (patch_rows[i].message == MSG_NONE ? OK : STOP) &&
                                         error.message == patch_rows[i].message);
    }
    memcpy(bytes, whole.bytes, whole.length);
    row_check(30,
              open_patched(bytes, 10, &error) == STOP && error.message == MSG_FONT_NOT_TRUETYPE);
    row_check(31, open_patched(bytes, 600, &error) == STOP);
    row_check(32, open_patched(bytes, 0, &error) == STOP);
    free(bytes);
    check_rows();
}

/* The list's own digest: what is drawn counts, where it comes from does not. */
static void list_digest(void **state)
{
    static const char *const lists_of[] = {
        "faces:\n" GOOD ROLES,
        "faces:\n  - {sha256: " MINCHO_SHA ", file: " MINCHO
        ", name: M, family: BIZ UDMincho}\n" ROLES,
        "faces:\n" FACE("N", "BIZ UDMincho", MINCHO, MINCHO_SHA) "roles:\n  mincho: [N]\n",
        "faces:\n" GOOD "roles:\n  gothic: [M]\n",
        "faces:\n" GOOD "roles:\n  mincho: [M, M]\n",
        "faces:\n  - {name: M, family: BIZ UDMincho, file: " MINCHO ", sha256: " MINCHO_SHA
        ", private: true}\n" ROLES};
    struct digest digests[6];
    struct error error = {.message = MSG_NONE};
    (void)state;
    put_file("fonts.conf", CONF, strlen(CONF));
    for (size_t i = 0; i < 6; i++) {
        struct fonts *opened = NULL;
        put_file("fonts.yaml", lists_of[i], strlen(lists_of[i]));
        row_check((int)i + 1, fonts_open(folder, &opened, &error) == OK);
        digests[i] = opened ? *fonts_digest(opened) : (struct digest){{(uint8_t)i}};
        fonts_close(opened);
    }
    row_check(10, memcmp(&digests[0], &digests[1], sizeof(*digests)) == 0);
    for (size_t i = 2; i < 6; i++)
        row_check(10 + (int)i, memcmp(&digests[0], &digests[i], sizeof(*digests)) != 0);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped),    cmocka_unit_test(canonical_texts), cmocka_unit_test(advances),
        cmocka_unit_test(subsets),    cmocka_unit_test(lists),           cmocka_unit_test(patched),
        cmocka_unit_test(list_digest)};
    struct error error = {.message = MSG_NONE};
    if (!mkdtemp(folder) || fonts_open("fonts", &fonts, &error) != OK)
        return 1;
    int failed = check_run(tests);
    fonts_close(fonts);
    drop_file("fonts.yaml");
    drop_file("fonts.conf");
    rmdir(folder);
    return failed;
}
