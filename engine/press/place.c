/* press/place.c -- where in the delivered files a record stands, for words about it. */
#include "press/engine.h"

static void put_file(struct text file, struct error *error)
{
    char name[LIMIT_PATH];
    if (file.length == 0 || file.length >= sizeof name)
        return;
    memcpy(name, file.bytes, file.length);
    name[file.length] = '\0';
    error_put_file(error, name);
}

void press_tell_row(const struct press *press, struct error *error)
{
    error->row = press->record.row;
    put_file(intake_file_name(press->intake, &press->record), error);
}

enum status press_tell_place(struct press *press, struct plan *plan, uint64_t index,
                             struct error *error)
{
    struct error failed = {0};
    struct text file;
    uint64_t row;
    if (intake_place(press->intake, plan_at(plan, index)->offset, plan_row(index), &row, &file,
                     &failed) != OK) {
        *error = failed;
        return STOP;
    }
    error->row = row;
    put_file(file, error);
    return OK;
}
