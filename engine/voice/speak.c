#include "voice/voice.h"

#include "base/utf8.h"
#include "voice/kana.h"

struct speaker {
    const struct job *job;
    struct spoken *out;
    struct error *error;
    uint64_t row;
    bool wide;     /* digits, letters and blanks in full width */
    bool overflow; /* VOICE_BYTES are used up; characters are still counted */
};

static void put(struct speaker *speaker, uint32_t point)
{
    struct spoken *out = speaker->out;
    out->characters++;
    if (out->length > VOICE_BYTES - 8)
        speaker->overflow = true;
    else
        out->length += (uint32_t)utf8_put(out->bytes + out->length, point);
}

/* In the one width of this text. A hyphen stays as it is: its full-width form is two characters of Unicode. */
static void say(struct speaker *speaker, uint32_t point)
{
    point = utf8_fold_width(point);
    if (speaker->wide && point == ' ')
        point = 0x3000;
    else if (speaker->wide && point > ' ' && point < 0x7F && point != '-')
        point += 0xFEE0;
    put(speaker, point);
}

static void say_text(struct speaker *speaker, struct text text)
{
    for (const char *at = text.bytes, *end = at + text.length; at < end;)
        say(speaker, utf8_next(&at, end));
}

static void say_literal(struct speaker *speaker, const char *literal)
{
    say_text(speaker, text_of(literal));
}

static bool is_hyphen(uint32_t point)
{
    return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

static bool is_single(uint32_t point)
{
    return point > ' ' && point < 0x7F;
}

/* 中央A12 -> 中央、A、1、2; a hyphen by its name, for 1-23 is not 12-3. */
static void say_digits(struct speaker *speaker, struct text text)
{
    bool first = true, single = false;
    for (const char *at = text.bytes, *end = at + text.length; at < end;) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        bool alone = is_single(point) || is_hyphen(point);
        if (point == ' ')
            continue;
        if (!first && (alone || single))
            put(speaker, 0x3001);
        if (is_hyphen(point))
            say_literal(speaker, "ハイフン");
        else
            say(speaker, point);
        first = false;
        single = alone;
    }
}

/* 03(1234)5678, 03 1234 5678 -> 03-1234-5678; always half-width, so that it is a number to a phone. */
static void say_telephone(struct speaker *speaker, struct text text)
{
    bool pending = false, begun = false;
    for (const char *at = text.bytes, *end = at + text.length; at < end;) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        bool digit = point >= '0' && point <= '9';
        bool gap = is_hyphen(point) || point == '(' || point == ')' || point == ' ';
        if (gap) {
            pending = begun;
            continue;
        }
        if (pending && digit)
            put(speaker, '-');
        pending = false;
        if (digit)
            put(speaker, point);
        else
            say(speaker, point);
        begun = true;
    }
}

/* 令和 6年 7月 31日 of a padded form is spoken as 令和6年7月31日. */
static void say_date(struct speaker *speaker, struct text text)
{
    for (const char *at = text.bytes, *end = at + text.length; at < end;) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (point != ' ')
            say(speaker, point);
    }
}

static enum status refuse(struct speaker *speaker, enum message message, int field, uint32_t offset)
{
    enum status status =
        error_name(speaker->error, message, slot_name(speaker->job, field_slot(field)));
    if (speaker->error) {
        speaker->error->row = speaker->row;
        speaker->error->offset = offset;
    }
    return status;
}

/* ヴ has no hiragana of its own in CP932: the small vowel behind it stays katakana too, ヴォ and not ヴぉ. */
static uint32_t behind_vu(uint32_t before, uint32_t point)
{
    bool vowel = point >= 0x3041 && point <= 0x3049 && point % 2 == 1; /* ぁ ぃ ぅ ぇ ぉ */
    bool glide = point == 0x3083 || point == 0x3085 || point == 0x3087;
    return before == 0x30F4 && (vowel || glide) ? point + 0x60 : point;
}

static enum status say_kana(struct speaker *speaker, struct text text)
{
    uint32_t before = ' '; /* no blank at the beginning, never two */
    for (const char *at = text.bytes, *end = at + text.length; at < end;) {
        uint32_t offset = (uint32_t)(at - text.bytes) + 1;
        uint32_t point = kana_next(&at, end);
        if (point == KANA_NONE) {
            enum status status = refuse(speaker, MSG_VOICE_KANA, FIELD_KANA, offset);
            error_put_code_point(speaker->error, text);
            return status;
        }
        if (point != ' ' || before != ' ')
            say(speaker, behind_vu(before, point));
        before = point;
    }
    return OK;
}

