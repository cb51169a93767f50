#include "pdf/file.h"

#include "base/memory.h"

/* Room for the longest head of a page's content object, which is written before its length is
 * known. */
#define HEAD_ROOM 80

/* The second line tells transfer programs that the file is binary (ISO 32000-1, 7.5.2). */
static const char header[] = "%PDF-1.6\n%\xE2\xE3\xCF\xD3\n";

static enum status write_out(struct file *file, const void *bytes, size_t size, struct error *error)
{
    if (size > FILE_LIMIT - file->size) {
        enum status status = error_set(error, MSG_PDF_FULL);

        if (error)
            error->want = FILE_LIMIT;
        return status;
    }
    file->size += size;
    return sink_write(&file->sink, bytes, size, error);
}

static enum status write_ink(struct file *file, const struct ink *ink, struct error *error)
{
    if (ink->failed)
        return error_set(error, MSG_NO_MEMORY);
    return write_out(file, ink->bytes, ink->size, error);
}

enum status file_open(struct file *file, const struct sink *sink, struct packer *packer,
                      struct error *error)
{
    uint32_t zero;

    *file = (struct file){.sink = *sink, .packer = packer};
    if (file_reserve(file, &zero, error) != OK) /* object 0 heads the list of free ones */
        return STOP;
    return write_out(file, header, sizeof header - 1, error);
}

void file_close(struct file *file)
{
    memory_free(file->offsets, file->room * sizeof *file->offsets);
    ink_free(&file->out);
    *file = (struct file){0};
}

enum status file_reserve(struct file *file, uint32_t *number, struct error *error)
{
    if (file->count == file->room) {
        uint32_t room = file->room ? file->room * 2 : 4096;
        uint32_t *offsets =
            memory_resize(file->offsets, file->room * sizeof *offsets, room * sizeof *offsets);

        if (!offsets)
            return error_set(error, MSG_NO_MEMORY);
        file->offsets = offsets;
        file->room = room;
    }
    *number = file->count++;
    return OK;
}

/* Notes the place of an object that begins `ahead` bytes behind what is written. */
static enum status place(struct file *file, uint32_t number, size_t ahead, struct error *error)
{
    if (number == 0 || number >= file->count || file->offsets[number] != 0)
        return error_set(error, MSG_BUG);
    if (file->size + ahead > FILE_LIMIT)
        return OK; /* the write to come is refused */
    file->offsets[number] = (uint32_t)(file->size + ahead);
    return OK;
}

enum status file_object(struct file *file, uint32_t number, const struct ink *body,
                        struct error *error)
{
    struct ink *out = &file->out;

    if (body->failed)
        return error_set(error, MSG_NO_MEMORY);
    if (place(file, number, 0, error) != OK)
        return STOP;
    out->size = 0;
    ink_integer(out, number);
    ink_words(out, " 0 obj\n");
    ink_bytes(out, body->bytes, body->size);
    ink_words(out, "\nendobj\n");
    return write_ink(file, out, error);
}

enum status file_stream(struct file *file, uint32_t number, const struct ink *dictionary,
                        const struct ink *packed, struct error *error)
{
    struct ink *out = &file->out;

    if (dictionary->failed || packed->failed)
        return error_set(error, MSG_NO_MEMORY);
    if (place(file, number, 0, error) != OK)
        return STOP;
    out->size = 0;
    ink_integer(out, number);
    ink_words(out, " 0 obj\n");
    ink_bytes(out, dictionary->bytes, dictionary->size);
    ink_words(out, "\nstream\n");
    if (write_ink(file, out, error) != OK || write_ink(file, packed, error) != OK)
        return STOP;
    out->size = 0;
    ink_words(out, "\nendstream\nendobj\n");
    return write_ink(file, out, error);
}

/* The head is written backwards from the body, so that all is one run of bytes. Gives where it
 * begins. */
static size_t put_head_before(struct ink *out, uint32_t number)
{
    uint8_t bytes[HEAD_ROOM];
    struct ink head = {.bytes = bytes, .room = sizeof bytes};
    size_t start;

    ink_integer(&head, number);
    ink_words(&head, " 0 obj\n<</Filter/FlateDecode/Length ");
    ink_integer(&head, (int64_t)(out->size - HEAD_ROOM));
    ink_words(&head, ">>\nstream\n");
    start = HEAD_ROOM - head.size;
    memcpy(out->bytes + start, bytes, head.size);
    return start;
}

enum status file_page(struct file *file, uint32_t content_number, uint32_t page_number,
                      const struct ink *content, struct text page_entries, struct error *error)
{
    struct ink *out = &file->out;
    size_t start, page_start;

    out->size = 0;
    if (content->failed || !ink_room(out, HEAD_ROOM))
        return error_set(error, MSG_NO_MEMORY);
    out->size = HEAD_ROOM;
    if (packer_add(file->packer, PACK_PAGE, content->bytes, content->size, out, error) != OK)
        return STOP;
    start = put_head_before(out, content_number);
    ink_words(out, "\nendstream\nendobj\n");
    page_start = out->size;
    ink_integer(out, page_number);
    ink_words(out, " 0 obj\n<<");
    ink_bytes(out, page_entries.bytes, page_entries.length);
    ink_words(out, "/Contents ");
    ink_integer(out, content_number);
    ink_words(out, " 0 R>>\nendobj\n");
    if (out->failed)
        return error_set(error, MSG_NO_MEMORY);
    if (place(file, content_number, 0, error) != OK ||
        place(file, page_number, page_start - start, error) != OK)
        return STOP;
    return write_out(file, out->bytes + start, out->size - start, error);
}

/* -- end -- */

/* Exactly 20 bytes an entry (ISO 32000-1, 7.5.4): 10 digits, 5 digits, a letter, blank and LF. */
static void put_entry(struct ink *out, uint64_t offset, bool in_use)
{
    char entry[20] = "0000000000 00000 n \n";

    for (int i = 9; i >= 0; i--, offset /= 10)
        entry[i] = (char)('0' + offset % 10);
    if (!in_use) {
        memcpy(entry + 11, "65535", 5);
        entry[17] = 'f';
    }
    ink_bytes(out, entry, sizeof entry);
}

static enum status write_table(struct file *file, struct error *error)
{
    struct ink *out = &file->out;

    out->size = 0;
    ink_words(out, "xref\n0 ");
    ink_integer(out, file->count);
    ink_words(out, "\n");
    for (uint32_t number = 0; number < file->count; number++) {
        if (number > 0 && file->offsets[number] == 0)
            return error_set(error, MSG_BUG);
        put_entry(out, file->offsets[number], number > 0);
        if (out->size < 60000)
            continue;
        if (write_ink(file, out, error) != OK)
            return STOP;
        out->size = 0;
    }
    return write_ink(file, out, error);
}

enum status file_end(struct file *file, uint32_t catalog, uint32_t info, const struct digest *id,
                     struct error *error)
{
    struct ink *out = &file->out;
    uint64_t start = file->size;

    if (write_table(file, error) != OK)
        return STOP;
    out->size = 0;
    ink_words(out, "trailer\n<</Size ");
    ink_integer(out, file->count);
    ink_words(out, "/Root ");
    ink_integer(out, catalog);
    ink_words(out, " 0 R/Info ");
    ink_integer(out, info);
    ink_words(out, " 0 R/ID[<");
    ink_hex(out, id->bytes, 16);
    ink_words(out, "><");
    ink_hex(out, id->bytes, 16);
    ink_words(out, ">]>>\nstartxref\n");
    ink_integer(out, (int64_t)start);
    ink_words(out, "\n%%EOF\n");
    return write_ink(file, out, error);
}
