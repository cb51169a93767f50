#include "symbology/address.h"

#include "unit/check.h"
#include "unit/postcode_files.h"

static bool open_files(struct arena *arena, struct postcodes *out)
{
    struct error error;
    return read_postcodes("tests/postcodes/KEN_ALL.CSV", "tests/postcodes/JIGYOSYO.CSV", arena, out,
                          &error);
}

struct example {
    int row;
    const char *postcode, *first, *second;
    bool undivided;
    enum address_answer answer;
    const char *data;
};

static void check_examples(const struct postcodes *postcodes, const struct example *rows,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct address address = {text_of(rows[i].postcode), text_of(rows[i].first),
                                  text_of(rows[i].second), rows[i].undivided};
        char data[CUSTOMER_DATA];
        uint32_t length = 99;
        enum address_answer answer = address_customer(postcodes, &address, data, &length);
        bool good =
            answer == rows[i].answer && strcmp(data, rows[i].data) == 0 && length == strlen(data);
        row_check(rows[i].row, good);
        if (!good)
            fprintf(stderr, "    answer %d, %s\n", (int)answer, data);
    }
}

/* 住所 and 方書, split at the town of the postcode. */
static void undivided(void **state)
{
    static const struct example rows[] = {
        {1, "100-0013", "東京都千代田区霞が関1丁目3番2号", "郵便プラザ503室", true, ADDRESS_GOOD,
         "10000131-3-2-503"},
        {2, "100-0013", "千代田区霞が関1-3-2", "郵便プラザ503", true, ADDRESS_GOOD,
         "10000131-3-2-503"},
        {3, "100-0013", "霞が関1-3-2", "", true, ADDRESS_GOOD, "10000131-3-2"},
        {4, "100-0013", "東京都 千代田区　霞ヶ関 １－３－２", "", true, ADDRESS_GOOD,
         "10000131-3-2"},
        {5, "100-0013", "東京都千代田区霞ケ関１丁目３番２号", "", true, ADDRESS_GOOD,
         "10000131-3-2"},
        {6, "064-0804", "札幌市中央区南四条西29丁目1524-23", "第2郵便ハウス501", true, ADDRESS_GOOD,
         "064080429-1524-23-2-501"},
        {7, "064-0804", "北海道札幌市中央区南4条西29丁目1524-23", "第2郵便ハウス501", true,
         ADDRESS_GOOD, "064080429-1524-23-2-501"},
        {8, "064-0804", "札幌市中央区南４条西２９丁目", "", true, ADDRESS_GOOD, "064080429"},
        {9, "080-0831", "帯広市稲田町南七線　西28", "", true, ADDRESS_GOOD, "08008317-28"},
        {10, "273-0102", "千葉県鎌ヶ谷市右京塚東3丁目-20-5", "郵便・A&bコーポB604号", true,
         ADDRESS_GOOD, "27301023-20-5B604"},
        {11, "306-0433", "茨城県猿島郡境町123-4", "", true, ADDRESS_GOOD, "3060433123-4"},
        {12, "306-0433", "茨城県境町123-4", "", true, ADDRESS_GOOD, "3060433123-4"},
        {13, "306-0433", "123-4", "", true, ADDRESS_NOT_DIVIDED, ""},
        {14, "100-0301", "東京都利島村1000番地", "", true, ADDRESS_GOOD, "10003011000"},
        {15, "522-0317", "滋賀県犬上郡多賀町一円12", "", true, ADDRESS_GOOD, "522031712"},
        {16, "287-917", "岩手県九戸郡洋野町種市第15地割1-2", "", true, ADDRESS_BAD_POSTCODE, ""},
        {17, "028-7917", "岩手県九戸郡洋野町種市第15地割1-2", "", true, ADDRESS_GOOD,
         "028791715-1-2"},
        {18, "028-5102", "岩手県岩手郡葛巻町葛巻第四十地割五十番地", "", true, ADDRESS_GOOD,
         "028510240-50"},
        {19, "029-5523", "西和賀町穴明22地割5", "", true, ADDRESS_GOOD, "029552322-5"},
        {20, "761-4103", "香川県小豆郡土庄町乙12-3", "", true, ADDRESS_GOOD, "761410312-3"},
        {21, "604-0925", "京都府京都市中京区寺町通御池上る上本能寺前町488", "", true, ADDRESS_GOOD,
         "6040925488"},
        {22, "604-0925", "京都市中京区上本能寺前町488", "", true, ADDRESS_GOOD, "6040925488"},
        {23, "604-0925", "京都市中京区2丁目1上本能寺前町488", "2F", true, ADDRESS_GOOD,
         "6040925488-2"},
        {46, "604-0925", "寺町通御池上る上本能寺前町488", "", true, ADDRESS_NOT_DIVIDED, ""},
        {24, "071-1252", "上川郡鷹栖町13線5号", "", true, ADDRESS_GOOD, "07112525"},
        {25, "071-1252", "鷹栖町十三線5号", "", true, ADDRESS_GOOD, "07112525"},
        {26, "317-0055", "茨城県日立市大字宮田町6-7", "", true, ADDRESS_GOOD, "31700556-7"},
        {27, "317-0055", "茨城県日立市字宮田町6-7", "", true, ADDRESS_GOOD, "31700556-7"},
        {28, "317-0055", "茨城県日立市大字久慈町6-7", "", true, ADDRESS_NOT_DIVIDED, ""},
        {29, "317-0055", "茨城県日立市", "6-7", true, ADDRESS_NOT_DIVIDED, ""},
        {30, "102-0084", "千代田区2番町5-1", "", true, ADDRESS_GOOD, "10200845-1"},
        {31, "102-0084", "千代田区12番町5-1", "", true, ADDRESS_NOT_DIVIDED, ""},
        {32, "102-0084", "千代田区二番町５の１", "", true, ADDRESS_GOOD, "10200845-1"},
        {33, "317-0055", "茨城県日立市宮田町", "", true, ADDRESS_NO_NUMBER, ""},
        {34, "317-0055", "茨城県日立市宮田町", "郵便荘", true, ADDRESS_GOOD, "3170055"},
        {35, "100-0000", "東京都千代田区鍛冶町1-2", "", true, ADDRESS_REPRESENTATIVE, ""},
        {36, "306-0400", "茨城県猿島郡境町123", "", true, ADDRESS_REPRESENTATIVE, ""},
        {37, "100-8792", "東京都千代田区霞が関1-3-2", "", true, ADDRESS_GOOD, "1008792"},
        {38, "999-9999", "東京都千代田区霞が関1-3-2", "", true, ADDRESS_UNKNOWN_POSTCODE, ""},
        {39, "", "東京都千代田区霞が関1-3-2", "", true, ADDRESS_NO_POSTCODE, ""},
        {40, "　", "東京都千代田区霞が関1-3-2", "", true, ADDRESS_NO_POSTCODE, ""},
        {41, "100-0013", "", "", true, ADDRESS_NOT_DIVIDED, ""},
        {42, "100-6001", "東京都千代田区霞が関3-2-5霞が関ビル1階", "", true, ADDRESS_NOT_DIVIDED,
         ""},
        {43, "066-0005", "千歳市協和88-2", "", true, ADDRESS_GOOD, "066000588-2"},
        {44, "100-0013", "東京都千代田区霞\xF3\xA0\x84\x80が関1-3-2", "", true, ADDRESS_GOOD,
         "10000131-3-2"},
        {45, "064-0941", "札幌市中央区旭ヶ丘1", "", true, ADDRESS_GOOD, "06409411"},
    };
    struct arena arena;
    struct postcodes postcodes;

    (void)state;
    arena_open(&arena, 1 << 20);
    row_check(0, open_files(&arena, &postcodes));
    check_examples(&postcodes, rows, sizeof rows / sizeof *rows);
    arena_close(&arena);
    check_rows();
}

