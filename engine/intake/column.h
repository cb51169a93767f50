/* intake/column.h -- the columns that mean something to the engine, and their slots.
 * A column's name becomes a slot once, when the header is read; after that nothing looks at names.
 */
#ifndef INTAKE_COLUMN_H
#define INTAKE_COLUMN_H

#include <stdint.h>

#include "base/limits.h"
#include "base/text.h"

/* COLUMN(NAME, "日本語") : the canonical names, in the order of the README. */
#define COLUMN_TABLE(COLUMN)                                                                       \
    COLUMN(REF_NO, "整理番号")                                                                     \
    COLUMN(KIND, "種別")                                                                           \
    COLUMN(SYMBOL, "記号")                                                                         \
    COLUMN(NUMBER, "番号")                                                                         \
    COLUMN(BRANCH, "枝番")                                                                         \
    COLUMN(NAME, "氏名")                                                                           \
    COLUMN(KANA, "フリガナ")                                                                       \
    COLUMN(BIRTH, "生年月日")                                                                      \
    COLUMN(SEX, "性別")                                                                            \
    COLUMN(SHARE, "負担割合")                                                                      \
    COLUMN(ACQUIRED, "資格取得年月日")                                                             \
    COLUMN(EXPIRY, "有効期限")                                                                     \
    COLUMN(POSTCODE, "郵便番号")                                                                   \
    COLUMN(ADDRESS_A, "住所A")                                                                     \
    COLUMN(ADDRESS_B, "住所B")                                                                     \
    COLUMN(ADDRESS, "住所")                                                                        \
    COLUMN(ADDRESS_EXTRA, "方書")                                                                  \
    COLUMN(HOUSEHOLD, "世帯番号")                                                                  \
    COLUMN(HEAD, "世帯主氏名")                                                                     \
    COLUMN(EMPLOYER_NO, "事業所番号")                                                              \
    COLUMN(EMPLOYER, "事業所名")                                                                   \
    COLUMN(LAST4, "個人番号下4桁")                                                                 \
    COLUMN(REGISTERED, "登録日")                                                                   \
    COLUMN(MATCH_NAME, "漢字氏名一致")                                                             \
    COLUMN(MATCH_KANA, "カナ氏名一致")                                                             \
    COLUMN(MATCH_BIRTH, "生年月日一致")                                                            \
    COLUMN(MATCH_SEX, "性別一致")                                                                  \
    COLUMN(MATCH_ADDRESS, "住所一致")                                                              \
    COLUMN(MATCH_OVERALL, "総合判定")                                                              \
    COLUMN(MULTIPLE, "複数資格")                                                                   \
    COLUMN(CONFIRMED, "保険者確認")                                                                \
    COLUMN(REPLY, "回答")                                                                          \
    COLUMN(SUBMITTED, "個人番号提出")                                                              \
    COLUMN(NONDISCLOSURE, "不開示該当")                                                            \
    COLUMN(NO_SELF_INFO, "自己情報提供不可")                                                       \
    COLUMN(ROUTE, "配布区分")                                                                      \
    COLUMN(MAIL_CLASS, "郵便種別")                                                                 \
    COLUMN(TRACKING, "引受番号")                                                                   \
    COLUMN(FORM, "様式")                                                                           \
    COLUMN(TO_POSTCODE, "送付先郵便番号")                                                          \
    COLUMN(TO_ADDRESS, "送付先住所")                                                               \
    COLUMN(TO_ADDRESS_EXTRA, "送付先方書")                                                         \
    COLUMN(TO_NAME, "送付先氏名")                                                                  \
    COLUMN(TO_HONORIFIC, "送付先敬称")                                                             \
    COLUMN(START, "適用開始年月日")                                                                \
    COLUMN(CARD_ISSUED, "交付年月日")                                                              \
    COLUMN(MYNA_CARD, "マイナ保険証登録")                                                          \
    COLUMN(CARE, "要配慮者")                                                                       \
    COLUMN(ISSUED_BEFORE, "交付済")                                                                \
    COLUMN(VOICE, "音声コード要否")

enum column {
#define COLUMN(name, japanese) COLUMN_##name,
    COLUMN_TABLE(COLUMN)
#undef COLUMN
    COLUMN_COUNT, /* extra columns of the job follow: slot COLUMN_COUNT + index */
    SLOT_LIMIT = COLUMN_COUNT + LIMIT_EXTRA
};

/* "整理番号" ...; NULL when column >= COLUMN_COUNT. */
const char *column_name(unsigned column);

/* Name of a slot: the canonical one, or that of the job's extra column. Empty for what is no slot of this job. */
struct job;
struct text slot_name(const struct job *job, int slot);

/* Slot of a canonical name, or -1. Exact match after width folding of ASCII. */
int column_find(struct text name);

#endif
