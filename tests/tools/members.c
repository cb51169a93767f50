/* tests/tools/members.c -- a member file of people who do not exist, the same on every machine.
 *
 *   members COUNT [SEED] [--encoding utf-8|cp932] [--crlf] [--address] [--households] [--decision]
 *           [--rare] [--protected PERCENT] [--ivs PERCENT]
 *
 * Columns: 整理番号 種別 記号 番号 枝番 氏名 フリガナ 生年月日 性別 負担割合 資格取得年月日 個人番号下4桁 不開示該当;
 * --address adds 郵便番号 住所A 住所B, --households these and 世帯番号 世帯主氏名 有効期限 適用開始年月日, --decision those of
 * the official table. Families of one to four share 記号 and 番号, with --households the address too. Half of the given names are made of any kanji of JIS level 1, so that a file shows thousands of
 * them; one name in twenty is long. --rare adds families whose names CP932 lacks: beyond the BMP, and with a variation
 * selector; --ivs gives that many per cent of the people a family name with a variation sequence of either
 * collection. No field holds twelve digits in a row.
 */
#include <iconv.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* -- chance: a linear congruential generator, the constants of Knuth's MMIX -- */

static uint64_t state;

static uint32_t chance(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % below;
}

/* -- words -- */

struct named {
    const char *kanji, *kana;
};

static const struct named families[] = {
    {"青葉", "アオバ"},       {"秋津", "アキツ"},
    {"朝霧", "アサギリ"},     {"綾瀬", "アヤセ"},
    {"飯綱", "イイヅナ"},     {"石蕗", "ツワブキ"},
    {"磯辺", "イソベ"},       {"稲穂", "イナホ"},
    {"茨木", "イバラギ"},     {"岩清水", "イワシミズ"},
    {"臼杵", "ウスキ"},       {"梅津", "ウメヅ"},
    {"榎戸", "エノキド"},     {"大河内", "オオコウチ"},
    {"小野寺", "オノデラ"},   {"鏡", "カガミ"},
    {"柏木", "カシワギ"},     {"霞", "カスミ"},
    {"葛城", "カツラギ"},     {"鎌倉", "カマクラ"},
    {"神楽", "カグラ"},       {"菊池", "キクチ"},
    {"北大路", "キタオオジ"}, {"桐生", "キリュウ"},
    {"釘抜", "クギヌキ"},     {"鞍馬", "クラマ"},
    {"源氏", "ゲンジ"},       {"駒込", "コマゴメ"},
    {"金剛", "コンゴウ"},     {"榊", "サカキ"},
    {"桜庭", "サクラバ"},     {"笹岡", "ササオカ"},
    {"佐渡", "サド"},         {"塩竈", "シオガマ"},
    {"東雲", "シノノメ"},     {"霜月", "シモツキ"},
    {"白鷺", "シラサギ"},     {"杉並", "スギナミ"},
    {"鈴鹿", "スズカ"},       {"瀬戸", "セト"},
    {"高千穂", "タカチホ"},   {"髙嶋", "タカシマ"},
    {"滝川", "タキガワ"},     {"橘", "タチバナ"},
    {"月影", "ツキカゲ"},     {"綱島", "ツナシマ"},
    {"鶴見", "ツルミ"},       {"照井", "テルイ"},
    {"常盤", "トキワ"},       {"中務", "ナカツカサ"},
    {"渚", "ナギサ"},         {"鳴海", "ナルミ"},
    {"錦", "ニシキ"},         {"沼津", "ヌマヅ"},
    {"野分", "ノワキ"},       {"萩原", "ハギワラ"},
    {"蓮見", "ハスミ"},       {"花菱", "ハナビシ"},
    {"日向", "ヒュウガ"},     {"藤棚", "フジダナ"},
    {"祝", "ホウリ"},         {"松風", "マツカゼ"},
    {"水無瀬", "ミナセ"},     {"深山", "ミヤマ"},
    {"武蔵", "ムサシ"},       {"望月", "モチヅキ"},
    {"八重樫", "ヤエガシ"},   {"矢車", "ヤグルマ"},
    {"山吹", "ヤマブキ"},     {"柚木", "ユズキ"},
    {"吉備", "キビ"},         {"鷲羽", "ワシュウ"},
    {"渡邉", "ワタナベ"},     {"邉見", "ヘンミ"},
    {"﨑浜", "サキハマ"},     {"濵名", "ハマナ"},
    {"𠮷備", "キビ"},         {"葛󠄀城", "カツラギ"}, /* RARE ones: not in CP932 */
};
#define RARE 2

