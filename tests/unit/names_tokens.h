/* tests/unit/names_tokens.h -- every code point and every variation sequence of the pinned fonts, told by FreeType
 * from their cmaps: it shares no code with the engine's own look into a font. A token is a code point alone, or a
 * code point with its selector; a combining mark stands behind か, for no mark prints alone.
 */
#ifndef TESTS_NAMES_TOKENS_H
#define TESTS_NAMES_TOKENS_H

#include "base/utf8.h"
#include "typeset/fonts.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdlib.h>
#include <utf8proc.h>

#define TOKEN_LIMIT 400000
#define SELECTOR_LIMIT 256
#define MARK_BASE 0x304B

struct token {
    uint32_t base, selector; /* selector 0 = the code point alone */
};

struct judge {
    FT_Library library;
    FT_Face faces[LIMIT_FACES];
    uint32_t face_count;
    struct token *tokens;
    size_t count, code_points, sequences;
};

static inline bool token_is_mark(const struct token *token)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)token->base);
    return token->selector == 0 &&
           (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
            category == UTF8PROC_CATEGORY_ME);
}

static inline bool token_is_private(const struct token *token)
{
    return (token->base >= 0xE000 && token->base <= 0xF8FF) || token->base >= 0xF0000;
}

static inline uint32_t token_put(const struct token *token, char *out)
{
    size_t size = token_is_mark(token) ? utf8_put(out, MARK_BASE) : 0;
    size += utf8_put(out + size, token->base);
    if (token->selector)
        size += utf8_put(out + size, token->selector);
    return (uint32_t)size;
}

/* Glyph of the token in a face by its cmap; 0 = none. */
static inline uint32_t judge_glyph(const struct judge *judge, uint32_t face,
                                   const struct token *token)
{
    return token->selector ? FT_Face_GetCharVariantIndex(judge->faces[face], token->base,
                                                         token->selector)
                           : FT_Get_Char_Index(judge->faces[face], token->base);
}

static inline void token_add(struct judge *judge, uint32_t base, uint32_t selector)
{
    if (judge->count == TOKEN_LIMIT)
        abort();
    judge->tokens[judge->count++] = (struct token){base, selector};
}

static inline void tokens_of(struct judge *judge, FT_Face face)
{
    FT_UInt glyph;
    for (FT_ULong point = FT_Get_First_Char(face, &glyph); glyph;
         point = FT_Get_Next_Char(face, point, &glyph))
        token_add(judge, (uint32_t)point, 0);
    /* FreeType's lists share one buffer: each call overwrites the one before. */
    FT_UInt32 selectors[SELECTOR_LIMIT + 1] = {0};
    const FT_UInt32 *listed = FT_Face_GetVariantSelectors(face);
    for (size_t i = 0; listed && listed[i]; i++) {
        if (i == SELECTOR_LIMIT)
            abort();
        selectors[i] = listed[i];
    }
    for (size_t i = 0; selectors[i]; i++) {
        const FT_UInt32 *bases = FT_Face_GetCharsOfVariant(face, selectors[i]);
        for (; bases && *bases; bases++)
            token_add(judge, *bases, selectors[i]);
    }
}

static inline int token_order(const void *a, const void *b)
{
    const struct token *left = a, *right = b;
    if (left->base != right->base)
        return left->base < right->base ? -1 : 1;
    return (left->selector > right->selector) - (left->selector < right->selector);
}

static inline void tokens_unique(struct judge *judge)
{
    size_t kept = 0;
    qsort(judge->tokens, judge->count, sizeof *judge->tokens, token_order);
    for (size_t i = 0; i < judge->count; i++)
        if (kept == 0 || token_order(&judge->tokens[kept - 1], &judge->tokens[i]) != 0)
            judge->tokens[kept++] = judge->tokens[i];
    judge->count = kept;
    for (size_t i = 0; i < kept; i++)
        *(judge->tokens[i].selector ? &judge->sequences : &judge->code_points) += 1;
}

static inline bool judge_open(struct judge *judge, const struct fonts *fonts)
{
    *judge = (struct judge){.tokens = malloc(TOKEN_LIMIT * sizeof *judge->tokens)};
    if (!judge->tokens || FT_Init_FreeType(&judge->library))
        return false;
    for (uint32_t i = 0; i < fonts_faces(fonts); i++) {
        struct text bytes = fonts_bytes(fonts, i);
        if (FT_New_Memory_Face(judge->library, (const FT_Byte *)bytes.bytes, (FT_Long)bytes.length,
                               0, &judge->faces[i]) ||
            FT_Select_Charmap(judge->faces[i], FT_ENCODING_UNICODE))
            return false;
        judge->face_count++;
        tokens_of(judge, judge->faces[i]);
    }
    tokens_unique(judge);
    return true;
}

static inline void judge_close(struct judge *judge)
{
    FT_Done_FreeType(judge->library);
    free(judge->tokens);
}

#endif
