/* voice/kana.h -- a reading as speech wants it. Private to the voice room. */
#ifndef VOICE_KANA_H
#define VOICE_KANA_H

#include <stdint.h>

#include "base/text.h"

/* The next character of a フリガナ in hiragana: half-width kana and their marks joined, ・ ＝ . as a blank, ヴ as it
 * is (ゔ is in no Shift_JIS). Latin letters pass, width folded. KANA_NONE: a character that is no reading: a kanji, a
 * digit, a sign. */
#define KANA_NONE UINT32_MAX
uint32_t kana_next(const char **at, const char *end);

#endif
