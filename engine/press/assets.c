/* press/assets.c -- opens everything that a run needs, in the order in which faults are most useful to hear. */
#include "press/engine.h"

#include "base/os.h"
#include "press/assets.h"
#include "press/boundary.h"
#include "press/mail.h"
#include "press/voice_run.h"

#include <stdio.h>

/* -- where data is looked for: the job's folder, --data, then beside the executable -- */

static void add_folder(struct press *press, const char *folder, const char *below)
{
    if (press->folder_count < PRESS_FOLDERS &&
        os_path_join(press->folders[press->folder_count], folder, below))
        press->folder_count++;
}

static void find_folders(struct press *press, const char *data)
{
    char executable[LIMIT_PATH];
    add_folder(press, press->job.folder, ".");
    if (data)
        add_folder(press, data, ".");
    if (os_executable_folder(executable)) {
        add_folder(press, executable, "../share/oshirase");
        add_folder(press, executable, "..");
    }
}

/* Path of a data file in the first folder that has it. */
static bool find_file(const struct press *press, const char *name, char path[LIMIT_PATH])
{
    for (uint32_t i = 0; i < press->folder_count; i++)
        if (os_path_join(path, press->folders[i], name) && os_exists(path))
            return true;
    return false;
}

enum status assets_read(struct press *press, const char *name, const char **path,
                        struct text *source, struct error *error)
{
    char found[LIMIT_PATH];
    if (!find_file(press, name, found))
        return error_at(error, MSG_NO_FORM_FILE, name, 0, text_of(name));
    struct text kept = arena_text(&press->arena, text_of(found));
    if (!kept.bytes)
        return error_set(error, MSG_NO_MEMORY);
    *path = kept.bytes;
    return os_slurp(*path, LIMIT_ASSET_BYTES, &press->arena, source, error);
}

/* -- fonts, images -- */

static enum status open_fonts(struct press *press, struct error *error)
{
    char path[LIMIT_PATH], folder[LIMIT_PATH];
    if (!find_file(press, "fonts/fonts.yaml", path))
        return error_at(error, MSG_NO_DATA_FOLDER, "fonts.yaml", 0, TEXT("fonts/fonts.yaml"));
    os_path_folder(folder, path);
    enum status status = fonts_open(folder, &press->fonts, error);
    if (status == OK && find_file(press, "fonts/gaiji/gaiji.yaml", path))
        status = gaiji_open(press, path, error);
    return status;
}

static enum status open_substitutes(struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    char path[LIMIT_PATH], name[LIMIT_PATH];
    struct text source;
    if (job->names.substitute == SUBSTITUTE_NONE)
        return OK;
    (void)snprintf(name, sizeof name, "%.*s", (int)job->names.table.length, job->names.table.bytes);
    if (!os_path_join(path, job->folder, name) || !os_exists(path))
        return error_at(error, MSG_NO_SUCH_FILE, job->path, job->names.table_line,
                        TEXT("names.table"));
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &press->arena, &source, error);
    return status == OK ? substitutes_read(source, path, &press->arena, &press->substitutes, error)
                        : status;
}

static enum status open_image(struct press *press, const struct job_image *given,
                              struct image *image, struct error *error)
{
    char path[LIMIT_PATH], name[LIMIT_PATH];
    struct text source;
    (void)snprintf(name, sizeof name, "%.*s", (int)given->file.length, given->file.bytes);
    if (!os_path_join(path, press->job.folder, name) || !os_exists(path))
        return error_at(error, MSG_NO_SUCH_FILE, press->job.path, given->line, given->name);
    enum status status = os_slurp(path, LIMIT_ASSET_BYTES, &press->arena, &source, error);
    return status == OK ? image_read(given->name, source, path, &press->arena, image, error)
                        : status;
}

static enum status open_images(struct press *press, struct error *error)
{
    uint32_t count = press->job.image_count;
    press->images.images = arena_array(&press->arena, count, sizeof *press->images.images);
    if (!press->images.images)
        return error_set(error, MSG_NO_MEMORY);
    for (uint32_t i = 0; i < count; i++) {
        if (open_image(press, &press->job.images[i], &press->images.images[i], error) != OK)
            return STOP;
        press->images.count++;
    }
    return OK;
}

/* -- forms: a template and a layout each -- */

/* Name of a file below the data folders: templates/2024-01/1.yaml */
static void template_name(const struct press *press, struct text form, char name[LIMIT_PATH])
{
    struct text edition = press->job.notice.edition;
    (void)snprintf(name, LIMIT_PATH, "templates/%.*s/%.*s.yaml", (int)edition.length, edition.bytes,
                   (int)form.length, form.bytes);
}

