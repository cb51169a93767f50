#include "wording/spoken.h"

/* Names are spoken by their reading; addresses, postcodes, URLs and everything that is a mark are not spoken. */
static bool may_be_spoken(int field)
{
    switch (field) {
    case FIELD_KANA:
    case FIELD_KIND:
    case FIELD_SYMBOL:
    case FIELD_NUMBER:
    case FIELD_BRANCH:
    case FIELD_BIRTH:
    case FIELD_SEX:
    case FIELD_SHARE:
    case FIELD_ACQUIRED:
    case FIELD_EXPIRY:
    case FIELD_START:
    case FIELD_LAST4:
    case FIELD_INSURER:
    case FIELD_INSURER_NO:
    case FIELD_AS_OF:
    case FIELD_ISSUED:
    case FIELD_OFFICE:
    case FIELD_TEL:
    case FIELD_CONTACT_TEL:
    case FIELD_DESK:
    case FIELD_SHEET:
    case FIELD_SHEETS:
        return true;
    default:
        return field >= FIELD_COUNT; /* an extra column of an own form */
    }
}

static bool ends_sentence(struct text text)
{
    return text.length > 3 && memcmp(text.bytes + text.length - 3, "。", 3) == 0;
}

/* **** and ＊＊＊＊ would be read aloud star by star. */
static bool has_signs(struct text text)
{
    for (uint32_t i = 0; i < text.length; i++)
        if (text.bytes[i] == '*' || text.bytes[i] == '\n' ||
            (i + 3 <= text.length && memcmp(text.bytes + i, "＊", 3) == 0))
            return true;
    return false;
}

static enum status check_fields(const struct template_source *source, const struct part *part)
{
    for (uint32_t i = 0; i < part->segment_count; i++) {
        int field = part->segments[i].field;
        if (field >= 0 && !may_be_spoken(field))
            return template_refuse(source, MSG_VOICE_FIELD, part->line,
                                   text_of(field_name(field) ? field_name(field) : "voice"));
    }
    return OK;
}

static enum status read_sentence(struct template_source *source, const struct yaml_node *node,
                                 struct text name, struct wording *out, struct part *part)
{
    if (node->kind != YAML_SCALAR)
        return template_refuse(source, MSG_VOICE_SHAPE, node->line, name);
    if (has_signs(node->text))
        return template_refuse(source, MSG_VOICE_SIGNS, node->line, name);
    if (!ends_sentence(node->text))
        return template_refuse(source, MSG_VOICE_SENTENCE, node->line, name);
    *part = (struct part){.name = TEXT("voice"), .line = node->line};
    enum status status = part_read(source, node->text, &out->spoken.fields, part);
    return status == OK ? check_fields(source, part) : status;
}

static enum status read_sentences(struct template_source *source, const struct yaml_node *list,
                                  struct wording *out, struct sentences *sentences)
{
    if (list->kind != YAML_LIST || !list->child)
        return template_refuse(source, MSG_VOICE_SHAPE, list->line, list->key);
    sentences->parts = arena_array(source->arena, list->count, sizeof *sentences->parts);
    if (!sentences->parts)
        return error_set(source->error, MSG_NO_MEMORY);
    enum status status = OK;
    for (const struct yaml_node *node = list->child; status == OK && node; node = node->next)
        status = read_sentence(source, node, list->key, out, &sentences->parts[sentences->count++]);
    return status;
}

/* Where the sentences of a key go; NULL: no such key here. */
static struct sentences *place_of(struct wording *out, struct text key)
{
    if (text_is(key, "text"))
        return &out->spoken.text;
    if (text_is(key, "member") && out->household)
        return &out->spoken.member;
    return text_is(key, "end") ? &out->spoken.end : NULL;
}

enum status spoken_read(const struct template_source *reading, const struct yaml_node *node,
                        struct wording *out)
{
    /* what speech needs is asked of nobody whose letter has no voice code: its own required fields */
    struct template_source source = {
        reading->job, reading->path, reading->arena, reading->error, {0}};
    enum status status = OK;
    if (!node)
        return OK;
    if (node->kind != YAML_MAP)
        return template_refuse(&source, MSG_VOICE_SHAPE, node->line, node->key);
    for (const struct yaml_node *entry = node->child; status == OK && entry; entry = entry->next) {
        struct sentences *sentences = place_of(out, entry->key);
        status = sentences ? read_sentences(&source, entry, out, sentences)
                           : template_refuse(&source, MSG_VOICE_SHAPE, entry->line, entry->key);
    }
    if (status == OK && (!out->spoken.text.count || (out->household && !out->spoken.member.count)))
        status = template_refuse(&source, MSG_VOICE_SHAPE, node->line, node->key);
    return status;
}
