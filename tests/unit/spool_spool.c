#include "unit/check.h"

#include "unit/spool_fake.h"

#include <signal.h>
#include <sys/inotify.h>
#include <sys/resource.h>

static const char *out, *good;
static struct error error;

static void fresh(const char *name)
{
    out = fake_path(name);
    fake_remove(out);
}

static const char *in_out(const char *name)
{
    static char path[600];
    snprintf(path, sizeof path, "%s/%s", out, name);
    return path;
}

static bool here(const char *name)
{
    return os_exists(in_out(name));
}

static void put(const char *name, const char *bytes)
{
    fake_put(in_out(name), bytes, strlen(bytes));
}

/* How many names lie in OUT, hidden ones too; -1: there is no OUT. */
static int count(void)
{
    int names = 0;
    DIR *folder = opendir(out);
    if (!folder)
        return -1;
    while (readdir(folder))
        names++;
    closedir(folder);
    return names - 2;
}

static enum status open_as(uint8_t id, bool resume, struct spool **spool, enum spool_found *found)
{
    struct digest run = fake_id(id);
    struct spool_order order = {out, &run, resume, false, NULL};
    return spool_open(&order, spool, found, &error);
}

static struct spool *open_spool(void)
{
    struct spool *spool;
    enum spool_found found;
    if (open_as(1, false, &spool, &found) != OK || found != SPOOL_FRESH)
        abort();
    return spool;
}

static void commit(struct spool *spool, size_t i)
{
    if (fake_unit_done(spool, out, i, &error) != OK)
        abort();
}

static int run(bool resume, size_t stop_after, enum spool_found *found)
{
    struct fake fake = {.out = out, .resume = resume, .stop_after = stop_after};
    return fake_run(&fake, found, &error);
}

static void straight(void **state)
{
    (void)state;
    enum spool_found found;
    struct stat facts;
    fresh("straight");
    row_check(1, spool_check(out, false, &error) == OK && count() == -1);
    row_check(2, run(false, 0, &found) == 0 && found == SPOOL_FRESH);
    row_check(3, count() == 6); /* two lots, home, ledger, records.csv, manifest.csv */
    row_check(4, here("home/lot-000001.pdf") && !here("records-000001") && !here(".work"));
    static const char *const files[] = {"lot-000001.pdf", "home/lot-000001.pdf", "ledger",
                                        "manifest.csv"};
    for (int i = 0; i < 4; i++)
        row_check(5 + i, stat(in_out(files[i]), &facts) == 0 && (facts.st_mode & 0777) == 0600);
    row_check(9, stat(in_out("home"), &facts) == 0 && (facts.st_mode & 0777) == 0700);
    row_check(10, stat(out, &facts) == 0 && (facts.st_mode & 0777) == 0700);
    row_check(11, fake_equal(out, good));
    /* A sealed OUT: refused, or said to be so; never touched. */
    row_check(12, spool_check(out, false, &error) == STOP && error.message == MSG_OUT_NOT_EMPTY);
    row_check(13, spool_check(out, true, &error) == OK);
    row_check(14, run(false, 0, &found) == 2 && error.message == MSG_OUT_NOT_EMPTY);
    row_check(15, run(true, 0, &found) == 0 && found == SPOOL_SEALED);
    struct spool *spool;
    row_check(16, open_as(2, true, &spool, &found) == STOP && error.message == MSG_OUT_OTHER_RUN);
    row_check(17, message_exit(error.message) == 2 && !spool && fake_equal(out, good));
    check_rows();
}