/* Of Adobe-Japan1 and of Moji_Joho, and beyond the BMP. */
static const struct named variant_families[] = {
    {"葛\U000E0100原", "クズハラ"},   {"葛\U000E0103西", "カサイ"},
    {"辻\U000E0100村", "ツジムラ"},   {"辻\U000E0102本", "ツジモト"},
    {"渡邊\U000E0109", "ワタナベ"},   {"田邉\U000E0112", "タナベ"},
    {"榊\U000E0102原", "サカキバラ"}, {"芦\U000E0104沢", "アシザワ"},
    {"神\U000E0100保", "ジンボ"},     {"𠮷田", "ヨシダ"},
};

static const struct named given[] = {
    {"葵", "アオイ"},
    {"暁", "アキラ"},
    {"綾乃", "アヤノ"},
    {"一樹", "カズキ"},
    {"詠子", "エイコ"},
    {"薫", "カオル"},
    {"奏", "カナデ"},
    {"清志", "キヨシ"},
    {"恵", "メグミ"},
    {"小百合", "サユリ"},
    {"静", "シズカ"},
    {"俊介", "シュンスケ"},
    {"進", "ススム"},
    {"誠司", "セイジ"},
    {"千鶴", "チヅル"},
    {"紬", "ツムギ"},
    {"輝", "テル"},
    {"巴", "トモエ"},
    {"直人", "ナオト"},
    {"希", "ノゾミ"},
    {"遥", "ハルカ"},
    {"光", "ヒカル"},
    {"文", "フミ"},
    {"蛍", "ホタル"},
    {"真琴", "マコト"},
    {"稔", "ミノル"},
    {"睦月", "ムツキ"},
    {"弥生", "ヤヨイ"},
    {"雄二", "ユウジ"},
    {"芳江", "ヨシエ"},
    {"涼", "リョウ"},
    {"玲", "レイ"},
    {"航", "ワタル"},
    {"龍之介", "リュウノスケ"},
    {"慶一郎", "ケイイチロウ"},
};

/* Readings for given names made of any kanji: they need not be read so, the characters are there for their
 * shapes. */
static const char *const readings[] = {
    "アオイ", "アカネ", "アキラ", "アヤ",   "イサム", "イズミ", "ウタ",   "エミ",
    "オサム", "カオル", "カズエ", "カナデ", "キヨシ", "ケイ",   "コウ",   "サヤカ",
    "シズカ", "シュン", "ススム", "セイジ", "タカシ", "チヅル", "ツムギ", "テル",
    "トモエ", "ナオ",   "ノゾミ", "ハルカ", "ヒカル", "フミ",   "ホタル", "マコト",
    "ミノル", "メグミ", "ユウジ", "ヨシエ", "リョウ", "レイ",   "ワタル", "ショウヘイ",
};

/* Long ones: they have to be condensed or broken. */
static const struct named long_names[] = {
    {"アレクサンドリーナ・マクシミリアン＝フォン・ホーエンツォレルン",
     "アレクサンドリーナ　マクシミリアン　フォン　ホーエンツォレルン"},
    {"ＭＡＲＩＡ　ＦＥＲＮＡＮＤＡ　ＤＥ　ＬＯＳ　ＳＡＮＴＯＳ",
     "マリア　フェルナンダ　デ　ロス　サントス"},
    {"勅使河原　寿限無五劫之助長久命左衛門",
     "テシガワラ　ジュゲムゴコウノスケチョウキュウメイザエモン"},
    {"クリストファー・ジョナサン・エドワード・ウィンターボトム",
     "クリストファー　ジョナサン　エドワード　ウィンターボトム"},
    {"大豆生田　萬寿美代子", "オオマメウダ　マスミヨコ"},
    {"ニコラエヴナ・アナスタシヤ・ヴォロシナ", "ニコラエヴナ　アナスタシヤ　ヴォロシナ"},
};

static const char *const prefectures[] = {"架空県", "幻想県", "見本県",
                                          "想像府", "例示県", "仮想都"};
