#include "compose/outline.h"

#include <string.h>

struct scanner {
    const char *at, *end;
    struct outline *outline;
    char command;         /* as it stands: lower case is relative */
    char before;          /* the command before, for S and T */
    struct point control; /* last control point of the command before */
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static void skip_blanks(struct scanner *scan)
{
    while (scan->at < scan->end && is_blank(*scan->at))
        scan->at++;
}

static void skip_comma(struct scanner *scan)
{
    skip_blanks(scan);
    if (scan->at < scan->end && *scan->at == ',')
        scan->at++;
    skip_blanks(scan);
}

static void fail(struct scanner *scan)
{
    if (scan->outline->fault == OUTLINE_FINE)
        scan->outline->fault = OUTLINE_SYNTAX;
}

static int64_t number(struct scanner *scan)
{
    int64_t value = 0;
    if (!fixed_parse(&scan->at, scan->end, FINE, FINE_LIMIT, &value))
        fail(scan);
    skip_comma(scan);
    return value;
}

/* "0" or "1"; the next number may follow at once. */
static bool flag(struct scanner *scan)
{
    if (scan->at >= scan->end || (*scan->at != '0' && *scan->at != '1')) {
        fail(scan);
        return false;
    }
    bool set = *scan->at++ == '1';
    skip_comma(scan);
    return set;
}

static bool relative(const struct scanner *scan)
{
    return scan->command >= 'a';
}

static struct point pair(struct scanner *scan)
{
    struct point point = {number(scan), 0};
    point.y = number(scan);
    if (relative(scan)) {
        point.x += scan->outline->at.x;
        point.y += scan->outline->at.y;
    }
    return point;
}

static struct point mirrored(const struct scanner *scan, const char *kin)
{
    struct point at = scan->outline->at;
    if (scan->before == 0 || !strchr(kin, scan->before))
        return at;
    return (struct point){2 * at.x - scan->control.x, 2 * at.y - scan->control.y};
}

static void add_cubic(struct scanner *scan, struct point one)
{
    struct point two = pair(scan), to = pair(scan);
    outline_curve(scan->outline, one, two, to);
    scan->control = two;
}

static void add_quadratic(struct scanner *scan, struct point control, struct point to)
{
    struct point from = scan->outline->at;
    struct point one = {(from.x + 2 * control.x) / 3, (from.y + 2 * control.y) / 3};
    struct point two = {(to.x + 2 * control.x) / 3, (to.y + 2 * control.y) / 3};
    outline_curve(scan->outline, one, two, to);
    scan->control = control;
}

static void add_arc(struct scanner *scan)
{
    int64_t rx = number(scan), ry = number(scan), turn = number(scan);
    bool large = flag(scan), sweep = flag(scan);
    struct point to = pair(scan);
    if (turn % (180 * FINE) != 0 && rx != ry && -rx != ry)
        fail(scan);
    if (scan->outline->fault == OUTLINE_FINE)
        outline_arc(scan->outline, rx, ry, large, sweep, to);
}

static void add_straight(struct scanner *scan)
{
    struct point to = scan->outline->at;
    int64_t value = number(scan);
    bool across = scan->command == 'h' || scan->command == 'H';
    int64_t *moved = across ? &to.x : &to.y;
    *moved = value + (relative(scan) ? *moved : 0);
    outline_line(scan->outline, to);
}

static void add_smooth(struct scanner *scan)
{
    if (scan->command == 'S' || scan->command == 's') {
        add_cubic(scan, mirrored(scan, "CcSs"));
    } else {
        struct point control = mirrored(scan, "QqTt");
        add_quadratic(scan, control, pair(scan));
    }
}

/* One command with its numbers. Further pairs after a move are lines. */
static void run(struct scanner *scan)
{
    struct point point;
    switch (scan->command | 0x20) {
    case 'm':
        outline_move(scan->outline, pair(scan));
        scan->command = relative(scan) ? 'l' : 'L';
        break;
    case 'l':
        outline_line(scan->outline, pair(scan));
        break;
    case 'h':
    case 'v':
        add_straight(scan);
        break;
    case 'c':
        add_cubic(scan, pair(scan));
        break;
    case 'q':
        point = pair(scan);
        add_quadratic(scan, point, pair(scan));
        break;
    case 's':
    case 't':
        add_smooth(scan);
        break;
    case 'a':
        add_arc(scan);
        break;
    case 'z':
        outline_close(scan->outline);
        break;
    default:
        fail(scan);
    }
}

/* The next command letter, or the last one again where a number follows. False: a letter is due. */
static bool next_command(struct scanner *scan)
{
    char byte = *scan->at;
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) {
        scan->command = byte;
        scan->at++;
        skip_blanks(scan);
        return true;
    }
    return scan->command != 0 && (scan->command | 0x20) != 'z';
}

void outline_path(struct outline *outline, const char *data, uint32_t length)
{
    struct scanner scan = {.at = data, .end = data + length, .outline = outline};
    skip_blanks(&scan);
    if (scan.at < scan.end && *scan.at != 'M' && *scan.at != 'm')
        fail(&scan);
    while (scan.at < scan.end && outline->fault == OUTLINE_FINE) {
        if (!next_command(&scan)) {
            fail(&scan);
            return;
        }
        char command = scan.command;
        run(&scan);
        scan.before = command;
    }
}
