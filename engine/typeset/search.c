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

static bool keep_folders(FcConfig *config, struct search *out)
{
    bool kept = true;
    FcStrList *list = FcConfigGetFontDirs(config);
    if (!list)
        return false;
    for (const FcChar8 *folder = FcStrListNext(list); folder && kept; folder = FcStrListNext(list))
        kept = keep_folder(out, (const char *)folder);
    FcStrListDone(list);
    return kept;
}

enum status search_read(struct text conf, const char *path, const char *folder, struct search *out,
                        struct error *error)
{
    out->count = 0;
    if (!keep_folder(out, folder))
        return error_at(error, MSG_FONT_CONF, path, 0, TEXT(""));
    /* FcConfigBuildFonts is never called: without a cache folder it complains, with one it writes. */
    FcConfig *config = FcConfigCreate();
    if (!config)
        return error_set(error, MSG_NO_MEMORY);
    enum status status = OK;
    memory_watch();
    if (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)conf.bytes, FcTrue)) {
        status = error_at(error, MSG_FONT_CONF, path, 0, TEXT(""));
    } else if (!keep_folders(config, out)) {
        status = error_at(error, MSG_FONT_LIST_COUNT, path, 0, TEXT("dir"));
        if (error)
            error->want = SEARCH_FOLDERS - 1;
    }
    FcConfigDestroy(config);
    return memory_ran_out() ? error_set(error, MSG_NO_MEMORY) : status;
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
