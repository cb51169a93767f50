#include "unit/check.h"

#include "base/os.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char home[LIMIT_PATH];
static char path_buffer[LIMIT_PATH];

static const char *in_home(const char *name)
{
    if (!os_path_join(path_buffer, home, name))
        abort();
    return path_buffer;
}

static void put_file(const char *name, const char *bytes, size_t size)
{
    FILE *file = fopen(in_home(name), "wb");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        abort();
}

static int open_home(void)
{
    snprintf(home, sizeof home, "%s/oshirase-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    return mkdtemp(home) ? 0 : -1;
}

static int close_home(void)
{
    pid_t child = fork();
    if (child == 0)
        execlp("rm", "rm", "-rf", "--", home, (char *)NULL);
    return waitpid(child, NULL, 0) == child ? 0 : -1;
}

static void reading(void **state)
{
    (void)state;
    put_file("a", "hello", 5);
    put_file("empty", "", 0);
    mkfifo(in_home("pipe"), 0600);
    mkdir(in_home("folder"), 0700);
    static const struct {
        int row;
        const char *name;
        size_t limit;
        enum message message;
        uint32_t length;
    } rows[] = {
        {1, "a", 5, MSG_NONE, 5},
        {2, "a", 4, MSG_FILE_TOO_LARGE, 0},
        {3, "empty", 0, MSG_NONE, 0},
        {4, "none", 9, MSG_NO_SUCH_FILE, 0},
        {5, "a/none", 9, MSG_NO_SUCH_FILE, 0},
        {6, "folder", 9, MSG_NOT_A_FILE, 0},
        {7, "pipe", 9, MSG_NOT_A_FILE, 0}, /* must not hang */
        {8, "/dev/null", 9, MSG_NOT_A_FILE, 0},
        {9, "a", SIZE_MAX, MSG_NONE, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct error error = {0};
        struct text text = {0};
        struct os_map map;
        struct os_input input;
        enum status want = rows[i].message == MSG_NONE ? OK : STOP;
        arena_open(&arena, 4096);
        enum status status = os_slurp(in_home(rows[i].name), rows[i].limit, &arena, &text, &error);
        row_check(rows[i].row, status == want && error.message == rows[i].message);
        row_check(rows[i].row, text.length == rows[i].length && (want || !text.bytes[text.length]));
        row_check(rows[i].row, !want || strcmp(error.file, os_path_last(rows[i].name)) == 0);
        status = os_map(in_home(rows[i].name), rows[i].limit, &map, &error);
        row_check(rows[i].row, status == want && map.size == rows[i].length && map.bytes);
        row_check(rows[i].row, map.size == 0 || memcmp(map.bytes, "hello", 5) == 0);
        os_unmap(&map);
        row_check(rows[i].row, map.size == 0);
        status = os_input_open(in_home(rows[i].name), &input, &error);
        bool too_large = rows[i].message == MSG_FILE_TOO_LARGE;
        row_check(rows[i].row, status == (too_large ? OK : want));
        os_input_close(&input);
        arena_close(&arena);
    }
    struct arena arena;
    struct error error = {0};
    struct text text;
    arena_open(&arena, 0);
    row_check(20, os_slurp(in_home("a"), 9, &arena, &text, &error) == STOP);
    row_check(21, error.message == MSG_NO_MEMORY);
    row_check(22, os_slurp(in_home("a"), 4, &arena, &text, &error) == STOP && error.want == 4);
    row_check(23, os_slurp(in_home("none"), 4, &arena, &text, NULL) == STOP);
    check_rows();
}

static void inputs(void **state)
{
    (void)state;
    struct os_input input;
    struct error error;
    char bytes[20];
    size_t got;
    put_file("input", "0123456789", 10);
    row_check(1, os_input_open(in_home("input"), &input, &error) == OK && input.size == 10);
    row_check(2, os_input_read(&input, 2, bytes, 4, &got, &error) == OK && got == 4);
    row_check(3, memcmp(bytes, "2345", 4) == 0);
    row_check(4, os_input_read(&input, 8, bytes, 4, &got, &error) == OK && got == 2);
    row_check(5, os_input_read(&input, 10, bytes, 4, &got, &error) == OK && got == 0);
    row_check(6, os_input_same(&input));
    put_file("input", "012345678", 9);
    row_check(7, !os_input_same(&input));
    os_input_close(&input);
    os_input_close(&input);
    row_check(8, input.fd == -1);
    row_check(9, os_input_read(&input, 0, bytes, 4, &got, &error) == STOP);
    row_check(10, error.message == MSG_READ_FAILED);
    row_check(11, os_input_open(in_home("input"), &input, &error) == OK);
    const struct timespec times[2] = {{1, 0}, {1, 1}};
    utimensat(AT_FDCWD, in_home("input"), times, 0);
    row_check(12, !os_input_same(&input)); /* same size, other time */
    os_input_close(&input);
    check_rows();
}

/* Bytes in odd portions, larger and smaller than the buffer, arrive in order. */
static void writing(void **state)
{
    (void)state;
    enum { SIZE = 3000000 };
    static unsigned char bytes[SIZE];
    struct os_file *file;
    struct error error;
    struct stat facts;
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(i * 2654435761u >> 13);
    row_check(1, os_file_create(in_home("out"), &file, &error) == OK);
    bool good = true;
    size_t at = 0, step = 1;
    while (at < SIZE) {
        size_t size = at + step < SIZE ? step : SIZE - at;
        good = good && os_file_write(file, bytes + at, size, &error) == OK;
        at += size;
        step = step * 5 % 600011 + 1;
    }
    good = good && os_file_write(file, NULL, 0, &error) == OK;
    row_check(2, good && os_file_size(file) == SIZE);
    row_check(3, os_file_seal(file, &error) == OK);
    row_check(4, stat(in_home("out"), &facts) == 0 && facts.st_size == SIZE);
    row_check(5, (facts.st_mode & 0777) == 0600);
    struct os_map map;
    row_check(6, os_map(in_home("out"), SIZE, &map, &error) == OK);
    row_check(7, map.size == SIZE && memcmp(map.bytes, bytes, SIZE) == 0);
    os_unmap(&map);
    row_check(8, os_write_cpu_us() > 0);
    check_rows();
}

static void refusing(void **state)
{
    (void)state;
    struct os_file *file;
    struct error error;
    put_file("there", "x", 1);
    if (symlink("nowhere", in_home("link")) != 0)
        abort();
    static const char *const rows[] = {"there", "link", "none/below", "folder", "there/below"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row_check((int)i, os_file_create(in_home(rows[i]), &file, &error) == STOP && !file);
        row_check((int)i, error.message == MSG_WRITE_FAILED);
    }
    row_check(10, !os_exists(in_home("nowhere")));
    char longest[LIMIT_PATH + 10];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    row_check(11, os_file_create(longest, &file, &error) == STOP);
    row_check(12, os_file_create(in_home("gone"), &file, &error) == OK);
    row_check(13, os_file_write(file, "abc", 3, &error) == OK && os_exists(in_home("gone")));
    os_file_abandon(file);
    row_check(14, !os_exists(in_home("gone")));
    os_file_abandon(NULL);
    check_rows();
}

/* A quota of 300,000 bytes: each way to pass it is said, and the file stays condemned. */
static void full_disk(void **state)
{
    (void)state;
    static char bytes[400000];
    static const struct {
        int row;
        size_t portions[3];
        size_t fails_at; /* portion; 3 = only the seal fails */
    } rows[] = {
        {1, {400000, 1, 1}, 0},      /* one write, cut short, then refused */
        {2, {200000, 200000, 1}, 3}, /* a buffer's worth fits, the rest waits for the seal */
        {3, {262144, 262144, 1}, 1},
        {4, {262144, 37857, 0}, 3}, /* one byte too many */
    };
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){300000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct os_file *file;
        struct error error = {0};
        row_check(rows[i].row, os_file_create(in_home("full"), &file, &error) == OK);
        for (size_t j = 0; j < 3; j++) {
            enum status want = j < rows[i].fails_at ? OK : STOP;
            row_check(rows[i].row, os_file_write(file, bytes, rows[i].portions[j], &error) == want);
            row_check(rows[i].row, j != rows[i].fails_at || error.message == MSG_DISK_FULL);
        }
        row_check(rows[i].row, os_file_seal(file, &error) == STOP);
        row_check(rows[i].row, rows[i].fails_at != 3 || error.message == MSG_DISK_FULL);
        row_check(rows[i].row, os_file_seal(file, &error) == STOP);
        row_check(rows[i].row, strcmp(error.file, "full") == 0 && os_exists(in_home("full")));
        os_file_abandon(file);
        row_check(rows[i].row, !os_exists(in_home("full")));
    }
    setrlimit(RLIMIT_FSIZE, &before);
    struct os_file *file;
    struct error error;
    row_check(20, os_file_create(in_home("full"), &file, &error) == OK);
    row_check(21, os_file_write(file, bytes, 300000, &error) == OK);
    row_check(22, os_file_seal(file, &error) == OK);
    check_rows();
}

static void renaming(void **state)
{
    (void)state;
    struct error error;
    char to[LIMIT_PATH];
    put_file("r1", "1", 1);
    put_file("r2", "22", 2);
    os_path_join(to, home, "r2");
    row_check(1, os_rename_new(in_home("r1"), to, &error) == STOP);
    row_check(2, error.message == MSG_RENAME_FAILED && strcmp(error.file, "r2") == 0);
    row_check(3, os_exists(in_home("r1")) && os_exists(in_home("r2")));
    row_check(4, os_rename(in_home("r1"), to, &error) == OK && !os_exists(in_home("r1")));
    os_path_join(to, home, "r3");
    row_check(5, os_rename_new(in_home("r2"), to, &error) == OK && os_exists(to));
    row_check(6, os_rename(in_home("none"), to, &error) == STOP);
    os_path_join(to, home, "r4");
    row_check(7, os_rename_new(in_home("none"), to, &error) == STOP && !os_exists(to));
    row_check(8, os_sync_folder(home, &error) == OK);
    row_check(9, os_sync_folder(in_home("none"), &error) == STOP);
    row_check(10, error.message == MSG_SYNC_FAILED);
    row_check(11, os_sync_folder(in_home("r3"), &error) == STOP);
    os_unlink(in_home("r3"));
    os_unlink(in_home("none"));
    row_check(12, !os_exists(in_home("r3")));
    check_rows();
}

static void folders(void **state)
{
    (void)state;
    struct error error;
    struct stat facts;
    row_check(1, os_folder_state(in_home("x")) == FOLDER_MISSING);
    row_check(2, os_folder_make(in_home("x/y//z/"), &error) == OK);
    row_check(3, os_folder_state(in_home("x")) == FOLDER_FULL);
    row_check(4, os_folder_state(in_home("x/y/z")) == FOLDER_EMPTY);
    row_check(5, stat(in_home("x/y/z"), &facts) == 0 && (facts.st_mode & 0777) == 0700);
    row_check(6, os_folder_make(in_home("x/y/z"), &error) == OK);
    put_file("plain", "", 0);
    row_check(7, os_folder_state(in_home("plain")) == FOLDER_NOT_ONE);
    row_check(8, os_folder_make(in_home("plain"), &error) == STOP);
    row_check(9, error.message == MSG_WRITE_FAILED);
    row_check(10, os_folder_make(in_home("plain/x"), &error) == STOP);
    row_check(11, os_folder_make("", &error) == STOP);
    row_check(12, os_folder_state(in_home("link")) == FOLDER_NOT_ONE); /* to nothing */
    row_check(13, os_folder_writable(home) && os_folder_writable(in_home("q/r/s")));
    row_check(14, !os_folder_writable(in_home("plain")) && !os_folder_writable(in_home("plain/x")));
    row_check(15, !os_folder_writable("/proc/self/net/x") || geteuid() == 0);
    os_rmdir(in_home("x/y/z"));
    row_check(16, os_folder_state(in_home("x/y/z")) == FOLDER_MISSING);
    os_rmdir(in_home("x")); /* not empty: stays */
    row_check(17, os_folder_state(in_home("x")) == FOLDER_FULL);
    check_rows();
}

static void inside(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *inner, *outer;
        bool want;
    } rows[] = {
        {1, "in", "in", true},
        {2, "in/a", "in", true},
        {3, "in", "in/a", false},
        {4, "inner", "in", false},
        {5, "in/../in/a", "in", true},
        {6, "in/../other", "in", false},
        {7, "to-in", "in", true},
        {8, "to-in/new/deep", "in", true},
        {9, "in/new/../..", "in", false},
        {10, "in/", "in", true},
        {11, "in/new", "in/", true},
        {12, "new", "new", true},
        {13, "new/a", "new", true},
        {14, "new/../in/x", "in", true},
        {15, "in//a", "in", true},
        {16, "./in/a", "in", true},
        {17, "in/to-out/x", "in", false},
        {18, "out/x", "in/to-out", true},
    };
    mkdir(in_home("in"), 0700);
    mkdir(in_home("out-side"), 0700);
    mkdir(in_home("out"), 0700);
    if (symlink("in", in_home("to-in")) || symlink("../out", in_home("in/to-out")))
        abort();
    char inner[LIMIT_PATH], before[LIMIT_PATH];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        os_path_join(inner, home, rows[i].inner);
        row_check(rows[i].row, os_path_inside(inner, in_home(rows[i].outer)) == rows[i].want);
    }
    if (!getcwd(before, sizeof before) || chdir(home) != 0)
        abort();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(100 + rows[i].row, os_path_inside(rows[i].inner, rows[i].outer) == rows[i].want);
    row_check(200, os_path_inside("in", home) && !os_path_inside(home, "in"));
    row_check(201, os_path_inside("in", "/") && os_path_inside("in", "."));
    row_check(202, !os_path_inside("/", "in") && os_path_inside("/../..", "/"));
    if (chdir(before) != 0)
        abort();
    check_rows();
}

