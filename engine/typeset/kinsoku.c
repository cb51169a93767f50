#include "typeset/kinsoku.h"

#include "base/utf8.h"

/* Sorted by code point; what is not here is told by its block. */
static const struct {
    uint32_t code_point;
    uint8_t class;
} singles[] = {
    {0x0020, CLASS_BLANK},          {0x0021, CLASS_CLOSE},          {0x0022, CLASS_QUOTE},
    {0x0023, CLASS_PREFIX},         {0x0024, CLASS_PREFIX},         {0x0025, CLASS_POSTFIX},
    {0x0026, CLASS_JOINER},         {0x0027, CLASS_JOINER},         {0x0028, CLASS_OPEN},
    {0x0029, CLASS_CLOSE},          {0x002C, CLASS_JOINER},         {0x002D, CLASS_JOINER},
    {0x002E, CLASS_JOINER},         {0x002F, CLASS_JOINER},         {0x003A, CLASS_JOINER},
    {0x003B, CLASS_CLOSE},          {0x003F, CLASS_CLOSE},          {0x0040, CLASS_JOINER},
    {0x005B, CLASS_OPEN},           {0x005C, CLASS_PREFIX},         {0x005D, CLASS_CLOSE},
    {0x005F, CLASS_JOINER},         {0x007B, CLASS_OPEN},           {0x007D, CLASS_CLOSE},
    {0x007E, CLASS_JOINER},         {0x00A0, CLASS_GLUE},           {0x00A2, CLASS_POSTFIX},
    {0x00A3, CLASS_PREFIX},         {0x00A5, CLASS_PREFIX},         {0x00AB, CLASS_OPEN},
    {0x00B0, CLASS_POSTFIX},        {0x00B7, CLASS_MIDDLE},         {0x00BB, CLASS_CLOSE},
    {0x2010, CLASS_JOINER},         {0x2011, CLASS_JOINER},         {0x2012, CLASS_JOINER},
    {0x2013, CLASS_JOINER},         {0x2014, CLASS_LEADER},         {0x2015, CLASS_LEADER},
    {0x2018, CLASS_OPEN},           {0x2019, CLASS_CLOSE},          {0x201C, CLASS_OPEN},
    {0x201D, CLASS_CLOSE},          {0x2025, CLASS_LEADER},         {0x2026, CLASS_LEADER},
    {0x202F, CLASS_GLUE},           {0x2030, CLASS_POSTFIX},        {0x2032, CLASS_POSTFIX},
    {0x2033, CLASS_POSTFIX},        {0x203C, CLASS_CLOSE},          {0x2047, CLASS_CLOSE},
    {0x2048, CLASS_CLOSE},          {0x2049, CLASS_CLOSE},          {0x20AC, CLASS_PREFIX},
    {0x2103, CLASS_POSTFIX},        {0x2113, CLASS_POSTFIX},        {0x2116, CLASS_PREFIX},
    {0x2212, CLASS_JOINER},         {0x2500, CLASS_LEADER},         {0x3000, CLASS_BLANK},
    {0x3001, CLASS_CLOSE},          {0x3002, CLASS_CLOSE},          {0x3005, CLASS_ITERATION},
    {0x3006, CLASS_OTHER},          {0x3007, CLASS_NUMERAL},        {0x3008, CLASS_OPEN},
    {0x3009, CLASS_CLOSE},          {0x300A, CLASS_OPEN},           {0x300B, CLASS_CLOSE},
    {0x300C, CLASS_OPEN},           {0x300D, CLASS_CLOSE},          {0x300E, CLASS_OPEN},
    {0x300F, CLASS_CLOSE},          {0x3010, CLASS_OPEN},           {0x3011, CLASS_CLOSE},
    {0x3014, CLASS_OPEN},           {0x3015, CLASS_CLOSE},          {0x3016, CLASS_OPEN},
    {0x3017, CLASS_CLOSE},          {0x3018, CLASS_OPEN},           {0x3019, CLASS_CLOSE},
    {0x301C, CLASS_CLOSE},          {0x301D, CLASS_OPEN},           {0x301E, CLASS_CLOSE},
    {0x301F, CLASS_CLOSE},          {0x3033, CLASS_LEADER},         {0x3034, CLASS_LEADER},
    {0x3035, CLASS_LEADER},         {0x303B, CLASS_ITERATION},      {0x3041, CLASS_SMALL_HIRAGANA},
    {0x3043, CLASS_SMALL_HIRAGANA}, {0x3045, CLASS_SMALL_HIRAGANA}, {0x3047, CLASS_SMALL_HIRAGANA},
    {0x3049, CLASS_SMALL_HIRAGANA}, {0x3063, CLASS_SMALL_HIRAGANA}, {0x3083, CLASS_SMALL_HIRAGANA},
    {0x3085, CLASS_SMALL_HIRAGANA}, {0x3087, CLASS_SMALL_HIRAGANA}, {0x308E, CLASS_SMALL_HIRAGANA},
    {0x3095, CLASS_SMALL_HIRAGANA}, {0x3096, CLASS_SMALL_HIRAGANA}, {0x309B, CLASS_SMALL_HIRAGANA},
    {0x309C, CLASS_SMALL_HIRAGANA}, {0x309D, CLASS_SMALL_HIRAGANA}, {0x309E, CLASS_SMALL_HIRAGANA},
    {0x30A0, CLASS_CLOSE},          {0x30A1, CLASS_SMALL_KATAKANA}, {0x30A3, CLASS_SMALL_KATAKANA},
    {0x30A5, CLASS_SMALL_KATAKANA}, {0x30A7, CLASS_SMALL_KATAKANA}, {0x30A9, CLASS_SMALL_KATAKANA},
    {0x30C3, CLASS_SMALL_KATAKANA}, {0x30E3, CLASS_SMALL_KATAKANA}, {0x30E5, CLASS_SMALL_KATAKANA},
    {0x30E7, CLASS_SMALL_KATAKANA}, {0x30EE, CLASS_SMALL_KATAKANA}, {0x30F5, CLASS_SMALL_KE},
    {0x30F6, CLASS_SMALL_KE},       {0x30FB, CLASS_MIDDLE},         {0x30FC, CLASS_SMALL_KATAKANA},
    {0x30FD, CLASS_SMALL_KATAKANA}, {0x30FE, CLASS_SMALL_KATAKANA}, {0x4E00, CLASS_NUMERAL},
    {0x4E01, CLASS_COUNTER},        {0x4E03, CLASS_NUMERAL},        {0x4E09, CLASS_NUMERAL},
    {0x4E5D, CLASS_NUMERAL},        {0x4E8C, CLASS_NUMERAL},        {0x4E94, CLASS_NUMERAL},
    {0x516B, CLASS_NUMERAL},        {0x516D, CLASS_NUMERAL},        {0x5272, CLASS_COUNTER},
    {0x533A, CLASS_PLACE},          {0x5341, CLASS_NUMERAL},        {0x53F7, CLASS_COUNTER},
    {0x56DB, CLASS_NUMERAL},        {0x5730, CLASS_COUNTER},        {0x5BA4, CLASS_COUNTER},
    {0x5E02, CLASS_PLACE},          {0x5E9C, CLASS_PLACE},          {0x6751, CLASS_PLACE},
    {0x6761, CLASS_COUNTER},        {0x68DF, CLASS_COUNTER},        {0x753A, CLASS_PLACE},
    {0x756A, CLASS_COUNTER},        {0x76EE, CLASS_COUNTER},        {0x770C, CLASS_PLACE},
    {0x7DDA, CLASS_COUNTER},        {0x9053, CLASS_PLACE},          {0x90E1, CLASS_PLACE},
    {0x90FD, CLASS_PLACE},          {0x968E, CLASS_COUNTER},        {0xFF01, CLASS_CLOSE},
    {0xFF03, CLASS_PREFIX},         {0xFF04, CLASS_PREFIX},         {0xFF05, CLASS_POSTFIX},
    {0xFF06, CLASS_JOINER},         {0xFF07, CLASS_JOINER},         {0xFF08, CLASS_OPEN},
    {0xFF09, CLASS_CLOSE},          {0xFF0C, CLASS_JOINER},         {0xFF0D, CLASS_JOINER},
    {0xFF0E, CLASS_JOINER},         {0xFF0F, CLASS_JOINER},         {0xFF1A, CLASS_JOINER},
    {0xFF1B, CLASS_CLOSE},          {0xFF1D, CLASS_MIDDLE},         {0xFF1F, CLASS_CLOSE},
    {0xFF3B, CLASS_OPEN},           {0xFF3D, CLASS_CLOSE},          {0xFF5B, CLASS_OPEN},
    {0xFF5D, CLASS_CLOSE},          {0xFF5E, CLASS_CLOSE},          {0xFF5F, CLASS_OPEN},
    {0xFF60, CLASS_CLOSE},          {0xFF61, CLASS_CLOSE},          {0xFF62, CLASS_OPEN},
    {0xFF63, CLASS_CLOSE},          {0xFF64, CLASS_CLOSE},          {0xFF65, CLASS_MIDDLE},
    {0xFFE0, CLASS_POSTFIX},        {0xFFE1, CLASS_PREFIX},         {0xFFE5, CLASS_PREFIX},
};

