/* Any bytes as a template: no crash; what is accepted can be filled, with all fields empty and with
 * all given. */
#include "wording/wording.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fill_all(const struct wording *wording, struct text value, struct arena *arena)
{
    struct text fields[FIELD_LIMIT], out;
    for (int i = 0; i < FIELD_LIMIT; i++)
        fields[i] = value;
    for (uint32_t i = 0; i < wording->part_count; i++) {
        const struct part *part = &wording->parts[i];
        if (!wording_part(wording, part->name) || !wording_fill(part, fields, arena, &out))
            abort();
        if (value.length && out.length == 0)
            abort();
        for (uint32_t b = 0; b < out.length; b++) /* every byte is ours to read */
            if ((unsigned char)out.bytes[b] < 0x20 && out.bytes[b] != '\n')
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct text extras[] = {{"extra", 5}};
    static struct job job;
    struct wording wording;
    struct arena arena;
    struct error error = {0};
    if (size > 1u << 16)
        return 0;
    job.input.extra = extras;
    job.input.extra_count = 1;
    arena_open(&arena, LIMIT_JOB_ARENA);
    enum status status = wording_read(&job, (struct text){(const char *)data, (uint32_t)size},
                                      "fuzz/t.yaml", &arena, &wording, &error);
    if (status == REJECT || (status == STOP) != (error.message != MSG_NONE))
        abort();
    if (status == OK) {
        fill_all(&wording, (struct text){NULL, 0}, &arena);
        fill_all(&wording, TEXT("架"), &arena);
    }
    arena_close(&arena);
    return 0;
}
