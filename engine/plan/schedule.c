#include "plan/schedule.h"

#include "base/memory.h"
#include "plan/arrange.h"

#define ROUTES (PLAN_ROUTES + 1u) /* the last one: protected */

struct making {
    struct plan *plan;
    const struct schedule_order *how;
    struct schedule *out;
    uint64_t start[ROUTES]; /* by place in printing order: where the route's next letter goes */
    uint32_t group;         /* number of the last one */
};

static bool is_letter(struct plan *plan, uint64_t index)
{
    const struct plan_entry *entry = plan_at(plan, index);
    return (entry->outcome == PLAN_PRINTED || entry->outcome == PLAN_PROTECTED) &&
           !plan_follows(plan, index);
}

/* The job's own route first, then the others by number, protected letters last. */
static uint32_t place_of_route(uint32_t route, uint32_t first)
{
    if (route == first)
        return 0;
    return route < first ? route + 1 : route;
}

static uint32_t route_at_place(uint32_t place, uint32_t first)
{
    if (place == 0)
        return first;
    return place <= first ? place - 1 : place;
}

static uint32_t route_of(struct plan *plan, uint64_t index)
{
    const struct plan_entry *entry = plan_at(plan, index);
    return entry->outcome == PLAN_PROTECTED ? SCHEDULE_PROTECTED : entry->route % PLAN_ROUTES;
}

static void count_letters(struct making *making)
{
    uint64_t counts[ROUTES] = {0}, at = 0;
    for (uint64_t i = 0; i < plan_count(making->plan); i++)
        if (is_letter(making->plan, i))
            counts[place_of_route(route_of(making->plan, i), making->how->first_route)]++;
    for (uint32_t place = 0; place < ROUTES; place++) {
        making->start[place] = at;
        at += counts[place];
    }
    making->out->letters = at;
}

/* In the order of the file within a route, each letter a piece of its own. */
static void fill_order(struct making *making)
{
    for (uint64_t i = 0; i < plan_count(making->plan); i++) {
        if (!is_letter(making->plan, i))
            continue;
        uint64_t *at =
            &making->start[place_of_route(route_of(making->plan, i), making->how->first_route)];
        making->out->order[(*at)++] = (uint32_t)i | SCHEDULE_PIECE;
    }
}

/* Do all letters but the protected stand in the order of the file? They are the first `end` of them. */
static bool is_by_input(const struct schedule *schedule, uint64_t end)
{
    for (uint64_t at = 1; at < end; at++)
        if (schedule_at(schedule, at) < schedule_at(schedule, at - 1))
            return false;
    return true;
}

/* -- as arranged -- */

static struct schedule_part *add_part(struct schedule *schedule, struct error *error)
{
    if (schedule->part_count == schedule->part_room) {
        uint32_t room = schedule->part_room ? 2 * schedule->part_room : 64;
        struct schedule_part *parts = memory_resize(
            schedule->parts, schedule->part_room * sizeof *parts, room * sizeof *parts);
        if (!parts) {
            (void)error_set(error, MSG_NO_MEMORY);
            return NULL;
        }
        schedule->parts = parts;
        schedule->part_room = room;
    }
    struct schedule_part *part = &schedule->parts[schedule->part_count++];
    *part = (struct schedule_part){0};
    return part;
}

/* While the ranks are still there: where groups begin. Lots cut them into parts later. */
static enum status note_groups(struct making *making, uint32_t route, uint64_t first, uint64_t end,
                               struct error *error)
{
    const struct schedule_order *how = making->how;
    uint32_t last = 0;
    for (uint64_t at = first; how->group && at < end; at++) {
        uint64_t index = schedule_at(making->out, at);
        uint32_t key = how->group(how->context, route, plan_letter_ranked(making->plan, index));
        if (at > first && key == last)
            continue;
        last = key;
        struct schedule_part *part = add_part(making->out, error);
        if (!part)
            return STOP;
        part->first = at;
        part->key = key;
    }
    return OK;
}

