#include "typeset/gaiji.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "base/yaml.h"
#include "typeset/bdf.h"
#include "typeset/cells.h"
#include "typeset/codes.h"
#include "typeset/drawing.h"
#include "typeset/makefont.h"
#include "typeset/typeset.h"

#include <stdio.h>
#include <stdlib.h>

#define WORK_ARENA (256u << 20) /* files and outlines while the table is read */
#define BDF_FILES 64
#define GAIJI_MOST                                                                                 \
    65000 /* entries: more than there are private-use code points in the basic plane */

struct reader {
    struct fonts *fonts;
    const char *path, *folder;
    const struct gaiji_drawer *drawer;
    struct error *error;
    struct arena work;
    struct digester *digester;
    struct contours *glyphs; /* of the face in the making; 0 = .notdef */
    uint32_t glyph_count, glyph_room;
    struct bdf_file {
        struct text name;
        struct bdf bdf;
    } bdfs[BDF_FILES];
    uint32_t bdf_count;
};

struct row { /* one entry of the list, as written */
    const struct yaml_node *node;
    uint32_t first, last;
    const struct yaml_node *to, *font, *glyph, *svg, *bdf, *character;
    struct text says;
};

static enum status refuse(const struct reader *reader, enum message message, const struct row *row)
{
    const struct yaml_node *code = yaml_find(row->node, "code");
    return error_at(reader->error, message, reader->path, row->node->line,
                    code && code->kind == YAML_SCALAR ? code->text : TEXT("code"));
}

/* -- what an entry says -- */

static bool read_range(struct text text, struct row *row)
{
    const char *hyphen = memchr(text.bytes, '-', text.length);
    struct text first = text, last = text;
    if (hyphen) {
        first.length = (uint32_t)(hyphen - text.bytes);
        last = (struct text){hyphen + 1, text.length - first.length - 1};
    }
    return code_read(first, &row->first) && code_read(last, &row->last) &&
           row->first <= row->last && code_is_private(row->first) && code_is_private(row->last) &&
           row->last - row->first < GAIJI_MOST;
}

static const struct yaml_node **row_place(struct row *row, struct text key)
{
    static const char *const names[] = {"to", "font", "glyph", "svg", "bdf", "char"};
    const struct yaml_node **places[] = {&row->to,  &row->font, &row->glyph,
                                         &row->svg, &row->bdf,  &row->character};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is(key, names[i]))
            return places[i];
    return NULL;
}

static enum status read_keys(struct reader *reader, struct row *row)
{
    uint32_t count;
    for (const struct yaml_node *key = row->node->child; key; key = key->next) {
        const struct yaml_node **place = row_place(row, key->key);
        if (key->kind != YAML_SCALAR || key->text.length == 0)
            return refuse(reader, MSG_GAIJI_LIST, row);
        if (place)
            *place = key;
        else if (text_is(key->key, "text") &&
                 !codes_read(key->text, &reader->fonts->arena, &row->says, &count))
            return refuse(reader, MSG_GAIJI_LIST, row);
        else if (!text_is(key->key, "text") && !text_is(key->key, "code"))
            return refuse(reader, MSG_GAIJI_LIST, row);
    }
    return row->says.length > CLUSTER_BYTES ? refuse(reader, MSG_GAIJI_LIST, row) : OK;
}

/* One source, and only keys that go with it; a range where the file itself says what it has. */
static bool is_sound(const struct row *row)
{
    bool single = row->first == row->last;
    int sources = (row->to != NULL) + (row->font != NULL) + (row->svg != NULL) + (row->bdf != NULL);
    if (sources != 1 || (row->glyph && !row->font) || (row->character && !row->bdf))
        return false;
    return single || (!row->to && !row->svg && !row->glyph && !row->character && !row->says.length);
}

/* -- entries -- */

static enum status add_entry(struct reader *reader, const struct row *row,
                             const struct gaiji_entry *entry)
{
    struct gaiji_list *list = &reader->fonts->gaiji;
    if (list->count == GAIJI_MOST)
        return refuse(reader, MSG_FONT_LIST_COUNT, row);
    if (list->count == list->room) {
        uint32_t room = list->room ? list->room * 2 : 64;
        struct gaiji_entry *entries = arena_array(&reader->fonts->arena, room, sizeof *entries);
        if (!entries)
            return error_set(reader->error, MSG_NO_MEMORY);
        if (list->count)
            memcpy(entries, list->entries, list->count * sizeof *entries);
        list->entries = entries;
        list->room = room;
    }
    list->entries[list->count++] = *entry;
    return OK;
}

