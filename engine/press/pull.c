#include "press/pull_inside.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

/* -- who -- */

/* wanted is sorted by hash, lines ascending: a double stands behind its first, equal hashes are rare. */
static bool named_before(const struct outbook_people *wanted, uint32_t index)
{
    const struct outbook_person *person = &wanted->list[index];
    for (uint32_t i = index; i-- > 0 && wanted->list[i].hash == person->hash;)
        if (text_equal(wanted->list[i].id, person->id))
            return true;
    return false;
}

static enum message judge(const struct pull *pull, uint32_t index, struct outbook_letter **letter)
{
    const struct outbook_person *person = &pull->wanted.list[index];
    *letter = person->sequence ? outbook_find(pull->book, person->sequence) : NULL;
    if (named_before(&pull->wanted, index))
        return MSG_AFTER_ID_DOUBLE;
    if (!*letter)
        return MSG_AFTER_ID;
    return (*letter)->pulled ? MSG_AFTER_PULLED : MSG_NONE;
}

static int by_line(const void *a, const void *b)
{
    const struct error *left = a, *right = b;
    return left->line < right->line ? -1 : left->line > right->line;
}

/* In the order of the list, the first PULL_TOLD of those that were met. */
static void tell_all(const struct pull *pull, struct error *told, uint64_t problems)
{
    uint64_t count = problems < PULL_TOLD ? problems : PULL_TOLD;
    qsort(told, (size_t)count, sizeof *told, by_line);
    for (uint64_t i = 0; i < count && pull->order->found; i++)
        pull->order->found(pull->order->context, &told[i]);
}

static enum status choose(struct pull *pull, struct error *error)
{
    struct error told[PULL_TOLD];
    struct outbook_letter *letter;
    uint64_t problems = 0;
    for (uint32_t i = 0; i < pull->wanted.count; i++) {
        enum message message = judge(pull, i, &letter);
        if (message == MSG_NONE) {
            letter->chosen = letter->asked = true;
            continue;
        }
        if (problems++ >= PULL_TOLD)
            continue;
        told[problems - 1] = (struct error){0};
        (void)error_at(&told[problems - 1], message, pull->order->ids, pull->wanted.list[i].line,
                       TEXT(""));
        told[problems - 1].want = letter ? (int64_t)letter->sequence : 0;
    }
    if (problems == 0)
        return OK;
    tell_all(pull, told, problems);
    (void)error_at(error, MSG_AFTER_REFUSED, pull->order->ids, 0, TEXT(""));
    error->have = (int64_t)problems;
    return STOP;
}

static enum status read_list(struct pull *pull, struct outbook_list *list, struct error *error)
{
    struct text id;
    while (outbook_list_next(list, &id))
        if (outbook_want(&pull->wanted, id, list->line, error) != OK)
            return STOP;
    if (pull->wanted.count == 0)
        return error_at(error, MSG_AFTER_LIST_EMPTY, pull->order->ids, 0, TEXT(""));
    enum status status = outbook_look_up(pull->book, &pull->wanted, error);
    return status == OK ? choose(pull, error) : status;
}

/* -- all people of the pieces that come out -- */

