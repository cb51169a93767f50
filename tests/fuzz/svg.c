/* Any bytes as an image of the job (SVG, PBM, PNG): no crash, and steps, points and bits that belong together. */
#include "compose/image.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool good_path(const struct image *image, const struct image_path *path)
{
    static const uint32_t points[] = {1, 1, 3, 0};
    uint64_t count = 0;
    for (uint32_t i = 0; i < path->step_count; i++) {
        if (path->steps[i] > PATH_CLOSE || (i == 0) != (path->steps[i] == PATH_MOVE && i == 0))
            return false;
        count += points[path->steps[i]];
    }
    for (uint32_t i = 0; i < path->point_count; i++)
        if (llabs(path->points[2 * (size_t)i]) > 5 * (int64_t)image->view_w ||
            llabs(path->points[2 * (size_t)i + 1]) > 5 * (int64_t)image->view_h)
            return false;
    return count == path->point_count;
}

static bool good_bits(const struct image *image)
{
    unsigned dark = 0;
    for (size_t i = 0; i < (size_t)image->rows * image->row_bytes; i++)
        dark += image->bits[i] != 0;
    return image->columns > 0 && image->rows > 0 && image->row_bytes == (image->columns + 7) / 8 &&
           dark <= image->rows * image->row_bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct image image;
    struct error error = {0};
    if (size > 1u << 16)
        return 0;
    arena_open(&arena, LIMIT_JOB_ARENA);
    struct text source = {(const char *)data, (uint32_t)size};
    enum status status = image_read(TEXT("logo"), source, "fuzz.svg", &arena, &image, &error);
    if (status == REJECT || (status == STOP && error.message == MSG_NONE))
        abort();
    if (status == OK && !image.vector && !good_bits(&image))
        abort();
    for (uint32_t i = 0; status == OK && i < image.path_count; i++)
        if (!good_path(&image, &image.paths[i]))
            abort();
    arena_close(&arena);
    return 0;
}
