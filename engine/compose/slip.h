/* compose/slip.h -- sheets of the run's own: separators in a lot, covers, lists. They are made of templates and layouts
 * like letters: words and fields, and one table at most, set sheet by sheet.
 * A template of `unit: list` names fields of the job ({insurer}, {office}, {issued} ...), those below, and {sheet} and
 * {sheets}; the row fields in the layout's table only make sense there. Who makes a slip fills what its kind needs;
 * what stays empty is left out as everywhere (`{paper?}`). Shipped: templates/slips/, layouts/slips/, one each:
 *   bundle    結束票: prefix, level, count, bundle, bundles, first, last
 *   employer  事業所票: employer_no, employer_name, employer_postcode, employer_address, count, first, last;
 *             rows: row_no, row_id, row_seq
 *   lot       ロット票: lot, route, class, first, last, sheet_count, pieces, people, paper, envelope, notch, pattern
 *   posting   差出票 (受領証): class, count, first, last (numbers); rows: row_no, row_number, row_postcode,
 *             row_seq, row_name, row_note
 * Texts of the input (employer's name, ids) are set as in letters: a character without glyph or a text too long is
 * REJECT, so prove them (COMPOSE_PROVE) before the first lot.
 * No protected person's piece is in any slip of what others see; that is the caller's to keep.
 * Owns   : nothing; all in the caller's arena.
 * Tests  : tests/unit/compose_slip.c
 */
#ifndef COMPOSE_SLIP_H
#define COMPOSE_SLIP_H

#include "compose/compose.h"

#define SLIP_TABLE(FIELD, ROW)                                                                     \
    FIELD(PREFIX, "prefix") /* 郵便区番号 of the bundle */                                         \
    FIELD(LEVEL, "level") /* digits of it, or 雑 */                                                \
    FIELD(COUNT, "count") /* 通 */                                                                 \
    FIELD(BUNDLE, "bundle") /* n of ... */                                                         \
    FIELD(BUNDLES, "bundles") /* ... m */                                                          \
    FIELD(LOT, "lot")                                                                              \
    FIELD(ROUTE, "route")                                                                          \
    FIELD(CLASS, "class") /* 郵便種別 */                                                           \
    FIELD(FIRST, "first") /* sequence */                                                           \
    FIELD(LAST, "last")                                                                            \
    FIELD(SHEET_COUNT, "sheet_count") /* 枚 */                                                     \
    FIELD(PIECES, "pieces") /* 通 */                                                               \
    FIELD(PEOPLE, "people") /* 名 */                                                               \
    FIELD(PAPER, "paper")                                                                          \
    FIELD(ENVELOPE, "envelope")                                                                    \
    FIELD(NOTCH, "notch")                                                                          \
    FIELD(PATTERN, "pattern") /* 封入パターン */                                                   \
    FIELD(EMPLOYER_NO, "employer_no")                                                              \
    FIELD(EMPLOYER_NAME, "employer_name")                                                          \
    FIELD(EMPLOYER_POSTCODE, "employer_postcode")                                                  \
    FIELD(EMPLOYER_ADDRESS, "employer_address")                                                    \
    FIELD(NOTE, "note")                                                                            \
    ROW(NO, "row_no")                                                                              \
    ROW(ID, "row_id") /* 整理番号 */                                                               \
    ROW(SEQUENCE, "row_seq")                                                                       \
    ROW(NUMBER, "row_number") /* 引受番号 */                                                       \
    ROW(POSTCODE, "row_postcode")                                                                  \
    ROW(NAME, "row_name")                                                                          \
    ROW(REMARK, "row_note")

enum slip_field {
#define FIELD(name, template_name) SLIP_##name,
#define ROW(name, template_name) SLIP_ROW_##name,
    SLIP_TABLE(FIELD, ROW)
#undef FIELD
#undef ROW
    SLIP_FIELDS
};
#define SLIP_HEAD_FIELDS SLIP_ROW_NO            /* those of the sheet ... */
#define SLIP_ROW_FIELDS (SLIP_FIELDS - SLIP_ROW_NO) /* ... and those of a row, which count from SLIP_ROW_NO */

struct slip_row {
    struct text field[SLIP_ROW_FIELDS]; /* field[SLIP_ROW_ID - SLIP_ROW_NO] */
};

struct slip {
    struct text field[SLIP_HEAD_FIELDS]; /* the same on all its sheets */
    const struct slip_row *rows;         /* of this sheet */
    uint32_t row_count;                  /* at most slip_rows() */
    uint32_t sheet, sheets;              /* from 1; one sheet: 1, 1 */
};

/* The job as a template of a list sees it: read template and bind layout with this one (wording_read, layout_read,
 * letter_job_fields, form_bind), which stays in the caller's arena. False: out of memory. */
bool slip_job(const struct job *job, struct arena *arena, struct job *out);

/* Rows on a sheet; 0: the form has no table. */
uint32_t slip_rows(const struct form *form);

/* One sheet, so that a list may be as long as it likes in constant memory. A page of it carries no run marks. */
CHECKED enum status compose_slip(const struct form *form, const struct slip *slip, enum compose_mode mode,
                                 struct fonts *fonts, struct arena *arena, struct page_list *out,
                                 struct error *error);

#endif
