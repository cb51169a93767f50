/* press/outbook_find.c -- who is where: records.csv by 整理番号, and the user's lists. */
#include "press/outbook.h"

#include "base/memory.h"

#include <stdlib.h>

#define RECORDS "records.csv"
#define RECORDS_HEAD "row,id,outcome,seq,form,reason\n"
#define LIST_LIMIT ((size_t)64 << 20)

enum { ROW, RECORD_ID, OUTCOME, RECORD_SEQ };

/* -- who is wanted -- */

enum status outbook_want(struct outbook_people *people, struct text id, uint32_t line,
                         struct error *error)
{
    if (people->count == people->room) {
        uint32_t room = people->room ? people->room * 2 : 64;
        struct outbook_person *list =
            memory_resize(people->list, people->room * sizeof *list, room * sizeof *list);
        if (!list)
            return error_set(error, MSG_NO_MEMORY);
        people->list = list;
        people->room = room;
    }
    people->list[people->count++] =
        (struct outbook_person){.id = id, .hash = hash64(id.bytes, id.length), .line = line};
    return OK;
}

void outbook_people_free(struct outbook_people *people)
{
    memory_free(people->list, people->room * sizeof *people->list);
    *people = (struct outbook_people){0};
}

static int by_hash(const void *a, const void *b)
{
    const struct outbook_person *left = a, *right = b;
    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    return left->line < right->line ? -1 : left->line > right->line;
}

