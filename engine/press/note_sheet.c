/* press/note_sheet.c -- the delivery note on paper: a table of what was handed over, and places to sign. */
#include "press/note.h"

#include "pdf/pdf.h"

#include <stdarg.h>
#include <stdio.h>

#define ITEMS 400
#define MM EMU_PER_MM
#define LEFT (25 * MM)
#define WIDTH (160 * MM)
#define LABEL (45 * MM)
#define LINE (8 * MM)
#define SIZE (21 * EMU_PER_PT / 2)
#define BOTTOM (228 * MM) /* of the table; below it people sign */

struct sheet {
    struct press *press;
    struct arena *arena;
    struct error *error;
    enum status status;
    int role;
    emu y;
    struct page page;
};

static struct item *next_item(struct sheet *sheet, enum item_kind kind)
{
    struct item_list *list = &sheet->page.list;
    if (list->count == ITEMS) {
        sheet->status = error_set(sheet->error, MSG_BUG);
        return NULL;
    }
    struct item *item = &list->items[list->count++];
    item->kind = kind;
    return item;
}

static void rule(struct sheet *sheet, emu x, emu y, emu w, emu h)
{
    struct item *item = sheet->status == OK ? next_item(sheet, ITEM_STROKE) : NULL;
    if (item)
        item->as.stroke =
            (struct item_stroke){.x = x, .y = y, .w = w, .h = h, .width = EMU_PER_PT / 2};
}

/* One line, condensed where it is too long for its place, never below half. width 0: as long as it is; centred
 * about x when centre. */
static void words(struct sheet *sheet, struct text text, emu x, emu y, emu size, emu width,
                  bool centre)
{
    struct shaped shaped;
    struct error trouble = {0};
    uint16_t scale = 1000;

    if (sheet->status != OK || text.length == 0)
        return;
    text = arena_text(sheet->arena, text);
    enum status status = text.bytes ? typeset_shape(sheet->press->fonts, sheet->role, text,
                                                    sheet->arena, &shaped, &trouble)
                                    : error_set(&trouble, MSG_NO_MEMORY);
    if (status == REJECT) /* a name of the job's that the fonts lack: the YAML file has it */
        return;
    if (status != OK) {
        *sheet->error = trouble;
        sheet->status = STOP;
        return;
    }
    emu natural = typeset_width(shaped.glyphs, shaped.count, size, 1000, 0);
    if (width && natural > width)
        scale = (uint16_t)(1000 * (int64_t)width / natural);
    if (scale < 500)
        scale = 500;
    struct item *item = next_item(sheet, ITEM_TEXT);
    if (item)
        item->as.text =
            (struct item_text){.x = centre ? x - (emu)((int64_t)natural * scale / 2000) : x,
                               .y = y,
                               .size = size,
                               .scale = scale,
                               .glyphs = shaped.glyphs,
                               .count = shaped.count,
                               .text = text};
}

/* -- a row of the table -- */

static void row(struct sheet *sheet, const char *label, struct text value)
{
    emu baseline = sheet->y + LINE / 2 + SIZE * 38 / 100;

    rule(sheet, LEFT, sheet->y, WIDTH, LINE);
    rule(sheet, LEFT + LABEL, sheet->y, 0, LINE);
    words(sheet, text_of(label), LEFT + 2 * MM, baseline, SIZE, LABEL - 4 * MM, false);
    words(sheet, value, LEFT + LABEL + 3 * MM, baseline, SIZE, WIDTH - LABEL - 6 * MM, false);
    sheet->y += LINE;
}

__attribute__((format(printf, 3, 4))) static void row_of(struct sheet *sheet, const char *label,
                                                         const char *format, ...)
{
    char text[256];
    va_list list;

    va_start(list, format);
    int size = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (size < 0 || (size_t)size >= sizeof text)
        sheet->status = error_set(sheet->error, MSG_BUG);
    else
        row(sheet, label, text_of(text));
}

static void row_date(struct sheet *sheet, const char *label, struct date date)
{
    char era[DATE_TEXT];
    row(sheet, label, (struct text){era, date_era(date, false, era)});
}

/* 12,345: thousands apart, as offices write them. */
static const char *grouped(uint64_t number, char out[32])
{
    char digits[TEXT_NUMBER];
    struct text text = text_number(number, digits);
    size_t size = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        if (i && (text.length - i) % 3 == 0)
            out[size++] = ',';
        out[size++] = text.bytes[i];
    }
    out[size] = '\0';
    return out;
}

/* 様式1 for 1; an own form by its name. */
static const char *form_words(const char *name, char out[LIMIT_NAME + 8])
{
    bool official = name[0] >= '1' && name[0] <= '9';
    (void)snprintf(out, LIMIT_NAME + 8, "%s%s", official ? "様式" : "", name);
    return out;
}

