#include "press/tracking.h"

#include "base/os.h"

#include <stdio.h>

#define LOCK_WAIT_MS 20000
#define REGISTER_BYTES (64u << 20)
#define HEAD "oshirase tracking register 1\n"

/* -- which piece takes which -- */

static enum mail_class block_of(const struct press *press, uint32_t route)
{
    enum mail_class class = route_class(route);
    if (!press->mail->one_block)
        return class;
    return press->job.mail.class == MAIL_KAN_I ? MAIL_KAN_I : MAIL_TOKUTEI;
}

/* Next route in printing order: that of which the fewest pieces stand before. */
static int next_route(const struct schedule *schedule, const bool taken[PLAN_ROUTES])
{
    int best = -1;
    for (int route = 0; route < (int)PLAN_ROUTES; route++)
        if (!taken[route] && schedule->route_pieces[route] && route_is_tracked((uint32_t)route) &&
            (best < 0 || schedule->route_piece[route] < schedule->route_piece[best]))
            best = route;
    return best;
}

void numbers_plan(const struct press *press, const struct schedule *schedule, struct numbers *out)
{
    bool taken[PLAN_ROUTES] = {false};
    int route;
    *out = (struct numbers){0};
    while ((route = next_route(schedule, taken)) >= 0) {
        enum mail_class block = block_of(press, (uint32_t)route);
        taken[route] = true;
        out->has[route] = press->mail->has_block[block];
        out->block[route] = (uint8_t)block;
        out->base[route] = out->needed[block];
        out->before[route] = schedule->route_piece[route];
        if (out->has[route])
            out->needed[block] += schedule->route_pieces[route];
    }
}

bool numbers_of(const struct numbers *numbers, uint32_t route, uint64_t piece, tracking *out)
{
    if (route >= PLAN_ROUTES || !numbers->has[route])
        return false;
    const struct number_ranges *ranges = &numbers->ranges[numbers->block[route]];
    uint64_t at = numbers->base[route] + (piece - 1 - numbers->before[route]);
    for (uint32_t i = 0; i < ranges->count; i++) {
        if (at < ranges->list[i].count) {
            *out = tracking_at(&ranges->list[i], at);
            return true;
        }
        at -= ranges->list[i].count;
    }
    return false;
}

void numbers_digest(const struct numbers *numbers, struct digester *digester)
{
    for (int class = 0; class < MAIL_CLASSES; class ++) {
        digest_add_u32(digester, numbers->ranges[class].count);
        for (uint32_t i = 0; i < numbers->ranges[class].count; i++) {
            digest_add_u64(digester, numbers->ranges[class].list[i].first);
            digest_add_u64(digester, numbers->ranges[class].list[i].count);
        }
    }
}

static enum status add_range(struct number_ranges *ranges, tracking first, uint64_t count,
                             struct error *error)
{
    if (ranges->count == NUMBER_RANGES) {
        enum status status = error_set(error, MSG_REGISTER_GAPS);
        error->want = NUMBER_RANGES;
        return status;
    }
    ranges->list[ranges->count++] = (struct tracking_block){first, count};
    return OK;
}

/* -- the register's lines -- */

struct line {
    struct text run;
    struct tracking_block range;
    bool done;
};

struct register_file {
    char path[LIMIT_PATH], folder[LIMIT_PATH];
    struct os_lock lock;
    struct arena arena;
    struct text source; /* behind the head */
    char run[65];       /* ours */
    bool looking; /* nobody's: what is reserved may be the asker's own, what is done is used */
};

static bool take_digits(struct text *text, uint64_t *out)
{
    uint32_t digits = 0;
    for (*out = 0; digits < text->length && text->bytes[digits] >= '0' &&
                   text->bytes[digits] <= '9' && digits < 11;
         digits++)
        *out = *out * 10 + (uint64_t)(text->bytes[digits] - '0');
    *text = (struct text){text->bytes + digits, text->length - digits};
    return digits > 0;
}

static bool take_word(struct text *text, const char *word)
{
    size_t size = strlen(word);
    if (text->length < size || memcmp(text->bytes, word, size) != 0)
        return false;
    *text = (struct text){text->bytes + size, text->length - (uint32_t)size};
    return true;
}

