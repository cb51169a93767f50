/* letter/letter.h -- the letter model: every field that a template may name, as text ready to set.
 * Takes  : an admitted record (already suppressed), the job.
 * Gives  : fields as the form writes them: era dates, 種別 as its official phrase, share in one width.
 * Refuses: REJECT 45xx naming the column: empty required field, unknown date or era, impossible date,
 *          spreadsheet damage (date serial, 1.0E+07, 123.0, #N/A, lost leading zero), ● 〓 U+FFFD (● not where
 *          names.allow_black_circle is set), private-use characters that the gaiji table lacks
 *          and control characters, an honorific at the end of a name, a value outside its choices, last 4
 *          that are not four digits, what is no postcode.
 * Empty  : 性別 and 負担割合 may always be empty; for a protected person also what suppression empties
 *          (postcode, address, 世帯主, employer, extra columns): such a letter is printed with the place blank.
 * Address: where a record has any of 送付先 but 敬称, the letter goes there and nothing of the person's own address
 *          is mixed in; else to the person's own address. It is made out to 送付先氏名, else 世帯主氏名, else 氏名.
 *          送付先敬称 goes with 送付先氏名 only; all others are 様. A protected person's letter has no address and is
 *          made out to the person.
 * Owns   : nothing; texts live in the record, the letter's arena or the job.
 * Tests  : tests/unit/letter_value.c, letter_fields.c, letter_make.c
 */
#ifndef LETTER_LETTER_H
#define LETTER_LETTER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "guard/guard.h"
#include "job/job.h"

/* FIELD(NAME, "template name", source): RECORD fields differ a letter, JOB fields are the same for all.
 * COLUMN_... is the column a RECORD field comes from (named in holds). MADE fields are put in by the caller of
 * letter_make: the customer barcode from the address of the letter; the others, of the run, by compose_marks. */
#define FIELD_TABLE(RECORD, JOB, MADE)                                                             \
    RECORD(REF_NO, "ref_no", COLUMN_REF_NO)                                                        \
    RECORD(KIND, "kind", COLUMN_KIND) /* ご本人（被保険者）様 | ご家族（被扶養者）様 */            \
    RECORD(SYMBOL, "symbol", COLUMN_SYMBOL)                                                        \
    RECORD(NUMBER, "number", COLUMN_NUMBER)                                                        \
    RECORD(BRANCH, "branch", COLUMN_BRANCH)                                                        \
    RECORD(NAME, "name", COLUMN_NAME)                                                              \
    RECORD(KANA, "kana", COLUMN_KANA)                                                              \
    RECORD(BIRTH, "birth", COLUMN_BIRTH)                                                           \
    RECORD(SEX, "sex", COLUMN_SEX)                                                                 \
    RECORD(SHARE, "share", COLUMN_SHARE)                                                           \
    RECORD(ACQUIRED, "acquired", COLUMN_ACQUIRED)                                                  \
    RECORD(EXPIRY, "expiry", COLUMN_EXPIRY)                                                        \
    RECORD(POSTCODE, "postcode", COLUMN_POSTCODE) /* 111-2222 */                                   \
    RECORD(ADDRESS1, "addr1", COLUMN_ADDRESS_A)   /* 住所A, or 住所 */                             \
    RECORD(ADDRESS2, "addr2", COLUMN_ADDRESS_B)   /* 住所B, or 方書 */                             \
    RECORD(HEAD, "head", COLUMN_HEAD)                                                              \
    RECORD(EMPLOYER, "employer", COLUMN_EMPLOYER)                                                  \
    RECORD(START, "start", COLUMN_START)                                                           \
    RECORD(CARD_ISSUED, "card_issued", COLUMN_CARD_ISSUED) /* or notice.card.issued */             \
    RECORD(MAIL_POSTCODE, "mail_postcode", COLUMN_TO_POSTCODE) /* of 送付先, else of the person */ \
    RECORD(MAIL_ADDRESS1, "mail_addr1", COLUMN_TO_ADDRESS)                                         \
    RECORD(MAIL_ADDRESS2, "mail_addr2", COLUMN_TO_ADDRESS_EXTRA)                                   \
    RECORD(MAIL_NAME, "mail_name", COLUMN_TO_NAME) /* 送付先氏名, else 世帯主氏名, else 氏名 */    \
    RECORD(MAIL_HONORIFIC, "mail_honorific", COLUMN_TO_HONORIFIC) /* 様 | 御中 | 殿 */             \
    RECORD(LAST4, "last4", COLUMN_LAST4)                                                           \
    JOB(INSURER, "insurer")                                                                        \
    JOB(INSURER_NO, "insurer_no")                                                                  \
    JOB(AS_OF, "as_of")                                                                            \
    JOB(ISSUED, "issued")                                                                          \
    JOB(OFFICE, "office")                                                                          \
    JOB(OFFICE_POSTCODE, "office_postcode")                                                        \
    JOB(OFFICE_ADDRESS, "office_addr")                                                             \
    JOB(TEL, "tel")                                                                                \
    JOB(CONTACT_TEL, "contact_tel") /* tel, but empty when notice.contact is false */              \
    JOB(DESK, "desk") /* insurer.desk, else insurer.office */                                      \
    JOB(PREFECTURE, "prefecture") /* notice.card.prefecture */                                     \
    JOB(ISSUER, "issuer") /* notice.card.issuer, else insurer.name */                              \
    JOB(SHEET, "sheet") /* n of n/m, put in by compose when a letter has several sheets */         \
    JOB(SHEETS, "sheets") /* m; both empty on a letter of one sheet */                             \
    JOB(PORTAL_URL, "portal_url") /* empty: the template's own */                                  \
    JOB(CUT_SIDE, "cut_side")     /* 右 左 下, given by layout and template, see wording */        \
    MADE(CUSTOMER, "customer", COLUMN_POSTCODE) /* data of the customer barcode; empty: none */    \
    MADE(TRACKING, "tracking", COLUMN_TRACKING) /* of the run: 560-00-00000-0 */                   \
    MADE(PIECE, "piece", COLUMN_REF_NO)         /* of the run: number of the envelope */           \
    MADE(PIECE_SHEETS, "piece_sheets", COLUMN_REF_NO) /* of the run: sheets in the envelope */