static const struct {
    uint32_t first, last;
    uint8_t class;
} blocks[] = {
    {0x0030, 0x0039, CLASS_DIGIT},
    {0x0041, 0x005A, CLASS_LETTER},
    {0x0061, 0x007A, CLASS_LETTER},
    {0x00C0, 0x02AF, CLASS_LETTER}, /* Latin-1 letters to IPA */
    {0x0370, 0x052F, CLASS_LETTER}, /* Greek, Cyrillic */
    {0x1E00, 0x1FFF, CLASS_LETTER}, /* Latin and Greek with marks */
    {0x2000, 0x200A, CLASS_BLANK},
    {0x3041, 0x309F, CLASS_HIRAGANA},
    {0x30A0, 0x30FF, CLASS_KATAKANA},
    {0x31F0, 0x31FF, CLASS_SMALL_KATAKANA}, /* phonetic extensions for Ainu */
    {0x3380, 0x33DF, CLASS_POSTFIX},        /* squared units */
    {0xFF10, 0xFF19, CLASS_DIGIT},
    {0xFF21, 0xFF3A, CLASS_LETTER},
    {0xFF41, 0xFF5A, CLASS_LETTER},
    {0xFF66, 0xFF66, CLASS_KATAKANA},
    {0xFF67, 0xFF70, CLASS_SMALL_KATAKANA},
    {0xFF71, 0xFF9D, CLASS_KATAKANA},
    {0xFF9E, 0xFF9F, CLASS_SMALL_KATAKANA},
};

