/* base/status.h -- how a function says whether it worked.
 * OK     : done.
 * REJECT : this record can't be made into a letter; the run goes on without it.
 * STOP   : the run ends. Lack of memory and failed writes are always STOP: not the letter's fault.
 * A function that can fail returns this and is CHECKED: the compiler insists that the result is used.
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status { OK, REJECT, STOP };

#define CHECKED __attribute__((warn_unused_result))

#endif
