/* cli/commands.h -- each command: takes the parsed options, gives the exit code of the README.
 * A command of one job is given the opened press; the others open what they need.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/options.h"
#include "press/press.h"

int command_print(struct press *press, const struct options *options);
int command_preview(struct press *press, const struct options *options);
int command_explain(struct press *press, const struct options *options);

/* press NULL: the job could not be opened; its problems are what check tells. */
int command_check(struct press *press, const struct options *options, const struct problems *problems);

void command_totals(const struct press_totals *totals); /* one line on stderr */

#endif
