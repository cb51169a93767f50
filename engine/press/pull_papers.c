/* press/pull_papers.c -- posting list (差出一覧), separators of bundles (結束票), covers of employers (送付票) and of lots
 * (ロット票) anew, after letters came out. Sheets of their own plain kind, made of what OUT has: the head is that of the
 * sealed sheet which each takes the place of, counts and rows are new. No name and no address of an insured person. */
#include "press/pull_inside.h"

#define MM PAPER_MM
#define LEFT PAPER_LEFT
#define WIDE (PAPER_RIGHT - PAPER_LEFT)
#define MIDDLE (14 * EMU_PER_PT)
#define SIZE (10 * EMU_PER_PT)
#define LINE (6 * MM)
#define ROWS 26        /* of a sheet */
#define TOP (114 * MM) /* of a table: below the heads of all shipped slips */
#define NEW (96 * MM)  /* first line of what is new */

typedef unsigned long long number;

/* copied: the sealed sheet's head is on it, title and all. */
static void title(struct pull_pen *pen, const struct pull *pull, const char *words, bool copied)
{
    if (!copied)
        paper_say(pen, LEFT, 24 * MM, 18 * EMU_PER_PT, 110 * MM, "%s", words);
    paper_say(pen, LEFT, NEW - 9 * MM, SIZE, 60 * MM, "引抜き後　第 %llu 回", (number)pull->number);
}

static uint32_t sheets_of(uint64_t rows)
{
    return rows ? (uint32_t)((rows + ROWS - 1) / ROWS) : 1;
}

static void sheet_number(struct pull_pen *pen, uint32_t sheet, uint32_t sheets)
{
    paper_say(pen, 165 * MM, 288 * MM, SIZE, 30 * MM, "%u / %u", (unsigned)sheet, (unsigned)sheets);
}

/* Columns: where each begins, and its text. */
struct cell {
    emu x, width;
    struct text text;
};

static void line_of(struct pull_pen *pen, emu y, const struct cell *cells, int count)
{
    paper_rule(pen, LEFT, y, WIDE, LINE);
    for (int i = 0; i < count; i++)
        paper_words(pen, cells[i].text, cells[i].x + MM, y + LINE / 2 + SIZE * 38 / 100, SIZE,
                    cells[i].width - 2 * MM);
}

/* -- the posting list -- */

/* Rows of one route follow each other. */
static uint32_t route_end(const struct pull_lists *lists, uint32_t at)
{
    uint32_t end = at;
    while (end < lists->row_count && text_equal(lists->rows[end].route, lists->rows[at].route))
        end++;
    return end;
}

static void posting_head(struct pull_pen *pen, struct pull *pull, uint32_t first, uint32_t end)
{
    const struct pull_posting *rows = pull->lists.rows;
    struct text low = rows[first].number, high = rows[end - 1].number;
    bool kan_i = text_is(rows[first].class, "kan-i-kakitome");
    uint64_t page = sealed_find(&pull->sealed, pen, low);
    bool copied = sealed_head(&pull->sealed, pen, page);
    title(pen, pull, "書留・特定記録郵便物等　差出一覧", copied);
    paper_rule(pen, 156 * MM, 14 * MM, 34 * MM, 32 * MM);
    if (!copied)
        paper_say(pen, 158 * MM, 19 * MM, SIZE, 30 * MM, "受付印");
    paper_say(pen, LEFT, NEW, MIDDLE, 90 * MM, "%s　合計 %u 通", kan_i ? "簡易書留" : "特定記録",
              (unsigned)(end - first));
    paper_say(pen, LEFT, NEW + 8 * MM, SIZE, 120 * MM, "引受番号 %.*s ～ %.*s", (int)low.length,
              low.bytes, (int)high.length, high.bytes);
}

static void posting_row(struct pull_pen *pen, const struct pull_posting *row, uint32_t no, emu y)
{
    char digits[TEXT_NUMBER], sequence[TEXT_NUMBER];
    const struct cell cells[] = {{LEFT, 18 * MM, text_number(no, digits)},
                                 {33 * MM, 50 * MM, row->number},
                                 {83 * MM, 30 * MM, row->postcode},
                                 {113 * MM, 30 * MM, text_number(row->sequence, sequence)}};
    line_of(pen, y, cells, 4);
}

