#include "raster/canvas.h"

#include "base/memory.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

/* Glyphs are drawn as outlines, not through Cairo's font layer: its cache would outlive the mapped fonts, and
 * unhinted outlines are where the PDF has them, at every resolution. */
struct outlines {
    const struct fonts *fonts;
    FT_Library library;
    FT_Face faces[LIMIT_FACES]; /* NULL = not opened */
};

static enum status freetype_verdict(FT_Error code, struct error *error)
{
    if (!code)
        return OK;
    return error_set(error, code == FT_Err_Out_Of_Memory ? MSG_NO_MEMORY : MSG_RASTER_FAILED);
}

enum status outlines_new(const struct fonts *fonts, struct outlines **out, struct error *error)
{
    struct outlines *outlines = memory_new(sizeof *outlines);
    if (!outlines)
        return error_set(error, MSG_NO_MEMORY);
    outlines->fonts = fonts;
    enum status status = freetype_verdict(FT_Init_FreeType(&outlines->library), error);
    if (status != OK) {
        memory_free(outlines, sizeof *outlines);
        return status;
    }
    *out = outlines;
    return OK;
}

void outlines_free(struct outlines *outlines)
{
    if (!outlines)
        return;
    for (size_t i = 0; i < LIMIT_FACES; i++)
        if (outlines->faces[i])
            FT_Done_Face(outlines->faces[i]);
    FT_Done_FreeType(outlines->library);
    memory_free(outlines, sizeof *outlines);
}

static enum status face_open(struct outlines *outlines, uint32_t face, struct error *error)
{
    if (face >= LIMIT_FACES || face >= fonts_faces(outlines->fonts))
        return error_set(error, MSG_RASTER_FAILED);
    if (outlines->faces[face])
        return OK;
    struct text bytes = fonts_bytes(outlines->fonts, face);
    return freetype_verdict(FT_New_Memory_Face(outlines->library, (const FT_Byte *)bytes.bytes,
                                               (FT_Long)bytes.length, 0, &outlines->faces[face]),
                            error);
}

/* -- from FreeType's steps to Cairo's -- */

struct pen {
    cairo_t *cairo;
    double x, y, unit_x, unit_y; /* origin, and one font unit, in user space */
    double at_x, at_y;           /* current point */
};

static double pen_x(const struct pen *pen, const FT_Vector *point)
{
    return pen->x + (double)point->x * pen->unit_x;
}

static double pen_y(const struct pen *pen, const FT_Vector *point)
{
    return pen->y + (double)point->y * pen->unit_y;
}

static void pen_stand(struct pen *pen, const FT_Vector *point)
{
    pen->at_x = pen_x(pen, point);
    pen->at_y = pen_y(pen, point);
}

static int step_move(const FT_Vector *to, void *context)
{
    struct pen *pen = context;
    cairo_close_path(pen->cairo);
    pen_stand(pen, to);
    cairo_move_to(pen->cairo, pen->at_x, pen->at_y);
    return 0;
}

static int step_line(const FT_Vector *to, void *context)
{
    struct pen *pen = context;
    pen_stand(pen, to);
    cairo_line_to(pen->cairo, pen->at_x, pen->at_y);
    return 0;
}

/* A quadratic curve as a cubic one: the control points lie two thirds of the way to its control point. */
static int step_conic(const FT_Vector *control, const FT_Vector *to, void *context)
{
    struct pen *pen = context;
    double control_x = pen_x(pen, control), control_y = pen_y(pen, control);
    double end_x = pen_x(pen, to), end_y = pen_y(pen, to);
    cairo_curve_to(pen->cairo, (pen->at_x + 2 * control_x) / 3, (pen->at_y + 2 * control_y) / 3,
                   (end_x + 2 * control_x) / 3, (end_y + 2 * control_y) / 3, end_x, end_y);
    pen_stand(pen, to);
    return 0;
}

static int step_cubic(const FT_Vector *first, const FT_Vector *second, const FT_Vector *to,
                      void *context)
{
    struct pen *pen = context;
    cairo_curve_to(pen->cairo, pen_x(pen, first), pen_y(pen, first), pen_x(pen, second),
                   pen_y(pen, second), pen_x(pen, to), pen_y(pen, to));
    pen_stand(pen, to);
    return 0;
}

enum status outlines_add(struct outlines *outlines, uint32_t face, uint32_t glyph,
                         const struct outline_place *place, cairo_t *cairo, struct error *error)
{
    static const FT_Outline_Funcs steps = {step_move, step_line, step_conic, step_cubic, 0, 0};
    enum status status = face_open(outlines, face, error);
    if (status != OK)
        return status;
    FT_Face opened = outlines->faces[face];
    status =
        freetype_verdict(FT_Load_Glyph(opened, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP), error);
    if (status != OK)
        return status;
    const struct face_facts *facts = fonts_face(outlines->fonts, face);
    struct pen pen = {.cairo = cairo,
                      .unit_x = place->em_x / facts->drawn,
                      .unit_y = -place->em_y / facts->drawn};
    pen.x = place->x + fonts_offset(outlines->fonts, face, glyph) * pen.unit_x;
    pen.y = place->y - place->em_y * facts->shift / 1000;
    status = freetype_verdict(FT_Outline_Decompose(&opened->glyph->outline, &steps, &pen), error);
    cairo_close_path(cairo);
    return status;
}
