/* press/extract_job.c -- the job at hand, written anew for another place: whatever keys it has, but those of the
 * insurer's own affairs. Working on the tree, not on struct job: a key that this file never heard of goes along. */
#include "press/boundary.h"
#include "press/extract_inside.h"

#include <stdio.h>

struct writer {
    const struct press *press;
    const struct extract_job *facts;
    const struct sink *out;
    struct error *error;
    enum status status;
};

static void put_bytes(struct writer *writer, const char *bytes, size_t size)
{
    if (writer->status == OK && size)
        writer->status = sink_write(writer->out, bytes, size, writer->error);
}

static void put(struct writer *writer, const char *words)
{
    put_bytes(writer, words, strlen(words));
}

static void put_quoted(struct writer *writer, struct text text)
{
    put(writer, "\"");
    for (uint32_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i];
        if (byte == '\n')
            put(writer, "\\n");
        else if (byte == '\t')
            put(writer, "\\t");
        else {
            if (byte == '"' || byte == '\\')
                put(writer, "\\");
            put_bytes(writer, &byte, 1);
        }
    }
    put(writer, "\"");
}

/* A plain word stays plain: true, 12 and 2024-10-01 are no texts. */
static void put_scalar(struct writer *writer, const struct yaml_node *node)
{
    if (node->text.length == 0 && !node->quoted) /* a key with nothing behind it stays one */
        return;
    if (node->quoted || memchr(node->text.bytes, '\n', node->text.length))
        put_quoted(writer, node->text);
    else
        put_bytes(writer, node->text.bytes, node->text.length);
}

/* Flow style below the first level: no indentation to keep. */
static void put_value(struct writer *writer, const struct yaml_node *node)
{
    if (node->kind == YAML_SCALAR) {
        if (node->quoted || strpbrk(node->text.bytes ? node->text.bytes : "", ",[]{}:#"))
            put_quoted(writer, node->text);
        else
            put_scalar(writer, node);
        return;
    }
    put(writer, node->kind == YAML_MAP ? "{ " : "[ ");
    for (const struct yaml_node *child = node->child; child; child = child->next) {
        if (node->kind == YAML_MAP) {
            put_quoted(writer, child->key);
            put(writer, ": ");
        }
        put_value(writer, child);
        put(writer, child->next ? ", " : " ");
    }
    put(writer, node->kind == YAML_MAP ? "}" : "]");
}

static bool is_one_of(struct text key, const char *const *list)
{
    for (; *list; list++)
        if (text_is(key, *list))
            return true;
    return false;
}

/* What the file that is copied beside the job is called there. */
static void put_copied(struct writer *writer, struct text path)
{
    char name[LIMIT_PATH];
    (void)snprintf(name, sizeof name, "%.*s", (int)path.length, path.bytes ? path.bytes : "");
    put_quoted(writer, text_of(os_path_last(name)));
}

static void put_images(struct writer *writer, const struct yaml_node *node)
{
    for (const struct yaml_node *child = node->child; child; child = child->next) {
        put(writer, "  ");
        put_quoted(writer, child->key);
        put(writer, ": ");
        put_copied(writer, child->text);
        put(writer, "\n");
    }
}

static void put_child(struct writer *writer, const struct yaml_node *group,
                      const struct yaml_node *child)
{
    put(writer, "  ");
    put_bytes(writer, child->key.bytes, child->key.length);
    put(writer, ": ");
    if (text_is(group->key, "names") && text_is(child->key, "table"))
        put_copied(writer, child->text);
    else
        put_value(writer, child);
    put(writer, "\n");
}

/* The block of 引受番号 goes to the vendor whole: printed here as well, its numbers would be on two letters each. */
static bool is_left_out(const struct writer *writer, struct text group, struct text key)
{
    if (text_is(group, "notice") && text_is(key, "form"))
        return true;
    return !writer->facts->vendor && text_is(group, "mail") && text_is(key, "tracking");
}

static void put_group(struct writer *writer, const struct yaml_node *group)
{
    put_bytes(writer, group->key.bytes, group->key.length);
    if (group->kind != YAML_MAP) {
        put(writer, ": ");
        put_value(writer, group);
        put(writer, "\n");
        return;
    }
    put(writer, group->count ? ":\n" : ": {}\n");
    if (text_is(group->key, "images")) {
        put_images(writer, group);
        return;
    }
    for (const struct yaml_node *child = group->child; child; child = child->next)
        if (!is_left_out(writer, group->key, child->key))
            put_child(writer, group, child);
    if (text_is(group->key, "notice"))
        put(writer, "  form: column\n");
}

