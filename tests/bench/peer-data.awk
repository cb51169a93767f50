# tests/bench/peer-data.awk -- from `members N --address` to the columns of the compared letter, with a QR text of
# 60 bytes of its own a letter. No letter of it is a digit where digits could make up a My Number.
BEGIN {
    FS = OFS = ","
    print "id,postcode,addr1,addr2,name,kigou,bangou,edaban,kana,futan,date,hokensha,masked,qr,整理番号,不開示該当"
    state = 20260401
}

# Kept below 2^31 so that a double holds every product: the minimal standard generator.
function chance(below) {
    state = (state * 16807) % 2147483647
    return state % below
}

function letters(count, out) {
    out = ""
    while (count-- > 0)
        out = out substr("abcdefghijklmnop", 1 + chance(16), 1)
    return out
}

NR > 1 {
    year = 2 + chance(4)
    month = 1 + chance(12)
    day = 1 + chance(28)
    kigou = sprintf("%04d", chance(10000))
    bangou = sprintf("%06d", chance(1000000))
    branch = sprintf("%02d", chance(6))
    code = sprintf("HK1|%s|%s|%s|%08d|R%02d%02d%02d|%s", kigou, bangou, branch, NR - 1, year, month, day,
        letters(24))
    print NR - 1, $14, $15, $16, $6, kigou, bangou, branch, $7, $10, \
        "令和" year "年" month "月" day "日", "架空健康保険組合", "**** **** " $12, code, $1, $13
}
