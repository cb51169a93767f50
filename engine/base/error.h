/* base/error.h -- what went wrong, and where: number and place, never a field's value.
 * The texts stand in base/messages.def, without room for data. Names put here (column, key, frame,
 * file) are ours or the job's, never cells of the input: a header-less file would leak a person.
 * One refused character of a cell may be told, as a number: without it nobody can mend the fonts.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/status.h"
#include "base/text.h"

/* What a message means for the run; decides status and exit code. */
enum message_kind {
    KIND_HOLD,   /* this record is held: REJECT, exit 3 */
    KIND_FOLLOW, /* this record gets no letter here, a follow-up instead: REJECT, exit 0 */
    KIND_WARN,   /* said, changes nothing: OK, exit 0 */
    KIND_JOB,    /* usage, job, template, layout, font or input wrong: STOP, exit 2 */
    KIND_GUARD,  /* the privacy guard: STOP, exit 4 */
    KIND_IO,     /* I/O or memory: STOP, exit 5 */
    KIND_TOTALS, /* totals or read-back disagree: STOP, exit 6 */
    KIND_BUG,    /* STOP, exit 70 */
};

enum message {
    MSG_NONE = 0,
#define MESSAGE(number, name, kind, token, en, ja) MSG_##name = number,
#include "base/messages.def"
#undef MESSAGE
};

struct error {
    enum message message;
    uint32_t line;              /* line in `file`, from 1; 0 = none */
    uint64_t row;               /* row as a spreadsheet shows it, header = 1; 0 = none */
    uint32_t column_number;     /* column from 1 where it has no name of ours; 0 = none */
    uint32_t offset;            /* byte within the field, from 1; 0 = none */
    uint32_t code_point, selector; /* the character that is refused, and its variation selector; 0 = none */
    int64_t have, want;         /* counts or sizes as the message says; used where the text has {have} {want} */
    char file[LIMIT_NAME];      /* last part of the path; "" = none */
    char name[LIMIT_NAME];      /* column, key, frame, part or option; "" = none */
};

enum language { LANGUAGE_ENGLISH, LANGUAGE_JAPANESE };

/* Empties *error, sets its message; gives the status that goes with the message's kind
 * (HOLD, FOLLOW: REJECT; WARN: OK; else STOP). error may be NULL. */
enum status error_set(struct error *error, enum message message);

/* As error_set, and names the column, key, frame or option (cut to LIMIT_NAME at a character). */
enum status error_name(struct error *error, enum message message, struct text name);

/* As error_name, for a place in a file; path is cut to its last part; line 0 = none. */
enum status error_at(struct error *error, enum message message, const char *path, uint32_t line,
                     struct text name);

void error_put_file(struct error *error, const char *path);
void error_put_name(struct error *error, struct text name);

/* The character of the text at error->offset (byte, from 1), with the variation selector behind it. */
void error_put_code_point(struct error *error, struct text text);

/* Facts of a message. An unknown number gives KIND_BUG, "unknown". */
enum message_kind message_kind(enum message message);
const char *message_token(enum message message);
int message_exit(enum message message);

/* Every message of the table, in order; NULL past the end. For lint and tests. */
struct message_row {
    int number;
    const char *name;
    enum message_kind kind;
    const char *token, *english, *japanese;
};
const struct message_row *message_row(size_t index);
const struct message_row *message_find(enum message message); /* never NULL */

/* Writes one line without newline: `file:line: row 12, column 氏名, byte 4, U+20BB7: text [3104]`. Never more than size
 * bytes with the NUL; gives the length. */
size_t error_format(const struct error *error, enum language language, char *out, size_t size);

/* Problems of a job, collected so that `check` can show them all. */
struct problems {
    struct error list[LIMIT_PROBLEMS];
    uint32_t count; /* kept */
    uint32_t lost;  /* further ones, not kept */
};

/* Copies *error to the list. Gives STOP for kinds that stop, else OK. */
enum status problems_add(struct problems *problems, const struct error *error);

#endif
