#include "intake/header.h"

#include "base/utf8.h"

struct binding {
    struct header *header;
    const struct job *job;
    int alias_slot[COLUMN_COUNT + 1]; /* slot of alias i; there are no more aliases than columns */
};

static bool same_name(struct text a, struct text b)
{
    return utf8_equal_folded(utf8_trim(a), utf8_trim(b));
}

static enum status alias_refuse(const struct binding *binding, const struct job_alias *alias,
                                enum message message, struct error *error)
{
    return error_at(error, message, binding->job->path, alias->line, alias->canonical);
}

/* Before the file is looked at: does input.columns make sense? */
static enum status check_aliases(struct binding *binding, struct error *error)
{
    const struct job_alias *aliases = binding->job->input.aliases;

    for (uint32_t i = 0; i < binding->job->input.alias_count; i++) {
        int slot = column_find(utf8_trim(aliases[i].canonical));
        if (slot < 0)
            return alias_refuse(binding, &aliases[i], MSG_ALIAS_UNKNOWN, error);
        for (uint32_t k = 0; k < i; k++)
            if (slot == binding->alias_slot[k] || same_name(aliases[i].header, aliases[k].header))
                return alias_refuse(binding, &aliases[i], MSG_ALIAS_DOUBLED, error);
        binding->alias_slot[i] = slot; /* slots differ, so i stays below COLUMN_COUNT */
    }
    return OK;
}

static int alias_of_header(const struct binding *binding, struct text name)
{
    for (uint32_t i = 0; i < binding->job->input.alias_count; i++)
        if (same_name(binding->job->input.aliases[i].header, name))
            return (int)i;
    return -1;
}

/* An extra column that were also a canonical one could be exempted from the guard under its second name. */
static enum status check_extras(const struct binding *binding, struct error *error)
{
    const struct text *extra = binding->job->input.extra;

    for (uint32_t i = 0; i < binding->job->input.extra_count; i++) {
        bool taken = i >= LIMIT_EXTRA || column_find(utf8_trim(extra[i])) >= 0 ||
                     alias_of_header(binding, extra[i]) >= 0;
        for (uint32_t k = 0; k < i && !taken; k++)
            taken = same_name(extra[i], extra[k]);
        if (taken)
            return error_at(error, MSG_EXTRA_TAKEN, binding->job->path, 0, extra[i]);
    }
    return OK;
}

static int slot_of_name(const struct binding *binding, struct text name)
{
    int alias = alias_of_header(binding, name);
    int slot = alias >= 0 ? binding->alias_slot[alias] : column_find(utf8_trim(name));

    for (uint32_t i = 0; slot < 0 && i < binding->job->input.extra_count; i++)
        if (same_name(binding->job->input.extra[i], name))
            slot = COLUMN_COUNT + (int)i;
    return slot;
}

static enum status bind_columns(const struct binding *binding, struct error *error)
{
    struct header *header = binding->header;
    bool any = false;

    for (int slot = 0; slot < SLOT_LIMIT; slot++)
        header->index[slot] = -1;
    for (uint32_t column = 0; column < header->count; column++) {
        int slot = slot_of_name(binding, header->name[column]);
        header->slot[column] = (int16_t)slot;
        if (slot < 0)
            continue;
        if (header->index[slot] >= 0) {
            (void)error_name(error, MSG_HEADER_DOUBLED, slot_name(binding->job, slot));
            error->row = 1;
            error->column_number = column + 1;
            return STOP;
        }
        header->index[slot] = (int16_t)column;
        any = true;
    }
    if (any)
        return OK;
    (void)error_set(error, MSG_HEADER_MISSING);
    error->row = 1;
    return STOP;
}

/* What the job speaks of must be there. */
static enum status check_presence(const struct binding *binding, struct error *error)
{
    const struct job *job = binding->job;

    for (uint32_t i = 0; i < job->input.alias_count; i++)
        if (binding->header->index[binding->alias_slot[i]] < 0)
            return alias_refuse(binding, &job->input.aliases[i], MSG_ALIAS_ABSENT, error);
    for (uint32_t i = 0; i < job->input.extra_count; i++)
        if (binding->header->index[COLUMN_COUNT + i] < 0)
            return error_at(error, MSG_EXTRA_ABSENT, job->path, 0, job->input.extra[i]);
    return OK;
}

enum status header_bind(struct header *header, const struct job *job, struct error *error)
{
    struct binding binding = {.header = header, .job = job};
    enum status status = check_aliases(&binding, error);

    if (status == OK)
        status = check_extras(&binding, error);
    if (status == OK)
        status = bind_columns(&binding, error);
    if (status == OK)
        status = check_presence(&binding, error);
    return status;
}