static void names(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *path, *folder, *last;
    } rows[] = {
        {1, "a/b.c", "a", "b.c"}, {2, "b.c", ".", "b.c"}, {3, "/b", "/", "b"},
        {4, "/a/b", "/a", "b"},   {5, "a//b", "a", "b"},  {6, "a/", ".", ""},
        {7, "", ".", ""},         {8, "/", "/", ""},      {9, "../a", "..", "a"},
        {10, "x/a/", "x", ""},    {11, "//", "/", ""},
    };
    char out[LIMIT_PATH], long_name[LIMIT_PATH + 1];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        os_path_folder(out, rows[i].path);
        row_check(rows[i].row, strcmp(out, rows[i].folder) == 0);
        row_check(rows[i].row, strcmp(os_path_last(rows[i].path), rows[i].last) == 0);
    }
    row_check(20, os_path_join(out, "a", "b") && strcmp(out, "a/b") == 0);
    row_check(21, os_path_join(out, "a/", "b") && strcmp(out, "a/b") == 0);
    row_check(22, os_path_join(out, "a", "/b") && strcmp(out, "/b") == 0);
    row_check(23, os_path_join(out, "", "b") && strcmp(out, "b") == 0);
    row_check(24, os_path_join(out, "/", "b") && strcmp(out, "/b") == 0);
    memset(long_name, 'x', sizeof long_name);
    long_name[LIMIT_PATH - 3] = '\0';
    row_check(25, os_path_join(out, "a", long_name) && strlen(out) == LIMIT_PATH - 1);
    row_check(26, !os_path_join(out, "ab", long_name));
    row_check(27,
              os_executable_folder(out) && out[0] == '/' && os_folder_state(out) == FOLDER_FULL);
    check_rows();
}