static enum status read_wording(struct press *press, struct press_form *form, struct error *error)
{
    const struct job *job = &press->job;
    char name[LIMIT_PATH];
    const char *path;
    struct text source;
    template_name(press, form->name, name);
    enum status status = assets_read(press, name, &path, &source, error);
    if (status == OK)
        status = wording_read(job, source, path, &press->arena, &form->wording, error);
    if (status == OK && !text_equal(form->wording.form, form->name))
        status = error_at(error, MSG_TEMPLATE_FORM, path, 0, form->wording.form);
    return status;
}

static enum status read_layout(struct press *press, struct press_form *form, struct error *error)
{
    const struct job *job = &press->job;
    char name[LIMIT_PATH];
    const char *path;
    struct text source;
    (void)snprintf(name, sizeof name, "layouts/%.*s/%.*s/%.*s.yaml",
                   (int)job->notice.edition.length, job->notice.edition.bytes,
                   (int)form->name.length, form->name.bytes, (int)job->notice.layout.length,
                   job->notice.layout.bytes);
    enum status status = assets_read(press, name, &path, &source, error);
    return status == OK ? layout_read(source, path, &press->arena, &form->layout, error) : status;
}

static enum status open_form(struct press *press, struct press_form *form, uint32_t index,
                             struct error *error)
{
    enum status status = read_wording(press, form, error);
    if (status == OK)
        status = read_layout(press, form, error);
    if (status == OK)
        status =
            form_bind(&press->job, &form->wording, &form->layout, &press->images, press->job_fields,
                      index, press->fonts, &press->arena, &form->form, error);
    form->form.fields.gaiji = press->gaiji;
    form->form.fields.gaiji_count = press->gaiji_count;
    return status;
}

static enum status add_form(struct press *press, struct text name, struct error *error)
{
    if (press->form_count == LIMIT_FORMS)
        return error_set(error, MSG_TOO_MANY_FORMS);
    struct press_form *form = &press->forms[press->form_count];
    form->name = name;
    if (open_form(press, form, press->form_count + 1, error) != OK)
        return STOP;
    press->form_count++;
    return OK;
}

/* notice.form: column may name any template of the edition. They are opened by name, so that the number of a
 * form does not depend on which records call for it. */
static enum status add_listed_forms(struct press *press, struct error *error)
{
    char folder[LIMIT_PATH], below[LIMIT_PATH];
    (void)snprintf(below, sizeof below, "templates/%.*s", (int)press->job.notice.edition.length,
                   press->job.notice.edition.bytes);
    for (uint32_t i = 0; i < press->folder_count; i++) {
        struct text *names;
        uint32_t count;
        if (!os_path_join(folder, press->folders[i], below))
            continue;
        if (os_folder_list(folder, ".yaml", &press->arena, &names, &count, error) != OK)
            return STOP;
        for (uint32_t n = 0; n < count; n++) {
            bool known = text_is(names[n], "decision") || text_is(names[n], "carrier");
            for (uint32_t f = 0; f < press->form_count; f++)
                known = known || text_equal(press->forms[f].name, names[n]);
            if (!known && add_form(press, names[n], error) != OK)
                return STOP;
        }
    }
    return OK;
}

static enum status open_forms(struct press *press, struct error *error)
{
    struct text names[LIMIT_FORMS];
    if (press->job.notice.form == FORM_COLUMN)
        return add_listed_forms(press, error);
    uint32_t count = decision_forms(press->table, names, LIMIT_FORMS);
    for (uint32_t i = 0; i < count; i++)
        if (add_form(press, names[i], error) != OK)
            return STOP;
    return OK;
}

static enum status open_decision(struct press *press, struct error *error)
{
    char name[LIMIT_PATH];
    const char *path = "decision.yaml";
    struct text source = {0, 0};
    template_name(press, TEXT("decision"), name);
    if (press->job.notice.form == FORM_OFFICIAL &&
        assets_read(press, name, &path, &source, error) != OK)
        return STOP;
    if (digest_of(source.bytes, source.length, &press->table_digest, error) != OK)
        return STOP;
    return decision_open(&press->job, source, path, &press->arena, &press->table, error);
}

/* -- the input and what it must have -- */

static bool find_input(struct press *press, const char *input)
{
    char name[LIMIT_PATH];
    if (input) {
        press->job.input.file_count = 0; /* instead of all of them */
        return os_path_join(press->input_path, ".", input);
    }
    struct text first =
        press->job.input.file_count ? press->job.input.files[0] : press->job.input.file;
    (void)snprintf(name, sizeof name, "%.*s", (int)first.length, first.bytes);
    return os_path_join(press->input_path, press->job.folder, name);
}

/* Before any message could name a file. */
static enum status guard_names(const struct press *press, struct error *error)
{
    bool found = my_number_in(text_of(os_path_last(press->input_path)));
    for (uint32_t i = 0; i < press->job.input.file_count; i++) {
        struct text path = press->job.input.files[i];
        const char *slash = memrchr(path.bytes, '/', path.length);
        uint32_t folder = slash ? (uint32_t)(slash - path.bytes) + 1 : 0;
        found |= my_number_in((struct text){path.bytes + folder, path.length - folder});
    }
    return found ? error_set(error, MSG_MY_NUMBER_FILE_NAME) : OK;
}

