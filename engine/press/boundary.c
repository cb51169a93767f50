#include "press/boundary.h"

#include "base/cms.h"
#include "base/memory.h"
#include "base/os.h"
#include "base/os_memory.h"
#include "base/os_tree.h"
#include "base/utf8.h"
#include "guard/my_number.h"
#include "guard/seal.h"
#include "press/note.h"

#include <stdio.h>

#define SEALED_MOST (2000u << 20) /* what libcrypto takes in one piece */
#define PEM_MOST (1u << 20)

bool boundary_path(const struct press *press, struct text file, char path[LIMIT_PATH])
{
    char name[LIMIT_PATH];
    return file.length < sizeof name &&
           snprintf(name, sizeof name, "%.*s", (int)file.length, file.bytes) >= 0 &&
           os_path_join(path, press->job.folder, name);
}

enum status boundary_key(const struct press *press, struct text file, uint8_t key[HMAC_KEY_BYTES],
                         struct error *error)
{
    char path[LIMIT_PATH];
    struct text bytes;
    struct arena arena;

    if (!boundary_path(press, file, path))
        return error_name(error, MSG_NO_SUCH_FILE, TEXT("seal.key"));
    arena_open(&arena, 1u << 16);
    enum status status = os_slurp(path, HMAC_KEY_BYTES + 1, &arena, &bytes, error);
    if (status == OK && (bytes.length != HMAC_KEY_BYTES || !os_file_private(path)))
        status = error_at(error, MSG_SEAL_KEY, path, 0, TEXT("seal.key"));
    else if (status != OK && error->message == MSG_FILE_TOO_LARGE)
        status = error_at(error, MSG_SEAL_KEY, path, 0, TEXT("seal.key"));
    if (status == OK)
        memcpy(key, bytes.bytes, HMAC_KEY_BYTES);
    arena_close(&arena);
    return status;
}

/* -- a sealed input -- */

struct pem_files {
    struct arena arena;
    char key[LIMIT_PATH], cert[LIMIT_PATH], signer[LIMIT_PATH];
};

static enum status read_pem(const struct press *press, struct pem_files *files, struct text file,
                            char path[LIMIT_PATH], struct text *out, struct error *error)
{
    *out = (struct text){0, 0};
    if (file.length == 0)
        return OK;
    if (!boundary_path(press, file, path))
        return error_set(error, MSG_NO_SUCH_FILE);
    return os_slurp(path, PEM_MOST, &files->arena, out, error);
}

static enum status read_keys(const struct press *press, struct pem_files *files,
                             struct cms_keys *keys, struct error *error)
{
    const struct job *job = &press->job;
    enum status status = read_pem(press, files, job->input.key, files->key, &keys->key, error);
    if (status == OK)
        status = read_pem(press, files, job->input.cert, files->cert, &keys->cert, error);
    if (status == OK)
        status = read_pem(press, files, job->input.signer, files->signer, &keys->signer, error);
    keys->key_path = files->key;
    keys->cert_path = files->cert;
    keys->signer_path = files->signer;
    return status;
}

static enum status unseal_into(struct press *press, const struct os_map *map,
                               struct os_memory *memory, struct error *error)
{
    struct pem_files *files = memory_new(sizeof *files);
    struct cms_keys keys = {0};
    struct sink sink = os_memory_sink(memory);
    bool locked;

    if (!files)
        return error_set(error, MSG_NO_MEMORY);
    arena_open(&files->arena, 4 * PEM_MOST);
    enum status status = read_keys(press, files, &keys, error);
    if (status == OK)
        status = cms_unseal(map->bytes, map->size, &keys, &sink, error);
    if (status == OK)
        status = os_memory_finish(memory, &locked, error);
    if (status != OK && error->file[0] == '\0' && message_kind(error->message) == KIND_JOB)
        error_put_file(error, press->input_path);
    arena_close(&files->arena);
    memory_free(files, sizeof *files);
    return status;
}

static enum status unseal(struct press *press, const struct os_map *map, struct error *error)
{
    if (press->job.input.key.length == 0)
        return error_at(error, MSG_CMS_KEY_MISSING, press->input_path, 0, TEXT("input.key"));
    if (press->job.input.file_count > 1)
        return error_at(error, MSG_CMS_SEVERAL, press->input_path, 0, TEXT("input.files"));
    press->job.input.file_count = 0; /* the path leads to it from now on */
    enum status status = os_memory_new(&press->opened, error);
    if (status == OK)
        status = unseal_into(press, map, press->opened, error);
    if (status == OK)
        (void)snprintf(press->input_path, sizeof press->input_path, "%s",
                       os_memory_path(press->opened));
    return status;
}

enum status boundary_open(struct press *press, struct error *error)
{
    struct os_map map;
    struct os_input input;
    char head[64];
    size_t got = 0;

    if (os_input_open(press->input_path, &input, error) != OK)
        return STOP;
    enum status status = os_input_read(&input, 0, head, sizeof head, &got, error);
    os_input_close(&input);
    if (status != OK)
        return status;
    if (!cms_looks_sealed(head, got)) {
        if (press->job.input.key.length == 0)
            return OK;
        return error_at(error, MSG_CMS_SHAPE, press->input_path, 0, TEXT(""));
    }
    status = os_map(press->input_path, SEALED_MOST, &map, error);
    if (status != OK && error->message == MSG_FILE_TOO_LARGE)
        status = error_at(error, MSG_CMS_TOO_LARGE, press->input_path, 0, TEXT(""));
    if (status == OK) {
        status = unseal(press, &map, error);
        os_unmap(&map);
    } else {
        error->want = SEALED_MOST;
    }
    return status;
}

