#include "typeset/search.h"

#include "base/memory.h"
#include "base/os.h"

#include <fontconfig/fontconfig.h>

static bool keep_folder(struct search *search, const char *folder)
{
    struct text text = text_of(folder);
    if (search->count == SEARCH_FOLDERS || text.length >= LIMIT_PATH)
        return false;
    memcpy(search->folders[search->count++], folder, (size_t)text.length + 1);
    return true;
}

/* -- in a process of its own: fontconfig crashes when memory runs out in it -- */

static bool send_folders(FcConfig *config, int channel)
{
    struct error ignored;
    bool sent = true;
    FcStrList *list = FcConfigGetFontDirs(config);
    if (!list)
        return false;
    for (const FcChar8 *folder = FcStrListNext(list); folder && sent;
         folder = FcStrListNext(list)) {
        const char *name = (const char *)folder;
        sent = os_message_send(channel, name, strlen(name) + 1, &ignored) == OK;
    }
    FcStrListDone(list);
    return sent;
}

enum { READ_ALL, READ_BAD, READ_NO_MEMORY }; /* how the process ends */

static int read_conf(void *context, int channel)
{
    const struct text *conf = context;
    /* FcConfigBuildFonts is never called: without a cache folder it complains, with one it writes. */
    memory_watch();
    FcConfig *config = FcConfigCreate();
    if (!config)
        return READ_NO_MEMORY;
    bool read = FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)conf->bytes, FcTrue);
    bool sent = read && send_folders(config, channel);
    if (memory_ran_out() || (read && !sent))
        return READ_NO_MEMORY;
    FcConfigDestroy(config);
    return read ? READ_ALL : READ_BAD;
}

/* -- in ours -- */

static enum status receive_folders(int channel, const char *path, struct search *out,
                                   struct error *error)
{
    char folder[LIMIT_PATH];
    size_t size = 0;
    enum status status = os_message_receive(channel, folder, sizeof folder, &size, error);
    while (status == OK && size) {
        if (!keep_folder(out, folder)) {
            status = error_at(error, MSG_FONT_LIST_COUNT, path, 0, TEXT("dir"));
            if (error)
                error->want = SEARCH_FOLDERS - 1;
            return status;
        }
        status = os_message_receive(channel, folder, sizeof folder, &size, error);
    }
    return status;
}

enum status search_read(struct text conf, const char *path, const char *folder, struct search *out,
                        struct error *error)
{
    struct os_worker worker;
    out->count = 0;
    if (!keep_folder(out, folder))
        return error_at(error, MSG_FONT_CONF, path, 0, TEXT(""));
    if (os_worker_start(&worker, 0, read_conf, &conf, error) != OK)
        return STOP;
    enum status status = receive_folders(worker.channel, path, out, error);
    if (status != OK)
        os_worker_kill(&worker); /* it may wait for us to read on */
    os_worker_end(&worker);
    if (status != OK || (!worker.killed && worker.code == READ_ALL))
        return status;
    if (!worker.killed && worker.code == READ_BAD)
        return error_at(error, MSG_FONT_CONF, path, 0, TEXT(""));
    return error_set(error, MSG_NO_MEMORY);
}

bool search_find(const struct search *search, struct text file, char out[LIMIT_PATH])
{
    char name[LIMIT_NAME];
    if (file.length >= sizeof(name))
        return false;
    memcpy(name, file.bytes, file.length);
    name[file.length] = '\0';
    memory_watch();
    for (uint32_t i = 0; i < search->count && !memory_ran_out(); i++)
        if (os_find_below(out, search->folders[i], name))
            return true;
    return false;
}
