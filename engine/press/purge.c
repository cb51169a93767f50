#include "press/purge.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/memory.h"
#include "base/os.h"
#include "base/os_tree.h"
#include "base/sink.h"
#include "base/utf8.h"

#include <stdio.h>

#define CHUNK_BYTES (256u << 10)
#define BY_CHARACTERS 256

struct removal {
    char *path; /* as it is opened: root and what is below it */
    size_t room;
    uint64_t bytes;
    struct digest digest;
    bool folder, marker, remains;
};

struct purge {
    const struct purge_order *order;
    struct removal *list;
    size_t count, room;
    struct digester *digester;
    char *chunk;
    const char *root; /* of the walk in hand */
    uint64_t strangers, remains;
    bool ours; /* a report, ledger or note was met */
    struct purge_totals totals;
    struct os_file *file;
    enum status status;
    struct error *error;
};

/* -- what this program makes -- */

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

static bool is_marker(const char *name)
{
    static const char *const markers[] = {"report.json", "ledger", "delivery-note.yaml"};
    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
        if (strcmp(name, markers[i]) == 0)
            return true;
    return false;
}

/* By its ending: lots and exports, tables and symbols, reports and jobs, copies of the job's pictures, work files. */
static bool is_ours(const char *path)
{
    static const char *const ends[] = {".pdf", ".csv", ".cms",  ".json", ".txt", ".yaml", ".png",
                                       ".svg", ".pbm", ".part", ".rows", ".jdf", ".jmf",  ".xml"};
    const char *name = os_path_last(path);
    if (is_marker(name) || strncmp(path, ".work/", 6) == 0)
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(name, ends[i]))
            return true;
    return false;
}

/* -- listing -- */

static enum status add(struct purge *purge, const char *path, bool folder, struct error *error)
{
    size_t length = strlen(path) + 1;
    if (purge->count == PURGE_FILES) {
        (void)error_set(error, MSG_PURGE_TOO_MANY);
        error->want = PURGE_FILES;
        return STOP;
    }
    if (purge->count == purge->room) {
        size_t room = purge->room ? 2 * purge->room : 256;
        void *list = memory_resize(purge->list, purge->room * sizeof *purge->list,
                                   room * sizeof *purge->list);
        if (!list)
            return error_set(error, MSG_NO_MEMORY);
        purge->list = list;
        purge->room = room;
    }
    struct removal *removal = &purge->list[purge->count];
    removal->path = memory_new(length);
    if (!removal->path)
        return error_set(error, MSG_NO_MEMORY);
    memcpy(removal->path, path, length);
    removal->room = length;
    removal->folder = folder;
    removal->marker = !folder && is_marker(os_path_last(path));
    purge->count++;
    return OK;
}

static enum status visit(void *context, const char *path, enum os_tree_kind kind,
                         struct error *error)
{
    struct purge *purge = context;
    char full[LIMIT_PATH];

    if (kind == TREE_OTHER || (kind == TREE_FILE && !is_ours(path))) {
        purge->strangers++;
        return OK;
    }
    if (kind == TREE_FILE && is_marker(os_path_last(path)))
        purge->ours = true;
    if (!os_path_join(full, purge->root, path))
        return error_at(error, MSG_READ_FAILED, purge->root, 0, TEXT(""));
    return add(purge, full, kind == TREE_FOLDER, error);
}

static enum status list_folder(struct purge *purge, const char *root, struct error *error)
{
    struct os_tree_visitor visitor = {visit, purge};

    purge->root = root;
    purge->ours = false;
    if (os_path_inside(purge->order->certificate, root))
        return error_at(error, MSG_PURGE_INSIDE, purge->order->certificate, 0, TEXT(""));
    if (os_tree_walk(root, &visitor, error) != OK)
        return STOP;
    if (!purge->ours)
        return error_at(error, MSG_PURGE_NOT_OURS, root, 0, TEXT(""));
    return add(purge, root, true, error);
}

/* Counted twice, a file would stand twice in the certificate. */
static bool named_before(const struct purge *purge, uint32_t index)
{
    const char *const *paths = purge->order->paths;
    for (uint32_t i = 0; i < index; i++)
        if (os_path_inside(paths[i], paths[index]) || os_path_inside(paths[index], paths[i]))
            return true;
    return false;
}

static enum status list_path(struct purge *purge, uint32_t index, struct error *error)
{
    const char *path = purge->order->paths[index];
    enum os_folder state = os_folder_state(path);

