#include "intake/recode.h"

#include "base/memory.h"

#define CHUNK (32u << 10)
#define TEXT_BYTES ((size_t)CHUNK * CODING_GROWTH + CODING_SLACK)
#define FIRST_MARKS 64

enum status recoder_open(struct recoder *recoder, enum encoding encoding, const char *table,
                         struct error *error)
{
    *recoder = (struct recoder){.raw = memory_new(CHUNK), .text = memory_new(TEXT_BYTES)};
    if (!recoder->raw || !recoder->text)
        return error_set(error, MSG_NO_MEMORY);
    return coding_open(&recoder->coding, encoding, table, error);
}

void recoder_close(struct recoder *recoder)
{
    memory_free(recoder->raw, recoder->raw ? CHUNK : 0);
    memory_free(recoder->text, recoder->text ? TEXT_BYTES : 0);
    coding_close(&recoder->coding);
    *recoder = (struct recoder){0};
}

/* -- chunks -- */

/* Decodes the chunk that begins at the mark; *next: where the one behind it begins. */
static enum status decode_chunk(const struct recoded *recoded, const struct recode_mark *mark,
                                struct recode_mark *next, size_t *length, struct error *error)
{
    struct recoder *recoder = recoded->recoder;
    struct coding_turn turn = {.state = mark->state, .stand_in = {"\xFF", 1}};
    size_t size;

    recoder->at = NULL;
    enum status status = os_input_read(recoded->input, mark->in, recoder->raw, CHUNK, &size, error);
    if (status != OK)
        return status;
    turn.last = mark->in + size >= recoded->input->size;
    *length = coding_decode(&recoder->coding, &turn, recoder->raw, size, recoder->text);
    *next = (struct recode_mark){mark->in + turn.taken, mark->out + *length, turn.state};
    return OK;
}

static enum status keep_mark(struct recoded *recoded, const struct recode_mark *mark,
                             struct error *error)
{
    if (recoded->count == recoded->room) {
        size_t room = recoded->room ? recoded->room * 2 : FIRST_MARKS;
        struct recode_mark *marks =
            memory_resize(recoded->marks, recoded->room * sizeof *marks, room * sizeof *marks);
        if (!marks)
            return error_set(error, MSG_NO_MEMORY);
        recoded->marks = marks;
        recoded->room = room;
    }
    recoded->marks[recoded->count++] = *mark;
    return OK;
}

enum status recoded_open(struct recoded *recoded, struct recoder *recoder,
                         const struct os_input *input, struct error *error)
{
    struct recode_mark mark = {0, 0, CODING_NARROW}, next;
    size_t length;

    *recoded = (struct recoded){.recoder = recoder, .input = input};
    while (mark.in < input->size) {
        if (keep_mark(recoded, &mark, error) != OK ||
            decode_chunk(recoded, &mark, &next, &length, error) != OK)
            return STOP;
        if (next.in == mark.in)
            return error_set(error, MSG_INPUT_CHANGED); /* it has become shorter */
        mark = next;
    }
    recoded->size = mark.out;
    return OK;
}

void recoded_close(struct recoded *recoded)
{
    memory_free(recoded->marks, recoded->room * sizeof *recoded->marks);
    *recoded = (struct recoded){0};
}

/* -- reading -- */

/* The chunk that holds the offset: the last one that does not begin behind it. */
static size_t find_chunk(const struct recoded *recoded, uint64_t offset)
{
    size_t low = 0, high = recoded->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (recoded->marks[middle].out <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static enum status load_chunk(const struct recoded *recoded, size_t chunk, struct error *error)
{
    struct recoder *recoder = recoded->recoder;
    struct recode_mark next;
    size_t length;

    if (recoder->at == recoded && recoder->chunk == chunk)
        return OK;
    if (decode_chunk(recoded, &recoded->marks[chunk], &next, &length, error) != OK)
        return STOP;
    uint64_t end = chunk + 1 < recoded->count ? recoded->marks[chunk + 1].out : recoded->size;
    if (next.out != end)
        return error_set(error, MSG_INPUT_CHANGED);
    recoder->at = recoded;
    recoder->chunk = chunk;
    recoder->length = length;
    return OK;
}

enum status recoded_read(void *context, uint64_t offset, void *bytes, size_t size, size_t *got,
                         struct error *error)
{
    const struct recoded *recoded = context;

    for (*got = 0; *got < size && offset + *got < recoded->size;) {
        size_t chunk = find_chunk(recoded, offset + *got);
        if (load_chunk(recoded, chunk, error) != OK)
            return STOP;
        size_t skip = (size_t)(offset + *got - recoded->marks[chunk].out);
        size_t piece = recoded->recoder->length - skip;
        if (piece > size - *got)
            piece = size - *got;
        memcpy((char *)bytes + *got, recoded->recoder->text + skip, piece);
        *got += piece;
    }
    return OK;
}
