#include "job/keys.h"

#define AT(member) (uint32_t) offsetof(struct job, member)
#define KEEP(member) .place = AT(member), .width = (uint32_t)sizeof(((struct job *)0)->member)
#define KEY(path, type, preset, meaning) .key = {path, type, preset, "0.1", meaning}
#define NEW_KEY(path, type, preset, meaning) .key = {path, type, preset, "0.2", meaning}
#define KEY_3(path, type, preset, meaning) .key = {path, type, preset, "0.3", meaning}
#define KEY_4(path, type, preset, meaning) .key = {path, type, preset, "0.4", meaning}
#define REQUIRED "required"

enum {
    NAME_CHARACTERS = 64,
    TEXT_CHARACTERS = 256,
    URL_CHARACTERS = 1024,
    MOST_RECORDS = 1000000000,
    MOST_LOT = 50000,
};

/* clang-format off */
static const struct key_rule rules[] = {
    {KEY("job", "text", REQUIRED, "name of the job; stands in reports and PDF metadata"),
     KEY_TEXT, KEEP(name), .most = NAME_CHARACTERS},
    {KEY_4("role", "insurer | vendor", "insurer",
           "vendor = print file of extract only: no 個人番号, decision or protection column; seal.key, input.note and "
           "secret are needed"),
     KEY_CHOICE, KEEP(role)},

    {KEY_4("secret", "path", "",
           "32 bytes made by `oshirase keygen`, relative to the job file: letter digests are keyed by them "
           "(HMAC), so that "
           "nobody finds a last 4 by trying; kept apart from the output"),
     KEY_PATH, KEEP(secret), .line = AT(secret_line)},

    {KEY("insurer.kind", "kyokai | kenpo | kyosai | kokuho-kumiai | kokuho | koki", REQUIRED,
         "kind of insurer (全国健康保険協会, 健康保険組合, 共済組合, 国民健康保険組合, 市町村国保, 後期高齢者医療広域連合)"),
     KEY_CHOICE, KEEP(insurer.kind)},
    {KEY("insurer.name", "text", REQUIRED, "保険者名 as printed"),
     KEY_TEXT, KEEP(insurer.name), .most = TEXT_CHARACTERS},
    {KEY("insurer.number", "6 or 8 digits", REQUIRED, "保険者番号; a wrong check digit is a warning"),
     KEY_NUMBER, KEEP(insurer.number)},
    {KEY("insurer.office", "text", "", "office in the contact line; sender of form 3"),
     KEY_TEXT, KEEP(insurer.office), .most = TEXT_CHARACTERS},
    {NEW_KEY("insurer.desk", "text", "", "お問い合わせ先 of forms 3 and 4; none = insurer.office"),
     KEY_TEXT, KEEP(insurer.desk), .most = TEXT_CHARACTERS},
    {KEY("insurer.postcode", "postcode", "", "the insurer's postcode"),
     KEY_POSTCODE, KEEP(insurer.postcode)},
    {KEY("insurer.address", "text", "", "the insurer's address"),
     KEY_TEXT, KEEP(insurer.address), .most = TEXT_CHARACTERS},
    {KEY("insurer.tel", "text", "", "telephone number in the contact line"),
     KEY_TEXT, KEEP(insurer.tel), .most = NAME_CHARACTERS},

    {KEY("notice.edition", "name", REQUIRED, "which set of wording, layouts and decision table"),
     KEY_FOLDER, KEEP(notice.edition), .line = AT(notice.edition_line), .most = NAME_CHARACTERS},
    {KEY("notice.form", "official | column | NAME", "official",
         "official = the edition's table decides, column = the 様式 column, NAME = this form for every record "
         "(1 to 4, or an own form)"),
     KEY_FORM, KEEP(notice.form), .line = AT(notice.form_line), .most = NAME_CHARACTERS},
    {KEY("notice.layout", "name", "standard", "layouts/EDITION/FORM/NAME.yaml"),
     KEY_FOLDER, KEEP(notice.layout), .line = AT(notice.layout_line), .most = NAME_CHARACTERS},
    {KEY("notice.as_of", "date", REQUIRED, "基準日（時点）"), KEY_DATE, KEEP(notice.as_of)},
    {KEY("notice.issued", "date", REQUIRED, "発行日; before 基準日 is a warning"),
     KEY_DATE, KEEP(notice.issued)},
    {KEY("notice.portal_url", "text", "", "target of the portal QR code; none = the template's own"),
     KEY_TEXT, KEEP(notice.portal_url), .most = URL_CHARACTERS},
    {KEY("notice.contact", "true | false", "true", "print the contact line when insurer.tel is given"),
     KEY_BOOL, KEEP(notice.contact)},
    {KEY("notice.with_card", "true | false", "false",
         "国保: true = on the insurance card's backing sheet (form 3), false = without the card (form 4)"),
     KEY_BOOL, KEEP(notice.with_card)},
    {KEY("notice.card.printed", "true | false", "false",
         "form 3: true = the sheet carries the card's data, false = the card is attached, its place is left free"),
     KEY_BOOL, KEEP(notice.card.printed)},
    {KEY("notice.card.prefecture", "text", "", "form 3 with a printed card: 都道府県名"),
     KEY_TEXT, KEEP(notice.card.prefecture), .most = TEXT_CHARACTERS},
    {KEY("notice.card.issuer", "text", "", "form 3 with a printed card: 交付者名; none = insurer.name"),
     KEY_TEXT, KEEP(notice.card.issuer), .most = TEXT_CHARACTERS},
    {KEY("notice.card.issued", "date", "", "form 3 with a printed card: 交付年月日 where the file has no such column"),
     KEY_DATE, KEEP(notice.card.issued)},
    {KEY("notice.check_started", "date", "", "the new input check (新誤入力チェック) is in force since"),
     KEY_DATE, KEEP(notice.check_started)},
    {KEY("notice.unanswered", "form2 | follow-up", "form2", "a record that needed an answer and got none"),
     KEY_CHOICE, KEEP(notice.unanswered)},
    {NEW_KEY("notice.not_asked", "form2 | follow-up", "follow-up",
             "name and address differ, and the person was not asked or the answer is not settled (K8, U6); "
             "the notice is silent"),
     KEY_CHOICE, KEEP(notice.not_asked)},
    {NEW_KEY("notice.birth_sex", "form2 | follow-up", "follow-up",
             "国保組合: date of birth or sex differs (U5); the notice is silent"),
     KEY_CHOICE, KEEP(notice.birth_sex)},

    {KEY("input.file", "path", REQUIRED,
         "the members' file, relative to the job file; a plain file, not a pipe; or input.files"),
     KEY_PATH, KEEP(input.file), .line = AT(input.file_line)},
    {KEY_4("input.files", "list of paths", "",
         "several files of one shape, read one after the other; rows count in each"),
     KEY_PATHS, KEEP(input.files), .count = AT(input.file_count), .line = AT(input.files_line), .most = LIMIT_FILES},
    {KEY_4("input.schema", "name", "",
         "layouts/intake/NAME.schema.yaml: input keys of a known shape; keys of the job win"),
     KEY_FOLDER, KEEP(input.schema), .line = AT(input.schema_line), .most = NAME_CHARACTERS},
    {KEY("input.format", "csv | tsv | fixed", "csv", "how the file is built; fixed = fields of fixed width"),
     KEY_CHOICE, KEEP(input.format)},
    {KEY("input.encoding", "utf-8 | cp932 | euc-jp | utf-16le | utf-16be | iso-2022-jp | host", "utf-8",
         "encoding of the file; host = by the table of input.host.table"),
     KEY_CHOICE, KEEP(input.encoding), .line = AT(input.encoding_line)},
    {KEY_4("input.host.table", "path", "",
         "conversion table of a host code (IBM, JEF, KEIS), relative to the job file"),
     KEY_PATH, KEEP(input.host_table), .line = AT(input.host_table_line)},
    {KEY_4("input.header", "names | none", "names",
         "csv, tsv: names = the first row names the columns, none = input.names does"),
     KEY_CHOICE, KEEP(input.header), .line = AT(input.header_line)},
    {KEY_4("input.names", "list of columns", "", "header none: the columns in their order; - = not used"),
     KEY_NAMES, KEEP(input.names), .count = AT(input.name_count), .most = LIMIT_COLUMNS},
    {KEY_4("input.fields", "map of column: position length", "",
         "fixed: where each field stands, from 1: {氏名: 11 40}; `11 40 kanji` = double-byte without shift codes"),
     KEY_FIELDS, KEEP(input.fields), .count = AT(input.field_count), .line = AT(input.fields_line),
     .most = LIMIT_COLUMNS},
    {KEY_4("input.unit", "bytes | characters", "bytes", "fixed: what positions and lengths count"),
     KEY_CHOICE, KEEP(input.unit), .line = AT(input.unit_line)},
    {KEY_4("input.length", "0..65536", "0", "fixed: bytes of a record, line ends included; 0 = a record is a line"),
     KEY_WHOLE, KEEP(input.length), .most = LIMIT_RECORD_BYTES},
    {KEY_4("input.head.records", "0..100", "0", "records before the people (and before the names of the columns)"),
     KEY_WHOLE, KEEP(input.head.records), .most = LIMIT_ASIDES},
    {KEY_4("input.head.mark", "text", "", "what each of them begins with"),
     KEY_TEXT, KEEP(input.head.mark), .most = 16},
    {KEY_4("input.head.count", "column, or position length", "",
         "where the first of them states how many people the file holds; checked"),
     KEY_SPOT, KEEP(input.head.count), .most = LIMIT_RECORD_BYTES},
    {KEY_4("input.tail.records", "0..100", "0", "records behind the people"),
     KEY_WHOLE, KEEP(input.tail.records), .most = LIMIT_ASIDES},
    {KEY_4("input.tail.mark", "text", "", "what each of them begins with"),
     KEY_TEXT, KEEP(input.tail.mark), .most = 16},
    {KEY_4("input.tail.count", "column, or position length", "",
         "where the first of them states how many people the file holds; checked"),
     KEY_SPOT, KEEP(input.tail.count), .most = LIMIT_RECORD_BYTES},
    {KEY_4("input.values", "map of column: map of code: value", "",
         "what the codes of a column stand for: {性別: {\"1\": 男, \"2\": 女}}; a record with another code is held"),
     KEY_VALUES, KEEP(input.codes), .count = AT(input.code_count), .most = LIMIT_CODES},
    {KEY_4("input.eras", "map of code: era", "",
         "dates of seven characters, era code and YYMMDD, as 5060401: {\"4\": 平成, \"5\": 令和}"),
     KEY_ERAS, KEEP(input.eras), .count = AT(input.era_count), .most = 62},
    {KEY_4("input.kana", "keep | full", "keep", "half-width kana in names and addresses: full = as full-width"),
     KEY_CHOICE, KEEP(input.kana)},
    {KEY("input.columns", "map of column: header", "", "only where a header differs: {氏名: 加入者氏名}"),
     KEY_ALIASES, KEEP(input.aliases), .count = AT(input.alias_count), .most = LIMIT_COLUMNS},
    {KEY("input.extra", "list of columns", "", "further columns that an own form's template may use as text"),
     KEY_TEXTS, KEEP(input.extra), .count = AT(input.extra_count), .most = LIMIT_EXTRA},
    {KEY("input.records", "0..1000000000", "0", "count stated by whoever delivered the file; 0 = not stated"),
     KEY_WHOLE, KEEP(input.records), .most = MOST_RECORDS},
    {KEY("input.digest", "64 hex digits", "", "SHA-256 of the delivered file"), KEY_DIGEST, KEEP(input.digest)},
    {KEY_4("input.note", "path", "",
           "delivery note (授受票) of extract, relative to the job file: counts, digest and dates must be those of it"),
     KEY_PATH, KEEP(input.note)},
    {KEY_4("input.key", "path", "", "private key (PEM) that opens a sealed file (CMS); none = the file is not sealed"),
     KEY_PATH, KEEP(input.key)},
    {KEY_4("input.cert", "path", "", "certificate (PEM) of input.key: which of several recipients we are"),
     KEY_PATH, KEEP(input.cert)},
    {KEY_4("input.signer", "path", "", "certificate (PEM) of the insurer: a sealed file must be signed by it"),
     KEY_PATH, KEEP(input.signer)},

    {KEY("piece.by", "person | insured | household", "person",
         "what goes into one envelope (通): the letters of one person, of one 記号+番号, of one 世帯番号"),
     KEY_CHOICE, KEEP(piece.by)},
    {KEY("piece.max_sheets", "1..99", "99", "most sheets in one envelope, its cover sheet counted"),
     KEY_WHOLE, KEEP(piece.max_sheets), .least = 1, .most = 99},
    {KEY("piece.overflow", "split", "split", "what happens past max_sheets: split = a further envelope"),
     KEY_CHOICE, KEEP(piece.overflow)},
    {KEY_4("piece.cover", "none | carrier", "none",
           "carrier = a cover sheet (宛名台紙, form carrier) in front of a piece whose first letter has no address block"),
     KEY_CHOICE, KEEP(piece.cover), .line = AT(piece.cover_line)},
    {KEY_4("piece.cover_layout", "name", "standard", "layouts/EDITION/carrier/NAME.yaml"),
     KEY_FOLDER, KEEP(piece.cover_layout), .most = NAME_CHARACTERS},
    {KEY_4("piece.pattern", "map of form, route or form/route: 1..99", "",
           "封入パターン of a piece by its first letter: {\"3\": 2, home: 1, 1/home: 3}; form/route wins, then "
           "form, then route"),
     KEY_WORDS, KEEP(piece.patterns), .count = AT(piece.pattern_count), .line = AT(piece.pattern_line), .most = 99},
    {KEY_4("piece.inserts", "map of 1..99: grams and words", "",
           "what a 封入パターン encloses and what that weighs: {\"2\": 12 しおり・返信用封筒}"),
     KEY_WORDS, KEEP(piece.inserts), .count = AT(piece.insert_count), .line = AT(piece.insert_line), .most = 99},
    {KEY_4("piece.paper_grams", "0..1000", "0",
           "weight of the paper in g/m2 (A4), for the weight class; 0 = none is told"),
     KEY_WHOLE, KEEP(piece.paper_grams), .most = 1000},
    {KEY_4("piece.envelope_grams", "0..1000", "0", "weight of the envelope in g"),
     KEY_WHOLE, KEEP(piece.envelope_grams), .most = 1000},
    {KEY_4("piece.weight_limits", "numbers", "50 100 150 250 500 1000",
           "upper limits of the weight classes in g, ascending"),
     KEY_TEXT, KEEP(piece.weight_limits), .line = AT(piece.weight_line), .most = NAME_CHARACTERS},
    {KEY_4("piece.paper", "text", "", "name of the paper, for the lot's cover"),
     KEY_TEXT, KEEP(piece.paper), .most = NAME_CHARACTERS},
    {KEY_4("piece.envelope", "text", "", "name of the envelope, for the lot's cover"),
     KEY_TEXT, KEEP(piece.envelope), .most = NAME_CHARACTERS},

    {KEY("mail.delivery", "employer | home | counter", "employer", "default for a record without 配布区分"),
     KEY_CHOICE, KEEP(mail.delivery)},
    {KEY("mail.class", "none | ordinary | tokutei-kiroku | kan-i-kakitome", "none",
         "default for a record without 郵便種別"), KEY_CHOICE, KEEP(mail.class)},
    {KEY("mail.customer_barcode", "true | false", "false",
         "print the customer barcode (カスタマバーコード) in layouts that have a place for it"),
     KEY_BOOL, KEEP(mail.customer_barcode), .line = AT(mail.customer_line)},
    {KEY("mail.tracking.first", "text", "",
         "first number (引受番号) given by the post office, ten digits without check digit: 560-00-00000; for "
         "both classes"),
     KEY_TEXT, KEEP(mail.numbers.first), .line = AT(mail.numbers.line), .most = NAME_CHARACTERS},
    {KEY("mail.tracking.count", "0..1000000000", "0", "how many numbers the post office gave"),
     KEY_WHOLE, KEEP(mail.numbers.count), .most = MOST_RECORDS},
    {KEY_4("mail.tracking.tokutei-kiroku.first", "text", "", "the same for 特定記録 alone"),
     KEY_TEXT, KEEP(mail.tokutei.first), .line = AT(mail.tokutei.line), .most = NAME_CHARACTERS},
    {KEY_4("mail.tracking.tokutei-kiroku.count", "0..1000000000", "0", "how many of them"),
     KEY_WHOLE, KEEP(mail.tokutei.count), .most = MOST_RECORDS},
    {KEY_4("mail.tracking.kan-i-kakitome.first", "text", "", "the same for 簡易書留 alone"),
     KEY_TEXT, KEEP(mail.kan_i.first), .line = AT(mail.kan_i.line), .most = NAME_CHARACTERS},
    {KEY_4("mail.tracking.kan-i-kakitome.count", "0..1000000000", "0", "how many of them"),
     KEY_WHOLE, KEEP(mail.kan_i.count), .most = MOST_RECORDS},
    {KEY_4("mail.tracking.register", "path", "",
           "file that remembers the numbers of all runs, relative to the job file: none is ever given twice"),
     KEY_PATH, KEEP(mail.register_file), .line = AT(mail.register_line)},
    {KEY_4("mail.posting_names", "true | false", "false", "names on posting-list.pdf (受領証)"),
     KEY_BOOL, KEEP(mail.posting_names)},
    {KEY_4("mail.bundles.threshold", "0..10000", "10",
           "order postcode: fewest pieces of a bundle; what is fewer goes into the next wider one; 0 = no bundles"),
     KEY_WHOLE, KEEP(mail.bundle_least), .most = 10000},
    {KEY_4("mail.bundles.prefix", "auto | 3 | 5", "auto",
           "digits of the 郵便区番号 of a bundle; auto = by the old postcode in mail.postcodes, 3 without that file"),
     KEY_CHOICE, KEEP(mail.bundle_prefix)},
    {KEY_4("mail.postcodes", "path", "",
           "postcode file of Japan Post for the customer barcode, relative to the job file (KEN_ALL.CSV or "
           "utf_ken_all.csv; JIGYOSYO.CSV may follow in it)"),
     KEY_PATH, KEEP(mail.postcodes), .line = AT(mail.postcodes_line)},

    {KEY("voice.kind", "none | qr | uni-voice | sp-code", "none",
         "音声コード: none, qr = the spoken text as a QR code (any phone reads it), uni-voice and sp-code = symbols of a "
         "licensed encoder"),
     KEY_CHOICE, KEEP(voice.kind), .line = AT(voice.line)},
    {KEY("voice.size", "XS | S | M | L", "M",
         "size of supplied symbols: 40, 400, 800, 1000 characters (SP code: M, L)"),
     KEY_CHOICE, KEEP(voice.size)},
    {KEY_4("voice.correction", "weak | medium | strong", "medium",
           "error correction asked of the encoder (弱・中・強)"),
     KEY_CHOICE, KEEP(voice.correction)},
    {KEY_4("voice.cells", "0..400", "0",
           "cells a side of a supplied SP code; 0 = any number of cells of 4 dots (600 dpi)"),
     KEY_WHOLE, KEEP(voice.cells), .most = 400},
    {KEY("voice.symbols", "path", "", "folder of supplied symbols, relative to the job file, with its index.csv"),
     KEY_PATH, KEEP(voice.symbols)},
    {KEY_4("voice.encoder", "path", "",
           "command of a vendor's encoder, run once a print: it gets a CSV of texts and fills a folder of symbols"),
     KEY_PATH, KEEP(voice.encoder)},
    {KEY_4("voice.encoder_seconds", "1..86400", "3600", "most seconds that the encoder may take"),
     KEY_WHOLE, KEEP(voice.encoder_seconds), .least = 1, .most = 86400},
    {KEY_4("voice.insurer", "text", "", "insurer's name as it is to be spoken (まるまる健康保険組合); none = insurer.name"),
     KEY_TEXT, KEEP(voice.insurer), .most = TEXT_CHARACTERS},
    {KEY_4("voice.desk", "text", "", "お問い合わせ先 as it is to be spoken; none = insurer.desk"),
     KEY_TEXT, KEEP(voice.desk), .most = TEXT_CHARACTERS},

    {KEY_4("envelope.layout", "name", "naga3",
           "envelope of `oshirase envelope`: layouts/envelope/NAME-front.yaml and NAME-back.yaml (naga3, kaku2)"),
     KEY_FOLDER, KEEP(envelope.layout), .line = AT(envelope.layout_line), .most = NAME_CHARACTERS},
    {KEY_4("envelope.postage", "none | kounou | betsunou", "none", "postage mark of the envelope: 料金後納, 料金別納"),
     KEY_CHOICE, KEEP(envelope.postage)},
    {KEY_4("envelope.post_office", "text", "", "差出事業所 in the postage mark"),
     KEY_TEXT, KEEP(envelope.post_office), .most = NAME_CHARACTERS},
    {KEY_4("envelope.important", "text", "重要", "the line on the envelope that says so; none = no such line"),
     KEY_TEXT, KEEP(envelope.important), .most = NAME_CHARACTERS},
    {KEY_4("envelope.no_forward", "true | false", "false", "転送不要 on the envelope"),
     KEY_BOOL, KEEP(envelope.no_forward)},
    {KEY_4("envelope.symbol", "path", "", "supplied voice code of the envelope's own text, relative to the job file"),
     KEY_PATH, KEEP(envelope.symbol), .line = AT(envelope.line)},
    {KEY_4("envelope.addressed", "true | false", "false",
           "an envelope for each piece, with address and sequence, for letters without a window"),
     KEY_BOOL, KEEP(envelope.addressed)},

    {KEY("protection.empty", "hold | no", "hold", "what an empty protection flag means"),
     KEY_CHOICE, KEEP(protection.empty)},
    {KEY("protection.kin", "hold | separate", "hold",
         "a record of the same 世帯番号 or 記号+番号 as a protected person: hold = none is printed, separate = printed "
         "like a protected person's letter, into --protected-out, with nothing hidden"),
     KEY_CHOICE, KEEP(protection.kin)},
    {KEY_4("protection.address", "hold | separate | off", "hold",
           "extract: a record with the address of a protected person: hold = listed for the insurer, separate = into "
           "the insurer's own print file, off = not looked for"),
     KEY_CHOICE, KEEP(protection.address)},

    {NEW_KEY("checks.stuck", "hold | off", "hold", "one name or one last 4 over many records in a row"),
     KEY_CHOICE, KEEP(checks.stuck)},
    {NEW_KEY("checks.repeated", "hold | off", "hold", "the same last 4 and 生年月日 again, close by"),
     KEY_CHOICE, KEEP(checks.repeated)},
    {NEW_KEY("checks.dates", "hold | off", "hold", "dates out of order, as 資格取得年月日 before 生年月日"),
     KEY_CHOICE, KEEP(checks.dates)},
    {NEW_KEY("checks.same_person", "hold | off", "hold", "記号, 番号 and 枝番 twice"),
     KEY_CHOICE, KEEP(checks.same_person)},
    {NEW_KEY("checks.expiry", "hold | off", "hold", "有効期限 that does not fit the age (70 to 74 years)"),
     KEY_CHOICE, KEEP(checks.expiry)},

    {KEY_3("names.substitute", "none | table", "none",
           "a character that no font has: none = its record is held, table = replaced as names.table says, counted, "
           "and listed in substitutions.csv"),
     KEY_CHOICE, KEEP(names.substitute)},
    {KEY_3("names.table", "path", "",
           "the table (縮退), relative to the job file: a line FROM,TO each, as characters or U+9AD9"),
     KEY_PATH, KEEP(names.table), .line = AT(names.table_line)},
    {KEY_3("names.allow_black_circle", "true | false", "false",
           "● in names and addresses is printed as it stands: for test prints; a warning"),
     KEY_BOOL, KEEP(names.allow_black_circle)},

    {KEY("guard.exempt", "list of columns", "",
         "columns (整理番号, 引受番号, 事業所番号, extra) whose 12-digit values are no My Numbers"),
     KEY_TEXTS, KEEP(guard.exempt), .count = AT(guard.exempt_count), .most = LIMIT_EXTRA + 3},

    {KEY_4("seal.key", "path", "",
           "key (32 bytes, of keygen) of the 照合符号 that extract writes and print checks, row by row; relative to the "
           "job file"),
     KEY_PATH, KEEP(seal.key), .line = AT(seal.key_line)},

    {KEY_4("extract.date", "date", "", "day of the extraction, for the delivery note; none = notice.issued"),
     KEY_DATE, KEEP(extract.date)},

    {KEY("images", "map of name: path", "", "pictures that a layout names: {logo: logo.png}"),
     KEY_IMAGES, KEEP(images), .count = AT(image_count), .most = LIMIT_FRAMES},

    {KEY("output.lot_letters", "1..50000", "20000", "letters in one lot"),
     KEY_WHOLE, KEEP(output.lot_letters), .least = 1, .most = MOST_LOT},
    {KEY("output.order", "input | postcode | employer | household", "input",
         "order of the letters: of the file; by postcode for 区分郵便物 (郵送); by 事業所番号 (事業主経由); households together"),
     KEY_CHOICE, KEEP(output.order), .line = AT(output.order_line)},
    {KEY_4("output.lot.by", "letters | employer | sheets", "letters",
           "what ends a lot: letters = output.lot_letters, employer = the next employer when output.lot.max "
           "is reached, "
           "sheets = output.lot.max"),
     KEY_CHOICE, KEEP(output.lot_by)},
    {KEY_4("output.lot.max", "0..200000", "0",
           "most sheets in a lot, slips and covers counted; 0 = output.lot_letters alone decides"),
     KEY_WHOLE, KEEP(output.lot_max), .most = 200000},
    {KEY_4("output.lot.cover", "true | false", "false", "a cover (ロット票) in front of each lot"),
     KEY_BOOL, KEEP(output.lot_cover)},
    {KEY("output.group", "text", "", "group that may read the output (hot folder); not yet"),
     KEY_TEXT, .most = NAME_CHARACTERS, .later = true},
    {KEY("output.qr_mask", "fixed | auto", "fixed", "mask of QR codes: one for all (fast), or the best for each"),
     KEY_CHOICE, KEEP(output.qr_mask)},
    {KEY_4("output.marks", "none | text | inserter", "text",
           "in the margin of every sheet: text = sequence and n/m of its envelope, inserter = and a code (QR, OMR) for "
           "the inserting machine"),
     KEY_CHOICE, KEEP(output.marks)},
    {KEY("output.compression", "1..12", "1", "deflate level of the PDF"),
     KEY_WHOLE, KEEP(output.compression), .least = 1, .most = 12},
};
/* clang-format on */

#define RULES (sizeof rules / sizeof *rules)

_Static_assert(RULES <= JOB_KEYS_MOST, "a reading keeps a value for each row");

const struct key_rule *key_rule_at(size_t index)
{
    return index < RULES ? &rules[index] : NULL;
}

const struct job_key *job_key(size_t index)
{
    return index < RULES ? &rules[index].key : NULL;
}

int key_rule_find(struct text path)
{
    for (size_t i = 0; i < RULES; i++)
        if (text_is(path, rules[i].key.path))
            return (int)i;
    return -1;
}

bool key_group(struct text path)
{
    for (size_t i = 0; i < RULES; i++) {
        const char *row = rules[i].key.path;
        if (path.length < strlen(row) && memcmp(row, path.bytes, path.length) == 0 &&
            row[path.length] == '.')
            return true;
    }
    return false;
}

bool key_required(const struct key_rule *rule)
{
    return strcmp(rule->key.preset, REQUIRED) == 0;
}
