/* voice/symbol_inside.h -- what symbol.c (all symbols) and symbol_get.c (one of them) share. Private to them. */
#ifndef VOICE_SYMBOL_INSIDE_H
#define VOICE_SYMBOL_INSIDE_H

#include "base/os.h"
#include "voice/symbol.h"

#define SYMBOL_PAGE_BITS 16

/* A line of index.csv. */
struct entry {
    uint64_t key;    /* row << SYMBOL_PAGE_BITS | page */
    uint64_t offset; /* of the line, shifted left by one; lowest bit: a letter has asked for it */
};

/* A page that was checked. */
struct checked {
    uint64_t image, text, row; /* hashes of the dots and of the text; in memory only */
};

enum index_column { ROW, PAGE, FILE_NAME, TEXT_DIGEST, IMAGE_DIGEST, COLUMNS };

struct symbols {
    const struct job *job;
    const struct sjis *sjis;
    char folder[LIMIT_PATH], index_path[LIMIT_PATH];
    bool indexed;
    struct os_input index;
    int columns[COLUMNS];
    struct entry *entries; /* by key, then offset */
    size_t count, room;
    uint64_t files, files_used; /* without an index */
    struct checked *checked;
    size_t checked_count, checked_room;
};

/* The first entry of the key, or NULL; *doubled: another one has it too. */
struct entry *symbols_find(const struct symbols *symbols, uint64_t key, bool *doubled);

#endif
