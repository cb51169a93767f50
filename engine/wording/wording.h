/* wording/wording.h -- the words of one form: prescribed text with fields in it.
 * File: templates/<edition>/<form>.yaml
 *   form: "1"
 *   cut_side: { right: 右, left: 左, bottom: 下 }      # word for the side that the layout names
 *   portal_url: https://...                           # default of {portal_url}
 *   unit: person                                      # person (one record, one letter) | household | list: a
 *                                                     # sheet of the run's own, see compose/slip.h
 *   expiry: any                                       # any | by-age: 有効期限 must fit the age (checks.expiry)
 *   dates: plain                                      # plain 令和6年7月31日 | padded 令和 6年 7月 31日
 *   voice: { text: [...], member: [...], end: [...] } # what the voice code says, see spoken.h; may be missing
 *   parts:
 *     title: 資格情報のお知らせ
 *     ref_no: （整理番号）{ref_no}
 *     lead: |                                          # a line break in a part is a line break on paper
 *       あなたの...お知らせします（{as_of}時点）。
 * In a part:
 *   {name}    a field (letter.h); a letter without it is held
 *   {name?}   a field that may be empty
 *   {name!}   a field that decides: it may be empty, and then the whole part is
 *   {!name}   the same, and prints nothing itself: a label that goes with its value, `{!expiry}有効期限`
 *   {{ }}     braces
 * Blanks (U+0020, U+3000) right before a field that is empty on this letter go with it.
 * A part is empty as a whole when it names fields and all of them are empty, or when one marked `!` is. An empty
 * part is no fault: whoever places it places nothing.
 * Refuses: STOP 5xxx with file, line and name: unknown key, missing key, another word than these for unit or
 *          dates, field that does not exist, lone brace, no parts, empty part, control character, {cut_side} without
 *          its three words, {portal_url} that neither template nor job gives.
 * Owns   : nothing; texts live in the caller's arena. Borrows: path.
 * Tests  : tests/unit/wording_read.c, wording_fill.c, wording_forms.c, wording_editions.c; fuzz target template.
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
    bool optional;       /* {name?} or {name!} */
    bool decides;        /* {name!} or {!name} */
    bool silent;         /* {!name}: prints nothing */
    uint32_t blanks;     /* bytes of blanks at a literal's end, before a field */
};

struct part {
    struct text name;
    struct segment *segments;
    uint32_t segment_count;
    uint32_t line;
    bool fixed; /* no RECORD or extra field: the same on every letter */
    int lead_field; /* first record field, for naming the column in a hold; -1 = none */
};

struct sentences {
    struct part *parts;
    uint32_t count;
};

struct wording {
    struct text form;
    struct text portal_url;
    struct text side_right, side_left, side_bottom; /* all three, or none */
    struct part *parts;
    uint32_t part_count;
    struct field_set fields;
    bool household;      /* unit: household */
    bool list;           /* unit: list */
    struct text padded_as_of, padded_issued; /* the job's dates, where fields.padded_dates */
    bool expiry_by_age;  /* expiry: by-age */
    struct {             /* what the voice code says; text.count 0 = nothing */
        struct sentences text, member, end;
        struct field_set fields; /* that it names */
    } spoken;
    struct digest digest; /* of the file's bytes */
    const char *path;     /* for messages */
};

CHECKED enum status wording_read(const struct job *job, struct text source, const char *path,
                                 struct arena *arena, struct wording *out, struct error *error);

const struct part *wording_part(const struct wording *wording, struct text name); /* NULL = none */

/* The side that the cut-off card lies on, in the order of the layout room's enum side. */
enum cut_side { CUT_RIGHT, CUT_LEFT, CUT_BOTTOM };

/* 右 左 下, or the empty text for another number. */
struct text wording_side(const struct wording *wording, unsigned side);

/* Puts the fields that the template has a say in into the fields of letter_job_fields: cut_side, portal_url where
 * the job gives none, and the job's dates where the template pads them. For a layout without a side give
 * CUT_RIGHT. */
void wording_job_fields(const struct wording *wording, unsigned side, struct text fields[FIELD_LIMIT]);

/* What segment `index` of a part contributes, and whether the part is empty as a whole. */
struct text wording_segment(const struct part *part, uint32_t index, const struct text fields[FIELD_LIMIT]);
bool wording_empty(const struct part *part, const struct text fields[FIELD_LIMIT]);

/* The part with its fields filled in. One copy into the arena; a part of one segment is borrowed. An empty part
 * gives the empty text. False: the arena is exhausted. */
bool wording_fill(const struct part *part, const struct text fields[FIELD_LIMIT], struct arena *arena,
                  struct text *out);

#endif
