/* identity.c - know an item again in another protocol, by its id or by its words. */
#include "read/minutes.h"
#include "text/words.h"

#include <stdio.h>
#include <string.h>

/* Two numbers of 64 bits, each with an arithmetic of its own. No secret is kept
 * by them: they only have to keep apart the items of one archive. */
struct digest {
    uint64_t first, second;
};

static const struct digest start = {0xcbf29ce484222325u, 0x9e3779b97f4a7c15u};

/* FNV-1a beside a multiplication by another odd number (Knuth's, for 64 bits). */
static void take(struct digest *digest, uint32_t codepoint)
{
    digest->first = (digest->first ^ codepoint) * 0x100000001b3u;
    digest->second = (digest->second ^ codepoint) * 6364136223846793005u + 1442695040888963407u;
}

/* MurmurHash3's last step: every bit of the sum bears on every bit of the result. */
static uint64_t mixed(uint64_t bits)
{
    bits = (bits ^ bits >> 33) * 0xff51afd7ed558ccdu;
    bits = (bits ^ bits >> 33) * 0xc4ceb9fe1a85ec53u;
    return bits ^ bits >> 33;
}

static void add(struct digest *sum, struct digest part)
{
    sum->first += mixed(part.first);
    sum->second += mixed(part.second);
}

/* Takes the next word, folded; the text moves behind it. False: there is none. */
static bool take_word(struct digest *digest, struct pk_view *text)
{
    bool word = false;
    size_t at = 0, width;
    for (; at < text->length; at += width) {
        unsigned char plain = pk_plain_word[(unsigned char)text->at[at]];
        if (plain) {
            take(digest, plain);
            word = true;
            width = 1;
            continue;
        }
        uint32_t codepoint = pk_decode(pk_view_part(*text, at, text->length), &width);
        if (pk_is_word(codepoint)) {
            take(digest, pk_fold(codepoint));
            word = true;
        } else if (word) {
            break;
        }
    }
    *text = pk_view_part(*text, at, text->length);
    return word;
}

/* Word after word; of a text without any, an arrow say, every sign. */
static struct digest digest_of_text(struct pk_view text)
{
    struct digest digest = start;
    struct pk_view rest = text;
    while (take_word(&digest, &rest))
        take(&digest, ' ');
    if (digest.first != start.first)
        return digest;
    for (size_t i = 0; i < text.length; i++)
        take(&digest, (unsigned char)text.at[i]);
    return digest;
}

/* The words in any order: "Иванов И.И." is "И.И. Иванов". */
static struct digest digest_of_name(struct pk_view name)
{
    struct digest sum = {0}, digest = start;
    while (take_word(&digest, &name)) {
        add(&sum, digest);
        digest = start;
    }
    return sum;
}

/* "A3" and "note-7", but not "3" or "1.2". */
static bool is_a_name(struct pk_view id)
{
    while (id.length) {
        size_t width;
        if (pk_is_letter(pk_decode(id, &width)))
            return true;
        id = pk_view_part(id, width, id.length);
    }
    return false;
}

/* "call Tom by Friday about paper" is the same item when it is put off, and where another
 * protocol says which Friday: its text without that, where there is room to put it together. */
static struct pk_view text_without_due(const struct pk_action *action, char *out, size_t room)
{
    struct pk_view text = action->text, due = action->due_text;
    size_t at = 0;
    if (!due.length || due.length >= text.length || text.length > room)
        return text;
    while (at + due.length <= text.length && !pk_starts(pk_view_part(text, at, text.length), due))
        at++;
    if (at + due.length > text.length)
        return text;
    memcpy(out, text.at, at);
    memcpy(out + at, text.at + at + due.length, text.length - at - due.length);
    return (struct pk_view){out, text.length - due.length};
}

struct pk_view pk_owner_name(const struct pk_owner *owner)
{
    return owner->full_name.length ? owner->full_name : owner->name;
}

bool pk_is_owner_again(const struct pk_action *action, uint32_t number)
{
    struct pk_view name = pk_owner_name(&action->owner.items[number]);
    for (uint32_t i = 0; i < number; i++)
        if (pk_same(pk_owner_name(&action->owner.items[i]), name))
            return true;
    return false;
}

static struct digest digest_of_action(const struct pk_action *action)
{
    char room[1024];
    struct digest sum = {0};
    if (is_a_name(action->id)) {
        add(&sum, digest_of_text(action->id));
        return sum;
    }
    add(&sum, digest_of_text(text_without_due(action, room, sizeof room)));
    for (uint32_t i = 0; i < action->owner.count; i++)
        if (!pk_is_owner_again(action, i))
            add(&sum, digest_of_name(pk_owner_name(&action->owner.items[i])));
    return sum;
}

struct pk_identity pk_identity_of(const struct pk_action *action)
{
    struct pk_identity identity = {0};
    struct digest digest = digest_of_action(action);
    uint64_t first = mixed(digest.first), second = mixed(digest.second);
    /* RFC 9562, section 5.8: version 8 is whatever its maker likes, but for six bits */
    const struct {
        uint64_t bits;
        int digits;
    } groups[] = {{first >> 32, 8},
                  {first >> 16, 4},
                  {0x8000 | (first & 0xfff), 4},
                  {0x8000 | (second >> 48 & 0x3fff), 4},
                  {second, 12}};
    char *to = identity.uuid;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        for (int digit = groups[i].digits - 1; digit >= 0; digit--)
            *to++ = "0123456789abcdef"[groups[i].bits >> (4 * digit) & 0xf];
        *to++ = i + 1 < sizeof groups / sizeof *groups ? '-' : '\0';
    }
    return identity;
}
