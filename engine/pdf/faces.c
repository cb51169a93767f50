#include "pdf/faces.h"

#include "base/memory.h"

void faces_open(struct faces *faces, struct fonts *fonts)
{
    *faces = (struct faces){.fonts = fonts};
}

void faces_close(struct faces *faces)
{
    for (uint32_t face = 0; face < LIMIT_FACES; face++) {
        struct face_use *use = &faces->use[face];

        memory_free(use->marks, use->glyphs * sizeof *use->marks);
        *use = (struct face_use){0};
    }
}

enum status faces_want(struct faces *faces, uint32_t face, struct error *error)
{
    struct face_use *use;
    uint32_t glyphs;

    if (face >= LIMIT_FACES || face >= fonts_faces(faces->fonts))
        return error_set(error, MSG_BUG);
    use = &faces->use[face];
    if (use->marks)
        return OK;
    glyphs = fonts_face(faces->fonts, face)->glyphs;
    use->marks = memory_new((glyphs ? glyphs : 1) * sizeof *use->marks);
    if (!use->marks)
        return error_set(error, MSG_NO_MEMORY);
    use->glyphs = glyphs;
    return OK;
}

uint32_t faces_ask(struct faces *faces, uint32_t face, uint32_t id)
{
    uint32_t advance = fonts_advance(faces->fonts, face, id);
    uint32_t units = fonts_face(faces->fonts, face)->units;
    uint32_t mark = (uint32_t)((uint64_t)advance * EM_UNITS / (units ? units : 1)) + 1;

    faces->use[face].marks[id] = mark;
    return mark;
}
