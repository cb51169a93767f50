/* press/extract_out.c -- the files of an extraction: written as .part, named together in the end. */
#include "press/extract_inside.h"

#include <stdio.h>

static bool path_of(const struct extract_out *out, const char *name, const char *suffix,
                    char path[LIMIT_PATH])
{
    char whole[80];
    (void)snprintf(whole, sizeof whole, "%s%s", name, suffix);
    return os_path_join(path, out->folder, whole);
}

enum status out_open(struct extract_out *out, const char *folder, struct error *error)
{
    char own[LIMIT_PATH];
    enum os_folder state = os_folder_state(folder);

    *out = (struct extract_out){0};
    if (state == FOLDER_FULL)
        return error_at(error, MSG_OUT_NOT_EMPTY, folder, 0, TEXT(""));
    if (state == FOLDER_NOT_ONE)
        return error_at(error, MSG_OUT_NOT_FOLDER, folder, 0, TEXT(""));
    if (!os_path_join(out->folder, "", folder) || !os_path_join(own, folder, "insurer"))
        return error_at(error, MSG_OUT_NOT_WRITABLE, folder, 0, TEXT(""));
    out->made = state == FOLDER_MISSING;
    enum status status = os_folder_make(folder, error);
    if (status == OK)
        status = os_folder_make(own, error);
    out->made_own = status == OK;
    if (status != OK)
        out_abandon(out);
    return status;
}

static enum status write_file(void *context, const void *bytes, size_t size, struct error *error)
{
    return os_file_write(context, bytes, size, error);
}

enum status out_file(struct extract_out *out, const char *name, struct sink *sink,
                     struct error *error)
{
    char path[LIMIT_PATH];

    if (out->count == EXTRACT_FILES || strlen(name) >= sizeof out->files[0].name)
        return error_set(error, MSG_BUG);
    if (!path_of(out, name, ".part", path))
        return error_at(error, MSG_WRITE_FAILED, out->folder, 0, TEXT(""));
    struct os_file **file = &out->files[out->count].file;
    enum status status = os_file_create(path, file, error);
    if (status != OK)
        return status;
    (void)snprintf(out->files[out->count++].name, sizeof out->files[0].name, "%s", name);
    *sink = (struct sink){write_file, *file};
    return OK;
}

static enum status seal_all(struct extract_out *out, struct error *error)
{
    for (uint32_t i = 0; i < out->count; i++) {
        struct os_file *file = out->files[i].file;
        out->files[i].file = NULL;
        if (os_file_seal(file, error) == OK)
            continue;
        os_file_abandon(file);
        return STOP;
    }
    return OK;
}

static enum status name_all(struct extract_out *out, struct error *error)
{
    for (uint32_t i = 0; i < out->count; i++) {
        char part[LIMIT_PATH], path[LIMIT_PATH];
        if (!path_of(out, out->files[i].name, ".part", part) ||
            !path_of(out, out->files[i].name, "", path))
            return error_at(error, MSG_WRITE_FAILED, out->folder, 0, TEXT(""));
        if (os_rename_new(part, path, error) != OK)
            return STOP;
        out->files[i].named = true;
    }
    return OK;
}

enum status out_publish(struct extract_out *out, struct error *error)
{
    char own[LIMIT_PATH];
    enum status status = seal_all(out, error);

    if (status == OK)
        status = name_all(out, error);
    if (status == OK && os_path_join(own, out->folder, "insurer"))
        status = os_sync_folder(own, error);
    if (status == OK)
        status = os_sync_folder(out->folder, error);
    if (status != OK)
        out_abandon(out);
    return status;
}

void out_abandon(struct extract_out *out)
{
    char path[LIMIT_PATH];

    for (uint32_t i = 0; i < out->count; i++) {
        os_file_abandon(out->files[i].file);
        if (path_of(out, out->files[i].name, out->files[i].named ? "" : ".part", path))
            os_unlink(path);
    }
    if (out->made_own && os_path_join(path, out->folder, "insurer"))
        os_rmdir(path);
    if (out->made)
        os_rmdir(out->folder);
    *out = (struct extract_out){0};
}
