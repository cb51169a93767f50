/* Which addresses are one place: spellings that are the same, and neighbours that are not. */
#include "press/extract_inside.h"

#include "unit/check.h"

static bool same(const char *a, const char *b, const char *b2)
{
    static char left[ADDRESS_BYTES], right[ADDRESS_BYTES];
    struct text one[1] = {text_of(a)}, two[2] = {text_of(b), text_of(b2)};
    size_t first = address_normalise(one, 1, left);
    size_t second = address_normalise(two, b2 ? 2 : 1, right);

    return first > 0 && first == second && memcmp(left, right, first) == 0;
}

static void pairs(void **state)
{
    static const struct {
        int row;
        const char *a, *b, *b2;
        bool want;
    } rows[] = {
        {1, "東京都千代田区千代田1-2-3", "東京都千代田区千代田１－２－３", NULL, true},
        {2, "東京都千代田区千代田1-2-3", "東京都千代田区千代田1丁目2番3号", NULL, true},
        {3, "東京都千代田区千代田1-2-3", "千代田区千代田一丁目2番地3", NULL, true},
        {4, "東京都千代田区千代田1-2-3", "東京都 千代田区　千代田1ー2−3", NULL, true},
        {5, "東京都千代田区千代田1-2-3", "東京都千代田区千代田", "1-2-3", true},
        {6, "見本市霞ヶ丘12-1", "見本市霞ケ丘１２番１号", NULL, true},
        {7, "見本市大字上1番地の2", "見本市上1-2", NULL, true},
        {8, "見本市北二十三丁目1", "見本市北23-1", NULL, true},
        {9, "見本市中央1-2 コーポA203", "見本市中央1-2", "コーポＡ２０３", true},
        {10, "見本市中央1-2-203", "見本市中央1-2", "203号室", true},
        {11, "神奈川県見本市1-1", "見本市1-1", NULL, true},
        {12, "京都府見本市1-1", "見本市1番1号", NULL, true},
        {20, "見本市中央1-2-3", "見本市中央1-23", NULL, false},
        {21, "見本市中央1-2-3", "見本市中央12-3", NULL, false},
        {22, "見本市中央1-2-3", "見本市中央1-2-4", NULL, false},
        {23, "見本市中央1-2", "見本市中央1-2", "203", false},
        {24, "見本市中央1-2", "見本市中央1", "23", false},
        {25, "見本市三番町1", "見本市一番町1", NULL, false},
        {26, "見本市十条1-1", "見本市一条1-1", NULL, false},
        {27, "見本市北十一丁目1", "見本市北十二丁目1", NULL, false},
        {30, "", "", NULL, false},
        {31, "　", " ", NULL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, same(rows[i].a, rows[i].b, rows[i].b2) == rows[i].want);
    check_rows();
}

/* Bytes of any kind, as long as a field may be: nothing is written beyond the room. */
static void noise(void **state)
{
    static char bytes[LIMIT_FIELD_BYTES], out[ADDRESS_BYTES];
    uint32_t seed = 1;

    (void)state;
    for (int i = 0; i < 300; i++) {
        for (size_t k = 0; k < sizeof bytes; k++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[k] = i % 3 ? (char)(seed >> 24) : "一十丁目-1番"[seed >> 24 & 15];
        }
        struct text parts[3] = {{bytes, sizeof bytes}, {bytes, sizeof bytes}, {bytes, sizeof bytes}};
        row_check(i, address_normalise(parts, 3, out) <= sizeof out);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pairs), cmocka_unit_test(noise)};
    return check_run(tests);
}
