#include "press/pieces.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "plan/arrange.h"

#include <stdlib.h>

/* -- keys -- */

/* Width folded, without any blanks: what people write differently and mean the same. */
static void mix(struct piece_key *key, struct text value)
{
    char folded[1024];
    size_t size = 0;
    const char *at = value.bytes, *end = at + value.length;
    while (value.length && at < end) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (point != UTF8_BAD && point != ' ' && point != 0x3000)
            size += utf8_put(folded + size, point);
        if (size < sizeof folded - 4 && at < end)
            continue;
        uint64_t hash = hash64(folded, size);
        key->hash[0] = (key->hash[0] ^ hash) * 0x9E3779B97F4A7C15u + 1;
        key->hash[1] = (key->hash[1] + hash) * 0xC2B2AE3D27D4EB4Fu ^ hash >> 29;
        size = 0;
    }
    key->hash[0] = key->hash[0] * 31 + 7; /* where a field ends */
    key->hash[1] = key->hash[1] * 37 + 11;
}

static struct text value_of(const struct press *press, unsigned column)
{
    return utf8_trim(record_value(intake_header(press->intake), &press->record, column));
}

static void mix_columns(const struct press *press, struct piece_key *key, const uint8_t *columns,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        mix(key, value_of(press, columns[i]));
}

/* Where the envelope goes. */
static void mix_way(const struct press *press, uint32_t route, struct piece_key *key)
{
    static const uint8_t home[] = {COLUMN_POSTCODE,   COLUMN_ADDRESS_A,        COLUMN_ADDRESS_B,
                                   COLUMN_ADDRESS,    COLUMN_ADDRESS_EXTRA,    COLUMN_TO_POSTCODE,
                                   COLUMN_TO_ADDRESS, COLUMN_TO_ADDRESS_EXTRA, COLUMN_TO_NAME};
    static const uint8_t employer[] = {COLUMN_EMPLOYER_NO, COLUMN_EMPLOYER};
    char number = (char)('0' + route % PLAN_ROUTES);
    mix(key, (struct text){&number, 1});
    if (route_delivery(route) == DELIVERY_HOME)
        mix_columns(press, key, home, sizeof home);
    else if (route_delivery(route) == DELIVERY_EMPLOYER)
        mix_columns(press, key, employer, sizeof employer);
}

static bool mix_household(const struct press *press, struct piece_key *key)
{
    static const uint8_t insured[] = {COLUMN_SYMBOL, COLUMN_NUMBER};
    bool by_number = intake_header(press->intake)->index[COLUMN_HOUSEHOLD] >= 0;
    struct text own = value_of(press, by_number ? COLUMN_HOUSEHOLD : COLUMN_NUMBER);
    if (own.length == 0)
        return false;
    if (by_number)
        mix(key, own);
    else
        mix_columns(press, key, insured, sizeof insured);
    return true;
}

void piece_key(const struct press *press, uint32_t route, struct piece_key *out)
{
    static const uint8_t insured[] = {COLUMN_SYMBOL, COLUMN_NUMBER};
    bool shares = false;
    *out = (struct piece_key){{0, 0}};
    if (press->job.piece.by == PIECE_HOUSEHOLD) {
        shares = mix_household(press, out);
    } else if (press->job.piece.by == PIECE_INSURED) {
        shares = value_of(press, COLUMN_NUMBER).length > 0;
        mix_columns(press, out, insured, sizeof insured);
    }
    if (shares)
        mix_way(press, route, out);
    else
        *out = (struct piece_key){{0, 0}};
    out->hash[0] |= shares;
}

/* Order household, each letter in an envelope of its own. */
static uint64_t household_key(const struct press *press, uint32_t route)
{
    struct piece_key key = {{route, 0}};
    return mix_household(press, &key) ? key.hash[0] | 1 : 0;
}

/* -- once through the file: its letters -- */

struct arranging {
    struct press *press;
    struct plan *plan;
    struct employers *employers;
    enum status (*take)(struct arranging *arranging, uint64_t index, struct error *error);
    uint32_t *counts; /* of one route: pieces by prefix of five, three and two digits */
};

