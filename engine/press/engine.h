/* press/engine.h -- what the files of this room share: the opened press and the flow. Not for other rooms. */
#ifndef PRESS_ENGINE_H
#define PRESS_ENGINE_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/os.h"
#include "compose/compose.h"
#include "decision/decision.h"
#include "guard/guard.h"
#include "guard/incidents.h"
#include "intake/intake.h"
#include "job/job.h"
#include "layout/layout.h"
#include "letter/letter.h"
#include "plan/plan.h"
#include "plan/schedule.h"
#include "press/press.h"
#include "press/substitute.h"
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

/* By index of the record, ascending. */
struct held_characters {
    struct held_character {
        uint64_t index;
        uint32_t code_point, selector;
    } *list;
    size_t count, room;
};
CHECKED enum status held_characters_add(struct held_characters *kept, const struct held_character *one,
                                        struct error *error);

struct press {
    struct arena arena;        /* job, templates, layouts, images: for the whole life */
    struct arena letter_arena; /* one letter, wiped before the next */
    char folders[PRESS_FOLDERS][LIMIT_PATH]; /* where data is looked for, first first */
    uint32_t folder_count;
    char input_path[LIMIT_PATH];
    struct os_memory *opened; /* a sealed input in the clear, in memory only; input_path then leads there. NULL: none */
    struct job job;
    struct fonts *fonts;
    struct digester *digester; /* of letters: keyed where the job has a secret */
    bool has_secret;
    uint8_t secret[DIGEST_KEY_BYTES];
    struct image_set images;
    const uint32_t *gaiji; /* code points of the gaiji table, ascending */
    uint32_t gaiji_count;
    struct substitutes substitutes;
    struct intake *intake;
    struct intake *gather; /* a second reader of the same file, for members of a household; NULL until needed */
    struct guard guard;
    const struct decision_table *table;
    struct digest table_digest; /* of its file; only where notice.form is official */
    struct text job_fields[FIELD_LIMIT];
    struct press_form forms[LIMIT_FORMS];
    uint32_t form_count;
    struct record record, member_record;
    struct held_characters *characters; /* of check: the characters that records are held for; NULL else */
    struct press_mail *mail;   /* mail.h; never NULL once forms are open */
    struct press_voice *voice; /* voice_run.h; NULL: the job has no voice code */
    struct problems *problems; /* of press_open, borrowed: warnings go into the report */
};

/* What the flow made of one record. Borrowed from record, arena and press until the next letter. */
struct press_result {
    struct admitted admitted;
    bool passed; /* the guard admitted it, whatever came after */
    struct decision decision;
    const struct press_form *form; /* NULL: no letter */
    struct letter letter;
    bool has_customer; /* asked for a customer barcode: `customer` is what came of it (enum address_answer) */
    unsigned customer;
    bool has_cover;      /* a piece that begins with this letter has a cover sheet, with these fields */
    struct letter cover;
    const struct substitution *uses; /* of names.table in this record; NULL = none */
    struct page_list pages;
};

/* record -> guard -> decision -> letter -> wording + layout -> compose -> pages.
 * REJECT: no letter, *error says why (KIND_HOLD or KIND_FOLLOW); out->admitted is set as far as it can be.
 * fits may be NULL. */
CHECKED enum status press_letter(struct press *press, const struct record *record, enum compose_mode mode,
                                 struct press_result *out, struct fit_list *fits, struct error *error);

/* The same up to the letter's fields: nothing is composed, the letter's arena is not wiped. */
CHECKED enum status press_fill(struct press *press, const struct record *record, struct press_result *out,
                               struct error *error);

/* The pre-pass: every record through press_letter without drawing. limit: records beyond it are only guarded and,
 * when protected, remembered for their kin; 0 = none. protected_place: where protected letters go is known. */
CHECKED enum status prepass(struct press *press, uint64_t limit, bool protected_place,
                            const struct press_progress *progress, struct plan **out, struct error *error);

/* The same by several processes: the plan and the facts do not depend on how many. */
struct prepass_order {
    uint64_t limit;
    bool protected_place;
    uint32_t workers; /* 1 = all in this process */
    const struct press_progress *progress;
    const struct os_signals *signals; /* asked while workers read; may be NULL */
};
struct prepass_facts {
    struct digest input; /* of what the guard admitted, suppressed: no hidden field can change it */
    uint64_t records;    /* of the file */
};
CHECKED enum status prepass_run(struct press *press, const struct prepass_order *order, struct plan **out,
                                struct prepass_facts *facts, struct error *error);

/* In which order the planned letters are printed, as print does (pieces.h). */
CHECKED enum status press_schedule(struct press *press, struct plan *plan, struct schedule *out, struct error *error);

/* -- kin.c: a record of the same 世帯番号 or 記号+番号 as a protected person is held (protection.kin), because
 * it would tell the address. Only hashes are kept, only of protected people. -- */
struct kin {
    uint64_t *keys;
    size_t count, room;
};
CHECKED enum status kin_remember(struct kin *kin, const struct press *press, struct error *error);
CHECKED enum status kin_merge(struct kin *kin, const struct kin *more, struct error *error);
CHECKED enum status kin_hold(struct kin *kin, struct press *press, struct plan *plan, bool protected_place,
                             struct error *error);
void kin_close(struct kin *kin);
/* Keys as the record writes them, width folded; size 0 = the record does not say. No key is ever cut: two households
 * would become one. Room is left for who adds a few bytes of its own. */
