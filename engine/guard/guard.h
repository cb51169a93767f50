/* guard/guard.h -- what may pass: no My Number, no address of a protected person.
 * The My Number rule: inside one field, after NFKC, a maximal run of exactly 12 digits, with
 * nothing or one blank or hyphen look-alike between any two digits, whose check digit is right.
 * Check digit: 行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による通知カード及び
 * 個人番号カード並びに情報提供ネットワークシステムによる特定個人情報の提供等に関する省令 (平成26年総務省令第85号) 第5条.
 */
#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "intake/intake.h"
#include "job/job.h"

/* True when the text holds a My Number. Text may hold bad UTF-8: such bytes end a run. */
bool my_number_in(struct text text);

struct guard {
    const struct job *job;       /* borrowed */
    const struct header *header; /* borrowed */
    bool exempt[LIMIT_COLUMNS];          /* file columns of guard.exempt */
    bool number_column[LIMIT_COLUMNS];   /* 個人番号 or マイナンバー in the header, 個人番号下4桁 too */
    uint64_t exempt_values[LIMIT_COLUMNS]; /* 12-digit values seen in exempt columns */
    uint64_t exempt_hits[LIMIT_COLUMNS];   /* ... whose check digit is right */
};

/* Binds the job's rules to the header. Refuses: guard.exempt naming another column than 整理番号, 引受番号,
 * 事業所番号 or an extra one (2), a My Number in the file's name or in a header cell (4),
 * 不開示該当 (not where role is vendor) or 整理番号 missing as a column (2). file_name is the last part of the input's path. */
CHECKED enum status guard_open(const struct job *job, const struct header *header, const char *file_name,
                               struct guard *out, struct error *error);

/* Looks at every field of the record, hidden, unknown and unused columns included; takes a record that
 * intake_next refused as well, and should: a broken row can hold a My Number like any other.
 * Refuses: STOP, KIND_GUARD, with row and column (canonical or job name, else column number). */
CHECKED enum status guard_record(struct guard *guard, const struct record *record, struct error *error);

/* The same for a piece of an over-long row, whose columns are not known. */
CHECKED enum status guard_text(struct text text, uint64_t row, struct error *error);

/* After all records: refuses an exempt column in which far more than 1 in 11 of the values pass (at least 20
 * values, and more than 2 in 11 of them by four standard deviations; why: guard.c). */
CHECKED enum status guard_close(const struct guard *guard, struct error *error);

/* What may reach a letter: values by slot, already suppressed for a protected person. */
struct admitted {
    uint64_t row;
    bool protected_person;          /* 不開示該当 or 自己情報提供不可 is 1 */
    struct text value[SLOT_LIMIT];  /* trimmed of outer blanks; empty where the file lacks the column */
};

/* Reads the protection flags and suppresses. For a protected person only the allow-list of slots passes
 * (整理番号 種別 記号 番号 枝番 氏名 フリガナ 生年月日 性別 負担割合 資格取得年月日 有効期限 適用開始年月日 交付年月日
 * 個人番号下4桁, decision and flag columns); address, household, employer, 送付先 and extra columns are empty, their
 * faults gone; so is 世帯主氏名, unless it is the person's own 氏名.
 * Refuses REJECT: flag neither 0 nor 1 (empty: as protection.empty), a field fault (bad encoding, NUL,
 * over-long) in a field that is not hidden and belongs to a slot, empty 整理番号.
 * Even then out->row and, where readable, value[COLUMN_REF_NO] and protected_person are set, for holds.csv. */
CHECKED enum status guard_admit(const struct guard *guard, const struct record *record,
                                struct admitted *out, struct error *error);

#endif
