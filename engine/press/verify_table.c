#include "press/verify_inside.h"

#include "press/tables.h"

#include <string.h>

/* The same head and a last column: tables that name rows of several files. head: without its line end. */
static bool has_file(const struct verify_table *table, const char *head, size_t size)
{
    static const char end[] = TABLE_FILE "\n";
    return table->map.size >= size + sizeof end - 1 && memcmp(table->at, head, size) == 0 &&
           memcmp(table->at + size, end, sizeof end - 1) == 0;
}

enum status table_open(struct verify_table *table, const char *folder, const char *name,
                       const char *head, bool *there, bool *good, struct error *error)
{
    char path[LIMIT_PATH];
    size_t size = strlen(head);

    *table = (struct verify_table){.name = name, .columns = 1};
    *there = os_path_join(path, folder, name) && os_exists(path);
    *good = false;
    if (!*there)
        return OK;
    if (os_map(path, VERIFY_FILE_LIMIT, &table->map, error) != OK)
        return STOP;
    table->at = table->map.bytes;
    table->end = table->at + table->map.size;
    *good = table->map.size >= size && memcmp(table->at, head, size) == 0;
    if (!*good && has_file(table, head, size - 1)) {
        *good = true;
        size += sizeof TABLE_FILE - 1;
        table->columns++;
    }
    table->at += *good ? size : 0;
    table->number = 1;
    for (const char *at = head; *at; at++)
        table->columns += *at == ',';
    return OK;
}

void table_close(struct verify_table *table)
{
    os_unmap(&table->map);
    *table = (struct verify_table){0};
}

/* A field ends with a comma or the line; quotes stand around all of it or nowhere (RFC 4180). */
static bool take_field(struct verify_table *table, struct text *out)
{
    const char *at = table->at, *start = at;
    bool quoted = at < table->end && *at == '"';

    if (quoted) {
        for (at++; at < table->end && (*at != '"' || (table->end - at > 1 && at[1] == '"')); at++)
            at += *at == '"';
        if (at == table->end)
            return false;
        *out = (struct text){start + 1, (uint32_t)(at - start - 1)};
        at++;
    } else {
        while (at < table->end && *at != ',' && *at != '\n' && *at != '"' && *at != '\r')
            at++;
        *out = (struct text){start, (uint32_t)(at - start)};
    }
    table->at = at;
    return at < table->end && (*at == ',' || *at == '\n');
}

bool table_next(struct verify_table *table, struct verify_line *line, bool *broken)
{
    *broken = false;
    if (table->at == table->end)
        return false;
    line->number = ++table->number;
    *broken = true;
    for (line->count = 0; line->count < table->columns && line->count < VERIFY_FIELDS;) {
        if (!take_field(table, &line->field[line->count++]))
            return false;
        if (*table->at++ == '\n')
            break;
    }
    *broken = line->count != table->columns || table->at[-1] != '\n';
    return !*broken;
}

bool table_number(struct text text, uint64_t *out)
{
    *out = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return text.length > 0 && text.length < 19 && (text.length == 1 || text.bytes[0] != '0');
}

bool table_digest(struct text text, struct digest *out)
{
    if (text.length != 2 * sizeof out->bytes)
        return false;
    for (size_t i = 0; i < sizeof out->bytes; i++) {
        int high = text_hex_value(text.bytes[2 * i]), low = text_hex_value(text.bytes[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
