/* The only file that knows expat. Elements and attributes that it does not know are refused by
 * name, so that nothing of a drawing is left out unsaid. */
#include "compose/formats.h"

#include "compose/svg_shapes.h"

#include <expat.h>
#include <stdio.h>

#define DEPTH 32
#define PATHS 1000

struct level { /* what an element hands down to those in it */
    struct matrix matrix;
    bool none; /* fill="none" */
    bool even_odd;
};

struct svg {
    const struct image_source *source;
    struct image *image;
    struct error *error;
    XML_Parser parser;
    struct level levels[DEPTH];
    uint32_t depth;  /* open elements */
    uint32_t silent; /* open elements within title, desc, metadata */
    uint32_t path_room;
    enum status status;
};

static void stop(struct svg *svg, enum message message, const char *element, const char *attribute)
{
    char name[LIMIT_NAME];
    int length = snprintf(name, sizeof name, "%.*s: %.30s%s%.30s", (int)svg->source->name.length,
                          svg->source->name.bytes, element, *attribute ? "." : "", attribute);
    (void)length;
    svg->status = error_at(svg->error, message, svg->source->path,
                           (uint32_t)XML_GetCurrentLineNumber(svg->parser), text_of(name));
    XML_StopParser(svg->parser, XML_FALSE);
}

