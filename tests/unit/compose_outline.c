/* Path data and arcs in whole numbers. */
#include "compose/outline.h"

#include "page/page.h"
#include "unit/check.h"

#include <stdlib.h>

static struct arena arena;
static struct outline outline;

static void read_path(const char *data)
{
    struct matrix identity = matrix_identity();
    arena_close(&arena);
    arena_open(&arena, 32u << 20);
    outline_begin(&outline, &arena, &identity);
    outline_path(&outline, data, (uint32_t)strlen(data));
}

/* Steps and points as text: "M0 0 L1000 0 Z". */
static const char *told(void)
{
    static char out[2000];
    size_t at = 0;
    uint32_t next = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < outline.step_count; i++) {
        static const int points[] = {1, 1, 3, 0};
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%c", i ? " " : "",
                               "MLCZ"[outline.steps[i]]);
        for (int k = 0; k < points[outline.steps[i]]; k++, next++)
            at +=
                (size_t)snprintf(out + at, sizeof out - at, "%s%d %d", k ? " " : "",
                                 (int)outline.points[2 * next], (int)outline.points[2 * next + 1]);
    }
    return out;
}

static void paths(void **state)
{
    static const struct {
        int row;
        const char *data, *want; /* want NULL: syntax */
    } rows[] = {
        {1, "M0 0L1 0Z", "M0 0 L1000 0 Z"},
        {2, "m1,1l1-1.5.5.25z", "M1000 1000 L2000 -500 L2500 -250 Z"},
        {3, " M 1 1 2 2 3,3 ", "M1000 1000 L2000 2000 L3000 3000"},
        {4, "m1 1 2 2 3,3", "M1000 1000 L3000 3000 L6000 6000"},
        {5, "M1 1H5V6h-1v-2", "M1000 1000 L5000 1000 L5000 6000 L4000 6000 L4000 4000"},
        {6, "M0 0C1 0 2 1 2 2", "M0 0 C1000 0 2000 1000 2000 2000"},
        {7, "M1 1c1 0 2 1 2 2s0 2 2 2",
         "M1000 1000 C2000 1000 3000 2000 3000 3000 C3000 4000 3000 5000 5000 5000"},
        {8, "M1 1S2 2 3 3", "M1000 1000 C1000 1000 2000 2000 3000 3000"},
        {9, "M0 0Q3 0 3 3", "M0 0 C2000 0 3000 1000 3000 3000"},
        {10, "M0 0Q3 0 3 3T6 6", "M0 0 C2000 0 3000 1000 3000 3000 C3000 5000 4000 6000 6000 6000"},
        {11, "M0 0T3 3", "M0 0 C0 0 1000 1000 3000 3000"},
        {12, "M1 1zl1 1", "M1000 1000 Z M1000 1000 L2000 2000"},
        {13, "M1 1zz", "M1000 1000 Z"},
        {14, "M1e1 1E-1L.5 5.", "M10000 100 L500 5000"},
        {15, "M0.0004 0.0005L-.0005-.0004", "M0 1 L-1 0"},
        {16, "M0 0A0 5 0 0 0 3 3", "M0 0 L3000 3000"},
        {17, "M0 0A5 5 0 0 0 0 0", "M0 0"},
        {18, "", ""},
        {19, "M0 0a1 1 0 011 1",
         "M0 0 C552 0 1000 448 1000 1000"}, /* flags without blanks; sweep */
        {20, "M0 0a1 1 0 001 1", "M0 0 C0 552 448 1000 1000 1000"},
        {30, "L1 1", NULL},
        {31, "1 1", NULL},
        {32, "M1", NULL},
        {33, "M1 1L", NULL},
        {34, "M1 1 2", NULL},
        {35, "M1 1R2 2", NULL},
        {36, "M1 1z2 2", NULL},
        {37, "M1 1A1 1 0 3 0 2 2", NULL},
        {38, "M1 1Lx", NULL},
        {39, "M--1 1", NULL},
        {40, "M1 1L1e 1", NULL},
        {41, "M1 1 ;", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_path(rows[i].data);
        if (rows[i].want) {
            row_check(rows[i].row, outline.fault == OUTLINE_FINE);
            row_check(rows[i].row, strcmp(told(), rows[i].want) == 0);
        } else {
            row_check(rows[i].row, outline.fault == OUTLINE_SYNTAX);
        }
    }
    check_rows();
}

/* Every point of a Bezier arc lies on its circle, to the error of the approximation (0.03 %). */
static bool on_circle(int64_t cx, int64_t cy, int64_t r)
{
    uint32_t next = 0;
    const int32_t *p = outline.points;
    for (uint32_t i = 0; i < outline.step_count; i++) {
        if (outline.steps[i] == PATH_CURVE) {
            for (int t = 0; t <= 8; t++) {
                int64_t u = 8 - t, xy[2];
                for (int k = 0; k < 2; k++)
                    xy[k] = (u * u * u * p[2 * (next - 1) + k] + 3 * u * u * t * p[2 * next + k] +
                             3 * u * t * t * p[2 * next + 2 + k] +
                             (int64_t)t * t * t * p[2 * next + 4 + k]) /
                            512;
                int64_t dx = xy[0] - cx, dy = xy[1] - cy;
                if (llabs(dx * dx + dy * dy - r * r) > r * r / 1000 + 4 * r)
                    return false;
            }
            next += 3;
        } else if (outline.steps[i] != PATH_CLOSE) {
            next++;
        }
    }
    return next == outline.point_count;
}

static void arcs(void **state)
{
    static const struct {
        int row;
        const char *data;
        int64_t cx, cy, r; /* thousandths */
        uint32_t curves;
    } rows[] = {
        {1, "M0 10A10 10 0 0 1 20 10", 10000, 10000, 10000, 2},
        {2, "M0 10A10 10 0 0 0 20 10", 10000, 10000, 10000, 2},
        {3, "M0 10A10 10 0 1 1 10 20", 10000, 10000, 10000, 3},
        {4, "M0 10A10 10 0 1 0 10 0", 10000, 10000, 10000, 3},
        {5, "M0 10A10 10 0 0 1 10 0", 10000, 10000, 10000, 1},
        {6, "M0 10A10 10 77 0 1 10 0", 10000, 10000, 10000, 1}, /* a turned circle is a circle */
        {7, "M0 10A1 1 0 0 1 20 10", 10000, 10000, 10000, 2},   /* radii too small grow */
        {8, "M4 2A10 10 0 0 1 16 2", 10000, 10000, 10000, 1},
        {9, "M4 2A10 10 0 1 0 16 2", 10000, 10000, 10000, 4},
        {10, "M4 2A10 10 0 1 0 4.01 1.9925", 10005, 9996, 10000, 4},
        {11, "M0 10A-10 10 0 0 1 10 0", 10000, 10000, 10000, 1},
        {12, "M0 10A1000 1000 0 0 1 1 10", 500, 1009999, 1000000, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_path(rows[i].data);
        uint32_t curves = 0;
        for (uint32_t k = 0; k < outline.step_count; k++)
            curves += outline.steps[k] == PATH_CURVE;
        row_check(rows[i].row, outline.fault == OUTLINE_FINE && curves >= rows[i].curves);
        row_check(rows[i].row, curves <= rows[i].curves + 1);
        row_check(rows[i].row, on_circle(rows[i].cx, rows[i].cy, rows[i].r));
    }
    read_path("M0 0A5 3 30 0 0 4 4");
    row_check(20, outline.fault == OUTLINE_SYNTAX);
    read_path("M0 0L900000 900000l900000 0");
    row_check(21, outline.fault == OUTLINE_RANGE);
    arena_close(&arena);
    arena_open(&arena, 200);
    struct matrix identity = matrix_identity();
    outline_begin(&outline, &arena, &identity);
    outline_path(&outline, "M0 0L1 1", 8);
    row_check(22, outline.fault == OUTLINE_MEMORY);
    arena_close(&arena);
    check_rows();
}

static void numbers(void **state)
{
    static const struct {
        int row;
        const char *text;
        bool good;
        int64_t want; /* millionths */
        int used;
    } rows[] = {
        {1, "1", true, 1000000, 1},
        {2, "-1.5x", true, -1500000, 4},
        {3, "+.5", true, 500000, 3},
        {4, "5.", true, 5000000, 2},
        {5, "1e2", true, 100000000, 3},
        {6, "1e-7", true, 0, 4},
        {7, "5e-7", true, 1, 4},
        {8, "1em", true, 1000000, 1},
        {9, "1e", true, 1000000, 1},
        {10, "0.1234565", true, 123457, 9},
        {11, "1000000", true, 1000000000000, 7},
        {12, "1000000.000001", false, 0, 0},
        {13, "1e7", false, 0, 0},
        {14, "1e999999999999", false, 0, 0},
        {15, "0e999999999999", true, 0, 14},
        {16, "1e-999999999999", true, 0, 15},
        {17, ".", false, 0, 0},
        {18, "-", false, 0, 0},
        {19, "e5", false, 0, 0},
        {20, "", false, 0, 0},
        {21, "123456789012345678901234567890e-25", true, 12345678901, 34},
        {22, "0.00000000000000000000000000001", true, 0, 31},
        {23, "123456789012345678901234567890", false, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *at = rows[i].text;
        int64_t out = 0;
        bool good = fixed_parse(&at, at + strlen(at), FINE, FINE_LIMIT, &out);
        row_check(rows[i].row, good == rows[i].good);
        row_check(rows[i].row, !good || (out == rows[i].want && at - rows[i].text == rows[i].used));
    }
    for (int64_t root = 0; root < 3000; root++) {
        wide square = (wide)root * root;
        row_check(50, fixed_root(square) == root && fixed_root(square + 2 * root) == root);
    }
    row_check(51, fixed_root((wide)FACTOR * FACTOR) == FACTOR);
    row_check(52, fixed_scale(-5, 1, 2) == -3 && fixed_scale(5, 1, 2) == 3 &&
                      fixed_scale(-4, 1, 3) == -1);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(paths), cmocka_unit_test(arcs),
                                       cmocka_unit_test(numbers)};
    return check_run(tests);
}
