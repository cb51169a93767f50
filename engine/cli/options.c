#include "cli/options.h"

#include "base/limits.h"
#include "base/os.h"

#include <stddef.h>
#include <stdio.h>

enum option_kind {
    OPTION_TEXT,
    OPTION_LIST,
    OPTION_NUMBER,
    OPTION_DPI,
    OPTION_FLAG,
    OPTION_WORKERS,
    OPTION_SHARE
};

#define PRINT (1u << COMMAND_PRINT)
#define PREVIEW (1u << COMMAND_PREVIEW)
#define CHECK (1u << COMMAND_CHECK)
#define EXPLAIN (1u << COMMAND_EXPLAIN)
#define SHARES_MOST 99999
#define BARCODE (1u << COMMAND_BARCODE)
#define VERIFY (1u << COMMAND_VERIFY)
#define EXTRACT (1u << COMMAND_EXTRACT)
#define DUMMY (1u << COMMAND_DUMMY)
#define PURGE (1u << COMMAND_PURGE)
#define WHERE (1u << COMMAND_WHERE)
#define PULL (1u << COMMAND_PULL)
#define JOIN (1u << COMMAND_JOIN)
#define REPRINT (1u << COMMAND_REPRINT)
#define AFTER (WHERE | PULL | JOIN | REPRINT)
#define VOICE (1u << COMMAND_VOICE)
#define VOICE_CHECK (1u << COMMAND_VOICE_CHECK)
#define ENVELOPE (1u << COMMAND_ENVELOPE)
#define ALL (PRINT | PREVIEW | CHECK | EXPLAIN | VERIFY | EXTRACT | DUMMY | VOICE | ENVELOPE)

