/* press/household.c -- one letter for all members of a household, wherever they stand in the file.
 * Members are read again by their offsets; what one letter needs of each is kept in the letter's arena. */
#include "press/engine.h"

#include "base/memory.h"
#include "base/utf8.h"

#include <stdlib.h>

/* -- which household: 世帯番号 where the file has it, else 記号 and 番号; a letter has one form and one way to travel -- */

static enum status household_key(const struct press *press, const struct record *record,
                                 const struct plan_entry *entry, struct kin_key *key,
                                 struct error *error)
{
    const struct header *header = intake_header(press->intake);
    bool by_number = header->index[COLUMN_HOUSEHOLD] >= 0;

    if (by_number)
        kin_household(press, record, key);
    else
        kin_insured(press, record, key);
    if (key->size) {
        key->bytes[key->size++] = (char)entry->form;
        key->bytes[key->size++] = (char)(entry->route & ~ROUTE_VOICE); /* see share_voice */
        return OK;
    }
    return error_name(error, MSG_HOUSEHOLD_UNKNOWN,
                      text_of(column_name(by_number ? COLUMN_HOUSEHOLD : COLUMN_NUMBER)));
}

/* -- members -- */

struct member {
    struct letter letter;
    struct text kind, branch, id;
};

/* The record's buffer is used again for the next member: what the letter borrowed from it is copied. */
static enum status keep_texts(struct press *press, const struct press_form *form,
                              struct member *member, const struct admitted *admitted,
                              struct error *error)
{
    struct arena *arena = &press->letter_arena;
    member->kind = arena_text(arena, admitted->value[COLUMN_KIND]);
    member->branch = arena_text(arena, admitted->value[COLUMN_BRANCH]);
    member->id = arena_text(arena, admitted->value[COLUMN_REF_NO]);
    if (!member->kind.bytes || !member->branch.bytes || !member->id.bytes)
        return error_set(error, MSG_NO_MEMORY);
    for (int field = 0; field < FIELD_LIMIT; field++) {
        struct text *text = &member->letter.field[field];
        if (!form->form.fields.used[field] || field_is_fixed(field) || text->length == 0)
            continue;
        *text = arena_text(arena, *text);
        if (!text->bytes)
            return error_set(error, MSG_NO_MEMORY);
    }
    return OK;
}

static enum status read_member(struct press *press, struct plan *plan, uint64_t index,
                               struct press_result *result, struct member *member,
                               struct kin_key *key, struct error *error)
{
    const struct plan_entry *entry = plan_at(plan, index);
    struct record *record = &press->member_record;
    bool end = false;

    intake_seek(press->gather, entry->offset, plan_row(index));
    if (intake_next(press->gather, record, &end, error) != OK || end ||
        (uint32_t)record->fingerprint != entry->fingerprint)
        return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
    enum status status = press_fill(press, record, result, error);
    if (status == OK)
        status = household_key(press, record, entry, key, error);
    if (status != OK)
        return status;
    member->letter = result->letter;
    return keep_texts(press, result->form, member, &result->admitted, error);
}

/* The next character, width folded, taken off the text; 0 at the end. */
static uint32_t take_character(struct text *text)
{
    const char *at = text->bytes, *end = at + text->length;
    if (text->length == 0)
        return 0;
    uint32_t code_point = utf8_fold_width(utf8_next(&at, end));
    *text = (struct text){at, (uint32_t)(end - at)};
    return code_point;
}

/* What is left behind leading zeros, and how many characters that is. */
static struct text behind_zeros(struct text number, uint32_t *characters)
{
    struct text rest = number;
    while (take_character(&rest) == '0')
        number = rest;
    rest = number;
    for (*characters = 0; take_character(&rest); ++*characters)
        ;
    return number;
}

/* As numbers: 2 and ０２ before 10. */
static int by_branch(struct text left, struct text right)
{
    uint32_t left_size, right_size, a, b;
    left = behind_zeros(left, &left_size);
    right = behind_zeros(right, &right_size);
    if (left_size != right_size)
        return left_size < right_size ? -1 : 1;
    do {
        a = take_character(&left);
        b = take_character(&right);
    } while (a && a == b);
    return a == b ? 0 : a < b ? -1 : 1;
}

/* 本人 first, then by 枝番, then by 整理番号. */
static int by_rank(const void *a, const void *b)
{
    const struct member *left = a, *right = b;
    bool left_self = utf8_equal_folded(left->kind, TEXT("本人"));
    bool right_self = utf8_equal_folded(right->kind, TEXT("本人"));
    if (left_self != right_self)
        return left_self ? -1 : 1;
    int order = by_branch(left->branch, right->branch);
    if (order)
        return order;
    uint32_t shorter = left->id.length < right->id.length ? left->id.length : right->id.length;
    order = memcmp(left->id.bytes, right->id.bytes, shorter);
    return order                                ? order
           : left->id.length < right->id.length ? -1
                                                : left->id.length > right->id.length;
}

