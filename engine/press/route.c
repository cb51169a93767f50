/* press/route.c -- how a letter travels: 配布区分 and 郵便種別 of the record, else the job's own. */
#include "press/engine.h"

#include "base/utf8.h"

#define CLASSES 4u

static const struct {
    const char *name, *japanese;
} deliveries[] = {[DELIVERY_EMPLOYER] = {"employer", "事業主経由"},
                  [DELIVERY_HOME] = {"home", "郵送"},
                  [DELIVERY_COUNTER] = {"counter", "窓口交付"}},
  classes[CLASSES] = {[MAIL_NONE] = {"", "なし"},
                      [MAIL_ORDINARY] = {"ordinary", "普通"},
                      [MAIL_TOKUTEI] = {"tokutei-kiroku", "特定記録"},
                      [MAIL_KAN_I] = {"kan-i-kakitome", "簡易書留"}};

#define DELIVERIES ((unsigned)(sizeof deliveries / sizeof *deliveries))

_Static_assert(sizeof deliveries / sizeof *deliveries * CLASSES <= ROUTE_VOICE &&
                   2 * ROUTE_VOICE <= PLAN_ROUTES,
               "a number each route");

uint8_t route_default(const struct press *press)
{
    return (uint8_t)(press->job.mail.delivery * CLASSES + press->job.mail.class);
}

enum mail_class route_class(uint32_t route)
{
    return (enum mail_class)(route % CLASSES);
}

static enum status refuse(unsigned column, enum message message, struct error *error)
{
    return error_name(error, message, text_of(column_name(column)));
}

/* 音声コード要否: 1, or nothing where the job has voice codes at all. */
static enum status has_voice(const struct press *press, const struct admitted *admitted, bool *out,
                             struct error *error)
{
    struct text wanted = admitted->value[COLUMN_VOICE];

    *out = press->voice && !admitted->protected_person && !utf8_equal_folded(wanted, TEXT("0"));
    if (!*out || wanted.length == 0 || utf8_equal_folded(wanted, TEXT("1")))
        return OK;
    return refuse(COLUMN_VOICE, MSG_VOICE_WANTED, error);
}

enum status route_of(const struct press *press, const struct admitted *admitted, uint8_t *route,
                     struct error *error)
{
    struct text delivery = admitted->value[COLUMN_ROUTE];
    struct text class = admitted->value[COLUMN_MAIL_CLASS];
    unsigned way = press->job.mail.delivery, kind = press->job.mail.class;

    if (delivery.length)
        for (way = 0; way < DELIVERIES; way++)
            if (utf8_equal_folded(delivery, text_of(deliveries[way].japanese)))
                break;
    if (class.length)
        for (kind = 0; kind < CLASSES; kind++)
            if (utf8_equal_folded(class, text_of(classes[kind].japanese)))
                break;
    if (way == DELIVERIES)
        return refuse(COLUMN_ROUTE, MSG_ROUTE_UNKNOWN, error);
    if (kind == CLASSES)
        return refuse(COLUMN_MAIL_CLASS, MSG_MAIL_CLASS_UNKNOWN, error);
    bool voice;
    if (has_voice(press, admitted, &voice, error) != OK)
        return REJECT;
    *route = (uint8_t)(way * CLASSES + kind + (voice ? ROUTE_VOICE : 0));
    return OK;
}

struct text route_name(uint32_t route, char out[LIMIT_ROUTE])
{
    const char *delivery = deliveries[route % ROUTE_VOICE / CLASSES % DELIVERIES].name;
    const char *class = classes[route % CLASSES].name;
    size_t size = strlen(delivery);

    if (route == SCHEDULE_PROTECTED)
        return TEXT("separate");
    memcpy(out, delivery, size);
    if (*class) {
        out[size++] = '-';
        memcpy(out + size, class, strlen(class));
        size += strlen(class);
    }
    if (route & ROUTE_VOICE) {
        memcpy(out + size, "-notch", 6);
        size += 6;
    }
    return (struct text){out, (uint32_t)size};
}
