/* stem.h - the words of a name, with and without the endings that grammar gives them. */
#ifndef PK_STEM_H
#define PK_STEM_H

#include "text/text.h"

/* A word of somebody's name, folded, umlauts spelt out. */
struct pk_name_word {
    char bytes[64];
    size_t length, letters;
    size_t stem;     /* bytes without case endings */
    char ending[16]; /* what was taken away */
    size_t ending_length;
};

/* The next word; the text moves behind it. False: there is none. */
bool pk_take_name_word(struct pk_view *text, struct pk_name_word *);

#endif
