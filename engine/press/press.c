#include "press/press.h"

#include "base/memory.h"
#include "base/os_memory.h"
#include "press/engine.h"
#include "press/mail.h"
#include "press/voice_run.h"

/* The form that the decision names. A record may call for a form that this version or this job lacks. */
static enum status find_form(struct press *press, const struct decision *decision,
                             const struct press_form **out, struct error *error)
{
    if (decision->outcome != OUTCOME_FORM)
        return error_set(error, decision->reason);
    for (uint32_t i = 0; i < press->form_count; i++) {
        if (!text_equal(press->forms[i].name, decision->form))
            continue;
        if (press->forms[i].columns_missing) {
            *error = press->forms[i].error;
            return STOP;
        }
        *out = &press->forms[i];
        return OK;
    }
    if (press->job.notice.form == FORM_COLUMN)
        return error_name(error, MSG_UNKNOWN_FORM, text_of(column_name(COLUMN_FORM)));
    return error_set(error, MSG_FORM_NOT_BUILT);
}

enum status press_fill(struct press *press, const struct record *record, struct press_result *out,
                       struct error *error)
{
    out->form = NULL;
    out->passed = false;
    out->has_customer = out->has_cover = false;
    out->uses = NULL;
    out->decision = (struct decision){0};
    out->admitted.row = record->row;
    out->admitted.protected_person = false;
    out->admitted.value[COLUMN_REF_NO] = (struct text){0, 0};

    enum status status = guard_admit(&press->guard, record, &out->admitted, error);
    out->passed = status == OK;
    if (status == OK)
        status = decision_make(press->table, &out->admitted, &out->decision, error);
    if (status == OK)
        status = find_form(press, &out->decision, &out->form, error);
    const struct admitted *printed = &out->admitted;
    if (status == OK)
        status =
            substitutes_apply(&press->substitutes, press->fonts, &out->form->form.fields,
                              &out->admitted, &press->letter_arena, &printed, &out->uses, error);
    if (status == OK)
        status = letter_make(&press->job, printed, &out->form->form.fields,
                             out->form->form.job_fields, &press->letter_arena, &out->letter, error);
    if (status == OK)
        status = mail_fill(press, printed, out, error);
    if (status != OK)
        error->row = record->row;
    return status;
}

/* A household's form with one member: what the pre-pass can prove of a record alone. */
static enum status compose_alone(struct press *press, enum compose_mode mode,
                                 struct press_result *out, struct fit_list *fits,
                                 struct error *error)
{
    const struct letter *letter = &out->letter;
    if (out->form->wording.household) {
        struct letter *head = arena_take(&press->letter_arena, sizeof *head);
        if (!head)
            return error_set(error, MSG_NO_MEMORY);
        household_head(out->form, letter, 1, head);
        letter = head;
    }
    return compose_letter(&out->form->form, letter, mode, press->fonts, &press->letter_arena,
                          &out->pages, fits, error);
}

enum status press_letter(struct press *press, const struct record *record, enum compose_mode mode,
                         struct press_result *out, struct fit_list *fits, struct error *error)
{
    arena_wipe(&press->letter_arena);
    enum status status = press_fill(press, record, out, error);
    if (status == OK)
        status = compose_alone(press, mode, out, fits, error);
    if (status != OK)
        error->row = record->row;
    return status;
}

enum status press_open(const struct press_settings *settings, struct press **out,
                       struct problems *problems)
{
    struct error error = {0};
    struct press *press = memory_new(sizeof *press);

    *out = NULL;
    if (!press) {
        (void)error_set(&error, MSG_NO_MEMORY);
        return problems_add(problems, &error);
    }
    arena_open(&press->arena, LIMIT_JOB_ARENA);
    arena_open(&press->letter_arena, LIMIT_LETTER_ARENA);
    press->problems = problems;
    if (assets_open(press, settings, problems) != OK) {
        press_close(press);
        return STOP;
    }
    *out = press;
    return OK;
}

void press_close(struct press *press)
{
    if (!press)
        return;
    press_voice_close(press);
    intake_close(press->intake);
    intake_close(press->gather);
    os_memory_close(press->opened);
    fonts_close(press->fonts);
    digester_free(press->digester);
    arena_close(&press->letter_arena);
    arena_close(&press->arena);
    memory_free(press, sizeof *press);
}

uint8_t press_error_column(const struct press *press, const struct error *error)
{
    struct text name = text_of(error->name);
    int column = name.length ? column_find(name) : -1;
    if (column >= 0)
        return (uint8_t)(column + 1);
    for (uint32_t i = 0; i < press->job.input.extra_count; i++)
        if (name.length && text_equal(press->job.input.extra[i], name))
            return (uint8_t)(COLUMN_COUNT + i + 1);
    return 0;
}

struct text press_column_name(const struct press *press, uint8_t column)
{
    return slot_name(&press->job, column - 1);
}

const char *press_check_off(const struct press *press, size_t index)
{
    const struct {
        const char *name;
        enum check_switch state;
    } checks[] = {{"stuck", press->job.checks.stuck},
                  {"repeated", press->job.checks.repeated},
                  {"dates", press->job.checks.dates},
                  {"same_person", press->job.checks.same_person},
                  {"expiry", press->job.checks.expiry}};
    if (index >= sizeof checks / sizeof *checks)
        return NULL;
    return checks[index].state == CHECK_OFF ? checks[index].name : "";
}