static enum status each_letter(struct arranging *arranging, struct error *error)
{
    struct press *press = arranging->press;
    bool end = false;
    intake_rewind(press->intake);
    for (uint64_t i = 0; i < plan_count(arranging->plan); i++) {
        if (intake_next(press->intake, &press->record, &end, error) == STOP)
            return STOP;
        if (end)
            return error_set(error, MSG_INPUT_CHANGED);
        if (plan_is_letter(arranging->plan, i) && arranging->take(arranging, i, error) != OK)
            return STOP;
    }
    return OK;
}

static enum status take_piece(struct arranging *arranging, uint64_t index, struct error *error)
{
    struct press *press = arranging->press;
    const struct plan_entry *entry = plan_at(arranging->plan, index);
    bool self = utf8_equal_folded(value_of(press, COLUMN_KIND), TEXT("本人"));
    bool household = press->forms[entry->form].wording.household;
    struct piece_key key;
    (void)error;
    piece_key(press, entry->route, &key);
    if (press->job.output.order == ORDER_HOUSEHOLD && press->job.piece.by == PIECE_PERSON)
        key.hash[0] = household_key(press, entry->route);
    plan_letter_key(arranging->plan, index, key.hash[0], !self && !household);
    return OK;
}

/* -- numbers of a column -- */

static enum status take_number(struct arranging *arranging, uint64_t index, struct error *error)
{
    const struct plan_entry *entry = plan_at(arranging->plan, index);
    tracking number;
    uint64_t key = 0;
    if (route_is_tracked(entry->route)) {
        if (tracking_read(value_of(arranging->press, COLUMN_TRACKING), &number, error) != OK)
            return error_set(error, MSG_INPUT_CHANGED);
        key = number * 0x9E3779B1u + 1; /* spread, and different numbers stay different */
    }
    plan_letter_key(arranging->plan, index, key, false);
    return OK;
}

enum status pieces_hold_doubles(struct press *press, struct plan *plan, struct error *error)
{
    struct arranging arranging = {.press = press, .plan = plan, .take = take_number};
    if (!press->mail->number_column)
        return OK;
    plan_letters_begin(plan);
    enum status status = each_letter(&arranging, error);
    if (status == OK)
        status = plan_letters_once(plan, MSG_TRACKING_DOUBLE, COLUMN_TRACKING + 1, error);
    plan_letters_end(plan);
    return status;
}

/* -- order postcode. Rank: mixed 1 bit, first two digits 7, region 1, third digit 4, five-digit prefix 1, rest 14 -- */

#define COUNT_FIVE 0u
#define COUNT_THREE 100000u
#define COUNT_TWO 101000u
#define COUNTS 101101u /* 100: no postcode */

enum { RANK_REGION_BIT = 1 << 19, RANK_FIVE_BIT = 1 << 14, RANK_MIXED_BIT = 1 << 27 };

static bool has_five(const struct press *press, uint32_t postcode)
{
    uint32_t count = 0;
    if (press->job.mail.bundle_prefix != PREFIX_AUTO)
        return press->job.mail.bundle_prefix == PREFIX_5;
    if (!press->mail->has_postcodes)
        return false;
    const struct postcode_row *rows = postcodes_find(&press->mail->postcodes, postcode, &count);
    return count && !rows->three;
}

/* The address that the letter goes to, as letter_source decides: any of a 送付先 is all of it. */
static struct text addressed_postcode(const struct press *press)
{
    bool elsewhere =
        value_of(press, COLUMN_TO_POSTCODE).length || value_of(press, COLUMN_TO_ADDRESS).length ||
        value_of(press, COLUMN_TO_ADDRESS_EXTRA).length || value_of(press, COLUMN_TO_NAME).length;
    return value_of(press, elsewhere ? COLUMN_TO_POSTCODE : COLUMN_POSTCODE);
}

static enum status take_postcode(struct arranging *arranging, uint64_t index, struct error *error)
{
    bool home = route_delivery(plan_at(arranging->plan, index)->route) == DELIVERY_HOME;
    (void)error;
    plan_letter_rank(arranging->plan, index,
                     home ? mail_postcode(addressed_postcode(arranging->press)) : 0);
    return OK;
}

static uint32_t own_count(const struct press *press, uint32_t postcode)
{
    return has_five(press, postcode) ? COUNT_FIVE + postcode / 100 : COUNT_THREE + postcode / 10000;
}

