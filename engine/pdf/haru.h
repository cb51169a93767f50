/* pdf/haru.h -- libharu as object library: dictionaries and arrays, made piece by piece, written as
 * bytes. Only haru.c knows libharu and the layout of its structs. It serves what is not made once a
 * letter: catalog, info, page tree, resources, fonts, forms, images. One object is in the making at
 * a time. Failures stick until haru_end, which tells; a NULL dictionary or list is a failed one and
 * takes everything.
 * Refuses: STOP NO_MEMORY; STOP PDF_LIBRARY when libharu refuses, or is another version than that of its headers.
 */
#ifndef PDF_HARU_H
#define PDF_HARU_H

#include "base/error.h"
#include "base/text.h"
#include "pdf/ink.h"

struct haru;
struct haru_dict; /* borrowed from haru until haru_end */
struct haru_list;

CHECKED enum status haru_new(struct haru **out, struct error *error);
void haru_free(struct haru *haru); /* NULL is allowed */

struct haru_dict *haru_begin(struct haru *haru);
/* Adds the object's bytes to out and frees it. */
CHECKED enum status haru_end(struct haru *haru, struct ink *out, struct error *error);

void haru_name(struct haru *haru, struct haru_dict *dict, const char *key, const char *value);
void haru_integer(struct haru *haru, struct haru_dict *dict, const char *key, int32_t value);
void haru_flag(struct haru *haru, struct haru_dict *dict, const char *key, bool value);
void haru_string(struct haru *haru, struct haru_dict *dict, const char *key, const char *ascii);
/* Written in hex; at most 65,535 bytes. */
void haru_binary(struct haru *haru, struct haru_dict *dict, const char *key, const uint8_t *bytes,
                 size_t size);
void haru_reference(struct haru *haru, struct haru_dict *dict, const char *key, uint32_t number);
struct haru_dict *haru_dict(struct haru *haru, struct haru_dict *dict, const char *key);
struct haru_list *haru_list(struct haru *haru, struct haru_dict *dict, const char *key);

/* Ready entries ("/W [1 2 500]"), for numbers that libharu would pass through float. Once a
 * dictionary; borrowed until haru_end. */
void haru_entries(struct haru *haru, struct haru_dict *dict, const struct ink *entries);

void haru_list_name(struct haru *haru, struct haru_list *list, const char *value);
void haru_list_integer(struct haru *haru, struct haru_list *list, int32_t value);
struct haru_dict *haru_list_dict(struct haru *haru, struct haru_list *list);
void haru_list_reference(struct haru *haru, struct haru_list *list, uint32_t number);

#endif
