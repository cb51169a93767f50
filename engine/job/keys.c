#include "job/keys.h"

#define AT(member) (uint32_t) offsetof(struct job, member)
#define KEEP(member) .place = AT(member), .width = (uint32_t)sizeof(((struct job *)0)->member)
#define KEY(path, type, preset, meaning) .key = {path, type, preset, "0.1", meaning}
#define NEW_KEY(path, type, preset, meaning) .key = {path, type, preset, "0.2", meaning}
#define KEY_3(path, type, preset, meaning) .key = {path, type, preset, "0.3", meaning}
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

    {KEY("input.file", "path", REQUIRED, "the members' file, relative to the job file; a plain file, not a pipe"),
     KEY_PATH, KEEP(input.file), .line = AT(input.file_line)},
    {KEY("input.format", "csv", "csv", "how the file is built"), KEY_CHOICE},
    {KEY("input.encoding", "utf-8 | cp932", "utf-8", "encoding of the file"),
     KEY_CHOICE, KEEP(input.encoding)},
    {KEY("input.columns", "map of column: header", "", "only where a header differs: {氏名: 加入者氏名}"),
     KEY_ALIASES, KEEP(input.aliases), .count = AT(input.alias_count), .most = LIMIT_COLUMNS},
    {KEY("input.extra", "list of columns", "", "further columns that an own form's template may use as text"),
     KEY_TEXTS, KEEP(input.extra), .count = AT(input.extra_count), .most = LIMIT_EXTRA},
    {KEY("input.records", "0..1000000000", "0", "count stated by whoever delivered the file; 0 = not stated"),
     KEY_WHOLE, KEEP(input.records), .most = MOST_RECORDS},
    {KEY("input.digest", "64 hex digits", "", "SHA-256 of the delivered file"), KEY_DIGEST, KEEP(input.digest)},

    {KEY("piece.by", "person | insured | household", "person",
         "what goes into one envelope; insured and household not yet"), KEY_CHOICE, .built = 1},
    {KEY("piece.max_sheets", "1..1000", "", "most sheets in one envelope; unused yet"),
     KEY_WHOLE, .least = 1, .most = 1000},
    {KEY("piece.overflow", "text", "", "what happens past max_sheets; unused yet"),
     KEY_TEXT, .most = NAME_CHARACTERS},

    {KEY("mail.delivery", "employer | home | counter", "employer", "default for a record without 配布区分"),
     KEY_CHOICE, KEEP(mail.delivery)},
    {KEY("mail.class", "none | ordinary | tokutei-kiroku | kan-i-kakitome", "none",
         "default for a record without 郵便種別; only none yet"), KEY_CHOICE, .built = 1},
    {KEY("mail.customer_barcode", "true | false", "false", "print the customer barcode; true not yet"),
     KEY_BOOL, .built = 1},
    {KEY("mail.tracking.first", "text", "", "first number given by the post office, no check digit; unused yet"),
     KEY_TEXT, .most = NAME_CHARACTERS},
    {KEY("mail.tracking.count", "0..1000000000", "", "how many numbers the post office gave; unused yet"),
     KEY_WHOLE, .most = MOST_RECORDS},

    {KEY("voice.kind", "none | qr | uni-voice | sp-code", "none", "voice code; only none yet"),
     KEY_CHOICE, .built = 1},
    {KEY("voice.size", "text", "M", "size of the voice code; unused yet"), KEY_TEXT, .most = NAME_CHARACTERS},
    {KEY("voice.symbols", "path", "", "folder of supplied voice codes; unused yet"), KEY_PATH},

    {KEY("protection.empty", "hold | no", "hold", "what an empty protection flag means"),
     KEY_CHOICE, KEEP(protection.empty)},
    {KEY("protection.kin", "hold | separate", "hold",
         "a record of the same 世帯番号 or 記号+番号 as a protected person: hold = none is printed, separate = printed "
         "like a protected person's letter, into --protected-out, with nothing hidden"),
     KEY_CHOICE, KEEP(protection.kin)},

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

    {KEY("images", "map of name: path", "", "pictures that a layout names: {logo: logo.png}"),
     KEY_IMAGES, KEEP(images), .count = AT(image_count), .most = LIMIT_FRAMES},

    {KEY("output.lot_letters", "1..50000", "20000", "letters in one lot"),
     KEY_WHOLE, KEEP(output.lot_letters), .least = 1, .most = MOST_LOT},
    {KEY("output.order", "input | postcode | employer | household", "input",
         "order of the letters; only input yet"), KEY_CHOICE, .built = 1},
    {KEY("output.group", "text", "", "group that may read the output (hot folder); not yet"),
     KEY_TEXT, .most = NAME_CHARACTERS, .later = true},
    {KEY("output.qr_mask", "fixed | auto", "fixed", "mask of QR codes: one for all (fast), or the best for each"),
     KEY_CHOICE, KEEP(output.qr_mask)},
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
