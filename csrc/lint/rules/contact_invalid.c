/* contact_invalid.c - addresses and telephone numbers of the people can be used. */
#include "lint/lint.h"

static bool is_digit(char sign)
{
    return sign >= '0' && sign <= '9';
}

static bool is_letter(char sign)
{
    return ((sign | 32) >= 'a' && (sign | 32) <= 'z') || (unsigned char)sign >= 0x80;
}

/* -- E-mail ------------------------------------------------------------------------------- */

static bool is_of_address(char sign)
{
    return is_letter(sign) || is_digit(sign) || sign == '.' || sign == '-' || sign == '_' ||
           sign == '+' || sign == '%' || sign == '@';
}

/* A name of letters and digits, one "@", a domain of two parts or more, the last of letters. */
static bool is_address(struct pk_view text)
{
    size_t at = 0, dots = 0, part = 0;
    while (at < text.length && text.at[at] != '@')
        at++;
    if (!at || at == text.length || text.at[0] == '.' || text.at[at - 1] == '.')
        return false;
    for (size_t i = 0; i + 1 < text.length; i++)
        if (text.at[i] == '.' && text.at[i + 1] == '.')
            return false;
    bool letters = true;
    for (size_t i = at + 1; i < text.length; i++) {
        if (text.at[i] == '@' || text.at[i] == '_' || text.at[i] == '%' || text.at[i] == '+')
            return false;
        if (text.at[i] != '.') {
            part++;
            letters = letters && (is_letter(text.at[i]) || text.at[i] == '-');
            continue;
        }
        if (!part)
            return false;
        dots++;
        part = 0;
        letters = true;
    }
    return dots && part > 1 && letters;
}

/* "anna@example,com": a comma where the last full stop should be; its length behind the text. */
static size_t comma_for_stop(struct pk_view text, size_t end)
{
    static const char *const ends[] = {"com", "org", "net", "de", "ru", "at", "ch", "eu", "info"};
    if (end >= text.length || text.at[end] != ',')
        return 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct pk_view word = pk_view_of(ends[i]);
        struct pk_view rest = pk_view_part(text, end + 1, text.length);
        if (pk_starts(rest, word) &&
            (rest.length == word.length || !is_of_address(rest.at[word.length])))
            return 1 + word.length;
    }
    return 0;
}

/* With doubled signs made single and commas full stops. */
static struct pk_view straightened(struct pk_arena *arena, struct pk_view text)
{
    struct pk_buffer out = {.arena = arena};
    for (size_t i = 0; i < text.length; i++) {
        char sign = text.at[i] == ',' ? '.' : text.at[i];
        bool doubled = i && sign == text.at[i - 1] && (sign == '@' || sign == '.');
        if (!doubled)
            pk_putc(&out, sign);
    }
    return pk_all_written(&out);
}

/* "_@nora_" is somebody's handle in italics: no letter and no digit stands before the sign. */
static bool is_handle(struct pk_view address)
{
    size_t width;
    for (size_t at = 0; at < address.length && address.at[at] != '@'; at += width) {
        uint32_t sign = pk_decode(pk_view_part(address, at, address.length), &width);
        if (pk_is_letter(sign) || pk_is_digit(sign))
            return false;
    }
    return true;
}

static void check_address(struct pk_lint *lint, struct pk_view text, struct pk_view address)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    size_t end = (size_t)(address.at - text.at) + address.length;
    size_t comma = comma_for_stop(text, end);
    struct pk_view whole = pk_view_part(text, end - address.length, end + comma);
    if (is_handle(address) || (!comma && is_address(address)))
        return;
    struct pk_span span = pk_span_of(minutes->blocks.text, whole);
    struct pk_view better = straightened(minutes->arena, whole);
    pk_report1(lint, span, "\"%1\" is no e-mail address", whole);
    if (!pk_same(better, whole) && is_address(better))
        pk_offer_edit(lint, pk_offer(lint, "write \"%1\"", better), span, better);
}

/* -- Telephone ---------------------------------------------------------------------------- */

/* "+41 31 555 01 23": from the "+" to the last digit, and how many there are. Fewer than
 * `LEAST` are no number at all ("+1"). */
enum { LEAST = 5, SHORTEST = 8, LONGEST = 15 /* ITU-T E.164, 6.1 */, NATIONAL = 11 };

static struct pk_view number_at(struct pk_view text, size_t at, uint32_t *digits)
{
    size_t end = at + 1;
    *digits = 0;
    for (size_t i = at + 1; i < text.length; i++) {
        char sign = text.at[i];
        if (is_digit(sign)) {
            end = i + 1;
            ++*digits;
        } else if (sign != ' ' && sign != '-' && sign != '(' && sign != ')' && sign != '.') {
            break;
        }
    }
    return pk_view_part(text, at, end);
}

static void check_number(struct pk_lint *lint, struct pk_view number, uint32_t digits)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    char country = number.at[1];
    bool fixed = country == '7' || country == '1'; /* Russia and North America: ten behind it */
    struct pk_span span = pk_span_of(minutes->blocks.text, number);
    if (fixed && digits != NATIONAL)
        pk_report3(lint, span, "\"%1\" has %2 digits, a number there has %3", number,
                   pk_number(lint, digits), pk_number(lint, NATIONAL));
    else if (digits < SHORTEST || digits > LONGEST)
        pk_report1(lint, span, "\"%1\" is no telephone number", number);
}

/* -- The people ----------------------------------------------------------------------------- */

static bool is_inside_link(struct pk_view text, size_t start)
{
    return start && (text.at[start - 1] == '/' || text.at[start - 1] == ':');
}

static void check_entry(struct pk_lint *lint, struct pk_view text)
{
    for (size_t at = 0; at < text.length; at++) {
        size_t start = at, end = at;
        uint32_t digits;
        if (text.at[at] == '+' && at + 1 < text.length && is_digit(text.at[at + 1]) &&
            (!at || !is_of_address(text.at[at - 1]))) {
            struct pk_view number = number_at(text, at, &digits);
            if (digits >= LEAST)
                check_number(lint, number, digits);
            at += number.length - 1;
            continue;
        }
        while (end < text.length && is_of_address(text.at[end]))
            end++;
        if (end == start)
            continue;
        at = end - 1;
        while (end > start && text.at[end - 1] == '.')
            end--;
        struct pk_view word = pk_view_part(text, start, end);
        size_t sign = 0;
        while (sign < word.length && word.at[sign] != '@')
            sign++;
        if (sign && sign < word.length && !is_inside_link(text, start))
            check_address(lint, text, word);
    }
}

static void check(struct pk_lint *lint)
{
    const struct pk_minutes *minutes = pk_minutes_of(lint);
    uint32_t done = 0;
    for (uint32_t i = 0; i < minutes->person.count; i++) {
        const struct pk_person *person = &minutes->person.items[i];
        if (i && person->whole.start == minutes->person.items[done].whole.start)
            continue; /* several in one entry */
        done = i;
        if (!pk_has_placeholder(minutes, person->whole))
            check_entry(lint, pk_slice(minutes->blocks.text, person->whole));
    }
}

const struct pk_rule pk_rule_contact_invalid = {
    .id = "contact-invalid",
    .severity = PK_WARNING,
    .summary = "addresses and telephone numbers of the people can be used",
    .help = "Minutes that went to an address that cannot be were not received, and nobody notices. "
            "An e-mail address has one @ and a domain with a full stop; an international number "
            "has 8 to 15 digits behind the +, one of Russia or North America 11. A doubled sign, "
            "or a comma for a full stop, the fix mends:\n\n"
            "    anna@example,com   ->   anna@example.com",
    .check = check,
};
