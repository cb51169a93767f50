#include "typeset/shape.h"

#include "base/utf8.h"
#include "typeset/cells.h"

#include <hb.h>

struct cluster {
    uint32_t offset, length;
    uint16_t face;
    uint16_t flags;           /* of its glyphs, where `instead` draws it */
    const struct cell *gaiji; /* its glyph by the gaiji table, NULL = none */
    struct text instead;      /* drawn as this: by the gaiji table, or a declared sequence */
    bool simple;              /* one plain character: its cell knows the face */
    bool based;               /* has a character that is not a mark, selector or invisible */
};

struct work {
    struct fonts *fonts;
    int role;
    struct text text;
    struct arena *arena;
    struct error *error;
    struct cluster *clusters;
    uint32_t count;
    struct shaped *out;
    uint32_t room; /* glyphs that out->glyphs can hold */
    bool inside;   /* the text is itself what draws a cluster: nothing is mapped twice */
};

static enum status refuse(const struct work *work, enum message message, uint32_t offset)
{
    enum status status = error_set(work->error, message);
    if (work->error)
        work->error->offset = offset + 1;
    error_put_code_point(work->error, work->text);
    return status;
}

/* -- clusters -- */

static enum status add_plain(struct work *work, uint32_t offset, uint32_t length,
                             const struct cell *cell)
{
    struct cluster *last = work->count ? &work->clusters[work->count - 1] : NULL;
    if (last && !last->based) { /* invisible characters in front */
        last->based = true;
        last->length += length;
        return OK;
    }
    if (cell->state == CELL_NONE)
        cell = NULL; /* a selector may follow and lead to a glyph: decided by cluster */
    work->clusters[work->count++] = (struct cluster){.offset = offset,
                                                     .length = length,
                                                     .face = cell ? cell->face : 0,
                                                     .gaiji = cell && cell->gaiji ? cell : NULL,
                                                     .simple = cell != NULL,
                                                     .based = true};
    return OK;
}

static enum status add_dependent(struct work *work, uint32_t offset, uint32_t length,
                                 enum char_kind kind)
{
    struct cluster *last = work->count ? &work->clusters[work->count - 1] : NULL;
    if (kind != CHAR_INVISIBLE && (!last || !last->based))
        return refuse(work, MSG_MARK_ALONE, offset);
    if (!last) {
        work->clusters[work->count++] = (struct cluster){.offset = offset, .length = length};
        return OK;
    }
    last->length += length;
    last->simple = false;
    last->gaiji = NULL; /* the table knows the character alone */
    return last->length > CLUSTER_BYTES ? refuse(work, MSG_GLYPH_PLACEMENT, last->offset) : OK;
}

static enum status cut_clusters(struct work *work)
{
    const char *at = work->text.bytes, *end = at + work->text.length;
    while (at < end) {
        const struct cell *cell = NULL;
        uint32_t offset = (uint32_t)(at - work->text.bytes);
        uint32_t code_point = utf8_next(&at, end);
        uint32_t length = (uint32_t)(at - work->text.bytes) - offset;
        if (code_point == UTF8_BAD)
            return refuse(work, MSG_CONTROL_CHARACTER, offset);
        enum status status = cell_find(work->fonts, work->role, code_point, &cell, work->error);
        if (status != OK)
            return status;
        if (cell->state == CELL_CONTROL || cell->state == CELL_FOREIGN)
            return refuse(
                work, cell->state == CELL_CONTROL ? MSG_CONTROL_CHARACTER : MSG_SCRIPT_UNSUPPORTED,
                offset);
        status = cell->state == CELL_CLUSTER
                     ? add_dependent(work, offset, length, char_kind(code_point))
                     : add_plain(work, offset, length, cell);
        if (status != OK)
            return status;
    }
    if (work->count && !work->clusters[work->count - 1].based)
        return refuse(work, MSG_MARK_ALONE, work->clusters[work->count - 1].offset);
    return OK;
}

/* -- HarfBuzz -- */

