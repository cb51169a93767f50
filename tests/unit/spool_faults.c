#include "unit/check.h"

#include "base/os_call.h"
#include "unit/spool_fake.h"

/* A run of five units in two places under every fault; whatever it was, `--resume` must end with the tree of an
 * undisturbed run (oracle R). Linked with the faults build's os objects. */

static const char *out, *hidden, *good_out, *good_hidden;

struct ended {
    bool killed, aborted, stuck;
    int code;
};

/* The run in a child of its own, under `fault`. */
static struct ended run_under(const char *fault, bool resume)
{
    struct ended ended = {0};
    int result = 0;
    pid_t child = fork();
    if (child == 0) {
        struct fake fake = {.out = out, .hidden = hidden, .resume = resume};
        enum spool_found found;
        struct error error = {0};
        alarm(20);
        if (fault)
            setenv("OSHIRASE_FAULT", fault, 1);
        os_faults_reset();
        _exit(fake_run(&fake, &found, &error));
    }
    waitpid(child, &result, 0);
    ended.killed = WIFSIGNALED(result) && WTERMSIG(result) == SIGKILL;
    ended.aborted = WIFSIGNALED(result) && WTERMSIG(result) != SIGKILL;
    ended.code = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
    return ended;
}

static void clear(void)
{
    fake_remove(out);
    fake_remove(hidden);
}

static bool as_undisturbed(void)
{
    return fake_equal(out, good_out) && fake_equal(hidden, good_hidden);
}

static bool has_manifest(const char *folder)
{
    char path[500];
    snprintf(path, sizeof path, "%s/%s", folder, SPOOL_MANIFEST);
    return access(path, F_OK) == 0;
}

/* A manifest may be there before the resume only when its place is complete. */
static bool manifests_are_true(void)
{
    return (!has_manifest(hidden) || access(fake_path("hidden/records.csv"), F_OK) == 0) &&
           (!has_manifest(out) || has_manifest(hidden));
}

/* After the fault: what is there is no lie; a resume, without any fault, gives the undisturbed tree. */
static bool recovers(void)
{
    bool truthful = manifests_are_true();
    struct ended ended = run_under(NULL, true);
    return truthful && ended.code == 0 && as_undisturbed();
}

static unsigned count_events(void)
{
    unsigned lines = 0;
    int character;
    clear();
    setenv("OSHIRASE_EVENTS", fake_path("events"), 1);
    struct ended ended = run_under(NULL, false);
    unsetenv("OSHIRASE_EVENTS");
    FILE *list = fopen(fake_path("events"), "rb");
    while (list && (character = fgetc(list)) != EOF)
        lines += character == '\n';
    if (list)
        fclose(list);
    return ended.code == 0 ? lines : 0;
}

static void remove_work(const char *folder)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, SPOOL_WORK);
    fake_remove(path);
}

/* Files that could not be deleted behind a finished run are no fault of what it made; a resume deletes them. */
static bool ended_well(struct ended ended)
{
    if (ended.aborted || ended.code != 0)
        return !ended.aborted && ended.code == 5;
    remove_work(out);
    remove_work(hidden);
    return as_undisturbed();
}

/* A part of a sweep in `make check`, the whole of it where COUNT is given (`make soak`). */
static bool is_chosen(unsigned n)
{
    const char *seed = getenv("SEED");
    return getenv("COUNT") || (n + (seed ? strtoul(seed, NULL, 10) : 1)) % 4 == 0;
}

static void fault_name(char out_name[64], const char *kind, unsigned at, const char *how)
{
    snprintf(out_name, 64, "%s@%u%s", kind, at, how);
}

/* F1: killed before, inside and after every event; F7 in part: killed again while it resumes. */
static void kill_sweep(void **state)
{
    (void)state;
    static const char *const kinds[] = {"kill", "killmid", "killafter"};
    unsigned events = count_events();
    row_check(1, events > 100 && as_undisturbed());
    for (unsigned k = 0; k < 3; k++)
        for (unsigned n = 1; n <= events; n++) {
            char fault[64];
            if (!is_chosen(n + k))
                continue;
            clear();
            fault_name(fault, kinds[k], n, "");
            struct ended ended = run_under(fault, false);
            bool again = true;
            if (n % 5 < 2) { /* the resume is killed too */
                fault_name(fault, "kill", 1 + n * 7 % 60, "");
                again = run_under(fault, true).killed || as_undisturbed();
            }
            row_check(1000 * (int)(k + 1) + (int)n, ended.killed && again && recovers());
        }
    check_rows();
}

/* F3, F4: the n-th event fails, once and for ever. Exit 5 (or none: not every call can fail so), no manifest that
 * lies; a file whose sync failed is not synced again (the faults build aborts there). */
static void error_sweep(void **state)
{
    (void)state;
    static const char *const kinds[] = {"enospc", "eio"};
    unsigned events = count_events();
    for (unsigned k = 0; k < 2; k++)
        for (unsigned n = 1; n <= events; n++) {
            char fault[64];
            if (!is_chosen(n / 2 + k)) /* neighbours, so that both ways of failing are met */
                continue;
            clear();
            fault_name(fault, kinds[k], n, n % 2 ? ":once" : ":ever");
            row_check(1000 * (int)(k + 1) + (int)n, ended_well(run_under(fault, false)));
            row_check(1000 * (int)(k + 1) + (int)n, recovers());
        }
    check_rows();
}

