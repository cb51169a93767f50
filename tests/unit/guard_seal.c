/* 照合符号: what is sealed, and every way in which a table can come back changed. */
#include "guard/seal.h"

#include "unit/check.h"

#include "guard/guard.h"

#define COLUMNS 4
#define ROWS 20
#define SEALS 3 /* the column of the seals */

static const struct text names[COLUMNS] = {{"整理番号", 12}, {"氏名", 6}, {"番号", 6}, {"照合符号", 12}};
static const uint8_t key[HMAC_KEY_BYTES] = {7};

struct table {
    char id[ROWS][16], name[ROWS][16], seal[ROWS + 2][SEAL_TEXT];
    struct text field[ROWS + 2][COLUMNS];
    uint32_t rows;
};

static void make_table(struct table *table, int content)
{
    struct seal *seal;
    struct error error = {0};
    struct digest digest = {{(uint8_t)content}};

    assert_int_equal(seal_new(key, names, COLUMNS, SEALS, &seal, &error), OK);
    assert_int_equal(seal_name(seal, &digest, ROWS, &error), OK);
    table->rows = ROWS;
    for (uint32_t i = 0; i < ROWS; i++) {
        snprintf(table->id[i], sizeof table->id[i], "A%03u", i + 1);
        snprintf(table->name[i], sizeof table->name[i], "架空%u", i * 7);
        table->field[i][0] = text_of(table->id[i]);
        table->field[i][1] = text_of(table->name[i]);
        table->field[i][2] = text_of("00123");
        assert_int_equal(seal_row(seal, i + 1, table->field[i], table->seal[i],
                                  &table->field[i][SEALS], &error),
                         OK);
    }
    seal_free(seal);
}

/* "5:4033 8:4035 end:4037" */
static void judge(const struct table *table, const uint8_t *with, const struct text *heads, char out[400])
{
    struct seal *seal;
    struct error error = {0};
    struct seal_check check = {0};
    enum message message;
    size_t at = 0;

    out[0] = '\0';
    assert_int_equal(seal_new(with, heads, COLUMNS, SEALS, &seal, &error), OK);
    for (uint32_t i = 0; i < table->rows; i++) {
        struct record record = {.row = i + 2, .count = COLUMNS};
        memcpy(record.field, table->field[i], sizeof table->field[i]);
        assert_int_equal(seal_next(seal, &check, &record, false, &message, &error), OK);
        if (message != MSG_NONE && at < 380)
            at += (size_t)snprintf(out + at, 400 - at, "%llu:%d ", (unsigned long long)error.row, (int)message);
    }
    message = seal_end(&check, &error);
    if (message != MSG_NONE)
        at += (size_t)snprintf(out + at, 400 - at, "end:%d ", (int)message);
    if (at)
        out[at - 1] = '\0';
    seal_free(seal);
}

static void move(struct table *table, uint32_t from, uint32_t to)
{
    struct text kept[COLUMNS];
    memcpy(kept, table->field[from], sizeof kept);
    memmove(table->field[from], table->field[from + 1], (table->rows - from - 1) * sizeof kept);
    memmove(table->field[to + 1], table->field[to], (table->rows - to - 1) * sizeof kept);
    memcpy(table->field[to], kept, sizeof kept);
}

static void drop(struct table *table, uint32_t row)
{
    memmove(table->field[row], table->field[row + 1], (table->rows - row) * sizeof table->field[0]);
    table->rows--;
}

static void repeat(struct table *table, uint32_t row)
{
    memmove(table->field[row + 1], table->field[row], (table->rows - row) * sizeof table->field[0]);
    table->rows++;
}

static struct table t, other;

static void changes(void **state)
{
    char out[400];
    struct text swapped[COLUMNS] = {names[1], names[0], names[2], names[3]};
    uint8_t wrong[HMAC_KEY_BYTES] = {8};

    (void)state;
#define CASE(row, change, want)                                                                    \
    make_table(&t, 1);                                                                             \
    change;                                                                                        \
    judge(&t, key, names, out);                                                                    \
    if (strcmp(out, want) != 0)                                                                    \
        fprintf(stderr, "%s\n", out);                                                              \
    row_check(row, strcmp(out, want) == 0)
    CASE(1, (void)0, "");
    CASE(2, t.field[3][1] = TEXT("別人"), "5:4033");
    CASE(3, t.field[3][2] = TEXT("123"), "5:4033");
    CASE(4, t.field[3][2] = TEXT("00123 "), "5:4033");
    CASE(5, t.field[0][1] = TEXT("x"); t.field[19][0] = TEXT("x"), "2:4033 21:4033");
    CASE(6, t.field[3][SEALS] = TEXT(""), "5:4032");
    CASE(7, t.field[3][SEALS] = t.field[4][SEALS], "5:4033");
    CASE(8, drop(&t, 6), "8:4035");
    CASE(9, drop(&t, 0), "2:4035");
    CASE(10, drop(&t, 19), "end:4037");
    CASE(11, drop(&t, 6); drop(&t, 6), "8:4035");
    CASE(12, repeat(&t, 6), "9:4036");
    CASE(13, repeat(&t, 19), "22:4036");
    CASE(14, move(&t, 3, 4), "5:4035 6:4036 7:4035");
    CASE(15, move(&t, 19, 0), "2:4035 3:4036");
    CASE(16, make_table(&other, 2); memcpy(t.field[9], other.field[9], sizeof t.field[9]), "11:4034");
    CASE(17, t.field[3][0] = t.field[3][1]; t.field[3][1] = text_of("A004"), "5:4033");
    CASE(18, t.rows = 0, "");
    for (uint32_t c = 0; c < 3; c++) { /* one byte from one cell to the next */
        make_table(&t, 1);
        t.field[5][0] = TEXT("A006架");
        t.field[5][1] = text_of(t.name[5] + 3);
        judge(&t, key, names, out);
        row_check(19, strcmp(out, "7:4033") == 0);
    }
    make_table(&t, 1);
    t.rows = 3;
    judge(&t, key, swapped, out);
    row_check(20, strcmp(out, "2:4033 3:4033 4:4033") == 0);
    judge(&t, wrong, names, out);
    row_check(21, strcmp(out, "2:4033 3:4033 4:4033") == 0);
    check_rows();
}

/* Every bit of every cell counts. */
static void bits(void **state)
{
    char out[400];

    (void)state;
    for (uint32_t c = 0; c < COLUMNS; c++) {
        char bytes[SEAL_TEXT];
        make_table(&t, 1);
        struct text cell = t.field[2][c];
        for (uint32_t bit = 0; bit < 8 * cell.length; bit++) {
            memcpy(bytes, cell.bytes, cell.length);
            bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
            t.field[2][c] = (struct text){bytes, cell.length};
            judge(&t, key, names, out);
            row_check(bit, out[0] == '4' && out[1] == ':');
        }
    }
    check_rows();
}

/* No seal looks like a number, whatever stands around it, nor begins like a formula. */
static void looks(void **state)
{
    (void)state;
    for (int content = 0; content < 200; content++) {
        make_table(&t, content);
        for (uint32_t i = 0; i < ROWS; i++) {
            struct text seal = t.field[i][SEALS];
            row_check(1, !my_number_in(seal));
            row_check(2, seal.bytes[0] >= 'A' && seal.bytes[0] <= 'Z');
            row_check(3, strspn(seal.bytes, "BCDFGHJKLMNPQRST.0123456789") == seal.length);
        }
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(changes), cmocka_unit_test(bits),
                                       cmocka_unit_test(looks)};
    return check_run(tests);
}
