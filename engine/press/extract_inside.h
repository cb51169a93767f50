/* press/extract_inside.h -- what the files of the extraction share. */
#ifndef PRESS_EXTRACT_INSIDE_H
#define PRESS_EXTRACT_INSIDE_H

#include "base/cms.h"
#include "base/os.h"
#include "base/yaml.h"
#include "press/engine.h"
#include "press/extract.h"
#include "press/note.h"

/* -- extract_columns.c: which columns go -- */

struct extract_columns {
    uint32_t count;
    int16_t slot[LIMIT_COLUMNS];
    bool by_post[LIMIT_COLUMNS]; /* empty for a letter that does not go by post (郵送) */
    struct text name[LIMIT_COLUMNS];
};
struct extract_use { /* by the letters of a file */
    bool form[LIMIT_FORMS]; /* by index in the press */
    bool by_post;           /* 郵送 is among their routes */
};
/* flags: the protection flags too (the insurer's own file). seal: 照合符号 last. */
CHECKED enum status extract_choose(const struct press *press, const struct extract_use *use, bool flags, bool seal,
                                   struct extract_columns *out, struct error *error);

/* -- extract_address.c: who lives where a protected person lives -- */

struct address_kin {
    uint64_t *keys;
    size_t count, room;
};
/* The record's addresses (its own and 送付先) as keys; also of fields that the guard hides. */
CHECKED enum status address_remember(struct address_kin *kin, const struct press *press, struct error *error);
void address_sort(struct address_kin *kin);
/* Slot + 1 of the address that a protected person has too; 0 = none. */
uint8_t address_shared(const struct address_kin *kin, const struct press *press);
void address_close(struct address_kin *kin);
/* One spelling for many: widths, blanks, hyphens, 丁目番地号, kanji numbers before 丁目, 大字 and 字, ヶ, the prefecture in
 * front. Gives the length; 0 = no address. */
#define ADDRESS_BYTES (4 * LIMIT_FIELD_BYTES)
size_t address_normalise(const struct text *parts, uint32_t count, char out[ADDRESS_BYTES]);

/* -- extract_out.c: files that all get their names in the end, or none -- */

#define EXTRACT_FILES 48
struct extract_out {
    char folder[LIMIT_PATH];
    bool made, made_own;
    struct {
        struct os_file *file;
        char name[64]; /* below folder */
        bool named;
    } files[EXTRACT_FILES];
    uint32_t count;
};
CHECKED enum status out_open(struct extract_out *out, const char *folder, struct error *error);
CHECKED enum status out_file(struct extract_out *out, const char *name, struct sink *sink, struct error *error);
CHECKED enum status out_publish(struct extract_out *out, struct error *error);
void out_abandon(struct extract_out *out);

/* -- extract_job.c: jobs for the vendor and for the insurer's own letters, made from the job at hand -- */

struct extract_job {
    const struct extract_columns *columns;
    const struct note *note;
    bool vendor, sealed, signed_inside;
};
CHECKED enum status extract_job(const struct press *press, const struct yaml_node *root,
                                const struct extract_job *facts, const struct sink *out, struct error *error);
/* Images and tables that the job names are copied beside the vendor's job, and into the insurer's folder. */
CHECKED enum status extract_copies(const struct press *press, struct extract_out *out, struct error *error);

/* -- extract_rows.c -- */

#define ROW_BYTES (256u << 10)
struct extract_row {
    char bytes[ROW_BYTES];
    size_t size;
    uint32_t fields;
    bool overflow;
};
void row_start(struct extract_row *row);
void row_put(struct extract_row *row, struct text text);
/* Adds LF and writes it. */
CHECKED enum status row_send(struct extract_row *row, const struct sink *sink, struct error *error);
CHECKED enum status row_names(struct extract_row *row, const struct extract_columns *columns,
                              const struct sink *sink, struct error *error);
/* The record's values of these columns, as its route needs them; 様式 as decided. */
void row_values(const struct extract_columns *columns, const struct admitted *admitted, struct text form, bool by_post,
                struct text out[LIMIT_COLUMNS]);

/* -- extract.c, extract_write.c -- */

struct extract {
    struct press *press;
    const struct extract_order *order;
    struct arena arena; /* the job's tree, certificates */
    const struct yaml_node *root;
    struct plan *plan;
    struct address_kin address;
    struct seal *seal;
    struct cms_seal *cms;
    struct digester *content, *whole; /* of the rows to come; of print.csv */
    struct extract_columns vendor, own;
    struct note note;
    struct tally tally;
    struct extract_out out;
    struct sink print_file, print, members, holds,
        followup; /* print: through the digest, and the seal of CMS */
    uint64_t rows, large_kana;
    struct admitted admitted;
    struct text fields[LIMIT_COLUMNS];
    struct extract_row row;
};

/* Each record of the plan once more, in order. read: what intake_next said of it. */
CHECKED enum status extract_read(struct extract *extract,
                                 enum status (*take)(struct extract *extract, uint64_t index, enum status read,
                                                     struct error *error),
                                 struct error *error);

/* All files, once the plan is settled, the columns are chosen and the seal has its name. */
CHECKED enum status extract_write(struct extract *extract, struct press_totals *totals, struct error *error);

#endif
