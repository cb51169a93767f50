/* press/report.c -- report.json: control totals and digests, keys in a fixed order, no value of any record. */
#include "press/mail.h"
#include "press/voice_run.h"

#include <stdio.h>

struct writer {
    const struct sink *sink;
    struct error *error;
    enum status status;
};

static void put(struct writer *writer, const char *bytes, size_t size)
{
    if (writer->status == OK)
        writer->status = sink_write(writer->sink, bytes, size, writer->error);
}

static void put_word(struct writer *writer, const char *word)
{
    put(writer, word, strlen(word));
}

static void put_number(struct writer *writer, uint64_t number)
{
    char digits[TEXT_NUMBER];
    struct text text = text_number(number, digits);
    put(writer, text.bytes, text.length);
}

/* A JSON string (RFC 8259 section 7). */
static void put_string(struct writer *writer, struct text text)
{
    put(writer, "\"", 1);
    for (uint32_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        char escape[8];
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            put(writer, text.bytes + i, 1);
        } else {
            int size = snprintf(escape, sizeof escape, "\\u%04x", byte);
            put(writer, escape, (size_t)size);
        }
    }
    put(writer, "\"", 1);
}

static void put_key(struct writer *writer, const char *indent, const char *key)
{
    put_word(writer, indent);
    put_string(writer, text_of(key));
    put_word(writer, ": ");
}

static void put_count(struct writer *writer, const char *key, uint64_t number, bool last)
{
    put_key(writer, "    ", key);
    put_number(writer, number);
    put_word(writer, last ? "\n" : ",\n");
}

static void put_digest(struct writer *writer, const struct digest *digest)
{
    char hex[65];
    digest_hex(digest, hex);
    put_string(writer, text_of(hex));
}

static void put_totals(struct writer *writer, const struct report_facts *facts)
{
    const struct press_totals *totals = facts->totals;
    put_word(writer, "  \"totals\": {\n");
    put_count(writer, "records", totals->records, false);
    put_count(writer, "printed", totals->printed, false);
    put_count(writer, "protected", totals->protected_letters, false);
    put_count(writer, "held", totals->held, false);
    put_count(writer, "follow_up", totals->follow_up, false);
    put_count(writer, "sheets", totals->pages, false);
    put_count(writer, "slips", facts->slips, false);
    put_count(writer, "letters", totals->letters, false);
    put_count(writer, "pieces", totals->pieces, false);
    put_count(writer, "lots", totals->lots, false);
    put_count(writer, "protected_lots", totals->protected_lots, true);
    put_word(writer, "  },\n");
}

/* These totals are of one share of the lots: `join` adds them up. */
static void put_shard(struct writer *writer, const struct report_facts *facts)
{
    put_word(writer, "  \"shard\": \"");
    put_number(writer, facts->shard_index);
    put_word(writer, "/");
    put_number(writer, facts->shard_count);
    put_word(writer, "\",\n  \"whole\": {\"run\": ");
    put_digest(writer, &facts->whole);
    put_word(writer, ", \"records\": ");
    put_number(writer, facts->whole_records);
    put_word(writer, ", \"units\": ");
    put_number(writer, facts->whole_units);
    put_word(writer, "},\n");
}

static void put_counts(struct writer *writer, const struct tally_row *row)
{
    put_word(writer, "{\"people\": ");
    put_number(writer, row->count[TALLY_PEOPLE]);
    put_word(writer, ", \"sheets\": ");
    put_number(writer, row->count[TALLY_SHEETS]);
    put_word(writer, ", \"pieces\": ");
    put_number(writer, row->count[TALLY_PIECES]);
    put_word(writer, "}");
}

/* The rows of one kind, by name: the order in which records came must not show. */
static void put_tally(struct writer *writer, const struct tally *tally, const char *kind,
                      const char *key)
{
    const struct tally_row *row = NULL;
    bool first = true;
    put_key(writer, "  ", key);
    put_word(writer, "{");
    while ((row = tally_next(tally, kind, row))) {
        put_word(writer, first ? "\n    " : ",\n    ");
        put_string(writer, text_of(row->name));
        put_word(writer, ": ");
        if (row->count[TALLY_SHEETS])
            put_counts(writer, row);
        else
            put_number(writer, row->count[TALLY_PEOPLE]);
        first = false;
    }
    put_word(writer, first ? "},\n" : "\n  },\n");
}

static void put_asset(struct writer *writer, bool first, struct text name,
                      const struct digest *digest)
{
    put_word(writer, first ? "\n    " : ",\n    ");
    put_string(writer, name);
    put_word(writer, ": ");
    put_digest(writer, digest);
}

static void put_assets(struct writer *writer, const struct press *press)
{
    put_word(writer, "  \"templates\": {");
    for (uint32_t i = 0; i < press->form_count; i++)
        put_asset(writer, i == 0, press->forms[i].name, &press->forms[i].wording.digest);
    put_word(writer, "\n  },\n  \"layouts\": {");
    for (uint32_t i = 0; i < press->form_count; i++)
        put_asset(writer, i == 0, press->forms[i].name, &press->forms[i].layout.digest);
    put_word(writer, "\n  },\n  \"images\": {");
    for (uint32_t i = 0; i < press->images.count; i++)
        put_asset(writer, i == 0, press->images.images[i].name, &press->images.images[i].digest);
    put_word(writer, press->images.count ? "\n  },\n  \"fonts\": {" : "},\n  \"fonts\": {");
    for (uint32_t i = 0; i < fonts_faces(press->fonts); i++)
        put_asset(writer, i == 0, fonts_face(press->fonts, i)->name,
                  &fonts_face(press->fonts, i)->digest);
    put_word(writer, "\n  },\n");
}