static void finding(void **state)
{
    (void)state;
    char out[LIMIT_PATH];
    mkdir(in_home("find"), 0700);
    mkdir(in_home("find/b"), 0700);
    mkdir(in_home("find/a"), 0700);
    mkdir(in_home("find/c"), 0700);
    mkdir(in_home("find/c/deep"), 0700);
    mkdir(in_home("find/a/both"), 0700); /* a folder of that name is no file */
    put_file("find/b/both", "", 0);
    put_file("find/c/both", "", 0);
    put_file("find/top", "", 0);
    put_file("find/a/top", "", 0);
    put_file("find/c/deep/low", "", 0);
    char folder[LIMIT_PATH];
    os_path_join(folder, home, "find");
    row_check(1, os_find_below(out, folder, "top") && strcmp(out, in_home("find/top")) == 0);
    row_check(2, os_find_below(out, folder, "both") && strcmp(out, in_home("find/b/both")) == 0);
    row_check(3, !os_find_below(out, folder, "low"));
    row_check(4, !os_find_below(out, folder, "none"));
    row_check(5, !os_find_below(out, in_home("none"), "top"));
    row_check(6, !os_find_below(out, folder, "/none"));
    row_check(7, os_find_below(out, folder, "deep/low") && strstr(out, "c/deep/low"));
    check_rows();
}