static const struct option {
    const char *word;
    enum option_kind kind;
    unsigned commands; /* that take it */
    unsigned needed;   /* ... and can't do without it */
    size_t place;
    const char *value, *meaning;
} options[] = {
    {"-o", OPTION_TEXT, PRINT | PREVIEW | EXTRACT | DUMMY | VOICE | ENVELOPE | JOIN | REPRINT,
     PRINT | PREVIEW | EXTRACT | DUMMY | VOICE | ENVELOPE | JOIN | REPRINT,
     offsetof(struct options, out), "OUT",
     "a new or empty folder; preview: FILE.pdf, FILE.png or FILE.txt; dummy, voice: FILE.csv; "
     "envelope: FILE.pdf"},
    {"--id", OPTION_TEXT, PREVIEW | EXPLAIN | WHERE | REPRINT, PREVIEW | EXPLAIN,
     offsetof(struct options, id), "ID", "整理番号 of one record"},
    {"--protected-out", OPTION_TEXT, PRINT | JOIN, 0, offsetof(struct options, protected_out),
     "DIR",
     "folder of the insurer's own for letters to protected people; without it they are held"},
    {"--input", OPTION_TEXT, ALL, 0, offsetof(struct options, input), "FILE",
     "member file, instead of the job's input.file"},
    {"--data", OPTION_TEXT, ALL | PULL, 0, offsetof(struct options, data), "DIR",
     "folder with templates/, layouts/, fonts/, looked at after the job's own"},
    {"--data", OPTION_TEXT, BARCODE, 0, offsetof(struct options, data), "DATA",
     "barcode customer: ready data, postcode and 住所表示番号"},
    {"--limit", OPTION_NUMBER, PRINT, 0, offsetof(struct options, limit), "N",
     "only the first N records; marks the output as a sample"},
    {"--dpi", OPTION_DPI, PREVIEW, 0, offsetof(struct options, dpi), "N",
     "36 to 1200 for PNG; default 150"},
    {"--guides", OPTION_FLAG, PREVIEW, 0, offsetof(struct options, guides), NULL,
     "frames, millimetre rulers and folds on a layer of their own"},
    {"--job", OPTION_TEXT, VERIFY, 0, offsetof(struct options, job), "JOB.yaml",
     "also every record against its pages"},
    {"--protected", OPTION_FLAG, VERIFY, 0, offsetof(struct options, protected_place), NULL,
     "OUT is the folder of --protected-out"},
    {"--protected", OPTION_LIST, JOIN, 0, offsetof(struct options, hidden), "DIR",
     "join: the --protected-out of a share; once for each"},
    {"--seal", OPTION_LIST, EXTRACT, 0, offsetof(struct options, seal), "CERT.pem",
     "extract: encrypt the print file for this recipient; may be repeated"},
    {"--sign", OPTION_TEXT, EXTRACT, 0, offsetof(struct options, sign), "KEY.pem",
     "extract: sign it with the insurer's key"},
    {"--sign-cert", OPTION_TEXT, EXTRACT, 0, offsetof(struct options, sign_cert), "CERT.pem",
     "the certificate of that key"},
    {"-n", OPTION_NUMBER, DUMMY, DUMMY, offsetof(struct options, count), "N",
     "dummy: how many people"},
    {"--seed", OPTION_NUMBER, DUMMY, 0, offsetof(struct options, seed), "N",
     "dummy: another seed, other people; default 1"},
    {"--certificate", OPTION_TEXT, PURGE, PURGE, offsetof(struct options, certificate), "FILE",
     "purge: where the data of the erasure certificate goes"},
    {"--date", OPTION_TEXT, PURGE, 0, offsetof(struct options, date), "DATE",
     "purge: the day, as the certificate says it"},
    {"--by", OPTION_TEXT, PURGE, 0, offsetof(struct options, by), "NAME",
     "purge: who erased, as the certificate says it"},
    {"--encoding", OPTION_TEXT, VOICE, 0, offsetof(struct options, encoding), "NAME",
     "voice: utf-8 or cp932; default utf-8"},
    {"--texts", OPTION_TEXT, VOICE_CHECK, 0, offsetof(struct options, texts), "FILE.csv",
     "voice-check: what `voice` wrote"},
    {"--sample", OPTION_NUMBER, VOICE_CHECK, 0, offsetof(struct options, sample), "N",
     "voice-check: which sheets to read, instead of READINGS.csv"},
    {"--json", OPTION_FLAG, CHECK, 0, offsetof(struct options, json), NULL,
     "one JSON object a line"},
    {"--quiet", OPTION_FLAG, ALL | AFTER, 0, offsetof(struct options, quiet), NULL,
     "no progress, no summary"},
    {"--workers", OPTION_WORKERS, PRINT, 0, offsetof(struct options, workers), "N",
     "processes that print; default: as many as there are processors"},
    {"--resume", OPTION_FLAG, PRINT, 0, offsetof(struct options, resume), NULL,
     "go on with a run that was interrupted; on a complete one nothing is done"},
    {"--seq", OPTION_TEXT, WHERE | REPRINT, 0, offsetof(struct options, seqs), "A-B,C",
     "these sequence numbers"},
    {"--tracking", OPTION_TEXT, WHERE, 0, offsetof(struct options, tracking), "NUMBER",
     "where: the piece of this 引受番号"},
    {"--ids", OPTION_TEXT, PULL, PULL, offsetof(struct options, ids), "FILE",
     "pull: whose letters come out, one 整理番号 a line"},
    {"--reason", OPTION_TEXT, PULL | REPRINT, PULL | REPRINT, offsetof(struct options, reason),
     "TEXT", "kept in the ledger; no person's data"},
    {"--from-log", OPTION_TEXT, REPRINT, 0, offsetof(struct options, log), "FILE",
     "reprint: what this list of sealed sequence numbers misses"},
    {"--secret", OPTION_TEXT, JOIN | REPRINT | PULL, 0, offsetof(struct options, secret), "FILE",
     "the file that the job's key `secret` names"},
    {"--sheet", OPTION_FLAG, REPRINT, 0, offsetof(struct options, sheet), NULL,
     "reprint: single letters; else the whole piece (封筒) is reprinted"},
    {"--shard", OPTION_SHARE, PRINT, 0, offsetof(struct options, shard_index), "K/N",
     "the K-th of N shares of the lots; `join` puts the shares together"},
};

