#include "guard/incidents.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/utf8.h"

/* -- dates -- */

static enum status refuse(const struct admitted *record, enum message message, unsigned slot,
                          struct error *error)
{
    enum status status = error_name(error, message, text_of(column_name(slot)));
    if (error)
        error->row = record->row;
    return status;
}

static bool read_date(const struct admitted *record, unsigned slot, struct date *out)
{
    return record->value[slot].length && date_parse(record->value[slot], out) == DATE_OK;
}

/* Day a lies before day b; a day that is not given lies before nothing and behind nothing. */
static bool before(struct date a, struct date b)
{
    return a.year && b.year && date_compare(a, b) < 0;
}

static enum status check_acquired(const struct job *job, const struct admitted *record,
                                  struct date acquired, struct error *error)
{
    struct date birth, registered;

    if (read_date(record, COLUMN_BIRTH, &birth) && before(acquired, birth))
        return refuse(record, MSG_ACQUIRED_BEFORE_BIRTH, COLUMN_ACQUIRED, error);
    if (before(job->notice.as_of, acquired))
        return refuse(record, MSG_ACQUIRED_AFTER_AS_OF, COLUMN_ACQUIRED, error);
    if (read_date(record, COLUMN_REGISTERED, &registered) && before(registered, acquired))
        return refuse(record, MSG_REGISTERED_BEFORE_ACQUIRED, COLUMN_REGISTERED, error);
    return OK;
}

static enum status check_order(const struct job *job, const struct admitted *record,
                               struct error *error)
{
    struct date acquired, birth, registered;

    if (read_date(record, COLUMN_ACQUIRED, &acquired)) {
        if (check_acquired(job, record, acquired, error) != OK)
            return REJECT;
    } else if (read_date(record, COLUMN_BIRTH, &birth) && before(job->notice.as_of, birth)) {
        return refuse(record, MSG_BORN_AFTER_AS_OF, COLUMN_BIRTH, error);
    }
    /* A slip in the year would pass for a registration under the new check, which asks for no match. */
    if (read_date(record, COLUMN_REGISTERED, &registered) && before(job->notice.issued, registered))
        return refuse(record, MSG_REGISTERED_AFTER_ISSUED, COLUMN_REGISTERED, error);
    return OK;
}

/* -- ages 70 to 74 --
 * An age is reached at the end of the day before the birthday (年齢計算ニ関する法律 (明治35年法律第50号); 民法
 * 第143条第2項): born on 1 August, on 31 July; born on 29 February, on 28 February, in leap years too.
 *  - from: the 1st of the month behind the month of that day for 70 (健康保険法第74条第1項第2号, 国民健康保険法第42条
 *    第1項第3号: 「七十歳に達する日の属する月の翌月以後」). Born on the 1st: the 1st of the month of the birthday.
 *  - to: 後期高齢者医療 begins when 75 is reached (高齢者の医療の確保に関する法律第52条: 「七十五歳に達したとき」), the
 *    instant between the day before the birthday and the birthday. So the day before is the last day here, for 29
 *    February 28 February (a year 75 behind a leap year is none).
 * Days are compared as numbers, in which 29 February of any year has its place. */

static struct date start_of_seventies(struct date birth)
{
    struct date start = {(int16_t)(birth.year + 70), birth.month, 1};
    if (birth.day == 1)
        return start;
    if (start.month == 12) {
        start.year++;
        start.month = 0;
    }
    start.month++;
    return start;
}

static struct date birthday_75(struct date birth)
{
    birth.year = (int16_t)(birth.year + 75);
    return birth;
}

/* The end of the year of the insurance, 1 August to 31 July, in which the letter is issued. What is issued in
 * July may be for the year that is about to begin: renewals go out before it does. */
static struct date next_end_of_july(struct date issued)
{
    return (struct date){(int16_t)(issued.year + (issued.month >= 7)), 7, 31};
}

static enum status check_seventies(const struct job *job, const struct admitted *record,
                                   const struct date *expiry, struct error *error)
{
    struct date issued = job->notice.issued, birth;

    if (!issued.year || !read_date(record, COLUMN_BIRTH, &birth) ||
        before(issued, start_of_seventies(birth)) || !before(issued, birthday_75(birth)))
        return OK;
    if (record->value[COLUMN_EXPIRY].length == 0)
        return refuse(record, MSG_EXPIRY_NEEDED, COLUMN_EXPIRY, error);
    if (expiry &&
        (before(next_end_of_july(issued), *expiry) || !before(*expiry, birthday_75(birth))))
        return refuse(record, MSG_EXPIRY_LATE, COLUMN_EXPIRY, error);
    return OK;
}

