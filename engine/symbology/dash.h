/* symbology/dash.h -- what people type for a hyphen between digits. */
#ifndef SYMBOLOGY_DASH_H
#define SYMBOLOGY_DASH_H

#include <stdbool.h>
#include <stdint.h>

/* After width folding: hyphens and dashes, minus, box drawing, small hyphen, long vowel mark in both widths. */
static inline bool dash_like(uint32_t point)
{
    return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212 || point == 0x2500 ||
           point == 0x30FC || point == 0xFF70 || point == 0xFE63;
}

#endif