/* Extra columns among those that go, as a list. */
static void put_extra(struct writer *writer)
{
    const struct extract_columns *columns = writer->facts->columns;
    bool first = true;

    for (uint32_t i = 0; i < columns->count; i++) {
        if (columns->slot[i] < COLUMN_COUNT)
            continue;
        put(writer, first ? "  extra: [ " : ", ");
        put_quoted(writer, columns->name[i]);
        first = false;
    }
    if (!first)
        put(writer, " ]\n");
}

static void put_exempt(struct writer *writer)
{
    const struct job *job = &writer->press->job;
    const struct extract_columns *columns = writer->facts->columns;
    bool first = true;

    for (uint32_t i = 0; i < job->guard.exempt_count; i++)
        for (uint32_t k = 0; k < columns->count; k++) {
            if (!text_equal(job->guard.exempt[i], columns->name[k]))
                continue;
            put(writer, first ? "guard:\n  exempt: [ " : ", ");
            put_quoted(writer, columns->name[k]);
            first = false;
        }
    if (!first)
        put(writer, " ]\n");
}

static void put_vendor(struct writer *writer)
{
    const struct note *note = writer->facts->note;
    char line[128];

    (void)snprintf(line, sizeof line, "input:\n  file: %s\n  records: %llu\n", note->file,
                   (unsigned long long)note->records);
    put(writer, line);
    put(writer, "  note: delivery-note.yaml\n");
    if (writer->facts->sealed)
        put(writer, "  key: recipient-key.pem      # your private key\n");
    if (writer->facts->signed_inside)
        put(writer, "  signer: insurer-cert.pem    # the insurer's certificate\n");
    put_extra(writer);
    put(writer, "seal:\n  key: ");
    put_copied(writer, writer->press->job.seal.key);
    put(writer, "           # the key shared with the insurer, mode 0600\n"
                "secret: secret.key         # yours: oshirase keygen secret.key\n");
}

/* Those whose letters are the insurer's own: the flags go along, kin is printed with them. */
static void put_own(struct writer *writer)
{
    put(writer, "input:\n  file: members.csv\n");
    put_extra(writer);
    put(writer, "protection: { kin: separate, empty: \"no\" }\n");
}

enum status extract_job(const struct press *press, const struct yaml_node *root,
                        const struct extract_job *facts, const struct sink *out,
                        struct error *error)
{
    static const char *const left_out[] = {"role", "input",  "protection", "guard",
                                           "seal", "secret", "extract",    NULL};
    struct writer writer = {press, facts, out, error, OK};

    put(&writer, facts->vendor
                     ? "# For the print vendor, made by oshirase extract.\nrole: vendor\n"
                     : "# Letters of the insurer's own, made by oshirase extract. Print with\n"
                       "#   oshirase print job.yaml -o OUT --protected-out DIR\n");
    for (const struct yaml_node *node = root->child; node; node = node->next)
        if (!is_one_of(node->key, left_out))
            put_group(&writer, node);
    if (facts->vendor)
        put_vendor(&writer);
    else
        put_own(&writer);
    put_exempt(&writer);
    return writer.status;
}

/* -- files beside the job -- */

static enum status copy_file(const struct press *press, struct extract_out *out, struct text file,
                             const char *folder, struct error *error)
{
    char path[LIMIT_PATH], name[64];
    struct arena arena;
    struct text bytes;
    struct sink sink;

    if (!boundary_path(press, file, path))
        return error_name(error, MSG_EXTRACT_COPY, TEXT("images"));
    int size = snprintf(name, sizeof name, "%s%s", folder, os_path_last(path));
    if (size < 0 || (size_t)size >= sizeof name)
        return error_at(error, MSG_EXTRACT_COPY, path, 0, TEXT(""));
    for (uint32_t i = 0; i < out->count; i++)
        if (strcmp(out->files[i].name, name) == 0)
            return error_at(error, MSG_EXTRACT_COPY, path, 0, TEXT(""));
    arena_open(&arena, 2 * LIMIT_ASSET_BYTES);
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &arena, &bytes, error);
    if (status == OK)
        status = out_file(out, name, &sink, error);
    if (status == OK && bytes.length)
        status = sink_write(&sink, bytes.bytes, bytes.length, error);
    arena_close(&arena);
    return status;
}

enum status extract_copies(const struct press *press, struct extract_out *out, struct error *error)
{
    static const char *const folders[] = {"", "insurer/"};
    enum status status = OK;

    for (size_t f = 0; f < 2; f++) {
        for (uint32_t i = 0; i < press->job.image_count && status == OK; i++)
            status = copy_file(press, out, press->job.images[i].file, folders[f], error);
        if (status == OK && press->job.names.substitute == SUBSTITUTE_TABLE)
            status = copy_file(press, out, press->job.names.table, folders[f], error);
    }
    return status;
}