enum field {
#define RECORD(name, template_name, column) FIELD_##name,
#define JOB(name, template_name) FIELD_##name,
#define MADE(name, template_name, column) FIELD_##name,
    FIELD_TABLE(RECORD, JOB, MADE)
#undef RECORD
#undef JOB
#undef MADE
    FIELD_COUNT, /* the job's extra columns follow: FIELD_COUNT + index */
    FIELD_LIMIT = FIELD_COUNT + LIMIT_EXTRA
};

struct letter {
    uint64_t row;
    bool protected_person;
    struct text field[FIELD_LIMIT]; /* only those that the form uses are filled */
    const struct letter *members;   /* of a household's letter, in printing order; else NULL */
    uint32_t member_count;          /* 0 for a person's letter */
};

/* Which fields a form's template names; bit set by wording. */
struct field_set {
    bool used[FIELD_LIMIT];
    bool optional[FIELD_LIMIT]; /* every mention says `{name?}` or `{name!}`: empty is allowed */
    bool padded_dates;          /* `dates: padded` of the template: 令和 6年 7月 31日 (様式3) */
    const uint32_t *gaiji;      /* private-use code points that the run's gaiji table has, ascending; others hold */
    uint32_t gaiji_count;
};

/* {member} is another name of {name}: the insured person where the letter goes to somebody else. */

/* Field by its template name or by the job's extra column; -1 = no such field. */
int field_find(const struct job *job, struct text name);
bool field_is_fixed(int field);            /* a JOB field: the same on every letter */
bool field_is_made(int field);             /* a MADE field: letter_make leaves it alone */
bool field_is_run(int field);              /* a MADE field of the run: in no letter, only in its marks */
int field_slot(int field);                 /* slot of a RECORD, MADE or extra field, -1 for JOB fields */
const char *field_name(int field);         /* template name; NULL for extra ones */

/* The JOB fields (dates in plain era form: a template of padded dates puts its own in, see wording_job_fields).
 * cut_side stays empty: wording fills it; sheet and sheets too: compose fills them. */
CHECKED enum status letter_job_fields(const struct job *job, struct arena *arena,
                                      struct text out[FIELD_LIMIT], struct error *error);

/* Era form of a date of the job; the empty text for one that it does not give. False: the arena is exhausted. */
bool letter_date(struct date date, bool padded, struct arena *arena, struct text *out);

/* What the used fields need: STOP naming the first column that the header lacks (整理番号 always; 住所 stands
 * in for 住所A and 方書 for 住所B, as a pair; a mail field takes 送付先 columns or the person's own; 交付年月日 may be
 * the job's), or the first key that a required field prints and the job leaves empty (portal_url and cut_side are the
 * template's matter; a 国保組合 has no 都道府県名). */
CHECKED enum status letter_columns(const struct job *job, const struct field_set *fields,
                                   const struct header *header, struct error *error);

/* Slot of the column that a RECORD or extra field of this record is read from. */
int letter_source(const struct admitted *record, int field);

/* True for a field that is printed as the record has it: names, addresses, numbers, extra columns. */
bool letter_verbatim(int field);

/* Fills the RECORD fields that the set uses; JOB fields are copied from job_fields, MADE fields stay empty. A record
 * with 住所A or 住所B is addressed by these two, else by 住所 and 方書: never by a mixture. */
CHECKED enum status letter_make(const struct job *job, const struct admitted *record,
                                const struct field_set *fields, const struct text job_fields[FIELD_LIMIT],
                                struct arena *arena, struct letter *out, struct error *error);

#endif