enum char_class kinsoku_class(uint32_t code_point)
{
    size_t low = 0, high = sizeof(singles) / sizeof(*singles);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (singles[middle].code_point == code_point)
            return (enum char_class)singles[middle].class;
        if (singles[middle].code_point < code_point)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++)
        if (code_point >= blocks[i].first && code_point <= blocks[i].last)
            return (enum char_class)blocks[i].class;
    return CLASS_OTHER;
}

static bool is_word(uint8_t class)
{
    return class == CLASS_LETTER || class == CLASS_DIGIT;
}

static bool is_katakana(uint8_t class)
{
    return class == CLASS_KATAKANA || class == CLASS_SMALL_KATAKANA || class == CLASS_SMALL_KE;
}

static bool is_hiragana(uint8_t class)
{
    return class == CLASS_HIRAGANA || class == CLASS_SMALL_HIRAGANA;
}

/* 行頭禁則. A joiner such as "." or "-" never begins a line either. */
static bool shuns_head(uint8_t class)
{
    return class == CLASS_CLOSE || class == CLASS_MIDDLE || class == CLASS_POSTFIX ||
           class == CLASS_JOINER || class == CLASS_SMALL_HIRAGANA ||
           class == CLASS_SMALL_KATAKANA || class == CLASS_SMALL_KE || class == CLASS_ITERATION;
}

static bool is_number(uint8_t class)
{
    return class == CLASS_DIGIT || class == CLASS_NUMERAL;
}

/* １丁目|２番: parts of one address number, or of a room's: 棟|２０２号. */
static bool parts_number(uint8_t before, uint8_t after)
{
    return before == CLASS_COUNTER && is_number(after);
}

/* 番地の６, 番地ノ６: on either side of the particle. */
static bool parts_particle(const uint8_t *classes, uint32_t count, uint32_t at)
{
    for (uint32_t particle = at - 1; particle <= at; particle++) {
        if (particle < 1 || particle + 1 >= count)
            continue;
        if (classes[particle - 1] == CLASS_COUNTER && is_number(classes[particle + 1]) &&
            (classes[particle] == CLASS_HIRAGANA || classes[particle] == CLASS_KATAKANA))
            return true;
    }
    return false;
}

