/* letter/value.h -- one cell of the input: is it sound, and how does the form write it.
 * Private to the letter room.
 * Takes  : values that are valid UTF-8, trimmed, not empty.
 * Gives  : MSG_NONE, or the message that says what is wrong with the value. Texts given back are borrowed from the
 *          value, constant, or in the arena (MSG_NO_MEMORY).
 */
#ifndef LETTER_VALUE_H
#define LETTER_VALUE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

struct field_set;

/* Stand-ins for lost characters (● 〓 U+FFFD), private use, controls, invisible characters, error
 * marks of a spreadsheet. *offset: byte of the first bad character, from 1.
 * black_circle: ● passes. fields: the private-use characters that pass; NULL = none. */
enum message value_scan(struct text value, const struct field_set *fields, bool black_circle,
                        uint32_t *offset);

/* 様, 殿 or 御中 at the end. */
enum message value_honorific(struct text name);

/* 様 or 御中 at the end of an address. */
enum message value_address_end(struct text address);

/* A number that a spreadsheet or a program has rewritten: 1.0E+07, 1E+05, 1.2345678E7. An
 * identifier of that look is damaged beyond repair. `7E3` is left alone: a 記号 may be that. */
enum message value_exponent(struct text value);

/* The same, and 123.0: a whole number that became a decimal one. */
enum message value_rewritten(struct text value);

enum message value_kind(struct text value, struct text *out); /* 本人 -> ご本人（被保険者）様 */
enum message value_sex(struct text value, struct text *out);   /* 男 女 裏面参照 */
enum message value_share(struct text value, struct text *out); /* ３割 -> 3割 */
enum message value_address_title(struct text value, struct text *out); /* 様 御中 殿 */
/* 平成20年4月1日, padded 平成20年 4月 1日 */
enum message value_date(struct text value, bool padded, struct arena *arena, struct text *out);
enum message value_postcode(struct text value, struct arena *arena,
                            struct text *out);                                      /* 111-2222 */
enum message value_last4(struct text value, struct arena *arena, struct text *out); /* 0825 */

#endif