/* What stands around the people is searched as well. */
static enum status guard_asides(const struct press *press, struct error *error)
{
    const struct intake_aside *aside = intake_asides(press->intake);
    while (aside && guard_text(aside->text, aside->row, error) == OK)
        aside = aside->next;
    return aside ? STOP : OK;
}

static enum status open_input(struct press *press, const char *input, struct error *error)
{
    const struct header *header;
    if (!find_input(press, input))
        return error_name(error, MSG_NO_SUCH_FILE, TEXT("input.file"));
    if (guard_names(press, error) != OK)
        return STOP;
    if (boundary_open(press, error) != OK)
        return STOP;
    enum status status =
        intake_open(&press->job, press->input_path, &press->arena, &press->intake, error);
    if (status != OK)
        return status;
    header = intake_header(press->intake);
    if (boundary_header(press, error) != OK)
        return STOP;
    status = guard_open(&press->job, header, os_path_last(press->input_path), &press->guard, error);
    if (status == OK)
        status = guard_asides(press, error);
    return status == OK ? decision_columns(press->table, header, error) : status;
}

/* A form that lacks a column stops the run only when a record calls for it; a named form is always called. */
static enum status check_columns(struct press *press, struct error *error)
{
    for (uint32_t i = 0; i < press->form_count; i++) {
        struct press_form *form = &press->forms[i];
        if (letter_columns(&press->job, &form->form.fields, intake_header(press->intake),
                           &form->error) == OK)
            continue;
        form->columns_missing = true;
        if (press->job.notice.form == FORM_NAMED) {
            *error = form->error;
            return STOP;
        }
    }
    return OK;
}

static enum status open_all(struct press *press, const struct press_settings *settings,
                            struct error *error)
{
    enum status status = digester_new(&press->digester, error);
    if (status == OK)
        status = open_decision(press, error);
    if (status == OK)
        status = letter_job_fields(&press->job, &press->arena, press->job_fields, error);
    if (status == OK)
        status =
            open_input(press, settings->input, error); /* the guard speaks before fonts and forms */
    if (status == OK)
        status = open_fonts(press, error);
    if (status == OK)
        status = open_substitutes(press, error);
    if (status == OK)
        status = open_images(press, error);
    if (status == OK)
        status = open_forms(press, error);
    if (status == OK)
        status = mail_open(press, error);
    if (status == OK)
        status = press_voice_open(press, error);
    if (status == OK)
        status = secret_open(press, error);
    return status == OK ? check_columns(press, error) : status;
}

static bool image_shown(const struct press *press, struct text name)
{
    for (uint32_t i = 0; i < press->form_count; i++) {
        const struct layout *layout = &press->forms[i].layout;
        for (uint32_t f = 0; f < layout->frame_count; f++)
            if (layout->frames[f].kind == FRAME_IMAGE && text_equal(layout->frames[f].image, name))
                return true;
    }
    return false;
}

/* A slip in an image's name must not cost the letters their seal unsaid. */
static void warn_of_images(const struct press *press, struct problems *problems)
{
    struct error warning = {0};
    for (uint32_t i = 0; i < press->job.image_count; i++) {
        const struct job_image *given = &press->job.images[i];
        if (!image_shown(press, given->name) &&
            error_at(&warning, MSG_IMAGE_UNUSED, press->job.path, given->line, given->name) == OK)
            (void)problems_add(problems, &warning);
    }
}

/* layouts/intake/NAME.schema.yaml adds to the job what it does not say of its input. */
static enum status open_schema(struct press *press, struct problems *problems)
{
    struct job *job = &press->job;
    char name[LIMIT_PATH];
    const char *path = NULL;
    struct text source;
    struct error error;

    if (job->input.schema.length == 0)
        return OK;
    (void)snprintf(name, sizeof name, "layouts/intake/%.*s.schema.yaml",
                   (int)job->input.schema.length, job->input.schema.bytes);
    enum status status = assets_read(press, name, &path, &source, &error);
    if (status == OK)
        return job_add_schema(source, path, &press->arena, job, problems);
    if (error.message == MSG_NO_FORM_FILE)
        (void)error_at(&error, MSG_SCHEMA_ABSENT, job->path, job->input.schema_line,
                       TEXT("input.schema"));
    return problems_add(problems, &error);
}

enum status assets_open(struct press *press, const struct press_settings *settings,
                        struct problems *problems)
{
    struct error error = {0};
    if (job_read(settings->job, &press->arena, &press->job, problems) != OK)
        return STOP;
    find_folders(press, settings->data);
    if (open_schema(press, problems) != OK)
        return STOP;
    press->job.input.cut_numbers = settings->extract;
    if (open_all(press, settings, &error) == OK) {
        warn_of_images(press, problems);
        return boundary_check(press, problems);
    }
    (void)problems_add(problems, &error);
    return STOP;
}
