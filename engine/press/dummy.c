#include "press/dummy.h"

#include "base/date.h"
#include "base/memory.h"
#include "base/os.h"
#include "base/utf8.h"
#include "press/dummy_values.h"
#include "press/extract_inside.h"

#include <stdio.h>

struct dummy {
    struct press *press;
    const struct dummy_order *order;
    struct dummy_maker maker;
    struct extract_row row;
    struct sink sink;
    struct admitted shape;
    uint64_t eligible, place, written;
    bool refused;  /* the record in hand was not admitted */
    bool has_last; /* the values of the record before, as shapes and as made */
    uint64_t last_hash[SLOT_LIMIT];
    char last[SLOT_LIMIT][256];
    uint32_t days; /* earlier, all dates of the record in hand */
    char value[DUMMY_BYTES];
};

/* -- what kind of column -- */

enum column_kind {
    COLUMN_SHAPED,  /* made new each time */
    COLUMN_SHARED,  /* ... but a family side by side has one value */
    COLUMN_PLACE,   /* shared, and an address */
    COLUMN_DAY,     /* a date of the person */
    COLUMN_WORD,    /* a choice that decides form and route */
    COLUMN_COMMON,  /* a date of many */
    COLUMN_COUNTED, /* 整理番号 */
    COLUMN_FLAG     /* of protection: nobody here is protected */
};

static enum column_kind kind_of(int slot)
{
    switch (slot) {
    case COLUMN_REF_NO:
        return COLUMN_COUNTED;
    case COLUMN_NONDISCLOSURE:
    case COLUMN_NO_SELF_INFO:
        return COLUMN_FLAG;
    case COLUMN_BIRTH:
    case COLUMN_ACQUIRED:
        return COLUMN_DAY;
    case COLUMN_EXPIRY:
    case COLUMN_REGISTERED:
    case COLUMN_START:
    case COLUMN_CARD_ISSUED:
        return COLUMN_COMMON;
    case COLUMN_SYMBOL:
    case COLUMN_NUMBER:
    case COLUMN_HOUSEHOLD:
    case COLUMN_HEAD:
    case COLUMN_EMPLOYER_NO:
    case COLUMN_EMPLOYER:
    case COLUMN_POSTCODE:
        return COLUMN_SHARED;
    case COLUMN_ADDRESS:
    case COLUMN_ADDRESS_A:
    case COLUMN_ADDRESS_B:
        return COLUMN_PLACE;
    case COLUMN_KIND:
    case COLUMN_SEX:
    case COLUMN_SHARE:
    case COLUMN_MATCH_NAME:
    case COLUMN_MATCH_KANA:
    case COLUMN_MATCH_BIRTH:
    case COLUMN_MATCH_SEX:
    case COLUMN_MATCH_ADDRESS:
    case COLUMN_MATCH_OVERALL:
    case COLUMN_MULTIPLE:
    case COLUMN_CONFIRMED:
    case COLUMN_REPLY:
    case COLUMN_SUBMITTED:
    case COLUMN_ROUTE:
    case COLUMN_MAIL_CLASS:
    case COLUMN_VOICE:
    case COLUMN_FORM:
    case COLUMN_TO_HONORIFIC:
    case COLUMN_MYNA_CARD:
    case COLUMN_CARE:
    case COLUMN_ISSUED_BEFORE:
        return COLUMN_WORD;
    default:
        return COLUMN_SHAPED;
    }
}

static bool is_personal(int slot)
{
    enum column_kind kind = kind_of(slot);
    return kind != COLUMN_COMMON && kind != COLUMN_WORD && kind != COLUMN_FLAG;
}

static bool is_form(const struct press *press, struct text value)
{
    for (uint32_t i = 0; i < press->form_count; i++)
        if (text_equal(press->forms[i].name, value))
            return true;
    return false;
}

/* -- values -- */

/* The id and what counts with it: D0000017, as long as the shape where that is longer. */
static struct text counted(struct dummy *dummy, struct text shape)
{
    uint32_t length = shape.length > 8 && shape.length < 32 ? shape.length : 8;
    int size = snprintf(dummy->value, sizeof dummy->value, "D%0*llu", (int)length - 1,
                        (unsigned long long)dummy->written + 1);
    return (struct text){dummy->value, size > 0 ? (uint32_t)size : 0};
}

