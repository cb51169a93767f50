/* press/engine.h -- what the files of this room share: the opened press and the flow. Not for other rooms. */
#ifndef PRESS_ENGINE_H
#define PRESS_ENGINE_H

#include "base/arena.h"
#include "base/digest.h"
#include "compose/compose.h"
#include "decision/decision.h"
#include "guard/guard.h"
#include "intake/intake.h"
#include "job/job.h"
#include "layout/layout.h"
#include "letter/letter.h"
#include "plan/plan.h"
#include "press/press.h"
#include "typeset/fonts.h"
#include "wording/wording.h"

struct press_form {
    struct text name;
    bool columns_missing;  /* the input lacks a column that this form needs: `error` says which */
    struct error error;
    struct wording wording;
    struct layout layout;
    struct form form;
};

#define PRESS_FOLDERS 4

struct press {
    struct arena arena;        /* job, templates, layouts, images: for the whole life */
    struct arena letter_arena; /* one letter, wiped before the next */
    char folders[PRESS_FOLDERS][LIMIT_PATH]; /* where data is looked for, first first */
    uint32_t folder_count;
    char input_path[LIMIT_PATH];
    struct job job;
    struct fonts *fonts;
    struct digester *digester;
    struct image_set images;
    struct intake *intake;
    struct guard guard;
    const struct decision_table *table;
    struct digest table_digest; /* of its file; only where notice.form is official */
    struct text job_fields[FIELD_LIMIT];
    struct press_form forms[LIMIT_FORMS];
    uint32_t form_count;
    struct record record;
    struct problems *problems; /* of press_open, borrowed: warnings go into the report */
};

/* What the flow made of one record. Borrowed from record, arena and press until the next letter. */
struct press_result {
    struct admitted admitted;
    struct decision decision;
    const struct press_form *form; /* NULL: no letter */
    struct letter letter;
    struct page_list pages;
};

/* record -> guard -> decision -> letter -> wording + layout -> compose -> pages.
 * REJECT: no letter, *error says why (KIND_HOLD or KIND_FOLLOW); out->admitted is set as far as it can be.
 * fits may be NULL. */
CHECKED enum status press_letter(struct press *press, const struct record *record, enum compose_mode mode,
                                 struct press_result *out, struct fit_list *fits, struct error *error);

/* The pre-pass: every record through press_letter without drawing. limit: records beyond it are only guarded and,
 * when protected, remembered for their kin; 0 = none. protected_place: where protected letters go is known. */
CHECKED enum status prepass(struct press *press, uint64_t limit, bool protected_place,
                            const struct press_progress *progress, struct plan **out, struct error *error);

/* -- kin.c: a record of the same 世帯番号 or 記号+番号 as a protected person is held (protection.kin), because
 * it would tell the address. Only hashes are kept, only of protected people. -- */
struct kin {
    uint64_t *keys;
    size_t count, room;
};
CHECKED enum status kin_remember(struct kin *kin, const struct press *press, struct error *error);
CHECKED enum status kin_hold(struct kin *kin, struct press *press, struct plan *plan, struct error *error);
void kin_sort(struct kin *kin); /* after the last kin_remember, before kin_column */
uint8_t kin_column(const struct kin *kin, const struct press *press); /* slot + 1; 0 = no kin */
void kin_close(struct kin *kin);

/* Slot of the column that an error names, plus 1; 0 = none of ours. And back. */
uint8_t press_error_column(const struct press *press, const struct error *error);
struct text press_column_name(const struct press *press, uint8_t column);

/* How letters travel: employer, home or counter. */
struct text press_route(const struct press *press);

/* Reads all records under the guard, finds the one of this 整理番号 and leaves it in press->record.
 * kin: the column by which it is kin of a protected person, as kin_column. Refuses: STOP none, several. */
CHECKED enum status press_find(struct press *press, const char *id, uint8_t *kin, struct error *error);

/* -- assets.c -- */
CHECKED enum status assets_open(struct press *press, const struct press_settings *settings,
                                struct problems *problems);

/* -- report.c -- */
struct tally;
struct report_facts {
    const struct press_totals *totals;
    const struct tally *tally;
    struct digest input; /* of the admitted records, suppressed */
    uint32_t lots, protected_lots;
    bool sample;
};
CHECKED enum status report_json(const struct press *press, const struct report_facts *facts,
                                const struct sink *sink, struct error *error);

/* Counts per form, route, decision row and reason: of each far fewer than the table has room for. */
#define TALLY_ROWS 256
struct tally {
    struct tally_row {
        char kind[12]; /* "form", "route", "decision", "reason" */
        char name[LIMIT_NAME];
        uint64_t count;
    } rows[TALLY_ROWS];
    uint32_t count;
    uint64_t beyond; /* not counted, for the table was full: a bug */
};
void tally_add(struct tally *tally, const char *kind, struct text name);

#endif
