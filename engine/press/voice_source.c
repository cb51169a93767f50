/* press/voice_source.c -- where supplied symbols come from: a folder, or an encoder that we run. */
#include "press/voice_run.h"

#include "base/memory.h"
#include "base/os_run.h"

#include <stdio.h>

enum { WORDS_MOST = 12 };

/* The command cut at blanks; its first word, where it is a path, relative to the job file. */
struct command {
    char bytes[LIMIT_PATH], program[LIMIT_PATH];
    const char *words[WORDS_MOST + 3];
    uint32_t count;
};

static bool cut_command(const struct job *job, struct command *command)
{
    struct text text = job->voice.encoder;
    bool word = false;
    command->count = 0;
    if (text.length >= sizeof command->bytes)
        return false;
    memcpy(command->bytes, text.bytes, text.length);
    command->bytes[text.length] = '\0';
    for (char *at = command->bytes; *at; at++) {
        bool blank = *at == ' ' || *at == '\t';
        if (blank)
            *at = '\0';
        else if (!word && command->count == WORDS_MOST)
            return false;
        else if (!word)
            command->words[command->count++] = at;
        word = !blank;
    }
    if (command->count && strchr(command->words[0], '/')) {
        if (!os_path_join(command->program, job->folder, command->words[0]))
            return false;
        command->words[0] = command->program;
    }
    return command->count > 0;
}

struct watch {
    const struct os_signals *signals;
    int signal;
};

static bool interrupted(void *context)
{
    struct watch *watch = context;
    if (watch->signals && !watch->signal)
        watch->signal = os_signals_take(watch->signals);
    return watch->signal != 0;
}

static enum status run_encoder(const struct job *job, const char *texts, const char *folder,
                               const struct os_signals *signals, struct error *error)
{
    struct command command;
    struct watch watch = {signals, 0};
    enum os_run_end end;
    int code;
    if (!cut_command(job, &command))
        return error_name(error, MSG_VOICE_ENCODER_START, TEXT("voice.encoder"));
    command.words[command.count++] = texts;
    command.words[command.count++] = folder;
    command.words[command.count] = NULL;
    struct os_run run = {command.words, job->voice.encoder_seconds, interrupted, &watch};
    if (os_run(&run, &end, &code, error) != OK)
        return STOP;
    if (end == RUN_EXITED && code == 0)
        return OK;
    (void)error_name(error,
                     end == RUN_NOT_STARTED || (end == RUN_EXITED && code == 127)
                         ? MSG_VOICE_ENCODER_START
                     : end == RUN_STOPPED ? MSG_VOICE_ENCODER_TIME
                                          : MSG_VOICE_ENCODER_FAILED,
                     TEXT("voice.encoder"));
    error->have = end == RUN_KILLED ? 128 + code : code;
    error->want = job->voice.encoder_seconds;
    return STOP;
}

static enum status write_texts(struct press *press, struct plan *plan, const char *path,
                               struct error *error)
{
    struct digest digest;
    struct text_table *table = memory_new(sizeof *table);
    if (!table)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = text_table_open(table, press, path, false, error);
    if (status == OK)
        status = text_table_walk(table, plan, error);
    if (status == OK)
        status = text_table_seal(table, &digest, error);
    text_table_close(table);
    memory_free(table, sizeof *table);
    return status;
}

void press_voice_sweep(const char *out)
{
    char folder[LIMIT_PATH];
    if (os_path_join(folder, out, SPOOL_VOICE))
        os_folder_remove(folder);
}

/* OUT/.voice: texts.csv and symbols-N/. N is another one in each run, so that the encoder of a killed run, should it
 * still be at work, puts nothing among these. */