static bool is(const char *text, const char *const list[])
{
    for (; *list; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

static bool is_black(const char *value)
{
    static const char *const blacks[] = {"black",      "#000",         "#000000",
                                         "rgb(0,0,0)", "rgb(0, 0, 0)", NULL};
    return is(value, blacks);
}

static bool put_fill(struct level *level, const char *value)
{
    level->none = strcmp(value, "none") == 0;
    return level->none || is_black(value);
}

static bool put_rule(struct level *level, const char *value)
{
    level->even_odd = strcmp(value, "evenodd") == 0;
    return level->even_odd || strcmp(value, "nonzero") == 0;
}

/* Attributes that any element may have. *known false: not one of them. False: value not read here. */
static bool common_attribute(struct level *level, const char *name, const char *value, bool *known)
{
    static const char *const unseen[] = {"id",        "class", "version", "baseProfile",
                                         "xml:space", "xmlns", NULL};
    *known = true;
    if (is(name, unseen) || strncmp(name, "xmlns:", 6) == 0)
        return true;
    if (strcmp(name, "fill") == 0)
        return put_fill(level, value);
    if (strcmp(name, "fill-rule") == 0)
        return put_rule(level, value);
    if (strcmp(name, "stroke") == 0)
        return strcmp(value, "none") == 0;
    if (strcmp(name, "transform") == 0)
        return svg_transform(value, &level->matrix);
    *known = false;
    return true;
}

/* False: the parser has been stopped. */
static bool read_attributes(struct svg *svg, const char *element, const char **attributes,
                            struct level *level, struct svg_shape *shape)
{
    for (; *attributes; attributes += 2) {
        bool known;
        if (!common_attribute(level, attributes[0], attributes[1], &known)) {
            stop(svg, MSG_SVG_VALUE, element, attributes[0]);
            return false;
        }
        if (known)
            continue;
        enum svg_answer answer = svg_attribute(shape, attributes[0], attributes[1]);
        if (answer == SVG_TAKEN)
            continue;
        stop(svg, answer == SVG_STRANGE ? MSG_SVG_ATTRIBUTE : MSG_SVG_VALUE, element,
             attributes[0]);
        return false;
    }
    return true;
}

static bool path_space(struct svg *svg)
{
    struct image *image = svg->image;
    if (image->path_count < svg->path_room)
        return true;
    uint32_t wanted = svg->path_room == 0 ? 16 : svg->path_room * 2;
    struct image_path *larger = arena_array(svg->source->arena, wanted, sizeof *larger);
    if (!larger)
        return false;
    if (image->path_count > 0)
        memcpy(larger, image->paths, image->path_count * sizeof *larger);
    image->paths = larger;
    svg->path_room = wanted;
    return true;
}

static void keep_outline(struct svg *svg, const struct outline *outline, bool even_odd)
{
    if (!path_space(svg)) {
        svg->status = error_set(svg->error, MSG_NO_MEMORY);
        XML_StopParser(svg->parser, XML_FALSE);
        return;
    }
    svg->image->paths[svg->image->path_count++] = (struct image_path){
        outline->steps, outline->step_count, outline->points, outline->point_count, even_odd};
}

static void draw_shape(struct svg *svg, const char *element, const struct level *level,
                       const struct svg_shape *shape)
{
    struct outline outline;
    outline_begin(&outline, svg->source->arena, &level->matrix);
    if (!svg_draw(shape, &outline) || outline.fault == OUTLINE_SYNTAX) {
        stop(svg, MSG_SVG_VALUE, element, "");
    } else if (outline.fault == OUTLINE_MEMORY) {
        svg->status = error_set(svg->error, MSG_NO_MEMORY);
        XML_StopParser(svg->parser, XML_FALSE);
    } else if (outline.fault == OUTLINE_RANGE || svg->image->path_count >= PATHS) {
        stop(svg, MSG_SVG_TOO_LARGE, element, "");
    } else if (!outline_inside(&outline, svg->image->view_w, svg->image->view_h)) {
        stop(svg, MSG_SVG_OUTSIDE, element, "");
    } else if (!level->none && outline.step_count > 0) {
        keep_outline(svg, &outline, level->even_odd);
    }
}

/* The outermost element: its view box starts all matrices. */
static void start_root(struct svg *svg, const struct svg_shape *shape, struct level *level)
{
    int64_t x, y, w, h;
    if (!svg_view(shape, &x, &y, &w, &h)) {
        stop(svg, MSG_SVG_VIEW, "svg", "");
        return;
    }
    svg->image->view_w = (int32_t)fixed_scale(w, 1000, FINE);
    svg->image->view_h = (int32_t)fixed_scale(h, 1000, FINE);
    struct matrix moved = matrix_identity();
    moved.e = -x;
    moved.f = -y;
    if (svg->image->view_w < 1 || svg->image->view_h < 1 ||
        !matrix_join(&moved, &level->matrix, &level->matrix))
        stop(svg, MSG_SVG_VIEW, "svg", "");
}

static void start_element(struct svg *svg, const char *element, const char **attributes)
{
    struct level *level = &svg->levels[svg->depth];
    *level = svg->depth > 0 ? level[-1] : (struct level){.matrix = matrix_identity()};
    struct svg_shape shape;
    bool root = svg->depth == 0;
    if (!svg_shape(&shape, element) || root != (shape.kind == SVG_ROOT)) {
        stop(svg, MSG_SVG_ELEMENT, element, "");
        return;
    }
    if (!read_attributes(svg, element, attributes, level, &shape))
        return;
    if (root)
        start_root(svg, &shape, level);
    else if (shape.kind != SVG_GROUP)
        draw_shape(svg, element, level, &shape);
    svg->depth++;
}

static void XMLCALL on_start(void *context, const XML_Char *element, const XML_Char **attributes)
{
    static const char *const words[] = {"title", "desc", "metadata", NULL};
    struct svg *svg = context;
    if (svg->status != OK)
        return;
    if (svg->silent > 0 || (svg->depth > 0 && is(element, words)))
        svg->silent++;
    else if (svg->depth >= DEPTH)
        stop(svg, MSG_SVG_TOO_LARGE, element, "");
    else
        start_element(svg, element, attributes);
}

static void XMLCALL on_end(void *context, const XML_Char *element)
{
    struct svg *svg = context;
    (void)element;
    if (svg->silent > 0)
        svg->silent--;
    else if (svg->depth > 0)
        svg->depth--;
}

/* Own entities are refused: a drawing needs none, and they can swell. */
static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public_id, int has_internal_subset)
{
    struct svg *svg = context;
    (void)name;
    (void)system;
    (void)public_id;
    if (has_internal_subset && svg->status == OK)
        stop(svg, MSG_SVG_ELEMENT, "!DOCTYPE", "");
}

/* A style sheet by processing instruction would change what is drawn. */
static void XMLCALL on_instruction(void *context, const XML_Char *target, const XML_Char *data)
{
    struct svg *svg = context;
    (void)data;
    if (svg->status == OK)
        stop(svg, MSG_SVG_ELEMENT, target, "");
}

/* Text outside title, desc and metadata would be words that nobody sees. */
static void XMLCALL on_text(void *context, const XML_Char *text, int length)
{
    struct svg *svg = context;
    for (int i = 0; i < length && svg->silent == 0 && svg->status == OK; i++)
        if (!strchr(" \t\r\n", text[i]) || text[i] == '\0')
            stop(svg, MSG_SVG_ELEMENT, "#text", "");
}

static enum status parse(struct svg *svg)
{
    const struct image_source *source = svg->source;
    XML_SetUserData(svg->parser, svg);
    XML_SetElementHandler(svg->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(svg->parser, on_doctype);
    XML_SetProcessingInstructionHandler(svg->parser, on_instruction);
    XML_SetCharacterDataHandler(svg->parser, on_text);
    enum XML_Status parsed =
        XML_Parse(svg->parser, source->bytes.bytes, (int)source->bytes.length, XML_TRUE);
    if (svg->status != OK)
        return svg->status;
    if (parsed == XML_STATUS_OK)
        return svg->image->path_count > 0 ? OK : image_refuse(source, MSG_SVG_EMPTY, svg->error);
    if (XML_GetErrorCode(svg->parser) == XML_ERROR_NO_MEMORY)
        return error_set(svg->error, MSG_NO_MEMORY);
    return error_at(svg->error, MSG_SVG_SYNTAX, source->path,
                    (uint32_t)XML_GetCurrentLineNumber(svg->parser), source->name);
}

enum status svg_read(const struct image_source *source, struct image *out, struct error *error)
{
    struct svg svg = {.source = source, .image = out, .error = error};
    if (source->bytes.length > LIMIT_ASSET_BYTES)
        return image_refuse(source, MSG_SVG_TOO_LARGE, error);
    svg.parser = XML_ParserCreate(NULL);
    if (!svg.parser)
        return error_set(error, MSG_NO_MEMORY);
    out->vector = true;
    enum status status = parse(&svg);
    XML_ParserFree(svg.parser);
    return status;
}
