/* The table of keys: complete, well described, and honest about what the reader does. */
#include "job/keys.h"

#include "unit/check.h"

static const char *const wanted[] = {
    "job",
    "role",
    "secret",
    "insurer.kind",
    "insurer.name",
    "insurer.number",
    "insurer.office",
    "insurer.desk",
    "insurer.postcode",
    "insurer.address",
    "insurer.tel",
    "notice.edition",
    "notice.form",
    "notice.layout",
    "notice.as_of",
    "notice.issued",
    "notice.portal_url",
    "notice.contact",
    "notice.with_card",
    "notice.card.printed",
    "notice.card.prefecture",
    "notice.card.issuer",
    "notice.card.issued",
    "notice.check_started",
    "notice.unanswered",
    "notice.not_asked",
    "notice.birth_sex",
    "input.file",
    "input.files",
    "input.schema",
    "input.format",
    "input.encoding",
    "input.host.table",
    "input.header",
    "input.names",
    "input.fields",
    "input.unit",
    "input.length",
    "input.head.records",
    "input.head.mark",
    "input.head.count",
    "input.tail.records",
    "input.tail.mark",
    "input.tail.count",
    "input.values",
    "input.eras",
    "input.kana",
    "input.columns",
    "input.extra",
    "input.records",
    "input.digest",
    "input.note",
    "input.key",
    "input.cert",
    "input.signer",
    "piece.by",
    "piece.max_sheets",
    "piece.overflow",
    "piece.cover",
    "piece.cover_layout",
    "piece.pattern",
    "piece.inserts",
    "piece.paper_grams",
    "piece.envelope_grams",
    "piece.weight_limits",
    "piece.paper",
    "piece.envelope",
    "mail.delivery",
    "mail.class",
    "mail.customer_barcode",
    "mail.tracking.first",
    "mail.tracking.count",
    "mail.tracking.tokutei-kiroku.first",
    "mail.tracking.tokutei-kiroku.count",
    "mail.tracking.kan-i-kakitome.first",
    "mail.tracking.kan-i-kakitome.count",
    "mail.tracking.register",
    "mail.posting_names",
    "mail.bundles.threshold",
    "mail.bundles.prefix",
    "mail.postcodes",
    "voice.kind",
    "voice.size",
    "voice.correction",
    "voice.cells",
    "voice.symbols",
    "voice.encoder",
    "voice.encoder_seconds",
    "voice.insurer",
    "voice.desk",
    "envelope.layout",
    "envelope.postage",
    "envelope.post_office",
    "envelope.important",
    "envelope.no_forward",
    "envelope.symbol",
    "envelope.addressed",
    "protection.empty",
    "protection.kin",
    "protection.address",
    "checks.stuck",
    "checks.repeated",
    "checks.dates",
    "checks.same_person",
    "checks.expiry",
    "names.substitute",
    "names.table",
    "names.allow_black_circle",
    "guard.exempt",
    "seal.key",
    "extract.date",
    "images",
    "output.lot_letters",
    "output.order",
    "output.lot.by",
    "output.lot.max",
    "output.lot.cover",
    "output.group",
    "output.qr_mask",
    "output.marks",
    "output.compression",
};
#define WANTED (sizeof wanted / sizeof *wanted)

static void known_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < WANTED; i++) {
        row_check(i + 1, key_rule_find(text_of(wanted[i])) == (int)i);
        row_check(i + 1, job_key(i) && strcmp(job_key(i)->path, wanted[i]) == 0);
    }
    row_check(WANTED + 1, !job_key(WANTED));
    row_check(WANTED + 2, !job_key(SIZE_MAX));
    check_rows();
}

static void described(void **state)
{
    const struct job_key *key;

    (void)state;
    for (size_t i = 0; (key = job_key(i)); i++) {
        row_check(i + 1, key->meaning && key->meaning[0] != '\0' && !strchr(key->meaning, '\n'));
        row_check(i + 1, key->type && key->type[0] != '\0');
        row_check(i + 1, key->preset);
        row_check(i + 1, strcmp(key->since, "0.1") == 0 || strcmp(key->since, "0.2") == 0 ||
                             strcmp(key->since, "0.3") == 0 || strcmp(key->since, "0.4") == 0);
    }
    check_rows();
}

/* What the table tells people is what it tells the reader. */
static void consistent(void **state)
{
    const struct key_rule *rule;

    (void)state;
    for (size_t i = 0; (rule = key_rule_at(i)); i++) {
        char range[64];

        snprintf(range, sizeof range, "%lld..%lld", (long long)rule->least, (long long)rule->most);
        row_check(i + 1, rule->kind != KEY_WHOLE || strcmp(rule->key.type, range) == 0);
        row_check(i + 1, rule->kind != KEY_BOOL || strcmp(rule->key.type, "true | false") == 0);
        row_check(i + 1, rule->kind != KEY_TEXT || rule->most > 0);
        row_check(i + 1, rule->kind != KEY_WHOLE || rule->width == 0 || rule->width == 4 ||
                             rule->width == 8);
        row_check(i + 1, rule->kind != KEY_CHOICE || rule->width == 0 || rule->width == 4);
        row_check(i + 1, (rule->kind < KEY_TEXTS) == (rule->count == 0));
        row_check(i + 1, (rule->built == 0 && !rule->later) || strstr(rule->key.meaning, "yet"));
        row_check(i + 1, (size_t)rule->place + rule->width <= sizeof(struct job));
        row_check(i + 1, rule->width > 0 || strstr(rule->key.meaning, "yet") ||
                             strcmp(rule->key.path, "input.format") == 0);
    }
    check_rows();
}

static void groups(void **state)
{
    static const struct {
        int row;
        const char *path;
        bool want;
    } rows[] = {
        {1, "insurer", true},       {2, "notice", true},    {3, "notice.card", true},
        {4, "mail.tracking", true}, {5, "job", false},      {6, "insurer.kind", false},
        {7, "insure", false},       {8, "insurer.", false}, {9, "", false},
        {10, "images", false},      {11, "checks", true},   {12, "check", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        row_check(rows[i].row, key_group(text_of(rows[i].path)) == rows[i].want);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_keys),
        cmocka_unit_test(described),
        cmocka_unit_test(consistent),
        cmocka_unit_test(groups),
    };

    return check_run(tests);
}