/* Room for one more glyph, numbered *glyph. */
static enum status add_glyph(struct reader *reader, struct contours **out, uint16_t *glyph)
{
    if (reader->glyph_count == reader->glyph_room) {
        uint32_t room = reader->glyph_room ? reader->glyph_room * 2 : 64;
        struct contours *glyphs = arena_array(&reader->work, room, sizeof *glyphs);
        if (!glyphs || reader->glyph_count >= GAIJI_MOST)
            return error_set(reader->error, MSG_NO_MEMORY);
        if (reader->glyph_count)
            memcpy(glyphs, reader->glyphs, reader->glyph_count * sizeof *glyphs);
        else
            reader->glyph_count = 1; /* .notdef stays empty: it is never set */
        contours_open(&glyphs[0], &reader->work, GAIJI_UNITS);
        reader->glyphs = glyphs;
        reader->glyph_room = room;
    }
    *glyph = (uint16_t)reader->glyph_count;
    *out = &reader->glyphs[reader->glyph_count++];
    return OK;
}

static enum status check_outline(struct reader *reader, const struct row *row,
                                 const struct contours *contours)
{
    bool drawn = !contours->failed && contours->count > 0 && contours->advance > 0 &&
                 contours->advance <= 2 * GAIJI_UNITS;
    return drawn ? OK : refuse(reader, MSG_GAIJI_OUTLINE, row);
}

/* -- files beside the table -- */

static enum status read_file(struct reader *reader, const struct row *row,
                             const struct yaml_node *name, char path[LIMIT_PATH], struct text *out)
{
    bool plain = !memchr(name->text.bytes, '/', name->text.length);
    if (!plain || !os_path_join(path, reader->folder, name->text.bytes) || !os_exists(path))
        return refuse(reader, MSG_NO_SUCH_FILE, row);
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &reader->work, out, reader->error);
    if (status == OK)
        digest_add_text(reader->digester, *out);
    return status;
}

static enum status take_svg(struct reader *reader, const struct row *row, struct gaiji_entry *entry)
{
    char path[LIMIT_PATH];
    struct text source;
    struct gaiji_drawing drawing;
    struct contours *contours;
    if (!reader->drawer)
        return refuse(reader, MSG_GAIJI_LIST, row);
    enum status status = read_file(reader, row, row->svg, path, &source);
    if (status == OK)
        status = reader->drawer->draw(reader->drawer->context, source, path, &reader->work,
                                      &drawing, reader->error);
    if (status == OK)
        status = add_glyph(reader, &contours, &entry->glyph);
    if (status != OK)
        return status;
    drawing_outline(&drawing, &reader->work, contours);
    status = check_outline(reader, row, contours);
    return status == OK ? add_entry(reader, row, entry) : status;
}

static enum status find_bdf(struct reader *reader, const struct row *row, const struct bdf **out)
{
    char path[LIMIT_PATH];
    struct text source;
    for (uint32_t i = 0; i < reader->bdf_count; i++) {
        *out = &reader->bdfs[i].bdf;
        if (text_equal(reader->bdfs[i].name, row->bdf->text))
            return OK;
    }
    if (reader->bdf_count == BDF_FILES)
        return refuse(reader, MSG_FONT_LIST_COUNT, row);
    enum status status = read_file(reader, row, row->bdf, path, &source);
    if (status != OK)
        return status;
    struct bdf_file *file = &reader->bdfs[reader->bdf_count];
    if (!bdf_open(source, &reader->work, &file->bdf))
        return refuse(reader, MSG_GAIJI_BDF, row);
    file->name = row->bdf->text;
    reader->bdf_count++;
    *out = &file->bdf;
    return OK;
}

static enum status take_bdf(struct reader *reader, const struct row *row, struct gaiji_entry *entry)
{
    const struct bdf *bdf = NULL;
    uint32_t before = reader->glyph_count, character = 0;
    enum status status = find_bdf(reader, row, &bdf);
    if (status == OK && row->character && !code_read(row->character->text, &character))
        return refuse(reader, MSG_GAIJI_LIST, row);
    for (uint32_t code = row->first; status == OK && bdf && code <= row->last; code++) {
        struct contours *contours;
        uint32_t wanted = row->character ? character : code;
        if (!bdf_has(bdf, wanted) && row->first != row->last)
            continue;
        status = add_glyph(reader, &contours, &entry->glyph);
        if (status != OK)
            return status;
        enum bdf_answer answer = bdf_outline(bdf, wanted, &reader->work, contours);
        if (answer != BDF_TAKEN)
            return refuse(reader, answer == BDF_BROKEN ? MSG_GAIJI_BDF : MSG_GAIJI_GLYPH, row);
        status = check_outline(reader, row, contours);
        entry->code = code;
        if (status == OK)
            status = add_entry(reader, row, entry);
    }
    if (status == OK && reader->glyph_count == before)
        return refuse(reader, MSG_GAIJI_GLYPH, row);
    return status;
}

