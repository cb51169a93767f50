/* press/gaiji.c -- the gaiji table of the run. SVG drawings are read by the room that reads logos. */
#include "press/engine.h"

#include "base/os.h"
#include "typeset/gaiji.h"

_Static_assert((int)GAIJI_MOVE == (int)PATH_MOVE && (int)GAIJI_LINE == (int)PATH_LINE &&
                   (int)GAIJI_CURVE == (int)PATH_CURVE && (int)GAIJI_CLOSE == (int)PATH_CLOSE,
               "steps pass from one to the other as they are");

/* A glyph is filled by the nonzero rule, so a drawing that means the other one is refused, as is a bitmap. */
static enum status draw(void *context, struct text source, const char *path, struct arena *arena,
                        struct gaiji_drawing *out, struct error *error)
{
    struct image image;
    (void)context;
    if (image_read(text_of(os_path_last(path)), source, path, arena, &image, error) != OK)
        return STOP;
    struct gaiji_path *paths = arena_array(arena, image.path_count, sizeof *paths);
    if (!paths)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < image.path_count; i++) {
        const struct image_path *from = &image.paths[i];
        if (from->even_odd)
            return error_at(error, MSG_GAIJI_OUTLINE, path, 0, TEXT("fill-rule"));
        paths[i] = (struct gaiji_path){from->steps, from->step_count, from->points};
    }
    *out = (struct gaiji_drawing){image.view_w, image.view_h, paths, image.path_count};
    return image.vector ? OK : error_at(error, MSG_GAIJI_OUTLINE, path, 0, TEXT("svg"));
}

enum status gaiji_open(struct press *press, const char *path, struct error *error)
{
    const struct gaiji_drawer drawer = {draw, NULL};
    char folder[LIMIT_PATH];
    os_path_folder(folder, path);
    enum status status = fonts_gaiji(press->fonts, folder, &drawer, error);
    if (status != OK)
        return status;
    uint32_t count = fonts_gaiji_count(press->fonts);
    uint32_t *codes = arena_array(&press->arena, count, sizeof *codes);
    if (!codes)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < count; i++)
        codes[i] = fonts_gaiji_code(press->fonts, i);
    press->gaiji = codes;
    press->gaiji_count = count;
    return OK;
}
