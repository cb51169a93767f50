#include "press/outbook_rows.h"

enum status outbook_row_head(const struct sink *to, struct error *error)
{
    static const char head[] = "seq,id,lot,page,pages,piece,sheet,sheets,route,tracking,state\n";
    return sink_write(to, head, sizeof head - 1, error);
}

struct text outbook_state(const struct outbook_letter *letter, char out[OUTBOOK_STATE])
{
    static const char word[] = "reprinted ";
    char digits[TEXT_NUMBER];
    if (letter->pulled)
        return TEXT("pulled");
    if (letter->reprints == 0)
        return TEXT("made");
    struct text number = text_number(letter->reprints, digits);
    memcpy(out, word, sizeof word - 1);
    memcpy(out + sizeof word - 1, number.bytes, number.length);
    return (struct text){out, (uint32_t)sizeof word - 1 + number.length};
}

void outbook_place(const struct outbook *book, const struct outbook_letter *letter, uint64_t *sheet,
                   uint64_t *sheets)
{
    const struct outbook_letter *first = letter, *end = book->letters + book->count;
    *sheet = 1;
    *sheets = 0;
    for (; first > book->letters && first[-1].piece == letter->piece; first--)
        *sheet += first[-1].pages;
    for (; first < end && first->piece == letter->piece; first++)
        *sheets += first->pages;
}

enum status outbook_row_letter(const struct outbook *book, const struct outbook_letter *letter,
                               struct csv_row *row, const struct sink *to, struct error *error)
{
    struct outbook_line line;
    char state[OUTBOOK_STATE];
    uint64_t sheet, sheets;
    if (!outbook_read(book, letter, &line))
        return error_set(error, MSG_BUG);
    outbook_place(book, letter, &sheet, &sheets);
    csv_row_start(row);
    csv_row_number(row, letter->sequence);
    csv_row_text(row, line.id);
    csv_row_text(row, line.lot);
    csv_row_number(row, letter->page);
    csv_row_number(row, letter->pages);
    csv_row_number(row, letter->piece);
    csv_row_number(row, sheet);
    csv_row_number(row, sheets);
    csv_row_text(row, line.route);
    csv_row_text(row, line.tracking);
    csv_row_text(row, outbook_state(letter, state));
    csv_row_end(row);
    return row->overflow ? error_set(error, MSG_BUG) : sink_write(to, row->bytes, row->size, error);
}

static enum status no_sequence(uint64_t sequence, struct error *error)
{
    (void)error_name(error, MSG_AFTER_SEQUENCE, TEXT("--seq"));
    error->want = (int64_t)sequence;
    return STOP;
}

static enum status choose_range(struct outbook *book, uint64_t first, uint64_t last,
                                struct error *error)
{
    struct outbook_letter *letter = outbook_find(book, first);
    const struct outbook_letter *end = book->letters + book->count;
    uint64_t next = first;
    for (; letter && letter < end && next <= last && letter->sequence == next; letter++, next++)
        letter->chosen = true;
    return next > last ? OK : no_sequence(next, error);
}

enum status outbook_choose(struct outbook *book, const char *seqs, struct error *error)
{
    struct text rest = text_of(seqs);
    uint64_t first, last;
    bool broken = rest.length == 0;
    while (!broken && outbook_range(&rest, ',', &first, &last, &broken))
        if (choose_range(book, first, last, error) != OK)
            return STOP;
    return broken ? error_name(error, MSG_AFTER_RANGE, TEXT("--seq")) : OK;
}