static enum status encode(struct press *press, struct plan *plan, const char *out,
                          const struct os_signals *signals, struct error *error)
{
    struct press_voice *voice = press->voice;
    char texts[LIMIT_PATH], symbols[LIMIT_PATH], folder[LIMIT_PATH];
    bool missing = os_folder_state(out) == FOLDER_MISSING;
    char name[40];
    (void)snprintf(name, sizeof name, "symbols-%llu", (unsigned long long)os_clock_ms());
    if (!os_path_join(folder, out, SPOOL_VOICE) || !os_path_join(texts, folder, "texts.csv") ||
        !os_path_join(symbols, folder, name) || strlen(out) >= sizeof voice->out)
        return error_name(error, MSG_OPEN_FAILED, TEXT("-o"));
    press_voice_sweep(out);
    memcpy(voice->folder, folder, sizeof folder);
    memcpy(voice->out, out, strlen(out) + 1);
    voice->made_out = missing;
    enum status status = os_folder_make(symbols, error);
    if (status == OK)
        status = os_folder_private(folder, error);
    if (status == OK)
        status = write_texts(press, plan, texts, error);
    if (status == OK)
        status = run_encoder(&press->job, texts, symbols, signals, error);
    os_unlink(texts); /* nobody needs it any more */
    return status == OK ? symbols_open(&press->job, voice->sjis, symbols, &voice->symbols, error)
                        : status;
}

static enum status open_folder(struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    char name[LIMIT_PATH], path[LIMIT_PATH];
    struct error warning;
    (void)snprintf(name, sizeof name, "%.*s", (int)job->voice.symbols.length,
                   job->voice.symbols.bytes);
    if (!os_path_join(path, job->folder, name))
        return error_name(error, MSG_NO_SUCH_FILE, TEXT("voice.symbols"));
    enum status status = symbols_open(job, press->voice->sjis, path, &press->voice->symbols, error);
    press->voice->unproven = status == OK && symbols_unproven(press->voice->symbols);
    if (press->voice->unproven && press->problems &&
        error_at(&warning, MSG_VOICE_UNPROVEN, job->path, job->voice.line, TEXT("voice.symbols")) ==
            OK)
        (void)problems_add(press->problems, &warning);
    return status;
}

enum status press_voice_source(struct press *press, struct plan *plan, const char *out,
                               const struct os_signals *signals, struct error *error)
{
    const struct job *job = &press->job;
    if (!press->voice || job->voice.kind == VOICE_QR || press->voice->symbols)
        return OK;
    if (job->voice.symbols.length)
        return open_folder(press, error);
    if (job->voice.encoder.length)
        return encode(press, plan, out, signals, error);
    return error_at(error, MSG_VOICE_SOURCE, job->path, job->voice.line, TEXT("voice.symbols"));
}

enum status press_voice_look(struct press *press, struct plan *plan, struct error *error)
{
    bool supplied = press->voice && press->job.voice.kind != VOICE_QR;
    enum status status = OK;
    if (supplied && press->job.voice.symbols.length && !press->voice->symbols)
        status = open_folder(press, error);
    return status == OK ? press_voice_prove(press, plan, true, error) : status;
}

enum status press_voice_report(const struct press *press, const struct sink *sink,
                               struct error *error)
{
    char text[512];
    const struct job *job = &press->job;
    struct text kind = voice_kind_name(job), size_name = voice_size_name(job);
    if (!press->voice)
        return OK;
    bool supplied = job->voice.kind != VOICE_QR;
    int size = snprintf(text, sizeof text,
                        "  \"voice\": {\"kind\": \"%.*s\", \"size\": \"%.*s\", \"pages\": %llu, "
                        "\"unproven\": %s, \"erase\": [%s]},\n",
                        (int)kind.length, kind.bytes, supplied ? (int)size_name.length : 0,
                        size_name.bytes, (unsigned long long)press->voice->pages,
                        press->voice->unproven ? "true" : "false",
                        supplied && job->voice.symbols.length
                            ? "\"the CSV of oshirase voice\", \"the folder voice.symbols\""
                            : "");
    if (size < 0 || size >= (int)sizeof text)
        return error_set(error, MSG_BUG);
    return sink_write(sink, text, (size_t)size, error);
}
