# tests/tools/insured.awk -- an insurer's own file with whole My Numbers of people who do not exist, for the tests of the
# boundary: awk -v count=N -v seed=S -f insured.awk >FILE
# Row i: id A000i. Every 10th is protected, the one behind it shares the household with it, the one behind that writes
# the same address in another spelling; every 17th has a wrong check digit, every 19th no number at all (follow-up).
function check(digits,    n, sum, rest) {
    sum = 0
    for (n = 1; n <= 11; n++)
        sum += substr(digits, 12 - n, 1) * (n <= 6 ? n + 1 : n - 5)
    rest = sum % 11
    return rest <= 1 ? 0 : 11 - rest
}

function chance(below) {
    state = (state * 1103515245 + 12345) % 2147483648
    return int(state / 65536) % below
}

function kanji() { return list[1 + chance(length_of_list)] }

BEGIN {
    state = seed + 1
    length_of_list = split("青 葉 秋 津 朝 霧 綾 瀬 磯 辺 稲 穂 梅 榎 鏡 柏 霞 葛 城 鎌 神 楽 菊 桐 鞍 駒 榊 桜 笹 佐 渡", list, " ")
    print "整理番号,種別,記号,番号,枝番,氏名,フリガナ,生年月日,性別,負担割合,資格取得年月日,個人番号,不開示該当," \
        "自己情報提供不可,郵便番号,住所,方書,世帯番号,登録日,漢字氏名一致,カナ氏名一致,生年月日一致,性別一致,住所一致," \
        "複数資格,保険者確認,回答,個人番号提出,配布区分,メモ"
    for (i = 1; i <= count; i++) {
        digits = ""
        for (k = 0; k < 11; k++)
            digits = digits chance(10)
        number = digits (i % 17 == 0 ? (check(digits) + 1) % 10 : check(digits))
        submitted = 1
        if (i % 19 == 0) {
            number = ""
            submitted = 0
        }
        house = i % 10 == 1 && i > 1 ? i - 1 : i
        address = "架空県見本市中央" i "丁目3番5号"
        if (i % 10 == 2 && i > 2)
            address = "見本市中央" (i - 2) "－３ー５"
        printf "A%04d,本人,101,%d,00,%s%s %s%s,カクウ タロウ,昭和%d年%d月%d日,男,3割,平成20年4月1日,%s,%d,0," \
            "100-0001,%s,,h%d,2024-01-05,1,1,1,1,%d,0,%d,未照会,%d,%s,秘密%d\n",
            i, 20000 + i, kanji(), kanji(), kanji(), kanji(), 30 + chance(30), 1 + chance(12), 1 + chance(28), number,
            i % 10 == 0, address, house, i % 7 != 0, 1, submitted, i % 3 == 0 ? "郵送" : "", i
    }
}
