/* Judges that are not ours. zint: random data, symbol for symbol; zbar and ZXing: NW-7 drawn dot for dot. COUNT data strings (20000) from SEED (1). */
#include "symbology/customer.h"
#include "symbology/nw7.h"

#include "unit/check.h"

#include <stdlib.h>
#include <unistd.h>

static uint32_t seed;

static uint32_t below(uint32_t most)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % most;
}

static unsigned number_of(const char *name, unsigned preset)
{
    const char *value = getenv(name);
    return value && *value ? (unsigned)strtoul(value, NULL, 10) : preset;
}

/* Fills in path; a line each, by `make`. */
static bool write_lines(char *path, unsigned count, void (*make)(char *out))
{
    char line[64];
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    for (unsigned i = 0; file && i < count; i++) {
        make(line);
        fprintf(file, "%s\n", line);
    }
    return file && fclose(file) == 0;
}

/* Modules of one row of zint's dump, as '0' and '1': hexadecimal, four a digit. */
static bool read_modules(FILE *pipe, char *out, size_t room)
{
    char line[2048];
    size_t length = 0;
    if (!fgets(line, sizeof line, pipe))
        return false;
    for (const char *at = line; *at && *at != '\n'; at++) {
        int value = text_hex_value(*at);
        for (int bit = 3; value >= 0 && bit >= 0 && length + 1 < room; bit--)
            out[length++] = value >> bit & 1 ? '1' : '0';
    }
    out[length] = 0;
    return length > 0;
}

/* What the symbol has: at most 20 characters, a letter whole; zint cannot cut. */
static void make_customer(char *out)
{
    uint32_t room = below(14), length = 7;
    for (uint32_t i = 0; i < length; i++)
        out[i] = (char)('0' + below(10));
    while (room) {
        uint32_t kind = below(10);
        if (kind < 2 && room < 2)
            continue;
        out[length++] = (char)(kind < 2 ? 'A' + below(26) : kind < 4 ? '-' : '0' + below(10));
        room -= kind < 2 ? 2 : 1;
    }
    out[length] = 0;
}

/* Long bars reach into both outer rows, semi-long ones into one. Spaces between have no module. */
static bool same_bars(const struct customer *symbol, char rows[3][512])
{
    static const char *const ends[] = {"", "11", "10", "01", "00"}; /* above, below */
    for (int i = 0; i < CUSTOMER_BARS; i++) {
        const char *want = ends[symbol->bars[i]];
        if (rows[0][2 * i] != want[0] || rows[1][2 * i] != '1' || rows[2][2 * i] != want[1])
            return false;
        if (rows[0][2 * i + 1] == '1' || rows[1][2 * i + 1] == '1' || rows[2][2 * i + 1] == '1')
            return false;
    }
    return true;
}

static void customer(void **state)
{
    char path[] = "/tmp/oshirase-judge-XXXXXX", command[128], data[64], rows[3][512];
    unsigned count = number_of("COUNT", 20000);

    (void)state;
    seed = number_of("SEED", 1);
    row_check(0, write_lines(path, count, make_customer));
    snprintf(command, sizeof command, "zint -b 76 --batch --dump -i %s", path);
    seed = number_of("SEED", 1);
    FILE *pipe = popen(command, "r");
    for (unsigned i = 1; pipe && i <= count; i++) {
        struct customer symbol;
        make_customer(data);
        bool read = true;
        for (int row = 0; row < 3; row++)
            read = read && read_modules(pipe, rows[row], sizeof rows[row]);
        row_check(i, read && customer_encode(text_of(data), &symbol, NULL) == OK &&
                         same_bars(&symbol, rows));
        if (!read)
            break;
    }
    row_check(count + 1, pipe && pclose(pipe) == 0);
    unlink(path);
    check_rows();
}

static void make_nw7(char *out)
{
    static const char characters[] = "0123456789-$:/.+0123456789";
    uint32_t length = 3 + below(18);
    out[0] = (char)('A' + below(4));
    for (uint32_t i = 1; i < length; i++)
        out[i] = characters[below(sizeof characters - 1)];
    out[length] = (char)('A' + below(4));
    out[length + 1] = 0;
}

/* Its ratio is 2 to 1: narrow is one module, wide two. */
static bool same_elements(const struct nw7 *symbol, const char *modules)
{
    for (uint32_t i = 0; i < symbol->count; i++)
        for (int part = symbol->wide[i]; part >= 0; part--)
            if (*modules++ != (i % 2 ? '0' : '1'))
                return false;
    while (*modules == '0')
        modules++;
    return *modules == 0;
}