static void posting_sheet(struct pull_pen *pen, struct pull *pull, uint32_t first, uint32_t end,
                          uint32_t sheet)
{
    static const struct cell heads[] = {{LEFT, 18 * MM, {"番号", 6}},
                                        {33 * MM, 50 * MM, {"引受番号", 12}},
                                        {83 * MM, 30 * MM, {"郵便番号", 12}},
                                        {113 * MM, 30 * MM, {"通番", 6}}};
    uint32_t at = first + sheet * ROWS;
    paper_sheet(pen);
    posting_head(pen, pull, first, end);
    line_of(pen, TOP, heads, 4);
    for (uint32_t i = 0; i < ROWS && at + i < end; i++)
        posting_row(pen, &pull->lists.rows[at + i], at + i - first + 1, TOP + (emu)(i + 1) * LINE);
    sheet_number(pen, sheet + 1, sheets_of(end - first));
}

static enum status posting_list(struct pull *pull, struct pull_pen *pen)
{
    const struct sink to = buffer_sink(&pull->lists.posting_pdf);
    paper_file(pen, &to, TEXT("差出一覧"));
    if (pen->status == OK)
        pen->status = sealed_posting(&pull->sealed, pull->book, pen->error);
    for (uint32_t first = 0, end; first < pull->lists.row_count; first = end) {
        end = route_end(&pull->lists, first);
        for (uint32_t sheet = 0; pen->status == OK && sheet < sheets_of(end - first); sheet++)
            posting_sheet(pen, pull, first, end, sheet);
    }
    return paper_end(pen, &pull->id);
}

/* -- bundles and employers -- */

static void counts_line(struct pull_pen *pen, uint64_t made, uint64_t left, uint64_t first,
                        uint64_t last)
{
    paper_say(pen, LEFT, NEW, MIDDLE, 40 * MM, "%llu 通", (number)left);
    paper_say(pen, 60 * MM, NEW, SIZE, 70 * MM, "（作成 %llu － 引抜き %llu）", (number)made,
              (number)(made - left));
    if (left)
        paper_say(pen, 132 * MM, NEW, SIZE, 63 * MM, "通番 %llu ～ %llu", (number)first,
                  (number)last);
    else
        paper_words(pen, TEXT("残りはありません"), 132 * MM, NEW, SIZE, 63 * MM);
}

static void part_head(struct pull_pen *pen, struct pull *pull, const struct pull_part *part)
{
    bool employer = text_is(part->kind, "employer");
    /* The words of a 結束票 are its numbers: nothing of it is copied. */
    bool copied = employer && sealed_head(&pull->sealed, pen, part->page);
    title(pen, pull, employer ? "送付票" : "結束票", copied);
    if (!copied)
        paper_say(pen, LEFT, 40 * MM, MIDDLE, WIDE, "%s　%.*s",
                  employer ? "事業所番号" : "郵便区番号", (int)part->key.length, part->key.bytes);
    counts_line(pen, part->made_pieces, part->pieces, part->first, part->last);
    paper_say(pen, LEFT, NEW + 8 * MM, SIZE, WIDE, "差し替える票　%.*s　%llu 頁　束 %llu-%llu",
              (int)part->lot.length, part->lot.bytes, (number)part->page, (number)part->bundle,
              (number)part->part);
}

static const struct outbook_letter *next_piece(const struct pull *pull, uint64_t last,
                                               const struct outbook_letter *letter)
{
    const struct outbook_letter *end = pull->book->letters + pull->book->count;
    uint64_t piece = letter->piece;
    while (letter < end && letter->sequence <= last &&
           (letter->piece == piece || letter->pulled || letter->chosen))
        letter++;
    return letter < end && letter->sequence <= last ? letter : NULL;
}

static void piece_row(struct pull_pen *pen, const struct pull *pull,
                      const struct outbook_letter *letter, uint64_t no, emu y)
{
    char digits[TEXT_NUMBER], sequence[TEXT_NUMBER];
    struct outbook_line line;
    if (!outbook_read(pull->book, letter, &line)) {
        pen->status = error_set(pen->error, MSG_BUG);
        return;
    }
    const struct cell cells[] = {{LEFT, 18 * MM, text_number(no, digits)},
                                 {33 * MM, 70 * MM, line.id},
                                 {103 * MM, 30 * MM, text_number(letter->sequence, sequence)}};
    line_of(pen, y, cells, 3);
}