/* -- faces of the font list -- */

static const struct face *find_face(struct reader *reader, struct text name, uint16_t *index)
{
    for (*index = 0; *index < reader->fonts->face_count; ++*index)
        if (text_equal(reader->fonts->faces[*index].facts.name, name))
            return &reader->fonts->faces[*index];
    return NULL;
}

static enum status take_font(struct reader *reader, const struct row *row,
                             struct gaiji_entry *entry)
{
    const struct face *face = find_face(reader, row->font->text, &entry->face);
    int64_t number = 0;
    uint32_t before = reader->fonts->gaiji.count;
    enum status status = OK;
    if (!face)
        return refuse(reader, MSG_GAIJI_FACE, row);
    if (row->glyph && !yaml_whole(row->glyph, &number))
        return refuse(reader, MSG_GAIJI_LIST, row);
    if (!row->glyph && !face->private_use)
        return refuse(reader, MSG_GAIJI_FACE, row);
    for (uint32_t code = row->first; status == OK && code <= row->last; code++) {
        int64_t glyph = row->glyph ? number : (int64_t)face_glyph(face, code);
        if (glyph == 0 && row->first != row->last)
            continue;
        if (glyph < 1 || glyph >= face->facts.glyphs)
            return refuse(reader, MSG_GAIJI_GLYPH, row);
        entry->code = code;
        entry->glyph = (uint16_t)glyph;
        status = add_entry(reader, row, entry);
    }
    if (status == OK && reader->fonts->gaiji.count == before)
        return refuse(reader, MSG_GAIJI_GLYPH, row);
    return status;
}

static enum status take_sequence(struct reader *reader, const struct row *row,
                                 struct gaiji_entry *entry)
{
    uint32_t count;
    if (!codes_read(row->to->text, &reader->fonts->arena, &entry->to, &count) ||
        entry->to.length > CLUSTER_BYTES)
        return refuse(reader, MSG_GAIJI_LIST, row);
    for (const char *at = entry->to.bytes, *end = at + entry->to.length; at < end;)
        if (code_is_private(utf8_next(&at, end)))
            return refuse(reader, MSG_GAIJI_LIST, row);
    return add_entry(reader, row, entry);
}

/* -- the list -- */

static enum status take_row(struct reader *reader, const struct yaml_node *node)
{
    struct row row = {.node = node};
    const struct yaml_node *code = yaml_find(node, "code");
    if (node->kind != YAML_MAP)
        return refuse(reader, MSG_GAIJI_LIST, &row);
    if (!code || code->kind != YAML_SCALAR || !read_range(code->text, &row))
        return refuse(reader, MSG_GAIJI_CODE, &row);
    enum status status = read_keys(reader, &row);
    if (status != OK)
        return status;
    if (!is_sound(&row))
        return refuse(reader, MSG_GAIJI_LIST, &row);
    /* the face in the making comes behind those of the font list */
    struct gaiji_entry entry = {
        .code = row.first, .face = (uint16_t)reader->fonts->face_count, .says = row.says};
    if (row.to)
        return take_sequence(reader, &row, &entry);
    if (row.font)
        return take_font(reader, &row, &entry);
    return row.svg ? take_svg(reader, &row, &entry) : take_bdf(reader, &row, &entry);
}

static int compare(const void *a, const void *b)
{
    const struct gaiji_entry *left = a, *right = b;
    return left->code < right->code ? -1 : left->code > right->code;
}

static enum status sort_list(struct reader *reader)
{
    struct gaiji_list *list = &reader->fonts->gaiji;
    if (list->count)
        qsort(list->entries, list->count, sizeof *list->entries, compare);
    for (uint32_t i = 1; i < list->count; i++) {
        char name[16];
        if (list->entries[i].code != list->entries[i - 1].code)
            continue;
        int size = snprintf(name, sizeof name, "%04X", (unsigned)list->entries[i].code);
        return error_at(reader->error, MSG_GAIJI_DOUBLE, reader->path, 0,
                        (struct text){name, (uint32_t)size});
    }
    return OK;
}