static void refusals(void **state)
{
    (void)state;
    enum spool_found found;
    struct spool *spool;
    fresh("plain");
    fake_put(out, "", 0);
    row_check(1, spool_check(out, true, &error) == STOP && error.message == MSG_OUT_NOT_FOLDER);
    row_check(2, strcmp(error.file, "plain") == 0 && message_exit(error.message) == 2);
    fresh("full");
    mkdir(out, 0700);
    row_check(3, spool_check(out, false, &error) == OK && count() == 0);
    put(".hidden", "foreign");
    row_check(4, spool_check(out, false, &error) == STOP && error.message == MSG_OUT_NOT_EMPTY);
    row_check(5, spool_check(out, true, &error) == STOP && error.message == MSG_OUT_NOT_EMPTY);
    row_check(6, open_as(1, true, &spool, &found) == STOP && !spool && count() == 1);
    fresh("manifest-alone"); /* without a ledger it is nobody's */
    mkdir(out, 0700);
    put(SPOOL_MANIFEST, "seq\n");
    row_check(7, spool_check(out, true, &error) == STOP && error.message == MSG_OUT_NOT_EMPTY);
    fresh("bare"); /* killed before the ledger had its name */
    mkdir(out, 0700);
    put("ledger.part", "1 ru");
    row_check(8, spool_check(out, false, &error) == STOP && error.message == MSG_OUT_UNFINISHED);
    row_check(9, run(true, 0, &found) == 0 && found == SPOOL_FRESH && fake_equal(out, good));
    fresh("locked");
    mkdir(out, 0500);
    row_check(10, geteuid() == 0 || spool_check(out, false, &error) == STOP);
    row_check(11, geteuid() == 0 || error.message == MSG_OUT_NOT_WRITABLE);
    fresh("missing/deep");
    row_check(12, run(true, 0, &found) == 0 && found == SPOOL_FRESH && fake_equal(out, good));
    fresh("private");
    mkdir(out, 0755);
    struct digest id = fake_id(1);
    struct spool_order order = {out, &id, false, true, NULL};
    struct stat facts;
    row_check(13, spool_open(&order, &spool, &found, &error) == OK);
    row_check(14, stat(out, &facts) == 0 && (facts.st_mode & 0777) == 0700);
    spool_abandon(spool);
    row_check(15, count() == 0); /* was there before: stays */
    check_rows();
}

/* Interrupted behind each unit and resumed: the same bytes; and what was sealed is not made again. */
static void resuming(void **state)
{
    (void)state;
    enum spool_found found;
    for (size_t n = 1; n < FAKE_UNITS - 1; n++) {
        struct stat before, after;
        int row = 10 * (int)n;
        fresh("resumed");
        row_check(row, run(false, n, &found) == 5 && found == SPOOL_FRESH);
        row_check(row + 1, !here(SPOOL_MANIFEST) && here("ledger"));
        row_check(row + 2, stat(in_out("lot-000001.pdf"), &before) == 0);
        row_check(row + 3, run(false, 0, &found) == 2 && error.message == MSG_OUT_UNFINISHED);
        struct spool *spool;
        row_check(row + 4,
                  open_as(2, true, &spool, &found) == STOP && error.message == MSG_OUT_OTHER_RUN);
        row_check(row + 5, run(true, 0, &found) == 0 && found == SPOOL_CONTINUED);
        row_check(row + 6, fake_equal(out, good));
        row_check(row + 7,
                  stat(in_out("lot-000001.pdf"), &after) == 0 && before.st_ino == after.st_ino);
    }
    fresh("nothing");
    struct spool *spool = open_spool();
    row_check(91, spool_committed(spool) == 0 && here("ledger"));
    spool_abandon(spool);
    row_check(92, count() == -1); /* made by the run: gone with it */
    row_check(93, open_as(1, true, &spool, &found) == OK && found == SPOOL_FRESH);
    commit(spool, 0);
    struct spool_facts facts;
    struct spool_counts counts, want = fake_counts(0);
    row_check(94, spool_has(spool, "lot-000001.pdf", &facts, &counts) && facts.lot_bytes == 1000);
    row_check(95, memcmp(&counts, &want, sizeof counts) == 0 && facts.rows_bytes == 300);
    row_check(96,
              !spool_has(spool, "lot-000002.pdf", NULL, NULL) && spool_lot_bytes(spool) == 1000);
    spool_abandon(spool);
    row_check(97, open_as(1, true, &spool, &found) == OK && spool_lot_bytes(spool) == 1000);
    row_check(98, spool_has(spool, "lot-000001.pdf", &facts, &counts) &&
                      memcmp(&counts, &want, sizeof counts) == 0 && spool_committed(spool) == 1);
    spool_abandon(spool);
    spool_abandon(NULL);
    check_rows();
}

