/* press/pull_lists.c -- the tables of a run that count pieces, without what is pulled: bundles.csv, posting-list.csv.
 * Always from the sealed ones, less all that is out by now: so made - pulled = sent, whatever came before. */
#include "press/pull_inside.h"

#include "base/memory.h"

enum { BUNDLE, PART, KIND, KEY, PIECES, LETTERS, FIRST, LAST, LOT, PAGE, ROUTE };
enum { P_NUMBER, P_CLASS, P_ROUTE, P_SEQ, P_PIECE, P_POSTCODE };

#define BUNDLES "bundles.csv"
#define POSTING "posting-list.csv"
#define BUNDLES_HEAD "bundle,part,kind,key,pieces,letters,first,last,lot,page,route\n"
#define POSTING_HEAD "number,class,route,seq,piece,postcode\n"

static enum status broken_table(const char *name, uint64_t line, struct error *error)
{
    return error_at(error, MSG_VERIFY_TABLE, name, (uint32_t)line, TEXT(""));
}

static bool is_out(const struct outbook_letter *letter)
{
    return letter->pulled || letter->chosen;
}

/* Room for one more of a list; the old list stays when there is no memory. */
static enum status grow(void **list, uint32_t count, uint32_t *room, size_t size,
                        struct error *error)
{
    if (count < *room)
        return OK;
    uint32_t more = *room ? *room * 2 : 64;
    void *bytes = memory_resize(*list, *room * size, more * size);
    if (!bytes)
        return error_set(error, MSG_NO_MEMORY);
    *list = bytes;
    *room = more;
    return OK;
}

static enum status keep(struct arena *arena, struct text from, struct text *out,
                        struct error *error)
{
    *out = from.length ? arena_text(arena, from) : (struct text){NULL, 0};
    return from.length && !out->bytes ? error_set(error, MSG_NO_MEMORY) : OK;
}

/* -- bundles -- */

/* What is left of the part: its letters follow each other, first to last. */
static bool count_left(const struct pull *pull, uint64_t letters, struct pull_part *part)
{
    const struct outbook_letter *letter = outbook_find(pull->book, part->first);
    const struct outbook_letter *end = pull->book->letters + pull->book->count;
    uint64_t last = part->last, piece = 0, made = 0;
    if (!letter || last < part->first || last - part->first + 1 != letters)
        return false;
    part->made_first = part->first;
    part->made_last = last;
    part->first = part->last = 0;
    for (; letter < end && letter->sequence <= last; letter++, made++) {
        part->touched = part->touched || letter->chosen;
        if (is_out(letter))
            continue;
        part->pieces += letter->piece != piece;
        piece = letter->piece;
        part->letters++;
        part->first = part->first ? part->first : letter->sequence;
        part->last = letter->sequence;
    }
    return made == letters;
}

static enum status add_part(struct pull *pull, const struct verify_line *line, struct error *error)
{
    struct pull_lists *lists = &pull->lists;
    struct arena *arena = &pull->book->arena;
    const struct text *field = line->field;
    struct pull_part part = {.touched = false};
    uint64_t letters;
    void *list = lists->parts;
    if (!table_number(field[BUNDLE], &part.bundle) || !table_number(field[PART], &part.part) ||
        !table_number(field[PIECES], &part.made_pieces) ||
        !table_number(field[LETTERS], &letters) || !table_number(field[FIRST], &part.first) ||
        !table_number(field[LAST], &part.last) || !table_number(field[PAGE], &part.page) ||
        !count_left(pull, letters, &part))
        return broken_table(BUNDLES, line->number, error);
    if (grow(&list, lists->part_count, &lists->part_room, sizeof part, error) != OK)
        return STOP;
    lists->parts = list;
    if (keep(arena, field[KIND], &part.kind, error) != OK ||
        keep(arena, field[KEY], &part.key, error) != OK ||
        keep(arena, field[LOT], &part.lot, error) != OK ||
        keep(arena, field[ROUTE], &part.route, error) != OK)
        return STOP;
    lists->parts[lists->part_count++] = part;
    return OK;
}

static enum status write_part(struct pull_lists *lists, const struct pull_part *part,
                              struct error *error)
{
    struct csv_row row;
    const struct sink to = buffer_sink(&lists->bundles_csv);
    const uint64_t numbers[] = {part->pieces, part->letters, part->first, part->last};
    csv_row_start(&row);
    csv_row_number(&row, part->bundle);
    csv_row_number(&row, part->part);
    csv_row_text(&row, part->kind);
    csv_row_text(&row, part->key);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        csv_row_number(&row, numbers[i]);
    csv_row_text(&row, part->lot);
    csv_row_number(&row, part->page);
    csv_row_text(&row, part->route);
    csv_row_end(&row);
    return row.overflow ? error_set(error, MSG_BUG) : sink_write(&to, row.bytes, row.size, error);
}

static enum status read_bundles(struct pull *pull, struct verify_table *table, struct error *error)
{
    struct pull_lists *lists = &pull->lists;
    struct verify_line line;
    bool broken = false;
    enum status status =
        buffer_add(&lists->bundles_csv, BUNDLES_HEAD, sizeof BUNDLES_HEAD - 1, error);
    while (status == OK && table_next(table, &line, &broken)) {
        status = add_part(pull, &line, error);
        if (status == OK && lists->parts[lists->part_count - 1].letters)
            status = write_part(lists, &lists->parts[lists->part_count - 1], error);
    }
    return status == OK && broken ? broken_table(BUNDLES, table->number, error) : status;
}

