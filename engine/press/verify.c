#include "press/verify_inside.h"

#include "base/memory.h"

#include <stdlib.h>

/* -- problems -- */

static void tell(struct verify *verify, const struct error *error)
{
    verify->totals->problems++;
    if (verify->totals->problems <= VERIFY_TOLD && verify->order->found)
        verify->order->found(verify->order->context, error);
}

static void put_file(struct error *error, struct text file)
{
    char name[LIMIT_NAME];
    uint32_t length = file.length < sizeof name ? file.length : (uint32_t)sizeof name - 1;

    if (length > 0)
        memcpy(name, file.bytes, length);
    memcpy(error->file, name, length);
    error->file[length] = '\0'; /* with its sub-folder: two routes have lots of one name */
}

void verify_tell(struct verify *verify, enum message message, struct text file, uint64_t have,
                 uint64_t want)
{
    struct error error = {0};

    (void)error_set(&error, message);
    put_file(&error, file);
    error.have = (int64_t)have;
    error.want = (int64_t)want;
    tell(verify, &error);
}

void verify_tell_error(struct verify *verify, struct text file, const struct error *error)
{
    struct error copy = *error;

    if (!*copy.file)
        put_file(&copy, file);
    tell(verify, &copy);
}

/* -- small stores -- */

struct verify_lot *verify_lot(struct verify *verify, struct text name)
{
    for (uint32_t i = verify->lot_count; i-- > 0;)
        if (text_equal(verify->lots[i].name, name))
            return &verify->lots[i];
    return NULL;
}

enum status verify_lot_add(struct verify *verify, struct text name, struct verify_lot **out,
                           struct error *error)
{
    if (verify->lot_count == verify->lot_room) {
        uint32_t room = verify->lot_room ? verify->lot_room * 2 : 64;
        struct verify_lot *lots =
            memory_resize(verify->lots, verify->lot_room * sizeof *lots, room * sizeof *lots);

        if (!lots)
            return error_set(error, MSG_NO_MEMORY);
        verify->lots = lots;
        verify->lot_room = room;
    }
    *out = &verify->lots[verify->lot_count++];
    **out = (struct verify_lot){.name = arena_text(&verify->arena, name)};
    return (*out)->name.bytes ? OK : error_set(error, MSG_NO_MEMORY);
}

enum status verify_key_add(struct verify_keys *keys, uint64_t hash, uint64_t sequence,
                           struct error *error)
{
    if (keys->count == keys->room) {
        uint64_t room = keys->room ? keys->room * 2 : 1024;
        struct verify_key *list =
            memory_resize(keys->list, keys->room * sizeof *list, room * sizeof *list);

        if (!list)
            return error_set(error, MSG_NO_MEMORY);
        keys->list = list;
        keys->room = room;
    }
    keys->list[keys->count++] = (struct verify_key){hash, sequence};
    return OK;
}

static int by_hash(const void *a, const void *b)
{
    const struct verify_key *left = a, *right = b;

    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    return left->sequence < right->sequence ? -1 : left->sequence > right->sequence;
}

void verify_keys_once(struct verify *verify, struct verify_keys *keys, enum message message)
{
    if (keys->count > 1)
        qsort(keys->list, keys->count, sizeof *keys->list, by_hash);
    for (uint64_t i = 1; i < keys->count; i++)
        if (keys->list[i].hash == keys->list[i - 1].hash)
            verify_tell(verify, message, TEXT(SPOOL_MANIFEST), 0, keys->list[i].sequence);
}

/* -- the summary -- */

struct summary {
    char bytes[512];
    uint32_t size;
};

static void add(struct summary *summary, const char *words)
{
    size_t size = strlen(words);

    if (size > sizeof summary->bytes - summary->size)
        return;
    memcpy(summary->bytes + summary->size, words, size);
    summary->size += (uint32_t)size;
}

static void add_count(struct summary *summary, uint64_t count, const char *words)
{
    char digits[TEXT_NUMBER + 1] = {0}, room[TEXT_NUMBER];
    struct text number = text_number(count, room);

    memcpy(digits, number.bytes, number.length);
    add(summary, digits);
    add(summary, words);
}

static enum status say_summary(const struct verify *verify, const struct sink *words,
                               struct error *error)
{
    const struct verify_totals *totals = verify->totals;
    struct summary summary = {.size = 0};

