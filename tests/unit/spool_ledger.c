#include "unit/check.h"

#include "unit/spool_fake.h"

static char out[400], good[400], broken[400];
static struct error error;

static int run(const char *folder, bool resume, size_t stop_after)
{
    enum spool_found found;
    struct fake fake = {.out = folder, .resume = resume, .stop_after = stop_after};
    return fake_run(&fake, &found, &error);
}

static const char *ledger_of(const char *folder)
{
    static char path[500];
    snprintf(path, sizeof path, "%s/%s", folder, SPOOL_LEDGER);
    return path;
}

static bool shell(const char *command)
{
    int result = -1;
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    return waitpid(child, &result, 0) == child && result == 0;
}

struct seen {
    unsigned records, lots, tables;
    bool runs_first, sealed_last, numbers;
};

static enum status see(void *context, const struct ledger_record *record, struct error *problem)
{
    struct seen *seen = context;
    uint64_t letters;
    struct digest digest;
    (void)problem;
    seen->records++;
    if (record->number != seen->records)
        return STOP;
    if (text_is(record->kind, "run"))
        seen->runs_first = record->number == 1 && ledger_digest(record, "run", &digest) &&
                           digest.bytes[0] == 1 && text_is(ledger_value(record, "format"), "1");
    if (text_is(record->kind, "lot")) {
        seen->lots++;
        seen->numbers = ledger_number(record, "letters", &letters) && letters == 10;
    }
    seen->tables += text_is(record->kind, "table");
    seen->sealed_last = text_is(record->kind, "seal");
    return OK;
}

static void reading(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct ledger_end end;
    const struct ledger_visitor visitor = {see, &seen};
    row_check(1, ledger_read(good, &visitor, &end, &error) == OK);
    row_check(2, end.records == 7 && end.whole && end.sealed && seen.records == 7);
    row_check(3, seen.lots == 4 && seen.tables == 1 && seen.runs_first && seen.sealed_last &&
                     seen.numbers);
    row_check(4, ledger_read(good, NULL, NULL, &error) == OK);
    row_check(5, ledger_read(fake_home, NULL, &end, &error) == STOP &&
                     error.message == MSG_NO_SUCH_FILE);
    row_check(6, ledger_read(out, NULL, &end, &error) == OK && !end.sealed && end.records == 4);
    check_rows();
}

/* Record k holds the digest of record k - 1; sha256sum and gzip are the judges. No path of the machine, no clock. */
static void invariant_4(void **state)
{
    (void)state;
    char command[4000];
    snprintf(command, sizeof command,
             "cd '%s' && n=$(wc -l <ledger) && [ \"$n\" = 7 ] &&"
             " sed -n 1p ledger | grep -q ' prev=0\\{64\\} ' &&"
             " for i in 1 2 3 4 5 6; do"
             "   d=$(sed -n ${i}p ledger | sha256sum | cut -c1-64);"
             "   sed -n $((i + 1))p ledger | grep -q \" prev=$d crc=\" || exit 1; done",
             good);
    row_check(1, shell(command));
    snprintf(command, sizeof command,
             "cd '%s' && for i in 1 2 3 4 5 6 7; do"
             "   line=$(sed -n ${i}p ledger); body=${line%% crc=*}; want=${line##* crc=};"
             "   got=$(printf %%s \"$body\" | gzip -c | tail -c 8 | od -An -tx4 -N4 | tr -d ' ');"
             "   [ \"$got\" = \"$want\" ] || exit 1; done",
             good);
    row_check(2, shell(command));
    snprintf(
        command, sizeof command,
        "cd '%s' && d=$(sha256sum <lot-000002.pdf | cut -c1-64) && grep -q"
        " \"^3 lot name=lot-000002.pdf bytes=300000 sha256=$d rows_bytes=40 rows_sha256=[0-9a-f]* "
        "first_sequence=11 letters=10 first_piece=11 pieces=9 sheets=11 records=12 prev=\" ledger "
        "&&"
        " t=$(sha256sum <records.csv | cut -c1-64) && b=$(wc -c <records.csv) && grep -q"
        " \"^6 table name=records.csv bytes=$b sha256=$t prev=\" ledger &&"
        " m=$(sha256sum <manifest.csv | cut -c1-64) && grep -q"
        " \"^7 seal lots=4 letters=40 pieces=36 sheets=44 records=48 bytes=301007 manifest=$m "
        "prev=\" ledger",
        good);
    row_check(3, shell(command));
    snprintf(command, sizeof command, "! grep -q -e '%s' -e '20[0-9][0-9]-' '%s/ledger'", fake_home,
             good);
    row_check(4, shell(command));
    check_rows();
}