/* A .part file is read by nobody but its own reread: one that lies about never gets into the output. */
static void invariant_1(void **state)
{
    (void)state;
    enum spool_found found;
    struct spool_facts facts;
    struct spool_counts counts = fake_counts(1);
    fresh("one");
    row_check(1, run(false, 1, &found) == 5);
    put("lot-000002.pdf.part", "%PDF of a run that was killed");
    put(".work/lot-000002.pdf.rows", "rows of it");
    row_check(2, run(true, 0, &found) == 0 && found == SPOOL_CONTINUED && fake_equal(out, good));
    /* And one that is put in place of a sealed one gets no record. */
    fresh("one-b");
    struct spool *spool = open_spool();
    row_check(3, fake_make(out, 1, &facts, &error) == OK);
    put("lot-000002.pdf.part", "%PDF of another");
    row_check(4, spool_commit(spool, "lot-000002.pdf", &facts, &counts, &error) == STOP);
    row_check(5, spool_committed(spool) == 0);
    spool_abandon(spool);
    row_check(6, count() == -1);
    check_rows();
}

/* Lots, rows and parts without a record go; what has a record stays. */
static void invariant_2(void **state)
{
    (void)state;
    enum spool_found found;
    fresh("two");
    row_check(1, run(false, 3, &found) == 5);
    static const char *const garbage[] = {
        "lot-000003.pdf",      "lot-000009.pdf.part",      "records.csv.part",     "ledger.part",
        "home/lot-000002.pdf", "home/lot-000003.pdf.part", ".work/lot-9.pdf.rows", ".work/junk"};
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++)
        put(garbage[i], "garbage");
    mkdir(in_out("counter"), 0700);
    put("counter/lot-000001.pdf", "garbage");
    struct spool *spool;
    row_check(2, open_as(1, true, &spool, &found) == OK && found == SPOOL_CONTINUED);
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++)
        row_check(10 + (int)i, !here(garbage[i]));
    row_check(30, !here("counter") && here("lot-000002.pdf") && here("home/lot-000001.pdf"));
    row_check(31, here(".work/lot-000001.pdf.rows") && here(".work/home+lot-000001.pdf.rows"));
    spool_abandon(spool);
    put("records.csv", "of a run killed while it gave the names");
    row_check(32, run(true, 0, &found) == 0 && fake_equal(out, good));
    /* A lot that is gone, or of another length, has its record in vain: it and all behind it are made again. */
    fresh("two-b");
    row_check(33, run(false, 3, &found) == 5 && truncate(in_out("lot-000002.pdf"), 10) == 0);
    row_check(34, run(true, 0, &found) == 0 && found == SPOOL_CONTINUED && fake_equal(out, good));
    fresh("two-c");
    row_check(35, run(false, 3, &found) == 5 && unlink(in_out(".work/lot-000001.pdf.rows")) == 0);
    row_check(36, run(true, 0, &found) == 0 && found == SPOOL_FRESH && fake_equal(out, good));
    /* So are one that went bad in its length, and one whose rows did. */
    static const char *const bad[] = {"lot-000002.pdf", ".work/lot-000002.pdf.rows"};
    for (int i = 0; i < 2; i++) {
        fresh("two-d");
        row_check(40 + 3 * i, run(false, 3, &found) == 5);
        int fd = open(in_out(bad[i]), O_WRONLY);
        row_check(41 + 3 * i, pwrite(fd, "?", 1, 7) == 1 && close(fd) == 0);
        row_check(42 + 3 * i,
                  run(true, 0, &found) == 0 && found == SPOOL_CONTINUED && fake_equal(out, good));
    }
    /* A link in the place of a lot or a table is removed, not followed. */
    fresh("two-e");
    row_check(50, run(false, 3, &found) == 5);
    put("counted", "kept");
    row_check(51, symlink("counted", in_out("lot-000007.pdf")) == 0 &&
                      symlink("counted", in_out("manifest.csv.part")) == 0);
    row_check(52, run(true, 0, &found) == 0 && !here("lot-000007.pdf") && here("counted"));
    row_check(53, unlink(in_out("counted")) == 0 && fake_equal(out, good));
    check_rows();
}

/* A finished place of which somebody took the manifest is not begun anew: that would delete what is finished. */
static void robbed(void **state)
{
    (void)state;
    enum spool_found found;
    fresh("robbed");
    row_check(1, run(false, 0, &found) == 0 && unlink(in_out(SPOOL_MANIFEST)) == 0);
    struct digest before = fake_tree(out);
    row_check(2, run(true, 0, &found) == 2 && error.message == MSG_OUT_NO_MANIFEST);
    row_check(3, run(false, 0, &found) == 2 && error.message == MSG_OUT_UNFINISHED);
    struct digest after = fake_tree(out);
    row_check(4, memcmp(before.bytes, after.bytes, sizeof before.bytes) == 0);
    row_check(5,
              mkdir(in_out(SPOOL_WORK), 0700) == 0); /* killed before the manifest had its name */
    row_check(6, run(true, 0, &found) == 0 && found == SPOOL_FRESH && fake_equal(out, good));
    check_rows();
}