/* Rows in the order of enum command; the help shows them so. */
static const struct {
    const char *word;
    const char *arguments, *meaning; /* for the help */
    uint32_t least, most;            /* words that are no options */
    const char *lacking;             /* what is missing below the least */
} commands[] = {
    [COMMAND_PRINT] = {"print", "JOB.yaml -o OUT", "every letter, in lots of PDF", 1, 1,
                       "JOB.yaml"},
    [COMMAND_PREVIEW] = {"preview", "JOB.yaml --id ID -o FILE", "one letter as .pdf, .png or .txt",
                         1, 1, "JOB.yaml"},
    [COMMAND_CHECK] = {"check", "JOB.yaml", "all problems, nothing written", 1, 1, "JOB.yaml"},
    [COMMAND_BARCODE] = {"barcode", "customer POSTCODE ADDRESS_B | tracking NUMBER",
                         "the bars of an address, the check digit of a 引受番号", 1, 3,
                         "customer or tracking"},
    [COMMAND_KEYGEN] = {"keygen", "FILE", "a new secret for the digests of a job", 1, 1, "FILE"},
    [COMMAND_VERIFY] = {"verify", "OUT", "finished output against its ledger and manifest", 1, 1,
                        "OUT"},
    [COMMAND_EXTRACT] = {"extract", "JOB.yaml -o DIR", "the insurer's data, cut down for a vendor",
                         1, 1, "JOB.yaml"},
    [COMMAND_DUMMY] = {"dummy", "JOB.yaml -n N -o FILE.csv",
                       "fictional people in the input's shape", 1, 1, "JOB.yaml"},
    [COMMAND_PURGE] = {"purge", "OUT ... --certificate FILE", "remove what was made, and say so", 1,
                       OPTIONS_WORDS, "OUT"},
    [COMMAND_VOICE] = {"voice", "JOB.yaml -o FILE.csv", "what the voice codes say, for an encoder",
                       1, 1, "JOB.yaml"},
    [COMMAND_VOICE_CHECK] = {"voice-check", "OUT READINGS.csv --texts FILE.csv",
                             "the reading test of voice codes", 1, 2, "OUT"},
    [COMMAND_ENVELOPE] = {"envelope", "JOB.yaml -o FILE.pdf", "envelopes, front and back", 1, 1,
                          "JOB.yaml"},
    [COMMAND_WHERE] = {"where", "OUT --id ID | --tracking N | --seq N",
                       "where a sheet is, and what state it has", 1, 1, "OUT"},
    [COMMAND_PULL] = {"pull", "OUT --ids FILE --reason TEXT", "take finished letters out (引抜き)",
                      1, 1, "OUT"},
    [COMMAND_REPRINT] = {"reprint", "OUT --seq A-B --reason TEXT -o OUT2",
                         "spoiled sheets once more, out of the finished lots", 1, 1, "OUT"},
    [COMMAND_JOIN] = {"join", "OUT1 OUT2 ... -o OUT", "the shares of a run as one output", 1,
                      OPTIONS_WORDS, "OUT1"},
    [COMMAND_EXPLAIN] = {"explain", "JOB.yaml --id ID", "how one letter was decided and fitted", 1,
                         1, "JOB.yaml"},
};

_Static_assert(sizeof commands / sizeof *commands == COMMANDS, "a row for each command");

static const struct {
    const char *word;
    enum command command;
} pages[] = {{"--help", COMMAND_HELP},
             {"-h", COMMAND_HELP},
             {"help", COMMAND_HELP},
             {"--version", COMMAND_VERSION}};

static enum status find_command(const char *word, enum command *out, struct error *error)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(word, commands[i].word) == 0) {
            *out = (enum command)i;
            return OK;
        }
    }
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(word, pages[i].word) == 0) {
            *out = pages[i].command;
            return OK;
        }
    }
    return error_set(error, MSG_OPTION_UNKNOWN);
}

static bool parse_number(const char *word, uint64_t least, uint64_t most, uint64_t *out)
{
    uint64_t number = 0;
    if (!*word)
        return false;
    for (; *word; word++) {
        if (*word < '0' || *word > '9' || number > most)
            return false;
        number = number * 10 + (uint64_t)(*word - '0');
    }
    *out = number;
    return number >= least && number <= most;
}

/* K/N. The place of its option is shard_index. */
static bool parse_share(const char *word, struct options *out)
{
    char left[8];
    const char *slash = strchr(word, '/');
    uint64_t index = 0, count = 0;
    if (!slash || (size_t)(slash - word) >= sizeof left)
        return false;
    memcpy(left, word, (size_t)(slash - word));
    left[slash - word] = 0;
    if (!parse_number(slash + 1, 1, SHARES_MOST, &count) || !parse_number(left, 1, count, &index))
        return false;
    out->shard_index = (uint32_t)index;
    out->shard_count = (uint32_t)count;
    return true;
}

/* value: the word behind the option, NULL when there is none. */
static enum status take_option(const struct option *option, const char *value, struct options *out,
                               struct error *error)
{
    struct text name = text_of(option->word);
    char *place = (char *)out + option->place;
    uint64_t number = 0;
    bool fine = value != NULL;

    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)place = true;
        return OK;
    case OPTION_TEXT:
        fine = fine && *value;
        *(const char **)(void *)place = value;
        break;
    case OPTION_LIST: {
        struct option_list *list = (struct option_list *)(void *)place;
        fine = fine && *value && list->count < OPTIONS_LIST;
        if (fine)
            list->value[list->count++] = value;
        break;
    }
    case OPTION_NUMBER:
        fine = fine && parse_number(value, 1, UINT32_MAX, &number);
        *(uint64_t *)(void *)place = number;
        break;
    case OPTION_DPI:
        fine = fine && parse_number(value, 36, 1200, &number);
        *(uint32_t *)(void *)place = (uint32_t)number;
        break;
    case OPTION_WORKERS:
        fine = fine && parse_number(value, 1, LIMIT_WORKERS, &number);
        *(uint64_t *)(void *)place = number;
        break;
    case OPTION_SHARE:
        fine = fine && parse_share(value, out);
        break;
    }
    return fine ? OK : error_name(error, MSG_OPTION_VALUE, name);
}