/* The number of the line that holds a byte. */
static uint64_t line_of(const uint8_t *bytes, size_t at)
{
    uint64_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += bytes[i] == '\n';
    return line;
}

static bool found_bad(const char *folder, uint64_t line)
{
    struct ledger_end end;
    return ledger_read(folder, NULL, &end, &error) == STOP && error.message == MSG_LEDGER_DAMAGED &&
           error.line == line && end.records == line - 1 && message_exit(error.message) == 6;
}

/* Each bit of a finished ledger flipped: reading says which record is bad. */
static void each_bit(void **state)
{
    (void)state;
    static uint8_t bytes[16384];
    size_t size = fake_get(ledger_of(good), bytes, sizeof bytes);
    fake_remove(broken);
    fake_copy_tree(good, broken);
    for (size_t bit = 0; bit < 8 * size; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        fake_put(ledger_of(broken), bytes, size);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        row_check(bit, found_bad(broken, line_of(bytes, bit / 8)));
        if (bit % 499 == 0) { /* neither a resume nor a note touches it */
            row_check(bit, run(broken, true, 0) == 6 && error.message == MSG_LEDGER_DAMAGED);
            row_check(bit, ledger_append(broken, "reprint", NULL, 0, &error) == STOP);
            row_check(bit, error.message == MSG_LEDGER_DAMAGED);
        }
    }
    for (size_t length = 0; length < size; length++) { /* and cut off anywhere but behind a line */
        fake_put(ledger_of(broken), bytes, length);
        bool whole = length && bytes[length - 1] == '\n';
        row_check(100000 + length, whole || found_bad(broken, line_of(bytes, length)));
        if (length % 97 == 0 || whole)
            row_check(100000 + length, run(broken, true, 0) == 6);
    }
    check_rows();
}

/* A ledger torn or rotten in the middle of a run: kept up to its first bad record, the rest made again. */
static void torn(void **state)
{
    (void)state;
    static uint8_t bytes[16384];
    size_t size = fake_get(ledger_of(out), bytes, sizeof bytes);
    for (size_t n = 0; n < 2 * size; n += 41) {
        uint8_t was = bytes[n / 2];
        size_t length = n % 2 ? n / 2 : size; /* torn there, or a bit flipped */
        fake_remove(broken);
        fake_copy_tree(out, broken);
        bytes[n / 2] ^= (uint8_t)(1u << n % 8);
        fake_put(ledger_of(broken), bytes, length);
        bytes[n / 2] = was;
        int code = run(broken, true, 0);
        /* Whose run it is nobody can say when its first record is gone: nothing is deleted. */
        bool first = line_of(bytes, n / 2) == 1;
        row_check(n, first ? code == 6 && error.message == MSG_LEDGER_DAMAGED
                           : code == 0 && fake_equal(broken, good));
    }
    check_rows();
}

struct last {
    struct ledger_record record;
    bool good;
};

static enum status keep_last(void *context, const struct ledger_record *record,
                             struct error *problem)
{
    struct last *last = context;
    (void)problem;
    last->good = text_is(record->kind, "reprint") && record->number == 8 && record->count == 3 &&
                 text_is(ledger_value(record, "reason"), "紙詰まり 100% = +\n\x7f") &&
                 text_is(ledger_value(record, "empty"), "") &&
                 text_is(ledger_value(record, "seq"), "3-5") && !ledger_value(record, "none").bytes;
    return OK;
}

