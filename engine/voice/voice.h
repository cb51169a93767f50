/* voice/voice.h -- voice codes (音声コード): the text that one speaks, and the symbols that a licensed encoder supplies.
 * Uni-Voice and SP code are proprietary: this room makes their text and takes their finished symbols; it knows nothing
 * of their build and never draws one. A QR code of the same text is drawn by the symbology room.
 *
 * Text   : from the template's `voice` (wording/spoken.h), a text a page. フリガナ is spoken in hiragana; 記号, 番号,
 *          枝番, 整理番号, 保険者番号 and the last 4 digit by digit (「6、8、2、5」); telephone numbers with hyphens; dates in
 *          era form. Digits and letters in one width: half, in a QR code full (Kanji mode) but for telephone numbers.
 * Refuses: REJECT 8610-8614 naming the column; nothing is ever cut. Protected people have no voice code: STOP 9901 for
 *          who asks for one.
 * Owns   : nothing but what the caller gives.
 * Tests  : tests/unit/voice_speak.c, voice_forms.c, voice_symbols.c, tests/cases/voice.sh
 */
#ifndef VOICE_VOICE_H
#define VOICE_VOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/sjis.h"
#include "letter/letter.h"
#include "wording/wording.h"

#define VOICE_BYTES 8192 /* more than the largest QR code holds in Kanji mode (1,817 characters) */

struct spoken {
    uint32_t length, characters; /* bytes; code points */
    char bytes[VOICE_BYTES];     /* UTF-8 */
};

static inline struct text spoken_text(const struct spoken *spoken)
{
    return (struct text){spoken->bytes, spoken->length};
}

/* One page of a letter. */
struct voice_page {
    uint32_t page, pages;         /* from 1 */
    const struct letter *members; /* of a household on this page; NULL: a person's letter */
    uint32_t member_count;
};

/* Fields that speech needs are filled too from now on, and may be empty: voice_speak says who is held for one. */
void voice_fields(const struct wording *wording, struct field_set *fields);

/* Refuses also what is longer than the job's symbol holds; a QR code's capacity depends on its box: see qr_fit. */
CHECKED enum status voice_speak(const struct job *job, const struct wording *wording,
                                const struct letter *letter, const struct voice_page *page,
                                struct spoken *out, struct error *error);

/* Characters that a supplied symbol of the job's size holds; 0 = says nothing (QR). Uni-Voice: about 40, 400, 800,
 * 1,000; SP code 800 (M, 18 mm) and 1,000 (L, 20 mm): printers' figures, at medium correction. */
uint32_t voice_capacity(const struct job *job);

/* The text in CP932 (out has VOICE_BYTES). REJECT 8613 with the code point. */
CHECKED enum status voice_cp932(const struct sjis *sjis, const struct spoken *spoken, char *out, uint32_t *length,
                                struct error *error);

/* The words of the export: "uni-voice", "M", "medium". */
struct text voice_kind_name(const struct job *job);
struct text voice_size_name(const struct job *job);
struct text voice_correction_name(const struct job *job);

#endif