const struct pull_part *pull_part_of(const struct pull *pull, uint64_t sequence)
{
    const struct pull_lists *lists = &pull->lists;
    uint32_t low = 0, high = lists->part_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lists->parts[middle].made_last < sequence)
            low = middle + 1;
        else
            high = middle;
    }
    return low < lists->part_count && lists->parts[low].made_first <= sequence ? &lists->parts[low]
                                                                               : NULL;
}

/* -- the posting list -- */

static enum status add_row(struct pull *pull, const struct verify_line *line, uint64_t sequence,
                           struct error *error)
{
    struct pull_lists *lists = &pull->lists;
    struct arena *arena = &pull->book->arena;
    struct pull_posting row = {.sequence = sequence};
    void *list = lists->rows;
    if (grow(&list, lists->row_count, &lists->row_room, sizeof row, error) != OK)
        return STOP;
    lists->rows = list;
    if (keep(arena, line->field[P_NUMBER], &row.number, error) != OK ||
        keep(arena, line->field[P_CLASS], &row.class, error) != OK ||
        keep(arena, line->field[P_ROUTE], &row.route, error) != OK ||
        keep(arena, line->field[P_POSTCODE], &row.postcode, error) != OK)
        return STOP;
    lists->rows[lists->row_count++] = row;
    return OK;
}

static enum status read_posting(struct pull *pull, struct verify_table *table, struct error *error)
{
    struct pull_lists *lists = &pull->lists;
    struct verify_line line;
    bool broken = false;
    const char *start = table->at;
    enum status status =
        buffer_add(&lists->posting_csv, POSTING_HEAD, sizeof POSTING_HEAD - 1, error);
    for (; status == OK && table_next(table, &line, &broken); start = table->at) {
        uint64_t sequence;
        const struct outbook_letter *letter =
            table_number(line.field[P_SEQ], &sequence) ? outbook_find(pull->book, sequence) : NULL;
        if (!letter)
            return broken_table(POSTING, line.number, error);
        if (is_out(letter))
            continue;
        status = buffer_add(&lists->posting_csv, start, (size_t)(table->at - start), error);
        if (status == OK)
            status = add_row(pull, &line, sequence, error);
    }
    return status == OK && broken ? broken_table(POSTING, table->number, error) : status;
}

/* -- covers of lots: which lots have one -- */

#define PIECES_HEAD "piece,seq,letters,sheets,lot,route,tracking,weight,pattern,cover\n"

enum { PIECE_SEQ = 1, PIECE_COVER = 9 };

/* A piece's own cover (宛名台紙) stands before its first letter too. */
static enum status read_pieces(struct pull *pull, struct verify_table *table, struct error *error)
{
    struct verify_line line;
    uint64_t sequence;
    bool broken = false;
    while (table_next(table, &line, &broken)) {
        const struct outbook_letter *letter = table_number(line.field[PIECE_SEQ], &sequence)
                                                  ? outbook_find(pull->book, sequence)
                                                  : NULL;
        if (!letter)
            return broken_table("pieces.csv", line.number, error);
        if (letter->page == 2 && text_is(line.field[PIECE_COVER], "1"))
            pull->lists.has_cover[letter->lot] = false;
    }
    return broken ? broken_table("pieces.csv", table->number, error) : OK;
}

/* The first sheet of the lot is no letter, no slip of a bundle and no cover of a piece. */
static enum status find_covers(struct pull *pull, struct error *error)
{
    const struct outbook *book = pull->book;
    struct pull_lists *lists = &pull->lists;
    struct verify_table table;
    bool there;
    lists->lot_count = book->lot_count;
    lists->has_cover = memory_new((book->lot_count + 1) * sizeof *lists->has_cover);
    if (!lists->has_cover)
        return error_set(error, MSG_NO_MEMORY);
    for (uint64_t i = 0; i < book->count; i++)
        if (i == 0 || book->letters[i].lot != book->letters[i - 1].lot)
            lists->has_cover[book->letters[i].lot] = book->letters[i].page > 1;
    for (uint32_t i = 0; i < lists->part_count; i++)
        if (lists->parts[i].page == 1)
            lists->has_cover[outbook_find(book, lists->parts[i].made_first)->lot] = false;
    enum status status = outbook_table(book, "pieces.csv", PIECES_HEAD, &table, &there, error);
    if (status == OK && there)
        status = read_pieces(pull, &table, error);
    table_close(&table);
    return status;
}

/* -- all -- */

enum status pull_lists_make(struct pull *pull, struct error *error)
{
    struct pull_lists *lists = &pull->lists;
    struct verify_table table;
    enum status status =
        outbook_table(pull->book, BUNDLES, BUNDLES_HEAD, &table, &lists->bundles, error);
    if (status == OK && lists->bundles)
        status = read_bundles(pull, &table, error);
    table_close(&table);
    if (status != OK)
        return status;
    status = outbook_table(pull->book, POSTING, POSTING_HEAD, &table, &lists->posting, error);
    if (status == OK && lists->posting)
        status = read_posting(pull, &table, error);
    table_close(&table);
    return status == OK ? find_covers(pull, error) : status;
}

void pull_lists_free(struct pull_lists *lists)
{
    memory_free(lists->parts, lists->part_room * sizeof *lists->parts);
    memory_free(lists->has_cover, (lists->lot_count + 1) * sizeof *lists->has_cover);
    memory_free(lists->rows, lists->row_room * sizeof *lists->rows);
    buffer_free(&lists->bundles_csv);
    buffer_free(&lists->posting_csv);
    buffer_free(&lists->bundles_pdf);
    buffer_free(&lists->posting_pdf);
}
