#include "unit/check.h"

#include "spool/spool.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char home[1000], out[1100], path[1300];

static const char *in_out(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", out, name);
    return path;
}

static bool here(const char *name)
{
    return os_exists(in_out(name));
}

static void put_file(const char *name)
{
    FILE *file = fopen(in_out(name), "wb");
    if (!file || fputs("foreign", file) < 0 || fclose(file) != 0)
        abort();
}

static bool holds(const char *name, const char *want)
{
    char bytes[100] = "";
    FILE *file = fopen(in_out(name), "rb");
    if (!file)
        return false;
    size_t size = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    return size == strlen(want) && memcmp(bytes, want, size) == 0;
}

/* How many names lie in OUT; -1: there is no OUT. */
static int count(void)
{
    int names = 0;
    DIR *folder = opendir(out);
    if (!folder)
        return -1;
    for (struct dirent *entry; (entry = readdir(folder));)
        names += entry->d_name[0] != '.';
    closedir(folder);
    return names;
}

static void fresh(const char *name)
{
    snprintf(out, sizeof out, "%s/%s", home, name);
}

static struct spool *open_spool(void)
{
    struct spool *spool;
    struct error error;
    if (spool_open(out, &spool, &error) != OK)
        abort();
    return spool;
}

static struct spool_table *open_table(struct spool *spool, const char *name, const char *bytes)
{
    struct spool_table *table;
    struct error error;
    if (spool_table_open(spool, name, &table, &error) != OK ||
        spool_table_write(table, bytes, strlen(bytes), &error) != OK)
        abort();
    return table;
}

static void make_lot(struct spool *spool, uint32_t number, const char *bytes)
{
    struct sink sink;
    struct error error;
    if (spool_lot_begin(spool, number, &sink, &error) != OK ||
        sink_write(&sink, bytes, strlen(bytes), &error) != OK ||
        spool_lot_seal(spool, &error) != OK)
        abort();
}

static void straight(void **state)
{
    (void)state;
    struct error error;
    struct sink sink;
    struct stat facts;
    fresh("straight/deep");
    row_check(1, spool_check(out, &error) == OK && count() == -1);
    struct spool *spool = open_spool();
    row_check(2, count() == 0 && stat(out, &facts) == 0 && (facts.st_mode & 0777) == 0700);
    struct spool_table *records = open_table(spool, "records.csv", "row\n");
    struct spool_table *manifest = open_table(spool, "manifest.csv", "seq\n");
    row_check(3, count() == 2 && here("records.csv.part") && here("manifest.csv.part"));
    row_check(4, spool_lot_begin(spool, 1, &sink, &error) == OK);
    row_check(5, sink_write(&sink, "%PDF", 4, &error) == OK);
    row_check(6, here("lot-000001.pdf.part") && !here("lot-000001.pdf"));
    row_check(7, spool_lot_bytes(spool) == 0);
    row_check(8, spool_lot_seal(spool, &error) == OK && spool_lot_bytes(spool) == 4);
    row_check(9, !here("lot-000001.pdf.part") && holds("lot-000001.pdf", "%PDF"));
    make_lot(spool, 1234567, "%PDF-2");
    row_check(10, here("lot-1234567.pdf") && spool_lot_bytes(spool) == 10);
    row_check(11, spool_table_write(manifest, "1\n", 2, &error) == OK);
    row_check(12, spool_table_write(records, "2\n", 2, &error) == OK);
    row_check(13, !here("manifest.csv") && !here("records.csv"));
    row_check(14, spool_publish(spool, &error) == OK && count() == 4);
    row_check(15, holds("manifest.csv", "seq\n1\n") && holds("records.csv", "row\n2\n"));
    row_check(16, stat(in_out("manifest.csv"), &facts) == 0 && (facts.st_mode & 0777) == 0600);
    row_check(17, stat(in_out("lot-000001.pdf"), &facts) == 0 && (facts.st_mode & 0777) == 0600);
    row_check(18, spool_check(out, &error) == STOP && error.message == MSG_OUT_NOT_EMPTY);
    row_check(19, spool_open(out, &spool, &error) == STOP && !spool && count() == 4);
    check_rows();
}