/* home-kan-i-kakitome: 郵送・簡易書留 */
static const char *route_words(const char *name, char out[LIMIT_NAME])
{
    static const char *const pairs[][2] = {{"employer", "事業主経由"},
                                           {"home", "郵送"},
                                           {"counter", "窓口交付"}},
                             *const classes[][2] = {{"-ordinary", "・普通"},
                                                    {"-tokutei-kiroku", "・特定記録"},
                                                    {"-kan-i-kakitome", "・簡易書留"}};
    const char *way = name, *class = "";
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(pairs[i][0]);
        if (strncmp(name, pairs[i][0], length) != 0)
            continue;
        way = pairs[i][1];
        for (size_t k = 0; k < 3; k++)
            if (strcmp(name + length, classes[k][0]) == 0)
                class = classes[k][1];
    }
    (void)snprintf(out, LIMIT_NAME, "%s%s", way, class);
    return out;
}

/* What does not fit on the sheet stands in the YAML file, and the sheet says so. */
static void rows_of_counts(struct sheet *sheet, const struct note *note)
{
    char name[LIMIT_NAME + 8], number[32];
    uint32_t left = note->form_count + note->route_count;

    for (uint32_t i = 0; i < note->form_count && sheet->y + 2 * LINE <= BOTTOM; i++, left--)
        row_of(sheet, i ? "" : "様式別件数", "%s　%s 件", form_words(note->forms[i].name, name),
               grouped(note->forms[i].records, number));
    for (uint32_t i = 0; i < note->route_count && sheet->y + 2 * LINE <= BOTTOM; i++, left--)
        row_of(sheet, i ? "" : "配布区分別件数", "%s　%s 件",
               route_words(note->routes[i].name, name), grouped(note->routes[i].records, number));
    if (left)
        row_of(sheet, "", "ほか %u 区分（delivery-note.yaml のとおり）", (unsigned)left);
}

static void table(struct sheet *sheet, const struct note *note)
{
    char hex[65], number[32];

    digest_hex(&note->digest, hex);
    row_of(sheet, "保険者", "%.*s（保険者番号 %.*s）", (int)note->insurer.length,
           note->insurer.bytes, (int)note->number.length, note->number.bytes);
    row(sheet, "業務名", note->job);
    row_of(sheet, "ファイル", "%s", note->file);
    row_of(sheet, "抽出識別", "%s", note->id);
    row_of(sheet, "件数", "%s 件", grouped(note->records, number));
    row_of(sheet, "SHA-256（前半）", "%.32s", hex);
    row_of(sheet, "SHA-256（後半）", "%s", hex + 32);
    row_date(sheet, "抽出日", note->extracted);
    row_date(sheet, "基準日（時点）", note->as_of);
    row_date(sheet, "発行日", note->issued);
    row(sheet, "版", note->edition);
    rows_of_counts(sheet, note);
}

static void sign_box(struct sheet *sheet, emu x, const char *title)
{
    static const char *const labels[] = {"年月日", "所属", "氏名"};
    emu width = 77 * MM, y = BOTTOM + 10 * MM;

    words(sheet, text_of(title), x, y - 2 * MM, SIZE, width, false);
    for (int i = 0; i < 3; i++, y += 11 * MM) {
        rule(sheet, x, y, width, 11 * MM);
        rule(sheet, x + 18 * MM, y, 0, 11 * MM);
        words(sheet, text_of(labels[i]), x + 2 * MM, y + 11 * MM / 2 + SIZE * 38 / 100, SIZE,
              14 * MM, false);
    }
}

static void draw(struct sheet *sheet, const struct note *note)
{
    words(sheet, TEXT("授受票"), 105 * MM, 26 * MM, 18 * EMU_PER_PT, 0, true);
    words(sheet, TEXT("資格情報のお知らせ　印字用データの引渡し"), 105 * MM, 35 * MM, SIZE, 0,
          true);
    sheet->y = 42 * MM;
    table(sheet, note);
    sign_box(sheet, LEFT, "引渡し（保険者）");
    sign_box(sheet, LEFT + 83 * MM, "受領（委託先）");
}

static enum status write_pdf(struct sheet *sheet, const struct note *note, const struct sink *out,
                             struct error *error)
{
    struct pdf_options options = {.title = note->job, .date = note->issued, .level = 6};
    struct pdf *pdf;
    enum status status = pdf_new(out, sheet->press->fonts, &options, &pdf, error);

    if (status != OK)
        return status;
    status = pdf_page(pdf, &sheet->page, error);
    if (status == OK)
        return pdf_close(pdf, &note->digest, error);
    pdf_drop(pdf);
    return status;
}

enum status note_sheet(struct press *press, const struct note *note, const struct sink *out,
                       struct error *error)
{
    struct arena *arena = &press->letter_arena;
    struct sheet sheet = {.press = press, .arena = arena, .error = error, .status = OK};

    arena_wipe(arena);
    sheet.role = fonts_role(press->fonts, TEXT("gothic"));
    if (sheet.role < 0)
        sheet.role = 0;
    sheet.page = (struct page){.width = 210 * MM, .height = 297 * MM};
    sheet.page.list.items = arena_array(arena, ITEMS, sizeof *sheet.page.list.items);
    if (!sheet.page.list.items)
        return error_set(error, MSG_NO_MEMORY);
    draw(&sheet, note);
    return sheet.status == OK ? write_pdf(&sheet, note, out, error) : sheet.status;
}