static enum status buffer_ready(struct fonts *fonts, struct error *error)
{
    if (!fonts->buffer) {
        fonts->buffer = hb_buffer_create();
        hb_buffer_set_flags(fonts->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
        /* Clusters are cut here; HarfBuzz would also join half-width kana with their voiced marks. */
        hb_buffer_set_cluster_level(fonts->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    }
    hb_buffer_clear_contents(fonts->buffer);
    return hb_buffer_allocation_successful(fonts->buffer) ? OK : error_set(error, MSG_NO_MEMORY);
}

/* Shapes bytes offset .. offset + length of the text. Everything HarfBuzz would take from the surroundings
 * (locale, HB_SHAPER_LIST) is set here. */
static enum status shape_range(const struct work *work, uint16_t face, uint32_t offset,
                               uint32_t length)
{
    static const char *const shapers[] = {"ot", NULL};
    enum status status = buffer_ready(work->fonts, work->error);
    if (status != OK)
        return status;
    hb_buffer_t *buffer = work->fonts->buffer;
    hb_buffer_add_utf8(buffer, work->text.bytes, (int)work->text.length, offset, (int)length);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("ja", -1));
    hb_buffer_guess_segment_properties(buffer); /* the script alone is still open */
    /* HarfBuzz never says NULL: out of memory, text would just be gone. */
    if (!hb_buffer_allocation_successful(buffer) ||
        !hb_shape_full(work->fonts->faces[face].hb_font, buffer, NULL, 0, shapers) ||
        !hb_buffer_allocation_successful(buffer))
        return error_set(work->error, MSG_NO_MEMORY);
    return OK;
}

/* True when what HarfBuzz made can be set by advances alone, and nothing is missing. */
static bool is_settable(const struct work *work, uint32_t offset)
{
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(work->fonts->buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(work->fonts->buffer, NULL);
    if (count == 0 || infos[0].cluster != offset)
        return false;
    for (unsigned i = 0; i < count; i++)
        if (infos[i].codepoint == 0 || positions[i].x_offset != 0 || positions[i].y_offset != 0 ||
            positions[i].x_advance < 0 || (i > 0 && infos[i].cluster < infos[i - 1].cluster))
            return false;
    return true;
}

/* -- the face of a cluster -- */

/* Each code point and each base + selector by itself; marks may still compose. */
static bool has_parts(const struct work *work, uint16_t face, const struct cluster *cluster,
                      bool *marks)
{
    const char *at = work->text.bytes + cluster->offset, *end = at + cluster->length;
    const struct face *here = &work->fonts->faces[face];
    uint32_t previous = 0;
    while (at < end) {
        uint32_t code_point = utf8_next(&at, end);
        enum char_kind kind = char_kind(code_point);
        if (kind == CHAR_SELECTOR && !face_has_variation(here, previous, code_point))
            return false;
        if ((kind == CHAR_PLAIN || kind == CHAR_JOINT) &&
            (!face_glyph(here, code_point) || gaiji_find(&work->fonts->gaiji, code_point)))
            return false;
        *marks = *marks || kind == CHAR_MARK || kind == CHAR_INVISIBLE;
        previous = code_point;
    }
    return true;
}

static struct text cluster_text(const struct work *work, const struct cluster *cluster)
{
    return (struct text){work->text.bytes + cluster->offset, cluster->length};
}

/* A private-use character alone whose gaiji is a sequence. */
static bool find_gaiji(const struct work *work, struct cluster *cluster)
{
    const char *at = work->text.bytes + cluster->offset, *end = at + cluster->length;
    const struct gaiji_entry *entry = gaiji_find(&work->fonts->gaiji, utf8_next(&at, end));
    if (work->inside || at < end || !entry || entry->to.length == 0)
        return false;
    cluster->instead = entry->to;
    cluster->flags = GLYPH_ALIAS | (entry->says.length ? GLYPH_GAIJI : 0);
    return true;
}

static bool find_variant(const struct work *work, struct cluster *cluster)
{
    const struct variant *variant =
        work->inside ? NULL : variant_find(&work->fonts->variants, cluster_text(work, cluster));
    if (!variant)
        return false;
    cluster->instead = variant->to;
    cluster->flags = GLYPH_ALIAS;
    return true;
}

static enum status choose_face(const struct work *work, struct cluster *cluster)
{
    const struct chain *chain = &work->fonts->list.chains[work->role];
    bool placed = true;
    if (find_gaiji(work, cluster))
        return OK;
    for (uint32_t i = 0; i < chain->count; i++) {
        bool marks = false;
        cluster->face = chain->faces[i];
        if (!has_parts(work, cluster->face, cluster, &marks))
            continue;
        if (!marks)
            return OK;
        enum status status = shape_range(work, cluster->face, cluster->offset, cluster->length);
        if (status != OK)
            return status;
        if (is_settable(work, cluster->offset))
            return OK;
        placed = false;
    }
    if (find_variant(work, cluster))
        return OK;
    return refuse(work, placed ? MSG_NO_GLYPH : MSG_GLYPH_PLACEMENT, cluster->offset);
}

static enum status choose_faces(struct work *work)
{
    for (uint32_t i = 0; i < work->count; i++) {
        enum status status = work->clusters[i].simple ? OK : choose_face(work, &work->clusters[i]);
        if (status != OK)
            return status;
    }
    return OK;
}

/* -- runs -- */

static bool make_room(struct work *work, uint32_t more)
{
    uint32_t wanted = work->out->count + more;
    if (wanted <= work->room)
        return true;
    struct glyph *glyphs = arena_array(work->arena, (size_t)wanted * 2, sizeof(*glyphs));
    if (!glyphs)
        return false;
    if (work->out->count)
        memcpy(glyphs, work->out->glyphs, work->out->count * sizeof(*glyphs));
    work->out->glyphs = glyphs;
    work->room = wanted * 2;
    return true;
}

static bool is_canonical(const struct work *work, const struct glyph *glyph)
{
    char canonical[CLUSTER_BYTES];
    uint32_t length = face_canonical(&work->fonts->faces[glyph->face], glyph->id, canonical);
    return length == glyph->text_length &&
           memcmp(canonical, work->text.bytes + glyph->text, length) == 0;
}

/* Glyphs first .. end of out are one cluster of `length` bytes. */
static enum status close_cluster(struct work *work, uint32_t first, uint32_t length)
{
    struct glyph *glyphs = work->out->glyphs;
    if (length > CLUSTER_BYTES)
        return refuse(work, MSG_GLYPH_PLACEMENT, glyphs[first].text);
    glyphs[first].text_length = (uint16_t)length;
    bool alias = work->out->count - first > 1 || !is_canonical(work, &glyphs[first]);
    for (uint32_t i = first; i < work->out->count && alias; i++)
        glyphs[i].flags |= GLYPH_ALIAS;
    return OK;
}

/* Start of the cluster that holds the byte; at is an index of a cluster at or before it. */
static uint32_t cluster_start(const struct work *work, uint32_t *at, uint32_t byte)
{
    while (*at + 1 < work->count && work->clusters[*at + 1].offset <= byte)
        ++*at;
    return work->clusters[*at].offset;
}

/* at: index of the run's first cluster. end: byte behind the run. */
static enum status take_glyphs(struct work *work, uint16_t face, uint32_t at, uint32_t end)
{
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(work->fonts->buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(work->fonts->buffer, NULL);
    struct shaped *out = work->out;
    uint32_t first = out->count;
    for (unsigned i = 0; i < count; i++) {
        uint32_t start = cluster_start(work, &at, infos[i].cluster);
        uint32_t next = i + 1 == count ? end : cluster_start(work, &at, infos[i + 1].cluster);
        int32_t advance = face_em(&work->fonts->faces[face], positions[i].x_advance);
        out->glyphs[out->count++] =
            (struct glyph){face, (uint16_t)infos[i].codepoint, advance, start, 0, 0};
        out->width += advance;
        if (next == start)
            continue;
        enum status status = close_cluster(work, first, next - start);
        if (status != OK)
            return status;
        first = out->count;
    }
    return OK;
}

/* at: index of the run's first cluster. end: byte behind the run. */
static enum status shape_run(struct work *work, uint32_t at, uint32_t end)
{
    uint16_t face = work->clusters[at].face;
    uint32_t offset = work->clusters[at].offset;
    enum status status = face_build_canonical(&work->fonts->faces[face], work->error);
    if (status == OK)
        status = shape_range(work, face, offset, end - offset);
    if (status != OK)
        return status;
    if (!is_settable(work, offset))
        return refuse(work, MSG_GLYPH_PLACEMENT, offset);
    if (!make_room(work, hb_buffer_get_length(work->fonts->buffer)))
        return error_set(work->error, MSG_NO_MEMORY);
    return take_glyphs(work, face, at, end);
}

static enum status shape_work(struct work *work);

/* The glyphs of what draws the cluster instead; all of them speak for the cluster. */
static enum status shape_instead(struct work *work, const struct cluster *cluster)
{
    struct shaped drawn = {NULL, 0, 0};
    struct work inner = {.fonts = work->fonts,
                         .role = work->role,
                         .text = cluster->instead,
                         .arena = work->arena,
                         .error = work->error,
                         .out = &drawn,
                         .inside = true};
    enum status status = shape_work(&inner);
    if (status == REJECT && work->error)
        work->error->offset = cluster->offset + 1;
    if (status != OK)
        return status;
    if (!make_room(work, drawn.count))
        return error_set(work->error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < drawn.count; i++) {
        struct glyph glyph = drawn.glyphs[i];
        if (glyph.face != drawn.glyphs[0].face) /* one run in a PDF */
            return refuse(work, MSG_GLYPH_PLACEMENT, cluster->offset);
        glyph.text = cluster->offset;
        glyph.text_length = i == 0 ? (uint16_t)cluster->length : 0;
        glyph.flags = cluster->flags;
        work->out->glyphs[work->out->count++] = glyph;
    }
    work->out->width += drawn.width;
    return OK;
}

static enum status put_gaiji(struct work *work, const struct cluster *cluster)
{
    const struct cell *cell = cluster->gaiji;
    if (!make_room(work, 1))
        return error_set(work->error, MSG_NO_MEMORY);
    work->out->glyphs[work->out->count++] = (struct glyph){
        cell->face, cell->id, cell->advance, cluster->offset, (uint16_t)cluster->length,
        cell->flags};
    work->out->width += cell->advance;
    return OK;
}

static bool is_mapped(const struct cluster *cluster)
{
    return cluster->gaiji || cluster->instead.length;
}

/* Runs of one face; a gaiji's glyph has no place in its font's own shaping, so it is a run of its own. */
static bool same_run(const struct cluster *first, const struct cluster *next)
{
    return first->face == next->face && !is_mapped(first) && !is_mapped(next);
}

static enum status shape_runs(struct work *work)
{
    for (uint32_t first = 0, i = 0; i < work->count; first = i) {
        const struct cluster *cluster = &work->clusters[first];
        do
            i++;
        while (i < work->count && same_run(cluster, &work->clusters[i]));
        uint32_t end = i < work->count ? work->clusters[i].offset : work->text.length;
        enum status status = cluster->gaiji            ? put_gaiji(work, cluster)
                             : cluster->instead.length ? shape_instead(work, cluster)
                                                       : shape_run(work, first, end);
        if (status != OK)
            return status;
    }
    return OK;
}

static enum status shape_work(struct work *work)
{
    work->clusters = arena_array(work->arena, work->text.length, sizeof(*work->clusters));
    if (!work->clusters)
        return error_set(work->error, MSG_NO_MEMORY);
    enum status status = cut_clusters(work);
    if (status == OK)
        status = choose_faces(work);
    return status == OK ? shape_runs(work) : status;
}

enum status shape_clusters(struct fonts *fonts, int role, struct text text, struct arena *arena,
                           struct shaped *out, struct error *error)
{
    struct work work = {
        .fonts = fonts, .role = role, .text = text, .arena = arena, .error = error, .out = out};
    *out = (struct shaped){NULL, 0, 0};
    return shape_work(&work);
}

void shape_close(struct fonts *fonts)
{
    hb_buffer_destroy(fonts->buffer);
    fonts->buffer = NULL;
}