/* The record comes after the name: the kernel tells the order in which names and the ledger change. */
static void invariant_3(void **state)
{
    (void)state;
    _Alignas(struct inotify_event) char events[8192];
    bool lot = false, ledger_after_lot = false, ledger_before_lot = false;
    fresh("three");
    struct spool *spool = open_spool();
    int watch = inotify_init1(IN_NONBLOCK);
    if (watch < 0 || inotify_add_watch(watch, out, IN_MOVED_TO | IN_MODIFY) < 0)
        abort();
    commit(spool, 0);
    ssize_t size = read(watch, events, sizeof events);
    for (ssize_t at = 0; at < size;) {
        const struct inotify_event *event = (const void *)(events + at);
        lot = lot || ((event->mask & IN_MOVED_TO) && strcmp(event->name, "lot-000001.pdf") == 0);
        bool ledger = strcmp(event->name, "ledger") == 0;
        ledger_after_lot = ledger_after_lot || (ledger && lot);
        ledger_before_lot = ledger_before_lot || (ledger && !lot);
        at += (ssize_t)(sizeof *event + event->len);
    }
    close(watch);
    row_check(1, lot && ledger_after_lot && !ledger_before_lot);
    /* A unit of which the file is not there in its length gets no record. */
    struct spool_facts facts;
    struct spool_counts counts = fake_counts(1);
    row_check(2, fake_make(out, 1, &facts, &error) == OK);
    facts.lot_bytes++;
    row_check(3, spool_commit(spool, "lot-000002.pdf", &facts, &counts, &error) == STOP);
    row_check(4, error.message == MSG_REREAD_DIFFERS && message_exit(error.message) == 6);
    facts.lot_bytes--;
    facts.rows_bytes--;
    row_check(5, spool_commit(spool, "lot-000002.pdf", &facts, &counts, &error) == STOP);
    facts.rows_bytes++;
    row_check(6, spool_commit(spool, "lot-000002.pdf", &facts, &counts, &error) == OK);
    row_check(7, spool_committed(spool) == 2);
    spool_abandon(spool);
    check_rows();
}

/* The manifest is the last name, behind a seal record; without the table of that name nothing is published. */
static void invariant_5(void **state)
{
    (void)state;
    _Alignas(struct inotify_event) char events[8192];
    static const char *const names[] = {"records.csv", "report.json", SPOOL_MANIFEST};
    fresh("five");
    struct spool *spool = open_spool();
    struct spool_table *table;
    commit(spool, 0);
    for (int i = 0; i < 3; i++)
        row_check(1 + i, spool_table_open(spool, names[i], &table, &error) == OK);
    row_check(4, spool_table_write(table, "seq\n", 4, &error) == OK && !here(SPOOL_MANIFEST));
    int watch = inotify_init1(IN_NONBLOCK);
    if (watch < 0 || inotify_add_watch(watch, out, IN_MOVED_TO | IN_MODIFY) < 0)
        abort();
    row_check(5, spool_publish(spool, &error) == OK);
    ssize_t size = read(watch, events, sizeof events);
    int seen = 0;
    bool seal = false;
    for (ssize_t at = 0; at < size;) {
        const struct inotify_event *event = (const void *)(events + at);
        seal = seal || strcmp(event->name, "ledger") == 0;
        if (event->mask & IN_MOVED_TO) {
            row_check(10 + seen, seal && seen < 3 && strcmp(event->name, names[seen]) == 0);
            seen++;
        }
        at += (ssize_t)(sizeof *event + event->len);
    }
    close(watch);
    row_check(6, seen == 3);
    fresh("five-b");
    spool = open_spool();
    commit(spool, 0);
    row_check(7, spool_table_open(spool, "records.csv", &table, &error) == OK);
    row_check(8, spool_publish(spool, &error) == STOP && error.message == MSG_BUG);
    row_check(9, strcmp(error.name, "invariant 5") == 0 && !here("records.csv") && here("ledger"));
    check_rows();
}

