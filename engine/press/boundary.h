/* press/boundary.h -- what comes over the boundary between insurer and vendor, before anything is printed of it.
 * Sealed files (CMS) are opened into memory; the rows' seals (照合符号) and the delivery note (授受票) are checked;
 * role: vendor refuses what a vendor must not have. All of it before the pre-pass: whoever opens a press has it done.
 * Refuses: STOP, exit 2: 403x rows, 404x role, 971x note, 972x sealed file.
 */
#ifndef PRESS_BOUNDARY_H
#define PRESS_BOUNDARY_H

#include "base/hmac.h"
#include "press/engine.h"

/* A sealed input is opened (input.key ...): press->input_path then leads to it. Else nothing. */
CHECKED enum status boundary_open(struct press *press, struct error *error);

/* role: vendor: keys that the job needs, columns that the file must not have. */
CHECKED enum status boundary_header(const struct press *press, struct error *error);

/* Every row against its seal, the file against its note. Bad rows are all put into *problems, as far as it has room.
 * Reads the whole file; the intake is where it was. */
CHECKED enum status boundary_check(struct press *press, struct problems *problems);

/* True for a slot that must not go to a vendor: numbers, decision, protection. */
bool boundary_forbids(int slot);

/* The 32 bytes of a key file named in the job (relative to its folder). Refuses 4031: another size, or a file that
 * others may read. */
CHECKED enum status boundary_key(const struct press *press, struct text file, uint8_t key[HMAC_KEY_BYTES],
                                 struct error *error);

/* Path of a file named in the job. False: too long. */
bool boundary_path(const struct press *press, struct text file, char path[LIMIT_PATH]);

#endif