static struct text shared(struct dummy *dummy, int slot, struct text shape)
{
    uint64_t hash = shape.length ? hash64(shape.bytes, shape.length) : 0;
    bool same = dummy->has_last && hash == dummy->last_hash[slot];

    dummy->last_hash[slot] = hash;
    if (same)
        return text_of(dummy->last[slot]);
    struct text value =
        dummy_shape(&dummy->maker, shape, kind_of(slot) == COLUMN_PLACE, dummy->value);
    if (value.length >= sizeof dummy->last[slot])
        dummy->last_hash[slot] = 0;
    else
        (void)snprintf(dummy->last[slot], sizeof dummy->last[slot], "%.*s", (int)value.length,
                       value.bytes);
    return value;
}

static struct text make_value(struct dummy *dummy, int slot)
{
    struct text shape = slot < 0 ? (struct text){0, 0} : dummy->shape.value[slot];
    struct date date;

    if (slot < 0 || shape.length == 0)
        return (struct text){kind_of(slot) == COLUMN_FLAG ? "0" : "", kind_of(slot) == COLUMN_FLAG};
    switch (kind_of(slot)) {
    case COLUMN_COUNTED:
        return counted(dummy, shape);
    case COLUMN_FLAG:
        return TEXT("0");
    case COLUMN_WORD:
        if (dummy_choice(shape) || (slot == COLUMN_FORM && is_form(dummy->press, shape)))
            return shape;
        return dummy_shape(&dummy->maker, shape, false, dummy->value);
    case COLUMN_COMMON:
        if (date_parse(shape, &date) == DATE_OK)
            return shape;
        return dummy_shape(&dummy->maker, shape, false, dummy->value);
    case COLUMN_DAY:
        return date_unknown(shape) ? TEXT("不詳")
                                   : dummy_date(&dummy->maker, shape, dummy->days, dummy->value);
    case COLUMN_SHARED:
    case COLUMN_PLACE:
        return shared(dummy, slot, shape);
    default:
        return dummy_shape(&dummy->maker, shape,
                           slot == COLUMN_ADDRESS_EXTRA || slot == COLUMN_TO_ADDRESS ||
                               slot == COLUMN_TO_ADDRESS_EXTRA,
                           dummy->value);
    }
}

/* All dates of a record move together, so that their order stays; as far back as it takes to be nobody's. */
static void choose_days(struct dummy *dummy)
{
    static const int slots[] = {COLUMN_BIRTH, COLUMN_ACQUIRED};
    bool seen = true;
    for (uint32_t try = 0; try < 64 && seen; try++) {
        dummy->days = 1 + dummy_chance(&dummy->maker, 30 + 20 * try);
        seen = false;
        for (int i = 0; i < 2; i++) {
            struct text shape = dummy->shape.value[slots[i]];
            seen = seen || (shape.length &&
                            dummy_seen(&dummy->maker, dummy_date(&dummy->maker, shape, dummy->days,
                                                                 dummy->value)));
        }
    }
}

static enum status write_one(struct dummy *dummy, struct error *error)
{
    const struct header *header = intake_header(dummy->press->intake);

    choose_days(dummy);
    row_start(&dummy->row);
    for (uint32_t i = 0; i < header->count; i++)
        row_put(&dummy->row, make_value(dummy, header->slot[i]));
    dummy->written++;
    dummy->has_last = true;
    return row_send(&dummy->row, &dummy->sink, error);
}

/* -- the two readings -- */

/* A record that the guard does not admit gives no shape, but its values are somebody's all the same. */
static bool take_refused(struct dummy *dummy, const struct error *refused)
{
    const struct header *header = intake_header(dummy->press->intake);
    const struct record *record = &dummy->press->record;

    if (dummy->shape.protected_person || refused->message == MSG_FLAG_EMPTY ||
        refused->message == MSG_FLAG_UNREADABLE)
        return false;
    for (uint32_t i = 0; i < header->count; i++)
        if (header->slot[i] >= 0)
            dummy->shape.value[header->slot[i]] = utf8_trim(record->field[i]);
    return true;
}

static enum status take_record(struct dummy *dummy,
                               enum status (*take)(struct dummy *dummy, struct error *error),
                               struct error *error)
{
    struct press *press = dummy->press;
    enum status status = guard_record(&press->guard, &press->record, error);