/* Every wanted person of this id is told: the list may name somebody twice. */
static void meet(struct outbook_people *people, struct text id, enum plan_outcome outcome,
                 uint64_t sequence)
{
    uint64_t hash = hash64(id.bytes, id.length);
    uint32_t low = 0, high = people->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (people->list[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < people->count && people->list[low].hash == hash; low++) {
        struct outbook_person *person = &people->list[low];
        if (!text_equal(person->id, id))
            continue;
        person->found++;
        if (person->sequence) /* a doubled id is held: whoever is printed counts */
            continue;
        person->outcome = outcome;
        person->sequence = sequence;
    }
}

/* -- records.csv -- */

static enum status broken_records(uint64_t line, struct error *error)
{
    return error_at(error, MSG_VERIFY_TABLE, RECORDS, (uint32_t)line, TEXT(""));
}

static bool read_outcome(struct text text, enum plan_outcome *out)
{
    static const char *const outcomes[PLAN_OUTCOMES] = {"printed", "protected", "held",
                                                        "follow-up"};
    for (int i = 0; i < PLAN_OUTCOMES; i++) {
        *out = (enum plan_outcome)i;
        if (text_is(text, outcomes[i]))
            return true;
    }
    return false;
}

/* Told of every record: sequence 0 = not printed here. */
struct record_visitor {
    enum status (*record)(void *context, struct text id, enum plan_outcome outcome,
                          uint64_t sequence, struct error *error);
    void *context;
};

static enum status each_record(const struct outbook *book, struct verify_table *table,
                               const struct record_visitor *visitor, struct error *error)
{
    struct verify_line line;
    bool broken = false;
    while (table_next(table, &line, &broken)) {
        enum plan_outcome outcome;
        uint64_t sequence = 0;
        if (!read_outcome(line.field[OUTCOME], &outcome) ||
            (outcome == PLAN_PRINTED &&
             (!table_number(line.field[RECORD_SEQ], &sequence) || !outbook_find(book, sequence))))
            return broken_records(line.number, error);
        if (visitor->record(visitor->context, line.field[RECORD_ID], outcome, sequence, error) !=
            OK)
            return STOP;
    }
    return broken ? broken_records(table->number, error) : OK;
}

/* A protected place has no records.csv: its manifest names the first member of each letter. */
static enum status each_letter(const struct outbook *book, const struct record_visitor *visitor,
                               struct error *error)
{
    struct outbook_line line;
    for (uint64_t i = 0; i < book->count; i++) {
        const struct outbook_letter *letter = &book->letters[i];
        if (!outbook_read(book, letter, &line))
            return error_at(error, MSG_VERIFY_TABLE, SPOOL_MANIFEST, 0, TEXT(""));
        if (visitor->record(visitor->context, line.id, PLAN_PRINTED, letter->sequence, error) != OK)
            return STOP;
    }
    return OK;
}

static enum status each_one(const struct outbook *book, const struct record_visitor *visitor,
                            struct error *error)
{
    struct verify_table table;
    bool there, good;
    enum status status =
        table_open(&table, book->folder, RECORDS, RECORDS_HEAD, &there, &good, error);
    if (status != OK)
        return status;
    if (!there)
        return each_letter(book, visitor, error);
    status = good ? each_record(book, &table, visitor, error) : broken_records(1, error);
    table_close(&table);
    return status;
}

static enum status meet_record(void *context, struct text id, enum plan_outcome outcome,
                               uint64_t sequence, struct error *error)
{
    (void)error;
    meet(context, id, outcome, sequence);
    return OK;
}

enum status outbook_look_up(const struct outbook *book, struct outbook_people *people,
                            struct error *error)
{
    const struct record_visitor visitor = {meet_record, people};
    if (people->count > 1)
        qsort(people->list, people->count, sizeof *people->list, by_hash);
    return each_one(book, &visitor, error);
}

struct chosen_people {
    const struct outbook *book;
    const struct outbook_visitor *visitor;
};

static enum status tell_chosen(void *context, struct text id, enum plan_outcome outcome,
                               uint64_t sequence, struct error *error)
{
    const struct chosen_people *people = context;
    const struct outbook_letter *letter = sequence ? outbook_find(people->book, sequence) : NULL;
    if (outcome != PLAN_PRINTED || !letter || !letter->chosen)
        return OK;
    return people->visitor->person(people->visitor->context, id, sequence, error);
}

enum status outbook_each_person(const struct outbook *book, const struct outbook_visitor *visitor,
                                struct error *error)
{
    struct chosen_people people = {book, visitor};
    const struct record_visitor records = {tell_chosen, &people};
    return each_one(book, &records, error);
}

/* -- lists of the user -- */

enum status outbook_list_open(struct outbook_list *list, const char *path, struct error *error)
{
    *list = (struct outbook_list){0};
    enum status status = os_map(path, LIST_LIMIT, &list->map, error);
    if (status != OK)
        return status;
    list->at = list->map.bytes;
    list->end = list->at + list->map.size;
    if (list->map.size >= 3 && memcmp(list->at, "\xEF\xBB\xBF", 3) == 0)
        list->at += 3;
    return OK;
}

void outbook_list_close(struct outbook_list *list)
{
    os_unmap(&list->map);
    *list = (struct outbook_list){0};
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static struct text trim(struct text value)
{
    while (value.length && is_blank(*value.bytes))
        value = (struct text){value.bytes + 1, value.length - 1};
    while (value.length && is_blank(value.bytes[value.length - 1]))
        value.length--;
    if (value.length > 1 && value.bytes[0] == '"' && value.bytes[value.length - 1] == '"')
        value = (struct text){value.bytes + 1, value.length - 2};
    return value;
}

static bool has_digit(struct text value)
{
    for (uint32_t i = 0; i < value.length; i++)
        if (value.bytes[i] >= '0' && value.bytes[i] <= '9')
            return true;
    return false;
}

bool outbook_list_next(struct outbook_list *list, struct text *value)
{
    while (list->at < list->end) {
        const char *start = list->at;
        const char *stop = memchr(start, '\n', (size_t)(list->end - start));
        if (!stop)
            stop = list->end;
        list->at = stop < list->end ? stop + 1 : stop;
        list->line++;
        *value = trim((struct text){start, (uint32_t)(stop - start)});
        if (value->length == 0 || (list->line == 1 && !has_digit(*value)))
            continue;
        return true;
    }
    return false;
}
