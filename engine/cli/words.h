/* cli/words.h -- what the command line says: words to stderr, data to stdout.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "base/error.h"
#include "base/sink.h"

#define EXIT_HELD 3 /* finished, some records held */

enum language words_language(void);

/* One line on stderr. */
void words_put(const char *line, size_t size);
void words_say(const struct error *error);

/* Says it; gives its exit code. */
int words_fail(const struct error *error);

/* Every problem of the job, each told; gives the exit of the first that stops. */
int words_problems(const struct problems *problems, void (*tell)(void *context, const struct error *error),
                   void *context);
int words_say_problems(const struct problems *problems);
/* Those that were added since `said` of them had been told. */
void words_say_later(const struct problems *problems, uint32_t said);

/* For the data of a command. */
struct sink words_stdout(void);

#endif
