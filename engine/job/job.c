#include "job/job.h"

#include "base/os.h"
#include "base/yaml.h"
#include "job/keys.h"
#include "job/values.h"

/* -- walking the file -- */

/* "group.key"; a key that cannot be shown or that pretends to be a path is "group.?". */
static struct text key_path(struct reading *reading, struct text group,
                            const struct yaml_node *node)
{
    bool plain = text_printable(node->key) && !memchr(node->key.bytes, '.', node->key.length);

    return reading_join(reading, group, group.length > 0 ? TEXT(".") : TEXT(""),
                        plain ? node->key : TEXT("?"));
}

static void walk(struct reading *reading, const struct yaml_node *map, struct text group);

static void walk_group(struct reading *reading, const struct yaml_node *node, struct text path)
{
    if (node->kind == YAML_MAP)
        walk(reading, node, path);
    else if (!node_blank(node))
        reading_complain(reading, MSG_KEY_WANTS_GROUP, node->line, path);
}

/* What belongs to one delivery, or to one house, is no part of a shape. A group is looked into. */
static bool schema_may_hold(struct text path)
{
    static const char *const own[] = {
        "input.file",       "input.files", "input.schema", "input.records", "input.digest",
        "input.host.table", "input.note",  "input.key",    "input.cert",    "input.signer"};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (text_is(path, own[i]))
            return false;
    return text_is(path, "input") || (path.length > 6 && memcmp(path.bytes, "input.", 6) == 0);
}

/* Depth: the table's groups, two at most. */
static void walk(struct reading *reading, const struct yaml_node *map, struct text group)
{
    for (const struct yaml_node *node = map->child; node; node = node->next) {
        struct text path = key_path(reading, group, node);
        int index = path.bytes ? key_rule_find(path) : -1;

        if (!path.bytes)
            return;
        if (reading->schema && !schema_may_hold(path)) {
            reading_complain(reading, MSG_SCHEMA_KEY, node->line, path);
        } else if (reading->schema && index >= 0 && reading->job->given[index]) {
            continue;
        } else if (index >= 0) {
            reading->values[index].given = true;
            reading->values[index].line = node->line;
            value_take(reading, (size_t)index, node);
        } else if (key_group(path)) {
            walk_group(reading, node, path);
        } else {
            reading_complain(reading, MSG_KEY_UNKNOWN, node->line, path);
        }
    }
}

/* -- what the file does not say -- */

/* Line of the group that the key belongs to, where the file has it. */
static uint32_t group_line(const struct yaml_node *root, const char *path)
{
    for (const struct yaml_node *node = root->child; node; node = node->next)
        if (node->key.length < strlen(path) && path[node->key.length] == '.' &&
            node->key.length > 0 && memcmp(path, node->key.bytes, node->key.length) == 0)
            return node->line;
    return 0;
}

/* input.files stands for input.file. */
static bool names_several_files(const struct reading *reading, const struct key_rule *rule)
{
    return strcmp(rule->key.path, "input.file") == 0 && reading->job->input.file_count > 0;
}

/* A preset passes the same door as a value of the file, so that the table cannot promise what the
 * reader would refuse. */
static void presets(struct reading *reading, const struct yaml_node *root)
{
    const struct key_rule *rule;

    for (size_t i = 0; (rule = key_rule_at(i)); i++) {
        struct yaml_node node = {.kind = YAML_SCALAR, .text = text_of(rule->key.preset)};

        if (reading->values[i].given)
            continue;
        if (names_several_files(reading, rule))
            continue;
        if (key_required(rule))
            reading_complain(reading, MSG_KEY_MISSING, group_line(root, rule->key.path),
                             text_of(rule->key.path));
        else if (node.text.length > 0)
            value_take(reading, i, &node);
    }
}

/* -- keys against each other -- */

static uint32_t given_line(const struct reading *reading, const char *path)
{
    return reading->values[key_rule_find(text_of(path))].line;
}

static void check_dates(struct reading *reading)
{
    const struct job *job = reading->job;

    if (job->notice.as_of.year != 0 && job->notice.issued.year != 0 &&
        date_compare(job->notice.issued, job->notice.as_of) < 0)
        reading_complain(reading, MSG_ISSUED_EARLY, given_line(reading, "notice.issued"),
                         TEXT("notice.issued"));
}

/* A table that nobody named would hold what the job wants replaced. */
static void check_names(struct reading *reading)
{
    const struct job *job = reading->job;

    if (job->names.substitute == SUBSTITUTE_TABLE && job->names.table.length == 0)
        reading_complain(reading, MSG_KEY_MISSING, given_line(reading, "names.substitute"),
                         TEXT("names.table"));
    if (job->names.allow_black_circle)
        reading_complain(reading, MSG_BLACK_CIRCLES,
                         given_line(reading, "names.allow_black_circle"),
                         TEXT("names.allow_black_circle"));
}

/* One header cannot be a canonical column and an extra one. */
static void check_columns(struct reading *reading)
{
    const struct job *job = reading->job;

    for (uint32_t i = 0; i < job->input.alias_count; i++)
        for (uint32_t k = 0; k < job->input.extra_count; k++)
            if (text_equal(job->input.aliases[i].header, job->input.extra[k]))
                reading_complain(reading, MSG_KEY_TWICE, given_line(reading, "input.extra"),
                                 TEXT("input.extra"));
}

