#include "press/barcode.h"

#include "base/utf8.h"
#include "symbology/customer.h"
#include "symbology/tracking.h"

/* An argument as text; the command line is anybody's. */
static enum status argument(const char *string, struct text *out, struct error *error)
{
    size_t length = strlen(string);
    if (length > LIMIT_FIELD_BYTES)
        return error_set(error, MSG_BARCODE_TEXT);
    *out = (struct text){string, (uint32_t)length};
    return utf8_check(*out) == out->length ? OK : error_set(error, MSG_BARCODE_TEXT);
}

/* -- customer -- */

enum { OUTPUT = CUSTOMER_DATA + CUSTOMER_BARS + 8 };

static size_t add_line(char *out, size_t at, const char *line, size_t length)
{
    memcpy(out + at, line, length);
    out[at + length] = '\n';
    return at + length + 1;
}

static enum status print_customer(struct text data, const struct sink *sink, struct error *error)
{
    char out[OUTPUT], bars[CUSTOMER_BARS];
    struct customer symbol;
    if (customer_encode(data, &symbol, NULL) != OK)
        return error_set(error, MSG_BARCODE_DATA);
    const char *check = customer_character(symbol.check);
    for (uint32_t i = 0; i < CUSTOMER_BARS; i++)
        bars[i] = (char)('0' + symbol.bars[i]);
    size_t size = add_line(out, 0, data.bytes, data.length);
    size = add_line(out, size, check, strlen(check));
    size = add_line(out, size, bars, CUSTOMER_BARS);
    return sink_write(sink, out, size, error);
}

enum status press_barcode_customer(const char *postcode, const char *address_b,
                                   const struct sink *sink, struct error *error)
{
    struct text code, address;
    char data[CUSTOMER_DATA];
    uint32_t length;
    enum status status = argument(postcode, &code, error);
    if (status == OK)
        status = argument(address_b, &address, error);
    if (status != OK)
        return status;
    if (!customer_data(code, address, false, data, &length))
        return error_set(error, MSG_BARCODE_POSTCODE);
    return print_customer((struct text){data, length}, sink, error);
}

/* Half width, upper case, no hyphen in the postcode: as the data of a letter has it. */
static bool plain_data(struct text text, char out[CUSTOMER_DATA], uint32_t *length)
{
    const char *at = text.bytes, *end = at + text.length;
    *length = 0;
    for (uint32_t i = 0; at < end; i++) {
        uint32_t point = utf8_fold_width(utf8_next(&at, end));
        if (point == '-' && i == 3)
            continue;
        if (point >= 'a' && point <= 'z')
            point = point - 'a' + 'A';
        if (point > 'Z' || *length + 1 >= CUSTOMER_DATA)
            return false;
        out[(*length)++] = (char)point;
    }
    return true;
}

enum status press_barcode_data(const char *data, const struct sink *sink, struct error *error)
{
    struct text text;
    char plain[CUSTOMER_DATA];
    uint32_t length;
    enum status status = argument(data, &text, error);
    if (status != OK)
        return status;
    if (!plain_data(text, plain, &length))
        return error_set(error, MSG_BARCODE_DATA);
    return print_customer((struct text){plain, length}, sink, error);
}

/* -- tracking -- */

enum status press_barcode_tracking(const char *number, const struct sink *sink, struct error *error)
{
    struct text text;
    struct error why = {.message = MSG_NONE};
    char out[TRACKING_TEXT];
    tracking found;
    enum status status = argument(number, &text, error);
    if (status != OK)
        return status;
    if (tracking_read_either(text, &found, &why) != OK)
        return error_set(error, why.message == MSG_TRACKING_CHECK ? MSG_BARCODE_NUMBER_CHECK
                                                                  : MSG_BARCODE_NUMBER);
    tracking_write(found, out);
    out[TRACKING_TEXT - 1] = '\n';
    return sink_write(sink, out, TRACKING_TEXT, error);
}
