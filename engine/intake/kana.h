/* intake/kana.h -- half-width kana, and small kana written large. */
#ifndef INTAKE_KANA_H
#define INTAKE_KANA_H

#include <stdbool.h>

#include "base/text.h"

/* True when the text holds a half-width kana (U+FF61-FF9F). */
bool kana_half(struct text text);

/* Writes the text with full-width kana, marks joined to their kana (ｶﾞ: ガ); gives the length, never more than the
 * text's. out has room for that. */
uint32_t kana_widen(struct text text, char *out);

/* True when ヤ ユ ヨ stand where ャ ュ ョ belong by all likelihood (behind キ シ チ ニ ヒ ミ リ ギ ジ ヂ ビ ピ), or ツ
 * stands between kana with a カ サ タ パ row behind it. Of either width. For counting only: キヨウコ and マツカタ are
 * names too, so nothing is ever changed. */
bool kana_large(struct text text);

#endif
