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
enum encoding {
    ENCODING_UTF8,
    ENCODING_CP932,
    ENCODING_EUC_JP,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_ISO_2022_JP,
    ENCODING_HOST /* by input.host.table */
};
enum input_format { INPUT_CSV, INPUT_TSV, INPUT_FIXED };
enum input_header { INPUT_HEADER_NAMES, INPUT_HEADER_NONE };
enum input_unit { UNIT_BYTES, UNIT_CHARACTERS };
enum kana_choice { KANA_KEEP, KANA_FULL };
enum empty_flag { EMPTY_FLAG_HOLD, EMPTY_FLAG_NO };
enum kin_choice { KIN_HOLD, KIN_SEPARATE };
enum address_choice { ADDRESS_HOLD, ADDRESS_SEPARATE, ADDRESS_OFF };
enum job_role { ROLE_INSURER, ROLE_VENDOR };
enum delivery { DELIVERY_EMPLOYER, DELIVERY_HOME, DELIVERY_COUNTER };
enum mail_class { MAIL_NONE, MAIL_ORDINARY, MAIL_TOKUTEI, MAIL_KAN_I };
enum qr_mask { QR_MASK_FIXED, QR_MASK_AUTO };
enum sheet_marks { MARKS_NONE, MARKS_TEXT, MARKS_INSERTER };
enum voice_kind { VOICE_NONE, VOICE_QR, VOICE_UNI_VOICE, VOICE_SP_CODE };
enum piece_by { PIECE_PERSON, PIECE_INSURED, PIECE_HOUSEHOLD };
enum piece_overflow { OVERFLOW_SPLIT };
enum piece_cover { COVER_NONE, COVER_CARRIER }; /* 宛名台紙 in front of a piece whose first form has no address */
enum print_order_key { ORDER_INPUT, ORDER_POSTCODE, ORDER_EMPLOYER, ORDER_HOUSEHOLD };
enum lot_by { LOT_LETTERS, LOT_EMPLOYER, LOT_SHEETS };
enum bundle_prefix { PREFIX_AUTO, PREFIX_3, PREFIX_5 };
enum postage { POSTAGE_NONE, POSTAGE_DEFERRED, POSTAGE_SEPARATE }; /* 料金後納, 料金別納 */
enum voice_size { VOICE_XS, VOICE_S, VOICE_M, VOICE_L };
enum voice_correction { VOICE_WEAK, VOICE_MEDIUM, VOICE_STRONG }; /* 弱 10 %, 中 15 %, 強 25 % */

struct job_alias { /* input.columns: canonical name -> header of this file */
    struct text canonical, header;
    uint32_t line;
};

struct job_field { /* input.fields: a field of fixed width */
    struct text name;
    uint32_t at, length; /* from 1, in input.unit */
    bool kanji;          /* double-byte from its first byte on, without shift codes */
    uint32_t line;
};

struct job_code { /* input.values, input.eras: what a code stands for */
    struct text column; /* empty: input.eras */
    struct text from, to;
    uint32_t line;
};

struct job_spot { /* where a number stands: a column, or position and length; at 0 = nowhere */
    uint32_t at, length;
};

struct job_aside { /* records before or behind the people */
    uint32_t records;
    struct text mark; /* what each begins with; empty: anything */
    struct job_spot count;
};

struct job_word { /* piece.pattern, piece.inserts: name -> text */
    struct text name, text;
    uint32_t line;
};

