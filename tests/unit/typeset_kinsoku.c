/* Where a line may end: in each row "|" stands at every break that is proper, and nowhere else. */
#include "check.h"

#include "typeset/kinsoku.h"
#include "typeset/typeset.h"

static struct fonts *fonts;
static struct arena arena;

static const struct {
    int row;
    const char *marked;
} rows[] = {
    {1, "山|田|太|郎"},
    {2, "あ、|い。|う，|え．|お"},
    {3, "山・|田：|太；|郎？|男！|女"},
    {4, "（山）|「田」|『太』|【郎】"},
    {5, "〔山〕|《田》|〈太〉|［郎］|｛男｝|“女”|‘子’"},
    {6, "山|（田|（太））、|郎"},
    {7, "コー|ヒー|を"},
    {8, "佐々|木々"},
    {9, "い|すゞ|バ|ナヽヾ"},
    {10, "ファ|フィ|フゥ|フェ|フォッ"},
    {11, "きゃ|きゅ|きょゎ"},
    {12, "シャ|シュ|ショヮ"},
    {13, "ぁ|あぁ|いぃ|うぅ|えぇ|おぉっ"},
    {14, "三ヶ|月|三ヵ|月"},
    {15, "か゛|か゜|き"},
    {16, "百％|百‰|百℃|百°|の"},
    {17, "￥１２|￥12|№12|＄12|の"},
    {18, "あ|――|い|……|う|‥|え"},
    {19, "山|Smith|田"},
    {20, "山|2024|年|10|月"},
    {21, "3.14|と|1,234,567|円"},
    {22, "03-0000-0000|番|1:30|と|1/2|と"},
    {23, "https://example.jp/|を"},
    {24, "O'Neill|さ|ん"},
    {25, "Anna |Maria |Smith"},
    {26, "山|田\u3000|太|郎"},
    {27, "山|田 \u3000 |太|郎"},
    {28, "山\u00A0田"},
    {29, "ｱ|ｲ|ﾊﾞｯ|ｸ"},
    {30, "１２|丁|目|３－４"},
    {31, "ＡＢＣ|棟"},
    {32, "A1B2|と"},
    {33, "葛\U000E0102|飾"},
    {34, "が|か\u3099|き"},
    {35, "山㎡|田"},
    {36, "Zoë|と|Жук|と"},
    {37, "50%|と|50 %|と"},
    {38, "（1）"},
    {39, "アㇰ"},
    {40, "say |\"hello\" |(\"Smith\")"},
    {41, "ベ|ル＝|ゾ|ン"},
    {42, "――――|あ|……――|い"},
};

static bool row_holds(const char *marked)
{
    char text[256];
    bool allowed[256] = {false};
    uint32_t length = 0;
    for (const char *at = marked; *at; at++) {
        if (*at == '|')
            allowed[length] = true;
        else
            text[length++] = *at;
    }
    struct shaped shaped;
    struct error error = {.message = MSG_NONE};
    uint8_t classes[256], costs[256];
    struct text whole = {text, length};
    if (typeset_shape(fonts, fonts_role(fonts, TEXT("mincho")), whole, &arena, &shaped, &error) !=
        OK)
        return false;
    kinsoku_costs(whole, shaped.glyphs, shaped.count, classes, costs);
    for (uint32_t i = 1; i < shaped.count; i++) {
        bool proper = costs[i] <= COST_PROPER;
        if (proper != (shaped.glyphs[i].text_length && allowed[shaped.glyphs[i].text])) {
            fprintf(stderr, "%s: break before byte %u is %s\n", marked, shaped.glyphs[i].text,
                    proper ? "proper" : "not proper");
            return false;
        }
    }
    return true;
}

static void breaks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        row_check(rows[i].row, row_holds(rows[i].marked));
    check_rows();
}

/* Every character that JIS X 4051 keeps from the head or the end of a line. */
static void whole_sets(void **state)
{
    static const char head[] = "、。，．・：；？！）」』】〕》〉］｝ー々ゝゞヽヾァィゥェォッャュョ"
                               "ヮヵヶぁぃぅぇぉっゃゅょゎ"
                               "゛゜％‰℃‐゠～’”〟｠》";
    static const char tail[] = "（「『【〔《〈［｛￥¥№‘“〝｟＄";
    int row = 0;
    (void)state;
    for (const char *at = head; *at;) {
        char marked[32];
        int size = (int)(strcspn(at + 1, "\xE2\xE3\xE4\xE5\xE6\xEF")) + 1;
        snprintf(marked, sizeof(marked), "山%.*s", size, at);
        row_check(++row, row_holds(marked));
        at += size;
    }
    for (const char *at = tail; *at;) {
        char marked[32];
        int size = (unsigned char)*at == 0xC2 ? 2 : 3;
        snprintf(marked, sizeof(marked), "%.*s山", size, at);
        row_check(++row, row_holds(marked));
        at += size;
    }
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(breaks), cmocka_unit_test(whole_sets)};
    struct error error = {.message = MSG_NONE};
    arena_open(&arena, 1u << 20);
    if (fonts_open("fonts", &fonts, &error) != OK)
        return 1;
    int failed = check_run(tests);
    fonts_close(fonts);
    arena_close(&arena);
    return failed;
}