static void fsync_sweep(void **state)
{
    (void)state;
    unsigned failed = 0;
    for (unsigned n = 1; n <= 80; n++) {
        char fault[64];
        clear();
        fault_name(fault, "fsync", n, n % 2 ? ":once" : ":ever");
        struct ended ended = run_under(fault, false);
        failed += ended.code == 5;
        row_check((int)n, !ended.aborted && (ended.code == 5 || as_undisturbed()));
        row_check((int)n, recovers());
    }
    row_check(100, failed > 30);
    check_rows();
}

/* F5: short and interrupted reads and writes change nothing. */
static void short_sweep(void **state)
{
    (void)state;
    for (unsigned n = 1; n <= 12; n++) {
        char fault[64];
        clear();
        fault_name(fault, n % 2 ? "short" : "eintr", n, "");
        row_check((int)n, run_under(fault, false).code == 0 && as_undisturbed());
    }
    check_rows();
}

/* A disturbed resume of a disturbed run, by seed: F7. */
static void pairs(void **state)
{
    (void)state;
    static const char *const kinds[] = {"kill", "killmid", "killafter", "enospc", "eio", "fsync"};
    unsigned seed = (unsigned)strtoul(getenv("SEED") ? getenv("SEED") : "1", NULL, 10);
    for (unsigned n = 1; n <= 150; n++) {
        char fault[64];
        clear();
        for (int turn = 0; turn < 2; turn++) {
            seed = seed * 1103515245u + 12345;
            fault_name(fault, kinds[(seed >> 16) % 6], 1 + (seed >> 8) % 200,
                       (seed >> 20) % 2 ? ":once" : ":ever");
            row_check((int)n, !run_under(fault, turn > 0).aborted);
        }
        row_check((int)n, recovers());
    }
    check_rows();
}

static char power[600]; /* tests/tools/power.c */

/* Makes the trees of OUT and the hidden place as they are after a power loss; gives its exit code. */
static int lose_power(const char *list, unsigned point, unsigned seed, const char *folder)
{
    char texts[2][20];
    int result = -1;
    snprintf(texts[0], sizeof texts[0], "%u", point);
    snprintf(texts[1], sizeof texts[1], "%u", seed);
    pid_t child = fork();
    if (child == 0) {
        execl(power, "power", list, fake_home, texts[0], texts[1], folder, (char *)NULL);
        _exit(127);
    }
    return waitpid(child, &result, 0) == child && WIFEXITED(result) ? WEXITSTATUS(result) : -1;
}

static unsigned count_points(const char *list)
{
    char command[1500], digits[20] = "";
    snprintf(command, sizeof command, "'%s' '%s'", power, list);
    FILE *output = popen(command, "r");
    if (!output || !fgets(digits, sizeof digits, output) || pclose(output) != 0)
        return 0;
    return (unsigned)strtoul(digits, NULL, 10);
}

/* F2: the power fails at each sync and rename; whatever survives, no manifest lies and the resume gives the rest. */
static void power_sweep(void **state)
{
    (void)state;
    static char list[400], image[400], places[2][500];
    const char *kept_out = out, *kept_hidden = hidden;
    const char *count = getenv("COUNT");
    unsigned seeds = count ? 64 : 2, images = 0;
    snprintf(list, sizeof list, "%s/list", fake_home);
    snprintf(image, sizeof image, "%s/image", fake_home);
    snprintf(places[0], sizeof places[0], "%s/out", image);
    snprintf(places[1], sizeof places[1], "%s/hidden", image);
    clear();
    setenv("OSHIRASE_POWER", list, 1);
    row_check(1, run_under(NULL, false).code == 0);
    unsetenv("OSHIRASE_POWER");
    row_check(2, as_undisturbed());
    unsigned points = count_points(list);
    row_check(3, points > 80);
    for (unsigned point = 0; point <= points; point++)
        for (unsigned seed = 1; seed <= seeds; seed++) {
            unsigned row = 100 * point + seed;
            fake_remove(image);
            out = kept_out;
            row_check(row, lose_power(list, point, seed, image) == 0);
            out = places[0];
            hidden = places[1];
            if (has_manifest(out)) /* then all is there; .work may be */
                row_check(row, ended_well((struct ended){.code = 0}));
            row_check(row, run_under(NULL, true).code == 0 && as_undisturbed());
            images++;
        }
    row_check(4, images >= 2 * points);
    fake_remove(image);
    out = kept_out;
    hidden = kept_hidden;
    check_rows();
}

int main(int count, char **arguments)
{
    const char *slash = strrchr(arguments[0], '/');
    snprintf(power, sizeof power, "%.*s/../tools/power",
             count && slash ? (int)(slash - arguments[0]) : 1, slash ? arguments[0] : ".");
    if (getenv("POWER"))
        snprintf(power, sizeof power, "%s", getenv("POWER"));

    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kill_sweep),  cmocka_unit_test(error_sweep), cmocka_unit_test(fsync_sweep),
        cmocka_unit_test(short_sweep), cmocka_unit_test(pairs),       cmocka_unit_test(power_sweep),
    };
    fake_open_home();
    static char paths[4][400];
    static const char *const names[] = {"out", "hidden", "good", "good-hidden"};
    for (int i = 0; i < 4; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", fake_home, names[i]);
    out = good_out = paths[2];
    hidden = good_hidden = paths[3];
    if (run_under(NULL, false).code != 0)
        return 1;
    out = paths[0];
    hidden = paths[1];
    int result = check_run(tests);
    fake_remove(fake_home);
    return result;
}
