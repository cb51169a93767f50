#include "voice/symbol.h"

#include "base/memory.h"
#include "base/os.h"
#include "voice/rows.h"
#include "voice/symbol_inside.h"

#include <stdlib.h>

static const char *const column_names[COLUMNS] = {"row", "page", "file", "text_sha256",
                                                  "image_sha256"};

/* -- lists -- */

static bool make_room(void **list, size_t *room, size_t count, size_t size)
{
    if (count < *room)
        return true;
    size_t wider = *room ? 2 * *room : 1024;
    void *grown = memory_resize(*list, *room * size, wider * size);
    if (grown) {
        *list = grown;
        *room = wider;
    }
    return grown != NULL;
}

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int by_key(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = compare(left->key, right->key);
    return order ? order : compare(left->offset, right->offset);
}

static int by_image(const void *a, const void *b)
{
    const struct checked *left = a, *right = b;
    int order = compare(left->image, right->image);
    if (order == 0)
        order = compare(left->text, right->text);
    return order ? order : compare(left->row, right->row);
}

struct entry *symbols_find(const struct symbols *symbols, uint64_t key, bool *doubled)
{
    size_t low = 0, high = symbols->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (symbols->entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    *doubled = low + 1 < symbols->count && symbols->entries[low + 1].key == key;
    return low < symbols->count && symbols->entries[low].key == key ? &symbols->entries[low] : NULL;
}

/* -- opening -- */

static enum status add_entry(struct symbols *symbols, const struct rows *rows, struct error *error)
{
    uint64_t row, page;
    if (!rows_number(rows->field[symbols->columns[ROW]], &row) || row == 0 || row >> 40 ||
        !rows_number(rows->field[symbols->columns[PAGE]], &page) || page == 0 || page > LIMIT_PAGES)
        return rows_refuse(rows, "row, page", error);
    void *list = symbols->entries;
    if (!make_room(&list, &symbols->room, symbols->count, sizeof *symbols->entries))
        return error_set(error, MSG_NO_MEMORY);
    symbols->entries = list;
    symbols->entries[symbols->count++] =
        (struct entry){row << SYMBOL_PAGE_BITS | page, rows->offset << 1};
    return OK;
}

static enum status read_index(struct symbols *symbols, struct error *error)
{
    struct rows rows;
    bool end = false;
    enum status status =
        voice_rows_open(&rows, symbols->index_path, column_names, COLUMNS, symbols->columns, error);
    if (status != OK)
        return status;
    for (int i = 0; status == OK && i < COLUMNS; i++)
        if (symbols->columns[i] < 0)
            status = rows_refuse(&rows, column_names[i], error);
    while (status == OK && !end) {
        status = voice_rows_next(&rows, &end, error);
        if (status == OK && !end)
            status = add_entry(symbols, &rows, error);
    }
    voice_rows_close(&rows);
    if (symbols->count)
        qsort(symbols->entries, symbols->count, sizeof *symbols->entries, by_key);
    return status;
}

static bool count_file(void *context, const char *name, enum os_kind kind)
{
    struct symbols *symbols = context;
    symbols->files += kind == OS_PLAIN && name[0] != '.';
    return true;
}

static enum status open_folder(struct symbols *symbols, struct error *error)
{
    if (os_folder_state(symbols->folder) == FOLDER_MISSING ||
        os_folder_state(symbols->folder) == FOLDER_NOT_ONE ||
        !os_path_join(symbols->index_path, symbols->folder, "index.csv"))
        return error_name(error, MSG_NO_SUCH_FILE, TEXT("voice.symbols"));
    symbols->indexed = os_exists(symbols->index_path);
    if (!symbols->indexed)
        return os_folder_each(symbols->folder, count_file, symbols, error);
    enum status status = read_index(symbols, error);
    return status == OK ? os_input_open(symbols->index_path, &symbols->index, error) : status;
}

enum status symbols_open(const struct job *job, const struct sjis *sjis, const char *folder,
                         struct symbols **out, struct error *error)
{
    struct symbols *symbols = *out = memory_new(sizeof *symbols);
    if (!symbols)
        return error_set(error, MSG_NO_MEMORY);
    symbols->job = job;
    symbols->sjis = sjis;
    symbols->index.fd = -1;
    enum status status = os_path_join(symbols->folder, ".", folder)
                             ? open_folder(symbols, error)
                             : error_name(error, MSG_NO_SUCH_FILE, TEXT("voice.symbols"));
    if (status != OK) {
        symbols_close(symbols);
        *out = NULL;
    }
    return status;
}

void symbols_close(struct symbols *symbols)
{
    if (!symbols)
        return;
    if (symbols->index.fd >= 0)
        os_input_close(&symbols->index);
    memory_free(symbols->entries, symbols->room * sizeof *symbols->entries);
    memory_free(symbols->checked, symbols->checked_room * sizeof *symbols->checked);
    memory_free(symbols, sizeof *symbols);
}

bool symbols_unproven(const struct symbols *symbols)
{
    return !symbols->indexed;
}

uint64_t symbols_count(const struct symbols *symbols)
{
    return symbols->indexed ? symbols->count : symbols->files;
}

/* -- all symbols -- */

static enum status remember(struct symbols *symbols, const struct symbol_key *key,
                            const struct spoken *spoken, const struct voice_symbol *symbol,
                            struct error *error)
{
    void *list = symbols->checked;
    if (!make_room(&list, &symbols->checked_room, symbols->checked_count, sizeof *symbols->checked))
        return error_set(error, MSG_NO_MEMORY);
    symbols->checked = list;
    symbols->checked[symbols->checked_count++] =
        (struct checked){hash64(symbol->bits, (size_t)symbol->rows * symbol->row_bytes),
                         hash64(spoken->bytes, spoken->length), key->row};
    return OK;
}

/* A symbol that a letter asked for is known, though it may be wrong or doubled. */
static void mark_asked(struct symbols *symbols, uint64_t key)
{
    bool doubled;
    struct entry *entry = symbols_find(symbols, key, &doubled);
    for (; entry && entry < symbols->entries + symbols->count && entry->key == key; entry++)
        entry->offset |= 1;
}

enum status symbols_check(struct symbols *symbols, const struct symbol_key *key,
                          const struct spoken *spoken, struct arena *arena,
                          struct voice_symbol *out, struct error *error)
{
    mark_asked(symbols, key->row << SYMBOL_PAGE_BITS | key->page);
    enum status status = symbols_get(symbols, key, spoken, arena, out, error);
    if (status == OK)
        return remember(symbols, key, spoken, out, error);
    if (status == REJECT && error->message != MSG_VOICE_MISSING &&
        error->message != MSG_VOICE_IMAGE_NAME)
        symbols->files_used += error->message == MSG_VOICE_DOUBLED ? 2 : 1;
    return status;
}

/* Neighbours of one picture: is there a second text among them? */
static void tell_shared(const struct checked *list, size_t count,
                        void (*shared)(void *context, uint64_t row), void *context)
{
    size_t end;
    for (size_t start = 0; start < count; start = end) {
        for (end = start + 1; end < count && list[end].image == list[start].image;)
            end++;
        if (list[end - 1].text == list[start].text)
            continue;
        for (size_t i = start; i < end; i++)
            shared(context, list[i].row);
    }
}

static uint64_t count_unasked(const struct symbols *symbols)
{
    uint64_t used = symbols->files_used + symbols->checked_count, unasked = 0;
    if (!symbols->indexed)
        return symbols->files > used ? symbols->files - used : 0;
    for (size_t i = 0; i < symbols->count; i++)
        unasked += !(symbols->entries[i].offset & 1);
    return unasked;
}

enum status symbols_end(struct symbols *symbols, bool whole,
                        void (*shared)(void *context, uint64_t row), void *context,
                        struct error *error)
{
    uint64_t unasked = count_unasked(symbols);
    if (symbols->checked_count)
        qsort(symbols->checked, symbols->checked_count, sizeof *symbols->checked, by_image);
    tell_shared(symbols->checked, symbols->checked_count, shared, context);
    memory_free(symbols->checked, symbols->checked_room * sizeof *symbols->checked);
    symbols->checked = NULL;
    symbols->checked_count = symbols->checked_room = 0;
    if (!whole || unasked == 0)
        return OK;
    enum status status = error_name(error, MSG_VOICE_UNKNOWN, TEXT("voice.symbols"));
    if (error)
        error->have = (int64_t)unasked;
    return status;
}
