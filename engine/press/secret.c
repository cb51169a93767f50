/* press/secret.c -- the key of letter digests. Whoever has a manifest and all of a person's data but the last 4 digits
 * could find these by trying ten thousand values; under a key that lies elsewhere nobody can. */
#include "press/engine.h"

#include "base/memory.h"

static bool secret_path(const struct press *press, char out[LIMIT_PATH])
{
    char name[LIMIT_PATH];
    struct text file = press->job.secret;
    if (file.length >= sizeof name)
        return false;
    memcpy(name, file.bytes, file.length);
    name[file.length] = '\0';
    return os_path_join(out, press->job.folder, name);
}

static enum status read_secret(struct press *press, const char *path, struct error *error)
{
    struct os_input input;
    size_t got = 0;
    uint32_t line = press->job.secret_line;
    if (os_input_open(path, &input, error) != OK)
        return STOP;
    enum status status = OK;
    if (!os_file_private(path))
        status = error_at(error, MSG_SECRET_OPEN, press->job.path, line, TEXT("secret"));
    else if (input.size != sizeof press->secret)
        status = error_at(error, MSG_SECRET_SIZE, press->job.path, line, TEXT("secret"));
    if (status == OK)
        status = os_input_read(&input, 0, press->secret, sizeof press->secret, &got, error);
    if (status == OK && got != sizeof press->secret)
        status = error_at(error, MSG_SECRET_SIZE, press->job.path, line, TEXT("secret"));
    os_input_close(&input);
    return status;
}

enum status secret_open(struct press *press, struct error *error)
{
    char path[LIMIT_PATH];
    if (press->job.secret.length == 0)
        return OK;
    if (!secret_path(press, path))
        return error_name(error, MSG_NO_SUCH_FILE, TEXT("secret"));
    if (read_secret(press, path, error) != OK)
        return STOP;
    press->has_secret = true;
    return digester_key(press->digester, press->secret, error);
}

enum status secret_digester(const struct press *press, struct digester **out, struct error *error)
{
    enum status status = digester_new(out, error);
    if (status != OK || !press->has_secret)
        return status;
    status = digester_key(*out, press->secret, error);
    if (status != OK) {
        digester_free(*out);
        *out = NULL;
    }
    return status;
}

enum status press_keygen(const char *path, struct error *error)
{
    uint8_t key[DIGEST_KEY_BYTES];
    struct os_file *file = NULL;
    char folder[LIMIT_PATH];
    enum status status = digest_random(key, sizeof key, error);
    if (status == OK)
        status = os_file_create(path, &file, error);
    if (status == OK)
        status = os_file_write(file, key, sizeof key, error);
    memory_wipe(key, sizeof key);
    if (status == OK)
        status = os_file_seal(file, error);
    if (status != OK) {
        os_file_abandon(file);
        return status;
    }
    os_path_folder(folder, path);
    return os_sync_folder(folder, error);
}