static void refusals(void **state)
{
    (void)state;
    struct error error;
    fresh("plain");
    FILE *file = fopen(out, "wb");
    if (file)
        fclose(file);
    row_check(1, spool_check(out, &error) == STOP && error.message == MSG_OUT_NOT_FOLDER);
    row_check(2, strcmp(error.file, "plain") == 0 && message_exit(error.message) == 2);
    fresh("plain/below");
    row_check(3, spool_check(out, &error) == STOP);
    fresh("full");
    mkdir(out, 0700);
    row_check(4, spool_check(out, &error) == OK && count() == 0);
    put_file(".hidden");
    row_check(5, spool_check(out, &error) == STOP && error.message == MSG_OUT_NOT_EMPTY);
    row_check(6, spool_check("/proc/none", &error) == STOP || geteuid() == 0);
    fresh("locked");
    mkdir(out, 0500);
    row_check(7, geteuid() == 0 || spool_check(out, &error) == STOP);
    row_check(8, geteuid() == 0 || error.message == MSG_OUT_NOT_WRITABLE);
    check_rows();
}

static void abandoning(void **state)
{
    (void)state;
    struct error error;
    struct sink sink;
    fresh("abandoned");
    struct spool *spool = open_spool();
    for (uint32_t i = 1; i <= 150; i++)
        make_lot(spool, i, "x");
    open_table(spool, "manifest.csv", "x");
    row_check(1, spool_lot_begin(spool, 151, &sink, &error) == OK && count() == 152);
    spool_abandon(spool);
    row_check(2, count() == -1); /* made by the run: gone with it */
    mkdir(out, 0700);
    spool = open_spool();
    make_lot(spool, 1, "x");
    spool_abandon(spool);
    row_check(3, count() == 0); /* was there before: stays */
    spool = open_spool();
    make_lot(spool, 1, "x");
    put_file("foreign");
    spool_abandon(spool);
    row_check(4, count() == 1 && holds("foreign", "foreign"));
    spool_abandon(NULL);
    check_rows();
}

