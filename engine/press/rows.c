#include "press/rows.h"

#define HEAD 5u

void rows_open(struct rows *rows, struct sink sink)
{
    rows->sink = sink;
    for (int section = 0; section < SECTIONS; section++)
        rows->block[section].size = 0;
}

static enum status flush(struct rows *rows, enum section section, struct error *error)
{
    uint32_t size = rows->block[section].size;
    unsigned char head[HEAD] = {(unsigned char)section, size & 255, size >> 8 & 255,
                                size >> 16 & 255, size >> 24};
    if (size == 0)
        return OK;
    rows->block[section].size = 0;
    enum status status = sink_write(&rows->sink, head, sizeof head, error);
    return status == OK ? sink_write(&rows->sink, rows->block[section].bytes, size, error) : status;
}

enum status rows_add(struct rows *rows, enum section section, const void *bytes, size_t size,
                     struct error *error)
{
    if (size > ROWS_BLOCK)
        return error_set(error, MSG_BUG);
    if (size > ROWS_BLOCK - rows->block[section].size && flush(rows, section, error) != OK)
        return STOP;
    memcpy(rows->block[section].bytes + rows->block[section].size, bytes, size);
    rows->block[section].size += (uint32_t)size;
    return OK;
}

enum status rows_add_row(struct rows *rows, enum section section, struct error *error)
{
    csv_row_end(&rows->row);
    if (rows->row.overflow) /* every field has its bound, so a row has one too */
        return error_set(error, MSG_BUG);
    return rows_add(rows, section, rows->row.bytes, rows->row.size, error);
}

enum status rows_close(struct rows *rows, struct error *error)
{
    enum status status = OK;
    for (int section = 0; status == OK && section < SECTIONS; section++)
        status = flush(rows, (enum section)section, error);
    return status;
}

/* -- reading -- */

void rows_reader_open(struct rows_reader *reader,
                      enum status (*frame)(void *context, enum section section, const char *bytes,
                                           uint32_t size, struct error *error),
                      void *context)
{
    reader->frame = frame;
    reader->context = context;
    reader->held = 0;
}

/* Bytes of the frame in hand, as far as its head tells. */
static uint32_t wanted(const struct rows_reader *reader)
{
    const unsigned char *head = (const unsigned char *)reader->bytes;
    if (reader->held < HEAD)
        return HEAD;
    return HEAD + ((uint32_t)head[1] | (uint32_t)head[2] << 8 | (uint32_t)head[3] << 16 |
                   (uint32_t)head[4] << 24);
}

static enum status read_block(void *context, const void *bytes, size_t size, struct error *error)
{
    struct rows_reader *reader = context;
    const char *at = bytes;
    while (size) {
        uint32_t want = wanted(reader);
        if (want > sizeof reader->bytes || (unsigned char)reader->bytes[0] >= SECTIONS)
            return error_set(error, MSG_BUG);
        uint32_t piece = want - reader->held;
        if (piece > size)
            piece = (uint32_t)size;
        memcpy(reader->bytes + reader->held, at, piece);
        reader->held += piece;
        at += piece;
        size -= piece;
        if (reader->held <= HEAD || reader->held < wanted(reader))
            continue;
        if (wanted(reader) > sizeof reader->bytes || (unsigned char)reader->bytes[0] >= SECTIONS)
            return error_set(error, MSG_BUG);
        enum section section = (enum section)(unsigned char)reader->bytes[0];
        uint32_t held = reader->held;
        reader->held = 0;
        if (reader->frame(reader->context, section, reader->bytes + HEAD, held - HEAD, error) != OK)
            return STOP;
    }
    return OK;
}

struct sink rows_reader_sink(struct rows_reader *reader)
{
    return (struct sink){read_block, reader};
}

enum status rows_reader_close(const struct rows_reader *reader, struct error *error)
{
    return reader->held == 0 ? OK : error_set(error, MSG_BUG);
}
