/* job/job.h -- the job: what to print for whom, read from a YAML file.
 * Takes  : the path of a job file (its keys: README, "The job file").
 * Gives  : every key typed, defaults filled in, each with its line for later messages.
 * Refuses: STOP 2xxx, one error for every unknown key, wrong type, impossible value or refused
 *          combination, collected in *problems (all of them, not only the first).
 * Owns   : texts live in the caller's arena.
 */
#ifndef JOB_JOB_H
#define JOB_JOB_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"

enum insurer_kind {
    INSURER_KYOKAI,       /* 全国健康保険協会 */
    INSURER_KENPO,        /* 健康保険組合 */
    INSURER_KYOSAI,       /* 共済組合 */
    INSURER_KOKUHO_KUMIAI,/* 国民健康保険組合 */
    INSURER_KOKUHO,       /* 市町村国民健康保険 */
    INSURER_KOKI,         /* 後期高齢者医療広域連合 */
    INSURER_KINDS
};

enum form_choice { FORM_OFFICIAL, FORM_COLUMN, FORM_NAMED };
enum unanswered { UNANSWERED_FORM2, UNANSWERED_FOLLOW_UP };
enum substitution_choice { SUBSTITUTE_NONE, SUBSTITUTE_TABLE };
enum check_switch { CHECK_HOLD, CHECK_OFF };
enum encoding { ENCODING_UTF8, ENCODING_CP932 };
enum empty_flag { EMPTY_FLAG_HOLD, EMPTY_FLAG_NO };
enum kin_choice { KIN_HOLD, KIN_SEPARATE };
enum delivery { DELIVERY_EMPLOYER, DELIVERY_HOME, DELIVERY_COUNTER };
enum qr_mask { QR_MASK_FIXED, QR_MASK_AUTO };

struct job_alias { /* input.columns: canonical name -> header of this file */
    struct text canonical, header;
    uint32_t line;
};

struct job_image { /* images: frame name -> file */
    struct text name, file;
    uint32_t line;
};

struct job {
    const char *path;   /* as given, borrowed */
    char folder[LIMIT_PATH]; /* of the job file: where relative paths start */
    struct text name;   /* job: */

    struct {
        enum insurer_kind kind;
        struct text name, number, office, postcode, address, tel;
        struct text desk; /* お問い合わせ先の窓口; empty: office */
        bool number_check_wrong; /* 保険者番号 fails its check digit: a warning */
    } insurer;

    struct {
        struct text edition, layout;
        enum form_choice form;
        struct text form_name; /* FORM_NAMED: "1" or an own form */
        uint32_t form_line, layout_line, edition_line;
        struct date as_of, issued, check_started; /* year 0 = not given */
        struct text portal_url; /* empty: the template's own */
        bool contact;           /* print the contact line when insurer.tel is given; default true */
        bool with_card;
        struct {
            bool printed;            /* form 3: the sheet carries the card's data */
            struct text prefecture;  /* 都道府県名 on the card */
            struct text issuer;      /* 交付者名; empty: insurer.name */
            struct date issued;      /* 交付年月日 where the file has no such column */
        } card;
        enum unanswered unanswered;
        enum unanswered not_asked;   /* M2 that was not asked yet (K8, U6): the notice is silent */
        enum unanswered birth_sex;   /* 国保組合, M3 (U5): the notice is silent */
    } notice;

    struct {
        struct text file; /* relative to folder, or as --input gave it */
        uint32_t file_line;
        enum encoding encoding;
        struct job_alias *aliases;
        uint32_t alias_count;
        struct text *extra;
        uint32_t extra_count;
        uint64_t records; /* 0 = not stated */
        bool has_digest;
        struct digest digest; /* input.digest: SHA-256 of the delivered file */
    } input;

    struct {
        enum delivery delivery; /* the route in the manifest */
    } mail;

    struct {
        enum empty_flag empty;
        enum kin_choice kin; /* separate: like a protected person's letter, but nothing hidden */
    } protection;

    struct { /* guards from real incidents; each hold | off */
        enum check_switch stuck;       /* name or last 4 the same over many consecutive records */
        enum check_switch repeated;    /* the same last 4 and 生年月日 again, close by */
        enum check_switch dates;       /* dates out of order */
        enum check_switch same_person; /* 記号・番号・枝番 twice */
        enum check_switch expiry;      /* 有効期限 that does not fit the age (edition 2024-12) */
    } checks;

    struct { /* characters that no font has, and the stand-in for lost ones */
        enum substitution_choice substitute;
        struct text table; /* relative to folder */
        uint32_t table_line;
        bool allow_black_circle; /* a test print */
    } names;

    struct {
        struct text *exempt;
        uint32_t exempt_count;
    } guard;

    struct job_image *images;
    uint32_t image_count;

    struct {
        uint32_t lot_letters; /* 1 .. 50,000 */
        enum qr_mask qr_mask;
        uint32_t compression; /* libdeflate level 1 .. 12 */
    } output;

    struct digest digest; /* of the canonical keys and values, without paths */
};

CHECKED enum status job_read(const char *path, struct arena *arena, struct job *out,
                             struct problems *problems);

/* The same from text already read; path is borrowed, for messages and job.folder. Texts point into the
 * arena, not into source. Problems are added behind those already there; a warning (KIND_WARN) among them
 * leaves the job good. */
CHECKED enum status job_parse(struct text source, const char *path, struct arena *arena,
                              struct job *out, struct problems *problems);

/* Every key, in file order of the documentation: README's table and `--help` are made from it. NULL past
 * the end. */
struct job_key {
    const char *path;    /* "insurer.kind" */
    const char *type;    /* "kyokai | kenpo | ..." */
    const char *preset;  /* default as text, "" = none, "required" */
    const char *since;   /* version */
    const char *meaning; /* one line */
};
const struct job_key *job_key(size_t index);

#endif
