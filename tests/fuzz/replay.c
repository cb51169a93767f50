/* tests/fuzz/replay.c -- runs a fuzz target once on each file of a corpus, without libFuzzer.
 * usage: TARGET FOLDER. Files are counted: FOLDER/../COUNT says for each target how many there must be at
 * least ("name count"), so that a corpus can't shrink unseen. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The whole file; NULL when it can't be read. */
static uint8_t *slurp(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    uint8_t *bytes = NULL;
    if (!fseek(file, 0, SEEK_END) && ftell(file) >= 0) {
        *size = (size_t)ftell(file);
        rewind(file);
        /* exactly as long as the input, so that a sanitizer sees the first byte read beyond it */
        bytes = malloc(*size ? *size : 1);
        if (bytes && fread(bytes, 1, *size, file) != *size) {
            free(bytes);
            bytes = NULL;
        }
    }
    fclose(file);
    return bytes;
}

/* What FOLDER/../COUNT promises for this corpus; 1 when it says nothing. */
static unsigned promised(const char *folder)
{
    char path[4096], name[256];
    unsigned count, want = 1;
    const char *last = strrchr(folder, '/');
    last = last ? last + 1 : folder;
    snprintf(path, sizeof path, "%s/../COUNT", folder);
    FILE *file = fopen(path, "r");
    if (!file)
        return want;
    while (fscanf(file, "%255s %u", name, &count) == 2)
        if (!strcmp(name, last))
            want = count;
    fclose(file);
    return want;
}

static int keep_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    struct dirent **entries = NULL;
    int files = scandir(arguments[1], &entries, keep_visible, alphasort);
    unsigned passed = 0, failed = 0;
    for (int i = 0; i < files; i++) {
        char path[4096];
        size_t size = 0;
        snprintf(path, sizeof path, "%s/%s", arguments[1], entries[i]->d_name);
        fprintf(stderr, "%s\n",
                entries[i]->d_name); /* the last one named is the one that crashed */
        uint8_t *bytes = slurp(path, &size);
        if (bytes) {
            LLVMFuzzerTestOneInput(bytes, size);
            passed++;
        } else {
            failed++;
        }
        free(bytes);
        free(entries[i]);
    }
    free(entries);
    if (passed < promised(arguments[1])) {
        fprintf(stderr, "%u files, at least %u expected\n", passed, promised(arguments[1]));
        failed++;
    }
    printf("%s: %u passed, %u failed\n", arguments[0], passed, failed);
    return failed != 0;
}