/* The letter of the household itself holds what is the same for all: the job's fields. */
void household_head(const struct press_form *form, const struct letter *members, uint32_t count,
                    struct letter *head)
{
    memset(head, 0, sizeof *head);
    for (int field = 0; field < FIELD_COUNT; field++)
        if (field_is_fixed(field))
            head->field[field] = form->form.job_fields[field];
    head->row = members[0].row;
    head->protected_person = members[0].protected_person;
    head->members = members;
    head->member_count = count;
}

static enum status compose_members(struct press *press, struct member *members, uint32_t count,
                                   enum compose_mode mode, struct press_result *out,
                                   struct fit_list *fits, struct error *error)
{
    struct letter *letters = arena_array(&press->letter_arena, count, sizeof *letters);
    if (!letters)
        return error_set(error, MSG_NO_MEMORY);
    qsort(members, count, sizeof *members, by_rank);
    for (uint32_t i = 0; i < count; i++)
        letters[i] = members[i].letter;
    household_head(out->form, letters, count, &out->letter);
    out->admitted.value[COLUMN_REF_NO] = members[0].id; /* the manifest names the first member */
    return compose_letter(&out->form->form, &out->letter, mode, press->fonts, &press->letter_arena,
                          &out->pages, fits, error);
}

enum status press_household(struct press *press, struct plan *plan, uint64_t first,
                            enum compose_mode mode, struct press_result *out, struct fit_list *fits,
                            struct error *error)
{
    const uint32_t *later;
    uint32_t count = plan_members(plan, first, &later);
    struct kin_key own, other;

    arena_wipe(&press->letter_arena);
    struct member *members = arena_array(&press->letter_arena, count, sizeof *members);
    if (!members)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < count; i++) {
        struct kin_key *key = i ? &other : &own;
        uint64_t index = i ? later[i - 1] : first;
        enum status status = read_member(press, plan, index, out, &members[i], key, error);
        if (status != OK)
            return status;
        /* never a stranger: the index compares hashes, this what they were made of */
        if (key->size != own.size || memcmp(key->bytes, own.bytes, own.size) != 0)
            return error_set(error, MSG_BUG);
    }
    return compose_members(press, members, count, mode, out, fits, error);
}

/* -- grouping, at the end of the pre-pass -- */

static bool is_household(const struct press *press, const struct plan_entry *entry)
{
    return entry->outcome == PLAN_PRINTED && press->forms[entry->form].wording.household;
}

static bool has_households(struct press *press, struct plan *plan)
{
    for (uint64_t i = 0; i < plan_count(plan); i++)
        if (is_household(press, plan_at(plan, i)))
            return true;
    return false;
}

static enum status group_records(struct press *press, struct plan *plan, struct error *error)
{
    bool end = false;
    intake_rewind(press->intake);
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        const struct plan_entry *entry = plan_at(plan, i);
        struct kin_key key;
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP)
            return STOP;
        if (end)
            return error_set(error, MSG_INPUT_CHANGED);
        if (!is_household(press, entry))
            continue;
        if (household_key(press, &press->record, entry, &key, error) == OK)
            plan_households_add(plan, i, kin_hash(&key));
        else
            plan_hold(plan, i, (uint16_t)error->message, press_error_column(press, error));
    }
    return OK;
}

/* 音声コード要否 of any member speaks for the letter that all share. */
static void share_voice(struct plan *plan)
{
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        const uint32_t *later;
        uint32_t members = plan_members(plan, i, &later);
        bool printed = plan_at(plan, i)->outcome == PLAN_PRINTED; /* else it is no route */
        for (uint32_t n = 0; printed && n + 1 < members; n++)
            plan_at(plan, i)->route |= plan_at(plan, later[n])->route & ROUTE_VOICE;
    }
}

enum status household_group(struct press *press, struct plan *plan, struct error *error)
{
    plan_households_begin(plan);
    if (!has_households(press, plan))
        return OK;
    if (!press->gather &&
        intake_open(&press->job, press->input_path, &press->arena, &press->gather, error) != OK)
        return STOP;
    if (group_records(press, plan, error) != OK)
        return STOP;
    if (plan_households_end(plan, LIMIT_MEMBERS, MSG_HOUSEHOLD_TOO_LARGE, error) != OK)
        return STOP;
    if (press->voice)
        share_voice(plan);
    return OK;
}