struct job_numbers { /* a block of 引受番号 as given by the post office */
    struct text first; /* ten digits; empty: none */
    uint64_t count;
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
    enum job_role role; /* vendor: a print file that `extract` made, and nothing more, may be read */

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
        struct text *files; /* several, instead of file */
        uint32_t file_count, files_line;
        struct text schema; /* layouts/intake/NAME.schema.yaml; empty: none */
        uint32_t schema_line;
        enum input_format format;
        enum encoding encoding;
        uint32_t encoding_line;
        enum input_header header;
        uint32_t header_line;
        struct text *names; /* of the columns, without a header; "-" = not used */
        uint32_t name_count;
        struct job_field *fields; /* by position */
        uint32_t field_count, fields_line;
        enum input_unit unit;
        uint32_t unit_line;
        uint32_t length; /* of a record in bytes; 0 = a record is a line */
        struct job_aside head, tail;
        struct text host_table;
        uint32_t host_table_line;
        struct job_code *codes; /* input.values, those of a column side by side */
        uint32_t code_count;
        struct job_code *eras;
        uint32_t era_count;
        enum kana_choice kana;
        struct job_alias *aliases;
        uint32_t alias_count;
        struct text *extra;
        uint32_t extra_count;
        uint64_t records; /* 0 = not stated */
        bool has_digest;
        struct digest digest; /* input.digest: SHA-256 of the delivered file */
        struct text note;     /* delivery note (授受票) of the file; relative to folder */
        struct text key, cert, signer; /* of a sealed file (CMS): ours to open it, the insurer's to trust it */
        bool cut_numbers; /* no key of the file: `extract` alone sets it, see intake/cut.h */
    } input;

    struct { /* 通: what goes into one envelope */
        enum piece_by by;
        uint32_t max_sheets; /* 1 .. 99, the cover sheet counted */
        enum piece_overflow overflow;
        enum piece_cover cover;
        struct text cover_layout; /* of the carrier */
        uint32_t cover_line;
        struct job_word *patterns; /* form, route or form/route -> 封入パターン */
        uint32_t pattern_count, pattern_line;
        struct job_word *inserts; /* 封入パターン -> "GRAMS WORDS" */
        uint32_t insert_count, insert_line;
        uint32_t paper_grams;    /* g/m2; 0 = no weight class */
        uint32_t envelope_grams;
        struct text weight_limits; /* "25 50 100": g */
        uint32_t weight_line;
        struct text paper, envelope; /* words for the lot's cover */
    } piece;

    struct {
        enum delivery delivery; /* of a record without 配布区分 */
        enum mail_class class;  /* of a record without 郵便種別 */
        bool customer_barcode;
        uint32_t customer_line;
        struct job_numbers numbers, tokutei, kan_i; /* numbers: of the class that has no block of its own */
        struct text register_file; /* relative to folder; empty: none */
        uint32_t register_line;
        bool posting_names;      /* names on posting-list.pdf */
        uint32_t bundle_least;   /* 通; 0 = no bundles, no slips */
        enum bundle_prefix bundle_prefix;
        struct text postcodes;  /* relative to folder; empty: none */
        uint32_t postcodes_line;
    } mail;

    struct { /* 音声コード */
        enum voice_kind kind;
        enum voice_size size;             /* of supplied symbols */
        enum voice_correction correction; /* asked of the encoder */
        uint32_t cells;                   /* a side, of an SP code; 0 = cells of 4 dots, any number */
        uint32_t encoder_seconds;         /* most that the encoder may take */
        struct text symbols;              /* folder, relative to folder; empty = none */
        struct text encoder;              /* command of a vendor's encoder; empty = none */
        struct text insurer, desk;        /* as spoken; empty: as printed */
        uint32_t line;                    /* of voice.kind */
    } voice;

    struct { /* 封筒 */
        struct text layout;      /* layouts/envelope/NAME-front.yaml, NAME-back.yaml */
        uint32_t layout_line;
        enum postage postage;
        struct text post_office; /* in the postage mark */
        struct text important;   /* the line that says so; empty: none */
        bool no_forward;         /* 転送不要 */
        struct text symbol;      /* supplied voice code of the envelope's own text */
        bool addressed;          /* one a piece, for letters without a window */
        uint32_t line;           /* of envelope.symbol */
    } envelope;

    struct {
        enum empty_flag empty;
        enum kin_choice kin; /* separate: like a protected person's letter, but nothing hidden */
        enum address_choice address; /* of extract: who lives at a protected person's address */
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

    struct { /* 照合符号: the key that insurer and vendor share */
        struct text key; /* relative to folder */
        uint32_t key_line;
    } seal;

    struct {
        struct date date; /* of the extraction; year 0: notice.issued */
    } extract;

    struct job_image *images;
    uint32_t image_count;

    struct {
        uint32_t lot_letters; /* 1 .. 50,000 */
        enum qr_mask qr_mask;
        enum sheet_marks marks; /* of the run, in the margin of every sheet */
        enum print_order_key order;
        uint32_t order_line;
        enum lot_by lot_by;
        uint32_t lot_max;  /* LOT_SHEETS, LOT_EMPLOYER: most sheets; 0 = as many as lot_letters allows */
        bool lot_cover;
        uint32_t compression; /* libdeflate level 1 .. 12 */
    } output;

    struct text secret; /* file with the key of letter digests; relative to folder; empty = plain digests */
    uint32_t secret_line;

    struct digest digest; /* of the canonical keys and values, without paths */
    const bool *given;    /* by row of the table of keys: stands in the file, not a default */
};

CHECKED enum status job_read(const char *path, struct arena *arena, struct job *out,
                             struct problems *problems);

/* The same from text already read; path is borrowed, for messages and job.folder. Texts point into the
 * arena, not into source. Problems are added behind those already there; a warning (KIND_WARN) among them
 * leaves the job good. */
CHECKED enum status job_parse(struct text source, const char *path, struct arena *arena,
                              struct job *out, struct problems *problems);

/* Takes the input keys that the job itself does not give from a schema: YAML with `input:` and keys below it.
 * For a job that names one in input.schema. Refuses: as job_parse; STOP 3201 keys that no schema may hold. */
CHECKED enum status job_add_schema(struct text source, const char *path, struct arena *arena,
                                   struct job *job, struct problems *problems);

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
