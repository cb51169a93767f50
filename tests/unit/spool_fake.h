/* tests/unit/spool_fake.h -- a small run through the spool: five units in two places, tables made of their rows.
 * Its bytes are a function of nothing, so any two runs that end well must leave equal trees. */
#ifndef TESTS_SPOOL_FAKE_H
#define TESTS_SPOOL_FAKE_H

#include "base/digest.h"
#include "spool/ledger.h"
#include "spool/spool.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct fake_unit {
    const char *name;
    size_t pdf, rows;
    bool hidden;
} fake_units[] = {
    {"lot-000001.pdf", 1000, 300, false},       {"lot-000002.pdf", 300000, 40, false},
    {"home/lot-000001.pdf", 7, 270000, false},  {"records-000001", 0, 500, false},
    {"lot-000001.pdf", 2000, 0, true},
};
#define FAKE_UNITS (sizeof fake_units / sizeof *fake_units)

static char fake_home[200];
static const uint8_t *fake_key; /* of rows; NULL: plain */

static inline void fake_open_home(void)
{
    const char *folder = getenv("TMPDIR");
    if (!folder)
        folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"; /* syncs cost nothing there */
    snprintf(fake_home, sizeof fake_home, "%s/oshirase-XXXXXX", folder);
    if (!mkdtemp(fake_home))
        abort();
}

static inline void fake_remove(const char *path)
{
    os_folder_remove(path);
}

static inline const char *fake_path(const char *name)
{
    static char paths[8][400];
    static int turn;
    char *path = paths[turn++ % 8];
    snprintf(path, 400, "%s/%s", fake_home, name);
    return path;
}

static inline struct digest fake_id(uint8_t byte)
{
    struct digest id;
    memset(id.bytes, byte, sizeof id.bytes);
    return id;
}

static inline void fake_bytes(uint8_t *out, size_t size, uint64_t seed)
{
    for (size_t i = 0; i < size; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        out[i] = (uint8_t)(seed >> 56);
    }
}

/* Written in uneven portions. */
static inline enum status fake_write(struct sink sink, size_t size, uint64_t seed, struct error *error)
{
    static uint8_t bytes[400000];
    enum status status = OK;
    fake_bytes(bytes, size, seed);
    for (size_t at = 0, step = 1; status == OK && at < size; step = step * 7 % 9001 + 1) {
        size_t part = size - at < step ? size - at : step;
        status = sink_write(&sink, bytes + at, part, error);
        at += part;
    }
    return status;
}

static inline struct spool_counts fake_counts(size_t i)
{
    return (struct spool_counts){1 + 10 * i, 10, 1 + 10 * i, 9, 11, 12};
}

static inline enum status fake_make(const char *folder, size_t i, struct spool_facts *facts, struct error *error)
{
    const struct fake_unit *want = &fake_units[i];
    struct spool_unit *unit;
    enum status status = spool_unit_begin(folder, want->name, &unit, error);
    if (status == OK)
        spool_unit_keyed(unit, fake_key);
    if (status == OK)
        status = fake_write(spool_unit_pdf(unit), want->pdf, i, error);
    if (status == OK)
        status = fake_write(spool_unit_rows(unit), want->rows, 100 + i, error);
    if (status == OK)
        return spool_unit_seal(unit, facts, error);
    spool_unit_drop(unit);
    return status;
}

static inline enum status fake_unit_done(struct spool *spool, const char *folder, size_t i, struct error *error)
{
    struct spool_facts facts;
    struct spool_counts counts = fake_counts(i);
    if (spool_has(spool, fake_units[i].name, NULL, NULL))
        return OK;
    enum status status = fake_make(folder, i, &facts, error);
    return status == OK ? spool_commit(spool, fake_units[i].name, &facts, &counts, error) : status;
}

static inline enum status fake_to_table(void *context, const void *bytes, size_t size, struct error *error)
{
    return spool_table_write(context, bytes, size, error);
}

static inline enum status fake_tables(struct spool *spool, bool hidden, struct error *error)
{
    struct spool_table *records, *manifest;
    enum status status = spool_table_open(spool, "records.csv", &records, error);
    if (status == OK)
        status = spool_table_open(spool, SPOOL_MANIFEST, &manifest, error);
    struct sink sink = {fake_to_table, status == OK ? records : NULL};
    for (size_t i = 0; status == OK && i < FAKE_UNITS; i++)
        if (fake_units[i].hidden == hidden)
            status = spool_rows_read(spool, fake_units[i].name, &sink, error);
    return status == OK ? spool_table_write(manifest, "seq\n", 4, error) : status;
}

struct fake {
    const char *out, *hidden; /* hidden may be NULL: one place */
    bool resume;
    size_t stop_after; /* units; 0 = all */
};

