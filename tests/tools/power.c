/* power LIST                             prints how many points there are at which the power may fail
 * power LIST ROOT POINT SEED FOLDER      makes FOLDER: what lies below ROOT after a power loss at that point
 *
 * LIST is what a faults build wrote under OSHIRASE_POWER (engine/base/os_call.h), in the order of the calls:
 *   O id path        a new file           W id offset size LF bytes LF
 *   F id path        file synced          S path   folder synced
 *   R from TAB to    U path (unlink)      M path (mkdir)      D path (rmdir)
 * Model of a disk: a write is sure once its file is synced, a name once its folder is. Of all else each write and
 * each name survives or not, in any choice, as the seed says: none, all, a first part, any subset; the last write
 * of a file that survives may be torn at 512 or 4,096 bytes; what was skipped before it reads as zeros. A name whose
 * folder is lost is lost with it.
 * Point 2k is just before the k-th sync or rename (from 0), 2k + 1 just after it. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST 100000
#define PATH 4096

struct chunk {
    uint64_t offset, size;
    const char *bytes;
};

struct file {
    struct chunk *chunks;
    size_t count, sure; /* the first `sure` chunks are on the disk */
};

enum kind { CREATE, RENAME, UNLINK, MKDIR, RMDIR };

struct change {
    enum kind kind;
    bool sure;
    uint32_t file; /* CREATE, RENAME; 0 = a folder */
    char *path, *from;
};

struct name {
    char *path;
    uint32_t file; /* 0 = a folder */
};

static struct file files[MOST];
static struct change changes[MOST];
static struct name names[MOST];
static size_t change_count, name_count;
static uint64_t seed;

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "power: %s\n", what);
    exit(1);
}

static uint64_t next_random(void)
{
    uint64_t value = seed += 0x9E3779B97F4A7C15u;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
    value = (value ^ value >> 27) * 0x94D049BB133111EBu;
    return value ^ value >> 31;
}

/* -- names as a folder has them -- */

static struct name *find(const char *path)
{
    for (size_t i = 0; i < name_count; i++)
        if (strcmp(names[i].path, path) == 0)
            return &names[i];
    return NULL;
}

static void drop(const char *path)
{
    struct name *name = find(path);
    if (name)
        *name = names[--name_count];
}

static void set(char *path, uint32_t file)
{
    drop(path);
    names[name_count++] = (struct name){path, file};
}

static void apply(const struct change *change)
{
    if (change->kind == RENAME)
        drop(change->from);
    if (change->kind == UNLINK || change->kind == RMDIR)
        drop(change->path);
    else
        set(change->path, change->file);
}

static bool lies_in(const char *path, const char *folder)
{
    const char *slash = strrchr(path, '/');
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    return slash && (size_t)(slash - path) == length && strncmp(path, folder, length) == 0;
}

/* -- the list -- */

static char *list, *list_end;

static void read_list(const char *path)
{
    FILE *input = fopen(path, "rb");
    struct stat facts;
    if (!input || stat(path, &facts) != 0)
        fail("list cannot be read");
    list = malloc((size_t)facts.st_size + 1);
    if (!list || fread(list, 1, (size_t)facts.st_size, input) != (size_t)facts.st_size)
        fail("list cannot be read");
    list_end = list + facts.st_size;
    *list_end = '\0';
    fclose(input);
}

static void add_change(enum kind kind, uint32_t file, char *path, char *from)
{
    if (change_count == MOST)
        fail("list is too long");
    changes[change_count++] = (struct change){kind, false, file, path, from};
}

/* The file that has this name now: all changes so far, surely or not. */
static uint32_t file_now(const char *path)
{
    uint32_t file = 0;
    const char *want = path;
    for (size_t i = change_count; i-- > 0;)
        if (strcmp(changes[i].path, want) == 0) {
            file = changes[i].file;
            break;
        }
    return file;
}

static void add_chunk(uint32_t id, const struct chunk *chunk)
{
    struct file *file = &files[id];
    file->chunks = realloc(file->chunks, (file->count + 1) * sizeof *file->chunks);
    if (!file->chunks)
        fail("memory");
    file->chunks[file->count++] = *chunk;
}

static void sync_folder(const char *folder)
{
    for (size_t i = 0; i < change_count; i++)
        if (!changes[i].sure && lies_in(changes[i].path, folder)) {
            changes[i].sure = true;
            apply(&changes[i]);
        }
}

static uint32_t read_id(const char *text)
{
    unsigned long id = strtoul(text, NULL, 10);
    if (id == 0 || id >= MOST)
        fail("list is no list");
    return (uint32_t)id;
}

