#include "unit/check.h"

#include "base/yaml.h"

#include <stdbool.h>

static enum status parse(struct arena *arena, struct text source, struct yaml_node **out,
                         struct error *error)
{
    arena_open(arena, LIMIT_JOB_ARENA);
    return yaml_parse(source, "dir/job.yaml", arena, out, error);
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        enum message message;
        uint32_t line;
        const char *name;
    } rows[] = {
        {1, "a: 1\nb: 2\na: 3\n", MSG_YAML_DOUBLE_KEY, 3, "a"},
        {2, "a: {b: 1, b: 2}\n", MSG_YAML_DOUBLE_KEY, 1, "b"},
        {3, "a: 1\n'a': 2\n", MSG_YAML_DOUBLE_KEY, 2, "a"},
        {4, "a: &x 1\nb: *x\n", MSG_YAML_ALIAS, 1, ""},
        {5, "a: 1\nb: *x\n", MSG_YAML_ALIAS, 2, ""},
        {6, "a: !!str 1\n", MSG_YAML_ALIAS, 1, ""},
        {7, "a: !mine {}\n", MSG_YAML_ALIAS, 1, ""},
        {8, "a:\n  - &x [1]\n", MSG_YAML_ALIAS, 2, ""},
        {9, "a: [1, 2\nb: 3\n", MSG_YAML_SYNTAX, 2, ""},
        {10, "a: 1\n b: 2\n", MSG_YAML_SYNTAX, 2, ""},
        {11, "a: \"x\n", MSG_YAML_SYNTAX, 2, ""},
        {12, "a: 1\n---\nb: 2\n", MSG_YAML_SYNTAX, 2, ""},
        {13, "a: 1\n---\n", MSG_YAML_SYNTAX, 2, ""},
        {14, "a: 1\n\tb: 2\n", MSG_YAML_SYNTAX, 2, ""},
        {15, "a: 1\nb: \xFF\n", MSG_YAML_SYNTAX, 0, ""},
        {16, "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", MSG_YAML_TOO_DEEP, 1, ""},
        {17, "? [1]\n: 2\n", MSG_YAML_SYNTAX, 1, ""},
        {18, "{a: 1}: 2\n", MSG_YAML_SYNTAX, 1, ""},
        {19, "a: \"x\\0y\"\n", MSG_YAML_SYNTAX, 1, ""},
        {20, "%TAG ! tag:x,2000:\n---\na: 1\n", MSG_YAML_SYNTAX, 0, ""},
        {21, "a: \x01\n", MSG_YAML_SYNTAX, 0, ""},
        {22, "a: \"\\x\"\n", MSG_YAML_SYNTAX, 1, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct error error = {0};
        struct yaml_node *root;
        row_check(rows[i].row, parse(&arena, text_of(rows[i].in), &root, &error) == STOP && !root);
        row_check(rows[i].row, error.message == rows[i].message);
        row_check(rows[i].row, rows[i].line == 0 || error.line == rows[i].line);
        row_check(rows[i].row,
                  strcmp(error.name, rows[i].name) == 0 && strcmp(error.file, "job.yaml") == 0);
        arena_close(&arena);
    }
    check_rows();
}

static void empties(void **state)
{
    (void)state;
    static const char *const rows[] = {"",      "\n\n",       "# words\n",
                                       "---\n", "---\n...\n", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct error error;
        struct yaml_node *root = NULL;
        row_check((int)i, parse(&arena, text_of(rows[i]), &root, &error) == OK);
        row_check((int)i, root && root->kind == YAML_MAP && root->count == 0 && !root->child);
        arena_close(&arena);
    }
    struct arena arena;
    struct error error;
    struct yaml_node *root = NULL;
    row_check(20, parse(&arena, (struct text){NULL, 0}, &root, &error) == OK && root);
    arena_close(&arena);
    check_rows();
}

static const char sample[] = "\xEF\xBB\xBF# a job\n"
                             "job: r6-01\n"
                             "insurer:\n"
                             "  name: 架空健康保険組合\n"
                             "  number: \"06139992\"\n"
                             "list:\n"
                             "  - one\n"
                             "  - [2, 3]\n"
                             "  - {x: 4}\n"
                             "nothing:\n"
                             "block: |\n"
                             "  first\n"
                             "  second\n"
                             "{a: b}: no";

