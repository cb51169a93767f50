/* compose/voice.h -- the voice code and its notch on a page.
 * The symbol is an image mask of one bit a cell in the one black; the body's centre stands on the layout's, on the grid
 * of the device's dots: where the body has an odd number of dots, half a dot to the lower right. A strip beside it
 * (T字ライン) keeps its place. The notches are strokes on the layout's plate.
 * Refuses: STOP 6680: the layout has no place for a voice code. REJECT 6681: the symbol, its strip included, leaves the
 *          clear box; 6682: its strip cannot be shown in whole dots of the device.
 * Tests  : tests/unit/compose_voice.c
 */
#ifndef COMPOSE_VOICE_H
#define COMPOSE_VOICE_H

#include "compose/compose.h"
#include "voice/symbol.h"

/* Layout and symbol fit: to be asked before anything prints. dots: as below. */
CHECKED enum status compose_voice_fits(const struct layout *layout, const struct voice_symbol *symbol,
                                       uint16_t dots, struct error *error);

/* Onto a page of compose_letter. dots: of 600 dpi a cell; 0 = as the layout says. symbol->bits stay the caller's, who
 * keeps them as long as the page. */
CHECKED enum status compose_voice(const struct form *form, const struct voice_symbol *symbol, uint16_t dots,
                                  struct arena *arena, struct page *page, struct error *error);

/* The notch alone. */
CHECKED enum status compose_notch(const struct layout *layout, struct arena *arena, struct page *page,
                                  struct error *error);

#endif