    if (status == OK)
        status = guard_admit(&press->guard, &press->record, &dummy->shape, error);
    if (status == STOP)
        return STOP;
    dummy->refused = status == REJECT;
    bool taken = dummy->refused ? take_refused(dummy, error) : !dummy->shape.protected_person;
    return taken ? take(dummy, error) : OK;
}

static enum status read_records(struct dummy *dummy,
                                enum status (*take)(struct dummy *dummy, struct error *error),
                                struct error *error)
{
    struct press *press = dummy->press;
    bool end = false;

    intake_rewind(press->intake);
    for (;;) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP || end)
            return status;
        if (status == OK && take_record(dummy, take, error) != OK)
            return STOP;
    }
}

static enum status see(struct dummy *dummy, struct error *error)
{
    const struct header *header = intake_header(dummy->press->intake);
    (void)error;
    for (uint32_t i = 0; i < header->count; i++)
        if (header->slot[i] >= 0 && is_personal(header->slot[i]))
            dummy_see(&dummy->maker, dummy->shape.value[header->slot[i]]);
    dummy->eligible += !dummy->refused;
    return OK;
}

/* Evenly: the record at place j of M gives floor((j+1)N/M) - floor(jN/M) people. */
static enum status give(struct dummy *dummy, struct error *error)
{
    uint64_t count = dummy->order->count, all = dummy->eligible;
    if (dummy->refused)
        return OK;
    uint64_t from = dummy->place * count / all, to = (dummy->place + 1) * count / all;

    dummy->place++;
    for (uint64_t i = from; i < to; i++) {
        if (i > from)
            dummy->has_last = false; /* one shape twice is no family */
        if (write_one(dummy, error) != OK)
            return STOP;
    }
    return OK;
}

static enum status write_header(struct dummy *dummy, struct error *error)
{
    const struct header *header = intake_header(dummy->press->intake);
    row_start(&dummy->row);
    for (uint32_t i = 0; i < header->count; i++)
        row_put(&dummy->row, header->slot[i] == COLUMN_LAST4 && dummy->press->job.input.cut_numbers
                                 ? text_of(column_name(COLUMN_LAST4))
                                 : header->name[i]);
    return row_send(&dummy->row, &dummy->sink, error);
}

static enum status write_sink(void *context, const void *bytes, size_t size, struct error *error)
{
    return os_file_write(context, bytes, size, error);
}

static enum status write_file(struct dummy *dummy, struct os_file *file, struct error *error)
{
    dummy->sink = (struct sink){write_sink, file};
    enum status status = write_header(dummy, error);
    if (status == OK)
        status = read_records(dummy, give, error);
    if (status == OK)
        status = intake_unchanged(dummy->press->intake, error);
    return status == OK ? os_file_seal(file, error) : status;
}

static enum status make(struct dummy *dummy, struct error *error)
{
    struct os_file *file;
    enum status status = read_records(dummy, see, error);

    if (status == OK && dummy->eligible == 0)
        status = error_set(error, MSG_DUMMY_EMPTY);
    if (status == OK)
        status = os_file_create(dummy->order->out, &file, error);
    if (status != OK)
        return status;
    status = write_file(dummy, file, error);
    if (status != OK)
        os_file_abandon(file);
    return status;
}

enum status press_dummy(struct press *press, const struct dummy_order *order, struct error *error)
{
    struct dummy *dummy;
    enum status status = STOP;

    if (order->count == 0 || order->count > DUMMY_MOST) {
        (void)error_set(error, MSG_DUMMY_COUNT);
        error->want = DUMMY_MOST;
        return STOP;
    }
    dummy = memory_new(sizeof *dummy);
    uint8_t *seen = memory_new(SEEN_BYTES);
    if (dummy && seen) {
        dummy->press = press;
        dummy->order = order;
        dummy->maker = (struct dummy_maker){order->seed, seen, press->gaiji, press->gaiji_count};
        status = make(dummy, error);
    } else {
        (void)error_set(error, MSG_NO_MEMORY);
    }
    memory_free(seen, seen ? SEEN_BYTES : 0);
    memory_free(dummy, dummy ? sizeof *dummy : 0);
    return status;
}
