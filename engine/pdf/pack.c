#include "pdf/pack.h"

#include "base/memory.h"
#include "base/os.h"

#include <libdeflate.h>

/* Better than the quick level by a fifth, at a hundredth of the best level's time (measured on
 * fonts). */
#define ONCE_LEVEL 6

struct packer {
    struct libdeflate_compressor *page, *once; /* once: made when first needed */
    bool measure;
    uint64_t ns;
};

enum status packer_new(uint32_t level, struct packer **out, struct error *error)
{
    struct packer *packer = memory_new(sizeof *packer);

    *out = NULL;
    if (!packer)
        return error_set(error, MSG_NO_MEMORY);
    packer->page = libdeflate_alloc_compressor((int)level);
    if (!packer->page) {
        packer_free(packer);
        return error_set(error, MSG_NO_MEMORY);
    }
    *out = packer;
    return OK;
}

void packer_free(struct packer *packer)
{
    if (!packer)
        return;
    libdeflate_free_compressor(packer->page);
    libdeflate_free_compressor(packer->once);
    memory_free(packer, sizeof *packer);
}

static struct libdeflate_compressor *compressor_of(struct packer *packer, enum pack pack)
{
    if (pack == PACK_PAGE)
        return packer->page;
    if (!packer->once)
        packer->once = libdeflate_alloc_compressor(ONCE_LEVEL);
    return packer->once;
}

enum status packer_add(struct packer *packer, enum pack pack, const void *bytes, size_t size,
                       struct ink *out, struct error *error)
{
    struct libdeflate_compressor *compressor = compressor_of(packer, pack);
    uint64_t before = packer->measure ? os_thread_ns() : 0;
    size_t room, packed;
    uint8_t *at;

    if (!compressor)
        return error_set(error, MSG_NO_MEMORY);
    room = libdeflate_zlib_compress_bound(compressor, size);
    at = ink_room(out, room);
    if (!at)
        return error_set(error, MSG_NO_MEMORY);
    packed = libdeflate_zlib_compress(compressor, bytes, size, at, room);
    if (packed == 0)
        return error_set(error, MSG_BUG);
    out->size += packed;
    if (packer->measure)
        packer->ns += os_thread_ns() - before;
    return OK;
}

void packer_measure(struct packer *packer, bool on)
{
    packer->measure = on;
}

uint64_t packer_us(const struct packer *packer)
{
    return packer->ns / 1000;
}