static void appending(void **state)
{
    (void)state;
    static char lengthy[LEDGER_LINE];
    struct last last = {.good = false};
    const struct ledger_visitor visitor = {keep_last, &last};
    struct ledger_end end;
    fake_remove(broken);
    fake_copy_tree(good, broken);
    const struct ledger_field fields[] = {{TEXT("reason"), TEXT("紙詰まり 100% = +\n\x7f")},
                                          {TEXT("empty"), TEXT("")},
                                          {TEXT("seq"), TEXT("3-5")}};
    row_check(1, ledger_append(broken, "reprint", fields, 3, &error) == OK);
    row_check(2,
              ledger_read(broken, &visitor, &end, &error) == OK && end.records == 8 && last.good);
    row_check(3, end.sealed && run(broken, true, 0) == 0); /* sealed as before */
    row_check(4, ledger_append(broken, "pull", NULL, 0, &error) == OK);
    row_check(5, ledger_read(broken, NULL, &end, &error) == OK && end.records == 9);
    struct stat facts;
    row_check(6, stat(ledger_of(broken), &facts) == 0 && (facts.st_mode & 0777) == 0600);
    struct digest before = fake_tree(broken);
    static const char *const kinds[] = {"run", "lot", "seal", "", "Pull", "a b", "table", "mac"};
    for (int i = 0; i < 8; i++)
        row_check(10 + i, ledger_append(broken, kinds[i], NULL, 0, &error) == STOP &&
                              error.message == MSG_BUG);
    static const char *const names[] = {"", "A", "a b", "prev", "crc", "a=b"};
    for (int i = 0; i < 6; i++) {
        const struct ledger_field field = {text_of(names[i]), TEXT("x")};
        row_check(20 + i, ledger_append(broken, "pull", &field, 1, &error) == STOP &&
                              error.message == MSG_BUG);
    }
    memset(lengthy, 'x', sizeof lengthy);
    const struct ledger_field large = {TEXT("reason"), {lengthy, LEDGER_LINE - 60}};
    row_check(30,
              ledger_append(broken, "pull", &large, 1, &error) == STOP && error.message == MSG_BUG);
    struct digest after = fake_tree(broken);
    row_check(31, memcmp(before.bytes, after.bytes, sizeof before.bytes) == 0);
    row_check(32, ledger_append(out, "pull", NULL, 0, &error) == STOP &&
                      error.message == MSG_LEDGER_NOT_SEALED);
    row_check(33, ledger_append("/nowhere", "pull", NULL, 0, &error) == STOP &&
                      error.message == MSG_LEDGER_NOT_SEALED);
    row_check(34, ledger_append(fake_home, "pull", NULL, 0, &error) == STOP &&
                      error.message == MSG_LEDGER_NOT_SEALED);
    /* While somebody is at work there. */
    struct os_lock lock;
    row_check(40, os_folder_lock(broken, 0, &lock, &error) == OK);
    row_check(41, ledger_append(broken, "pull", NULL, 0, &error) == STOP &&
                      error.message == MSG_OUT_BUSY);
    os_folder_unlock(&lock);
    row_check(42, ledger_append(broken, "pull", NULL, 0, &error) == OK);
    check_rows();
}

/* Records in another order, one left out, one of another run: each line is good, the chain is not. */
static void other_order(void **state)
{
    (void)state;
    char command[3000];
    static const char *const edits[] = {
        "sed 3d",
        "awk 'NR == 3 { kept = $0; next } { print } NR == 4 { print kept }'",
        "sed '3p'",
        "sed 1d",
        "sed 's/lots=4/lots=5/'",
        "sed 's/ crc=/  crc=/'"};
    for (int i = 0; i < 6; i++) {
        fake_remove(broken);
        fake_copy_tree(good, broken);
        snprintf(command, sizeof command, "cd '%s' && cat '%s/ledger' | %s >ledger", broken, good,
                 edits[i]);
        row_check(10 * i, shell(command));
        row_check(10 * i + 1, ledger_read(broken, NULL, NULL, &error) == STOP &&
                                  error.message == MSG_LEDGER_DAMAGED);
    }
    check_rows();
}

/* -- a key: the seal has a mac behind it, by openssl's reckoning too -- */

struct keyed {
    uint64_t macs, right;
    struct digest before;
    const uint8_t *key;
};