    add_count(&summary, totals->letters, " letters, ");
    add_count(&summary, totals->pieces, " pieces, ");
    add_count(&summary, totals->sheets, " sheets in ");
    add_count(&summary, totals->lots, " lots");
    if (totals->slips > 0) {
        add(&summary, ", ");
        add_count(&summary, totals->slips, " slips");
    }
    add(&summary, totals->digests > 0 || totals->letters == 0 ? ": as printed"
                                                              : ": sheet digests not compared");
    if (verify->order->press) {
        add(&summary, "; ");
        add_count(&summary, totals->people, " records on their own sheets");
    }
    if (verify->pulled.letters > 0) {
        add(&summary, "; pulled ");
        add_count(&summary, verify->pulled.letters, " letters, ");
        add_count(&summary, verify->pulled.pieces, " pieces, ");
        add_count(&summary, verify->pulled.sheets, " sheets: ");
        add_count(&summary, totals->letters - verify->pulled.letters, ", ");
        add_count(&summary, totals->pieces - verify->pulled.pieces, ", ");
        add_count(&summary, totals->sheets - verify->pulled.sheets, " to be sent");
    }
    add(&summary, "\n");
    return sink_write(words, summary.bytes, summary.size, error);
}

/* -- all -- */

/* Keyed digests that no key is at hand for differ all alike: then they say nothing, neither good nor bad. */
static void tell_differing(struct verify *verify)
{
    bool keyed = verify->keyed == KEYED_YES ||
                 (verify->keyed == KEYED_UNKNOWN && verify->totals->digests == 0);
    struct error error = {0};

    if (verify->differing_count == 0)
        return;
    if (!verify->order->press && keyed) {
        (void)error_set(&error, MSG_VERIFY_NEEDS_JOB);
        if (verify->order->found)
            verify->order->found(verify->order->context, &error);
        return;
    }
    for (uint64_t i = 0; i < verify->differing_count && i < VERIFY_TOLD; i++)
        tell(verify, &verify->differing[i]);
    if (verify->differing_count > VERIFY_TOLD)
        verify->totals->problems += verify->differing_count - VERIFY_TOLD;
}

static enum status check_all(struct verify *verify, struct error *error)
{
    if (verify_report_open(verify, error) != OK || verify_ledger(verify, error) != OK)
        return STOP;
    if (!verify->order->protected_place && !verify->reprint && verify_records(verify, error) != OK)
        return STOP;
    if (verify_letters(verify, error) != OK || verify_files(verify, error) != OK)
        return STOP;
    tell_differing(verify);
    if (!verify->order->protected_place)
        verify_report(verify);
    return OK;
}

static void verify_close(struct verify *verify)
{
    digester_free(verify->plain);
    memory_free(verify->lots, verify->lot_room * sizeof *verify->lots);
    memory_free(verify->people, verify->people_room * sizeof *verify->people);
    memory_free(verify->ids.list, verify->ids.room * sizeof *verify->ids.list);
    memory_free(verify->tracks.list, verify->tracks.room * sizeof *verify->tracks.list);
    buffer_free(&verify->words);
    buffer_free(&verify->wanted);
    buffer_free(&verify->bars);
    buffer_free(&verify->masks.bits);
    arena_close(&verify->arena);
    memory_free(verify, sizeof *verify);
}

enum status press_verify(const struct verify_order *order, const struct sink *words,
                         struct verify_totals *totals, struct error *error)
{
    struct verify *verify = memory_new(sizeof *verify);
    enum status status;

    *totals = (struct verify_totals){0};
    if (!verify)
        return error_set(error, MSG_NO_MEMORY);
    verify->order = order;
    verify->totals = totals;
    arena_open(&verify->arena, LIMIT_JOB_ARENA);
    status = digester_new(&verify->plain, error);
    verify->sheets = order->press ? order->press->digester : verify->plain;
    if (status == OK)
        status = check_all(verify, error);
    if (status == OK && totals->problems == 0)
        status = say_summary(verify, words, error);
    if (status == OK && totals->problems > 0) {
        status = error_set(error, MSG_VERIFY_FAILED);
        error->have = (int64_t)totals->problems;
    }
    verify_close(verify);
    return status;
}
