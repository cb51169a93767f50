#include "pdf/inside.h"

#include "base/memory.h"

/* Two levels: the root holds nodes of NODE_KIDS pages each. A node is written as soon as it is
 * full. */

static enum status add_node(struct pdf *pdf, struct error *error)
{
    if (pdf->node_count == pdf->node_room) {
        uint32_t room = pdf->node_room ? pdf->node_room * 2 : 64;
        struct node_use *nodes =
            memory_resize(pdf->nodes, pdf->node_room * sizeof *nodes, room * sizeof *nodes);

        if (!nodes)
            return error_set(error, MSG_NO_MEMORY);
        pdf->nodes = nodes;
        pdf->node_room = room;
    }
    pdf->nodes[pdf->node_count] = (struct node_use){0};
    return file_reserve(&pdf->file, &pdf->nodes[pdf->node_count++].number, error);
}

static enum status write_node(struct pdf *pdf, struct error *error)
{
    const struct node_use *node = &pdf->nodes[pdf->node_count - 1];
    struct haru_dict *dict = haru_begin(pdf->haru);
    struct haru_list *kids;

    haru_name(pdf->haru, dict, "Type", "Pages");
    haru_reference(pdf->haru, dict, "Parent", pdf->root);
    haru_integer(pdf->haru, dict, "Count", (int32_t)node->pages);
    kids = haru_list(pdf->haru, dict, "Kids");
    for (uint32_t i = 0; i < node->pages; i++)
        haru_list_reference(pdf->haru, kids, pdf->kids[i]);
    return objects_end(pdf, node->number, error);
}

enum status tree_add_page(struct pdf *pdf, uint32_t page_number, uint32_t *parent,
                          struct error *error)
{
    struct node_use *node;

    if (pdf->node_count == 0 || pdf->nodes[pdf->node_count - 1].pages == NODE_KIDS) {
        if (pdf->node_count > 0 && write_node(pdf, error) != OK)
            return STOP;
        if (add_node(pdf, error) != OK)
            return STOP;
    }
    node = &pdf->nodes[pdf->node_count - 1];
    pdf->kids[node->pages++] = page_number;
    *parent = node->number;
    return OK;
}

/* All pages inherit resources and, unless they have another size, the MediaBox of A4. */
static enum status write_root(struct pdf *pdf, struct error *error)
{
    struct ink box = {0};
    struct haru_dict *dict = haru_begin(pdf->haru);
    struct haru_list *kids;
    uint32_t pages = 0;
    enum status status;

    ink_words(&box, "/MediaBox [0 0 ");
    ink_thousandths(&box, thousandths(A4_WIDTH));
    ink_words(&box, " ");
    ink_thousandths(&box, thousandths(A4_HEIGHT));
    ink_words(&box, "]\n");
    haru_name(pdf->haru, dict, "Type", "Pages");
    kids = haru_list(pdf->haru, dict, "Kids");
    for (uint32_t i = 0; i < pdf->node_count; i++) {
        haru_list_reference(pdf->haru, kids, pdf->nodes[i].number);
        pages += pdf->nodes[i].pages;
    }
    haru_integer(pdf->haru, dict, "Count", (int32_t)pages);
    haru_reference(pdf->haru, dict, "Resources", pdf->resources);
    haru_entries(pdf->haru, dict, &box);
    status = objects_end(pdf, pdf->root, error);
    ink_free(&box);
    return status;
}

enum status tree_end(struct pdf *pdf, struct error *error)
{
    if (pdf->node_count > 0 && write_node(pdf, error) != OK)
        return STOP;
    return write_root(pdf, error);
}
