/* The other half of guard.h: protection flags and suppression. */
#include "guard/guard.h"

#include "base/utf8.h"

/* What a protected person's letter may show or be decided by. A list of what passes, not of what is hidden,
 * so that a column added later is hidden until somebody decides otherwise. */
static const bool passes[SLOT_LIMIT] = {
    [COLUMN_REF_NO] = true,        [COLUMN_KIND] = true,          [COLUMN_SYMBOL] = true,
    [COLUMN_NUMBER] = true,        [COLUMN_BRANCH] = true,        [COLUMN_NAME] = true,
    [COLUMN_KANA] = true,          [COLUMN_BIRTH] = true,         [COLUMN_SEX] = true,
    [COLUMN_SHARE] = true,         [COLUMN_ACQUIRED] = true,      [COLUMN_EXPIRY] = true,
    [COLUMN_LAST4] = true,         [COLUMN_REGISTERED] = true,    [COLUMN_MATCH_NAME] = true,
    [COLUMN_MATCH_KANA] = true,    [COLUMN_MATCH_BIRTH] = true,   [COLUMN_MATCH_SEX] = true,
    [COLUMN_MATCH_ADDRESS] = true, [COLUMN_MATCH_OVERALL] = true, [COLUMN_MULTIPLE] = true,
    [COLUMN_CONFIRMED] = true,     [COLUMN_REPLY] = true,         [COLUMN_SUBMITTED] = true,
    [COLUMN_NONDISCLOSURE] = true, [COLUMN_NO_SELF_INFO] = true,  [COLUMN_FORM] = true,
    [COLUMN_START] = true,         [COLUMN_CARD_ISSUED] = true,   [COLUMN_MYNA_CARD] = true,
    [COLUMN_CARE] = true,          [COLUMN_ISSUED_BEFORE] = true,
};

struct admission {
    const struct guard *guard;
    const struct record *record;
    struct admitted *out;
};

static enum status refuse(const struct admission *admission, enum message message, int slot,
                          struct error *error)
{
    enum status status = error_name(error, message, slot_name(admission->guard->job, slot));

    if (error)
        error->row = admission->record->row;
    return status;
}

static const struct field_fault *find_fault(const struct record *record, int column)
{
    for (uint32_t i = 0; i < record->fault_count; i++)
        if (record->fault[i].column == column)
            return &record->fault[i];
    return NULL;
}

static enum status refuse_fault(const struct admission *admission, const struct field_fault *fault,
                                int slot, struct error *error)
{
    enum status status = refuse(admission, (enum message)fault->message, slot, error);

    if (error) {
        error->offset = fault->offset;
        error->want = fault->message == MSG_FIELD_TOO_LONG ? LIMIT_FIELD_BYTES : 0;
    }
    return status;
}

/* -- flags -- */

static bool is_digit(struct text value, char digit)
{
    return utf8_equal_folded(value, (struct text){&digit, 1});
}

/* A column that the file lacks counts as 0. */
static enum status read_flag(const struct admission *admission, int slot, bool *flag,
                             struct error *error)
{
    int column = admission->guard->header->index[slot];
    const struct field_fault *fault;

    *flag = false;
    if (column < 0)
        return OK;
    fault = find_fault(admission->record, column);
    if (fault)
        return refuse_fault(admission, fault, slot, error);
    struct text value = utf8_trim(admission->record->field[column]);
    if (value.length == 0)
        return admission->guard->job->protection.empty == EMPTY_FLAG_NO
                   ? OK
                   : refuse(admission, MSG_FLAG_EMPTY, slot, error);
    *flag = is_digit(value, '1');
    return *flag || is_digit(value, '0') ? OK : refuse(admission, MSG_FLAG_UNREADABLE, slot, error);
}

/* Reads both, so that one that is 1 counts even when the other is unreadable. */
static enum status read_flags(const struct admission *admission, struct error *error)
{
    bool nondisclosure, no_self_info;
    struct error second;
    enum status status = read_flag(admission, COLUMN_NONDISCLOSURE, &nondisclosure, error);
    enum status other = read_flag(admission, COLUMN_NO_SELF_INFO, &no_self_info, &second);

    admission->out->protected_person = nondisclosure || no_self_info;
    if (status == OK && other != OK && error)
        *error = second;
    return status == OK ? other : status;
}

/* -- values -- */

static void take_id(const struct admission *admission)
{
    int column = admission->guard->header->index[COLUMN_REF_NO];

    if (column >= 0 && !find_fault(admission->record, column))
        admission->out->value[COLUMN_REF_NO] = utf8_trim(admission->record->field[column]);
}

static bool is_hidden(const struct admission *admission, int slot)
{
    return slot < 0 || (admission->out->protected_person && !passes[slot]);
}

static enum status check_faults(const struct admission *admission, struct error *error)
{
    const struct record *record = admission->record;

    for (uint32_t i = 0; i < record->fault_count; i++) {
        int slot = admission->guard->header->slot[record->fault[i].column];
        if (!is_hidden(admission, slot))
            return refuse_fault(admission, &record->fault[i], slot, error);
    }
    return OK;
}

static void take_values(const struct admission *admission)
{
    const struct header *header = admission->guard->header;

    for (uint32_t i = 0; i < header->count; i++)
        if (!is_hidden(admission, header->slot[i]))
            admission->out->value[header->slot[i]] = utf8_trim(admission->record->field[i]);
}

/* A protected person who is head of the household may stand there too: it is the name that the letter shows anyway.
 * Any other head, readable or not, is gone without a trace. */
static void take_own_head(const struct admission *admission)
{
    struct text *value = admission->out->value;
    int column = admission->guard->header->index[COLUMN_HEAD];

    if (!admission->out->protected_person || column < 0 || find_fault(admission->record, column))
        return;
    if (text_equal(utf8_trim(admission->record->field[column]), value[COLUMN_NAME]))
        value[COLUMN_HEAD] = value[COLUMN_NAME];
}

enum status guard_admit(const struct guard *guard, const struct record *record,
                        struct admitted *out, struct error *error)
{
    struct admission admission = {guard, record, out};

    *out = (struct admitted){.row = record->row};
    take_id(&admission);
    enum status status = read_flags(&admission, error);
    if (status == OK)
        status = check_faults(&admission, error);
    if (status == OK && out->value[COLUMN_REF_NO].length == 0)
        status = refuse(&admission, MSG_ID_EMPTY, COLUMN_REF_NO, error);
    if (status == OK) {
        take_values(&admission);
        take_own_head(&admission);
    }
    return status;
}
