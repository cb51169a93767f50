/* wording/spoken.h -- the spoken text of a form: what its voice code says, sentence by sentence.
 * In a template:
 *   voice:
 *     text:   [ "{sheet}ページ。", ... ]      # every page begins with it
 *     member: [ "{kana} 様、...。" ]          # household: once for each member on the page
 *     end:    [ "電話、{tel!}。", ... ]       # and every page ends so; may be missing
 * A sentence is a part (wording.h): same fields, same marks; one whose fields are all empty is not spoken, nor is one
 * whose `!` field is. {sheet} is the page's number, on a letter of one sheet too; {sheets} is empty there.
 * Refuses: STOP 8602-8605 with file and line; what a part refuses.
 * Tests  : tests/unit/voice_speak.c, voice_forms.c
 */
#ifndef WORDING_SPOKEN_H
#define WORDING_SPOKEN_H

#include "base/yaml.h"
#include "wording/part.h"

/* node: the entry `voice` of a template, NULL = none. Fills out->spoken. out->household must be known. */
CHECKED enum status spoken_read(const struct template_source *source, const struct yaml_node *node,
                                struct wording *out);

#endif
