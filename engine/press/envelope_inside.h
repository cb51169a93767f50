/* press/envelope_inside.h -- what envelope.c and envelope_voice.c share. Not for other files. */
#ifndef PRESS_ENVELOPE_INSIDE_H
#define PRESS_ENVELOPE_INSIDE_H

#include "page/sheet.h"
#include "pdf/pdf.h"
#include "press/envelope.h"
#include "press/voice_run.h"
#include "symbology/qr.h"

/* What a template may name besides; in the order of `names`, in the place of the job's extra columns. */
enum own {
    OWN_POSTAGE,
    OWN_POST_OFFICE,
    OWN_IMPORTANT,
    OWN_NO_FORWARD,
    OWN_CLASS,
    OWN_SEQUENCE,
    OWN_FIELDS
};

enum { SIDES = 2 };

struct leaf {
    struct wording wording;
    struct layout layout;
    struct form form;
    bool voice;
    struct voice_symbol symbol;
    uint16_t dots; /* of 600 dpi a module; 0 = the layout's */
    struct qr qr;
};

struct envelope {
    struct press *press;
    struct job job; /* with the fields of an envelope */
    struct text extra[OWN_FIELDS];
    struct leaf sides[SIDES];
    struct text own[OWN_FIELDS]; /* of the envelope in hand */
    struct digester *digester;   /* over the pages: the document's ID */
    struct digester *letters;
    struct sheet_digester *sheets;
    struct pdf *pdf;
    struct press_result result;
    struct spoken spoken;
};

/* The spoken text of a side that has a voice code, told to `words`, and its symbol. Refuses: STOP 8690, 8691. */
CHECKED enum status envelope_symbol(struct envelope *envelope, struct leaf *side, const struct sink *words,
                                    struct error *error);

#endif