static void listing(void **state)
{
    (void)state;
    static const char *const files[] = {"list/b.yaml", "list/a.yaml",  "list/c.yml",
                                        "list/.yaml",  "list/.d.yaml", "list/様式.yaml"};
    mkdir(in_home("list"), 0700);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put_file(files[i], "", 0);
    struct arena arena;
    struct error error;
    struct text *names = NULL;
    uint32_t count = 9;
    arena_open(&arena, 1 << 20);
    row_check(1, os_folder_list(in_home("list"), ".yaml", &arena, &names, &count, &error) == OK);
    row_check(2, count == 3 && text_is(names[0], "a") && text_is(names[1], "b"));
    row_check(3, count == 3 && text_is(names[2], "様式"));
    row_check(4, os_folder_list(in_home("none"), ".yaml", &arena, &names, &count, &error) == OK);
    row_check(5, count == 0);
    arena_close(&arena);
    arena_open(&arena, 0);
    row_check(6, os_folder_list(in_home("list"), ".yaml", &arena, &names, &count, &error) == STOP);
    row_check(7, error.message == MSG_NO_MEMORY);
    arena_close(&arena);
    check_rows();
}

static void locales(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *all, *messages, *lang;
        bool want;
    } rows[] = {
        {1, NULL, NULL, NULL, false},         {2, NULL, NULL, "ja_JP.UTF-8", true},
        {3, NULL, NULL, "ja", true},          {4, NULL, NULL, "jam_JM", false},
        {5, "C", NULL, "ja_JP.UTF-8", false}, {6, "", "", "ja_JP", true},
        {7, NULL, "ja.UTF-8", "C", true},     {8, "ja_JP", "C", "C", true},
        {9, NULL, NULL, "tr_TR", false},      {10, NULL, NULL, "j", false},
    };
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const values[] = {rows[i].all, rows[i].messages, rows[i].lang};
        for (size_t j = 0; j < 3; j++) {
            if (values[j])
                setenv(variables[j], values[j], 1);
            else
                unsetenv(variables[j]);
        }
        row_check(rows[i].row, os_locale_is_japanese() == rows[i].want);
    }
    check_rows();
}