static enum status make_face(struct reader *reader)
{
    struct fonts *fonts = reader->fonts;
    struct buffer bytes = {0};
    if (reader->glyph_count == 0)
        return OK;
    if (fonts->face_count == LIMIT_FACES) {
        (void)error_at(reader->error, MSG_FONT_LIST_COUNT, reader->path, 0, TEXT("svg, bdf"));
        if (reader->error)
            reader->error->want = LIMIT_FACES - 1;
        return STOP;
    }
    enum status status = makefont(reader->glyphs, reader->glyph_count, &bytes, reader->error);
    if (status == OK)
        status = face_adopt(TEXT("Gaiji"), &bytes, &fonts->faces[fonts->face_count], reader->error);
    buffer_free(&bytes);
    if (status != OK)
        return status;
    struct face *face = &fonts->faces[fonts->face_count];
    for (uint32_t i = 0; i < fonts->gaiji.count; i++)
        if (fonts->gaiji.entries[i].face == fonts->face_count && !fonts->gaiji.entries[i].to.length)
            face->canonical[fonts->gaiji.entries[i].glyph] = fonts->gaiji.entries[i].code;
    fonts->face_count++;
    return OK;
}

static void digest_list(struct reader *reader)
{
    const struct gaiji_list *list = &reader->fonts->gaiji;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct gaiji_entry *entry = &list->entries[i];
        digest_add_u32(reader->digester, entry->code);
        digest_add_u32(reader->digester, entry->face);
        digest_add_u32(reader->digester, entry->glyph);
        digest_add_text(reader->digester, entry->to);
        digest_add_text(reader->digester, entry->says);
    }
}

static enum status read_list(struct reader *reader)
{
    struct text source;
    struct yaml_node *root = NULL;
    enum status status =
        os_slurp(reader->path, LIMIT_ASSET_BYTES, &reader->work, &source, reader->error);
    if (status == OK)
        status = yaml_parse(source, reader->path, &reader->work, &root, reader->error);
    if (status != OK)
        return status;
    if (root->kind != YAML_LIST && root->count > 0)
        return error_at(reader->error, MSG_GAIJI_LIST, reader->path, root->line, TEXT(""));
    for (const struct yaml_node *node = root->child; node && status == OK; node = node->next)
        status = take_row(reader, node);
    if (status == OK)
        status = sort_list(reader);
    return status == OK ? make_face(reader) : status;
}

enum status fonts_gaiji(struct fonts *fonts, const char *folder, const struct gaiji_drawer *drawer,
                        struct error *error)
{
    char path[LIMIT_PATH];
    if (!os_path_join(path, folder, "gaiji.yaml"))
        return error_at(error, MSG_NO_SUCH_FILE, "gaiji.yaml", 0, TEXT(""));
    struct reader *reader = memory_new(sizeof *reader);
    if (!reader)
        return error_set(error, MSG_NO_MEMORY);
    *reader = (struct reader){
        .fonts = fonts, .path = path, .folder = folder, .drawer = drawer, .error = error};
    arena_open(&reader->work, WORK_ARENA);
    memory_watch();
    enum status status = digester_new(&reader->digester, error);
    if (status == OK) {
        digest_start(reader->digester);
        digest_add(reader->digester, fonts->digest.bytes, sizeof fonts->digest.bytes);
        status = read_list(reader);
    }
    if (status == OK && fonts->gaiji.count) { /* an empty table is no table */
        digest_list(reader);
        status = digest_end(reader->digester, &fonts->digest, error);
    }
    if (memory_ran_out()) /* then what a file is said to lack may be there */
        status = error_set(error, MSG_NO_MEMORY);
    digester_free(reader->digester);
    arena_close(&reader->work);
    memory_free(reader, sizeof *reader);
    return status;
}

/* -- asked while shaping -- */

const struct gaiji_entry *gaiji_find(const struct gaiji_list *list, uint32_t code)
{
    struct gaiji_entry wanted = {.code = code};
    if (list->count == 0)
        return NULL;
    return bsearch(&wanted, list->entries, list->count, sizeof *list->entries, compare);
}

uint32_t fonts_gaiji_count(const struct fonts *fonts)
{
    return fonts->gaiji.count;
}

uint32_t fonts_gaiji_code(const struct fonts *fonts, uint32_t index)
{
    return fonts->gaiji.entries[index].code;
}

struct text fonts_gaiji_text(const struct fonts *fonts, struct text cluster)
{
    const char *at = cluster.bytes;
    if (cluster.length == 0)
        return cluster;
    const struct gaiji_entry *entry =
        gaiji_find(&fonts->gaiji, utf8_next(&at, cluster.bytes + cluster.length));
    return entry && entry->says.length ? entry->says : cluster;
}