static void count_route(struct arranging *arranging, uint8_t route)
{
    struct plan *plan = arranging->plan;
    memset(arranging->counts, 0, COUNTS * sizeof *arranging->counts);
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        if (!plan_is_letter(plan, i) || plan_at(plan, i)->route != route ||
            (arranging->press->job.piece.by != PIECE_PERSON && plan_letter_first(plan, i) != i))
            continue;
        uint32_t postcode = plan_letter_ranked(plan, i);
        if (postcode != POSTCODE_NONE)
            arranging->counts[own_count(arranging->press, postcode)]++;
    }
    uint32_t least = arranging->press->job.mail.bundle_least;
    for (uint32_t at = 0; at < COUNT_TWO; at++) {
        uint32_t region = at < COUNT_THREE ? at / 1000 : (at - COUNT_THREE) / 10;
        if (arranging->counts[at] < least)
            arranging->counts[COUNT_TWO + region] += arranging->counts[at];
    }
}

static uint32_t rank_of(const struct arranging *arranging, uint32_t postcode)
{
    const struct press *press = arranging->press;
    uint32_t least = press->job.mail.bundle_least, two = postcode / 100000;
    uint32_t rank = two << 20 | postcode / 10000 % 10 << 15 | postcode % 10000;
    if (postcode == POSTCODE_NONE)
        return RANK_MIXED_BIT | 100u << 20;
    if (arranging->counts[own_count(press, postcode)] >= least)
        return rank | (has_five(press, postcode) ? (uint32_t)RANK_FIVE_BIT : 0);
    if (arranging->counts[COUNT_TWO + two] >= least)
        return rank | RANK_REGION_BIT;
    return rank | RANK_MIXED_BIT;
}

static uint32_t bundle_of(void *context, uint32_t route, uint32_t rank)
{
    uint32_t two = rank >> 20 & 127, three = two * 10 + (rank >> 15 & 15);
    (void)context;
    if (route_delivery(route) != DELIVERY_HOME)
        return 0;
    if (rank & RANK_MIXED_BIT)
        return BUNDLE_MIXED * 100000u;
    if (rank & RANK_REGION_BIT)
        return BUNDLE_REGION * 100000u + two;
    if (rank & RANK_FIVE_BIT)
        return BUNDLE_FIVE * 100000u + three * 100 + (rank & 0x3FFF) / 100;
    return BUNDLE_THREE * 100000u + three;
}

static enum status rank_postcodes(struct arranging *arranging, struct error *error)
{
    struct plan *plan = arranging->plan;
    bool used[PLAN_ROUTES] = {false};
    arranging->take = take_postcode;
    if (each_letter(arranging, error) != OK)
        return STOP;
    arranging->counts = memory_new(COUNTS * sizeof *arranging->counts);
    if (!arranging->counts)
        return error_set(error, MSG_NO_MEMORY);
    for (uint64_t i = 0; i < plan_count(plan); i++)
        if (plan_is_letter(plan, i))
            used[plan_at(plan, i)->route % PLAN_ROUTES] = true;
    for (uint32_t route = 0; route < PLAN_ROUTES; route++) {
        if (!used[route] || route_delivery(route) != DELIVERY_HOME)
            continue;
        count_route(arranging, (uint8_t)route);
        for (uint64_t i = 0; i < plan_count(plan); i++)
            if (plan_is_letter(plan, i) && plan_at(plan, i)->route == route)
                plan_letter_rank(plan, i, rank_of(arranging, plan_letter_ranked(plan, i)));
    }
    memory_free(arranging->counts, COUNTS * sizeof *arranging->counts);
    return OK;
}

/* -- order employer -- */

struct employer {
    uint64_t place, hash; /* what it is sorted by, first first */
    uint32_t rank;
};

struct employers {
    struct employer *list;
    uint32_t count, room;
    uint32_t *table;     /* number in the list plus 1; 0 = free */
    uint32_t table_size; /* a power of two */
};

