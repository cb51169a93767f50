#include "press/chunk.h"

struct search {
    struct text wanted;
    uint64_t index;
    uint32_t found;
};

static enum status look_at(struct search *search, struct press *press, uint64_t index,
                           enum status read, struct error *error)
{
    struct admitted admitted;
    enum message refused;

    if (guard_only(press, read, &admitted, &refused, error) != OK)
        return STOP;
    if (text_equal(admitted.value[COLUMN_REF_NO], search->wanted)) {
        search->index = index;
        search->found++;
    }
    return OK;
}

enum status press_find(struct press *press, const char *id, uint64_t *index, struct error *error)
{
    struct search search = {.wanted = text_of(id)};
    bool end = false;

    intake_rewind(press->intake);
    for (uint64_t i = 0; !end; i++) {
        enum status status = intake_next(press->intake, &press->record, &end, error);
        if (status == STOP || (!end && look_at(&search, press, i, status, error) != OK))
            return STOP;
    }
    *index = search.index;
    if (search.found == 1)
        return OK;
    return error_set(error, search.found ? MSG_ID_DOUBLED : MSG_NO_SUCH_ID);
}
