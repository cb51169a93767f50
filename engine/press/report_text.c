/* press/report_text.c -- report.txt: the same totals for people to read and file. Japanese, like the papers it lies
 * beside; no value of any record. */
#include "press/engine.h"

#include <stdarg.h>
#include <stdio.h>

struct lines {
    const struct sink *sink;
    struct error *error;
    enum status status;
};

static void put(struct lines *lines, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct lines *lines, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (lines->status != OK)
        return;
    if (size < 0 || (size_t)size >= sizeof line)
        lines->status = error_set(lines->error, MSG_BUG);
    else
        lines->status = sink_write(lines->sink, line, (size_t)size, lines->error);
}

static unsigned long long number(uint64_t value)
{
    return value;
}

static void put_totals(struct lines *lines, const struct report_facts *facts)
{
    const struct press_totals *totals = facts->totals;
    put(lines, "件数照合\n");
    put(lines, "  読込         %10llu 名\n", number(totals->records));
    put(lines, "  印字         %10llu 名\n", number(totals->printed));
    put(lines, "  不開示該当   %10llu 名\n", number(totals->protected_letters));
    put(lines, "  保留         %10llu 名\n", number(totals->held));
    put(lines, "  別途対応     %10llu 名\n", number(totals->follow_up));
    put(lines, "  合計         %10llu 名（読込と一致）\n",
        number(totals->printed + totals->protected_letters + totals->held + totals->follow_up));
    put(lines, "  印刷物       %10llu 枚 %10llu 通、ロット %llu（不開示 %llu）\n",
        number(totals->pages), number(totals->pieces), number(totals->lots),
        number(totals->protected_lots));
    if (facts->slips)
        put(lines, "  区分票・台紙 %10llu 枚（印刷物に含まず）\n", number(facts->slips));
    put(lines, "\n");
}

static void put_letters(struct lines *lines, const struct tally *tally, const char *kind,
                        const char *title)
{
    const struct tally_row *row = NULL;
    put(lines, "%s\n", title);
    while ((row = tally_next(tally, kind, row)))
        put(lines, "  %-16s %10llu 名 %10llu 枚 %10llu 通\n", row->name,
            number(row->count[TALLY_PEOPLE]), number(row->count[TALLY_SHEETS]),
            number(row->count[TALLY_PIECES]));
    put(lines, "\n");
}

static void put_people(struct lines *lines, const struct tally *tally, const char *kind,
                       const char *title)
{
    const struct tally_row *row = tally_next(tally, kind, NULL);
    if (!row)
        return;
    put(lines, "%s\n", title);
    for (; row; row = tally_next(tally, kind, row))
        put(lines, "  %-28s %10llu 名\n", row->name, number(row->count[TALLY_PEOPLE]));
    put(lines, "\n");
}

static void put_counts(struct lines *lines, const struct tally *tally, const char *kind,
                       const char *title)
{
    const struct tally_row *row = tally_next(tally, kind, NULL);
    if (!row)
        return;
    put(lines, "%s\n", title);
    for (; row; row = tally_next(tally, kind, row))
        put(lines, "  %-28s %10llu 通\n", row->name, number(row->count[TALLY_PEOPLE]));
    put(lines, "\n");
}

static void put_remarks(struct lines *lines, const struct press *press,
                        const struct report_facts *facts)
{
    char hex[65];
    for (uint32_t i = 0; i < press->problems->count; i++)
        if (message_kind(press->problems->list[i].message) == KIND_WARN)
            put(lines, "警告: %s [%d]\n", message_token(press->problems->list[i].message),
                press->problems->list[i].message);
    for (uint32_t i = 0; i < press->job.guard.exempt_count; i++)
        put(lines, "個人番号検査の対象外とした列: %.*s\n", (int)press->job.guard.exempt[i].length,
            press->job.guard.exempt[i].bytes);
    for (size_t i = 0; press_check_off(press, i); i++)
        if (*press_check_off(press, i))
            put(lines, "停止した点検: checks.%s\n", press_check_off(press, i));
    if (press->substitutes.first)
        put(lines, "文字の置換（names.table）: %llu 字 %llu 名（一覧は substitutions.csv）\n",
            number(facts->substitutions), number(facts->substituted));
    if (intake_header(press->intake)->index[COLUMN_KANA] >= 0)
        put(lines, "フリガナの拗音・促音が大きく書かれていると思われるもの: %llu 名\n",
            number(facts->large_kana));
    if (press->job.names.allow_black_circle)
        put(lines, "●の印字: 許可（試し刷り）\n");
    digest_hex(&facts->run, hex);
    put(lines, "処理番号: %s\n", hex);
    digest_hex(&facts->input, hex);
    put(lines, "入力のダイジェスト: %s\n", hex);
    digest_hex(&press->job.digest, hex);
    put(lines, "ジョブのダイジェスト: %s\n", hex);
}

enum status report_text(const struct press *press, const struct report_facts *facts,
                        const struct sink *sink, struct error *error)
{
    struct lines lines = {sink, error, OK};
    put(&lines, "処理報告 %.*s（版 %.*s、oshirase " OSHIRASE_VERSION "）%s\n\n",
        (int)press->job.name.length, press->job.name.bytes, (int)press->job.notice.edition.length,
        press->job.notice.edition.bytes, facts->sample ? " 見本" : "");
    if (facts->shard_count)
        put(&lines, "分割 %u/%u の分のみ\n\n", facts->shard_index, facts->shard_count);
    put_totals(&lines, facts);
    put_letters(&lines, facts->tally, "form", "様式別");
    put_letters(&lines, facts->tally, "route", "経路別");
    put_people(&lines, facts->tally, "decision", "判定行別");
    put_people(&lines, facts->tally, "reason", "保留・別途対応の理由別");
    put_people(&lines, facts->tally, "customer", "カスタマバーコード");
    put_people(&lines, facts->tally, "address", "郵送の住所の不備");
    put_counts(&lines, facts->tally, "weight", "重量区分別（g 以下）");
    put_remarks(&lines, press, facts);
    return lines.status;
}
