/* press/pull_slip.c -- the slip (引抜き票) that an operator takes to the stacks: where each sheet is, and a box to tick.
 * Numbers and 整理番号 only: no name, no address. */
#include "press/pull_inside.h"

#define MM PAPER_MM
#define LEFT PAPER_LEFT
#define RIGHT PAPER_RIGHT
#define TOP (58 * MM) /* of the table */
#define LINE (7 * MM)
#define ROWS 30 /* of a sheet */
#define SIZE PAPER_SIZE

static const struct {
    const char *title;
    emu x, width;
} columns[] = {
    {"通し番号", 15 * MM, 20 * MM},  {"整理番号", 35 * MM, 34 * MM}, {"ロット", 69 * MM, 42 * MM},
    {"頁", 111 * MM, 14 * MM},       {"封筒", 125 * MM, 16 * MM},    {"枚", 141 * MM, 13 * MM},
    {"引受番号", 154 * MM, 20 * MM}, {"区分", 174 * MM, 11 * MM},    {"済", 185 * MM, 10 * MM}};
#define COLUMNS ((int)(sizeof columns / sizeof *columns))

/* -- the head -- */

static void head(struct pull_pen *sheet, const struct pull *pull, uint32_t number, uint32_t sheets)
{
    struct outbook_counts counts = outbook_counts(pull->book, OUTBOOK_CHOSEN);
    char hex[65];
    digest_hex(&pull->book->run, hex);
    paper_words(sheet, TEXT("引抜き票"), LEFT, 24 * MM, 18 * EMU_PER_PT, 60 * MM);
    paper_say(sheet, 150 * MM, 22 * MM, SIZE, 45 * MM, "第 %llu 回　%u／%u 枚目",
              (unsigned long long)pull->number, (unsigned)number, (unsigned)sheets);
    paper_say(sheet, LEFT, 33 * MM, SIZE, RIGHT - LEFT, "理由　%s", pull->order->reason);
    paper_say(sheet, LEFT, 40 * MM, SIZE, RIGHT - LEFT, "処理番号　%s", hex);
    paper_say(sheet, LEFT, 47 * MM, SIZE, RIGHT - LEFT,
              "引き抜くもの　%llu 通 %llu 枚（通知 %llu 件）　"
              "区分の「抜」は本人、「作」は同じ封筒の人（作り直し）",
              (unsigned long long)counts.pieces, (unsigned long long)counts.sheets,
              (unsigned long long)counts.letters);
}

/* -- the table -- */

static void cell(struct pull_pen *sheet, int column, emu y, struct text text)
{
    paper_words(sheet, text, columns[column].x + MM, y + LINE / 2 + SIZE * 38 / 100, SIZE,
                columns[column].width - 2 * MM);
}

static void number_cell(struct pull_pen *sheet, int column, emu y, uint64_t number)
{
    char digits[TEXT_NUMBER];
    cell(sheet, column, y, text_number(number, digits));
}

static void grid(struct pull_pen *sheet, emu y)
{
    paper_rule(sheet, LEFT, y, RIGHT - LEFT, LINE);
    for (int i = 1; i < COLUMNS; i++)
        paper_rule(sheet, columns[i].x, y, 0, LINE);
}

static void row(struct pull_pen *sheet, const struct pull *pull, const struct pulled_person *person,
                emu y)
{
    const struct outbook_letter *letter = outbook_find(pull->book, person->sequence);
    struct outbook_line line;
    uint64_t first, sheets;
    if (!letter || !outbook_read(pull->book, letter, &line)) {
        sheet->status = error_set(sheet->error, MSG_BUG);
        return;
    }
    outbook_place(pull->book, letter, &first, &sheets);
    grid(sheet, y);
    number_cell(sheet, 0, y, letter->sequence);
    cell(sheet, 1, y, person->id);
    cell(sheet, 2, y, line.lot);
    number_cell(sheet, 3, y, letter->page);
    number_cell(sheet, 4, y, letter->piece);
    paper_say(sheet, columns[5].x + MM, y + LINE / 2 + SIZE * 38 / 100, SIZE,
              columns[5].width - 2 * MM, "%llu/%llu", (unsigned long long)first,
              (unsigned long long)sheets);
    cell(sheet, 6, y, line.tracking);
    cell(sheet, 7, y, person->asked ? TEXT("抜") : TEXT("作"));
    paper_rule(sheet, columns[8].x + 3 * MM, y + 3 * MM / 2, 4 * MM, 4 * MM);
}

static void draw(struct pull_pen *sheet, const struct pull *pull, uint32_t number, uint32_t sheets)
{
    uint32_t first = (number - 1) * ROWS;
    head(sheet, pull, number, sheets);
    grid(sheet, TOP);
    for (int i = 0; i < COLUMNS; i++)
        cell(sheet, i, TOP, text_of(columns[i].title));
    for (uint32_t i = 0; sheet->status == OK && i < ROWS && first + i < pull->count; i++)
        row(sheet, pull, &pull->people[first + i], TOP + (emu)(i + 1) * LINE);
    paper_words(sheet, TEXT("引き抜いた人　　　　　　　　　　確かめた人"), LEFT, 283 * MM, SIZE,
                RIGHT - LEFT);
}

enum status pull_slip(const struct pull *pull, struct pull_pen *pen, const struct sink *out)
{
    uint32_t sheets = (pull->count + ROWS - 1) / ROWS;
    paper_file(pen, out, TEXT("引抜き票"));
    for (uint32_t number = 1; pen->status == OK && number <= sheets; number++) {
        paper_sheet(pen);
        draw(pen, pull, number, sheets);
    }
    return paper_end(pen, &pull->id);
}
