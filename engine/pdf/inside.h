/* pdf/inside.h -- what the files of this room share: one PDF in the making.
 * Order in the file: header; pages, each with its content; between them, when first used, layers
 * and images; at the end fonts, resources, page tree, info, catalog. Resources are one object that
 * all pages inherit, its names are fixed numbers (/F face, /Fm layer, /Im image): so a page's
 * content tells nothing about the rest of the lot.
 */
#ifndef PDF_INSIDE_H
#define PDF_INSIDE_H

#include "pdf/faces.h"
#include "pdf/file.h"
#include "pdf/haru.h"
#include "pdf/ink.h"
#include "pdf/pack.h"
#include "pdf/pdf.h"

#define NODE_KIDS 1000 /* pages a node of the page tree */

struct image_use {
    uint32_t image, number; /* of the job; of the object */
};

#define PLATE_NAME 64

struct plate {
    char name[PLATE_NAME]; /* empty: not used */
};

struct node_use {
    uint32_t number, pages;
};

struct pdf {
    struct file file;
    struct packer *packer;
    struct haru *haru;
    struct faces faces;
    struct pdf_options options; /* title: own copy in `title` */
    struct ink title;
    struct ink content, entries; /* of the page in the making */

    uint32_t catalog, root, resources, info, guides_group; /* reserved at the start */
    uint32_t forms[LIMIT_FORMS + 1];                       /* by layer index; 0 = not written */
    struct plate plates[LIMIT_FORMS + 1];                  /* by layer index: /P0 is of pages without one */
    bool has_plates;
    struct image_use *images;
    uint32_t image_count, image_room;

    uint32_t kids[NODE_KIDS]; /* of the node in the making: nodes[node_count - 1] */
    struct node_use *nodes;
    uint32_t node_count, node_room;
};

/* content.c: the items as operators, added to ink. height: of the page, for y upwards. */
CHECKED enum status content_add(struct pdf *pdf, struct ink *ink, emu height,
                                const struct item_list *list, struct error *error);

/* objects.c */
CHECKED enum status objects_form(struct pdf *pdf, const struct page *page, struct error *error);
CHECKED enum status objects_image(struct pdf *pdf, const struct item_bitmap *bitmap,
                                  struct error *error);
/* Ends the dictionary that is in the making with /Filter and /Length and writes it with its stream. */
CHECKED enum status objects_stream(struct pdf *pdf, struct haru_dict *dict, uint32_t number,
                                   const struct ink *packed, struct error *error);
/* Ends the object that is in the making and writes it. */
CHECKED enum status objects_end(struct pdf *pdf, uint32_t number, struct error *error);

/* tree.c */
CHECKED enum status tree_add_page(struct pdf *pdf, uint32_t page_number, uint32_t *parent,
                                  struct error *error);
CHECKED enum status tree_end(struct pdf *pdf, struct error *error);

/* embed.c: the faces in use, as subsets; numbers[face] = font object, 0 = not used. */
CHECKED enum status embed_faces(struct pdf *pdf, uint32_t numbers[LIMIT_FACES],
                                struct error *error);

#endif
