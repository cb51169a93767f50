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
    COMMAND_BARCODE,
    COMMAND_KEYGEN,
    COMMAND_VERIFY,
    COMMAND_EXTRACT,
    COMMAND_DUMMY,
    COMMAND_PURGE,
    COMMAND_WHERE,
    COMMAND_PULL,
    COMMAND_JOIN,
    COMMAND_REPRINT,
    COMMAND_VOICE,
    COMMAND_VOICE_CHECK,
    COMMAND_ENVELOPE,
    COMMANDS,
    COMMAND_HELP = COMMANDS,
    COMMAND_HELP_JOB,
    COMMAND_VERSION,
};

#define OPTIONS_WORDS 1024 /* arguments that are no options: `join` takes many folders */
#define OPTIONS_LIST 1024  /* times that an option may be repeated: `--seal`, `--protected` of join */

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
    const char *data;          /* --data: a folder; of barcode, ready data */
    const char *id;            /* --id */
    const char *job;           /* --job */
    const char *encoding, *texts; /* --encoding, --texts */
    uint64_t sample;           /* --sample, 0 = none */
    const char *sign, *sign_cert;       /* --sign, --sign-cert */
    const char *certificate, *date, *by; /* --certificate, --date, --by */
    const char *secret;                  /* --secret */
    const char *seqs, *tracking;         /* --seq, --tracking */
    const char *ids, *reason, *log;      /* --ids, --reason, --from-log */
    struct option_list hidden;           /* --protected of join, once a share */
    struct option_list seal;   /* --seal, once a recipient */
    uint64_t count, seed;      /* -n, --seed */
    uint64_t limit;            /* --limit, 0 = all */
    uint32_t dpi;              /* --dpi */
    uint64_t workers;          /* --workers, 0 = all processors */
    uint32_t shard_index, shard_count; /* --shard K/N; 0 = all */
    uint64_t start_ms;         /* of the process; for `make bench` */
    bool quiet, guides, json, resume, protected_place, sheet;
};

CHECKED enum status options_parse(int count, char *const words[], struct options *out, struct error *error);

/* The help text, on stdout. */
CHECKED enum status options_help(struct error *error);

#endif
