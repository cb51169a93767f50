#include "voice/voice.h"

#include "base/utf8.h"

uint32_t voice_capacity(const struct job *job)
{
    static const uint32_t characters[] = {40, 400, 800, 1000};
    return job->voice.kind == VOICE_QR ? 0 : characters[job->voice.size];
}

struct text voice_kind_name(const struct job *job)
{
    static const char *const names[] = {"none", "qr", "uni-voice", "sp-code"};
    return text_of(names[job->voice.kind]);
}

struct text voice_size_name(const struct job *job)
{
    static const char *const names[] = {"XS", "S", "M", "L"};
    return text_of(names[job->voice.size]);
}

struct text voice_correction_name(const struct job *job)
{
    static const char *const names[] = {"weak", "medium", "strong"};
    return text_of(names[job->voice.correction]);
}

enum status voice_cp932(const struct sjis *sjis, const struct spoken *spoken, char *out,
                        uint32_t *length, struct error *error)
{
    const char *at = spoken->bytes, *end = at + spoken->length;
    *length = 0;
    while (at < end) {
        const char *start = at;
        uint16_t code = sjis_code(sjis, utf8_next(&at, end));
        if (code == 0) {
            enum status status = error_set(error, MSG_VOICE_NOT_CP932);
            if (error) {
                error->offset = (uint32_t)(start - spoken->bytes) + 1;
                error_put_code_point(error, spoken_text(spoken));
            }
            return status;
        }
        if (code > 0xFF)
            out[(*length)++] = (char)(code >> 8);
        out[(*length)++] = (char)code;
    }
    return OK;
}
