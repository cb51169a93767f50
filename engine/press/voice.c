/* press/voice.c -- which letters speak, what, and with which symbol. */
#include "press/voice_run.h"

#include "base/memory.h"
#include "compose/voice.h"
#include "symbology/qr.h"

/* -- opening -- */

static enum status needs_sentences(struct press *press, struct error *error)
{
    for (uint32_t i = 0; i < press->form_count; i++) {
        struct press_form *form = &press->forms[i];
        if (form->wording.spoken.text.count == 0)
            return error_at(error, MSG_VOICE_SPOKEN_NONE, form->wording.path, 0, TEXT("voice"));
        if (!form->layout.voice)
            return error_at(error, MSG_VOICE_NO_PLACE, form->layout.path, 0, TEXT("voice"));
        voice_fields(&form->wording, &form->form.fields);
    }
    return OK;
}

static enum status check_keys(const struct job *job, struct error *error)
{
    bool small = job->voice.size == VOICE_XS || job->voice.size == VOICE_S;
    if (job->voice.kind == VOICE_SP_CODE && small)
        return error_at(error, MSG_VOICE_SIZE, job->path, job->voice.line, TEXT("voice.size"));
    if (job->voice.symbols.length && job->voice.encoder.length)
        return error_at(error, MSG_VOICE_SOURCE, job->path, job->voice.line, TEXT("voice.symbols"));
    return OK;
}

enum status press_voice_open(struct press *press, struct error *error)
{
    if (press->job.voice.kind == VOICE_NONE)
        return OK;
    enum status status = check_keys(&press->job, error);
    if (status == OK)
        status = needs_sentences(press, error);
    if (status != OK)
        return status;
    press->voice = memory_new(sizeof *press->voice);
    if (!press->voice)
        return error_set(error, MSG_NO_MEMORY);
    return sjis_new(&press->voice->sjis, error);
}

void press_voice_done(struct press *press)
{
    struct press_voice *voice = press->voice;
    if (!voice)
        return;
    symbols_close(voice->symbols);
    voice->symbols = NULL;
    if (voice->folder[0])
        os_folder_remove(voice->folder);
    voice->folder[0] = '\0';
    if (voice->made_out)
        os_rmdir(voice->out); /* stays when something of the run stands in it */
}

void press_voice_close(struct press *press)
{
    press_voice_done(press);
    if (press->voice)
        sjis_free(press->voice->sjis);
    memory_free(press->voice, sizeof *press->voice);
    press->voice = NULL;
}

/* The quiet zone of a QR code lies in the clear box. */
struct qr_box voice_box_of(const struct layout *layout)
{
    return (struct qr_box){(uint32_t)(voice_room(layout->voice) / EMU_PER_DOT600), 4, 6};
}

/* -- the text of a page -- */

struct voice_letter voice_letter_of(const struct press_result *result, uint64_t row)
{
    return (struct voice_letter){.form = result->form,
                                 .letter = &result->letter,
                                 .row = row,
                                 .id = result->admitted.value[COLUMN_REF_NO],
                                 .pages =
                                     form_sheets(&result->form->form, result->letter.member_count)};
}

static enum status speak(struct press *press, const struct voice_letter *letter, uint32_t page,
                         struct spoken *out, struct error *error)
{
    const struct layout *layout = &letter->form->layout;
    struct voice_page at = {.page = page, .pages = letter->pages};
    if (letter->form->wording.household && letter->letter->member_count == 0) {
        at.members = letter->letter; /* its own only member */
        at.member_count = 1;
    } else if (letter->letter->member_count) {
        uint32_t rows = layout->table ? table_rows(layout->table) : letter->letter->member_count;
        uint32_t first = (page - 1) * rows, left = letter->letter->member_count - first;
        at.members = letter->letter->members + first;
        at.member_count = left < rows ? left : rows;
    }
    return voice_speak(&press->job, &letter->form->wording, letter->letter, &at, out, error);
}

/* -- all letters -- */

