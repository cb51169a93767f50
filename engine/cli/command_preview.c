/* cli/command_preview.c -- `preview` and `explain`: one letter. */
#include "cli/commands.h"
#include "cli/words.h"

int command_preview(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct sink line = words_stdout();
    struct preview_order order = {options->id, options->out, options->dpi, options->guides};
    if (press_preview(press, &order, &line, &error) == OK)
        return 0;
    int exit = words_fail(&error);
    return exit ? exit
                : EXIT_HELD; /* a follow-up has no letter: no older file may be taken for it */
}

int command_explain(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct sink out = words_stdout();
    return press_explain(press, options->id, &out, &error) == OK ? 0 : words_fail(&error);
}