static bool takes_value(const struct option *option)
{
    return option->kind != OPTION_FLAG;
}

static const struct option *find_option(const char *word, enum command command)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(word, options[i].word) == 0 && (options[i].commands & (1u << command)))
            return &options[i];
    return NULL;
}

#define OPTIONS (sizeof options / sizeof *options)

/* Of two different values one would be passed over in silence: of `preview --id A --id B`, the letter of A.
 * given: the value of each row of the table so far. */
static enum status take_once(const struct option *option, const char *value,
                             const char *given[OPTIONS], struct options *out, struct error *error)
{
    const char **before = &given[option - options];
    if (*before && value && option->kind != OPTION_LIST && strcmp(*before, value) != 0)
        return error_name(error, MSG_OPTION_TWICE, text_of(option->word));
    *before = value;
    return take_option(option, value, out, error);
}

static uint64_t option_number(const struct option *option, const struct options *out)
{
    return *(const uint64_t *)(const void *)((const char *)out + option->place);
}

static enum status check_needed(const struct options *out, struct error *error)
{
    if (out->words < commands[out->command].least)
        return error_name(error, MSG_OPTION_MISSING, text_of(commands[out->command].lacking));
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const struct option *option = &options[i];
        const char *const *place = (const void *)((const char *)out + option->place);
        if ((option->needed & (1u << out->command)) &&
            (option->kind == OPTION_TEXT ? !*place : option_number(option, out) == 0))
            return error_name(error, MSG_OPTION_MISSING, text_of(option->word));
    }
    return OK;
}

enum status options_parse(int count, char *const words[], struct options *out, struct error *error)
{
    const char *given[OPTIONS] = {0};
    *out = (struct options){.command = COMMAND_HELP, .dpi = 150, .seed = 1};
    if (count < 2)
        return error_name(error, MSG_OPTION_MISSING, TEXT("command"));
    if (find_command(words[1], &out->command, error) != OK)
        return STOP;
    if (out->command == COMMAND_HELP && count > 2 && strcmp(words[2], "job") == 0)
        out->command = COMMAND_HELP_JOB;
    if (out->command >= COMMAND_HELP)
        return OK;
    for (int i = 2; i < count; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
            out->command = COMMAND_HELP;
            return OK;
        }
        const struct option *option = find_option(words[i], out->command);
        if (!option && words[i][0] != '-' && out->words < commands[out->command].most) {
            out->word[out->words++] = words[i];
            continue;
        }
        if (!option)
            return error_set(error, MSG_OPTION_UNKNOWN);
        const char *value = takes_value(option) && i + 1 < count ? words[++i] : NULL;
        if (take_once(option, value, given, out, error) != OK)
            return STOP;
    }
    return check_needed(out, error);
}

static enum status say(const char *line, struct error *error)
{
    return os_print_data(line, strlen(line), error);
}

enum status options_help(struct error *error)
{
    char line[256];
    enum status status = say(
        "oshirase prints 資格情報のお知らせ letters from a job file and a member file.\n\n", error);
    for (size_t i = 0; status == OK && i < COMMANDS; i++) {
        (void)snprintf(line, sizeof line, "  oshirase %-8s %-28s %s\n", commands[i].word,
                       commands[i].arguments, commands[i].meaning);
        status = say(line, error);
    }
    if (status == OK)
        status = say("  oshirase --help | --help job | --version       this page, the keys of a "
                     "job, the version\n"
                     "\noptions\n",
                     error);
    for (size_t i = 0; status == OK && i < sizeof options / sizeof *options; i++) {
        char left[40];
        (void)snprintf(left, sizeof left, "%s %s", options[i].word,
                       options[i].value ? options[i].value : "");
        (void)snprintf(line, sizeof line, "  %-22s %s\n", left, options[i].meaning);
        status = say(line, error);
    }
    if (status == OK)
        status = say("\nexit: 0 all accounted for, none held; 2 usage, job, data or input wrong "
                     "(nothing written);\n"
                     "3 finished, some records held; 4 the privacy guard stopped the run (nothing "
                     "written);\n"
                     "5 I/O or memory failed; 6 totals disagree, do not print; 70 a bug.\n",
                     error);
    return status;
}
