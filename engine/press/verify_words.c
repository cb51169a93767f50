#include "press/verify_inside.h"

#include "base/utf8.h"
#include "compose/setting.h"
#include "symbology/qr.h"
#include "typeset/gaiji.h"

/* What a record's form says of it, against the words that the reader found on its pages. Line breaks, blanks and the
 * width of digits are the layout's affair: both sides are compared without them. */

#define MASKS_MOST (sizeof((struct verify_masks *)0)->list / sizeof(struct verify_mask))

/* -- both sides in one form -- */

static bool counts(uint32_t point)
{
    return point != ' ' && point != '\n' && point != 0x3000 && point != UTF8_BAD;
}

static enum status add_folded(struct buffer *out, struct text text, struct error *error)
{
    const char *at = text.bytes, *end = at + text.length;
    char folded[512];
    size_t size = 0;

    while (text.length > 0 && at < end) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));

        if (counts(point))
            size += utf8_put(folded + size, point);
        if (size < sizeof folded - 4 && at < end)
            continue;
        if (buffer_add(out, folded, size, error) != OK)
            return STOP;
        size = 0;
    }
    return OK;
}

/* The insurer's own characters stand in a PDF as what their table says. */
static enum status add_gaiji(const struct press *press, struct buffer *out, struct text text,
                             struct error *error)
{
    const char *at = text.bytes, *end = at + text.length;

    while (text.length > 0 && at < end) {
        struct text one = {at, 0};

        (void)utf8_next(&at, end);
        one.length = (uint32_t)(at - one.bytes);
        if (add_folded(out, one.length == 3 ? fonts_gaiji_text(press->fonts, one) : one, error) !=
            OK)
            return STOP;
    }
    return OK;
}

/* -- the pages -- */

void verify_words_start(struct verify *verify)
{
    verify->words.size = 0;
    verify->bars.size = 0;
    verify->masks.count = 0;
    verify->masks.bits.size = 0;
}

static enum status keep_mask(struct verify *verify, const struct read_list *list,
                             const struct read_item *item, struct error *error)
{
    struct verify_masks *masks = &verify->masks;
    uint32_t columns = item->as.mask.columns, rows = item->as.mask.rows;

    if (masks->count == MASKS_MOST)
        return OK;
    masks->list[masks->count++] = (struct verify_mask){columns, rows, masks->bits.size};
    return buffer_add(&masks->bits, list->bits + item->as.mask.bits,
                      (size_t)((columns + 7) / 8) * rows, error);
}

enum status verify_words_add(struct verify *verify, const struct read_page *page,
                             struct error *error)
{
    const struct read_list *list = &page->list;
    enum status status = OK;

    for (uint32_t i = 0; i < list->item_count && status == OK; i++) {
        const struct read_item *item = &list->items[i];

        if (item->kind == READ_TEXT)
            status = add_folded(
                &verify->words,
                (struct text){list->words + item->as.text.words, item->as.text.length}, error);
        else if (item->kind == READ_MASK)
            status = keep_mask(verify, list, item, error);
        else if (item->kind == READ_FILL)
            status = verify_bars_add(verify, list, item, error);
    }
    return status;
}

/* -- one part of the template -- */

static bool stands_there(const struct verify *verify)
{
    return verify->wanted.size == 0 || (verify->words.size >= verify->wanted.size &&
                                        memmem(verify->words.bytes, verify->words.size,
                                               verify->wanted.bytes, verify->wanted.size) != NULL);
}

static bool same_symbol(const struct verify *verify, const struct verify_mask *mask,
                        const struct qr *qr)
{
    size_t width = (qr->modules + 7u) / 8;

    if (mask->columns != qr->modules || mask->rows != qr->modules)
        return false;
    for (size_t row = 0; row < qr->modules; row++)
        if (memcmp(verify->masks.bits.bytes + mask->at + row * width, qr->bits[row], width) != 0)
            return false;
    return true;
}

static enum status check_symbol(const struct verify *verify, const struct form *form,
                                const struct frame *frame, struct text text, bool *found,
                                struct error *error)
{
    struct qr qr;

