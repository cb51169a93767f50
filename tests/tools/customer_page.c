/* customer_page FILE.pgm -- finds the customer barcodes on a page that was drawn elsewhere, and reads them.
 * Shares no code with the engine: its table is that of the manual, and it looks at dots only.
 * Takes : a grey picture (P5) of an upright page, as pdftoppm -gray makes it; 300 dpi and finer.
 * Prints: a line a symbol, from the top: x y width height in dots, then the data without fill; a control code that lost
 *         its digit in the cut as CC1, CC2 or CC3.
 * Exits : 0 all good; 1 none found, or one whose bars are wrong (said on stderr); 2 no such picture. */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BARS = 67, DARK = 128, MOST = 512 };

struct picture {
    int width, height;
    uint8_t *grey;
};

struct run {
    int from, to; /* columns of dark dots, `to` behind the last */
};

struct symbol {
    int x, y, width, height; /* of the bars */
    int row;                 /* where all bars are dark */
    struct run bars[BARS];
};

static bool dark(const struct picture *picture, int x, int y)
{
    return x >= 0 && y >= 0 && x < picture->width && y < picture->height &&
           picture->grey[(size_t)y * (size_t)picture->width + (size_t)x] < DARK;
}

static int header_number(FILE *file)
{
    int value = 0, byte = fgetc(file);
    while (isspace(byte) || byte == '#') {
        while (byte == '#' && byte != '\n' && byte != EOF)
            while ((byte = fgetc(file)) != '\n' && byte != EOF)
                ;
        byte = fgetc(file);
    }
    for (; isdigit(byte) && value < 1000000; byte = fgetc(file))
        value = value * 10 + byte - '0';
    return value;
}

static bool read_picture(const char *path, struct picture *out)
{
    FILE *file = fopen(path, "rb");
    bool good = file && fgetc(file) == 'P' && fgetc(file) == '5';
    if (good) {
        out->width = header_number(file);
        out->height = header_number(file);
        good = header_number(file) == 255 && out->width > 0 && out->height > 0;
    }
    size_t size = good ? (size_t)out->width * (size_t)out->height : 0;
    out->grey = good ? malloc(size) : NULL;
    good = out->grey && fread(out->grey, 1, size, file) == size;
    if (file)
        fclose(file);
    return good;
}

/* -- finding -- */

static int find_runs(const struct picture *picture, int y, struct run *out)
{
    int count = 0;
    for (int x = 0; x < picture->width;) {
        if (!dark(picture, x, y)) {
            x++;
            continue;
        }
        int from = x;
        while (x < picture->width && dark(picture, x, y))
            x++;
        out[count++] = (struct run){from, x};
    }
    return count;
}

/* 67 runs at one pitch and of one width, within two dots, with twice the pitch free on either side. */
static bool is_row_of_bars(const struct run *run, const struct run *first, const struct run *end)
{
    int total = run[BARS - 1].from - run[0].from;
    for (int i = 0; i < BARS; i++) {
        int off = (run[i].from - run[0].from) * (BARS - 1) - i * total;
        int width = run[i].to - run[i].from - (run[0].to - run[0].from);
        if (off > 2 * (BARS - 1) || off < -2 * (BARS - 1) || width > 2 || width < -2)
            return false;
    }
    int pitch = total / (BARS - 1), width = run[0].to - run[0].from;
    if (pitch < 5 || width * 3 > pitch * 2 || width * 3 < pitch)
        return false;
    return (run == first || run[0].from - run[-1].to >= 2 * pitch) &&
           (run + BARS == end || run[BARS].from - run[BARS - 1].to >= 2 * pitch);
}

/* How far the bar reaches from the row, up (step -1) or down. */
static int reach(const struct picture *picture, const struct symbol *symbol, int bar, int step)
{
    int x = (symbol->bars[bar].from + symbol->bars[bar].to) / 2, count = 0;
    while (dark(picture, x, symbol->row + step * (count + 1)))
        count++;
    return count;
}

/* Known already: the same bars in a row above. */
static bool is_known(const struct symbol *symbols, int count, const struct run *run, int y)
{
    for (int i = 0; i < count; i++)
        if (abs(symbols[i].x - run->from) <= 2 && y < symbols[i].y + symbols[i].height)
            return true;
    return false;
}

