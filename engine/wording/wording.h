/* wording/wording.h -- the words of one form: prescribed text with fields in it.
 * File: templates/<edition>/<form>.yaml
 *   form: "1"
 *   cut_side: { right: 右, left: 左, bottom: 下 }      # word for the side that the layout names
 *   portal_url: https://...                           # default of {portal_url}
 *   parts:
 *     title: 資格情報のお知らせ
 *     ref_no: （整理番号）{ref_no}
 *     lead: |                                          # a line break in a part is a line break on paper
 *       あなたの...お知らせします（{as_of}時点）。
 * `{name}` is a field (letter.h), `{name?}` one that may be empty, `{{` and `}}` are braces.
 * A part of which every field is empty (and has one) is empty as a whole.
 * Refuses: STOP 5xxx with file and line: field that does not exist, lone brace, unknown key, no parts.
 */
#ifndef WORDING_WORDING_H
#define WORDING_WORDING_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "letter/letter.h"

struct segment {
    struct text literal; /* field < 0 */
    int field;           /* enum field or extra, else -1 */
    bool optional;
};

struct part {
    struct text name;
    struct segment *segments;
    uint32_t segment_count;
    uint32_t line;
    bool fixed; /* no RECORD or extra field: the same on every letter */
    int lead_field; /* first record field, for naming the column in a hold; -1 = none */
};

struct wording {
    struct text form;
    struct text portal_url;
    struct text side_right, side_left, side_bottom;
    struct part *parts;
    uint32_t part_count;
    struct field_set fields;
    struct digest digest; /* of the file's bytes */
    const char *path;     /* for messages */
};

CHECKED enum status wording_read(const struct job *job, struct text source, const char *path,
                                 struct arena *arena, struct wording *out, struct error *error);

const struct part *wording_part(const struct wording *wording, struct text name); /* NULL = none */

/* The part with its fields filled in. One copy into the arena; a part of one segment is borrowed.
 * False: the arena is exhausted. */
bool wording_fill(const struct part *part, const struct text fields[FIELD_LIMIT], struct arena *arena,
                  struct text *out);

#endif