    if (state == FOLDER_MISSING)
        return error_at(error, MSG_NO_SUCH_FILE, path, 0, TEXT(""));
    if (!os_is_plain(path))
        return error_at(error, MSG_PURGE_LINK, path, 0, TEXT(""));
    if (named_before(purge, index))
        return error_at(error, MSG_PURGE_TWICE, path, 0, TEXT(""));
    return state == FOLDER_NOT_ONE ? add(purge, path, false, error)
                                   : list_folder(purge, path, error);
}

static enum status list_all(struct purge *purge, struct error *error)
{
    enum status status = OK;
    for (uint32_t i = 0; i < purge->order->count && status == OK; i++)
        status = list_path(purge, i, error);
    if (status == OK && purge->strangers) {
        (void)error_set(error, MSG_PURGE_STRANGER);
        error->have = (int64_t)purge->strangers;
        status = STOP;
    }
    return status;
}

/* -- what each file was -- */

static enum status digest_file(struct purge *purge, struct removal *removal, struct error *error)
{
    struct os_input input;
    enum status status = os_input_open(removal->path, &input, error);
    if (status != OK)
        return status;
    digest_start(purge->digester);
    for (size_t got = CHUNK_BYTES; status == OK && got == CHUNK_BYTES;) {
        status = os_input_read(&input, removal->bytes, purge->chunk, CHUNK_BYTES, &got, error);
        if (status == OK) {
            digest_add(purge->digester, purge->chunk, got);
            removal->bytes += got;
        }
    }
    os_input_close(&input);
    enum status ended = digest_end(purge->digester, &removal->digest, error);
    return status == OK ? ended : status;
}

static enum status digest_all(struct purge *purge, struct error *error)
{
    enum status status = digester_new(&purge->digester, error);
    purge->chunk = memory_new(CHUNK_BYTES);
    if (status == OK && !purge->chunk)
        status = error_set(error, MSG_NO_MEMORY);
    for (size_t i = 0; i < purge->count && status == OK; i++) {
        if (!purge->list[i].folder)
            status = digest_file(purge, &purge->list[i], error);
    }
    return status;
}

static void count_removed(struct purge *purge)
{
    purge->totals = (struct purge_totals){0};
    purge->remains = 0;
    for (size_t i = 0; i < purge->count; i++) {
        const struct removal *removal = &purge->list[i];
        purge->remains += removal->remains && !removal->folder;
        if (removal->remains)
            continue;
        purge->totals.folders += removal->folder;
        purge->totals.files += !removal->folder;
        purge->totals.bytes += removal->bytes;
    }
}

/* -- the certificate -- */

static void put(struct purge *purge, const char *words)
{
    if (purge->status == OK)
        purge->status = os_file_write(purge->file, words, strlen(words), purge->error);
}

static void put_quoted(struct purge *purge, const char *words)
{
    char byte[3] = "";
    put(purge, "\"");
    for (; *words; words++) {
        bool escape = *words == '"' || *words == '\\';
        byte[0] = escape ? '\\' : *words;
        byte[1] = escape ? *words : '\0';
        put(purge, byte);
    }
    put(purge, "\"");
}

static void put_list(struct purge *purge, bool remains)
{
    char line[128], hex[65];
    for (size_t i = 0; i < purge->count; i++) {
        const struct removal *removal = &purge->list[i];
        if (removal->folder || removal->remains != remains)
            continue;
        put(purge, "  - path: ");
        put_quoted(purge, removal->path);
        digest_hex(&removal->digest, hex);
        (void)snprintf(line, sizeof line, "\n    bytes: %llu\n    sha256: %s\n",
                       (unsigned long long)removal->bytes, hex);
        put(purge, line);
    }
}

static void put_certificate(struct purge *purge)
{
    char line[160];

    count_removed(purge);
    put(purge, "# 消去証明のデータ (data of the erasure certificate), made by oshirase "
               "purge.\ncertificate: 1\n"
               "date: ");
    put_quoted(purge, purge->order->date ? purge->order->date : "");
    put(purge, "\nby: ");
    put_quoted(purge, purge->order->by ? purge->order->by : "");
    (void)snprintf(line, sizeof line,
                   "\nmethod: unlinked\nfiles: %llu\nfolders: %llu\nbytes: %llu\nremoved:%s\n",
                   (unsigned long long)purge->totals.files,
                   (unsigned long long)purge->totals.folders,
                   (unsigned long long)purge->totals.bytes, purge->totals.files ? "" : " []");
    put(purge, line);
    put_list(purge, false);
    if (purge->remains) {
        put(purge, "remaining: # not removed\n");
        put_list(purge, true);
    }
}