static void misuse(void **state)
{
    (void)state;
    struct error error;
    struct sink sink;
    struct spool_table *table;
    fresh("misused");
    struct spool *spool = open_spool();
    row_check(1, spool_lot_seal(spool, &error) == STOP && error.message == MSG_BUG);
    row_check(2, spool_lot_begin(spool, 1, &sink, &error) == OK);
    row_check(3, spool_lot_begin(spool, 2, &sink, &error) == STOP && error.message == MSG_BUG);
    row_check(4, spool_lot_seal(spool, &error) == OK);
    row_check(5, sink_write(&sink, "x", 1, &error) == STOP && error.message == MSG_BUG);
    row_check(6, spool_lot_begin(spool, 1, &sink, &error) == OK);
    row_check(7, spool_lot_seal(spool, &error) == STOP && error.message == MSG_RENAME_FAILED);
    row_check(8, count() == 1);
    static const char *const names[] = {
        "", "a/b", "..", ".x", "012345678901234567890123456789012345678901234567890123456789abcd"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        row_check(10 + (int)i, spool_table_open(spool, names[i], &table, &error) == STOP && !table);
    row_check(20, spool_table_open(spool, "a.csv", &table, &error) == OK);
    row_check(21, spool_table_open(spool, "a.csv", &table, &error) == STOP);
    row_check(22, error.message == MSG_WRITE_FAILED);
    for (int i = 1; i < 16; i++) {
        char name[20];
        snprintf(name, sizeof name, "%d", i);
        row_check(30 + i, spool_table_open(spool, name, &table, &error) == OK);
    }
    row_check(50, spool_table_open(spool, "b", &table, &error) == STOP && error.message == MSG_BUG);
    row_check(51, spool_lot_begin(spool, 2, &sink, &error) == OK);
    row_check(52, spool_publish(spool, &error) == STOP && error.message == MSG_BUG);
    row_check(53, count() == -1);
    check_rows();
}

/* Another's file under a name we want: we stop, it stays, nothing of ours does. */
static void taken_names(void **state)
{
    (void)state;
    struct error error;
    struct sink sink;
    fresh("taken");
    struct spool *spool = open_spool();
    row_check(1, spool_lot_begin(spool, 1, &sink, &error) == OK);
    put_file("lot-000001.pdf");
    row_check(2, spool_lot_seal(spool, &error) == STOP && error.message == MSG_RENAME_FAILED);
    row_check(3, count() == 1);
    spool_abandon(spool);
    row_check(4, count() == 1 && holds("lot-000001.pdf", "foreign"));
    fresh("taken2");
    spool = open_spool();
    make_lot(spool, 1, "x");
    open_table(spool, "records.csv", "x");
    open_table(spool, "manifest.csv", "x");
    put_file("manifest.csv");
    row_check(5, spool_publish(spool, &error) == STOP && error.message == MSG_RENAME_FAILED);
    row_check(6, count() == 1 && holds("manifest.csv", "foreign"));
    fresh("taken3");
    spool = open_spool();
    row_check(7, spool_lot_begin(spool, 1, &sink, &error) == OK);
    os_unlink(in_out("lot-000001.pdf.part"));
    row_check(8, spool_lot_seal(spool, &error) == STOP && count() == 0);
    spool_abandon(spool);
    row_check(9, count() == -1);
    fresh("taken4");
    spool = open_spool();
    put_file("lot-000001.pdf.part");
    row_check(10, spool_lot_begin(spool, 1, &sink, &error) == STOP);
    spool_abandon(spool);
    row_check(11, holds("lot-000001.pdf.part", "foreign"));
    check_rows();
}

/* No file may pass 1,000 bytes: whatever step meets the bound, it says so and the end leaves
 * nothing. */
static void full_disk(void **state)
{
    (void)state;
    static char bytes[600000];
    struct error error = {0};
    struct sink sink;
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){1000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    fresh("full-write");
    struct spool *spool = open_spool();
    row_check(1, spool_lot_begin(spool, 1, &sink, &error) == OK);
    row_check(2, sink_write(&sink, bytes, sizeof bytes, &error) == STOP);
    row_check(3, error.message == MSG_DISK_FULL && message_exit(error.message) == 5);
    row_check(4, spool_lot_seal(spool, &error) == STOP && count() == 0);
    spool_abandon(spool);
    row_check(5, count() == -1);
    fresh("full-seal");
    spool = open_spool();
    make_lot(spool, 1, "x");
    row_check(6, spool_lot_begin(spool, 2, &sink, &error) == OK);
    row_check(7, sink_write(&sink, bytes, 2000, &error) == OK);
    row_check(8, spool_lot_seal(spool, &error) == STOP && error.message == MSG_DISK_FULL);
    row_check(9, count() == 1 && spool_lot_bytes(spool) == 1);
    spool_abandon(spool);
    row_check(10, count() == -1);
    fresh("full-publish");
    spool = open_spool();
    make_lot(spool, 1, "x");
    open_table(spool, "records.csv", "x");
    struct spool_table *table = open_table(spool, "holds.csv", "x");
    open_table(spool, "manifest.csv", "x");
    row_check(11, spool_table_write(table, bytes, 2000, &error) == OK);
    row_check(12, spool_publish(spool, &error) == STOP && error.message == MSG_DISK_FULL);
    row_check(13, strcmp(error.file, "holds.csv.part") == 0 && count() == -1);
    setrlimit(RLIMIT_FSIZE, &before);
    check_rows();
}

/* The kernel's own witness of the order in which names appear. */
static void order(void **state)
{
    (void)state;
    static const char *const names[] = {"records.csv", "report.json", "manifest.csv"};
    struct error error;
    fresh("order");
    struct spool *spool = open_spool();
    make_lot(spool, 1, "x");
    for (int i = 0; i < 3; i++)
        open_table(spool, names[i], "x");
    int watch = inotify_init1(IN_NONBLOCK);
    if (watch < 0 || inotify_add_watch(watch, out, IN_MOVED_TO) < 0)
        abort();
    row_check(1, spool_publish(spool, &error) == OK);
    _Alignas(struct inotify_event) char events[4096];
    ssize_t size = read(watch, events, sizeof events);
    int seen = 0;
    for (ssize_t at = 0; at < size; seen++) {
        const struct inotify_event *event = (const void *)(events + at);
        row_check(2 + seen, seen < 3 && strcmp(event->name, names[seen]) == 0);
        at += (ssize_t)(sizeof *event + event->len);
    }
    close(watch);
    row_check(9, seen == 3);
    check_rows();
}

static void clean(void)
{
    pid_t child = fork();
    if (child == 0)
        execlp("rm", "rm", "-rf", "--", home, (char *)NULL);
    waitpid(child, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight), cmocka_unit_test(refusals),    cmocka_unit_test(abandoning),
        cmocka_unit_test(misuse),   cmocka_unit_test(taken_names), cmocka_unit_test(full_disk),
        cmocka_unit_test(order),
    };
    const char *folder = getenv("TMPDIR");
    snprintf(home, sizeof home, "%s/oshirase-XXXXXX", folder ? folder : "/tmp");
    if (!mkdtemp(home))
        return 1;
    int result = check_run(tests);
    clean();
    return result;
}