void voice_hold(struct press *press, struct plan *plan, uint64_t first, const struct error *why)
{
    const uint32_t *later;
    uint32_t members = plan_members(plan, first, &later);
    uint8_t column = press_error_column(press, why);
    for (uint32_t i = 0; i + 1 < members; i++)
        plan_hold(plan, later[i], (uint16_t)why->message, column);
    plan_hold(plan, first, (uint16_t)why->message, column);
}

static enum status walk_pages(struct press *press, const struct voice_walk *walk,
                              const struct voice_letter *letter, struct error *error)
{
    enum status status = OK;
    struct spoken *spoken = &press->voice->spoken;
    for (uint32_t page = 1; status == OK && page <= letter->pages; page++) {
        status = speak(press, letter, page, spoken, error);
        if (status == OK)
            status = walk->check(walk->context, letter, page, spoken, error);
    }
    for (uint32_t page = 1; status == OK && walk->tell && page <= letter->pages; page++) {
        status = speak(press, letter, page, spoken, error);
        if (status == OK)
            status = walk->tell(walk->context, letter, page, spoken, error);
    }
    return status;
}

static enum status walk_letter(struct press *press, struct plan *plan, uint64_t index,
                               const struct voice_walk *walk, struct press_result *result,
                               struct error *error)
{
    const uint32_t *later;
    enum status status;
    if (plan_members(plan, index, &later)) {
        status = press_household(press, plan, index, COMPOSE_PROVE, result, NULL, error);
    } else {
        arena_wipe(&press->letter_arena);
        status = press_fill(press, &press->record, result, error);
    }
    if (status == REJECT) /* it passed the pre-pass */
        return error_set(error, MSG_LATE_HOLD);
    if (status != OK)
        return status;
    struct voice_letter letter = voice_letter_of(result, plan_row(index));
    status = walk_pages(press, walk, &letter, error);
    if (status == REJECT)
        voice_hold(press, plan, index, error);
    return status == STOP ? STOP : OK;
}

static enum status walk_all(struct press *press, struct plan *plan, const struct voice_walk *walk,
                            struct press_result *result, struct error *error)
{
    bool end = false;
    intake_rewind(press->intake);
    for (uint64_t i = 0; i < plan_count(plan); i++) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP)
            return STOP;
        const struct plan_entry *entry = plan_at(plan, i);
        if (end || entry->fingerprint != (uint32_t)press->record.fingerprint)
            return error_at(error, MSG_INPUT_CHANGED, press->input_path, 0, (struct text){0, 0});
        if (entry->outcome != PLAN_PRINTED || !(entry->route & ROUTE_VOICE) ||
            plan_follows(plan, i))
            continue;
        if (walk_letter(press, plan, i, walk, result, error) != OK)
            return STOP;
    }
    return OK;
}

enum status voice_walk(struct press *press, struct plan *plan, const struct voice_walk *walk,
                       struct error *error)
{
    struct press_result *result = memory_new(sizeof *result);
    if (!result)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = walk_all(press, plan, walk, result, error);
    memory_free(result, sizeof *result);
    return status;
}

/* -- proving -- */

struct proof {
    struct press *press;
    struct plan *plan;
    struct digester *seen; /* pictures of pages, in their order */
};

/* What is printed is a function of the pictures too: others, and it is another run (--resume refuses). */
static void see_symbol(struct digester *digester, const struct symbol_key *key,
                       const struct voice_symbol *symbol)
{
    digest_add_u64(digester, key->row);
    digest_add_u32(digester, key->page);
    digest_add_u32(digester, symbol->columns);
    digest_add_u32(digester, symbol->rows);
    digest_add_u32(digester, symbol->cell);
    digest_add_u32(digester, symbol->cells);
    digest_add_u32(digester, symbol->body_x);
    digest_add_u32(digester, symbol->body_y);
    digest_add(digester, symbol->bits, (size_t)symbol->rows * symbol->row_bytes);
}

