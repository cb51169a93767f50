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

/* press NULL: no --job was given. */
int command_verify(struct press *press, const struct options *options);

int command_barcode(const struct options *options);
int command_keygen(const struct options *options);

int command_extract(struct press *press, const struct options *options);
int command_dummy(struct press *press, const struct options *options);
int command_purge(const struct options *options);

int command_where(const struct options *options);
int command_pull(const struct options *options);
int command_join(const struct options *options);
int command_reprint(const struct options *options);

int command_voice(struct press *press, const struct options *options);
int command_voice_check(const struct options *options);
int command_envelope(struct press *press, const struct options *options);

void command_totals(const struct press_totals *totals); /* one line on stderr */

#endif
