#include "unit/check.h"
#include "unit/page_sample.h"

static struct digester *digester;

static struct digest letter_of(const struct sample *sample, const struct fonts *fonts)
{
    struct page page = sample->page;
    struct page_list pages = {&page, 1};
    struct digest digest = {{0}};
    struct error error;

    assert_int_equal(letter_digest(digester, fonts, &pages, &digest, &error), OK);
    return digest;
}

static bool same(const struct digest *a, const struct digest *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* Each change of something that shows; false: no such change. */
static bool change_visible(struct sample *s, int row)
{
    struct item_text *text = &s->items[0].as.text;
    struct item_stroke *stroke = &s->items[1].as.stroke;
    struct item_modules *modules = &s->items[2].as.modules;
    struct item_bitmap *bitmap = &s->items[3].as.bitmap;
    struct item_path *path = &s->items[4].as.path;

    switch (row) {
    case 1:
        text->x++;
        return true;
    case 2:
        text->y++;
        return true;
    case 3:
        text->size++;
        return true;
    case 4:
        text->scale--;
        return true;
    case 5:
        text->spacing++;
        return true;
    case 6:
        text->count--;
        return true;
    case 7:
        text->text = TEXT("架b空");
        return true;
    case 8:
        text->text.length--;
        return true;
    case 9:
        s->glyphs[0].id++;
        return true;
    case 10:
        s->glyphs[0].advance++;
        return true;
    case 11:
        s->glyphs[0].face = 1;
        return true;
    case 12:
        s->glyphs[2].face = 0;
        return true;
    case 13:
        stroke->x++;
        return true;
    case 14:
        stroke->y++;
        return true;
    case 15:
        stroke->w++;
        return true;
    case 16:
        stroke->h++;
        return true;
    case 17:
        stroke->width++;
        return true;
    case 18:
        stroke->dash_on++;
        return true;
    case 19:
        stroke->dash_off++;
        return true;
    case 20:
        stroke->radius++;
        return true;
    case 21:
        modules->x++;
        return true;
    case 22:
        modules->y++;
        return true;
    case 23:
        modules->module++;
        return true;
    case 24:
        modules->count--;
        return true;
    case 25:
        s->modules[4] ^= 0x08;
        return true;
    case 26:
        bitmap->x++;
        return true;
    case 27:
        bitmap->y++;
        return true;
    case 28:
        bitmap->w++;
        return true;
    case 29:
        bitmap->h++;
        return true;
    case 30:
        bitmap->columns--;
        return true;
    case 31:
        bitmap->rows--;
        return true;
    case 32:
        s->bits[3] ^= 0x40;
        return true;
    case 33:
        s->steps[1] = PATH_MOVE;
        return true;
    case 34:
        s->points[9]++;
        return true;
    case 35:
        path->even_odd = false;
        return true;
    case 36:
        path->step_count--;
        return true;
    case 37:
        path->point_count--;
        return true;
    case 38:
        s->page.width++;
        return true;
    case 39:
        s->page.height++;
        return true;
    case 40:
        s->page.layer = NULL;
        return true;
    case 41:
        s->layer.digest.bytes[31]++;
        return true;
    case 42:
        s->page.list.count--;
        return true;
    case 43:
        s->items[1].kind = ITEM_PATH;
        s->items[1].as.path = *path;
        return true;
    default:
        return false;
    }
}

static void every_visible_change_counts(void **state)
{
    static struct digest seen[64];
    struct sample sample;
    struct fonts fonts;

    (void)state;
    sample_fonts(&fonts);
    sample_make(&sample);
    seen[0] = letter_of(&sample, &fonts);
    for (int row = 1; change_visible(&sample, row); row++) {
        bool fresh = true;

        sample_make(&sample);
        (void)change_visible(&sample, row);
        seen[row] = letter_of(&sample, &fonts);
        for (int before = 0; before < row; before++)
            fresh = fresh && !same(&seen[before], &seen[row]);
        row_check(row, fresh);
        sample_make(&sample);
    }
    check_rows();
}

/* What shows nowhere must not count. */
static void change_hidden(struct sample *s, struct fonts *fonts, int row)
{
    struct face_facts facts = fonts->faces[0];

    switch (row) {
    case 101:
        s->items[3].as.bitmap.image++;
        break;
    case 102:
        s->bits[1] ^= 0x3F;
        break; /* behind the last column */
    case 103:
        s->modules[0] ^= 0x07;
        break; /* the same of modules */
    case 104:
        s->page.guides = (struct item_list){&s->guide, 1};
        break;
    case 105:
        s->layer.index++;
        break;
    case 106: /* the same fonts, pinned in another order */
        fonts->faces[0] = fonts->faces[2];
        fonts->faces[2] = facts;
        s->glyphs[0].face = s->glyphs[1].face = 2;
        s->glyphs[2].face = 0;
        break;
    case 107:
        fonts->faces[0].name = TEXT("Renamed");
        break;
    default:
        break;
    }
}

static void nothing_hidden_counts(void **state)
{
    struct sample sample;
    struct fonts fonts;
    struct digest want;

    (void)state;
    sample_fonts(&fonts);
    sample_make(&sample);
    want = letter_of(&sample, &fonts);
    for (int row = 101; row <= 107; row++) {
        struct digest have;

        sample_fonts(&fonts);
        sample_make(&sample);
        change_hidden(&sample, &fonts, row);
        have = letter_of(&sample, &fonts);
        row_check(row, same(&want, &have));
    }
    check_rows();
}

/* A face's own digest counts, and a list is another thing as a layer than as a letter's only page.
 */
static void layers_and_faces(void **state)
{
    struct sample sample;
    struct fonts fonts;
    struct digest letter, layer, again, other;
    struct error error;

    (void)state;
    sample_fonts(&fonts);
    sample_make(&sample);
    letter = letter_of(&sample, &fonts);
    assert_int_equal(layer_digest(digester, &fonts, &sample.page.list, &layer, &error), OK);
    assert_int_equal(layer_digest(digester, &fonts, &sample.page.list, &again, &error), OK);
    fonts.faces[2].digest.bytes[0]++;
    assert_int_equal(layer_digest(digester, &fonts, &sample.page.list, &other, &error), OK);
    row_check(201, same(&layer, &again));
    row_check(202, !same(&layer, &letter));
    row_check(203, !same(&layer, &other));
    check_rows();
}

/* Long lines and many pages pass the stage's bounds; moving one glyph over a page's end changes the
 * digest. */
static void long_letters(void **state)
{
    static struct glyph glyphs[9000];
    static char words[20000];
    struct fonts fonts;
    struct item items[2] = {{.kind = ITEM_TEXT}, {.kind = ITEM_TEXT}};
    struct page pages[2] = {{.width = 1, .height = 1, .list = {items, 1}},
                            {.width = 1, .height = 1, .list = {items + 1, 1}}};
    struct page_list list = {pages, 2};
    struct digest before, after;
    struct error error;

    (void)state;
    sample_fonts(&fonts);
    memset(words, 'a', sizeof words);
    for (uint32_t i = 0; i < 9000; i++)
        glyphs[i] = sample_glyph((uint16_t)(i / 700 % 3), (uint16_t)(i % 256), i, 1);
    items[0].as.text = (struct item_text){.glyphs = glyphs, .count = 5000, .text = {words, 19000}};
    items[1].as.text = (struct item_text){.glyphs = glyphs + 5000, .count = 4000};
    assert_int_equal(letter_digest(digester, &fonts, &list, &before, &error), OK);
    items[0].as.text.count++;
    items[1].as.text.glyphs++;
    items[1].as.text.count--;
    assert_int_equal(letter_digest(digester, &fonts, &list, &after, &error), OK);
    row_check(301, !same(&before, &after));
    check_rows();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_visible_change_counts),
        cmocka_unit_test(nothing_hidden_counts),
        cmocka_unit_test(layers_and_faces),
        cmocka_unit_test(long_letters),
    };
    struct error error;
    int result;

    if (digester_new(&digester, &error) != OK)
        return 1;
    result = check_run(tests);
    digester_free(digester);
    return result;
}