static void check_files(struct reading *reading)
{
    const struct job *job = reading->job;

    if (job->input.file.length > 0 && job->input.file_count > 0)
        reading_complain(reading, MSG_FILE_AND_FILES, job->input.files_line, TEXT("input.files"));
}

/* -- digest -- */

static enum status digest_values(const struct reading *reading, struct digester *digester,
                                 struct digest *out, struct error *error)
{
    const struct key_rule *rule;

    digest_start(digester);
    if (reading->schema) /* what the job says, then what the schema adds */
        digest_add(digester, reading->job->digest.bytes, sizeof reading->job->digest.bytes);
    for (size_t i = 0; (rule = key_rule_at(i)); i++) {
        struct text value = reading->values[i].canonical;

        if (value.length == 0)
            continue;
        digest_add(digester, rule->key.path, strlen(rule->key.path));
        digest_add(digester, "=", 1);
        digest_add(digester, value.bytes, value.length);
        digest_add(digester, "\n", 1);
    }
    return digest_end(digester, out, error);
}

static enum status digest_job(const struct reading *reading, struct error *error)
{
    struct digester *digester;
    enum status status = digester_new(&digester, error);

    if (status != OK)
        return status;
    status = digest_values(reading, digester, &reading->job->digest, error);
    digester_free(digester);
    return status;
}

/* -- the whole -- */

static bool keep_given(struct reading *reading)
{
    bool *given = arena_array(reading->arena, JOB_KEYS_MOST, sizeof *given);

    if (!given) {
        reading_complain(reading, MSG_NO_MEMORY, 0, TEXT(""));
        return false;
    }
    for (size_t i = 0; i < JOB_KEYS_MOST; i++)
        given[i] = reading->values[i].given;
    reading->job->given = given;
    return true;
}

static enum status read_tree(struct reading *reading, const struct yaml_node *root)
{
    struct error error;

    if (root->kind != YAML_MAP) {
        reading_complain(reading, MSG_KEY_WANTS_GROUP, root->line, TEXT(""));
        return STOP;
    }
    walk(reading, root, TEXT(""));
    presets(reading, root);
    check_dates(reading);
    check_columns(reading);
    check_names(reading);
    check_files(reading);
    if (reading->failed || !keep_given(reading))
        return STOP;
    if (digest_job(reading, &error) == OK)
        return OK;
    problems_add(reading->problems, &error);
    return STOP;
}

/* Windows editors put one; libyaml, told that the text is UTF-8, counts it as a column of the first
 * line. */
static struct text without_mark(struct text source)
{
    if (source.length < 3 || memcmp(source.bytes, "\xEF\xBB\xBF", 3) != 0)
        return source;
    return (struct text){source.bytes + 3, source.length - 3};
}

enum status job_parse(struct text source, const char *path, struct arena *arena, struct job *out,
                      struct problems *problems)
{
    struct reading reading = {.job = out, .arena = arena, .problems = problems, .path = path};
    struct yaml_node *root;
    struct error error;

    memset(out, 0, sizeof *out);
    out->path = path;
    if (strlen(path) >= LIMIT_PATH) {
        reading_complain(&reading, MSG_NO_SUCH_FILE, 0, TEXT(""));
        return STOP;
    }
    os_path_folder(out->folder, path);
    if (yaml_parse(without_mark(source), path, arena, &root, &error) == OK)
        return read_tree(&reading, root);
    problems_add(problems, &error);
    return STOP;
}

enum status job_read(const char *path, struct arena *arena, struct job *out,
                     struct problems *problems)
{
    struct text source;
    struct error error;

    if (os_slurp(path, LIMIT_ASSET_BYTES, arena, &source, &error) == OK)
        return job_parse(source, path, arena, out, problems);
    problems_add(problems, &error);
    return STOP;
}

/* -- a schema -- */

/* Lines of the schema are no lines of the job. */
static void forget_lines(struct reading *reading)
{
    struct job *job = reading->job;
    const struct key_rule *rule;
    const uint32_t none = 0;

    for (size_t i = 0; (rule = key_rule_at(i)); i++) {
        if (!reading->values[i].given)
            continue;
        if (rule->line != 0)
            memcpy((char *)job + rule->line, &none, sizeof none);
        if (rule->kind == KEY_ALIASES)
            for (uint32_t k = 0; k < job->input.alias_count; k++)
                job->input.aliases[k].line = 0;
        if (rule->kind == KEY_FIELDS)
            for (uint32_t k = 0; k < job->input.field_count; k++)
                job->input.fields[k].line = 0;
        if (rule->kind == KEY_VALUES)
            for (uint32_t k = 0; k < job->input.code_count; k++)
                job->input.codes[k].line = 0;
    }
}

enum status job_add_schema(struct text source, const char *path, struct arena *arena,
                           struct job *job, struct problems *problems)
{
    struct reading reading = {
        .job = job, .arena = arena, .problems = problems, .path = path, .schema = true};
    struct yaml_node *root;
    struct error error;

    if (yaml_parse(without_mark(source), path, arena, &root, &error) != OK) {
        problems_add(problems, &error);
        return STOP;
    }
    if (root->kind == YAML_MAP)
        walk(&reading, root, TEXT(""));
    else
        reading_complain(&reading, MSG_KEY_WANTS_GROUP, root->line, TEXT(""));
    check_columns(&reading);
    if (reading.failed)
        return STOP;
    forget_lines(&reading);
    if (digest_job(&reading, &error) == OK)
        return OK;
    problems_add(problems, &error);
    return STOP;
}
