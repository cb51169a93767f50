/* tests/unit/compose_sample.h -- a template and a layout from strings, bound with the shipped fonts, and a letter. */
#ifndef TESTS_COMPOSE_SAMPLE_H
#define TESTS_COMPOSE_SAMPLE_H

#include "base/os.h"
#include "compose/compose.h"
#include "page/sheet.h"

#include "unit/check.h"

#include <stdlib.h>

struct sample {
    struct fonts *fonts;
    struct digester *digester;
    struct sheet_digester *sheets;
    struct job job;
    struct text extra[1];
    struct arena arena, letter_arena;
    struct wording wording;
    struct layout layout;
    struct image images[2];
    struct image_set set;
    struct text job_fields[FIELD_LIMIT];
    struct form form;
    struct letter letter;
    struct page_list pages;
    struct fit_list fits;
    struct error error;
};

/* Fonts and the job; the form comes with sample_bind. False: no fonts. */
static inline bool sample_open(struct sample *sample)
{
    memset(sample, 0, sizeof *sample);
    sample->extra[0] = TEXT("愛称");
    sample->job.input.extra = sample->extra;
    sample->job.input.extra_count = 1;
    sample->job.insurer.name = TEXT("架空健康保険組合");
    sample->job.insurer.number = TEXT("06139992");
    sample->job.insurer.office = TEXT("適用課");
    sample->job.insurer.tel = TEXT("03-0000-0000");
    sample->job.notice.contact = true;
    sample->job.notice.as_of = (struct date){2024, 9, 10};
    sample->job.notice.issued = (struct date){2024, 10, 1};
    return fonts_open("fonts", &sample->fonts, &sample->error) == OK &&
           digester_new(&sample->digester, &sample->error) == OK &&
           sheet_digester_new(sample->digester, &sample->sheets, &sample->error) == OK;
}

static inline void sample_forget(struct sample *sample)
{
    arena_close(&sample->arena);
    arena_close(&sample->letter_arena);
}

static inline void sample_close(struct sample *sample)
{
    sample_forget(sample);
    sheet_digester_free(sample->sheets);
    digester_free(sample->digester);
    fonts_close(sample->fonts);
}

#define FIELD_VALUE(field_name, value) sample->letter.field[FIELD_##field_name] = text_of(value)

/* A fictional person; a test changes what it needs. */
static inline void sample_person(struct sample *sample)
{
    memset(&sample->letter, 0, sizeof sample->letter);
    memcpy(sample->letter.field, sample->form.job_fields, sizeof sample->letter.field);
    sample->letter.row = 7;
    FIELD_VALUE(REF_NO, "A-000123");
    FIELD_VALUE(KIND, "ご本人（被保険者）様");
    FIELD_VALUE(SYMBOL, "1234");
    FIELD_VALUE(NUMBER, "56789012");
    FIELD_VALUE(BRANCH, "00");
    FIELD_VALUE(NAME, "架空　花子");
    FIELD_VALUE(KANA, "カクウ　ハナコ");
    FIELD_VALUE(SHARE, "3割");
    FIELD_VALUE(ACQUIRED, "平成20年4月1日");
    FIELD_VALUE(LAST4, "6825");
    sample->letter.field[FIELD_COUNT] = TEXT("はな");
}

/* Reads and binds both; error.file tells which of them was refused. */
static inline enum status sample_bind(struct sample *sample, const char *wording, const char *layout)
{
    sample_forget(sample);
    arena_open(&sample->arena, LIMIT_JOB_ARENA);
    arena_open(&sample->letter_arena, LIMIT_LETTER_ARENA);
    memset(&sample->error, 0, sizeof sample->error);
    enum status status = wording_read(&sample->job, text_of(wording), "words.yaml", &sample->arena,
                                      &sample->wording, &sample->error);
    if (status == OK)
        status = layout_read(text_of(layout), "places.yaml", &sample->arena, &sample->layout, &sample->error);
    if (status == OK)
        status = letter_job_fields(&sample->job, &sample->arena, sample->job_fields, &sample->error);
    if (status == OK)
        status = form_bind(&sample->job, &sample->wording, &sample->layout, &sample->set,
                           sample->job_fields, 1, sample->fonts, &sample->arena, &sample->form,
                           &sample->error);
    if (status == OK)
        sample_person(sample);
    return status;
}

static inline enum status sample_compose(struct sample *sample, enum compose_mode mode)
{
    arena_wipe(&sample->letter_arena);
    memset(&sample->error, 0, sizeof sample->error);
    return compose_letter(&sample->form, &sample->letter, mode, sample->fonts, &sample->letter_arena,
                          &sample->pages, &sample->fits, &sample->error);
}

/* A whole file as a string; the caller frees it. */
static inline char *sample_file(const char *path)
{
    struct arena arena;
    struct text text;
    struct error error;
    arena_open(&arena, LIMIT_ASSET_BYTES + 4096);
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &arena, &text, &error);
    char *copy = status == OK ? strndup(text.bytes, text.length) : NULL;
    arena_close(&arena);
    return copy;
}

#endif