/* May letters go by 郵送? The same for all shares of a run. */
static bool may_go_home(const struct press *press)
{
    return press->job.mail.delivery == DELIVERY_HOME ||
           intake_header(press->intake)->index[COLUMN_ROUTE] >= 0;
}

/* What became of the customer barcode, what addresses lack, and the pieces of each weight class. */
static void put_mail(struct writer *writer, const struct press *press, const struct tally *tally)
{
    if (press->job.mail.customer_barcode)
        put_tally(writer, tally, "customer", "customer_barcode");
    if (may_go_home(press))
        put_tally(writer, tally, "address", "addresses");
    if (press->job.piece.paper_grams)
        put_tally(writer, tally, "weight", "weights");
    if (!press->mail->has_postcodes)
        return;
    put_key(writer, "  ", "postcodes");
    put_digest(writer, &press->mail->postcodes_digest);
    put_word(writer, ",\n");
}

static void put_warnings(struct writer *writer, const struct problems *problems)
{
    bool first = true;
    put_word(writer, "  \"warnings\": [");
    for (uint32_t i = 0; i < problems->count; i++) {
        if (message_kind(problems->list[i].message) != KIND_WARN)
            continue;
        put_word(writer, first ? "" : ", ");
        put_string(writer, text_of(message_token(problems->list[i].message)));
        first = false;
    }
    put_word(writer, "],\n");
}

static void put_exempt(struct writer *writer, const struct job *job)
{
    put_word(writer, "  \"guard_exempt\": [");
    for (uint32_t i = 0; i < job->guard.exempt_count; i++) {
        put_word(writer, i ? ", " : "");
        put_string(writer, job->guard.exempt[i]);
    }
    put_word(writer, "],\n");
}

static void put_checks_off(struct writer *writer, const struct press *press)
{
    bool first = true;
    put_word(writer, "  \"checks_off\": [");
    for (size_t i = 0; press_check_off(press, i); i++) {
        if (!*press_check_off(press, i))
            continue;
        put_word(writer, first ? "" : ", ");
        put_string(writer, text_of(press_check_off(press, i)));
        first = false;
    }
    put_word(writer, "],\n");
}

/* Which characters: substitutions.csv. */
static void put_names(struct writer *writer, const struct press *press,
                      const struct report_facts *facts)
{
    bool table = press->substitutes.first != NULL;
    put_word(writer, "  \"names\": {\n");
    put_key(writer, "    ", "substitute");
    put_string(writer, table ? TEXT("table") : TEXT("none"));
    put_word(writer, ",\n");
    if (table) {
        put_key(writer, "    ", "table");
        put_digest(writer, &press->substitutes.digest);
        put_word(writer, ",\n");
    }
    put_key(writer, "    ", "allow_black_circle");
    put_word(writer, press->job.names.allow_black_circle ? "true,\n" : "false,\n");
    put_count(writer, "gaiji", press->gaiji_count, false);
    put_count(writer, "substitutions", facts->substitutions, false);
    put_count(writer, "people_substituted", facts->substituted, false);
    put_count(writer, "people_large_kana", facts->large_kana, true);
    put_word(writer, "  },\n");
}

enum status report_json(const struct press *press, const struct report_facts *facts,
                        const struct sink *sink, struct error *error)
{
    struct writer writer = {sink, error, OK};

    if (facts->tally->beyond) /* a report that does not add up is none */
        return error_set(error, MSG_BUG);
    put_word(&writer, "{\n  \"engine\": \"oshirase " OSHIRASE_VERSION "\",\n  \"job\": ");
    put_string(&writer, press->job.name);
    put_word(&writer, ",\n  \"edition\": ");
    put_string(&writer, press->job.notice.edition);
    put_word(&writer, facts->sample ? ",\n  \"sample\": true,\n" : ",\n  \"sample\": false,\n");
    if (facts->shard_count)
        put_shard(&writer, facts);
    put_totals(&writer, facts);
    put_tally(&writer, facts->tally, "form", "forms");
    put_tally(&writer, facts->tally, "route", "routes");
    put_tally(&writer, facts->tally, "decision", "decision_rows");
    put_tally(&writer, facts->tally, "reason", "reasons");
    put_mail(&writer, press, facts->tally);
    put_warnings(&writer, press->problems);
    put_exempt(&writer, &press->job);
    put_checks_off(&writer, press);
    put_names(&writer, press, facts);
    if (writer.status == OK)
        writer.status = press_voice_report(press, sink, error);
    put_key(&writer, "  ", "run");
    put_digest(&writer, &facts->run);
    put_word(&writer, ",\n");
    put_key(&writer, "  ", "job_digest");
    put_digest(&writer, &press->job.digest);
    put_word(&writer, ",\n");
    put_key(&writer, "  ", "input_digest");
    put_digest(&writer, &facts->input);
    put_word(&writer, ",\n");
    if (press->job.notice.form == FORM_OFFICIAL) {
        put_key(&writer, "  ", "decision_table");
        put_digest(&writer, &press->table_digest);
        put_word(&writer, ",\n");
    }
    put_assets(&writer, press);
    put_key(&writer, "  ", "fonts_digest");
    put_digest(&writer, fonts_digest(press->fonts));
    put_word(&writer, "\n}\n");
    return writer.status;
}