static enum status prove_page(void *context, const struct voice_letter *letter, uint32_t page,
                              const struct spoken *spoken, struct error *error)
{
    struct proof *proof = context;
    struct press *press = proof->press;
    struct press_voice *voice = press->voice;
    const struct layout *layout = &letter->form->layout;
    struct qr_box box = voice_box_of(layout);
    struct voice_symbol symbol;
    struct qr_fit fit;
    voice->pages++;
    if (press->job.voice.kind == VOICE_QR) {
        bool fits = qr_fit(voice->sjis, spoken_text(spoken), &box, &fit);
        return fits ? OK : error_set(error, MSG_VOICE_QR_TOO_LARGE);
    }
    struct symbol_key key = {letter->row, page, letter->id};
    if (!voice->symbols)
        return OK;
    enum status status =
        symbols_check(voice->symbols, &key, spoken, &press->letter_arena, &symbol, error);
    if (status == OK)
        see_symbol(proof->seen, &key, &symbol);
    return status == OK ? compose_voice_fits(layout, &symbol, 0, error) : status;
}

static void hold_shared(void *context, uint64_t row)
{
    struct proof *proof = context;
    struct error why = {.message = MSG_VOICE_IMAGE_SHARED};
    voice_hold(proof->press, proof->plan, plan_first(proof->plan, row - 2), &why);
}

enum status press_voice_prove(struct press *press, struct plan *plan, bool whole,
                              struct error *error)
{
    struct proof proof = {press, plan, NULL};
    struct voice_walk walk = {prove_page, NULL, &proof};
    struct press_voice *voice = press->voice;
    if (!voice)
        return OK;
    voice->pages = 0;
    if (secret_digester(press, &proof.seen, error) != OK)
        return STOP;
    digest_start(proof.seen);
    enum status status = voice_walk(press, plan, &walk, error);
    if (status == OK && voice->symbols)
        status = digest_end(proof.seen, &voice->proven, error);
    digester_free(proof.seen);
    if (status == OK && voice->symbols)
        status = symbols_end(voice->symbols, whole, hold_shared, &proof, error);
    return status;
}

/* -- the symbol of a page -- */

static enum status draw_qr(struct press_voice *voice, const struct layout *layout,
                           struct arena *arena, struct page_symbol *out, struct error *error)
{
    struct qr_fit fit;
    struct qr_box box = voice_box_of(layout);
    struct qr *qr = arena_take(arena, sizeof *qr);
    if (!qr)
        return error_set(error, MSG_NO_MEMORY);
    enum status status =
        qr_encode_fit(voice->sjis, spoken_text(&voice->spoken), &box, &fit, qr, error);
    if (status != OK)
        return status == REJECT ? error_set(error, MSG_VOICE_QR_TOO_LARGE) : status;
    *out = (struct page_symbol){.dots = fit.dots,
                                .symbol = {.columns = qr->modules,
                                           .rows = qr->modules,
                                           .row_bytes = sizeof qr->bits[0],
                                           .bits = qr->bits[0],
                                           .cell = 1,
                                           .cells = qr->modules}};
    return OK;
}

enum status press_voice_symbol(struct press *press, const struct voice_letter *letter,
                               uint32_t page, struct arena *arena, struct page_symbol *out,
                               struct error *error)
{
    struct press_voice *voice = press->voice;
    *out = (struct page_symbol){.dots = 0};
    if (!voice)
        return error_set(error, MSG_BUG);
    enum status status = speak(press, letter, page, &voice->spoken, error);
    if (status != OK)
        return status;
    if (press->job.voice.kind == VOICE_QR)
        return draw_qr(voice, &letter->form->layout, arena, out, error);
    struct symbol_key key = {letter->row, page, letter->id};
    return voice->symbols
               ? symbols_get(voice->symbols, &key, &voice->spoken, arena, &out->symbol, error)
               : error_set(error, MSG_BUG);
}

enum status press_voice_set(struct press *press, struct press_result *result, uint64_t row,
                            struct error *error)
{
    struct voice_letter letter = voice_letter_of(result, row);
    struct arena *arena = &press->letter_arena;
    enum status status = OK;
    for (uint32_t i = 0; status == OK && i < result->pages.count; i++) {
        struct page_symbol symbol;
        status = press_voice_symbol(press, &letter, i + 1, arena, &symbol, error);
        if (status == OK)
            status = compose_voice(&result->form->form, &symbol.symbol, symbol.dots, arena,
                                   &result->pages.pages[i], error);
    }
    return status;
}
