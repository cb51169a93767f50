#include "pdf/catalog.h"

/* -- resources -- */

/* "F" and 12 to "F12"; room for any 32-bit number. */
static const char *name_number(char name[16], const char *prefix, uint32_t number)
{
    uint8_t bytes[16 + INK_NUMBER];
    struct ink ink = {.bytes = bytes, .room = sizeof bytes};

    ink_words(&ink, prefix);
    ink_integer(&ink, number);
    memcpy(name, bytes, ink.size);
    name[ink.size] = '\0';
    return name;
}

static void add_fonts(struct pdf *pdf, struct haru_dict *resources,
                      const uint32_t numbers[LIMIT_FACES])
{
    struct haru_dict *fonts = haru_dict(pdf->haru, resources, "Font");
    char name[16];

    for (uint32_t face = 0; face < LIMIT_FACES; face++)
        if (numbers[face])
            haru_reference(pdf->haru, fonts, name_number(name, "F", face), numbers[face]);
}

static void add_objects(struct pdf *pdf, struct haru_dict *resources)
{
    struct haru_dict *objects = haru_dict(pdf->haru, resources, "XObject");
    char name[16];

    for (uint32_t index = 1; index <= LIMIT_FORMS; index++)
        if (pdf->forms[index])
            haru_reference(pdf->haru, objects, name_number(name, "Fm", index), pdf->forms[index]);
    for (uint32_t i = 0; i < pdf->image_count; i++)
        haru_reference(pdf->haru, objects, name_number(name, "Im", pdf->images[i].image),
                       pdf->images[i].number);
}

/* A Separation; `shown`: its full tint on a screen, CMYK. */
static void add_ink(struct pdf *pdf, struct haru_dict *spaces, const char *key, const char *name,
                    const int32_t shown[4])
{
    struct haru_dict *function;
    struct haru_list *space = haru_list(pdf->haru, spaces, key), *c0, *c1, *domain;

    haru_list_name(pdf->haru, space, "Separation");
    haru_list_name(pdf->haru, space, name);
    haru_list_name(pdf->haru, space, "DeviceCMYK");
    function = haru_list_dict(pdf->haru, space);
    haru_integer(pdf->haru, function, "FunctionType", 2);
    haru_integer(pdf->haru, function, "N", 1);
    domain = haru_list(pdf->haru, function, "Domain");
    haru_list_integer(pdf->haru, domain, 0);
    haru_list_integer(pdf->haru, domain, 1);
    c0 = haru_list(pdf->haru, function, "C0");
    c1 = haru_list(pdf->haru, function, "C1");
    for (int i = 0; i < 4; i++) {
        haru_list_integer(pdf->haru, c0, 0);
        haru_list_integer(pdf->haru, c1, shown[i]);
    }
}

/* Dies are shown as magenta, as cutters' programs do; guides as cyan. Neither is black for any press. */
static void add_inks(struct pdf *pdf, struct haru_dict *resources)
{
    static const int32_t magenta[] = {0, 1, 0, 0}, cyan[] = {1, 0, 0, 0};
    struct haru_dict *spaces = haru_dict(pdf->haru, resources, "ColorSpace");
    char key[16];

    for (uint32_t i = 0; i <= LIMIT_FORMS; i++)
        if (pdf->plates[i].name[0])
            add_ink(pdf, spaces, name_number(key, "P", i), pdf->plates[i].name, magenta);
    if (!pdf->options.guides)
        return;
    add_ink(pdf, spaces, "Guides", "Guides", cyan);
    haru_reference(pdf->haru, haru_dict(pdf->haru, resources, "Properties"), "OC0",
                   pdf->guides_group);
}

/* Overprint (ISO 32000-1, 8.6.7). */
static void add_overprint(struct pdf *pdf, struct haru_dict *resources)
{
    struct haru_dict *state =
        haru_dict(pdf->haru, haru_dict(pdf->haru, resources, "ExtGState"), "Over");

    haru_flag(pdf->haru, state, "OP", true);
    haru_flag(pdf->haru, state, "op", true);
    haru_integer(pdf->haru, state, "OPM", 1);
}

enum status catalog_resources(struct pdf *pdf, const uint32_t numbers[LIMIT_FACES],
                              struct error *error)
{
    struct haru_dict *resources = haru_begin(pdf->haru);

    add_fonts(pdf, resources, numbers);
    add_objects(pdf, resources);
    if (pdf->options.guides || pdf->has_plates)
        add_inks(pdf, resources);
    if (pdf->has_plates)
        add_overprint(pdf, resources);
    return objects_end(pdf, pdf->resources, error);
}

/* -- the layer of guides -- */

enum status catalog_guides_group(struct pdf *pdf, struct error *error)
{
    struct haru_dict *group = haru_begin(pdf->haru);

    haru_name(pdf->haru, group, "Type", "OCG");
    haru_string(pdf->haru, group, "Name", "Guides");
    return objects_end(pdf, pdf->guides_group, error);
}

static void add_layers(struct pdf *pdf, struct haru_dict *catalog)
{
    struct haru_dict *layers = haru_dict(pdf->haru, catalog, "OCProperties"), *view;

    haru_list_reference(pdf->haru, haru_list(pdf->haru, layers, "OCGs"), pdf->guides_group);
    view = haru_dict(pdf->haru, layers, "D");
    haru_list_reference(pdf->haru, haru_list(pdf->haru, view, "Order"), pdf->guides_group);
    haru_list_reference(pdf->haru, haru_list(pdf->haru, view, "ON"), pdf->guides_group);
}

/* -- catalog and info -- */

enum status catalog_catalog(struct pdf *pdf, struct error *error)
{
    struct haru_dict *catalog = haru_begin(pdf->haru);

    haru_name(pdf->haru, catalog, "Type", "Catalog");
    haru_reference(pdf->haru, catalog, "Pages", pdf->root);
    if (pdf->options.guides)
        add_layers(pdf, catalog);
    return objects_end(pdf, pdf->catalog, error);
}

/* `D:20241001000000+09'00'` (ISO 32000-1, 7.9.4). */
static const char *date_words(struct date date, char words[24])
{
    uint32_t number = date_number(date);

    memcpy(words, "D:00000000000000+09'00'", 24);
    for (int i = 9; i >= 2; i--, number /= 10)
        words[i] = (char)('0' + number % 10);
    return words;
}

enum status catalog_info(struct pdf *pdf, struct error *error)
{
    struct haru_dict *info = haru_begin(pdf->haru);
    char words[24];

    haru_binary(pdf->haru, info, "Title", pdf->title.bytes, pdf->title.size);
    haru_string(pdf->haru, info, "Producer", "oshirase");
    if (pdf->options.date.year != 0) {
        haru_string(pdf->haru, info, "CreationDate", date_words(pdf->options.date, words));
        haru_string(pdf->haru, info, "ModDate", date_words(pdf->options.date, words));
    }
    return objects_end(pdf, pdf->info, error);
}