/* Gives 0, or the exit code. found: of OUT. */
static inline int fake_run(const struct fake *fake, enum spool_found *found, struct error *error)
{
    struct digest id = fake_id(1);
    struct spool *main = NULL, *hidden = NULL;
    enum spool_found found_hidden;
    enum status status = spool_check(fake->out, fake->resume, error);
    if (status == OK && fake->hidden)
        status = spool_check(fake->hidden, fake->resume, error);
    struct spool_order order = {fake->out, &id, fake->resume, false, NULL};
    if (status == OK)
        status = spool_open(&order, &main, found, error);
    order = (struct spool_order){fake->hidden, &id, fake->resume, true, NULL};
    if (status == OK && fake->hidden)
        status = spool_open(&order, &hidden, &found_hidden, error);
    if (status == OK && *found == SPOOL_SEALED) /* OUT is the last to be named: all is done */
        return spool_publish_both(hidden, main, error) == OK ? 0 : message_exit(error->message);
    for (size_t i = 0; status == OK && i < FAKE_UNITS; i++) {
        if (fake_units[i].hidden && !fake->hidden)
            continue;
        if (fake->stop_after && i == fake->stop_after) {
            spool_abandon(main);
            spool_abandon(hidden);
            return 5;
        }
        status = fake_units[i].hidden ? fake_unit_done(hidden, fake->hidden, i, error)
                                      : fake_unit_done(main, fake->out, i, error);
    }
    if (status == OK)
        status = fake_tables(main, false, error);
    if (status == OK && hidden)
        status = fake_tables(hidden, true, error);
    if (status == OK)
        return spool_publish_both(hidden, main, error) == OK ? 0 : message_exit(error->message);
    spool_abandon(hidden);
    spool_abandon(main);
    return message_exit(error->message);
}

/* -- trees -- */

static inline void fake_add_file(struct digester *digester, const char *path)
{
    static uint8_t bytes[65536];
    int fd = open(path, O_RDONLY);
    for (ssize_t got; fd >= 0 && (got = read(fd, bytes, sizeof bytes)) > 0;)
        digest_add(digester, bytes, (size_t)got);
    if (fd >= 0)
        close(fd);
}

static inline void fake_add_tree(struct digester *digester, const char *path)
{
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char below[600];
        struct stat facts;
        snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name);
        if (strcmp(names[i]->d_name, ".") != 0 && strcmp(names[i]->d_name, "..") != 0 &&
            lstat(below, &facts) == 0) {
            digest_add_text(digester, text_of(names[i]->d_name));
            digest_add_u32(digester, facts.st_mode);
            digest_add_u64(digester, S_ISREG(facts.st_mode) ? (uint64_t)facts.st_size : 0);
            if (S_ISDIR(facts.st_mode))
                fake_add_tree(digester, below);
            else
                fake_add_file(digester, below);
        }
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    else
        digest_add_text(digester, TEXT("missing"));
}

/* Names, modes and bytes of all below. */
static inline struct digest fake_tree(const char *path)
{
    struct digester *digester;
    struct digest digest;
    struct error error;
    if (digester_new(&digester, &error) != OK)
        abort();
    digest_start(digester);
    fake_add_tree(digester, path);
    if (digest_end(digester, &digest, &error) != OK)
        abort();
    digester_free(digester);
    return digest;
}

static inline bool fake_equal(const char *a, const char *b)
{
    struct digest left = fake_tree(a), right = fake_tree(b);
    return memcmp(left.bytes, right.bytes, sizeof left.bytes) == 0;
}

static inline void fake_put(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd) != 0)
        abort();
}

/* The bytes of a file; gives the size. */
static inline size_t fake_get(const char *path, uint8_t *out, size_t room)
{
    int fd = open(path, O_RDONLY);
    ssize_t got = fd >= 0 ? read(fd, out, room) : -1;
    if (got < 0)
        abort();
    close(fd);
    return (size_t)got;
}

static inline void fake_copy_file(const char *from, const char *to)
{
    static uint8_t bytes[1 << 20];
    fake_put(to, bytes, fake_get(from, bytes, sizeof bytes));
}

/* A copy of a place with one level of folders. */
static inline void fake_copy_tree(const char *from, const char *to)
{
    struct dirent **names;
    int count = scandir(from, &names, NULL, alphasort);
    mkdir(to, 0700);
    for (int i = 0; i < count; i++) {
        char a[600], b[600];
        struct stat facts;
        snprintf(a, sizeof a, "%s/%s", from, names[i]->d_name);
        snprintf(b, sizeof b, "%s/%s", to, names[i]->d_name);
        if (strcmp(names[i]->d_name, ".") != 0 && strcmp(names[i]->d_name, "..") != 0 && stat(a, &facts) == 0) {
            if (S_ISDIR(facts.st_mode))
                fake_copy_tree(a, b);
            else
                fake_copy_file(a, b);
        }
        free(names[i]);
    }
    if (count >= 0)
        free(names);
}

#endif
