/* typeset/kinsoku.h -- where a line may end. Private to the room.
 * Source: JIS X 4051:2004 (日本語文書の組版方法), its classes of characters: 行頭禁則 (closing brackets, full
 *         stops, commas, middle dots, question marks, iteration marks, prolonged sound mark, small kana),
 *         行末禁則 (opening brackets, prefixed abbreviations), 分離禁止 (leaders, dashes, Latin words, numbers).
 * Among breaks that are allowed some read better: an address breaks at a blank or before a number rather
 * than between 丁 and 目, and keeps １丁目２番３号, 番地の６ and Ａ棟２０２号 whole.
 */
#ifndef TYPESET_KINSOKU_H
#define TYPESET_KINSOKU_H

#include <stdbool.h>
#include <stdint.h>

#include "typeset/typeset.h"

/* Cost of a break before a glyph: 0 best .. COST_PROPER worst that is still proper. */
enum break_cost {
    COST_PLAIN = 12, /* between any two kanji */
    COST_POOR = 30,  /* from here on: inside a katakana word, a number with its counter, 丁目番号 */
    COST_PROPER = 100,
    /* Only when a word or number alone is longer than the measure: */
    COST_JOINT = 101,   /* behind a hyphen, point or slash within it */
    COST_WORD = 102,    /* anywhere in it */
    COST_KINSOKU = 103, /* against kinsoku: when nothing else is left */
    COST_NEVER = 104,   /* inside a cluster */
};

enum char_class {
    CLASS_OTHER,
    CLASS_BLANK,
    CLASS_GLUE,      /* no-break blank */
    CLASS_OPEN,      /* 始め括弧類 */
    CLASS_CLOSE,     /* 終わり括弧類, 句点類, 読点類, 区切り約物 */
    CLASS_QUOTE,     /* ": opens or closes, as its neighbour says */
    CLASS_MIDDLE,    /* 中点類 */
    CLASS_PREFIX,    /* 前置省略記号 */
    CLASS_POSTFIX,   /* 後置省略記号 */
    CLASS_LEADER,    /* 分離禁止文字: dashes, ellipses */
    CLASS_JOINER,    /* . , - : / and the like: inside words and numbers */
    CLASS_LETTER,
    CLASS_DIGIT,
    CLASS_HIRAGANA,
    CLASS_KATAKANA,
    CLASS_SMALL_HIRAGANA, /* 行頭禁則和字 */
    CLASS_SMALL_KATAKANA,
    CLASS_SMALL_KE,  /* ヵ ヶ: also inside names, 霞ヶ関 */
    CLASS_ITERATION, /* 々 〻 */
    CLASS_NUMERAL,   /* 〇一二三 ... */
    CLASS_PLACE,     /* 都 道 府 県 市 区 郡 町 村: what follows begins a name */
    CLASS_COUNTER,   /* 丁 目 番 地 号 ...: parts of an address that follow a number */
};

enum char_class kinsoku_class(uint32_t code_point);

/* classes and costs have count entries: of each glyph, and of a break before it. costs[0] means nothing. */
void kinsoku_costs(struct text text, const struct glyph *glyphs, uint32_t count, uint8_t *classes,
                   uint8_t *costs);

#endif