/* The number's first twelve digits and letters in the order of their codes: most numbers differ there. */
static uint64_t place_of(struct text number)
{
    const char *at = number.bytes, *end = at + number.length;
    uint64_t place = 0;
    for (int i = 0; i < 12; i++) {
        uint32_t point = number.length && at < end ? utf8_fold_width(utf8_next(&at, end)) : 0;
        uint64_t digit = point == 0                     ? 0
                         : point >= '0' && point <= '9' ? point - '0' + 2
                         : point >= 'A' && point <= 'Z' ? point - 'A' + 12
                         : point >= 'a' && point <= 'z' ? point - 'a' + 12
                         : point < '0'                  ? 1
                                                        : 38;
        place = place * 39 + digit;
    }
    return place;
}

static enum status grow_employers(struct employers *all, struct error *error)
{
    uint32_t room = all->room ? 2 * all->room : 512;
    struct employer *list = memory_resize(all->list, all->room * sizeof *list, room * sizeof *list);
    if (!list)
        return error_set(error, MSG_NO_MEMORY);
    all->list = list;
    all->room = room;
    uint32_t *table = memory_new(2 * (size_t)room * sizeof *table);
    if (!table)
        return error_set(error, MSG_NO_MEMORY);
    memory_free(all->table, all->table_size * sizeof *table);
    all->table = table;
    all->table_size = 2 * room;
    for (uint32_t i = 0; i < all->count; i++) {
        uint32_t at = (uint32_t)all->list[i].hash & (all->table_size - 1);
        while (table[at])
            at = (at + 1) & (all->table_size - 1);
        table[at] = i + 1;
    }
    return OK;
}

/* Number of the employer in the list. */
static enum status find_employer(struct employers *all, struct text number, uint32_t *out,
                                 struct error *error)
{
    struct piece_key key = {{0, 0}};
    mix(&key, number);
    if (all->count == all->room && grow_employers(all, error) != OK)
        return STOP;
    uint32_t at = (uint32_t)key.hash[0] & (all->table_size - 1);
    for (; all->table[at]; at = (at + 1) & (all->table_size - 1)) {
        *out = all->table[at] - 1;
        if (all->list[*out].hash == key.hash[0])
            return OK;
    }
    *out = all->count++;
    all->table[at] = *out + 1;
    all->list[*out] = (struct employer){place_of(number), key.hash[0], *out};
    return OK;
}

static enum status take_employer(struct arranging *arranging, uint64_t index, struct error *error)
{
    struct text number = value_of(arranging->press, COLUMN_EMPLOYER_NO);
    bool mine = route_delivery(plan_at(arranging->plan, index)->route) == DELIVERY_EMPLOYER;
    uint32_t found = 0;
    if (mine && number.length) {
        if (find_employer(arranging->employers, number, &found, error) != OK)
            return STOP;
        found++;
    }
    plan_letter_rank(arranging->plan, index, found);
    return OK;
}

static int by_place(const void *a, const void *b)
{
    const struct employer *left = a, *right = b;
    if (left->place != right->place)
        return left->place < right->place ? -1 : 1;
    return left->hash < right->hash ? -1 : left->hash > right->hash;
}

static uint32_t employer_of(void *context, uint32_t route, uint32_t rank)
{
    const struct arranging *arranging = context;
    bool mine = route_delivery(route) == DELIVERY_EMPLOYER && rank > 0;
    return mine && rank <= arranging->employers->count ? rank : 0;
}

/* By the order of their numbers; those without one behind all. */
static enum status rank_employers(struct arranging *arranging, struct error *error)
{
    struct employers *all = arranging->employers;
    struct plan *plan = arranging->plan;
    arranging->take = take_employer;
    if (each_letter(arranging, error) != OK)
        return STOP;
    uint32_t *ranks = memory_new(((size_t)all->count + 1) * sizeof *ranks);
    if (!ranks)
        return error_set(error, MSG_NO_MEMORY);
    if (all->count > 1)
        qsort(all->list, all->count, sizeof *all->list, by_place);
    for (uint32_t i = 0; i < all->count; i++)
        ranks[all->list[i].rank + 1] = i + 1;
    ranks[0] = all->count + 1;
    for (uint64_t i = 0; i < plan_count(plan); i++)
        if (plan_is_letter(plan, i))
            plan_letter_rank(plan, i, ranks[plan_letter_ranked(plan, i)]);
    memory_free(ranks, ((size_t)all->count + 1) * sizeof *ranks);
    return OK;
}

/* -- the schedule -- */