/* The line at *rest, which steps behind it. */
static bool read_line(struct text *rest, struct line *out)
{
    if (rest->length < 65)
        return false;
    out->run = (struct text){rest->bytes, 64};
    for (int i = 0; i < 64; i++)
        if (text_hex_value(rest->bytes[i]) < 0)
            return false;
    *rest = (struct text){rest->bytes + 64, rest->length - 64};
    bool good = take_word(rest, " ") && take_digits(rest, &out->range.first) &&
                take_word(rest, " ") && take_digits(rest, &out->range.count) &&
                take_word(rest, " ");
    out->done = good && take_word(rest, "done\n");
    good = good && (out->done || take_word(rest, "reserved\n"));
    return good && out->range.count > 0 && out->range.first + out->range.count <= TRACKING_NUMBERS;
}

static bool is_ours(const struct register_file *file, const struct line *line)
{
    return text_is(line->run, file->run);
}

static bool in_block(const struct tracking_block *block, const struct line *line)
{
    return line->range.first >= block->first &&
           line->range.first + line->range.count <= block->first + block->count;
}

static enum status check_lines(const struct register_file *file, struct error *error)
{
    struct text rest = file->source;
    struct line line;
    for (uint32_t number = 2; rest.length; number++)
        if (!read_line(&rest, &line))
            return error_at(error, MSG_REGISTER_LINE, file->path, number, (struct text){0, 0});
    return OK;
}

/* -- the file -- */

static enum status read_register(struct register_file *file, struct error *error)
{
    if (!os_exists(file->path)) {
        file->source = (struct text){"", 0};
        return OK;
    }
    if (os_slurp(file->path, REGISTER_BYTES, &file->arena, &file->source, error) != OK)
        return STOP;
    if (!take_word(&file->source, HEAD))
        return error_at(error, MSG_REGISTER_LINE, file->path, 1, (struct text){0, 0});
    return check_lines(file, error);
}

static void close_register(struct register_file *file)
{
    os_folder_unlock(&file->lock);
    arena_close(&file->arena);
}

static enum status name_register(const struct press *press, struct register_file *file,
                                 struct error *error)
{
    const struct job *job = &press->job;
    char name[LIMIT_PATH];
    (void)snprintf(name, sizeof name, "%.*s", (int)job->mail.register_file.length,
                   job->mail.register_file.bytes);
    if (!os_path_join(file->path, job->folder, name))
        return error_at(error, MSG_OPEN_FAILED, job->path, job->mail.register_line,
                        TEXT("mail.tracking.register"));
    os_path_folder(file->folder, file->path);
    return OK;
}

/* Under the lock. */
static enum status open_register(const struct press *press, const struct digest *run,
                                 struct register_file *file, struct error *error)
{
    *file = (struct register_file){.lock.fd = -1};
    arena_open(&file->arena, REGISTER_BYTES);
    digest_hex(run, file->run);
    enum status status = name_register(press, file, error);
    if (status == OK)
        status = os_folder_lock(file->folder, LOCK_WAIT_MS, &file->lock, error);
    return status == OK ? read_register(file, error) : status;
}

struct writing {
    struct register_file *file;
    struct os_file *out;
    struct error *error;
};

static enum status write_line(const struct writing *writing, struct text run,
                              const struct tracking_block *range, bool done)
{
    char line[128];
    int size = snprintf(line, sizeof line, "%.*s %010llu %llu %s\n", (int)run.length, run.bytes,
                        (unsigned long long)range->first, (unsigned long long)range->count,
                        done ? "done" : "reserved");
    return os_file_write(writing->out, line, (size_t)size, writing->error);
}

/* All lines but ours, then ours as they are to be. */
static enum status write_lines(const struct writing *writing, const struct numbers *ours, bool done)
{
    struct text rest = writing->file->source;
    struct line line;
    enum status status = os_file_write(writing->out, HEAD, sizeof HEAD - 1, writing->error);
    while (status == OK && rest.length && read_line(&rest, &line))
        if (!is_ours(writing->file, &line))
            status = write_line(writing, line.run, &line.range, line.done);
    for (int class = 0; ours && class < MAIL_CLASSES; class ++)
        for (uint32_t i = 0; status == OK && i < ours->ranges[class].count; i++)
            status = write_line(writing, text_of(writing->file->run), &ours->ranges[class].list[i],
                                done);
    return status;
}