/* -- role: vendor -- */

bool boundary_forbids(int slot)
{
    switch (slot) {
    case COLUMN_REGISTERED:
    case COLUMN_MATCH_NAME:
    case COLUMN_MATCH_KANA:
    case COLUMN_MATCH_BIRTH:
    case COLUMN_MATCH_SEX:
    case COLUMN_MATCH_ADDRESS:
    case COLUMN_MATCH_OVERALL:
    case COLUMN_MULTIPLE:
    case COLUMN_CONFIRMED:
    case COLUMN_REPLY:
    case COLUMN_SUBMITTED:
    case COLUMN_NONDISCLOSURE:
    case COLUMN_NO_SELF_INFO:
    case COLUMN_MYNA_CARD:
    case COLUMN_CARE:
    case COLUMN_ISSUED_BEFORE:
        return true;
    default:
        return false;
    }
}

/* By its canonical name, whatever input.columns calls it: a column that was renamed is the same column. */
static enum status refuse_columns(const struct press *press, struct error *error)
{
    const struct header *header = intake_header(press->intake);
    for (uint32_t i = 0; i < header->count; i++) {
        int slot = header->slot[i], named = column_find(utf8_trim(header->name[i]));
        bool number = header_says_my_number(header->name[i]) && named != COLUMN_LAST4;
        if (!number && !boundary_forbids(slot) && !boundary_forbids(named))
            continue;
        (void)error_set(error, MSG_VENDOR_COLUMN);
        error->row = 1;
        error->column_number = i + 1;
        return STOP;
    }
    return OK;
}

static enum status need_key(const struct press *press, struct text value, const char *key,
                            struct error *error)
{
    return value.length ? OK : error_at(error, MSG_VENDOR_KEY, press->job.path, 0, text_of(key));
}

enum status boundary_header(const struct press *press, struct error *error)
{
    const struct job *job = &press->job;
    if (job->role != ROLE_VENDOR)
        return OK;
    enum status status = need_key(press, job->seal.key, "seal.key", error);
    if (status == OK)
        status = need_key(press, job->input.note, "input.note", error);
    if (status == OK)
        status = need_key(press, job->secret, "secret", error);
    if (status == OK && job->notice.form == FORM_OFFICIAL)
        status =
            error_at(error, MSG_VENDOR_FORM, job->path, job->notice.form_line, TEXT("notice.form"));
    return status == OK ? refuse_columns(press, error) : status;
}

/* -- seals of the rows -- */

static int seal_column(const struct header *header)
{
    for (uint32_t i = 0; i < header->count; i++)
        if (utf8_equal_folded(utf8_trim(header->name[i]), TEXT(SEAL_COLUMN)))
            return (int)i;
    return -1;
}

static enum status open_seal(const struct press *press, struct seal **out, struct error *error)
{
    const struct header *header = intake_header(press->intake);
    uint8_t key[HMAC_KEY_BYTES];
    int column = seal_column(header);

    if (column < 0)
        return error_at(error, MSG_SEAL_COLUMN, press->input_path, 0, TEXT(SEAL_COLUMN));
    enum status status = boundary_key(press, press->job.seal.key, key, error);
    if (status == OK)
        status = seal_new(key, header->name, header->count, (uint32_t)column, out, error);
    memory_wipe(key, sizeof key);
    return status;
}

/* Row by row. STOP at once for a machine that fails; bad rows are collected. */
static enum status check_rows(struct press *press, struct seal *seal, struct seal_check *check,
                              struct problems *problems, struct error *error)
{
    bool end = false;
    intake_rewind(press->intake);
    for (;;) {
        enum message message = MSG_NONE;
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP || end)
            break;
        if (seal_next(seal, check, &press->record, status != OK, &message, error) != OK)
            return STOP;
        if (message != MSG_NONE)
            (void)problems_add(problems, error);
    }
    if (!end)
        return STOP;
    intake_rewind(press->intake);
    return OK;
}

static enum status check_file(struct press *press, struct problems *problems, struct error *error)
{
    struct seal *seal = NULL;
    struct seal_check check = {0};
    enum status status = open_seal(press, &seal, error);

    if (status == OK)
        status = check_rows(press, seal, &check, problems, error);
    if (status == OK && seal_end(&check, error) != MSG_NONE)
        status = STOP;
    if (status == OK && press->job.input.note.length)
        status = note_check(press, seal, check.rows, error);
    seal_free(seal);
    if (status != OK)
        (void)problems_add(problems, error);
    return status != OK || check.bad ? STOP : OK;
}

enum status boundary_check(struct press *press, struct problems *problems)
{
    struct error error = {0};
    /* An insurer's own file has no seals yet: its key is for extract. */
    bool sealed = press->job.role == ROLE_VENDOR || seal_column(intake_header(press->intake)) >= 0;
    if (press->job.seal.key.length && sealed && !press->job.input.cut_numbers)
        return check_file(press, problems, &error);
    if (press->job.input.note.length == 0 || press->job.input.cut_numbers)
        return OK;
    uint64_t rows = 0;
    enum status status = note_rows(press, &rows, &error);
    if (status == OK)
        status = note_check(press, NULL, rows, &error);
    if (status != OK)
        (void)problems_add(problems, &error);
    return status;
}
