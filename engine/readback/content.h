/* readback/content.h -- a content stream as a list of items: the operators that the engine writes, and no other.
 * Refuses: STOP READBACK_CONTENT: an unknown operator or name, wrong operands, another colour than the one black or a
 *          named ink, scaling or clipping of what is not an image, a line without its place, an unfinished path.
 */
#ifndef READBACK_CONTENT_H
#define READBACK_CONTENT_H

#include "readback/readback.h"
#include "readback/resources.h"

#define CONTENT_DEPTH 8
#define CONTENT_OPERANDS 6

struct content_state { /* what q keeps (ISO 32000-1, table 52 and 104) */
    const struct read_font *font;
    int32_t size, rise, scale, spacing;
    int32_t width, dash_on, dash_off;
    uint16_t fill, stroke; /* inks */
    bool over;             /* gs: overprint */
    bool placed;           /* cm: then only an image may follow */
    int32_t w, h, x, y;
};

struct content_reader {
    const struct tables *tables;
    const struct resources *resources;
    struct read_list *list; /* emptied, then filled */
    /* An XObject by name: sets *image, or *layer from 1. Not called for forms inside of forms. */
    enum status (*object)(void *context, uint32_t object, uint32_t *layer, uint32_t *image,
                          struct error *error);
    void *context;
    bool in_layer;      /* the stream is that of a layer */
    uint32_t layer;     /* out: the layer that the stream shows; 0 = none */
};

CHECKED enum status content_read(struct content_reader *reader, struct scan stream, struct error *error);

/* lists.c: room for more of each kind. False: memory, or more than LIST_MOST bytes. */
#define LIST_MOST (64u << 20)
struct read_item *list_item(struct read_list *list, enum read_kind kind);
struct read_run *list_run(struct read_list *list);
struct read_step *list_step(struct read_list *list);
uint8_t *list_glyphs(struct read_list *list, uint32_t count); /* room only */
char *list_saying(struct read_list *list, uint32_t size);      /* room only */
uint8_t *list_bits(struct read_list *list, uint32_t size);    /* room only */
void list_empty(struct read_list *list);
void list_free(struct read_list *list);

/* What the files of the interpreter share. */
struct content_run {
    struct content_reader *reader;
    struct read_list *list;
    struct error *error;
    struct scan scan;
    struct content_state now, kept[CONTENT_DEPTH];
    unsigned depth;
    int32_t numbers[CONTENT_OPERANDS];
    unsigned count;
    struct token name; /* operand; kind TOKEN_END: none */
    bool dashes;       /* operand [on off] stands in dash */
    int32_t dash[2];
    bool in_text, line_open, in_span;
    unsigned layers; /* optional content around */
    bool in_marks;   /* between /Run BMC and EMC */
    int32_t line_x, line_y;
    int64_t line;       /* item of the line in the making; -1 = none */
    bool run_open;      /* the last run may grow */
    uint32_t path;      /* first step of the path in the making */
};

CHECKED enum status content_strange(struct content_run *run);
CHECKED enum status content_short(struct content_run *run); /* memory, or LIST_MOST */

/* words.c: text. hex: the string that begins the operator; list: behind [. */
CHECKED enum status content_show(struct content_run *run, const struct token *hex);
CHECKED enum status content_show_moved(struct content_run *run);
CHECKED enum status content_span(struct content_run *run); /* behind /Span<< */
/* Ink and layer of an item in the making. */
void content_dress(const struct content_run *run, struct read_item *item, uint16_t ink);
void content_close_line(struct content_run *run);
/* masks.c: behind BI. */
CHECKED enum status content_mask(struct content_run *run);

#endif
