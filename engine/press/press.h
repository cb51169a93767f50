/* press/press.h -- the one path from a record to a letter, and the four things done with it.
 * press_letter() is the flow of the engine; print, preview, check and explain all call it, so a preview is the
 * letter of the mass run (same letter digest).
 * Refuses: what the rooms refuse; STOP leaves nothing below OUT.
 * Owns   : everything that press_open made; press_close wipes and frees it.
 */
#ifndef PRESS_PRESS_H
#define PRESS_PRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sink.h"
#include "base/status.h"

struct press; /* opaque */

struct press_settings {
    const char *job;   /* path of the job file */
    const char *data;  /* --data, or NULL */
    const char *input; /* --input, or NULL: the job's */
    bool extract;      /* for press_extract alone: a column 個人番号 may be read, cut to its last four digits */
};

/* Reads the job, fonts, templates, layouts, images, the input's header. All problems of the job are put into
 * *problems (warnings too); STOP when one of them stops. */
CHECKED enum status press_open(const struct press_settings *settings, struct press **out,
                               struct problems *problems);
void press_close(struct press *press); /* NULL is allowed */

/* Every key of the job file as rows of a Markdown table: key, type, default, since, meaning. */
CHECKED enum status press_keys(const struct sink *out, struct error *error);

enum press_phase { PHASE_CHECKING, PHASE_PRINTING };

/* Told now and then how far a run is; for a progress bar. May be NULL. */
struct press_progress {
    void (*tick)(void *context, enum press_phase phase, uint64_t bytes_done, uint64_t bytes_all,
                 uint64_t letters);
    void *context;
};

struct press_totals {
    uint64_t records, printed, protected_letters, held, follow_up; /* 名: people */
    uint64_t letters, pieces;  /* 通: pieces; of both places */
    uint64_t pages, lot_bytes; /* 枚: sheets, of all lots */
    uint64_t lots, protected_lots;
    uint64_t resumed;    /* lots, and lists of records, that an earlier call had finished */
    uint64_t committed;  /* the same of all calls so far; when the run ends before its time: what is kept */
    bool already_done;   /* the run was complete before: nothing was done, and nothing is counted here */
    uint64_t deflate_us; /* when measured */
};

struct print_order {
    const char *out, *protected_out; /* protected_out may be NULL */
    uint64_t limit;                  /* records; 0 = all. A limit marks the output as a sample */
    uint32_t workers;                /* processes; 0 = as many as there are processors */
    bool resume;                     /* goes on with what an earlier call left in OUT */
    uint32_t shard_index, shard_count; /* K of N: prints the K-th share of the lots; 0 = all */
    bool measure;                    /* take deflate times */
    const struct press_progress *progress;
};

/* Prints the whole list, or a shard of it. OK also when records are held: see totals. The output does not depend on
 * the number of workers. Interrupted (INT, TERM, HUP), or stopped by an I/O fault: finished lots and the ledger stay
 * in OUT, and the same order with `resume` goes on; where no lot was finished nothing stays. */
CHECKED enum status press_print(struct press *press, const struct print_order *order,
                                struct press_totals *totals, struct error *error);

/* Makes a secret (job key `secret`): 32 random bytes in a new file, mode 0600. Refuses an existing file. */
CHECKED enum status press_keygen(const char *path, struct error *error);

struct preview_order {
    const char *id, *out; /* out ends in .pdf, .png or .txt */
    uint32_t dpi;
    bool guides;
};

/* Writes one letter and, to `line`, "id form digest". */
CHECKED enum status press_preview(struct press *press, const struct preview_order *order,
                                  const struct sink *line, struct error *error);

/* Which row fired, which form, how each frame fitted; no values. */
CHECKED enum status press_explain(struct press *press, const char *id, const struct sink *out,
                                  struct error *error);

/* Every record as print would see it. `held` is called once for each record that print would hold. */
struct check_order {
    void (*held)(void *context, const struct error *error);
    void *context;
    const struct press_progress *progress;
};
CHECKED enum status press_check(struct press *press, const struct check_order *order,
                                struct press_totals *totals, struct error *error);

#endif