/* No lot and no manifest is opened for writing once it has its name. */
static void invariant_6(void **state)
{
    (void)state;
    struct spool_facts facts;
    struct spool_counts counts = fake_counts(0);
    fresh("six");
    struct spool *spool = open_spool();
    commit(spool, 0);
    struct digest before = fake_tree(out);
    row_check(1, fake_make(out, 0, &facts, &error) == STOP); /* its rows are there */
    row_check(2,
              fake_make(out, 4, &facts, &error) == OK); /* a unit of the same name without rows */
    row_check(3, spool_commit(spool, "lot-000001.pdf", &facts, &counts, &error) == STOP);
    row_check(4, error.message == MSG_BUG && strcmp(error.name, "invariant 6") == 0);
    row_check(5, unlink(in_out("lot-000001.pdf.part")) == 0);
    struct digest after = fake_tree(out);
    row_check(6, memcmp(before.bytes, after.bytes, sizeof before.bytes) == 0);
    put("lot-000002.pdf", "of somebody else"); /* renaming never replaces */
    row_check(7, fake_make(out, 1, &facts, &error) == OK);
    row_check(8, spool_commit(spool, "lot-000002.pdf", &facts, &counts, &error) == STOP);
    row_check(9, error.message == MSG_RENAME_FAILED && here("lot-000002.pdf"));
    row_check(10, !here("lot-000002.pdf.part") && !here(".work/lot-000002.pdf.rows"));
    spool_abandon(spool);
    check_rows();
}

/* Ledger that cannot be written: nothing more is committed to it; the resume makes a new one. (Failed syncs, and that
 * none is tried again: spool_faults.) */
