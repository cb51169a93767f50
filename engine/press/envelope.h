/* press/envelope.h -- envelopes as pages: front and back with the sender, the postage mark, the lines that the job asks
 * for, and their own voice code with its notch.
 * Made of templates/envelope/front.yaml and back.yaml and of layouts/envelope/NAME-front.yaml, NAME-back.yaml
 * (envelope.layout). A template may name fields of the job, those of a letter's address (mail_postcode, mail_addr1,
 * mail_addr2, mail_name, mail_honorific), {piece}, and
 *   {postage} {post_office} {important} {no_forward} {class}
 * Voice  : where the job has voice codes and the layout has a place for one: the sentences of the template's `voice`,
 *          the same on all envelopes. A QR code is drawn; a supplied symbol is envelope.symbol. The sentences are what
 *          envelope.symbol is to be made of, so they are told to the sink.
 * Addressed (envelope.addressed): a front and a back for each piece that is printed into OUT, in the order of printing,
 *          with address and number of the piece. Protected people's letters go elsewhere: no envelope here is theirs,
 *          and none tells that they are there.
 * Refuses: STOP 8690-8692; what forms refuse.
 */
#ifndef PRESS_ENVELOPE_H
#define PRESS_ENVELOPE_H

#include "base/error.h"
#include "base/sink.h"
#include "press/press.h"

struct envelope_order {
    const char *out;          /* FILE.pdf; an older one is replaced */
    const struct sink *words; /* gets the spoken text and a line feed; nothing where there is no voice code */
};

CHECKED enum status press_envelope(struct press *press, const struct envelope_order *order, struct error *error);

#endif
