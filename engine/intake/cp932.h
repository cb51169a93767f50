/* intake/cp932.h -- CP932 (Windows-31J) to UTF-8, by a table. Only cp932.c knows iconv.
 * The table is glibc's own, asked once code by code, so that the hot path is one look-up a character and a
 * bad code is known by its place. Gaiji codes (F040-F9FC) come out as private use U+E000-E757; what may be
 * printed is decided elsewhere. Bytes 80, A0, FD, FE and FF are no characters.
 */
#ifndef INTAKE_CP932_H
#define INTAKE_CP932_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define CP932_GROWTH 3 /* a byte becomes at most three (half-width kana, U+FFFD) */
#define CP932_SLACK 3  /* bytes that may be written behind the result */

struct cp932; /* owns the table */

/* STOP: memory, or a libc without the conversion. */
CHECKED enum status cp932_new(struct cp932 **out, struct error *error);
void cp932_free(struct cp932 *table); /* NULL is allowed */

/* Writes valid UTF-8, gives its length. A bad code becomes U+FFFD and takes one byte, or two where the
 * second could be one. *bad: offset of the first bad code from 0, or size. out must have room for
 * size * CP932_GROWTH + CP932_SLACK bytes. */
size_t cp932_decode(const struct cp932 *table, const char *bytes, size_t size, char *out, size_t *bad);

/* The character of two bytes: writes four bytes, gives how many count, 0 = no character. */
size_t cp932_pair(const struct cp932 *table, unsigned lead, unsigned trail, char out[4]);

/* Bytes of the code at the first of `left` bytes, good or bad: one or two. */
size_t cp932_step(const struct cp932 *table, const char *bytes, size_t left);

/* True for the first byte of two. */
bool cp932_leads(const struct cp932 *table, char byte);

#endif
