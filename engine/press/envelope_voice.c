/* press/envelope_voice.c -- the voice code of an envelope: one text, one symbol, for all of them. */
#include "press/envelope_inside.h"

#include "compose/voice.h"

#include <stdio.h>

static enum status supplied_symbol(struct envelope *envelope, struct leaf *side,
                                   struct error *error)
{
    struct press *press = envelope->press;
    const struct job *job = &press->job;
    char name[LIMIT_PATH], path[LIMIT_PATH];
    struct text bytes;
    (void)snprintf(name, sizeof name, "%.*s", (int)job->envelope.symbol.length,
                   job->envelope.symbol.bytes);
    if (!job->envelope.symbol.length || !os_path_join(path, job->folder, name) || !os_exists(path))
        return error_at(error, MSG_ENVELOPE_SYMBOL, job->path, job->envelope.line,
                        TEXT("envelope.symbol"));
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &press->arena, &bytes, error);
    if (status == OK)
        status = symbol_read(job, bytes, &press->arena, &side->symbol, error);
    return status == REJECT ? error_at(error, MSG_ENVELOPE_SYMBOL, job->path, job->envelope.line,
                                       TEXT("envelope.symbol"))
                            : status;
}

static enum status drawn_symbol(struct envelope *envelope, struct leaf *side, struct error *error)
{
    struct qr_box box = voice_box_of(&side->layout);
    struct qr *qr = &side->qr;
    struct qr_fit fit;
    enum status status = qr_encode_fit(envelope->press->voice->sjis, spoken_text(&envelope->spoken),
                                       &box, &fit, qr, error);
    if (status == REJECT)
        return error_at(error, MSG_ENVELOPE_TEXT, side->wording.path, 0, TEXT("voice"));
    side->dots = fit.dots;
    side->symbol = (struct voice_symbol){.columns = qr->modules,
                                         .rows = qr->modules,
                                         .row_bytes = sizeof qr->bits[0],
                                         .bits = qr->bits[0],
                                         .cell = 1,
                                         .cells = qr->modules};
    return status;
}

enum status envelope_symbol(struct envelope *envelope, struct leaf *side, const struct sink *words,
                            struct error *error)
{
    const struct job *job = &envelope->press->job;
    struct letter *letter = &envelope->result.letter;
    struct voice_page page = {.page = 1, .pages = 1};
    memset(letter, 0, sizeof *letter);
    memcpy(letter->field, side->form.job_fields, sizeof letter->field);
    enum status status = voice_speak(job, &side->wording, letter, &page, &envelope->spoken, error);
    if (status == REJECT)
        status = error_at(error, MSG_ENVELOPE_TEXT, side->wording.path, 0, TEXT("voice"));
    if (status == OK)
        status = sink_write(words, envelope->spoken.bytes, envelope->spoken.length, error);
    if (status == OK)
        status = sink_write(words, "\n", 1, error);
    if (status == OK)
        status = job->voice.kind == VOICE_QR ? drawn_symbol(envelope, side, error)
                                             : supplied_symbol(envelope, side, error);
    if (status == OK)
        status = compose_voice_fits(&side->layout, &side->symbol, side->dots, error);
    return status == REJECT ? error_at(error, MSG_ENVELOPE_SYMBOL, side->layout.path,
                                       side->layout.voice->line, TEXT("voice"))
                            : status;
}
