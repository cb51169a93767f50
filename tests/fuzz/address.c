/* Any bytes as postcode, address and postcode file. The parts stand between zero bytes: postcode, 住所A or 住所, 住所B or
 * 方書, then the file; first byte: whether the address is undivided.
 * Extraction gives digits, hyphens and letters only, no hyphen at an end, beside a letter or beside another one; data
 * always makes a symbol whose bars are a customer barcode; a file that is read has its rows in order, each found again,
 * and an address is split within its length. */
#include "symbology/address.h"
#include "symbology/tracking.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int condition)
{
    if (!condition)
        abort();
}

static bool is_letter(char character)
{
    return character >= 'A' && character <= 'Z';
}

static void check_extracted(const char *out, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        bool hyphen = out[i] == '-';
        must(hyphen || is_letter(out[i]) || (out[i] >= '0' && out[i] <= '9'));
        must(!hyphen || (i > 0 && i + 1 < length));
        must(!hyphen || (out[i - 1] != '-' && !is_letter(out[i - 1]) && !is_letter(out[i + 1])));
    }
}

static void check_data(struct text postcode, const char *data, uint32_t length)
{
    struct customer symbol;
    char digits[7];
    must(data[length] == 0 && length < CUSTOMER_DATA);
    must((length >= 7) == customer_postcode(postcode, digits));
    if (length == 0)
        return;
    must(memcmp(data, digits, 7) == 0);
    must(customer_encode((struct text){data, length}, &symbol, NULL) == OK && symbol.check < 19);
    for (int i = 0; i < CUSTOMER_BARS; i++)
        must(symbol.bars[i] >= 1 && symbol.bars[i] <= 4);
    must(symbol.bars[0] == 1 && symbol.bars[1] == 3 && symbol.bars[65] == 3 &&
         symbol.bars[66] == 1);
}

static void check_extraction(struct text postcode, struct text text)
{
    char out[CUSTOMER_DATA], data[CUSTOMER_DATA], short_out[16];
    uint32_t length = customer_extract(text, out, sizeof out);
    must(length <= sizeof out && length <= text.length);
    if (length < sizeof out)
        check_extracted(out, length);
    uint32_t cut = customer_extract(text, short_out, sizeof short_out);
    must(cut == (length < sizeof short_out ? length : sizeof short_out));
    must(memcmp(out, short_out, cut) == 0);
    for (int office = 0; office < 2; office++) {
        must(customer_data(postcode, text, office, data, &length) == (length > 0));
        check_data(postcode, data, length);
    }
}

static void check_file(const struct postcodes *postcodes, const struct address *address)
{
    for (uint32_t i = 0; i < postcodes->count; i++) {
        const struct postcode_row *row = &postcodes->rows[i];
        uint32_t count, length;
        must(i == 0 || row[-1].postcode <= row->postcode);
        must(row->place < postcodes->place_count && row->kind <= POSTCODE_OFFICE);
        const struct postcode_row *first = postcodes_find(postcodes, row->postcode, &count);
        must(first <= row && row < first + count);
        (void)postcodes_town(postcodes, row);
        if (address_split(postcodes, row->postcode, address->first, &length))
            must(length <= address->first.length);
    }
}

static void check_address(const struct postcodes *postcodes, const struct address *address)
{
    char data[CUSTOMER_DATA];
    uint32_t length;
    enum address_answer answer = address_customer(postcodes, address, data, &length);
    must((answer == ADDRESS_GOOD) == (length >= 7));
    if (length)
        check_data(address->postcode, data, length);
    must(data[length] == 0);
}

static void check_tracking(struct text text)
{
    char written[TRACKING_TEXT];
    tracking number, again;
    if (tracking_read_either(text, &number, NULL) != OK)
        return;
    must(number < TRACKING_NUMBERS);
    tracking_write(number, written);
    must(tracking_read(text_of(written), &again, NULL) == OK && again == number);
}

/* Letters are UTF-8 when the engine sees them: other bytes end the part. */
static struct text part(const uint8_t **at, const uint8_t *end)
{
    const uint8_t *stop = memchr(*at, 0, (size_t)(end - *at));
    size_t length = (size_t)((stop ? stop : end) - *at);
    struct text text = {(const char *)*at, (uint32_t)length};
    *at += length + (stop ? 1 : 0);
    text.length = utf8_check(text);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *at = data + 1, *end = data + size;
    struct address address;
    struct postcodes postcodes;
    struct arena arena;

    if (size < 2)
        return 0;
    address.postcode = part(&at, end);
    address.first = part(&at, end);
    address.second = part(&at, end);
    address.undivided = data[0] & 1;
    check_extraction(address.postcode, address.first);
    check_extraction(address.postcode, address.second);
    check_tracking(address.postcode);
    check_address(NULL, &address);
    arena_open(&arena, 4 << 20);
    if (postcodes_read(at, (size_t)(end - at), "file", NULL, &arena, &postcodes, NULL) == OK) {
        check_file(&postcodes, &address);
        check_address(&postcodes, &address);
    }
    arena_close(&arena);
    return 0;
}