static void nw7(void **state)
{
    char path[] = "/tmp/oshirase-judge-XXXXXX", command[128], data[64], modules[2048];
    unsigned count = number_of("COUNT", 20000) / 4;

    (void)state;
    seed = number_of("SEED", 1);
    row_check(0, write_lines(path, count, make_nw7));
    snprintf(command, sizeof command, "zint -b 18 --batch --dump -i %s", path);
    seed = number_of("SEED", 1);
    FILE *pipe = popen(command, "r");
    for (unsigned i = 1; pipe && i <= count; i++) {
        struct nw7 symbol;
        make_nw7(data);
        size_t length = strlen(data);
        bool read = read_modules(pipe, modules, sizeof modules);
        row_check(i, read &&
                         nw7_encode((struct text){data + 1, (uint32_t)length - 2}, data[0],
                                    data[length - 1], &symbol, NULL) == OK &&
                         same_elements(&symbol, modules));
        if (!read)
            break;
    }
    row_check(count + 1, pipe && pclose(pipe) == 0);
    unlink(path);
    check_rows();
}

/* -- NW-7, drawn -- */

enum { HIGH = 100, MOST_WIDE = 4000 };

/* A picture of the symbol with its quiet zones, a dot a dot. */
static bool draw(const char *path, const struct nw7 *symbol, const struct nw7_place *place)
{
    static uint8_t row[MOST_WIDE];
    int32_t quiet = NW7_QUIET * place->narrow, wide = nw7_length(symbol, place) + 2 * quiet,
            at = quiet;
    FILE *file = wide <= MOST_WIDE ? fopen(path, "wb") : NULL;
    if (!file)
        return false;
    memset(row, 255, sizeof row);
    for (uint32_t i = 0; i < symbol->count; i++) {
        int32_t width = symbol->wide[i] ? place->wide : place->narrow;
        if (i % 2 == 0)
            memset(row + at, 0, (size_t)width);
        at += width;
    }
    fprintf(file, "P5\n%d %d\n255\n", wide, HIGH + 40);
    for (int y = 0; y < HIGH + 40; y++) {
        bool bars = y >= 20 && y < HIGH + 20;
        for (int32_t x = 0; x < wide; x++)
            fputc(bars ? row[x] : 255, file);
    }
    return fclose(file) == 0;
}

/* True when a line of what the command says has the text. */
static bool says(const char *command, const char *want)
{
    char line[512];
    bool found = false;
    FILE *pipe = popen(command, "r");
    while (pipe && fgets(line, sizeof line, pipe))
        found |= strstr(line, want) != NULL;
    if (pipe)
        pclose(pipe);
    return found;
}

static void readers(void **state)
{
    static const struct {
        int row;
        const char *data;
        char guard, shown;
        int32_t narrow, ratio;
    } rows[] = {
        {1, "56060000006", 'a', 'A', 4, 20}, {2, "56060000006", 'a', 'A', 4, 25},
        {3, "56060000006", 'a', 'A', 4, 30}, {4, "13112383852", 'b', 'B', 6, 22},
        {5, "00000000000", 'C', 'C', 5, 25}, {6, "99999999993", 'd', 'D', 8, 28},
    };
    char folder[] = "/tmp/oshirase-judge-XXXXXX", path[64], command[256], want[32];

    (void)state;
    row_check(0, mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/nw7.pgm", folder);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nw7 symbol;
        struct nw7_place place;
        row_check(rows[i].row, nw7_encode(text_of(rows[i].data), rows[i].guard, rows[i].guard,
                                          &symbol, NULL) == OK &&
                                   nw7_place(rows[i].narrow, rows[i].ratio, &place, NULL) == OK &&
                                   draw(path, &symbol, &place));
        snprintf(want, sizeof want, "%c%s%c", rows[i].shown, rows[i].data, rows[i].shown);
        snprintf(command, sizeof command, "zbarimg -q %s 2>/dev/null", path);
        row_check(rows[i].row, says(command, want));
        snprintf(command, sizeof command, "ZXingReader %s 2>/dev/null", path);
        row_check(rows[i].row, says(command, rows[i].data));
    }
    unlink(path);
    rmdir(folder);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(customer), cmocka_unit_test(nw7),
                                       cmocka_unit_test(readers)};

    return check_run(tests);
}