static enum status see_mac(void *context, const struct ledger_record *record, struct error *problem)
{
    struct keyed *keyed = context;
    struct digest have, want;
    if (text_is(record->kind, "mac") && ledger_digest(record, "mac", &have)) {
        keyed->macs++;
        if (ledger_mac(keyed->key, &keyed->before, &want, problem) != OK)
            return STOP;
        keyed->right += memcmp(&have, &want, sizeof have) == 0;
    }
    keyed->before = record->digest;
    return OK;
}

static void read_macs(const uint8_t *key, struct keyed *keyed)
{
    const struct ledger_visitor visitor = {see_mac, keyed};
    *keyed = (struct keyed){.key = key};
    if (ledger_read(broken, &visitor, NULL, &error) != OK)
        abort();
}

static void run_keyed(const uint8_t *key)
{
    struct digest id = fake_id(1);
    struct spool_order order = {broken, &id, false, false, key};
    struct spool *spool;
    enum spool_found found;
    fake_remove(broken);
    if (spool_open(&order, &spool, &found, &error) != OK)
        abort();
    fake_key = key;
    if (fake_unit_done(spool, broken, 0, &error) != OK || fake_tables(spool, true, &error) != OK ||
        spool_publish(spool, &error) != OK)
        abort();
    fake_key = NULL;
}

/* Rows made under another key, or none, are not those of this spool. */
static bool rows_refused(const uint8_t *key, const uint8_t *of_rows)
{
    struct digest id = fake_id(1);
    struct spool_order order = {broken, &id, false, false, key};
    struct spool *spool;
    enum spool_found found;
    fake_remove(broken);
    if (spool_open(&order, &spool, &found, &error) != OK)
        abort();
    fake_key = of_rows;
    if (fake_unit_done(spool, broken, 0, &error) != OK)
        abort();
    fake_key = NULL;
    bool refused = fake_tables(spool, true, &error) == STOP && message_exit(error.message) == 6;
    spool_abandon(spool);
    return refused;
}

static void keyed(void **state)
{
    (void)state;
    uint8_t key[DIGEST_KEY_BYTES], other[DIGEST_KEY_BYTES];
    char command[2000];
    struct keyed seen;
    memset(key, 0x5A, sizeof key);
    memcpy(other, key, sizeof other);
    other[31] ^= 1;
    run_keyed(key);
    read_macs(key, &seen);
    row_check(1, seen.macs == 1 && seen.right == 1);
    read_macs(other, &seen);
    row_check(2, seen.macs == 1 && seen.right == 0);
    snprintf(
        command, sizeof command,
        "cd '%s' && [ \"$(tail -n 2 ledger | cut -d' ' -f2 | tr '\\n' ' ')\" = 'seal mac ' ] &&"
        " before=$(tail -n 2 ledger | head -n 1 | sha256sum | cut -c1-64) &&"
        " bytes=$(printf %%s \"$before\" | sed 's/../\\\\x&/g') &&"
        " key=$(printf '5a%%.0s' $(seq 32)) &&"
        " mac=$({ printf '\\021\\0\\0\\0oshirase ledger 1';"
        "   /usr/bin/printf \"$bytes\"; } |"
        "   openssl dgst -sha256 -mac HMAC -macopt hexkey:$key | sed 's/.* //') &&"
        " grep -q \" mac=$mac prev=$before \" ledger",
        broken);
    row_check(3, shell(command));
    run_keyed(NULL);
    read_macs(key, &seen);
    row_check(4, seen.macs == 0);
    row_check(5, rows_refused(key, other) && rows_refused(key, NULL) && rows_refused(NULL, key));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading), cmocka_unit_test(invariant_4), cmocka_unit_test(each_bit),
        cmocka_unit_test(torn),    cmocka_unit_test(appending),   cmocka_unit_test(other_order),
        cmocka_unit_test(keyed),
    };
    fake_open_home();
    snprintf(out, sizeof out, "%s/out", fake_home);
    snprintf(good, sizeof good, "%s/good", fake_home);
    snprintf(broken, sizeof broken, "%s/broken", fake_home);
    if (run(good, false, 0) != 0 || run(out, false, 3) != 5)
        return 1;
    int result = check_run(tests);
    fake_remove(fake_home);
    return result;
}
