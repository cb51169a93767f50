# mail-data.awk -- households of fictional people with mixed addresses, the same on every machine.
#   awk -v count=N [-v seed=N] [-v protected=N] [-v class=1] [-v tracking=1] -f tests/tools/mail-data.awk
# Every household has one address, one 世帯番号 and one 番号; members stand apart in the file. protected: every Nth person
# is a 不開示該当者, with a household of one. class: 郵便種別 differs by household. Towns and postcodes are real.
function pick(n) { state = (state * 1103515245 + 12345) % 2147483648; return int(state / 65536) % n }
function number(n) { return pick(n) + 1 }
function second_part(    kind, text) {
    kind = pick(7)
    text = number(30) "丁目" number(20) "-" number(99)
    if (kind == 1) text = number(2000) "番地" number(9)
    if (kind == 2) text = "十" numeral[pick(9) + 1] "丁目" number(9) "番" number(20) "号　郵便タワー" number(999)
    if (kind == 3) text = text "　見本ハイツ" substr("ABCDEFGH", pick(8) + 1, 1) number(30) "0" number(9) "号室"
    if (kind == 4) text = "２丁目" number(20) "－" number(20) "　例示ビル" number(12) "Ｆ"
    if (kind == 5) text = text "-" number(999) "　架空アパート第" number(3) number(999)
    return text
}
BEGIN {
    state = seed ? seed : 7
    towns = split("100-0013 東京都千代田区霞が関|273-0102 千葉県鎌ケ谷市右京塚|198-0036 東京都青梅市河辺町|" \
        "080-0831 北海道帯広市稲田町|317-0055 茨城県日立市宮田町|650-0046 兵庫県神戸市中央区港島中町|" \
        "623-0011 京都府綾部市青野町|064-0804 北海道札幌市中央区南四条西|910-0067 福井県福井市新田塚|" \
        "060-0001 北海道札幌市中央区北一条西", town, "|")
    families = split("青葉 飯綱 磯辺 稲穂 小野寺 鏡 柏木 霞 葛城 神楽 桐生 駒込", family, " ")
    givens = split("太郎 花子 一郎 次郎 三郎 陽子 春子 夏夫 秋子 冬夫 一 二葉", given, " ")
    split("一 二 三 四 五 六 七 八 九", numeral, " ")
    words = split("普通 特定記録 簡易書留", classes, " ")
    print "整理番号,種別,記号,番号,枝番,氏名,フリガナ,生年月日,性別,負担割合,資格取得年月日,有効期限,適用開始年月日,郵便番号,住所A,住所B," \
        "世帯番号,世帯主氏名,事業所番号,事業所名,個人番号下4桁,不開示該当,郵便種別"
    while (made < count) {
        household++
        split(town[pick(towns) + 1], place, " ")
        home = second_part()
        name = family[pick(families) + 1]
        head = name " " given[pick(givens) + 1]
        employer = number(9)
        how = class ? classes[pick(words) + 1] : ""
        members = number(4)
        for (m = 0; m < members && made < count; m++) {
            made++
            hidden = protected && made % protected == 0
            row[made] = sprintf("M%06d,%s,101,%d,%02d,%s,カクウ,昭和%d年%d月%d日,%s,%s,平成%d年4月1日,令和7年7月31日,令和6年8月1日,%s,%s,%s,S%d,%s,%05d,例示商店%d,%04d,%d,%s",
                made, m ? "家族" : "本人", 20000 + household + (hidden ? 500000 : 0), m, m ? name " " given[pick(givens) + 1] : head,
                30 + pick(30), number(12), number(28), pick(2) ? "男" : "女", pick(2) ? "2割" : "3割", 1 + pick(30), place[1],
                place[2], home, household + (hidden ? 500000 : 0), head, employer * 7, employer, (made * 7919 + 1234) % 10000, hidden, how)
        }
    }
    for (i = 1; i <= made; i++) order[i] = i
    for (i = made; i > 1; i--) { j = number(i); swap = order[i]; order[i] = order[j]; order[j] = swap }
    for (i = 1; i <= made; i++) print row[order[i]]
}