/* 住所A and 住所B, with and without the file. */
static void divided(void **state)
{
    static const struct example with[] = {
        {1, "100-0013", "東京都千代田区霞が関", "1丁目3番2号", false, ADDRESS_GOOD, "10000131-3-2"},
        {2, "100-0013", "東京都千代田区霞が関", "", false, ADDRESS_NO_NUMBER, ""},
        {3, "100-0013", "東京都千代田区霞が関", "　 ", false, ADDRESS_NO_NUMBER, ""},
        {4, "100-0013", "", "1-3-2", false, ADDRESS_GOOD, "10000131-3-2"},
        {5, "100-0000", "東京都千代田区", "1-3-2", false, ADDRESS_REPRESENTATIVE, ""},
        {6, "100-8792", "東京都千代田区霞が関", "1-3-2", false, ADDRESS_GOOD, "1008792"},
        {7, "100-8792", "東京都千代田区霞が関", "", false, ADDRESS_GOOD, "1008792"},
        {8, "100-8691", "東京都千代田区", "私書箱12号", false, ADDRESS_GOOD, "100869112"},
        {9, "100-8691", "東京都千代田区", "1-2", false, ADDRESS_UNKNOWN_POSTCODE, ""},
        {10, "999-9999", "東京都千代田区霞が関", "1-3-2", false, ADDRESS_UNKNOWN_POSTCODE, ""},
    };
    static const struct example without[] = {
        {51, "999-9999", "東京都千代田区霞が関", "1-3-2", false, ADDRESS_GOOD, "99999991-3-2"},
        {52, "100-0000", "東京都千代田区", "1-3-2", false, ADDRESS_REPRESENTATIVE, ""},
        {53, "306-0400", "茨城県境町", "1-3-2", false, ADDRESS_REPRESENTATIVE, ""},
        {54, "100-0013", "東京都千代田区霞が関1-3-2", "", true, ADDRESS_NOT_DIVIDED, ""},
        {55, "100-0013", "東京都千代田区霞が関", "", false, ADDRESS_NO_NUMBER, ""},
        {56, "100-001", "東京都千代田区霞が関", "1", false, ADDRESS_BAD_POSTCODE, ""},
        {57, "", "東京都千代田区霞が関", "1", false, ADDRESS_NO_POSTCODE, ""},
        {58, "100-8691", "東京都千代田区", "私書箱12号", false, ADDRESS_GOOD, "100869112"},
    };
    struct arena arena;
    struct postcodes postcodes;

    (void)state;
    arena_open(&arena, 1 << 20);
    row_check(0, open_files(&arena, &postcodes));
    check_examples(&postcodes, with, sizeof with / sizeof *with);
    check_examples(NULL, without, sizeof without / sizeof *without);
    arena_close(&arena);
    check_rows();
}

