#include "layout/tables.h"

#include "layout/frames.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define PAGE_MM 1200
/* The highest row times the most rows is still well within an emu. */
#define ROW_MM 300
#define ROWS 100
#define COLUMNS 20

struct table_keys {
    struct text name;
    emu x, y, w, row, rule;
    int32_t rows, columns;
    const struct yaml_node *frames;
};

#define AT(field) offsetof(struct table_keys, field)

static const struct key table_keys[] = {
    {.name = "name", .value = VALUE_TEXT, .at = AT(name), .needed = true},
    {.name = "x", .value = VALUE_MM, .at = AT(x), .needed = true, .high = PAGE_MM},
    {.name = "y", .value = VALUE_MM, .at = AT(y), .needed = true, .high = PAGE_MM},
    {.name = "w", .value = VALUE_MM, .at = AT(w), .needed = true, .low = 1, .high = PAGE_MM},
    {.name = "row", .value = VALUE_MM, .at = AT(row), .needed = true, .low = 1, .high = ROW_MM},
    {.name = "rows", .value = VALUE_WHOLE, .at = AT(rows), .needed = true, .low = 1, .high = ROWS},
    {.name = "columns", .value = VALUE_WHOLE, .at = AT(columns), .low = 1, .high = COLUMNS},
    {.name = "rule", .value = VALUE_PT, .at = AT(rule), .high = 20},
    {.name = "frames", .value = VALUE_NODE, .at = AT(frames), .needed = true},
};

static enum status read_table(const struct reader *reader, const struct yaml_node *styles,
                              const struct yaml_node *node, struct table *out)
{
    struct table_keys keys = {.columns = 1};
    enum status status = values_read(reader, node, table_keys, COUNT_OF(table_keys), &keys, NULL);
    if (status != OK)
        return status;
    *out = (struct table){.name = keys.name,
                          .box = {keys.x, keys.y, keys.w * keys.columns, keys.rows * keys.row},
                          .columns = (uint16_t)keys.columns,
                          .row = keys.row,
                          .rows = (uint16_t)keys.rows,
                          .rule = keys.rule,
                          .line = node->line};
    return row_frames_read(reader, styles, keys.frames, out);
}

enum status tables_read(const struct reader *reader, const struct yaml_node *styles,
                        const struct yaml_node *tables, struct layout *out)
{
    enum status status = values_list(reader, tables, 1);
    if (status != OK || tables->count == 0)
        return status;
    out->table = arena_take(reader->arena, sizeof *out->table);
    return out->table ? read_table(reader, styles, tables->child, out->table)
                      : error_set(reader->error, MSG_NO_MEMORY);
}
