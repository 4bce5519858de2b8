/* unicode.c - step over UTF-8, fold case, tell letters from the rest.
 *
 * The tables are utf8proc's; ASCII and Russian, which is most of what comes
 * along, are answered in the header before it is asked.
 */
#include "text/text.h"

#include <string.h>

#include <utf8proc.h>

uint32_t pk_decode_any(struct pk_view view, size_t *width)
{
    *width = view.length ? 1 : 0;
    utf8proc_int32_t codepoint;
    size_t look = view.length < 4 ? view.length : 4;
    utf8proc_ssize_t size = look ? utf8proc_iterate((const utf8proc_uint8_t *)view.at,
                                                    (utf8proc_ssize_t)look, &codepoint)
                                 : 0;
    if (size <= 0)
        return PK_REPLACEMENT;
    *width = (size_t)size;
    return (uint32_t)codepoint;
}

uint32_t pk_decode_before_any(struct pk_view view, size_t end, size_t *width)
{
    size_t start = end - 1;
    while (start > 0 && end - start < 4 && ((unsigned char)view.at[start] & 0xC0) == 0x80)
        start--;
    uint32_t codepoint = pk_decode(pk_view_part(view, start, end), width);
    if (*width == end - start)
        return codepoint;
    *width = 1; /* a stray continuation byte */
    return PK_REPLACEMENT;
}

size_t pk_encode(uint32_t codepoint, char out[4])
{
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    if (codepoint < 0x800) {
        out[0] = (char)(0xC0 | codepoint >> 6);
        out[1] = (char)(0x80 | (codepoint & 0x3F));
        return 2;
    }
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)codepoint, (utf8proc_uint8_t *)out);
}

size_t pk_plain_start(struct pk_view view)
{
    static const uint64_t high = UINT64_C(0x8080808080808080);
    size_t at = 0;
    for (uint64_t bytes; at + sizeof bytes <= view.length; at += sizeof bytes) {
        memcpy(&bytes, view.at + at, sizeof bytes);
        if (bytes & high)
            break;
    }
    while (at < view.length && (unsigned char)view.at[at] < 0x80)
        at++;
    return at;
}

/* Eight bytes of ASCII and of letters of two bytes that begin with D0 or D1, which may end in the
 * first half of one; true: *inside says how many of them begin no code point. */
static bool is_russian_text(const unsigned char *bytes, size_t *inside)
{
    static const uint64_t high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
    uint64_t here, next;
    memcpy(&here, bytes, sizeof here);
    *inside = 0;
    if (!(here & high))
        return true;
    memcpy(&next, bytes + 1, sizeof next);
    uint64_t lead = here & here << 1 & high, second = next & ~(next << 1) & high;
    uint64_t other = (here ^ 0xD0 * ones) & (0xFE * ones) & (lead >> 7) * 0xFF;
    if (other || lead != second)
        return false;
    *inside = ((here & ~(here << 1) & high) >> 7) * ones >> 56;
    return true;
}

size_t pk_codepoints(struct pk_view view)
{
    const unsigned char *bytes = (const unsigned char *)view.at;
    size_t count = pk_plain_start(view), width, inside;
    bool half = false; /* does a letter end at i that began before it? */
    for (size_t i = count; i < view.length; i += width) {
        if (i + 8 < view.length && is_russian_text(bytes + i, &inside) &&
            (half || (bytes[i] & 0xC0) != 0x80)) {
            count += 8 - inside;
            width = 8;
            half = bytes[i + 7] >= 0xC0;
            continue;
        }
        if (!half)
            count++;
        pk_decode(pk_view_part(view, i, view.length), &width);
        width = half ? 1 : width;
        half = false;
    }
    return count;
}

uint32_t pk_fold_any(uint32_t codepoint)
{
    if (codepoint == 0x401 || codepoint == 0x451) /* Ё, ё */
        return 0x435;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)codepoint);
}

uint32_t pk_to_upper(uint32_t codepoint)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)codepoint);
}

uint32_t pk_to_lower(uint32_t codepoint)
{
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)codepoint);
}

static utf8proc_category_t category(uint32_t codepoint)
{
    return utf8proc_category((utf8proc_int32_t)codepoint);
}

/* Dashes, quotation marks and the like, which are most of what is neither ASCII nor a letter. */
static bool is_sign(uint32_t codepoint)
{
    return codepoint - 0x2000 < 0x70 ||
           (codepoint - 0x80 < 0x40 && codepoint != 0xAA && codepoint != 0xB5 && codepoint != 0xBA);
}