static enum status say_field(struct speaker *speaker, int field, struct text text)
{
    switch (field) {
    case FIELD_KANA:
        return say_kana(speaker, text);
    case FIELD_SYMBOL:
    case FIELD_NUMBER:
    case FIELD_BRANCH:
    case FIELD_LAST4:
    case FIELD_INSURER_NO:
        say_digits(speaker, text);
        return OK;
    case FIELD_TEL:
    case FIELD_CONTACT_TEL:
        say_telephone(speaker, text);
        return OK;
    case FIELD_BIRTH:
    case FIELD_ACQUIRED:
    case FIELD_EXPIRY:
    case FIELD_START:
    case FIELD_AS_OF:
    case FIELD_ISSUED:
        say_date(speaker, text);
        return OK;
    default:
        say_text(speaker, text);
        return OK;
    }
}

static enum status say_sentence(struct speaker *speaker, const struct part *part,
                                const struct text fields[FIELD_LIMIT])
{
    enum status status = OK;
    for (uint32_t i = 0; i < part->segment_count; i++) { /* before the part can be found empty */
        const struct segment *segment = &part->segments[i];
        if (segment->field >= 0 && !segment->optional && fields[segment->field].length == 0 &&
            !field_is_fixed(segment->field))
            return refuse(speaker,
                          segment->field == FIELD_KANA ? MSG_VOICE_NO_KANA : MSG_FIELD_EMPTY,
                          segment->field, 0);
    }
    if (wording_empty(part, fields))
        return OK;
    for (uint32_t i = 0; i < part->segment_count && status == OK; i++) {
        struct text text = wording_segment(part, i, fields);
        if (part->segments[i].field < 0)
            say_text(speaker, text);
        else if (text.length)
            status = say_field(speaker, part->segments[i].field, text);
    }
    return status;
}

static enum status say_sentences(struct speaker *speaker, const struct sentences *sentences,
                                 const struct text fields[FIELD_LIMIT])
{
    enum status status = OK;
    for (uint32_t i = 0; i < sentences->count && status == OK; i++)
        status = say_sentence(speaker, &sentences->parts[i], fields);
    return status;
}

static enum status say_page(struct speaker *speaker, const struct wording *wording,
                            const struct text fields[FIELD_LIMIT], const struct voice_page *page)
{
    enum status status = say_sentences(speaker, &wording->spoken.text, fields);
    for (uint32_t i = 0; i < page->member_count && status == OK; i++) {
        speaker->row = page->members[i].row;
        status = say_sentences(speaker, &wording->spoken.member, page->members[i].field);
    }
    return status == OK ? say_sentences(speaker, &wording->spoken.end, fields) : status;
}

/* The letter's fields, but for what is spoken otherwise than it is printed. */
static void spoken_fields(const struct job *job, const struct letter *letter,
                          const struct voice_page *page, char digits[2][TEXT_NUMBER],
                          struct text fields[FIELD_LIMIT])
{
    memcpy(fields, letter->field, FIELD_LIMIT * sizeof *fields);
    if (job->voice.insurer.length)
        fields[FIELD_INSURER] = job->voice.insurer;
    if (job->voice.desk.length)
        fields[FIELD_DESK] = job->voice.desk;
    fields[FIELD_SHEET] = text_number(page->page, digits[0]);
    fields[FIELD_SHEETS] =
        page->pages > 1 ? text_number(page->pages, digits[1]) : (struct text){NULL, 0};
}

void voice_fields(const struct wording *wording, struct field_set *fields)
{
    for (int field = 0; field < FIELD_LIMIT; field++)
        if (wording->spoken.fields.used[field] && !fields->used[field])
            fields->used[field] = fields->optional[field] = true;
}

static enum status too_long(struct speaker *speaker, uint32_t capacity)
{
    enum status status = error_set(speaker->error, MSG_VOICE_TOO_LONG);
    if (speaker->error) {
        speaker->error->row = speaker->row;
        speaker->error->have = speaker->out->characters;
        speaker->error->want = capacity;
    }
    return status;
}

enum status voice_speak(const struct job *job, const struct wording *wording,
                        const struct letter *letter, const struct voice_page *page,
                        struct spoken *out, struct error *error)
{
    struct speaker speaker = {.job = job,
                              .out = out,
                              .error = error,
                              .row = letter->row,
                              .wide = job->voice.kind == VOICE_QR};
    struct text fields[FIELD_LIMIT];
    char digits[2][TEXT_NUMBER];
    uint32_t capacity = voice_capacity(job);

    out->length = out->characters = 0;
    if (letter->protected_person)
        return error_set(error, MSG_BUG);
    if (wording->spoken.text.count == 0)
        return error_at(error, MSG_VOICE_SPOKEN_NONE, wording->path, 0, TEXT("voice"));
    spoken_fields(job, letter, page, digits, fields);
    enum status status = say_page(&speaker, wording, fields, page);
    speaker.row = letter->row;
    if (status == OK && (speaker.overflow || (capacity && out->characters > capacity)))
        status = too_long(&speaker, capacity ? capacity : VOICE_BYTES / 3);
    return status;
}