static enum status check_words(const struct purge_order *order, struct error *error)
{
    struct date date;
    struct text by = text_of(order->by);
    bool good = !order->date || date_parse(text_of(order->date), &date) == DATE_OK;

    good = good && by.length <= BY_CHARACTERS && utf8_check(by) == by.length;
    for (uint32_t i = 0; i < by.length; i++)
        good = good && (unsigned char)by.bytes[i] >= ' ';
    return good ? OK : error_set(error, MSG_PURGE_WORDS);
}

/* -- the whole -- */

/* True: all of them are gone. */
static bool remove_some(struct purge *purge, bool folders, bool markers)
{
    bool good = true;
    for (size_t i = 0; i < purge->count; i++) {
        struct removal *removal = &purge->list[i];
        if (removal->folder != folders || removal->marker != markers)
            continue;
        removal->remains =
            !(folders ? os_remove_folder(removal->path) : os_remove_file(removal->path));
        good = good && !removal->remains;
    }
    return good;
}

/* What tells that a folder is ours goes last: so the command can be given again when something could not be removed.
 * Folders in the order of the list, each behind what it holds. */
static void remove_all(struct purge *purge)
{
    for (size_t i = 0; i < purge->count; i++)
        purge->list[i].remains = true;
    if (remove_some(purge, false, false) && remove_some(purge, false, true))
        (void)remove_some(purge, true, false);
}

static enum status write_certificate(struct purge *purge, const char *path, struct error *error)
{
    purge->error = error;
    purge->status = os_file_create(path, &purge->file, error);
    if (purge->status != OK)
        return STOP;
    put_certificate(purge);
    if (purge->status == OK)
        purge->status = os_file_seal(purge->file, error);
    if (purge->status != OK)
        os_file_abandon(purge->file);
    return purge->status;
}

/* Markers wait for the others: one of those is what could not be removed, if any is left. */
static const char *first_remaining(const struct purge *purge)
{
    const char *marker = NULL;
    for (size_t i = 0; i < purge->count; i++) {
        if (purge->list[i].remains && !purge->list[i].marker && !purge->list[i].folder)
            return purge->list[i].path;
        if (purge->list[i].remains && (!marker || purge->list[i].marker))
            marker = purge->list[i].path;
    }
    return marker;
}

/* Something is still there: the certificate says what, and what is gone. */
static enum status certify_rest(struct purge *purge, const char *part, const char *remaining,
                                struct error *error)
{
    enum status status = write_certificate(purge, purge->order->certificate, error);
    if (status == OK)
        os_unlink(part); /* else it stays: it lists all */
    return status == OK ? error_at(error, MSG_PURGE_REMAINS, remaining, 0, TEXT("")) : status;
}

/* Written and safe as .part before the first file goes; named when the last one is gone. */
static enum status certify(struct purge *purge, struct error *error)
{
    char part[LIMIT_PATH], folder[LIMIT_PATH];
    int size = snprintf(part, sizeof part, "%s.part", purge->order->certificate);

    if (size < 0 || (size_t)size >= sizeof part || os_exists(purge->order->certificate))
        return error_at(error, MSG_WRITE_FAILED, purge->order->certificate, 0, TEXT(""));
    if (write_certificate(purge, part, error) != OK)
        return STOP;
    remove_all(purge);
    const char *remaining = first_remaining(purge);
    enum status status = remaining ? certify_rest(purge, part, remaining, error)
                                   : os_rename_new(part, purge->order->certificate, error);
    os_path_folder(folder, purge->order->certificate);
    return status == OK ? os_sync_folder(folder, error) : status;
}

static void purge_close(struct purge *purge)
{
    for (size_t i = 0; i < purge->count; i++)
        memory_free(purge->list[i].path, purge->list[i].room);
    memory_free(purge->list, purge->room * sizeof *purge->list);
    memory_free(purge->chunk, purge->chunk ? CHUNK_BYTES : 0);
    digester_free(purge->digester);
}

enum status press_purge(const struct purge_order *order, struct purge_totals *totals,
                        struct error *error)
{
    struct purge purge = {.order = order};
    enum status status = check_words(order, error);

    if (status == OK)
        status = list_all(&purge, error);
    if (status == OK)
        status = digest_all(&purge, error);
    if (status == OK)
        status = certify(&purge, error);
    *totals = purge.totals;
    purge_close(&purge);
    return status;
}