    *found = false;
    if (qr_encode(text, frame->level, form->best_mask, &qr, error) != OK)
        return error->message == MSG_NO_MEMORY ? STOP : OK;
    for (uint32_t i = 0; i < verify->masks.count && !*found; i++)
        *found = same_symbol(verify, &verify->masks.list[i], &qr);
    return OK;
}

static enum status check_text(struct verify *verify, struct text text, bool *found,
                              struct error *error)
{
    const struct press *press = verify->order->press;
    enum status status;

    verify->wanted.size = 0;
    status = press->gaiji_count > 0 ? add_gaiji(press, &verify->wanted, text, error)
                                    : add_folded(&verify->wanted, text, error);
    *found = status == OK && stands_there(verify);
    return status;
}

/* Which sheet of several it is, is not the record's to say. */
static bool is_of_record(const struct part *part)
{
    for (uint32_t i = 0; i < part->segment_count; i++)
        if (part->segments[i].field == FIELD_SHEET || part->segments[i].field == FIELD_SHEETS)
            return false;
    return !part->fixed;
}

static enum status check_frame(struct verify *verify, const struct form *form,
                               const struct bound_frame *bound, const struct letter *letter,
                               bool *found, struct error *error)
{
    struct text text;

    *found = true;
    if (!is_of_record(bound->part))
        return OK;
    if (!wording_fill(bound->part, letter->field, &verify->order->press->letter_arena, &text))
        return error_set(error, MSG_NO_MEMORY);
    if (text.length == 0)
        return OK;
    if (bound->frame->kind == FRAME_QR)
        return check_symbol(verify, form, bound->frame, text, found, error);
    if (bound->frame->kind == FRAME_CUSTOMER)
        *found = verify_has_customer(verify, text);
    if (bound->frame->kind != FRAME_TEXT)
        return OK;
    return check_text(verify, text, found, error);
}

/* -- one record -- */

static enum status check_frames(struct verify *verify, const struct form *form,
                                const struct bound_frame *frames, uint32_t count,
                                const struct letter *letter, bool *found, struct error *error)
{
    enum status status = OK;

    *found = true;
    for (uint32_t i = 0; i < count && *found && status == OK; i++)
        status = check_frame(verify, form, &frames[i], letter, found, error);
    return status;
}

static enum status read_again(struct verify *verify, const struct verify_person *person, bool *read,
                              struct error *error)
{
    struct press *press = verify->order->press;
    bool end = false;
    enum status status;

    intake_seek(press->intake, person->offset, plan_row(person->index));
    status = intake_next(press->intake, &press->record, &end, error);
    arena_wipe(&press->letter_arena);
    if (status == OK && !end)
        status = press_fill(press, &press->record, &verify->result, error);
    *read = status == OK && !end && verify->result.form;
    return status == STOP ? STOP : OK;
}

static enum status check_person(struct verify *verify, const struct verify_place *place,
                                const struct verify_person *person, struct error *error)
{
    const struct form *form;
    struct text id;
    bool good;

    if (read_again(verify, person, &good, error) != OK)
        return STOP;
    id = verify->result.admitted.value[COLUMN_REF_NO];
    if (!good || hash64(id.bytes, id.length) != person->id) {
        verify_tell(verify, MSG_VERIFY_NO_RECORD, place->lot, 0, place->sequence);
        return OK;
    }
    form = &verify->result.form->form;
    if (check_frames(verify, form, form->frames, form->frame_count, &verify->result.letter, &good,
                     error) != OK)
        return STOP;
    if (good && form->table &&
        check_frames(verify, form, form->table->frames, form->table->frame_count,
                     &verify->result.letter, &good, error) != OK)
        return STOP;
    good = good && verify_has_number(verify, form, place->tracking);
    verify->totals->people++;
    if (!good)
        verify_tell(verify, MSG_VERIFY_NOT_RECORD, place->lot, place->page, place->sequence);
    return OK;
}

enum status verify_words_end(struct verify *verify, const struct verify_place *place,
                             const struct verify_person *people, uint64_t count,
                             struct error *error)
{
    for (uint64_t i = 0; i < count; i++)
        if (check_person(verify, place, &people[i], error) != OK)
            return STOP;
    return OK;
}