/* Moves to the middle of the rows in which all bars are dark: the first of them is where the timing bars begin. */
static void add_symbol(const struct picture *picture, const struct run *run, int y,
                       struct symbol *out)
{
    memcpy(out->bars, run, sizeof out->bars);
    out->row = y;
    int least = picture->height;
    for (int i = 0; i < BARS; i++) {
        int down = reach(picture, out, i, 1);
        least = down < least ? down : least;
    }
    out->row = y + least / 2;
    int up = reach(picture, out, 0, -1), down = reach(picture, out, 0, 1);
    out->x = run[0].from;
    out->width = run[BARS - 1].to - run[0].from;
    out->y = out->row - up;
    out->height = up + down + 1;
}

static int find_symbols(const struct picture *picture, struct symbol *symbols)
{
    struct run *runs = malloc(((size_t)picture->width / 2 + 1) * sizeof *runs);
    int found = 0;
    for (int y = 0; runs && y < picture->height; y++) {
        int count = find_runs(picture, y, runs);
        for (int i = 0; i + BARS <= count && found < MOST; i++)
            if (is_row_of_bars(runs + i, runs, runs + count) &&
                !is_known(symbols, found, runs + i, y))
                add_symbol(picture, runs + i, y, &symbols[found++]);
    }
    free(runs);
    return found;
}

/* -- reading -- */

/* 1 long, 2 upper, 3 lower, 4 timing: a bar that reaches out goes three times as far from the middle. */
static char state_of(const struct picture *picture, const struct symbol *symbol, int bar)
{
    int limit = symbol->height / 3;
    bool up = reach(picture, symbol, bar, -1) > limit,
         down = reach(picture, symbol, bar, 1) > limit;
    return up && down ? '1' : up ? '2' : down ? '3' : '4';
}

static int value_of(const char *bars)
{
    static const char table[] = "144114132312123141321213231411414324342234432243423441111";
    for (int i = 0; i < 19; i++)
        if (memcmp(table + 3 * i, bars, 3) == 0)
            return i;
    return -1;
}

static bool read_values(const char *bars, int values[21])
{
    int sum = 0;
    if (memcmp(bars, "13", 2) != 0 || memcmp(bars + 65, "31", 2) != 0)
        return false;
    for (int i = 0; i < 21; i++) {
        values[i] = value_of(bars + 2 + 3 * i);
        if (values[i] < 0)
            return false;
        sum += values[i];
    }
    return sum % 19 == 0;
}

/* CC1 to CC3 with a digit are a letter; CC4 fills. */
static void print_data(const int values[20])
{
    int end = 20;
    while (end > 7 && values[end - 1] == 14)
        end--;
    for (int i = 0; i < end; i++) {
        if (values[i] < 10)
            putchar('0' + values[i]);
        else if (values[i] == 10)
            putchar('-');
        else if (values[i] <= 13 && i + 1 < end && values[i + 1] < 10) {
            putchar('A' + (values[i] - 11) * 10 + values[i + 1]);
            i++;
        } else
            printf("CC%d", values[i] - 10);
    }
    putchar('\n');
}

static bool print_symbol(const struct picture *picture, const struct symbol *symbol)
{
    char bars[BARS + 1] = "";
    int values[21];
    for (int i = 0; i < BARS; i++)
        bars[i] = state_of(picture, symbol, i);
    if (!read_values(bars, values)) {
        fprintf(stderr, "%d %d: bars make no sense: %s\n", symbol->x, symbol->y, bars);
        return false;
    }
    printf("%d %d %d %d ", symbol->x, symbol->y, symbol->width, symbol->height);
    print_data(values);
    return true;
}

int main(int count, char **arguments)
{
    static struct symbol symbols[MOST];
    struct picture picture;

    if (count != 2 || !read_picture(arguments[1], &picture)) {
        fprintf(stderr, "usage: customer_page FILE.pgm\n");
        return 2;
    }
    int found = find_symbols(&picture, symbols);
    bool good = found > 0;
    for (int i = 0; i < found; i++)
        good = print_symbol(&picture, &symbols[i]) && good;
    free(picture.grey);
    return good ? 0 : 1;
}