struct kin_key {
    size_t size;
    char bytes[3 * LIMIT_FIELD_BYTES + 32];
};
void kin_household(const struct press *press, const struct record *record, struct kin_key *key); /* 世帯番号 */
void kin_insured(const struct press *press, const struct record *record, struct kin_key *key); /* 記号 and 番号 */
uint64_t kin_hash(const struct kin_key *key); /* 0 = the record does not say */
/* 記号・番号・枝番 of one person, hashed. */
uint64_t kin_person_hash(const struct press *press, const struct record *record);

/* -- household.c -- */

/* Puts the records of household forms into their groups; holds those whose household cannot be told. */
CHECKED enum status household_group(struct press *press, struct plan *plan, struct error *error);

/* The letter of the household whose first record is `first`. out->admitted holds the id of its first member. */
CHECKED enum status press_household(struct press *press, struct plan *plan, uint64_t first,
                                    enum compose_mode mode, struct press_result *out,
                                    struct fit_list *fits, struct error *error);

/* A letter of `count` members: its own fields are the job's. */
void household_head(const struct press_form *form, const struct letter *members, uint32_t count,
                    struct letter *head);

/* Slot of the column that an error names, plus 1; 0 = none of ours. And back. */
uint8_t press_error_column(const struct press *press, const struct error *error);
/* Row, and of several files the file, of the record in hand; of a planned one (the intake is moved there). */
void press_tell_row(const struct press *press, struct error *error);
CHECKED enum status press_tell_place(struct press *press, struct plan *plan, uint64_t index, struct error *error);

struct text press_column_name(const struct press *press, uint8_t column);

/* The checks of incidents (job: checks.*), by index: its name where the job has switched it off, "" where it is on,
 * NULL past the last. */
const char *press_check_off(const struct press *press, size_t index);

/* -- secret.c: job key `secret` -- */
CHECKED enum status secret_open(struct press *press, struct error *error); /* keys press->digester */
/* A digester that is keyed where the job has a secret. */
CHECKED enum status secret_digester(const struct press *press, struct digester **out, struct error *error);

/* -- route.c: (配布区分, 郵便種別) as a number below PLAN_ROUTES -- */
#define ROUTE_VOICE 32u /* bit of a route: with voice code and notch, and so in lots of its own */
#define LIMIT_ROUTE 40 /* bytes of a route's name */
uint8_t route_default(const struct press *press); /* the job's own */
enum mail_class route_class(uint32_t route);
/* Of one record. Refuses REJECT: a value that is none of those allowed. */
CHECKED enum status route_of(const struct press *press, const struct admitted *admitted, uint8_t *route,
                             struct error *error);
/* "employer", "home-kan-i-kakitome", also of SCHEDULE_PROTECTED; borrowed from out or for ever. */
struct text route_name(uint32_t route, char out[LIMIT_ROUTE]);

/* Reads all records under the guard, gives the index of the one with this 整理番号. Refuses: STOP none, several. */
CHECKED enum status press_find(struct press *press, const char *id, uint64_t *index, struct error *error);

/* -- gaiji.c: fonts/gaiji/gaiji.yaml at path, and the code points it maps -- */
CHECKED enum status gaiji_open(struct press *press, const char *path, struct error *error);

/* -- assets.c -- */
/* A data file ("templates/...", "layouts/...") from the first folder that has it, into press->arena. */
CHECKED enum status assets_read(struct press *press, const char *name, const char **path, struct text *source,
                                struct error *error);
CHECKED enum status assets_open(struct press *press, const struct press_settings *settings,
                                struct problems *problems);

/* -- report.c -- */
struct tally;
struct report_facts {
    const struct press_totals *totals;
    const struct tally *tally;
    struct digest input; /* of the admitted records, suppressed */
    struct digest run;   /* the run id */
    uint32_t shard_index, shard_count;
    struct digest whole;     /* of a shard: the run id without shards; `join` gives it to what it makes */
    uint64_t whole_records, whole_units; /* ... and what there is in all */
    uint64_t substitutions, substituted; /* characters replaced, people they belong to */
    uint64_t slips; /* sheets that are no letter's */
    uint64_t large_kana;                 /* people printed whose フリガナ has キヨウ for キョウ by all likelihood */
    bool sample;
};
CHECKED enum status report_json(const struct press *press, const struct report_facts *facts,
                                const struct sink *sink, struct error *error);
/* The same for people: report.txt, Japanese. */
CHECKED enum status report_text(const struct press *press, const struct report_facts *facts,
                                const struct sink *sink, struct error *error);

/* Counts by kind and name: people, sheets and pieces of each form and route, people of each decision row and
 * reason. */
#define TALLY_ROWS 256
enum tally_count { TALLY_PEOPLE, TALLY_SHEETS, TALLY_PIECES, TALLY_COUNTS };
struct tally {
    struct tally_row {
        char kind[12]; /* "form", "route", "decision", "reason", "customer", "weight" */
        char name[LIMIT_NAME];
        uint64_t count[TALLY_COUNTS];
    } rows[TALLY_ROWS];
    uint32_t count;
    uint64_t beyond; /* not counted, for the table was full: a bug */
};
void tally_add(struct tally *tally, const char *kind, struct text name); /* one of the people */
/* pieces: 1 when an envelope begins with the letter, else 0. */
void tally_letter(struct tally *tally, struct text form, struct text route, uint32_t people,
                  uint32_t sheets, uint32_t pieces);
void tally_add_row(struct tally *tally, const struct tally_row *more); /* of another tally */
/* Of all forms. */
uint64_t tally_sum(const struct tally *tally, enum tally_count count);
/* Rows of a kind by name: the one behind `last`, NULL when there is none; last NULL: the first. */
const struct tally_row *tally_next(const struct tally *tally, const char *kind,
                                   const struct tally_row *last);

#endif