static enum status sort_route(struct making *making, uint32_t place, uint64_t first,
                              struct error *error)
{
    struct plan *plan = making->plan;
    uint32_t *order = making->out->order, *indexes;
    uint32_t route = route_at_place(place, making->how->first_route);
    uint64_t size, head = UINT64_MAX;
    if (plan_letters_sort(plan, (uint8_t)route, &indexes, &size, error) != OK)
        return STOP;
    for (uint64_t i = 0; i < size; i++) {
        bool same = making->how->share_pieces && plan_letter_first(plan, indexes[i]) == head;
        order[first + i] = indexes[i] | (same ? 0 : SCHEDULE_PIECE);
        head = plan_letter_first(plan, indexes[i]);
    }
    memory_free(indexes, size * sizeof *indexes);
    return note_groups(making, route, first, first + size, error);
}

static enum status sort_routes(struct making *making, struct error *error)
{
    enum status status = OK;
    uint64_t first = 0;
    for (uint32_t place = 0; status == OK && place < ROUTES; place++) {
        uint64_t end = making->start[place];
        if (end > first && route_at_place(place, making->how->first_route) != SCHEDULE_PROTECTED)
            status = sort_route(making, place, first, error);
        first = end;
    }
    plan_letters_end(making->plan);
    return status;
}

/* -- lots -- */

static struct schedule_lot *add_lot(struct schedule *schedule, struct error *error)
{
    if (schedule->lot_count == schedule->lot_room) {
        uint32_t room = schedule->lot_room ? 2 * schedule->lot_room : 16;
        struct schedule_lot *lots =
            memory_resize(schedule->lots, schedule->lot_room * sizeof *lots, room * sizeof *lots);
        if (!lots) {
            (void)error_set(error, MSG_NO_MEMORY);
            return NULL;
        }
        schedule->lots = lots;
        schedule->lot_room = room;
    }
    return &schedule->lots[schedule->lot_count++];
}

static uint32_t sheets_at(const struct making *making, uint64_t position)
{
    return making->how->sheets(making->how->context, making->plan,
                               schedule_at(making->out, position));
}

static uint32_t cover_at(const struct making *making, uint64_t position)
{
    const struct schedule_order *how = making->how;
    return how->cover ? how->cover(how->context, making->plan, schedule_at(making->out, position))
                      : 0;
}

/* The end of the piece that begins at `at`; one that would have too many sheets ends before its time, and what is left
 * of it is a further piece. */
static uint64_t piece_end(const struct making *making, uint64_t at, uint64_t end, uint64_t *sheets)
{
    struct schedule *schedule = making->out;
    uint32_t most = making->how->piece_sheets;
    *sheets = sheets_at(making, at) + cover_at(making, at);
    for (at++; at < end && !schedule_starts_piece(schedule, at); at++) {
        uint32_t more = sheets_at(making, at);
        if (most && *sheets + more > most) {
            schedule->order[at] |= SCHEDULE_PIECE;
            break;
        }
        *sheets += more;
    }
    return at;
}

static void count_letter(struct making *making, struct schedule_lot *lot,
                         struct schedule_totals *totals, uint64_t position)
{
    uint64_t index = schedule_at(making->out, position);
    const uint32_t *later;
    uint32_t sheets = sheets_at(making, position);
    uint32_t people = plan_members(making->plan, index, &later);
    bool piece = schedule_starts_piece(making->out, position);
    people = people ? people : 1;
    lot->letters++;
    lot->people += people;
    lot->sheets += sheets;
    lot->pieces += piece;
    totals->letters++;
    totals->sheets += sheets;
    totals->pieces += piece;
    totals->people += people;
    plan_put_sequence(making->plan, index, totals->letters);
}

/* One route on its way into lots. Groups: those that note_groups found, in their order. */
struct cutting {
    struct making *making;
    uint32_t route;
    struct schedule_totals *totals;
    struct schedule_lot *lot; /* NULL: none yet */
    uint32_t number;
    const struct schedule_part *found; /* the group in hand, and those behind it */
    uint32_t found_left;
    struct schedule_part *part; /* of the lot in hand; NULL: of no group */
    uint32_t parts;             /* of the group in hand */
};