static uint32_t sheets_of(void *context, struct plan *plan, uint64_t index)
{
    const struct arranging *arranging = context;
    const uint32_t *later;
    return form_sheets(&arranging->press->forms[plan_at(plan, index)->form].form,
                       plan_members(plan, index, &later));
}

static uint32_t cover_of(void *context, struct plan *plan, uint64_t index)
{
    const struct arranging *arranging = context;
    const struct plan_entry *entry = plan_at(plan, index);
    return entry->outcome == PLAN_PRINTED &&
           mail_has_cover(arranging->press, entry->form, entry->route);
}

static uint32_t one_slip(void *context, uint32_t route, uint32_t pieces)
{
    (void)context;
    (void)route;
    (void)pieces;
    return 1;
}

static uint32_t employer_slips(void *context, uint32_t route, uint32_t pieces)
{
    const struct arranging *arranging = context;
    uint32_t rows = slip_rows(&arranging->press->mail->slips[SLIP_KIND_EMPLOYER]->form);
    (void)route;
    return rows ? (pieces + rows - 1) / rows : 1;
}

static bool is_arranged(const struct job *job)
{
    return job->piece.by != PIECE_PERSON || job->output.order != ORDER_INPUT;
}

static bool has_pieces(const struct job *job)
{
    return job->piece.by != PIECE_PERSON || job->output.order == ORDER_HOUSEHOLD;
}

static enum status arrange(struct arranging *arranging, struct error *error)
{
    const struct job *job = &arranging->press->job;
    enum status status = OK;
    plan_letters_begin(arranging->plan);
    if (has_pieces(job)) {
        arranging->take = take_piece;
        status = each_letter(arranging, error);
        if (status == OK)
            status = plan_letters_link(arranging->plan, error);
    }
    if (status == OK && job->output.order == ORDER_POSTCODE)
        status = rank_postcodes(arranging, error);
    if (status == OK && job->output.order == ORDER_EMPLOYER)
        status = rank_employers(arranging, error);
    if (status == OK && job->output.order == ORDER_EMPLOYER && !arranging->press->gather)
        status = intake_open(job, arranging->press->input_path, &arranging->press->arena,
                             &arranging->press->gather, error); /* for the covers */
    return status;
}

static void put_groups(const struct job *job, struct schedule_order *order)
{
    if (job->output.order == ORDER_POSTCODE && job->mail.bundle_least) {
        order->group = bundle_of;
        order->slips = one_slip;
    } else if (job->output.order == ORDER_EMPLOYER) {
        order->group = employer_of;
        order->slips = employer_slips;
    }
}

static enum status make(struct arranging *arranging, struct schedule *out, struct error *error)
{
    struct press *press = arranging->press;
    const struct job *job = &press->job;
    struct schedule_order order = {.first_route = route_default(press),
                                   .lot_letters = job->output.lot_letters,
                                   .sheets = sheets_of,
                                   .cover = press->mail->carrier ? cover_of : NULL,
                                   .context = arranging,
                                   .arranged = is_arranged(job),
                                   .share_pieces = job->piece.by != PIECE_PERSON,
                                   .piece_sheets = job->piece.max_sheets,
                                   .lot_sheets = job->output.lot_max,
                                   .lot_by_group = job->output.lot_by == LOT_EMPLOYER,
                                   .lot_cover = job->output.lot_cover};
    if (job->output.lot_by == LOT_LETTERS)
        order.lot_sheets = 0;
    put_groups(job, &order);
    enum status status = order.arranged ? arrange(arranging, error) : OK;
    if (status == OK)
        status = schedule_make(arranging->plan, &order, out, error);
    if (status == OK && job->output.marks != MARKS_NONE &&
        out->printed.letters + out->hidden.letters > MARK_SEQUENCES)
        status = error_set(error, MSG_MARKS_MANY);
    return status;
}

enum status press_schedule(struct press *press, struct plan *plan, struct schedule *out,
                           struct error *error)
{
    struct employers employers = {0};
    struct arranging arranging = {.press = press, .plan = plan, .employers = &employers};
    enum status status = make(&arranging, out, error);
    memory_free(employers.list, employers.room * sizeof *employers.list);
    memory_free(employers.table, employers.table_size * sizeof *employers.table);
    return status;
}
