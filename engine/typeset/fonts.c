#include "typeset/fonts.h"

#include "base/memory.h"
#include "typeset/cells.h"
#include "typeset/drawn.h"
#include "typeset/search.h"
#include "typeset/shape.h"

#define LIST_ARENA (64u << 20) /* the list, declared sequences, gaiji entries */

static enum status read_list(struct fonts *fonts, const char *folder, struct error *error)
{
    char path[LIMIT_PATH];
    struct text source;
    if (!os_path_join(path, folder, "fonts.yaml"))
        return error_at(error, MSG_NO_SUCH_FILE, "fonts.yaml", 0, TEXT(""));
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &fonts->arena, &source, error);
    if (status == OK)
        status = fontlist_read(source, path, &fonts->arena, &fonts->list, error);
    return status == OK ? fontlist_digest(&fonts->list, &fonts->digest, error) : status;
}

/* Without a file, or without a pair in it, nothing changes. */
static enum status read_variants(struct fonts *fonts, const char *folder, struct error *error)
{
    char path[LIMIT_PATH];
    struct text source;
    struct digester *digester = NULL;
    if (!os_path_join(path, folder, "variants.yaml") || !os_exists(path))
        return OK;
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &fonts->arena, &source, error);
    memory_watch();
    if (status == OK)
        status = variants_read(source, path, &fonts->arena, &fonts->variants, error);
    if (memory_ran_out())
        status = error_set(error, MSG_NO_MEMORY);
    if (status != OK || fonts->variants.count == 0)
        return status;
    status = digester_new(&digester, error);
    if (status != OK)
        return status;
    digest_start(digester);
    digest_add(digester, fonts->digest.bytes, sizeof fonts->digest.bytes);
    for (uint32_t i = 0; i < fonts->variants.count; i++) {
        digest_add_text(digester, fonts->variants.pairs[i].from);
        digest_add_text(digester, fonts->variants.pairs[i].to);
    }
    status = digest_end(digester, &fonts->digest, error);
    digester_free(digester);
    return status;
}

static enum status read_search(struct fonts *fonts, const char *folder, struct search *out,
                               struct error *error)
{
    char path[LIMIT_PATH];
    struct text conf;
    if (!os_path_join(path, folder, "fonts.conf"))
        return error_at(error, MSG_NO_SUCH_FILE, "fonts.conf", 0, TEXT(""));
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &fonts->arena, &conf, error);
    return status == OK ? search_read(conf, path, folder, out, error) : status;
}

static enum status open_face(struct fonts *fonts, const struct search *search,
                             const struct pin *pin, struct error *error)
{
    char path[LIMIT_PATH];
    if (!search_find(search, pin->file, path)) {
        if (memory_ran_out())
            return error_set(error, MSG_NO_MEMORY);
        struct text name = pin->package.length ? pin->package : pin->name;
        return error_at(error, MSG_FONT_MISSING, "fonts.yaml", pin->line, name);
    }
    enum status status = face_open(pin, path, &fonts->faces[fonts->face_count], error);
    if (status == OK)
        fonts->face_count++;
    return status;
}

static enum status open_faces(struct fonts *fonts, const char *folder, struct error *error)
{
    size_t size = sizeof(struct search);
    struct search *search = memory_new(size);
    if (!search)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = read_search(fonts, folder, search, error);
    for (uint32_t i = 0; status == OK && i < fonts->list.pin_count; i++)
        status = open_face(fonts, search, &fonts->list.pins[i], error);
    memory_free(search, size);
    return status;
}

enum status fonts_open(const char *folder, struct fonts **out, struct error *error)
{
    struct fonts *fonts = memory_new(sizeof(*fonts));
    *out = NULL;
    if (!fonts)
        return error_set(error, MSG_NO_MEMORY);
    arena_open(&fonts->arena, LIST_ARENA);
    enum status status = read_list(fonts, folder, error);
    if (status == OK)
        status = read_variants(fonts, folder, error);
    if (status == OK)
        status = open_faces(fonts, folder, error);
    if (status == OK)
        *out = fonts;
    else
        fonts_close(fonts);
    return status;
}

void fonts_close(struct fonts *fonts)
{
    if (!fonts)
        return;
    shape_close(fonts);
    cells_free(fonts);
    for (uint32_t i = 0; i < fonts->face_count; i++)
        face_close(&fonts->faces[i]);
    arena_close(&fonts->arena);
    memory_free(fonts, sizeof(*fonts));
}

int fonts_role(const struct fonts *fonts, struct text name)
{
    for (uint32_t i = 0; i < fonts->list.chain_count; i++)
        if (text_equal(fonts->list.chains[i].name, name))
            return (int)i;
    return -1;
}

int fonts_roles(const struct fonts *fonts)
{
    return (int)fonts->list.chain_count;
}

const struct digest *fonts_digest(const struct fonts *fonts)
{
    return &fonts->digest;
}

uint32_t fonts_faces(const struct fonts *fonts)
{
    return fonts->face_count;
}

const struct face_facts *fonts_face(const struct fonts *fonts, uint32_t face)
{
    return &fonts->faces[face].facts;
}

struct text fonts_bytes(const struct fonts *fonts, uint32_t face)
{
    const struct os_map *map = &fonts->faces[face].map;
    return (struct text){map->bytes, (uint32_t)map->size};
}

uint16_t fonts_advance(const struct fonts *fonts, uint32_t face, uint32_t glyph)
{
    return face_advance(&fonts->faces[face], glyph);
}

int32_t fonts_offset(const struct fonts *fonts, uint32_t face, uint32_t glyph)
{
    const struct face_facts *facts = &fonts->faces[face].facts;
    return drawn_offset(face_advance(&fonts->faces[face], glyph), facts->units, facts->drawn);
}

uint32_t fonts_canonical(struct fonts *fonts, uint32_t face, uint32_t glyph,
                         char out[CLUSTER_BYTES])
{
    if (face_build_canonical(&fonts->faces[face], NULL) != OK)
        return 0;
    return face_canonical(&fonts->faces[face], glyph, out);
}