/* Slips that come with one more piece: those of the part in hand, or of the group that begins with it. */
static uint32_t due_slips(const struct cutting *cutting)
{
    const struct schedule_order *how = cutting->making->how;
    if (cutting->part)
        return how->slips(how->context, cutting->route, cutting->part->pieces + 1);
    bool grouped = cutting->found_left > 0 && cutting->found->key != 0;
    return grouped ? how->slips(how->context, cutting->route, 1) : 0;
}

static bool is_full(const struct cutting *cutting, uint64_t letters, uint64_t sheets)
{
    const struct schedule_order *how = cutting->making->how;
    const struct schedule_lot *lot = cutting->lot;
    return lot->letters + letters > how->lot_letters ||
           (how->lot_sheets &&
            lot->sheets + lot->slips + due_slips(cutting) + sheets > how->lot_sheets);
}

/* Where a lot ends with a group it holds what it is meant to hold, or a little more; letters that it may not have at
 * all (lot_letters) end it wherever they are. */
static bool ends_lot(const struct cutting *cutting, bool fresh_group, uint64_t letters,
                     uint64_t sheets)
{
    const struct schedule_order *how = cutting->making->how;
    const struct schedule_lot *lot = cutting->lot;
    if (!lot)
        return true;
    if (!how->lot_by_group)
        return is_full(cutting, letters, sheets);
    if (lot->letters + letters > how->lot_letters)
        return true;
    return fresh_group && (how->lot_sheets == 0 || lot->sheets + lot->slips >= how->lot_sheets);
}

static enum status begin_lot(struct cutting *cutting, uint64_t at, struct error *error)
{
    struct schedule *schedule = cutting->making->out;
    cutting->lot = add_lot(schedule, error);
    if (!cutting->lot)
        return STOP;
    *cutting->lot = (struct schedule_lot){.first = at,
                                          .first_sequence = cutting->totals->letters + 1,
                                          .first_piece = cutting->totals->pieces + 1,
                                          .slips = cutting->making->how->lot_cover,
                                          .first_part = schedule->part_count,
                                          .route = cutting->route,
                                          .number = ++cutting->number};
    cutting->totals->lots++;
    return OK;
}

/* A part that is complete: its slips are known. */
static void end_part(struct cutting *cutting)
{
    const struct schedule_order *how = cutting->making->how;
    if (cutting->part)
        cutting->lot->slips += how->slips(how->context, cutting->route, cutting->part->pieces);
    cutting->part = NULL;
}

static enum status begin_part(struct cutting *cutting, uint64_t at, struct error *error)
{
    uint32_t key = cutting->found->key;
    if (key == 0)
        return OK;
    cutting->part = add_part(cutting->making->out, error);
    if (!cutting->part)
        return STOP;
    *cutting->part = (struct schedule_part){
        .first = at, .group = cutting->making->group, .key = key, .part = ++cutting->parts};
    cutting->lot->parts++;
    return OK;
}

/* Steps to the group that begins at `at`; false: the one in hand goes on. */
static bool next_group(struct cutting *cutting, uint64_t at)
{
    if (cutting->found_left < 2 || cutting->found[1].first != at)
        return false;
    cutting->found++;
    cutting->found_left--;
    return true;
}

static enum status cut_piece(struct cutting *cutting, uint64_t at, uint64_t end, uint64_t *behind,
                             struct error *error)
{
    struct making *making = cutting->making;
    uint64_t sheets;
    bool grouped = cutting->found_left > 0, fresh = next_group(cutting, at) || !cutting->lot;
    *behind = piece_end(making, at, end, &sheets);
    if (fresh)
        end_part(cutting);
    bool fresh_lot = ends_lot(cutting, fresh, *behind - at, sheets);
    if (fresh_lot)
        end_part(cutting);
    if (fresh_lot && begin_lot(cutting, at, error) != OK)
        return STOP;
    if (grouped && fresh) {
        making->group += cutting->found->key != 0;
        cutting->parts = 0;
    }
    if (grouped && (fresh || fresh_lot) && begin_part(cutting, at, error) != OK)
        return STOP;
    if (cutting->part) {
        cutting->part->pieces++;
        cutting->part->letters += (uint32_t)(*behind - at);
    }
    cutting->lot->slips += cover_at(making, at);
    for (; at < *behind; at++)
        count_letter(making, cutting->lot, cutting->totals, at);
    return OK;
}

