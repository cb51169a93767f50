/* tests/tools/plate.c -- what stands on one plate of Ghostscript's separation (tiffsep, uncompressed, 8 bits).
 *
 *   plate FILE.tif DPI [X1 Y1 X2 Y2]
 *
 * Prints the box of all dots that are not white, in 1/100 mm from the top-left, and how many there are: "x1 y1 x2 y2 n";
 * "blank" where there is none. With a box, in whole mm, only what lies in it.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint8_t *file;
static size_t size;
static bool swapped; /* high byte first */

static uint32_t number(size_t at, unsigned bytes)
{
    uint32_t value = 0;
    if (at + bytes > size)
        exit(2);
    for (unsigned i = 0; i < bytes; i++)
        value |= (uint32_t)file[at + i] << 8 * (swapped ? bytes - 1 - i : i);
    return value;
}

/* Entry of the first directory; gives the place of its values. 0: none. */
static size_t entry(uint32_t tag, uint32_t *width, uint32_t *count)
{
    size_t at = number(4, 4);
    uint32_t entries = number(at, 2);
    for (size_t i = at + 2; i < at + 2 + 12 * (size_t)entries; i += 12) {
        if (number(i, 2) != tag)
            continue;
        *width = number(i + 2, 2) == 3 ? 2 : 4;
        *count = number(i + 4, 4);
        return *width * *count <= 4 ? i + 8 : number(i + 8, 4);
    }
    return 0;
}

static uint32_t value(uint32_t tag, uint32_t index, uint32_t missing)
{
    uint32_t width, count;
    size_t at = entry(tag, &width, &count);
    return at && index < count ? number(at + (size_t)index * width, width) : missing;
}

static void read_all(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END) != 0)
        exit(2);
    size = (size_t)ftell(in);
    rewind(in);
    file = malloc(size);
    if (!file || fread(file, 1, size, in) != size)
        exit(2);
    fclose(in);
}

int main(int count, char **words)
{
    if (count != 3 && count != 7)
        return 2;
    read_all(words[1]);
    swapped = file[0] == 'M';
    uint32_t dpi = (uint32_t)strtoul(words[2], NULL, 10), w = value(256, 0, 0),
             h = value(257, 0, 0);
    uint32_t rows = value(278, 0, h), box[4] = {0, 0, w, h};
    uint32_t seen[4] = {UINT32_MAX, UINT32_MAX, 0, 0}, dots = 0;
    if (value(258, 0, 1) != 8 || value(259, 0, 1) != 1 || value(277, 0, 1) != 1 || rows == 0)
        return 2;
    for (int i = 0; count == 7 && i < 4; i++)
        box[i] = (uint32_t)(strtoul(words[3 + i], NULL, 10) * dpi * 10 / 254);
    for (uint32_t y = box[1]; y < box[3] && y < h; y++) {
        const uint8_t *row = file + value(273, y / rows, 0) + (size_t)(y % rows) * w;
        for (uint32_t x = box[0]; x < box[2] && x < w; x++) {
            if (row[x] == 255) /* tiffsep: 255 = no ink */
                continue;
            seen[0] = x < seen[0] ? x : seen[0];
            seen[1] = y < seen[1] ? y : seen[1];
            seen[2] = x >= seen[2] ? x + 1 : seen[2];
            seen[3] = y + 1;
            dots++;
        }
    }
    if (dots == 0)
        return printf("blank\n") < 0;
    for (int i = 0; i < 4; i++)
        printf("%u ", (seen[i] * 2540 + dpi / 2) / dpi);
    return printf("%u\n", dots) < 0;
}
