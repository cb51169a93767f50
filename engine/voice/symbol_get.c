/* voice/symbol_get.c -- one symbol: its line of the table or its name, its file, its cells. */
#include "voice/symbol.h"

#include "voice/image.h"
#include "voice/rows.h"
#include "voice/symbol_inside.h"

enum { LINE_BYTES = 4096 };

/* What is expected of the file of a page. */
struct expected {
    char path[LIMIT_PATH];
    struct digest image;
    bool has_digest;
};

static bool read_hex(struct text text, struct digest *out)
{
    if (text.length != 64)
        return false;
    for (uint32_t i = 0; i < 32; i++) {
        int high = text_hex_value(text.bytes[2 * i]), low = text_hex_value(text.bytes[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* A file of the folder itself: no separator, no dot in front. */
static bool plain_name(struct text name)
{
    return name.length > 0 && name.length < 200 && name.bytes[0] != '.' &&
           !memchr(name.bytes, '/', name.length) && !memchr(name.bytes, '\\', name.length) &&
           !memchr(name.bytes, '\0', name.length);
}

static bool join(char out[LIMIT_PATH], const char *folder, struct text name, struct text page,
                 const char *ending)
{
    char file[256];
    size_t size = 0, end = strlen(ending);
    if (!plain_name(name) || name.length + page.length + end + 2 > sizeof file)
        return false;
    memcpy(file, name.bytes, name.length);
    size = name.length;
    if (page.length) {
        file[size++] = '-';
        memcpy(file + size, page.bytes, page.length);
        size += page.length;
    }
    memcpy(file + size, ending, end + 1);
    return os_path_join(out, folder, file);
}

static enum status same_text(const struct symbols *symbols, const struct spoken *spoken,
                             const struct digest *want, struct error *error)
{
    struct digest digest;
    char cp932[VOICE_BYTES];
    uint32_t length;
    struct error lacking;
    if (digest_of(spoken->bytes, spoken->length, &digest, error) != OK)
        return STOP;
    if (memcmp(&digest, want, sizeof digest) == 0)
        return OK;
    if (voice_cp932(symbols->sjis, spoken, cp932, &length, &lacking) == OK) {
        if (digest_of(cp932, length, &digest, error) != OK)
            return STOP;
        if (memcmp(&digest, want, sizeof digest) == 0)
            return OK;
    }
    return error_set(error, MSG_VOICE_TEXT_DIFFERS);
}

/* The line is read again where it was. */
static enum status read_line(const struct symbols *symbols, uint64_t offset, char line[LINE_BYTES],
                             struct text field[ROWS_FIELDS], struct error *error)
{
    size_t got;
    uint32_t count = 0;
    if (os_input_read(&symbols->index, offset, line, LINE_BYTES, &got, error) != OK)
        return STOP;
    size_t used = rows_parse(line, got, got < LINE_BYTES, field, &count);
    for (int i = 0; i < COLUMNS; i++)
        if (used == 0 || used == SIZE_MAX || symbols->columns[i] >= (int)count)
            return error_at(error, MSG_VOICE_INDEX, symbols->index_path, 0, TEXT(""));
    return OK;
}

static enum status expect_indexed(const struct symbols *symbols, const struct symbol_key *key,
                                  const struct spoken *spoken, struct expected *out,
                                  struct error *error)
{
    bool doubled;
    char line[LINE_BYTES];
    struct text field[ROWS_FIELDS];
    struct digest text;
    const struct entry *entry =
        symbols_find(symbols, key->row << SYMBOL_PAGE_BITS | key->page, &doubled);
    if (!entry)
        return error_set(error, MSG_VOICE_MISSING);
    if (doubled)
        return error_set(error, MSG_VOICE_DOUBLED);
    enum status status = read_line(symbols, entry->offset >> 1, line, field, error);
    if (status != OK)
        return status;
    if (!read_hex(field[symbols->columns[TEXT_DIGEST]], &text))
        return error_set(error, MSG_VOICE_TEXT_DIFFERS);
    if (!read_hex(field[symbols->columns[IMAGE_DIGEST]], &out->image))
        return error_set(error, MSG_VOICE_IMAGE_DIFFERS);
    out->has_digest = true;
    status = same_text(symbols, spoken, &text, error);
    if (status == OK &&
        !join(out->path, symbols->folder, field[symbols->columns[FILE_NAME]], TEXT(""), ""))
        status = error_set(error, MSG_VOICE_IMAGE_NAME);
    return status;
}

static const char *const endings[] = {".png", ".bmp", ".pbm", ".tif", ".tiff"};

static enum status expect_named(const struct symbols *symbols, const struct symbol_key *key,
                                struct expected *out, struct error *error)
{
    char path[LIMIT_PATH], digits[TEXT_NUMBER];
    struct text page = key->page > 1 ? text_number(key->page, digits) : (struct text){NULL, 0};
    uint32_t found = 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!join(path, symbols->folder, key->id, page, endings[i]))
            return error_set(error, MSG_VOICE_IMAGE_NAME);
        if (!os_exists(path))
            continue;
        found++;
        memcpy(out->path, path, sizeof path);
    }
    if (found == 1)
        return OK;
    return error_set(error, found ? MSG_VOICE_DOUBLED : MSG_VOICE_MISSING);
}

/* What is wrong with the file alone holds its letter; a failing disk ends the run. */
static enum status read_file(const struct expected *expected, struct arena *arena, struct text *out,
                             struct error *error)
{
    enum status status = os_slurp(expected->path, VOICE_FILE_BYTES, arena, out, error);
    struct digest digest;
    if (status != OK && error->message == MSG_NO_SUCH_FILE)
        return error_set(error, MSG_VOICE_MISSING);
    if (status != OK && (error->message == MSG_FILE_TOO_LARGE || error->message == MSG_NOT_A_FILE))
        return error_set(error, MSG_VOICE_IMAGE_DAMAGED);
    if (status != OK || !expected->has_digest)
        return status;
    if (digest_of(out->bytes, out->length, &digest, error) != OK)
        return STOP;
    return memcmp(&digest, &expected->image, sizeof digest) == 0
               ? OK
               : error_set(error, MSG_VOICE_IMAGE_DIFFERS);
}

/* J1 and J2 of the Uni-Voice specification: 40, 73, 106, 117 cells a side. */
static uint32_t cells_of(const struct job *job)
{
    static const uint32_t cells[] = {40, 73, 106, 117};
    return job->voice.kind == VOICE_UNI_VOICE ? cells[job->voice.size] : job->voice.cells;
}

enum status symbols_get(const struct symbols *symbols, const struct symbol_key *key,
                        const struct spoken *spoken, struct arena *arena, struct voice_symbol *out,
                        struct error *error)
{
    struct expected expected = {.has_digest = false};
    struct voice_bitmap bitmap;
    struct text bytes;
    enum status status = symbols->indexed ? expect_indexed(symbols, key, spoken, &expected, error)
                                          : expect_named(symbols, key, &expected, error);
    if (status == OK)
        status = read_file(&expected, arena, &bytes, error);
    if (status == OK)
        status = voice_image_read(bytes, arena, &bitmap, error);
    if (status == OK)
        status = voice_image_cells(&bitmap, cells_of(symbols->job), out, error);
    if (status == REJECT && error)
        error->row = key->row;
    return status;
}

enum status symbol_read(const struct job *job, struct text bytes, struct arena *arena,
                        struct voice_symbol *out, struct error *error)
{
    struct job sized = *job;
    struct voice_bitmap bitmap;
    struct error other;
    enum status status = voice_image_read(bytes, arena, &bitmap, error);
    if (status != OK)
        return status;
    status = voice_image_cells(&bitmap, cells_of(job), out, error);
    if (job->voice.kind != VOICE_UNI_VOICE || status != REJECT)
        return status;
    for (int size = VOICE_XS; size <= VOICE_L && status == REJECT; size++) {
        sized.voice.size = (enum voice_size)size;
        status = voice_image_cells(&bitmap, cells_of(&sized), out, &other);
    }
    return status;
}
