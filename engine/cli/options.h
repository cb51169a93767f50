/* cli/options.h -- commands and options as two tables: parsing and help are made from them.
 * Refuses: STOP, naming the option: unknown, value missing or wrong, needed one missing, not in this version.
 *          What the user typed is never repeated: it may be a person's number typed in the wrong place.
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
    COMMANDS,
    COMMAND_HELP = COMMANDS,
    COMMAND_HELP_JOB,
    COMMAND_VERSION,
};

#define OPTIONS_WORDS 1024 /* arguments that are no options: `join` takes many folders */
#define OPTIONS_LIST 16    /* times that an option may be repeated: `--seal` */

struct option_list {
    const char *value[OPTIONS_LIST];
    uint32_t count;
};

struct options {
    enum command command;
    const char *word[OPTIONS_WORDS]; /* the arguments that are no options: JOB.yaml, OUT */
    uint32_t words;
    const char *out;           /* -o */
    const char *protected_out; /* --protected-out */
    const char *input;         /* --input */
    const char *data;          /* --data */
    const char *id;            /* --id */
    uint64_t limit;            /* --limit, 0 = all */
    uint32_t dpi;              /* --dpi */
    uint64_t start_ms;         /* of the process; for `make bench` */
    bool quiet, guides, json;
};

CHECKED enum status options_parse(int count, char *const words[], struct options *out, struct error *error);

/* The help text, on stdout. */
CHECKED enum status options_help(struct error *error);

#endif