/* One entry, at its first letter; gives the entry behind it. */
static char *take(char *entry, char *line_end)
{
    char *rest = entry + 2, *tab = strchr(rest, '\t'), *end;
    switch (*entry) {
    case 'O':
        add_change(CREATE, read_id(rest), strchr(rest, ' ') + 1, NULL);
        break;
    case 'W': {
        struct chunk chunk = {0, 0, line_end + 1};
        uint32_t id = read_id(rest);
        chunk.offset = strtoull(strchr(rest, ' ') + 1, &end, 10);
        chunk.size = strtoull(end + 1, NULL, 10);
        add_chunk(id, &chunk);
        return line_end + 1 + chunk.size + 1;
    }
    case 'F':
        files[read_id(rest)].sure = files[read_id(rest)].count;
        break;
    case 'S':
        sync_folder(rest);
        break;
    case 'R':
        *tab = '\0';
        add_change(RENAME, file_now(rest), tab + 1, rest);
        break;
    case 'U':
        add_change(UNLINK, 0, rest, NULL);
        break;
    case 'M':
        add_change(MKDIR, 0, rest, NULL);
        break;
    case 'D':
        add_change(RMDIR, 0, rest, NULL);
        break;
    default:
        fail("list is no list");
    }
    return line_end + 1;
}

/* Takes the list up to the point; gives how many syncs and renames there are in all when the point is beyond. */
static uint64_t play(uint64_t point)
{
    uint64_t syncs = 0;
    for (char *entry = list; entry < list_end;) {
        char *line_end = memchr(entry, '\n', (size_t)(list_end - entry));
        if (!line_end)
            fail("list is cut off");
        bool counts = strchr("FSR", *entry) != NULL;
        if (counts && point == 2 * syncs)
            break;
        *line_end = '\0';
        entry = take(entry, line_end);
        syncs += counts;
        if (counts && point + 1 == 2 * syncs)
            break;
    }
    return syncs;
}

/* -- what survives -- */

/* Which of `count` unsure things survive: ways 0 none, 1 all, 2 a first part, 3 any. */
struct choice {
    uint64_t way, cut;
};

static struct choice choose(size_t count)
{
    return (struct choice){next_random() % 4, count ? next_random() % (count + 1) : 0};
}

static bool survives(const struct choice *choice, size_t index)
{
    bool coin = next_random() % 2;
    return choice->way == 1 || (choice->way == 2 && index < choice->cut) ||
           (choice->way == 3 && coin);
}

static void lose_names(void)
{
    struct choice choice = choose(change_count);
    for (size_t i = 0; i < change_count; i++)
        if (!changes[i].sure && survives(&choice, i))
            apply(&changes[i]);
}

static void write_chunk(FILE *output, const struct chunk *chunk, uint64_t size)
{
    if (size && (fseek(output, (long)chunk->offset, SEEK_SET) != 0 ||
                 fwrite(chunk->bytes, 1, size, output) != size))
        fail("image cannot be written");
}

/* Bytes of a chunk that reach the disk when it is torn: whole sectors only. */
static uint64_t torn(const struct chunk *chunk)
{
    uint64_t sector = next_random() % 2 ? 512 : 4096;
    uint64_t end = (chunk->offset + next_random() % (chunk->size + 1)) / sector * sector;
    return end > chunk->offset ? end - chunk->offset : 0;
}

static void write_file(const struct file *file, const char *path)
{
    FILE *output = fopen(path, "wb");
    if (!output)
        fail("image cannot be written");
    for (size_t i = 0; i < file->sure; i++)
        write_chunk(output, &file->chunks[i], file->chunks[i].size);
    size_t unsure = file->count - file->sure;
    struct choice choice = choose(unsure);
    for (size_t i = 0; i < unsure; i++) {
        const struct chunk *chunk = &file->chunks[file->sure + i];
        bool tear = next_random() % 3 == 0;
        if (survives(&choice, i))
            write_chunk(output, chunk, tear ? torn(chunk) : chunk->size);
    }
    if (fclose(output) != 0)
        fail("image cannot be written");
    chmod(path, 0600);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->path, ((const struct name *)b)->path);
}

/* Folders come before what is in them; where one is lost, fopen and mkdir below it fail, and that is the loss. */
static void write_image(const char *root, const char *folder)
{
    size_t length = strlen(root);
    qsort(names, name_count, sizeof *names, by_path);
    mkdir(folder, 0700);
    for (size_t i = 0; i < name_count; i++) {
        char path[2 * PATH], above[2 * PATH];
        if (strncmp(names[i].path, root, length) != 0 || names[i].path[length] != '/')
            continue;
        struct stat facts;
        snprintf(path, sizeof path, "%s%s", folder, names[i].path + length);
        snprintf(above, sizeof above, "%s", path);
        *strrchr(above, '/') = '\0';
        if (stat(above, &facts) != 0)
            continue;
        if (names[i].file)
            write_file(&files[names[i].file], path);
        else
            mkdir(path, 0700);
    }
}

int main(int count, char **arguments)
{
    if (count != 2 && count != 6) {
        fprintf(stderr, "usage: power LIST [ROOT POINT SEED FOLDER]\n");
        return 2;
    }
    read_list(arguments[1]);
    if (count == 2) {
        printf("%llu\n", (unsigned long long)(2 * play(UINT64_MAX - 1)));
        return 0;
    }
    seed = strtoull(arguments[4], NULL, 10) * 1000003 + strtoull(arguments[3], NULL, 10);
    (void)play(strtoull(arguments[3], NULL, 10));
    lose_names();
    write_image(arguments[2], arguments[5]);
    return 0;
}