static const char *const cities[] = {"朝焼市", "夕凪市",       "若葉市", "氷室市",
                                     "銀杏市", "千鳥郡磯部町", "双葉市", "更紗市",
                                     "糸車市", "風待市",       "月見区", "蛍沢市"};
static const char *const towns[] = {"一番町", "柿ノ木坂", "雁木通", "胡桃台", "琴平",
                                    "紫陽花", "染物町",   "竹細工", "茶畑",   "灯台前",
                                    "縄手",   "船溜",     "紅花",   "水車"};
static const char *const houses[] = {"コーポ架空", "見本荘", "メゾン例示", "ハイツ想像",
                                     "第二幻想ビル"};

/* -- kanji of JIS level 1: rows 16 to 47 of JIS X 0208, 2,965 of them -- */

#define LEVEL_1 2965
static char kanji[LEVEL_1][4];
static uint32_t kanji_count;

/* What no parent would put into a name. */
static const char unfit[] = "死殺屍糞屎尿尻屁姦淫癌痔痢膿嘔娼妓妾奴囚凶呪怨憎怯悪罪罰獄毒病疫痘疹瘍"
                            "痩癖盗賊賎卑屈辱恥汚濁腐臭"
                            "醜鬼魔邪妖蛆蚤蛭暴虐殴刺斬絞喪葬墓骸骨棺灰蔑嫌嫉妬怒惨愚痴呆狂乞餓飢窮"
                            "貧貪騙欺偽詐賄賂誘拐脅嚇泥溺没"
                            "様殿宛滅亡廃棄捨敗劣萎衰枯朽陰股肛胎妊娠婬鼠豚蝿脂肪汗唾痰";

static bool kanji_make(void)
{
    iconv_t converter = iconv_open("UTF-8", "EUC-JP");
    uint32_t seen = 0;
    for (int row_number = 16; row_number <= 47; row_number++)
        for (int cell = 1; cell <= 94; cell++) {
            char in[2] = {(char)(0xA0 + row_number), (char)(0xA0 + cell)}, made[4] = "";
            char *from = in, *to = made;
            size_t in_left = sizeof in, out_left = 3;
            if (iconv(converter, &from, &in_left, &to, &out_left) == (size_t)-1 || seen == LEVEL_1)
                continue;
            seen++;
            if (!strstr(unfit, made))
                memcpy(kanji[kanji_count++], made, sizeof made);
        }
    iconv_close(converter);
    return seen == LEVEL_1;
}

/* -- a file -- */

static struct options {
    unsigned long count, seed;
    bool cp932, crlf, address, households, decision, rare;
    unsigned protected_percent, ivs_percent;
} options = {.count = 320, .seed = 1};

static iconv_t out_converter;

/* One row, fields with commas between. Nothing made here needs quotes. */
static char row[4096];
static size_t row_size;

__attribute__((format(printf, 1, 2))) static void field(const char *format, ...)
{
    va_list arguments;
    if (row_size > 0)
        row[row_size++] = ',';
    va_start(arguments, format);
    int size = vsnprintf(row + row_size, sizeof row - row_size, format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof row - row_size - 4)
        abort();
    row_size += (size_t)size;
}

static void row_end(void)
{
    char encoded[sizeof row];
    char *from = row, *to = encoded;
    size_t left = row_size, room = sizeof encoded;
    if (options.crlf)
        row[left++] = '\r';
    row[left++] = '\n';
    if (!options.cp932) {
        fwrite(row, 1, left, stdout);
    } else if (iconv(out_converter, &from, &left, &to, &room) != (size_t)-1) {
        fwrite(encoded, 1, sizeof encoded - room, stdout);
    } else {
        fprintf(stderr, "a name is not in CP932\n");
        exit(1);
    }
    row_size = 0;
}

/* -- a person -- */

/* The era of a month, and the year before its first. A month with two eras counts as the older one's, or, as
 * May 2019, begins with the new one. */
struct era {
    const char *name, *letter;
    unsigned before;
};

static struct era era_of(unsigned year, unsigned month)
{
    unsigned when = year * 100 + month;
    if (when >= 201905)
        return (struct era){"令和", "R", 2018};
    if (when >= 198902)
        return (struct era){"平成", "H", 1988};
    return (struct era){"昭和", "S", 1925};
}