bool pk_is_letter_any(uint32_t codepoint)
{
    if (is_sign(codepoint))
        return false;
    utf8proc_category_t kind = category(codepoint);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME;
}

bool pk_is_digit_any(uint32_t codepoint)
{
    return !is_sign(codepoint) && category(codepoint) == UTF8PROC_CATEGORY_ND;
}

uint32_t pk_width(uint32_t codepoint)
{
    return (uint32_t)utf8proc_charwidth((utf8proc_int32_t)codepoint);
}

bool pk_is_upper_any(uint32_t codepoint)
{
    if (is_sign(codepoint))
        return false;
    utf8proc_category_t kind = category(codepoint);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

uint32_t pk_upper(uint32_t codepoint)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)codepoint);
}

bool pk_is_space_any(uint32_t codepoint)
{
    utf8proc_category_t kind = category(codepoint);
    return codepoint == 0x85 || codepoint == 0xFEFF ||
           (kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_ZP);
}

bool pk_is_cyrillic(uint32_t codepoint)
{
    return (codepoint >= 0x400 && codepoint <= 0x52F) ||
           (codepoint >= 0x1C80 && codepoint <= 0x1C8F);
}

struct pk_view pk_trim_any(struct pk_view view)
{
    size_t width;
    while (view.length && pk_is_space(pk_decode(view, &width)))
        view = pk_view_part(view, width, view.length);
    while (view.length && pk_is_space(pk_decode_before(view, view.length, &width)))
        view.length -= width;
    return view;
}

struct pk_view pk_folded(struct pk_arena *arena, struct pk_view view)
{
    /* Folding can lengthen a code point: U+023A (two bytes) folds to U+2C65 (three), and a byte
     * that is no UTF-8 becomes U+FFFD, three bytes. */
    char *out = pk_alloc(arena, view.length * 3 + 4);
    if (!out)
        return (struct pk_view){"", 0};
    size_t length = 0, width;
    bool blank = false;
    for (size_t i = 0; i < view.length; i += width) {
        uint32_t codepoint = pk_decode(pk_view_part(view, i, view.length), &width);
        if (pk_is_space(codepoint)) {
            blank = true;
            continue;
        }
        if (blank)
            out[length++] = ' ';
        blank = false;
        length += pk_encode(pk_fold(codepoint), out + length);
    }
    if (blank)
        out[length++] = ' ';
    return (struct pk_view){out, length};
}

bool pk_same_folded(struct pk_view a, struct pk_view b)
{
    while (a.length && b.length) {
        size_t a_width, b_width;
        if (pk_fold(pk_decode(a, &a_width)) != pk_fold(pk_decode(b, &b_width)))
            return false;
        a = pk_view_part(a, a_width, a.length);
        b = pk_view_part(b, b_width, b.length);
    }
    return a.length == b.length;
}

/* Takes the first (or last) code points off both while they are the same; how many. */
static size_t drop_common(struct pk_view *a, struct pk_view *b, bool last)
{
    size_t count = 0, wide_a, wide_b;
    for (; a->length && b->length; count++) {
        uint32_t one = last ? pk_decode_before(*a, a->length, &wide_a) : pk_decode(*a, &wide_a);
        uint32_t other = last ? pk_decode_before(*b, b->length, &wide_b) : pk_decode(*b, &wide_b);
        if (pk_fold(one) != pk_fold(other))
            break;
        *a = pk_view_part(*a, last ? 0 : wide_a, last ? a->length - wide_a : a->length);
        *b = pk_view_part(*b, last ? 0 : wide_b, last ? b->length - wide_b : b->length);
    }
    return count;
}

/* Three stand for any number above two. */
static size_t up_to_three(struct pk_view text)
{
    size_t count = 0, at = 0, width;
    for (; at < text.length && count < 3; at += width, count++)
        pk_decode(pk_view_part(text, at, text.length), &width);
    return count;
}

bool pk_is_near(struct pk_view a, struct pk_view b, size_t *at)
{
    size_t start = drop_common(&a, &b, false);
    if (at)
        *at = start;
    drop_common(&a, &b, true);
    size_t left = up_to_three(a), right = up_to_three(b), width;
    if (left < 2 && right < 2)
        return left + right > 0;
    if (left != 2 || right != 2)
        return false;
    uint32_t first = pk_fold(pk_decode(a, &width));
    uint32_t second = pk_fold(pk_decode(pk_view_part(a, width, a.length), &width));
    uint32_t third = pk_fold(pk_decode(b, &width));
    uint32_t fourth = pk_fold(pk_decode(pk_view_part(b, width, b.length), &width));
    return first == fourth && second == third;
}