/* How well a proper break between the two classes reads; the figures only rank. */
static uint8_t taste(uint8_t before, uint8_t after)
{
    if (before == CLASS_BLANK)
        return 0;
    if (before == CLASS_CLOSE || before == CLASS_MIDDLE || after == CLASS_OPEN)
        return 3;
    if ((before == CLASS_NUMERAL && (after == CLASS_NUMERAL || after == CLASS_COUNTER)) ||
        (is_word(before) && after == CLASS_COUNTER) ||
        (before == CLASS_COUNTER && (after == CLASS_COUNTER || after == CLASS_PLACE)) ||
        (before == CLASS_SMALL_KE && !is_katakana(after) && !is_hiragana(after)))
        return 40;
    if (parts_number(before, after))
        return 34;
    if (before == CLASS_COUNTER)
        return is_word(after) ? 8 : 4;
    if (is_word(after))
        return 10;
    if (is_word(before))
        return 8;
    if (is_katakana(before) && is_katakana(after))
        return 30;
    if (is_katakana(before) != is_katakana(after))
        return 5;
    if (before == CLASS_PLACE && !is_hiragana(after) && after != CLASS_PLACE)
        return 6;
    if (is_hiragana(before) && is_hiragana(after))
        return 24;
    if (is_hiragana(before) && !is_hiragana(after))
        return 14; /* 霞が関, 三の丸: more often inside a name than behind a particle */
    return is_hiragana(after) && !is_hiragana(before) ? 20 : COST_PLAIN;
}

/* True when joiners before `at` hang on a word: the slashes of https://myna. */
static bool is_joined(const uint8_t *classes, uint32_t at)
{
    uint32_t back = at;
    while (back > 0 && classes[back - 1] == CLASS_JOINER)
        back--;
    return back < at && back > 0 && is_word(classes[back - 1]);
}

/* at: index of the class after the break, at least 1. */
static uint8_t cost_at(const uint8_t *classes, uint32_t count, uint32_t at)
{
    uint8_t before = classes[at - 1], after = classes[at];
    if (before == CLASS_GLUE || after == CLASS_GLUE || after == CLASS_BLANK)
        return COST_KINSOKU; /* blanks stay at the end of their line and vanish there */
    if (shuns_head(after) || before == CLASS_OPEN || before == CLASS_PREFIX)
        return COST_KINSOKU;
    if (before == CLASS_LEADER && after == CLASS_LEADER)
        return COST_KINSOKU;
    if (is_word(before) && is_word(after))
        return COST_WORD;
    if (is_word(after) && is_joined(classes, at))
        return COST_JOINT;
    if (parts_particle(classes, count, at))
        return 40;
    /* A name of kana begins, 区|あすか野; a lone one is a particle. */
    if (before == CLASS_PLACE && after == CLASS_HIRAGANA && at + 1 < count &&
        classes[at + 1] == CLASS_HIRAGANA)
        return 8;
    return taste(before, after);
}

/* A straight quotation mark opens behind a blank or a bracket, else it closes. */
static uint8_t resolve_quote(const uint8_t *classes, uint32_t at)
{
    bool opens = at == 0 || classes[at - 1] == CLASS_BLANK || classes[at - 1] == CLASS_OPEN;
    return opens ? CLASS_OPEN : CLASS_CLOSE;
}

void kinsoku_costs(struct text text, const struct glyph *glyphs, uint32_t count, uint8_t *classes,
                   uint8_t *costs)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *at = text.bytes + glyphs[i].text;
        bool starts = glyphs[i].text_length > 0;
        classes[i] = starts || i == 0
                         ? (uint8_t)kinsoku_class(utf8_next(&at, text.bytes + text.length))
                         : classes[i - 1];
        if (classes[i] == CLASS_QUOTE)
            classes[i] = resolve_quote(classes, i);
        costs[i] = i == 0 || !starts ? COST_NEVER : 0;
    }
    for (uint32_t i = 1; i < count; i++)
        if (costs[i] != COST_NEVER)
            costs[i] = cost_at(classes, count, i);
}