static enum status write_register(struct register_file *file, const struct numbers *ours, bool done,
                                  struct error *error)
{
    char part[LIMIT_PATH];
    struct writing writing = {file, NULL, error};
    if (snprintf(part, sizeof part, "%s.part", file->path) >= (int)sizeof part)
        return error_at(error, MSG_WRITE_FAILED, file->path, 0, (struct text){0, 0});
    os_unlink(part);
    enum status status = os_file_create(part, &writing.out, error);
    if (status != OK)
        return status;
    status = write_lines(&writing, ours, done);
    if (status == OK)
        status = os_file_seal(writing.out, error);
    if (status != OK) {
        os_file_abandon(writing.out);
        return status;
    }
    status = os_rename(part, file->path, error);
    if (status != OK)
        os_unlink(part);
    return status == OK ? os_sync_folder(file->folder, error) : status;
}

/* -- reserving -- */

/* The end of what is used of the block from `at` on, or `at` when nothing is there; *next: where the next use
 * begins. */
static tracking skip_used(const struct register_file *file, const struct tracking_block *block,
                          tracking at, tracking *next)
{
    struct text rest = file->source;
    struct line line;
    *next = block->first + block->count;
    while (rest.length && read_line(&rest, &line)) {
        tracking end = line.range.first + line.range.count;
        if (file->looking && !line.done)
            continue;
        if (line.range.first <= at && end > at)
            return skip_used(file, block, end, next);
        if (line.range.first > at && line.range.first < *next)
            *next = line.range.first;
    }
    return at;
}

/* What is free, from the front, until there is enough. */
static enum status take_free(const struct register_file *file, const struct tracking_block *block,
                             uint64_t needed, struct number_ranges *out, struct error *error)
{
    tracking at = block->first, end = block->first + block->count, next;
    uint64_t left = needed;
    while (left && (at = skip_used(file, block, at, &next)) < end) {
        uint64_t count = next - at < left ? next - at : left;
        if (add_range(out, at, count, error) != OK)
            return STOP;
        left -= count;
        at = next;
    }
    if (left == 0)
        return OK;
    enum status status = error_set(error, MSG_TRACKING_SHORT);
    error->have = (int64_t)(needed - left);
    error->want = (int64_t)needed;
    return status;
}

/* What this run has already. */
static enum status take_own(const struct register_file *file, const struct tracking_block *block,
                            struct number_ranges *out, uint64_t *count, bool *done,
                            struct error *error)
{
    struct text rest = file->source;
    struct line line;
    while (rest.length && read_line(&rest, &line)) {
        if (!is_ours(file, &line) || !in_block(block, &line))
            continue;
        if (add_range(out, line.range.first, line.range.count, error) != OK)
            return STOP;
        *count += line.range.count;
        *done = *done || line.done;
    }
    return OK;
}

static enum status reserve_block(const struct register_file *file,
                                 const struct tracking_block *block, uint64_t needed, bool again,
                                 struct numbers *numbers, int class, struct error *error)
{
    struct number_ranges *ranges = &numbers->ranges[class];
    uint64_t have = 0;
    bool done = false;
    if (take_own(file, block, ranges, &have, &done, error) != OK)
        return STOP;
    if (have && have != needed)
        return error_set(error, MSG_REGISTER_CHANGED);
    if (have)
        return done && !again ? error_set(error, MSG_REGISTER_DONE) : OK;
    numbers->reserved = true;
    return take_free(file, block, needed, ranges, error);
}

static void tell_abandoned(struct press *press, const struct register_file *file)
{
    struct text rest = file->source;
    struct line line;
    struct error warning = {0};
    uint64_t count = 0;
    while (rest.length && read_line(&rest, &line))
        if (!line.done && !is_ours(file, &line))
            count += line.range.count;
    if (count == 0 || error_at(&warning, MSG_REGISTER_ABANDONED, press->job.path,
                               press->job.mail.register_line, TEXT("mail.tracking.register")) != OK)
        return;
    warning.have = (int64_t)count;
    (void)problems_add(press->problems, &warning);
}

