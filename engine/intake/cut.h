/* intake/cut.h -- the one place where a full My Number is read: cut to its last four digits at once.
 * Only for a job whose input.cut_numbers is set, which `extract` alone does. A column 個人番号 (or マイナンバー) is then
 * read as 個人番号下4桁; where the file has that column too, both must agree.
 * Refuses: as a fault of the field, so that the record is held: 4020 not 12 digits (blanks and hyphens between them
 *          are allowed), 4021 wrong check digit, 4022 the two columns disagree. An empty field is an empty field.
 * Never  : gives away more than four digits. A row that is broken gives no field at all.
 * The digits stay in the reader's buffers, which are wiped when it is closed.
 */
#ifndef INTAKE_CUT_H
#define INTAKE_CUT_H

#include "intake/intake.h"

struct cut {
    bool on;
    int16_t number, four; /* file columns; -1: none. The same one where the file has no 個人番号下4桁 */
    char digits[4];       /* of the record in hand */
};

/* After header_bind. Binds the column of the numbers to 個人番号下4桁 where that is not there. */
void cut_bind(struct cut *cut, const struct job *job, struct header *header);

/* A record that was read well. Texts point into *cut until the next record. */
void cut_record(struct cut *cut, struct record *record);

#endif