/* Runs in a child, whose stdout is a pipe nobody reads, then a device that is full. */
static int print_to_nobody(void)
{
    struct error error = {0};
    int ends[2];
    os_harden();
    if (pipe(ends) != 0 || dup2(ends[1], 1) != 1)
        return 1;
    close(ends[0]);
    if (os_print_data("x", 1, &error) != STOP || error.message != MSG_WRITE_FAILED)
        return 2;
    os_print(1, "x", 1);
    int full = open("/dev/full", O_WRONLY);
    if (full < 0 || dup2(full, 1) != 1)
        return 3;
    if (os_print_data("x", 1, &error) != STOP || error.message != MSG_DISK_FULL)
        return 4;
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    if (core.rlim_cur != 0 || core.rlim_max != 0 || umask(0) != 077)
        return 5;
    return os_print_data("", 0, &error) == OK ? 0 : 6;
}

static void process(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0)
        _exit(print_to_nobody());
    int result = -1;
    row_check(1, waitpid(child, &result, 0) == child);
    row_check(2, WIFEXITED(result) && WEXITSTATUS(result) == 0);
    row_check(3, os_peak_kb() > 100 && os_cpu_us() > 0 && os_thread_ns() > 0);
    row_check(4, os_clock_ms() <= os_clock_ms() && !os_is_terminal(-1));
    setenv("OSHIRASE_TEST", "yes", 1);
    row_check(5, strcmp(os_environment("OSHIRASE_TEST"), "yes") == 0 && !os_environment("=none"));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading),  cmocka_unit_test(inputs),    cmocka_unit_test(writing),
        cmocka_unit_test(refusing), cmocka_unit_test(full_disk), cmocka_unit_test(renaming),
        cmocka_unit_test(folders),  cmocka_unit_test(inside),    cmocka_unit_test(names),
        cmocka_unit_test(finding),  cmocka_unit_test(listing),   cmocka_unit_test(locales),
        cmocka_unit_test(process),
    };
    if (open_home() != 0)
        return 1;
    int result = check_run(tests);
    return close_home() != 0 || result;
}