static void tree(void **state)
{
    (void)state;
    struct arena arena;
    struct error error;
    struct yaml_node *root = NULL;
    struct text source = {sample, sizeof sample - 1 - strlen("{a: b}: no")};
    row_check(1, parse(&arena, source, &root, &error) == OK);
    row_check(2, root && root->kind == YAML_MAP && root->count == 5 && root->key.length == 0);
    const struct yaml_node *node = yaml_find(root, "job");
    row_check(3, node && node->line == 2 && text_is(node->text, "r6-01") && !node->quoted);
    row_check(4, node->text.bytes[node->text.length] == '\0' && text_is(node->key, "job"));
    const struct yaml_node *insurer = yaml_find(root, "insurer");
    row_check(5, insurer && insurer->kind == YAML_MAP && insurer->line == 3 && insurer->count == 2);
    node = yaml_find(insurer, "number");
    row_check(6, node && node->quoted && node->line == 5 && text_is(node->text, "06139992"));
    node = yaml_find(root, "list");
    row_check(7, node && node->kind == YAML_LIST && node->count == 3 && node->line == 6);
    const struct yaml_node *item = node->child;
    row_check(8, item && item->line == 7 && text_is(item->text, "one") && item->key.length == 0);
    item = item->next;
    row_check(9, item->kind == YAML_LIST && item->count == 2 && item->line == 8);
    row_check(10, text_is(item->child->next->text, "3") && !item->child->next->next);
    item = item->next;
    row_check(11, item->kind == YAML_MAP && yaml_find(item, "x") && !item->next);
    node = yaml_find(root, "nothing");
    row_check(12, node && node->kind == YAML_SCALAR && node->text.length == 0 && !node->quoted);
    node = yaml_find(root, "block");
    row_check(13, node && node->quoted && text_is(node->text, "first\nsecond\n"));
    row_check(14, !yaml_find(root, "none") && !yaml_find(node, "x") && !yaml_find(NULL, "x"));
    row_check(15, root->next == NULL && root->child == yaml_find(root, "job"));
    arena_close(&arena);
    check_rows();
}

static void scalars(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *in;
        bool is_bool, truth, is_whole;
        int64_t whole;
    } rows[] = {
        {1, "v: true", true, true, false, 0},
        {2, "v: false", true, false, false, 0},
        {3, "v: True", false, false, false, 0},
        {4, "v: yes", false, false, false, 0},
        {5, "v: \"true\"", false, false, false, 0},
        {6, "v: 12", false, false, true, 12},
        {7, "v: -12", false, false, true, -12},
        {8, "v: \"12\"", false, false, false, 0},
        {9, "v: 12.0", false, false, false, 0},
        {10, "v: +12", false, false, false, 0},
        {11, "v: 0x10", false, false, false, 0},
        {12, "v: 9223372036854775807", false, false, true, INT64_MAX},
        {13, "v: 9223372036854775808", false, false, false, 0},
        {14, "v: -9223372036854775808", false, false, true, INT64_MIN},
        {15, "v: -9223372036854775809", false, false, false, 0},
        {16, "v: ", false, false, false, 0},
        {17, "v: '-'", false, false, false, 0},
        {18, "v: [1]", false, false, false, 0},
        {19, "v: 1 2", false, false, false, 0},
        {20, "v: 007", false, false, true, 7},
        {21, "v: 99999999999999999999999", false, false, false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena;
        struct error error;
        struct yaml_node *root;
        bool truth = false;
        int64_t whole = 0;
        row_check(rows[i].row, parse(&arena, text_of(rows[i].in), &root, &error) == OK);
        const struct yaml_node *node = yaml_find(root, "v");
        row_check(rows[i].row,
                  yaml_bool(node, &truth) == rows[i].is_bool && truth == rows[i].truth);
        row_check(rows[i].row,
                  yaml_whole(node, &whole) == rows[i].is_whole && whole == rows[i].whole);
        arena_close(&arena);
    }
    check_rows();
}

/* At the bounds: so many nodes and so deep pass, one more does not; too little memory stops. */
static void bounds(void **state)
{
    (void)state;
    static char source[4 * LIMIT_YAML_NODES];
    struct arena arena;
    struct error error;
    struct yaml_node *root;
    for (int more = 0; more < 2; more++) {
        size_t items = LIMIT_YAML_NODES - 1 + (size_t)more, size = 0;
        source[size++] = '[';
        for (size_t i = 0; i < items; i++, size += 3)
            memcpy(source + size, "1, ", 3);
        source[size++] = ']';
        enum status status = parse(&arena, (struct text){source, (uint32_t)size}, &root, &error);
        row_check(1 + more, status == (more ? STOP : OK));
        row_check(1 + more, more ? error.message == MSG_YAML_TOO_DEEP : root->count == items);
        arena_close(&arena);
    }
    row_check(3, parse(&arena, TEXT("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]"), &root, &error) == OK);
    arena_close(&arena);
    for (size_t ceiling = 0; ceiling < 400; ceiling += 16) {
        arena_open(&arena, ceiling);
        enum status status = yaml_parse(TEXT("a: {b: [c]}"), "f", &arena, &root, &error);
        row_check((int)ceiling, status == OK || error.message == MSG_NO_MEMORY);
        row_check((int)ceiling, ceiling > 32 || status == STOP);
        arena_close(&arena);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults),  cmocka_unit_test(empties), cmocka_unit_test(tree),
        cmocka_unit_test(scalars), cmocka_unit_test(bounds),
    };
    return check_run(tests);
}
