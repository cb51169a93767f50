#include "readback/resources.h"

#include "base/memory.h"

void tables_open(struct tables *tables)
{
    *tables = (struct tables){.ink_count = 1};
    arena_open(&tables->arena, RESOURCES_ARENA);
}

void tables_close(struct tables *tables)
{
    arena_close(&tables->arena);
}

static enum status strange(struct error *error)
{
    return error_set(error, MSG_READBACK_SHAPE);
}

const struct named *names_find(const struct names *names, const struct token *name)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (names->list[i].name.length == name->size &&
            memcmp(names->list[i].name.bytes, name->bytes, name->size) == 0)
            return &names->list[i];
    return NULL;
}

/* -- one kind of names -- */

static enum status add_name(struct tables *tables, struct names *names, const struct token *key,
                            struct named **out, struct error *error)
{
    struct text name = {(const char *)key->bytes, key->size};

    if (!names->list)
        names->list = arena_array(&tables->arena, RESOURCES_NAMES, sizeof *names->list);
    if (!names->list)
        return error_set(error, MSG_NO_MEMORY);
    if (names->count == RESOURCES_NAMES || names_find(names, key))
        return error_set(error, MSG_READBACK_LIMIT);
    *out = &names->list[names->count++];
    (*out)->name = arena_text(&tables->arena, name);
    return (*out)->name.bytes ? OK : error_set(error, MSG_NO_MEMORY);
}

/* [/Separation /Guides /DeviceCMYK ...]: an ink of its own; the alternate is for screens. */
static enum status read_ink(struct tables *tables, struct scan value, uint32_t *out,
                            struct error *error)
{
    struct token name;

    if (scan_token(&value).kind != TOKEN_LIST || !scan_is_name(&value, "Separation"))
        return strange(error);
    name = scan_token(&value);
    if (name.kind != TOKEN_NAME)
        return strange(error);
    for (*out = 1; *out < tables->ink_count; ++*out)
        if (tables->inks[*out].length == name.size &&
            memcmp(tables->inks[*out].bytes, name.bytes, name.size) == 0)
            return OK;
    if (tables->ink_count == sizeof tables->inks / sizeof *tables->inks)
        return error_set(error, MSG_READBACK_LIMIT);
    tables->inks[*out] =
        arena_text(&tables->arena, (struct text){(const char *)name.bytes, name.size});
    tables->ink_count++;
    return tables->inks[*out].bytes ? OK : error_set(error, MSG_NO_MEMORY);
}

/* Direct, or an object of its own. */
static enum status resolve(struct document *document, struct scan *value, struct error *error)
{
    struct scan ahead = *value;
    uint32_t number;

    if (!scan_reference(&ahead, &number))
        return OK;
    return document_object(document, number, value, error);
}

/* <</OP true/op true/OPM 1>>: overprint (ISO 32000-1, 8.6.7). No other state is known. */
static enum status read_state(struct scan value, uint32_t *out, struct error *error)
{
    static const struct {
        const char *key, *value;
    } entries[] = {{"OP", "true"}, {"op", "true"}, {"OPM", "1"}};
    struct scan inside = value, one;
    struct token key;
    bool broken = false;
    unsigned count = 0;

    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (!scan_find(value, entries[i].key, &one))
            return strange(error);
        while (one.at < one.end && (*one.at == ' ' || *one.at == '\n'))
            one.at++;
        if ((size_t)(one.end - one.at) != strlen(entries[i].value) ||
            memcmp(one.at, entries[i].value, strlen(entries[i].value)) != 0)
            return strange(error);
    }
    if (scan_enter(&inside))
        while (scan_key(&inside, &key, &one, &broken))
            count += !token_is(&key, "Type");
    *out = 1;
    return count == sizeof entries / sizeof *entries ? OK : strange(error);
}

enum names_kind { NAMES_OBJECT, NAMES_INK, NAMES_STATE };

static enum status read_one(struct tables *tables, struct document *document, struct names *names,
                            const struct token *key, struct scan value, enum names_kind kind,
                            struct error *error)
{
    struct named *named = NULL;

    if (add_name(tables, names, key, &named, error) != OK)
        return STOP;
    if (kind == NAMES_OBJECT)
        return scan_reference(&value, &named->number) ? OK : strange(error);
    if (resolve(document, &value, error) != OK)
        return STOP;
    return kind == NAMES_INK ? read_ink(tables, value, &named->number, error)
                             : read_state(value, &named->number, error);
}

static enum status read_names(struct tables *tables, struct document *document,
                              struct scan dictionary, const char *group_name, enum names_kind kind,
                              struct names *names, struct error *error)
{
    bool broken = false;
    struct scan group, value;
    struct token key;

    if (!scan_find(dictionary, group_name, &group))
        return OK;
    if (resolve(document, &group, error) != OK)
        return STOP;
    if (!scan_enter(&group))
        return error_set(error, MSG_READBACK_DAMAGED);
    while (scan_key(&group, &key, &value, &broken))
        if (read_one(tables, document, names, &key, value, kind, error) != OK)
            return STOP;
    return broken ? error_set(error, MSG_READBACK_DAMAGED) : OK;
}

/* -- all -- */

static enum status read_fonts(struct tables *tables, struct document *document, struct names *fonts,
                              struct error *error)
{
    for (uint32_t i = 0; i < fonts->count; i++)
        if (font_read(tables, document, fonts->list[i].number, &fonts->list[i].font, error) != OK)
            return STOP;
    return OK;
}

static enum status read_resources(struct tables *tables, struct document *document,
                                  struct resources *out, struct error *error)
{
    struct scan dictionary;

    if (document_object(document, out->object, &dictionary, error) != OK ||
        read_names(tables, document, dictionary, "Font", NAMES_OBJECT, &out->fonts, error) != OK ||
        read_names(tables, document, dictionary, "XObject", NAMES_OBJECT, &out->objects, error) !=
            OK ||
        read_names(tables, document, dictionary, "ColorSpace", NAMES_INK, &out->inks, error) !=
            OK ||
        read_names(tables, document, dictionary, "ExtGState", NAMES_STATE, &out->states, error) !=
            OK)
        return STOP;
    return read_fonts(tables, document, &out->fonts, error);
}

enum status tables_resources(struct tables *tables, struct document *document, uint32_t object,
                             const struct resources **out, struct error *error)
{
    struct resources *fresh;

    for (uint32_t i = tables->resources_count; i-- > 0;) {
        *out = tables->resources[i];
        if (tables->resources[i]->object == object)
            return OK;
    }
    if (tables->resources_count == RESOURCES_MOST)
        return error_set(error, MSG_READBACK_LIMIT);
    fresh = arena_take(&tables->arena, sizeof *fresh);
    if (!fresh)
        return error_set(error, MSG_READBACK_LIMIT);
    fresh->object = object;
    if (read_resources(tables, document, fresh, error) != OK)
        return STOP;
    tables->resources[tables->resources_count++] = fresh;
    *out = fresh;
    return OK;
}