static void invariant_7(void **state)
{
    (void)state;
    struct rlimit before, small;
    struct stat one, two;
    enum spool_found found;
    fresh("seven");
    struct spool *spool = open_spool();
    commit(spool, 0);
    struct spool_facts first, second;
    struct spool_counts counts = fake_counts(1);
    row_check(1,
              fake_make(out, 2, &first, &error) == OK && fake_make(out, 1, &second, &error) == OK);
    getrlimit(RLIMIT_FSIZE, &before);
    row_check(2, stat(in_out("ledger"), &one) == 0);
    small = (struct rlimit){(rlim_t)one.st_size + 10, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    row_check(3, spool_commit(spool, "home/lot-000001.pdf", &first, &counts, &error) == STOP);
    row_check(4, error.message == MSG_DISK_FULL && strcmp(error.file, "ledger") == 0);
    setrlimit(RLIMIT_FSIZE, &before);
    row_check(5, spool_commit(spool, "lot-000002.pdf", &second, &counts, &error) == STOP);
    row_check(6, error.message == MSG_BUG && strcmp(error.name, "invariant 7") == 0);
    spool_abandon(spool);
    row_check(7, run(true, 0, &found) == 0 && found == SPOOL_CONTINUED && fake_equal(out, good));
    row_check(8, stat(in_out("ledger"), &two) == 0 && one.st_ino != two.st_ino);
    check_rows();
}

/* Times of files lie a century apart; nothing cares. */
static void invariant_8(void **state)
{
    (void)state;
    enum spool_found found;
    const struct timespec past[2] = {{1, 0}, {1, 0}},
                          future[2] = {{4102444800, 0}, {4102444800, 0}};
    fresh("eight");
    row_check(1, run(false, 2, &found) == 5);
    utimensat(AT_FDCWD, in_out("ledger"), past, 0);
    utimensat(AT_FDCWD, in_out("lot-000001.pdf"), future, 0);
    utimensat(AT_FDCWD, in_out("lot-000002.pdf"), past, 0);
    row_check(2, run(true, 0, &found) == 0 && found == SPOOL_CONTINUED && fake_equal(out, good));
    check_rows();
}

/* What is reread is not what was written: exit 6, nothing is left. */
static void rereading(void **state)
{
    (void)state;
    static const char *const parts[] = {"lot-000002.pdf.part", ".work/lot-000002.pdf.rows"};
    static uint8_t bytes[600000];
    fresh("reread");
    struct spool *spool = open_spool();
    for (int i = 0; i < 4; i++) { /* a byte changed, a byte more; of the lot, of its rows */
        struct spool_unit *unit;
        struct spool_facts facts;
        row_check(10 * i, spool_unit_begin(out, "lot-000002.pdf", &unit, &error) == OK);
        fake_bytes(bytes, sizeof bytes, 7);
        struct sink pdf = spool_unit_pdf(unit), rows = spool_unit_rows(unit);
        row_check(10 * i + 1, sink_write(&pdf, bytes, sizeof bytes, &error) == OK);
        row_check(10 * i + 2, sink_write(&rows, bytes, sizeof bytes, &error) == OK);
        /* A block is on the disk already: bit rot comes before the seal. The last one will overwrite nothing. */
        int fd = open(in_out(parts[i % 2]), O_WRONLY);
        off_t at = i < 2 ? 1000 : (off_t)sizeof bytes;
        row_check(10 * i + 3, fd >= 0 && pwrite(fd, "?", 1, at) == 1 && close(fd) == 0);
        row_check(10 * i + 4, spool_unit_seal(unit, &facts, &error) == STOP);
        row_check(10 * i + 5, error.message == MSG_REREAD_DIFFERS);
        row_check(10 * i + 6, !here(parts[0]) && !here(parts[1]));
    }
    spool_abandon(spool);
    row_check(90, count() == -1);
    check_rows();
}

static enum status keep_nothing(void *context, const void *bytes, size_t size,
                                struct error *problem)
{
    (void)bytes;
    (void)problem;
    *(size_t *)context += size;
    return OK;
}

static void rows(void **state)
{
    (void)state;
    size_t size = 0;
    const struct sink sink = {keep_nothing, &size};
    fresh("rows");
    struct spool *spool = open_spool();
    commit(spool, 2);
    commit(spool, 4);
    row_check(1,
              spool_rows_read(spool, "home/lot-000001.pdf", &sink, &error) == OK && size == 270000);
    row_check(2, spool_rows_read(spool, "lot-000001.pdf", &sink, &error) == OK && size == 270000);
    row_check(3, spool_rows_read(spool, "lot-000002.pdf", &sink, &error) == STOP);
    row_check(4, error.message == MSG_BUG && strcmp(error.name, "invariant 1") == 0);
    int fd = open(in_out(".work/home+lot-000001.pdf.rows"), O_WRONLY);
    row_check(5, pwrite(fd, "?", 1, 269999) == 1);
    row_check(6, spool_rows_read(spool, "home/lot-000001.pdf", &sink, &error) == STOP);
    row_check(7, error.message == MSG_ROWS_DIFFER && message_exit(error.message) == 6);
    row_check(8, ftruncate(fd, 1000) == 0 && close(fd) == 0);
    row_check(9, spool_rows_read(spool, "home/lot-000001.pdf", &sink, &error) == STOP);
    row_check(10, error.message == MSG_ROWS_DIFFER);
    spool_abandon(spool);
    check_rows();
}

static void names(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *name;
        bool good, pdf;
    } cases[] = {
        {1, "lot-000001.pdf", true, true},
        {2, "a/lot-1.pdf", true, true},
        {3, "records-1", true, false},
        {4, "x/records-1", true, false},
        {5, "", false, false},
        {6, "a/b/lot-1.pdf", false, false},
        {7, "../lot-1.pdf", false, false},
        {8, "/lot-1.pdf", false, false},
        {9, "a//lot-1.pdf", false, false},
        {10, "a/.lot-1.pdf", false, false},
        {11, "a/", false, false},
        {12, "lot 1.pdf", false, false},
        {13, "LOT-1.pdf", false, false},
        {14, "lot-1+2.pdf", false, false},
        {15, ".work/lot-1.pdf", false, false},
        {16, "lot-0123456789012345678901234567890123456789012345678901234.pdf", true, true},
        {17, "lot-01234567890123456789012345678901234567890123456789012345.pdf", false, false},
        {18, "lot-1.txt", true, false},
    };
    fresh("names");
    struct spool *spool = open_spool();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spool_unit *unit;
        enum status status = spool_unit_begin(out, cases[i].name, &unit, &error);
        row_check(cases[i].row, (status == OK) == cases[i].good && (unit != NULL) == cases[i].good);
        if (!unit)
            continue;
        struct sink pdf = spool_unit_pdf(unit);
        row_check(cases[i].row, (sink_write(&pdf, "%PDF", 4, &error) == OK) == cases[i].pdf);
        spool_unit_drop(unit);
    }
    spool_unit_drop(NULL);
    static const char *const bad[] = {
        "",          "a/b",
        "..",        ".x",
        "ledger",    "a.part",
        "lot-1.pdf", "0123456789012345678901234567890123456789012345678901234567890123"};
    struct spool_table *table;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        row_check(50 + (int)i, spool_table_open(spool, bad[i], &table, &error) == STOP && !table);
    row_check(70, spool_table_open(spool, "a.csv", &table, &error) == OK);
    row_check(71, spool_table_open(spool, "a.csv", &table, &error) == STOP);
    spool_abandon(spool);
    row_check(72, count() == -1);
    check_rows();
}

