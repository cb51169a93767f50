/* cli/command_verify.c -- `verify`: what is wrong goes to stderr, the summary to stdout. */
#include "cli/commands.h"
#include "cli/words.h"

#include "press/verify.h"

static void say_found(void *context, const struct error *error)
{
    (void)context;
    words_say(error);
}

int command_verify(struct press *press, const struct options *options)
{
    struct error error = {0};
    struct verify_totals totals;
    struct sink out = words_stdout();
    struct verify_order order = {.out = options->word[0],
                                 .press = press,
                                 .protected_place = options->protected_place,
                                 .found = say_found};
    return press_verify(&order, &out, &totals, &error) == OK ? 0 : words_fail(&error);
}
