#include "cli/words.h"

#include "base/os.h"

#define STDERR 2

enum language words_language(void)
{
    return os_locale_is_japanese() ? LANGUAGE_JAPANESE : LANGUAGE_ENGLISH;
}

void words_put(const char *line, size_t size)
{
    os_print(STDERR, line, size);
}

void words_say(const struct error *error)
{
    char line[1024];
    size_t size = error_format(error, words_language(), line, sizeof line - 1);
    line[size] = '\n';
    os_print(STDERR, "oshirase: ", 10);
    os_print(STDERR, line, size + 1);
}

int words_fail(const struct error *error)
{
    words_say(error);
    return message_exit(error->message);
}

int words_problems(const struct problems *problems,
                   void (*tell)(void *context, const struct error *error), void *context)
{
    int exit = 0;
    for (uint32_t i = 0; i < problems->count; i++) {
        tell(context, &problems->list[i]);
        if (exit == 0)
            exit = message_exit(problems->list[i].message);
    }
    if (problems->lost) {
        struct error more = {.message = MSG_MORE_PROBLEMS, .have = problems->lost};
        tell(context, &more);
    }
    return exit;
}

static void say_problem(void *context, const struct error *error)
{
    (void)context;
    words_say(error);
}

int words_say_problems(const struct problems *problems)
{
    return words_problems(problems, say_problem, NULL);
}

void words_say_later(const struct problems *problems, uint32_t said)
{
    for (uint32_t i = said; i < problems->count; i++)
        words_say(&problems->list[i]);
}

static enum status to_stdout(void *context, const void *bytes, size_t size, struct error *error)
{
    (void)context;
    return os_print_data(bytes, size, error);
}

struct sink words_stdout(void)
{
    return (struct sink){to_stdout, NULL};
}
