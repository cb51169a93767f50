#include "intake/inside.h"

/* A record is found as by intake_next, rules and all; nothing of it is decoded where that is not needed to find it. */
static enum status pass(struct intake *intake, bool plain, struct record *record, bool *end,
                        struct error *error)
{
    if (!plain) {
        enum status status = intake_next(intake, record, end, error);
        return status == STOP ? STOP : OK;
    }
    if (csv_next(&intake->csv, &intake->raw, end, error) != OK)
        return STOP;
    if (!*end)
        intake->row++;
    record->offset = intake->raw.offset;
    return OK;
}

enum status intake_skip(struct intake *intake, uint32_t most, struct record *scratch,
                        uint32_t *skipped, uint64_t *offset, struct error *error)
{
    bool plain = intake_splittable(intake), end = false;
    for (*skipped = 0; *skipped < most; ++*skipped) {
        if (pass(intake, plain, scratch, &end, error) != OK)
            return STOP;
        if (end)
            break;
        if (*skipped == 0)
            *offset = scratch->offset;
    }
    return OK;
}
