/* The keys of input.*: what lists, fields, codes and eras take and refuse, and what a schema adds. */
#include "unit/job_text.h"

static void refusals(void **state)
{
    static const struct {
        int row;
        const char *line; /* behind `file: members.csv`, line 12 */
        enum message want;
        const char *name;
    } rows[] = {
        {1, "  fields: { 氏名: 11 }\n", MSG_INPUT_FIELD, "input.fields.氏名"},
        {2, "  fields: { 氏名: 0 4 }\n", MSG_INPUT_FIELD, "input.fields.氏名"},
        {3, "  fields: { 氏名: 1 0 }\n", MSG_INPUT_FIELD, "input.fields.氏名"},
        {4, "  fields: { 氏名: 1 4 kana }\n", MSG_INPUT_FIELD, "input.fields.氏名"},
        {5, "  fields: { 氏名: -1 4 }\n", MSG_INPUT_FIELD, "input.fields.氏名"},
        {6, "  fields: { 氏名: 1 65537 }\n", MSG_INPUT_FIELD, "input.fields.氏名"},
        {7, "  fields: { 氏名: 99999999999999999999 1 }\n", MSG_INPUT_FIELD, "input.fields.氏名"},
        {8, "  fields: { 氏名: 1 4, 番号: 4 2 }\n", MSG_INPUT_OVERLAP, "input.fields.番号"},
        {9, "  fields: { 番号: 4 2, 氏名: 1 4 }\n", MSG_INPUT_OVERLAP, "input.fields.氏名"},
        {10, "  fields: [氏名]\n", MSG_KEY_WANTS_MAP, "input.fields"},
        {11, "  names: [氏名, 氏名]\n", MSG_KEY_TWICE, "input.names"},
        {12, "  files: [a.csv]\n", MSG_FILE_AND_FILES, "input.files"},
        {13, "  head: { count: x }\n", MSG_INPUT_SPOT, "input.head.count"},
        {14, "  head: { count: 1 2 3 }\n", MSG_INPUT_SPOT, "input.head.count"},
        {15, "  tail: { count: 0 }\n", MSG_INPUT_SPOT, "input.tail.count"},
        {16, "  tail: { records: 101 }\n", MSG_KEY_RANGE, "input.tail.records"},
        {17, "  values: { 性別: 男 }\n", MSG_KEY_WANTS_MAP, "input.values.性別"},
        {18, "  values: { 性別: { \"1\": 男, \"１\": 女 } }\n", MSG_INPUT_CODE_TWICE,
         "input.values.性別"},
        {19, "  values: { 性別: { \"123456789018\": 男 } }\n", MSG_INPUT_CODE_LONG,
         "input.values.性別"},
        {20, "  eras: { \"5\": 令 }\n", MSG_INPUT_ERA, "input.eras.5"},
        {21, "  eras: { \"55\": 令和 }\n", MSG_INPUT_ERA, "input.eras.55"},
        {22, "  eras: { \"５\": 令和 }\n", MSG_INPUT_ERA, "input.eras.５"},
        {23, "  schema: ../x\n", MSG_KEY_FOLDER_NAME, "input.schema"},
        {24, "  length: 65537\n", MSG_KEY_RANGE, "input.length"},
        {25, "  unit: columns\n", MSG_KEY_CHOICE, "input.unit"},
        {26, "  values: { 性別: { \"\": 男 } }\n", MSG_KEY_EMPTY, "input.values.性別"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        snprintf(text, sizeof text, "  file: members.csv\n%s", rows[i].line);
        struct read_job *read = job_with("  file: members.csv\n", text);
        const struct error *error = &read->problems.list[0];

        row_check(rows[i].row, read->status == STOP && read->problems.count == 1);
        row_check(rows[i].row, error->message == rows[i].want && error->line == 12);
        row_check(rows[i].row, strcmp(error->name, rows[i].name) == 0);
        job_forget(read);
    }
    check_rows();
}

static void taken(void **state)
{
    struct read_job *read =
        job_with("  file: members.csv\n",
                 "  files: [b.csv, ' a.csv']\n  format: fixed\n  encoding: host\n  host: { table: "
                 "t }\n  header: none\n"
                 "  names: [氏名, \"-\", \"-\"]\n  fields: { 氏名: 11 40 kanji, 番号: 1 10 }\n  "
                 "unit: characters\n"
                 "  length: 99\n  head: { records: 2, mark: H, count: 3 }\n  tail: { records: 1, "
                 "count: 4 5 }\n"
                 "  values: { 性別: { \"2\": 女, \"1\": 男 }, 種別: { 本: 本人 } }\n"
                 "  eras: { R: 令和, \"5\": 令和 }\n  kana: full\n");
    const struct job *job = &read->job;

    (void)state;
    row_check(1, read->status == OK && job->input.file_count == 2 &&
                     text_is(job->input.files[1], " a.csv"));
    row_check(2, job->input.format == INPUT_FIXED && job->input.encoding == ENCODING_HOST);
    row_check(3, text_is(job->input.host_table, "t") && job->input.header == INPUT_HEADER_NONE);
    row_check(4, job->input.name_count == 3 && text_is(job->input.names[2], "-"));
    row_check(5, job->input.field_count == 2 && text_is(job->input.fields[0].name, "番号") &&
                     !job->input.fields[0].kanji);
    row_check(6, job->input.fields[1].at == 11 && job->input.fields[1].length == 40 &&
                     job->input.fields[1].kanji);
    row_check(7, job->input.unit == UNIT_CHARACTERS && job->input.length == 99);
    row_check(8, job->input.head.records == 2 && text_is(job->input.head.mark, "H") &&
                     job->input.head.count.at == 3 && job->input.head.count.length == 0);
    row_check(9, job->input.tail.count.at == 4 && job->input.tail.count.length == 5);
    row_check(10, job->input.code_count == 3 && text_is(job->input.codes[0].column, "性別") &&
                      text_is(job->input.codes[0].from, "1") &&
                      text_is(job->input.codes[1].to, "女"));
    row_check(11, job->input.era_count == 2 && job->input.kana == KANA_FULL);
    job_forget(read);
    check_rows();
}

static enum status add(struct read_job *read, const char *schema)
{
    return job_add_schema(text_of(schema), "some/x.schema.yaml", &read->arena, &read->job,
                          &read->problems);
}

static void schemas(void **state)
{
    static const struct {
        int row;
        const char *schema;
        enum message want;
    } rows[] = {
        {1, "input: { file: x }\n", MSG_SCHEMA_KEY},
        {2, "input: { files: [x] }\n", MSG_SCHEMA_KEY},
        {3, "input: { records: 1 }\n", MSG_SCHEMA_KEY},
        {4, "input: { schema: x }\n", MSG_SCHEMA_KEY},
        {5, "job: x\n", MSG_SCHEMA_KEY},
        {6, "input: { host: { table: x } }\n", MSG_SCHEMA_KEY},
        {7, "input: { what: x }\n", MSG_KEY_UNKNOWN},
        {8, "[x]\n", MSG_KEY_WANTS_GROUP},
        {9, "input: x\n", MSG_KEY_WANTS_GROUP},
        {10, "input: { format: xls }\n", MSG_KEY_CHOICE},
        {11, "input: {", MSG_YAML_SYNTAX},
        {12, "notice: { form: \"1\" }\n", MSG_SCHEMA_KEY},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct read_job *read = job_with(NULL, "");
        row_check(rows[i].row, add(read, rows[i].schema) == STOP && read->problems.count == 1);
        row_check(rows[i].row, read->problems.list[0].message == rows[i].want);
        job_forget(read);
    }
    struct read_job *read =
        job_with("  file: members.csv\n", "  file: members.csv\n  encoding: utf-8\n");
    struct digest before = read->job.digest;
    row_check(20, add(read, "input: { encoding: cp932, format: tsv, columns: { 氏名: 名前 }, head: "
                            "{ records: 1 } }\n") == OK);
    row_check(21, read->job.input.encoding == ENCODING_UTF8 && read->job.input.format == INPUT_TSV);
    row_check(22, read->job.input.alias_count == 1 && read->job.input.aliases[0].line == 0);
    row_check(23,
              read->job.input.head.records == 1 && text_is(read->job.input.file, "members.csv"));
    row_check(24, memcmp(before.bytes, read->job.digest.bytes, sizeof before.bytes) != 0);
    job_forget(read);
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(refusals), cmocka_unit_test(taken),
                                       cmocka_unit_test(schemas)};

    return check_run(tests);
}