/* An employer checks the envelopes off with it: 整理番号 of each. */
static void part_slips(struct pull_pen *pen, struct pull *pull, const struct pull_part *part)
{
    static const struct cell heads[] = {{LEFT, 18 * MM, {"番号", 6}},
                                        {33 * MM, 70 * MM, {"整理番号", 12}},
                                        {103 * MM, 30 * MM, {"通番", 6}}};
    bool list = text_is(part->kind, "employer");
    uint32_t sheets = list ? sheets_of(part->pieces) : 1;
    const struct outbook_letter *letter =
        part->letters ? outbook_find(pull->book, part->first) : NULL;
    uint64_t no = 0;
    if (pen->status == OK)
        pen->status = sealed_lot(&pull->sealed, pull->book, part->lot, pen->error);
    for (uint32_t sheet = 1; pen->status == OK && sheet <= sheets; sheet++) {
        paper_sheet(pen);
        part_head(pen, pull, part);
        sheet_number(pen, sheet, sheets);
        if (!list || !letter)
            continue;
        line_of(pen, TOP, heads, 3);
        for (uint32_t i = 1; letter && i <= ROWS; i++) {
            piece_row(pen, pull, letter, ++no, TOP + (emu)i * LINE);
            letter = next_piece(pull, part->last, letter);
        }
    }
}

/* -- covers of lots -- */

struct lot_counts {
    uint64_t made, pieces, sheets, first, last;
    bool touched;
};

static void count_lot(const struct outbook *book, uint64_t *at, struct lot_counts *out)
{
    uint32_t lot = book->letters[*at].lot;
    uint64_t made = 0, left = 0;
    *out = (struct lot_counts){.touched = false};
    for (; *at < book->count && book->letters[*at].lot == lot; ++*at) {
        const struct outbook_letter *letter = &book->letters[*at];
        out->made += letter->piece != made;
        made = letter->piece;
        out->touched = out->touched || letter->chosen;
        if (letter->pulled || letter->chosen)
            continue;
        out->pieces += letter->piece != left;
        left = letter->piece;
        out->sheets += letter->pages;
        out->first = out->first ? out->first : letter->sequence;
        out->last = letter->sequence;
    }
}

static void lot_cover(struct pull_pen *pen, struct pull *pull, const char *name,
                      const struct lot_counts *counts)
{
    paper_sheet(pen);
    title(pen, pull, "ロット票", false);
    paper_say(pen, LEFT, 40 * MM, MIDDLE, WIDE, "ロット　%s", name);
    counts_line(pen, counts->made, counts->pieces, counts->first, counts->last);
    paper_say(pen, LEFT, NEW + 9 * MM, MIDDLE, 80 * MM, "通知 %llu 枚", (number)counts->sheets);
    paper_say(pen, LEFT, NEW + 18 * MM, SIZE, WIDE, "差し替える票　%s　1 頁", name);
}

static void lot_covers(struct pull_pen *pen, struct pull *pull)
{
    struct lot_counts counts;
    for (uint64_t at = 0; pen->status == OK && at < pull->book->count;) {
        uint32_t lot = pull->book->letters[at].lot;
        count_lot(pull->book, &at, &counts);
        if (counts.touched && pull->lists.has_cover[lot])
            lot_cover(pen, pull, pull->book->lots[lot].name, &counts);
    }
}

static enum status slips(struct pull *pull, struct pull_pen *pen)
{
    const struct sink to = buffer_sink(&pull->lists.bundles_pdf);
    paper_file(pen, &to, TEXT("票（引抜き後）"));
    lot_covers(pen, pull);
    for (uint32_t i = 0; pen->status == OK && i < pull->lists.part_count; i++)
        if (pull->lists.parts[i].touched)
            part_slips(pen, pull, &pull->lists.parts[i]);
    return paper_end(pen, &pull->id);
}

enum status pull_papers(struct pull *pull, struct pull_pen *pen)
{
    enum status status = slips(pull, pen);
    if (status == OK && pull->lists.posting)
        status = posting_list(pull, pen);
    sealed_close(&pull->sealed);
    return status;
}
