#include "layout/layout.h"

#include "layout/check.h"
#include "layout/control.h"
#include "layout/frames.h"
#include "layout/shapes.h"
#include "layout/tables.h"
#include "layout/voice.h"
#include "layout/window.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct layout_keys {
    int32_t paper, cut_side;
    emu margin;
    const struct yaml_node *folds, *styles, *frames, *lines, *boxes, *marks, *cuts, *clear, *omit,
        *tables, *window, *control, *voice;
};

#define AT(field) offsetof(struct layout_keys, field)

static const struct key layout_keys[] = {
    {.name = "paper",
     .value = VALUE_CHOICE,
     .at = AT(paper),
     .needed = true,
     .choices = "A4|長3|長3横|角2|角2横"} /* order of papers */,
    {.name = "cut_side",
     .value = VALUE_CHOICE,
     .at = AT(cut_side),
     .choices = "right|left|bottom"}, /* order of enum side */
    {.name = "margin", .value = VALUE_MM, .at = AT(margin), .high = 100},
    {.name = "folds", .value = VALUE_NODE, .at = AT(folds)},
    {.name = "styles", .value = VALUE_NODE, .at = AT(styles)},
    {.name = "frames", .value = VALUE_NODE, .at = AT(frames), .needed = true},
    {.name = "lines", .value = VALUE_NODE, .at = AT(lines)},
    {.name = "boxes", .value = VALUE_NODE, .at = AT(boxes)},
    {.name = "marks", .value = VALUE_NODE, .at = AT(marks)},
    {.name = "cuts", .value = VALUE_NODE, .at = AT(cuts)},
    {.name = "clear", .value = VALUE_NODE, .at = AT(clear)},
    {.name = "omit", .value = VALUE_NODE, .at = AT(omit)},
    {.name = "window", .value = VALUE_NODE, .at = AT(window)},
    {.name = "control", .value = VALUE_NODE, .at = AT(control)},
    {.name = "voice", .value = VALUE_NODE, .at = AT(voice)},
    {.name = "tables", .value = VALUE_NODE, .at = AT(tables)},
};

/* Whole dots of 600 dpi. 長3: 120 x 235 mm, 角2: 240 x 332 mm (JIS S 5502). */
static const struct {
    emu width, height;
} papers[] = {{A4_WIDTH, A4_HEIGHT},
              {2835 * EMU_PER_DOT600, 5551 * EMU_PER_DOT600},
              {5551 * EMU_PER_DOT600, 2835 * EMU_PER_DOT600},
              {5669 * EMU_PER_DOT600, 7843 * EMU_PER_DOT600},
              {7843 * EMU_PER_DOT600, 5669 * EMU_PER_DOT600}};

static enum status read_folds(const struct reader *reader, const struct yaml_node *folds,
                              struct layout *out)
{
    enum status status = values_list(reader, folds, COUNT_OF(out->folds));
    const struct yaml_node *node = status == OK ? folds->child : NULL;
    for (; node && status == OK; node = node->next) {
        struct yaml_node named = *node;
        named.key = folds->key;
        emu *fold = &out->folds[out->fold_count++];
        status = values_mm(reader, &named, 1, 1200, fold);
        if (status == OK && *fold >= out->height)
            status = values_refuse(reader, MSG_FRAME_OFF_PAGE, node, folds->key);
    }
    return status;
}

static enum status read_omits(const struct reader *reader, const struct yaml_node *omit,
                              struct layout *out)
{
    enum status status = values_list(reader, omit, LIMIT_FRAMES);
    if (status != OK)
        return status;
    out->omits = arena_array(reader->arena, omit->count, sizeof *out->omits);
    if (!out->omits)
        return error_set(reader->error, MSG_NO_MEMORY);
    for (const struct yaml_node *node = omit->child; node; node = node->next) {
        if (node->kind != YAML_SCALAR || node->text.length == 0)
            return values_refuse(reader, MSG_LAYOUT_TEXT, node, omit->key);
        out->omits[out->omit_count++] = node->text;
    }
    return OK;
}

static enum status read_parts(const struct reader *reader, const struct layout_keys *keys,
                              struct layout *out)
{
    enum status status = keys->folds ? read_folds(reader, keys->folds, out) : OK;
    if (status == OK)
        status = frames_read(reader, keys->styles, keys->frames, out);
    if (status == OK && keys->tables)
        status = tables_read(reader, keys->styles, keys->tables, out);
    if (status == OK)
        status = strokes_read(reader, keys->lines, keys->boxes, out);
    if (status == OK)
        status = marks_read(reader, keys->marks, out);
    if (status == OK)
        status = cuts_read(reader, keys->cuts, out);
    if (status == OK)
        status = clears_read(reader, keys->clear, out);
    if (status == OK && keys->voice)
        status = voice_read(reader, keys->voice, out);
    if (status == OK && keys->window)
        status = window_read(reader, keys->window, out);
    if (status == OK && keys->control)
        status = control_read(reader, keys->control, out);
    if (status == OK && keys->omit)
        status = read_omits(reader, keys->omit, out);
    return status;
}

enum status layout_read(struct text source, const char *path, struct arena *arena,
                        struct layout *out, struct error *error)
{
    struct reader reader = {path, arena, error};
    struct layout_keys keys = {.margin = 10 * EMU_PER_MM};
    struct yaml_node *root;
    *out = (struct layout){.width = A4_WIDTH, .height = A4_HEIGHT, .path = path};
    enum status status = digest_of(source.bytes, source.length, &out->digest, error);
    if (status == OK)
        status = yaml_parse(source, path, arena, &root, error);
    if (status == OK)
        status = values_read(&reader, root, layout_keys, COUNT_OF(layout_keys), &keys, NULL);
    if (status != OK)
        return status;
    out->margin = keys.margin;
    out->width = papers[keys.paper].width;
    out->height = papers[keys.paper].height;
    control_default(out);
    out->cut_side = (enum side)keys.cut_side;
    out->has_cut_side = yaml_find(root, "cut_side") != NULL;
    status = read_parts(&reader, &keys, out);
    return status == OK ? layout_check(out, error) : status;
}