static enum status reserve_all(struct press *press, const struct register_file *file, bool again,
                               struct numbers *numbers, struct error *error)
{
    enum status status = OK;
    for (int class = 0; status == OK && class < MAIL_CLASSES; class ++)
        if (numbers->needed[class])
            status = reserve_block(file, &press->mail->block[class], numbers->needed[class], again,
                                   numbers, class, error);
    return status;
}

static bool needs_any(const struct numbers *numbers)
{
    uint64_t needed = 0;
    for (int class = 0; class < MAIL_CLASSES; class ++)
        needed += numbers->needed[class];
    return needed > 0;
}

static enum status take_blocks(struct press *press, struct numbers *numbers, struct error *error)
{
    for (int class = 0; class < MAIL_CLASSES; class ++) {
        const struct tracking_block *block = &press->mail->block[class];
        if (numbers->needed[class] == 0)
            continue;
        if (tracking_enough(block, numbers->needed[class], error) != OK ||
            add_range(&numbers->ranges[class], block->first, numbers->needed[class], error) != OK)
            return STOP;
    }
    return OK;
}

enum status numbers_reserve(struct press *press, const struct digest *run, bool again,
                            struct numbers *numbers, struct error *error)
{
    struct register_file file;
    if (!needs_any(numbers))
        return OK;
    if (press->job.mail.register_file.length == 0)
        return take_blocks(press, numbers, error);
    enum status status = open_register(press, run, &file, error);
    if (status == OK)
        status = reserve_all(press, &file, again, numbers, error);
    if (status == OK)
        tell_abandoned(press, &file);
    if (status == OK && numbers->reserved)
        status = write_register(&file, numbers, false, error);
    if (status != OK)
        numbers->reserved = false;
    close_register(&file);
    return status;
}

static bool ours_is_done(const struct register_file *file)
{
    struct text rest = file->source;
    struct line line;
    while (rest.length && read_line(&rest, &line))
        if (is_ours(file, &line) && line.done)
            return true;
    return false;
}

/* Are the numbers that were printed still reserved for this run? A process that made the same run may have given them
 * back meanwhile, and others may have taken them. */
static bool ours_are_kept(const struct register_file *file, const struct numbers *numbers)
{
    struct text rest = file->source;
    struct line line;
    uint64_t kept = 0, used = 0;
    while (rest.length && read_line(&rest, &line))
        if (is_ours(file, &line))
            kept += line.range.count;
    for (int class = 0; class < MAIL_CLASSES; class ++)
        used += numbers->needed[class];
    return kept == used;
}

enum status numbers_finish(struct press *press, const struct digest *run, bool again,
                           const struct numbers *numbers, struct error *error)
{
    struct register_file file;
    if (!needs_any(numbers) || press->job.mail.register_file.length == 0)
        return OK;
    enum status status = open_register(press, run, &file, error);
    if (status == OK && ours_is_done(&file)) {
        if (!again)
            status = error_set(error, MSG_REGISTER_CHANGED);
    } else if (status == OK && !ours_are_kept(&file, numbers)) {
        status = error_set(error, MSG_REGISTER_CHANGED);
    } else if (status == OK) {
        status = write_register(&file, numbers, true, error);
    }
    close_register(&file);
    return status;
}

void numbers_release(struct press *press, const struct digest *run, const struct numbers *numbers)
{
    struct register_file file;
    struct error trouble;
    if (!numbers->reserved)
        return;
    if (open_register(press, run, &file, &trouble) == OK && !ours_is_done(&file))
        (void)!write_register(&file, NULL, false, &trouble);
    close_register(&file);
}

/* The register is replaced whole, so it can be read without the lock. */
static enum status look_into_register(struct press *press, struct numbers *numbers,
                                      struct error *error)
{
    struct register_file file = {.lock.fd = -1, .looking = true};
    arena_open(&file.arena, REGISTER_BYTES);
    enum status status = name_register(press, &file, error);
    if (status == OK)
        status = read_register(&file, error);
    if (status == OK)
        status = reserve_all(press, &file, true, numbers, error);
    close_register(&file);
    return status;
}

enum status numbers_check(struct press *press, const struct schedule *schedule, struct error *error)
{
    struct numbers numbers;
    numbers_plan(press, schedule, &numbers);
    if (!needs_any(&numbers))
        return OK;
    return press->job.mail.register_file.length ? look_into_register(press, &numbers, error)
                                                : take_blocks(press, &numbers, error);
}
