/* guard/incidents.h -- guards against what went wrong in real mailings (dates, stuck fields, repeats).
 * Takes  : admitted records, one after the other, in file order.
 * Gives  : REJECT for a record whose own values contradict each other; a list of records that stand out beside
 *          their neighbours, which the caller holds afterwards (the first of them has gone by already).
 * Each check can be switched off in the job (checks.*); what is off is said in the report.
 * Never  : remembers a value: only 64-bit hashes, in memory.
 */
#ifndef GUARD_INCIDENTS_H
#define GUARD_INCIDENTS_H

#include "guard/guard.h"

/* Dates in order: born <= acquired <= as_of, acquired <= registered <= issued, expiry not before issued. A date that is
 * empty or unreadable is no matter here (the letter refuses it where it is printed). Refuses REJECT 42xx naming
 * the later column: acquired before birth, registered before acquired or after 発行日, acquired after 基準日 (born
 * after it, where there is no day of acquisition), expiry before 発行日; and, where check_expiry, 有効期限 that does not
 * fit the age on the day of issue. 70-74: a 有効期限 is needed and ends at the latest on the next 31 July (issued in
 * July: on that of the year after), and before the 75th birthday. 70-74 begins with the month behind that in which
 * the person reaches 70, the day before the birthday, and ends with the day before the 75th birthday: incidents.c
 * has the laws. Looks at checks.dates and checks.expiry itself, each for its own part. */
CHECKED enum status incident_dates(const struct job *job, const struct admitted *record, bool check_expiry,
                                   struct error *error);

#define INCIDENT_RUN 5      /* so many consecutive records with one full name or one last 4: a stuck field */
#define INCIDENT_NEAR 1024  /* the same (last 4, 生年月日) within so many records */

#define INCIDENT_BUCKETS 2048

struct incident_run {
    uint64_t hash;
    uint64_t first;  /* index of its first record */
    uint32_t length; /* stops one behind INCIDENT_RUN; 0 = none */
};

struct incidents {
    bool stuck, repeated;           /* switched on */
    struct incident_run name, four; /* up to the record before */
    uint64_t count;                 /* entries of the ring so far */
    uint64_t near_hash[INCIDENT_NEAR];
    uint64_t near_index[INCIDENT_NEAR];
    uint64_t near_older[INCIDENT_NEAR];     /* number of the entry before it in its bucket; 0 = none */
    uint64_t near_newest[INCIDENT_BUCKETS]; /* number of the last entry of the bucket; 0 = none */
};

void incidents_open(struct incidents *incidents, const struct job *job);

/* What the caller must hold: records [first, index] (a run), or the two records `first` and `index`. A run is told
 * with its fifth record, from its first on; each further record of it tells only of itself (first = index), so that
 * a column stuck over a whole file costs no more than a good one. */
struct incident {
    enum message message; /* MSG_NONE: nothing; else KIND_HOLD 42xx */
    unsigned slot;        /* column to name */
    uint64_t first;       /* index of the earliest record concerned */
    bool run;             /* all from first to index, else these two only */
};

/* What the comparing asks of a record: so that records can be read in one process and compared in another. */
struct incident_keys {
    uint64_t name, four, both; /* hashes of 氏名, last 4, (last 4, 生年月日); 0 = empty, or not asked */
};
struct incident_keys incident_keys(const struct incidents *incidents, const struct admitted *record);
struct incident incidents_compare(struct incidents *incidents, const struct incident_keys *keys, uint64_t index);

/* incidents_compare of the record's keys. index: of the record in the list, rising. To be shown: every record that the
 * guard admitted, whatever becomes of it otherwise and protected or not, so that nobody's flag decides about a
 * neighbour. A record that was not shown breaks no run. Values are compared as they are written, a name without its
 * outer blanks; one that is empty breaks a run and is never a pair. One incident a call: a run goes before a pair, and
 * a pair before the further records of a run. */
struct incident incidents_next(struct incidents *incidents, const struct admitted *record, uint64_t index);

#endif