enum status incident_dates(const struct job *job, const struct admitted *record, bool check_expiry,
                           struct error *error)
{
    bool order = job->checks.dates == CHECK_HOLD;
    struct date expiry;
    enum status status = order ? check_order(job, record, error) : OK;

    check_expiry = check_expiry && job->checks.expiry == CHECK_HOLD;
    if (status != OK || (!order && !check_expiry))
        return status;
    bool has_expiry = read_date(record, COLUMN_EXPIRY, &expiry);
    if (order && has_expiry && before(expiry, job->notice.issued))
        return refuse(record, MSG_EXPIRY_BEFORE_ISSUED, COLUMN_EXPIRY, error);
    return check_expiry ? check_seventies(job, record, has_expiry ? &expiry : NULL, error) : OK;
}

/* -- beside the neighbours -- */

void incidents_open(struct incidents *incidents, const struct job *job)
{
    *incidents = (struct incidents){.stuck = job->checks.stuck == CHECK_HOLD,
                                    .repeated = job->checks.repeated == CHECK_HOLD};
}

static uint64_t hash_of(struct text value)
{
    uint64_t hash = value.length ? hash64(value.bytes, value.length) : 0;
    return value.length && !hash ? 1 : hash; /* 0 is for what is empty */
}

/* Counts the record in. Gives whether it belongs to a run that is long enough. */
static bool run_next(struct incident_run *run, uint64_t hash, bool empty, uint64_t index)
{
    if (empty) {
        run->length = 0;
        return false;
    }
    if (run->length == 0 || run->hash != hash) {
        run->length = 0;
        run->hash = hash;
        run->first = index;
    }
    if (run->length < INCIDENT_RUN + 1) /* beyond that only "longer" is of interest */
        run->length++;
    return run->length >= INCIDENT_RUN;
}

/* The fifth tells of all before it, each later one of itself. */
static struct incident run_told(const struct incident_run *run, enum message message, unsigned slot,
                                uint64_t index)
{
    uint64_t first = run->length == INCIDENT_RUN ? run->first : index;
    return (struct incident){message, slot, first, true};
}

/* Finds the nearest entry of the same hash, then adds this one. Entries are numbered from 1; number n stands in
 * place n % INCIDENT_NEAR until n + INCIDENT_NEAR takes it, so a chain ends where its numbers are too old. */
static bool near_next(struct incidents *incidents, uint64_t hash, uint64_t index, uint64_t *first)
{
    uint64_t *newest = &incidents->near_newest[hash % INCIDENT_BUCKETS];
    uint64_t number = ++incidents->count, other = *newest, place = number % INCIDENT_NEAR;
    bool found = false;

    while (!found && other && number - other <= INCIDENT_NEAR) {
        uint64_t at = other % INCIDENT_NEAR;
        found =
            incidents->near_hash[at] == hash && index - incidents->near_index[at] <= INCIDENT_NEAR;
        *first = incidents->near_index[at];
        other = incidents->near_older[at];
    }
    incidents->near_hash[place] = hash;
    incidents->near_index[place] = index;
    incidents->near_older[place] = *newest;
    *newest = number;
    return found;
}

struct incident_keys incident_keys(const struct incidents *incidents, const struct admitted *record)
{
    struct text name = utf8_trim(record->value[COLUMN_NAME]);
    uint64_t pair[2] = {hash_of(record->value[COLUMN_LAST4]), hash_of(record->value[COLUMN_BIRTH])};
    struct incident_keys keys = {0, 0, 0};

    if (incidents->stuck) {
        keys.name = hash_of(name);
        keys.four = pair[0];
    }
    if (incidents->repeated && pair[0] && pair[1])
        keys.both = hash64(pair, sizeof pair);
    return keys;
}

struct incident incidents_compare(struct incidents *incidents, const struct incident_keys *keys,
                                  uint64_t index)
{
    struct incident told = {MSG_NONE, 0, index, false};
    uint64_t first = index;
    bool pair = keys->both && near_next(incidents, keys->both, index, &first);

    if (incidents->stuck) {
        bool four_stuck = run_next(&incidents->four, keys->four, keys->four == 0, index);
        if (run_next(&incidents->name, keys->name, keys->name == 0, index))
            told = run_told(&incidents->name, MSG_STUCK_NAME, COLUMN_NAME, index);
        else if (four_stuck)
            told = run_told(&incidents->four, MSG_STUCK_LAST4, COLUMN_LAST4, index);
    }
    /* A run that is told already costs this record alone, a pair two. */
    if (pair && told.first == index)
        told = (struct incident){MSG_REPEATED_PERSON, COLUMN_LAST4, first, false};
    return told;
}

struct incident incidents_next(struct incidents *incidents, const struct admitted *record,
                               uint64_t index)
{
    struct incident_keys keys = incident_keys(incidents, record);
    return incidents_compare(incidents, &keys, index);
}
