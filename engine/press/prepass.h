/* press/prepass.h -- inside of the pre-pass: chunks (chunk.h) on their way into a plan. Private to the room. */
#ifndef PRESS_PREPASS_H
#define PRESS_PREPASS_H

#include "press/chunk.h"

struct scan {
    struct press *press;
    const struct prepass_order *order;
    struct plan *plan;
    struct kin kin;
    struct incidents incidents;
    struct guard guard; /* its counters only, of all chunks so far */
    struct digester *digester; /* over the chunks' digests */
    uint64_t records; /* of all chunks so far, those beyond the limit too */
};

/* Puts the next chunk behind those before it: they come in the order of the file. */
CHECKED enum status scan_merge(struct scan *scan, const struct chunk *chunk, struct error *error);
void scan_tick(const struct scan *scan); /* for the progress bar */

/* prepass_crew.c: the records of the file by so many processes. */
CHECKED enum status scan_crew(struct scan *scan, uint32_t workers, struct error *error);

#endif