/* Two processes: the second waits for the first, up to two seconds, then says so. */
static void two_processes(void **state)
{
    (void)state;
    int ready[2], result;
    char byte = 'x';
    enum spool_found found;
    struct spool *spool;
    fresh("two-processes");
    for (int turn = 0; turn < 2; turn++) {
        if (pipe(ready) != 0)
            abort();
        pid_t child = fork();
        if (child == 0) {
            spool = open_spool();
            commit(spool, 0);
            (void)!write(ready[1], &byte, 1);
            os_sleep_ms(turn == 0 ? 400 : 2600);
            spool_abandon(spool);
            _exit(0);
        }
        row_check(10 * turn + 1, read(ready[0], &byte, 1) == 1);
        row_check(10 * turn + 2,
                  spool_check(out, false, &error) == STOP && error.message == MSG_OUT_BUSY);
        enum status status = open_as(1, true, &spool, &found);
        row_check(10 * turn + 3, status == (turn == 0 ? OK : STOP));
        row_check(10 * turn + 4,
                  turn == 0 || (error.message == MSG_OUT_BUSY && message_exit(error.message) == 5));
        row_check(10 * turn + 5, turn == 1 || found == SPOOL_CONTINUED);
        waitpid(child, &result, 0);
        if (turn == 0)
            spool_abandon(spool);
        close(ready[0]);
        close(ready[1]);
        fake_remove(out);
    }
    /* A worker outlives its killed parent: the lock is held until it is gone too. */
    if (pipe(ready) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        spool = open_spool();
        commit(spool, 0);
        if (fork() == 0) {
            os_sleep_ms(700);
            _exit(0);
        }
        (void)!write(ready[1], &byte, 1);
        kill(getpid(), SIGKILL);
    }
    row_check(30, read(ready[0], &byte, 1) == 1 && waitpid(child, &result, 0) == child);
    row_check(31, os_folder_locked(out));
    row_check(32, open_as(1, true, &spool, &found) == OK && found == SPOOL_CONTINUED && spool);
    spool_abandon(spool);
    row_check(33, !os_folder_locked(out) && here("lot-000001.pdf"));
    check_rows();
}

/* Any number of units at once, in other processes, committed in order: the ledger of one process. */
static void many_makers(void **state)
{
    (void)state;
    fresh("makers");
    struct spool *spool = open_spool();
    struct spool_facts *facts = os_shared_new(FAKE_UNITS * sizeof *facts);
    for (size_t i = 0; i < 4; i++)
        if (fork() == 0)
            _exit(fake_make(out, i, &facts[i], &error) == OK ? 0 : 1);
    for (int i = 0; i < 4; i++) {
        int result = -1;
        row_check(1 + i, wait(&result) > 0 && result == 0);
    }
    for (size_t i = 0; i < 4; i++) {
        struct spool_counts counts = fake_counts(i);
        row_check(10 + (int)i,
                  spool_commit(spool, fake_units[i].name, &facts[i], &counts, &error) == OK);
    }
    os_shared_free(facts, FAKE_UNITS * sizeof *facts);
    row_check(20, fake_tables(spool, false, &error) == OK && spool_publish(spool, &error) == OK);
    row_check(21, fake_equal(out, good));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight),      cmocka_unit_test(refusals),
        cmocka_unit_test(resuming),      cmocka_unit_test(invariant_1),
        cmocka_unit_test(invariant_2),   cmocka_unit_test(robbed),
        cmocka_unit_test(invariant_3),   cmocka_unit_test(invariant_5),
        cmocka_unit_test(invariant_6),   cmocka_unit_test(invariant_7),
        cmocka_unit_test(invariant_8),   cmocka_unit_test(rereading),
        cmocka_unit_test(rows),          cmocka_unit_test(names),
        cmocka_unit_test(two_processes), cmocka_unit_test(many_makers),
    };
    enum spool_found found;
    static char path[400];
    fake_open_home();
    snprintf(path, sizeof path, "%s/good", fake_home);
    good = path;
    struct fake fake = {.out = good};
    if (fake_run(&fake, &found, &error) != 0)
        return 1;
    int result = check_run(tests);
    fake_remove(fake_home);
    return result;
}
