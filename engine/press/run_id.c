#include "press/run.h"

#include "press/voice_run.h"

static void add_digest(struct digester *digester, const struct digest *digest)
{
    digest_add(digester, digest->bytes, sizeof digest->bytes);
}

static void add_form(struct digester *digester, const struct press_form *form)
{
    digest_add_u32(digester, form != NULL);
    if (!form)
        return;
    add_digest(digester, &form->wording.digest);
    add_digest(digester, &form->layout.digest);
}

static void add_mail(struct digester *digester, const struct press_mail *mail)
{
    digest_add_u32(digester, mail->has_postcodes);
    if (mail->has_postcodes)
        add_digest(digester, &mail->postcodes_digest);
    add_form(digester, mail->carrier);
    for (int kind = 0; kind < SLIP_KINDS; kind++)
        add_form(digester, mail->slips[kind]);
}

/* Everything that the bytes of OUT are a function of. Not the number of workers, no path, no clock, not the secret:
 * where the job has one the id is keyed by it, as every digest of the run, so that lots of two secrets are never
 * mixed. */
static void add_assets(struct digester *digester, const struct press *press)
{
    add_digest(digester, &press->job.digest);
    digest_add_u32(digester, press->form_count);
    for (uint32_t i = 0; i < press->form_count; i++) {
        digest_add_text(digester, press->forms[i].name);
        add_digest(digester, &press->forms[i].wording.digest);
        add_digest(digester, &press->forms[i].layout.digest);
    }
    digest_add_u32(digester, press->images.count);
    for (uint32_t i = 0; i < press->images.count; i++) {
        digest_add_text(digester, press->images.images[i].name);
        add_digest(digester, &press->images.images[i].digest);
    }
    add_digest(digester, fonts_digest(press->fonts)); /* with the gaiji table */
    add_digest(digester, &press->table_digest);
    digest_add_u32(digester, press->substitutes.first != NULL);
    if (press->substitutes.first)
        add_digest(digester, &press->substitutes.digest);
    if (press->voice)
        add_digest(digester, &press->voice->proven);
    add_mail(digester, press->mail);
}

static enum status identify(struct run *run, uint32_t shard_index, uint32_t shard_count,
                            struct digest *out, struct error *error)
{
    struct digester *digester = run->press->digester;
    const struct print_order *order = run->order;

    digest_start(digester);
    digest_add_text(digester, TEXT("oshirase run 1 " OSHIRASE_VERSION));
    add_assets(digester, run->press);
    add_digest(digester, &run->facts.input);
    digest_add_u64(digester, run->facts.records);
    schedule_digest(&run->schedule, run->plan, digester);
    digest_add_u64(digester, order->limit);
    digest_add_u32(digester, run->has_hidden);
    numbers_digest(&run->numbers, digester);
    digest_add_u32(digester, shard_index);
    digest_add_u32(digester, shard_count);
    return digest_end(digester, out, error);
}

/* The numbers are reserved under the id that the run has without them. */
static enum status reserve(struct run *run, struct error *error)
{
    if (identify(run, 0, 0, &run->base, error) != OK)
        return STOP;
    run->mark_key = (run->base.bytes[0] | (uint32_t)run->base.bytes[1] << 8) % (MARK_KEYS + 1);
    struct numbers plan;
    numbers_plan(run->press, &run->schedule, &plan);
    enum status status = numbers_reserve(
        run->press, &run->base, run->order->resume || run->order->shard_count, &plan, error);
    run->numbers = plan;
    return status;
}

/* A shard also tells the id of the run that it is a share of. */
enum status run_identify(struct run *run, struct error *error)
{
    const struct print_order *order = run->order;
    enum status status = reserve(run, error);
    if (status == OK && order->shard_count)
        status = identify(run, 0, 0, &run->whole, error);
    return status == OK ? identify(run, order->shard_index, order->shard_count, &run->id, error)
                        : status;
}