static bool is_wanted(const struct outbook_people *wanted, struct text id)
{
    uint64_t hash = hash64(id.bytes, id.length);
    uint32_t low = 0, high = wanted->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (wanted->list[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < wanted->count && wanted->list[low].hash == hash; low++)
        if (text_equal(wanted->list[low].id, id))
            return true;
    return false;
}

static enum status add_person(void *context, struct text id, uint64_t sequence, struct error *error)
{
    struct pull *pull = context;
    if (pull->count == pull->room) {
        uint32_t room = pull->room ? pull->room * 2 : 64;
        struct pulled_person *people =
            memory_resize(pull->people, pull->room * sizeof *people, room * sizeof *people);
        if (!people)
            return error_set(error, MSG_NO_MEMORY);
        pull->people = people;
        pull->room = room;
    }
    struct pulled_person *person = &pull->people[pull->count++];
    *person = (struct pulled_person){.sequence = sequence,
                                     .id = arena_text(&pull->book->arena, id),
                                     .asked = is_wanted(&pull->wanted, id)};
    return person->id.bytes ? OK : error_set(error, MSG_NO_MEMORY);
}

static int by_sequence(const void *a, const void *b)
{
    const struct pulled_person *left = a, *right = b;
    if (left->sequence != right->sequence)
        return left->sequence < right->sequence ? -1 : 1;
    if (left->asked != right->asked)
        return left->asked ? -1 : 1;
    uint32_t size = left->id.length < right->id.length ? left->id.length : right->id.length;
    int order = memcmp(left->id.bytes, right->id.bytes, size);
    return order ? order
                 : (left->id.length > right->id.length) - (left->id.length < right->id.length);
}

static enum status gather(struct pull *pull, struct error *error)
{
    const struct outbook_visitor visitor = {add_person, pull};
    outbook_choose_pieces(pull->book);
    enum status status = outbook_each_person(pull->book, &visitor, error);
    if (status == OK && pull->count > 1)
        qsort(pull->people, pull->count, sizeof *pull->people, by_sequence);
    return status;
}

/* -- tables -- */

static enum status table_row(const struct pull *pull, const struct pulled_person *person,
                             struct csv_row *row, const struct sink *to, struct error *error)
{
    const struct outbook_letter *letter = outbook_find(pull->book, person->sequence);
    struct outbook_line line;
    uint64_t sheet, sheets;
    if (!letter || !outbook_read(pull->book, letter, &line))
        return error_set(error, MSG_BUG);
    outbook_place(pull->book, letter, &sheet, &sheets);
    const struct pull_part *part = pull_part_of(pull, letter->sequence);
    csv_row_start(row);
    csv_row_text(row, person->id);
    csv_row_number(row, letter->sequence);
    csv_row_text(row, line.lot);
    csv_row_number(row, letter->page);
    csv_row_number(row, letter->pages);
    csv_row_number(row, letter->piece);
    csv_row_number(row, sheet);
    csv_row_number(row, sheets);
    csv_row_text(row, line.route);
    if (part)
        csv_row_number(row, part->bundle);
    else
        csv_row_empty(row);
    csv_row_text(row, line.tracking);
    csv_row_text(row, person->asked ? TEXT("asked") : TEXT("remake"));
    csv_row_end(row);
    return row->overflow ? error_set(error, MSG_BUG) : sink_write(to, row->bytes, row->size, error);
}

static enum status make_table(struct pull *pull, struct error *error)
{
    static const char head[] =
        "id,seq,lot,page,pages,piece,sheet,sheets,route,bundle,tracking,pull\n";
    const struct sink to = buffer_sink(&pull->table);
    struct csv_row row;
    enum status status = sink_write(&to, head, sizeof head - 1, error);
    for (uint32_t i = 0; status == OK && i < pull->count; i++)
        status = table_row(pull, &pull->people[i], &row, &to, error);
    return status;
}

/* Every number that is out, of this pull and of all before. */
static enum status make_missing(struct pull *pull, struct error *error)
{
    static const char head[] = "seq,piece,lot,page,pages\n";
    const struct outbook *book = pull->book;
    const struct sink to = buffer_sink(&pull->missing);
    struct csv_row row;
    enum status status = sink_write(&to, head, sizeof head - 1, error);
    for (uint64_t i = 0; status == OK && i < book->count; i++) {
        const struct outbook_letter *letter = &book->letters[i];
        if (!letter->pulled && !letter->chosen)
            continue;
        csv_row_start(&row);
        csv_row_number(&row, letter->sequence);
        csv_row_number(&row, letter->piece);
        csv_row_text(&row, text_of(book->lots[letter->lot].name));
        csv_row_number(&row, letter->page);
        csv_row_number(&row, letter->pages);
        csv_row_end(&row);
        status = sink_write(&to, row.bytes, row.size, error);
    }
    return status;
}

/* -- files -- */

#define NAME_ROOM 48

/* What a pull makes. `anew`: the run, or an earlier pull, has one of this name without a number. */
struct pull_file {
    const char *stem, *ending, *field; /* field: of the ledger's record */
    bool anew;
    const struct buffer *bytes; /* empty: it is not made */
};
#define FILES 7

static void list_files(const struct pull *pull, struct pull_file out[FILES])
{
    const struct pull_lists *lists = &pull->lists;
    const struct pull_file files[FILES] = {
        {"pulls", ".csv", "pulls", false, &pull->table},
        {"missing", ".csv", "missing", false, &pull->missing},
        {"pulls", ".pdf", "slip", false, &pull->slip},
        {"bundles", ".csv", "bundles", true, &lists->bundles_csv},
        {"posting-list", ".csv", "posting", true, &lists->posting_csv},
        {"slips", ".pdf", "slips", true, &lists->bundles_pdf},
        {"posting-list", ".pdf", "posting_sheets", true, &lists->posting_pdf}};
    memcpy(out, files, sizeof files);
}

static void file_name(const struct pull *pull, const struct pull_file *file, char out[NAME_ROOM])
{
    uint64_t number = pull->number + file->anew;
    if (number == 1)
        (void)snprintf(out, NAME_ROOM, "%s%s", file->stem, file->ending);
    else
        (void)snprintf(out, NAME_ROOM, "%s-%llu%s", file->stem, (unsigned long long)number,
                       file->ending);
}

static enum status write_part(const char *path, const struct buffer *bytes, struct error *error)
{
    struct os_file *file;
    enum status status = os_file_create(path, &file, error);
    if (status != OK)
        return status;
    status = os_file_write(file, bytes->bytes, bytes->size, error);
    if (status == OK)
        status = os_file_seal(file, error);
    if (status != OK)
        os_file_abandon(file);
    return status;
}

/* What a killed pull has left under this name is garbage: no record of the ledger speaks of it. */
static enum status put_file(const struct pull *pull, const struct pull_file *file,
                            struct error *error)
{
    char name[NAME_ROOM], part_name[NAME_ROOM + 8], path[LIMIT_PATH], part[LIMIT_PATH];
    file_name(pull, file, name);
    (void)snprintf(part_name, sizeof part_name, "%s.part", name);
    if (!os_path_join(path, pull->book->folder, name) ||
        !os_path_join(part, pull->book->folder, part_name))
        return error_at(error, MSG_WRITE_FAILED, name, 0, TEXT(""));
    os_unlink(path);
    os_unlink(part);
    if (file->bytes->size == 0)
        return OK;
    enum status status = write_part(part, file->bytes, error);
    if (status != OK)
        return status;
    status = os_rename_new(part, path, error);
    if (status != OK)
        os_unlink(part);
    return status;
}

static enum status put_files(const struct pull *pull, struct error *error)
{
    struct pull_file files[FILES];
    enum status status = OK;
    list_files(pull, files);
    for (int i = 0; status == OK && i < FILES; i++)
        status = put_file(pull, &files[i], error);
    return status == OK ? os_sync_folder(pull->book->folder, error) : status;
}

static enum status append(const struct pull *pull, struct error *error)
{
    struct outbook_event event = {
        .pull = true, .id = pull->id, .number = pull->number, .reason = pull->order->reason};
    struct pull_file files[FILES];
    char hex[FILES][65];
    list_files(pull, files);
    for (size_t i = 0; i < FILES; i++) {
        struct digest digest;
        if (files[i].bytes->size == 0)
            continue;
        if (digest_of(files[i].bytes->bytes, files[i].bytes->size, &digest, error) != OK)
            return STOP;
        digest_hex(&digest, hex[i]);
        event.more[event.more_count++] =
            (struct ledger_field){text_of(files[i].field), {hex[i], 64}};
    }
    return outbook_append(pull->book, &event, error);
}

/* -- all -- */

static void mark_pulled(struct outbook *book)
{
    for (uint64_t i = 0; i < book->count; i++)
        book->letters[i].pulled = book->letters[i].pulled || book->letters[i].chosen;
}

static enum status make_papers(struct pull *pull, struct error *error)
{
    const struct sink slip = buffer_sink(&pull->slip);
    struct pull_pen pen;
    enum status status = paper_open(&pen, pull->order->fonts, error);
    if (status == OK)
        status = pull_slip(pull, &pen, &slip);
    if (status == OK)
        status = pull_papers(pull, &pen);
    paper_close(&pen);
    return status;
}

static enum status make_all(struct pull *pull, struct error *error)
{
    pull->number = outbook_orders(pull->book, true) + 1;
    enum status status = gather(pull, error);
    if (status == OK)
        status =
            outbook_identify(pull->book, true, pull->number, pull->order->reason, &pull->id, error);
    if (status == OK)
        status = pull_lists_make(pull, error);
    if (status == OK)
        status = make_table(pull, error);
    if (status == OK)
        status = make_missing(pull, error);
    if (status == OK)
        status = make_papers(pull, error);
    if (status == OK)
        status = put_files(pull, error);
    return status == OK ? append(pull, error) : status;
}

static enum status run(struct pull *pull, const struct sink *data, const struct sink *words,
                       struct error *error)
{
    struct outbook_list list;
    enum status status = outbook_open(pull->order->out, true, &pull->book, error);
    if (status == OK)
        status = outbook_key(pull->book, pull->order->secret, error);
    if (status == OK)
        status = outbook_list_open(&list, pull->order->ids, error);
    if (status != OK)
        return status;
    status = read_list(pull, &list, error);
    if (status == OK)
        status = make_all(pull, error);
    outbook_list_close(&list);
    if (status != OK)
        return status;
    mark_pulled(pull->book);
    status = sink_write(data, pull->table.bytes, pull->table.size, error);
    return status == OK ? outbook_totals(pull->book, words, error) : status;
}

enum status press_pull(const struct pull_order *order, const struct sink *data,
                       const struct sink *words, struct error *error)
{
    struct pull pull = {.order = order};
    enum status status = outbook_reason(order->reason, error);
    if (status == OK)
        status = run(&pull, data, words, error);
    outbook_people_free(&pull.wanted);
    memory_free(pull.people, pull.room * sizeof *pull.people);
    buffer_free(&pull.table);
    buffer_free(&pull.missing);
    buffer_free(&pull.slip);
    pull_lists_free(&pull.lists);
    outbook_close(pull.book);
    return status;
}
