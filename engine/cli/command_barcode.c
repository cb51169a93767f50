/* cli/command_barcode.c -- `barcode`: what a symbol says, without a job. */
#include "cli/commands.h"
#include "cli/words.h"

#include "press/barcode.h"

static enum status wrong(bool missing, const char *what, struct error *error)
{
    return missing ? error_name(error, MSG_OPTION_MISSING, text_of(what))
                   : error_set(error, MSG_OPTION_UNKNOWN);
}

static enum status customer(const struct options *options, const struct sink *sink,
                            struct error *error)
{
    if (options->data && options->words == 1)
        return press_barcode_data(options->data, sink, error);
    if (options->data || options->words != 3)
        return wrong(!options->data && options->words < 3, "POSTCODE ADDRESS_B", error);
    return press_barcode_customer(options->word[1], options->word[2], sink, error);
}

static enum status tracking(const struct options *options, const struct sink *sink,
                            struct error *error)
{
    if (options->data || options->words != 2)
        return wrong(options->words < 2, "NUMBER", error);
    return press_barcode_tracking(options->word[1], sink, error);
}

int command_barcode(const struct options *options)
{
    struct error error = {0};
    struct sink out = words_stdout();
    const char *kind = options->word[0];
    enum status status = strcmp(kind, "customer") == 0   ? customer(options, &out, &error)
                         : strcmp(kind, "tracking") == 0 ? tracking(options, &out, &error)
                                                         : error_set(&error, MSG_OPTION_UNKNOWN);
    return status == OK ? 0 : words_fail(&error);
}