/* A postcode that is a representative one and a town's at once: the town decides, in both kinds of address. */
static void both(void **state)
{
    static const char file[] = "1,2,1230000,4,5,6,見本県,例示市,以下に掲載がない場合,0,0,0,0,0,0\n"
                               "1,2,1230000,4,5,6,見本県,例示市,青葉,0,0,0,0,0,0\n"
                               "1,2,1230000,4,5,6,見本県,例示市,青葉台,0,0,0,0,0,0\n";
    static const struct example rows[] = {
        {1, "123-0000", "見本県例示市青葉1-2", "", true, ADDRESS_GOOD, "12300001-2"},
        {2, "123-0000", "見本県例示市青葉台1-2", "", true, ADDRESS_GOOD, "12300001-2"},
        {3, "123-0000", "見本県例示市緑1-2", "", true, ADDRESS_REPRESENTATIVE, ""},
        {4, "123-0000", "見本県例示市青葉", "1-2", false, ADDRESS_GOOD, "12300001-2"},
        {5, "123-0000", "見本県例示市緑", "1-2", false, ADDRESS_REPRESENTATIVE, ""},
    };
    struct arena arena;
    struct postcodes postcodes;
    struct error error;
    uint32_t length;

    (void)state;
    arena_open(&arena, 1 << 20);
    row_check(0,
              postcodes_read(file, sizeof file - 1, "x", NULL, &arena, &postcodes, &error) == OK);
    check_examples(&postcodes, rows, sizeof rows / sizeof *rows);
    row_check(10, address_split(&postcodes, 1230000, TEXT("見本県例示市青葉台1"), &length) &&
                      length == strlen("見本県例示市青葉台")); /* the longest town */
    row_check(11, !address_split(&postcodes, 1230001, TEXT("見本県例示市青葉台1"), &length));
    arena_close(&arena);
    check_rows();
}

static void reasons(void **state)
{
    (void)state;
    row_check(1, address_reason(ADDRESS_GOOD) == MSG_NONE);
    for (int answer = 1; answer < ADDRESS_ANSWERS; answer++) {
        enum message message = address_reason((enum address_answer)answer);
        row_check(1 + answer,
                  message_kind(message) == KIND_WARN && message >= MSG_ADDRESS_NO_POSTCODE);
        for (int other = 1; other < answer; other++)
            row_check(1 + answer, address_reason((enum address_answer)other) != message);
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(undivided), cmocka_unit_test(divided),
                                       cmocka_unit_test(both), cmocka_unit_test(reasons)};

    return check_run(tests);
}