/* A day in one of the years, in one of the forms that the engine takes. Gives the year. */
static unsigned date(unsigned first, unsigned last)
{
    unsigned year = first + chance(last - first + 1), month = 1 + chance(12), day = 1 + chance(28);
    day = year == 1989 && month == 1 ? 7 : day; /* the last day of 昭和 */
    struct era era = era_of(year, month);
    unsigned era_year = year - era.before, form = chance(5);
    if (form == 0 && era_year == 1)
        field("%s元年%u月%u日", era.name, month, day);
    else if (form == 0)
        field("%s%u年%u月%u日", era.name, era_year, month, day);
    else if (form == 1)
        field("%s%u.%u.%u", era.letter, era_year, month, day);
    else if (form == 2)
        field("%04u%02u%02u", year, month, day);
    else
        field("%04u-%02u-%02u", year, month, day);
    return year;
}

static void name(unsigned family)
{
    if (options.ivs_percent && chance(100) < options.ivs_percent) {
        const struct named *variant = &variant_families[chance(COUNT_OF(variant_families))];
        const struct named *person = &given[chance(COUNT_OF(given))];
        field("%s　%s", variant->kanji, person->kanji);
        field("%s　%s", variant->kana, person->kana);
        return;
    }
    if (chance(20) == 0) {
        const struct named *person = &long_names[chance(COUNT_OF(long_names))];
        field("%s", person->kanji);
        field("%s", person->kana);
        return;
    }
    if (chance(2)) {
        const struct named *person = &given[chance(COUNT_OF(given))];
        field("%s　%s", families[family].kanji, person->kanji);
        field("%s　%s", families[family].kana, person->kana);
        return;
    }
    const char *first = kanji[chance(kanji_count)];
    const char *second = chance(3) ? kanji[chance(kanji_count)] : "";
    field("%s　%s%s", families[family].kanji, first, second);
    field("%s　%s", families[family].kana, readings[chance(COUNT_OF(readings))]);
}

static void address(void)
{
    field("%03u-%04u", chance(1000), chance(10000));
    field("%s%s%s", prefectures[chance(COUNT_OF(prefectures))], cities[chance(COUNT_OF(cities))],
          towns[chance(COUNT_OF(towns))]);
    const char *house = chance(2) ? houses[chance(COUNT_OF(houses))] : NULL;
    unsigned block = 1 + chance(9), lot = 1 + chance(40), number = 1 + chance(30);
    unsigned room = (1 + chance(12)) * 100 + 1 + chance(20);
    if (house)
        field("%u-%u-%u　%s%u号室", block, lot, number, house, room);
    else
        field("%u-%u-%u", block, lot, number);
}

/* What the members of a family have in common, once its first member's row has it: without the commas around. */
static char family_address[1024], family_head[1024];

static void keep(char *out, size_t size, size_t start, size_t length)
{
    if (length >= size)
        abort();
    memcpy(out, row + start, length);
    out[length] = '\0';
}

static void households(bool first, unsigned number, const char *acquired)
{
    if (first) {
        size_t start = row_size + 1;
        address();
        keep(family_address, sizeof family_address, start, row_size - start);
    } else {
        field("%s", family_address);
    }
    field("%07u", number);
    field("%s", family_head);
    field("%s", "2025-07-31");
    field("%s", acquired);
}

/* Most agree in everything; the others fall on all rows of the table. Nobody is registered before the
 * qualification was acquired. */
static void decision(unsigned acquired_year)
{
    field("%s", chance(4) && acquired_year < 2023 ? "2023-06-01" : "2024-06-01");
    bool agrees = chance(10) > 0;
    for (int item = 0; item < 5; item++)
        field("%d", agrees || chance(3) > 0);
    field("%d", chance(20) == 0);
    field("%d", agrees || chance(2) > 0);
    field("%s", chance(2) ? "未照会" : "0");
    field("1");
}

