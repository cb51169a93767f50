#include "cli/options.h"

#include "base/os.h"

#include <stddef.h>
#include <stdio.h>

enum option_kind { OPTION_TEXT, OPTION_NUMBER, OPTION_DPI, OPTION_FLAG, OPTION_ONE, OPTION_LATER };

#define PRINT (1u << COMMAND_PRINT)
#define PREVIEW (1u << COMMAND_PREVIEW)
#define CHECK (1u << COMMAND_CHECK)
#define EXPLAIN (1u << COMMAND_EXPLAIN)
#define ALL (PRINT | PREVIEW | CHECK | EXPLAIN)

static const struct option {
    const char *word;
    enum option_kind kind;
    unsigned commands; /* that take it */
    unsigned needed;   /* ... and can't do without it */
    size_t place;
    const char *value, *meaning;
} options[] = {
    {"-o", OPTION_TEXT, PRINT | PREVIEW, PRINT | PREVIEW, offsetof(struct options, out), "OUT",
     "print: a new or empty folder; preview: FILE.pdf, FILE.png or FILE.txt"},
    {"--id", OPTION_TEXT, PREVIEW | EXPLAIN, PREVIEW | EXPLAIN, offsetof(struct options, id), "ID",
     "整理番号 of one record"},
    {"--protected-out", OPTION_TEXT, PRINT, 0, offsetof(struct options, protected_out), "DIR",
     "folder of the insurer's own for letters to protected people; without it they are held"},
    {"--input", OPTION_TEXT, ALL, 0, offsetof(struct options, input), "FILE",
     "member file, instead of the job's input.file"},
    {"--data", OPTION_TEXT, ALL, 0, offsetof(struct options, data), "DIR",
     "folder with templates/, layouts/, fonts/, looked at after the job's own"},
    {"--limit", OPTION_NUMBER, PRINT, 0, offsetof(struct options, limit), "N",
     "only the first N records; marks the output as a sample"},
    {"--dpi", OPTION_DPI, PREVIEW, 0, offsetof(struct options, dpi), "N",
     "36 to 1200 for PNG; default 150"},
    {"--guides", OPTION_FLAG, PREVIEW, 0, offsetof(struct options, guides), NULL,
     "frames, millimetre rulers and folds on a layer of their own"},
    {"--json", OPTION_FLAG, CHECK, 0, offsetof(struct options, json), NULL,
     "one JSON object a line"},
    {"--quiet", OPTION_FLAG, ALL, 0, offsetof(struct options, quiet), NULL,
     "no progress, no summary"},
    {"--workers", OPTION_ONE, PRINT, 0, 0, "N", "1 in this version"},
    {"--resume", OPTION_LATER, PRINT, 0, 0, NULL, "not in this version"},
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

static const char *const later_commands[] = {"barcode", "voice",    "verify", "reprint",
                                             "join",    "envelope", "extract"};

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
    for (size_t i = 0; i < sizeof later_commands / sizeof *later_commands; i++)
        if (strcmp(word, later_commands[i]) == 0)
            return error_name(error, MSG_OPTION_NOT_BUILT, text_of(later_commands[i]));
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

/* value: the word behind the option, NULL when there is none. */
static enum status take_option(const struct option *option, const char *value, struct options *out,
                               struct error *error)
{
    struct text name = text_of(option->word);
    char *place = (char *)out + option->place;
    uint64_t number = 0;
    bool fine = value != NULL;

    switch (option->kind) {
    case OPTION_LATER:
        return error_name(error, MSG_OPTION_NOT_BUILT, name);
    case OPTION_FLAG:
        *(bool *)place = true;
        return OK;
    case OPTION_TEXT:
        fine = fine && *value;
        *(const char **)(void *)place = value;
        break;
    case OPTION_NUMBER:
        fine = fine && parse_number(value, 1, UINT32_MAX, &number);
        *(uint64_t *)(void *)place = number;
        break;
    case OPTION_DPI:
        fine = fine && parse_number(value, 36, 1200, &number);
        *(uint32_t *)(void *)place = (uint32_t)number;
        break;
    case OPTION_ONE:
        fine = fine && parse_number(value, 1, 1024, &number);
        if (fine && number != 1)
            return error_name(error, MSG_OPTION_NOT_BUILT, name);
        break;
    }
    return fine ? OK : error_name(error, MSG_OPTION_VALUE, name);
}

static bool takes_value(const struct option *option)
{
    return option->kind != OPTION_FLAG && option->kind != OPTION_LATER;
}

static const struct option *find_option(const char *word, enum command command)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(word, options[i].word) == 0 && (options[i].commands & (1u << command)))
            return &options[i];
    return NULL;
}

static enum status check_needed(const struct options *out, struct error *error)
{
    if (out->words < commands[out->command].least)
        return error_name(error, MSG_OPTION_MISSING, text_of(commands[out->command].lacking));
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const struct option *option = &options[i];
        const char *const *place = (const void *)((const char *)out + option->place);
        if ((option->needed & (1u << out->command)) && option->kind == OPTION_TEXT && !*place)
            return error_name(error, MSG_OPTION_MISSING, text_of(option->word));
    }
    return OK;
}

enum status options_parse(int count, char *const words[], struct options *out, struct error *error)
{
    *out = (struct options){.command = COMMAND_HELP, .dpi = 150};
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
        if (take_option(option, value, out, error) != OK)
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
