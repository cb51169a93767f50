/* cli/options.h -- commands and options as one table: parsing and help are made from it.
 * Refuses: STOP, naming the option: unknown, value missing or wrong, needed one missing, not in this version.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum command {
    COMMAND_PRINT,
    COMMAND_PREVIEW,
    COMMAND_CHECK,
    COMMAND_EXPLAIN,
    COMMAND_HELP,
    COMMAND_HELP_JOB,
    COMMAND_VERSION,
};

struct options {
    enum command command;
    const char *job;           /* JOB.yaml */
    const char *out;           /* -o */
    const char *protected_out; /* --protected-out */
    const char *input;         /* --input */
    const char *data;          /* --data */
    const char *id;            /* --id */
    uint64_t limit;            /* --limit, 0 = all */
    uint32_t dpi;              /* --dpi */
    bool quiet, guides, json;
};

CHECKED enum status options_parse(int count, char *const words[], struct options *out, struct error *error);

/* The help text, on stdout. */
CHECKED enum status options_help(struct error *error);

#endif