/* Cuts the letters [at, end) of one route; found: its groups. */
static enum status cut_lots(struct making *making, uint32_t route, uint64_t at, uint64_t end,
                            const struct schedule_part *found, uint32_t found_count,
                            struct error *error)
{
    struct schedule *schedule = making->out;
    struct cutting cutting = {.making = making,
                              .route = route,
                              .found = found,
                              .found_left = found_count,
                              .totals = route == SCHEDULE_PROTECTED ? &schedule->hidden
                                                                    : &schedule->printed};
    uint64_t before = cutting.totals->pieces;
    while (at < end)
        if (cut_piece(&cutting, at, end, &at, error) != OK)
            return STOP;
    end_part(&cutting);
    if (route != SCHEDULE_PROTECTED) {
        schedule->route_piece[route] = before;
        schedule->route_pieces[route] = cutting.totals->pieces - before;
    }
    return OK;
}

static enum status cut_routes(struct making *making, const struct schedule_part *found,
                              uint32_t found_count, struct error *error)
{
    uint64_t at = 0;
    for (uint32_t place = 0; place < ROUTES; place++) {
        uint64_t end = making->start[place];
        uint32_t mine = 0;
        while (mine < found_count && found[mine].first < end)
            mine++;
        if (cut_lots(making, route_at_place(place, making->how->first_route), at, end, found, mine,
                     error) != OK)
            return STOP;
        found += mine;
        found_count -= mine;
        at = end;
    }
    return OK;
}

enum status schedule_make(struct plan *plan, const struct schedule_order *order,
                          struct schedule *out, struct error *error)
{
    struct making making = {.plan = plan, .how = order, .out = out};

    *out = (struct schedule){0};
    count_letters(&making);
    if (out->letters) {
        out->order = memory_new(out->letters * sizeof *out->order);
        if (!out->order)
            return error_set(error, MSG_NO_MEMORY);
    }
    fill_order(&making); /* start[] now holds the end of each route */
    if (order->arranged && sort_routes(&making, error) != OK)
        return STOP;
    out->by_input = is_by_input(out, making.start[ROUTES - 2]);
    struct schedule_part *found = out->parts; /* groups become parts */
    uint32_t found_count = out->part_count, found_room = out->part_room;
    out->parts = NULL;
    out->part_count = out->part_room = 0;
    enum status status = cut_routes(&making, found, found_count, error);
    memory_free(found, found_room * sizeof *found);
    return status;
}

void schedule_free(struct schedule *schedule)
{
    memory_free(schedule->order, schedule->letters * sizeof *schedule->order);
    memory_free(schedule->lots, schedule->lot_room * sizeof *schedule->lots);
    memory_free(schedule->parts, schedule->part_room * sizeof *schedule->parts);
    *schedule = (struct schedule){0};
}

void schedule_digest(const struct schedule *schedule, struct plan *plan, struct digester *digester)
{
    digest_add_u64(digester, plan_count(plan));
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        const struct plan_entry *entry = plan_at(plan, i);
        digest_add_u32(digester, (uint32_t)entry->message << 16 | (uint32_t)entry->column << 8 |
                                     (uint32_t)entry->outcome << 6 | entry->form);
    }
    digest_add_u64(digester, schedule->letters);
    for (uint64_t i = 0; i < schedule->letters; i++)
        digest_add_u32(digester, schedule->order[i]);
    digest_add_u32(digester, schedule->lot_count);
    for (uint32_t i = 0; i < schedule->lot_count; i++)
        digest_add_u64(digester, schedule->lots[i].first);
    digest_add_u32(digester, schedule->part_count);
    for (uint32_t i = 0; i < schedule->part_count; i++)
        digest_add_u64(digester, schedule->parts[i].first << 32 | schedule->parts[i].key);
}