static void header(void)
{
    static const char *const base[] = {
        "整理番号", "種別", "記号",     "番号",           "枝番",          "氏名",      "フリガナ",
        "生年月日", "性別", "負担割合", "資格取得年月日", "個人番号下4桁", "不開示該当"};
    static const char *const more[] = {"登録日",   "漢字氏名一致", "カナ氏名一致", "生年月日一致",
                                       "性別一致", "住所一致",     "複数資格",     "保険者確認",
                                       "回答",     "個人番号提出"};
    static const char *const of_households[] = {"世帯番号", "世帯主氏名", "有効期限",
                                                "適用開始年月日"};
    for (size_t i = 0; i < COUNT_OF(base); i++)
        field("%s", base[i]);
    if (options.address || options.households) {
        field("郵便番号");
        field("住所A");
        field("住所B");
    }
    for (size_t i = 0; options.households && i < COUNT_OF(of_households); i++)
        field("%s", of_households[i]);
    for (size_t i = 0; options.decision && i < COUNT_OF(more); i++)
        field("%s", more[i]);
    row_end();
}

static void person(unsigned long index, unsigned family, unsigned number, unsigned branch)
{
    static const char *const shares[] = {"3割", "３割", "2割", "1割"};
    bool insured = branch == 0;
    field("%03lu_%03lu_%02lu", index / 100000, index / 100 % 1000, index % 100);
    field("%s", insured ? "本人" : "家族");
    field("%u", 100 + family);
    field("%u", number);
    field("%02u", branch);
    size_t start = row_size + 1;
    name(family);
    if (insured)
        keep(family_head, sizeof family_head, start, strcspn(row + start, ","));
    unsigned born = date(insured ? 1940 : 1935, insured ? 2003 : 2022);
    field("%s", chance(50) == 0 ? "" : chance(2) ? "男" : "女");
    field("%s", shares[chance(10) < 8 ? chance(2) : 2 + chance(2)]);
    start = row_size + 1;
    unsigned acquired = date(born < 2004 ? 2005 : born + 1, 2023);
    char acquired_day[64];
    keep(acquired_day, sizeof acquired_day, start, row_size - start);
    field("%04u", chance(10000));
    field("%d", chance(100) < options.protected_percent);
    if (options.households)
        households(insured, number, acquired_day);
    else if (options.address)
        address();
    if (options.decision)
        decision(acquired);
    row_end();
}

static void members(void)
{
    unsigned family = 0, number = 0, branch = 0, size = 0;
    for (unsigned long i = 1; i <= options.count; i++) {
        if (branch == size) {
            family = chance(COUNT_OF(families) - (options.rare ? 0 : RARE));
            number = 1000 + (unsigned)(i % 9000000);
            size = 1 + chance(4);
            branch = 0;
        }
        person(i, family, number, branch++);
    }
}

static bool options_read(int count, char **words)
{
    unsigned place = 0;
    for (int i = 1; i < count; i++) {
        if (!strcmp(words[i], "--crlf"))
            options.crlf = true;
        else if (!strcmp(words[i], "--address"))
            options.address = true;
        else if (!strcmp(words[i], "--households"))
            options.households = true;
        else if (!strcmp(words[i], "--decision"))
            options.decision = true;
        else if (!strcmp(words[i], "--rare"))
            options.rare = true;
        else if (!strcmp(words[i], "--encoding") && i + 1 < count)
            options.cp932 = !strcmp(words[++i], "cp932");
        else if (!strcmp(words[i], "--protected") && i + 1 < count)
            options.protected_percent = (unsigned)strtoul(words[++i], NULL, 10);
        else if (!strcmp(words[i], "--ivs") && i + 1 < count)
            options.ivs_percent = (unsigned)strtoul(words[++i], NULL, 10);
        else if (words[i][0] >= '0' && words[i][0] <= '9' && place < 2)
            *(place++ ? &options.seed : &options.count) = strtoul(words[i], NULL, 10);
        else
            return false;
    }
    return place > 0;
}

int main(int count, char **words)
{
    if (!options_read(count, words)) {
        fprintf(stderr, "usage: members COUNT [SEED] [--encoding utf-8|cp932] [--crlf] [--address] "
                        "[--households] [--decision] [--rare] [--protected PERCENT] [--ivs PERCENT]\n");
        return 2;
    }
    state = options.seed * 2654435761u + 20240109u;
    out_converter = iconv_open("CP932", "UTF-8");
    if (out_converter == (iconv_t)-1 || !kanji_make()) {
        fprintf(stderr, "iconv lacks EUC-JP or CP932\n");
        return 1;
    }
    header();
    members();
    iconv_close(out_converter);
    return fflush(stdout) || ferror(stdout);
}
