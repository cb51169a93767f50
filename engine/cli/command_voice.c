/* cli/command_voice.c -- `voice`, `voice-check` and `envelope`. */
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/words.h"

#include "press/envelope.h"
#include "press/voice.h"

#include <string.h>

static void say_held(void *context, const struct error *error)
{
    (void)context;
    words_say(error);
}

static bool is_cp932(const char *encoding, bool *out)
{
    *out = encoding && strcmp(encoding, "cp932") == 0;
    return !encoding || *out || strcmp(encoding, "utf-8") == 0;
}

int command_voice(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct press_totals totals = {0};
    struct progress progress;
    struct voice_order order = {.out = options->out, .held = say_held};

    if (!is_cp932(options->encoding, &order.cp932)) {
        (void)error_name(&error, MSG_OPTION_VALUE, TEXT("--encoding"));
        return words_fail(&error);
    }
    progress_open(&progress, options->quiet);
    order.progress = progress.shown ? &progress.hooks : NULL;
    enum status status = press_voice_export(press, &order, &totals, &error);
    progress_close(&progress);
    if (status != OK)
        return words_fail(&error);
    if (!options->quiet)
        command_totals(&totals);
    return totals.held ? EXIT_HELD : 0;
}

/* The protocol, or the sample, is data. */
int command_voice_check(const struct options *options)
{
    struct error error = {0};
    struct sink out = words_stdout();
    struct voice_check_order order = {options->word[0], options->word[1], options->texts};
    enum status status;

    if (options->sample)
        status = press_voice_sample(options->word[0], (uint32_t)options->sample, &out, &error);
    else if (options->words < 2)
        status = error_name(&error, MSG_OPTION_MISSING, TEXT("READINGS.csv"));
    else if (!options->texts)
        status = error_name(&error, MSG_OPTION_MISSING, TEXT("--texts"));
    else
        status = press_voice_check(&order, &out, &error);
    return status == OK ? 0 : words_fail(&error);
}

int command_envelope(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct sink out = words_stdout();
    struct envelope_order order = {options->out, &out};
    return press_envelope(press, &order, &error) == OK ? 0 : words_fail(&error);
}
