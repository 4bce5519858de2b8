/* formula.c - read a formula such as "206.8 - 1.3 * (words / sentences)", and work it out. */
#include "profile/style.h"

#include "profile/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_LIMIT = 50, STEP_LIMIT = 500 };

static const char *const variables[PK_FORMULA_VARIABLES] = {
    [PK_FORMULA_CHARACTERS] = "characters",
    [PK_FORMULA_WORDS] = "words",
    [PK_FORMULA_SENTENCES] = "sentences",
    [PK_FORMULA_PARAGRAPHS] = "paragraphs",
    [PK_FORMULA_SYLLABLES] = "syllables",
    [PK_FORMULA_COMPLEX_WORDS] = "complex_words",
    [PK_FORMULA_POLYSYLLABIC_WORDS] = "polysyllabic_words",
    [PK_FORMULA_LONG_WORDS] = "long_words",
    [PK_FORMULA_LIST] = "list",
    [PK_FORMULA_BLOCKQUOTE] = "blockquote",
    [PK_FORMULA_PRE] = "pre",
    [PK_FORMULA_HEADING_H1] = "heading_h1",
    [PK_FORMULA_HEADING_H1 + 1] = "heading_h2",
    [PK_FORMULA_HEADING_H1 + 2] = "heading_h3",
    [PK_FORMULA_HEADING_H1 + 3] = "heading_h4",
    [PK_FORMULA_HEADING_H1 + 4] = "heading_h5",
    [PK_FORMULA_HEADING_H6] = "heading_h6",
    [PK_FORMULA_ACTIONS] = "actions",
    [PK_FORMULA_DECISIONS] = "decisions",
    [PK_FORMULA_PEOPLE] = "people",
    [PK_FORMULA_RESULT] = "result",
};

/* Of two numbers; a higher binding takes its operands first. */
static const struct operator
{
    const char *sign;
    char what;
    int binding;
}
operators[] = {
    {"||", '|', 1}, {"&&", '&', 2}, {"==", '=', 3}, {"!=", '!', 3}, {"<=", 'l', 3},
    {">=", 'g', 3}, {"<", '<', 3},  {">", '>', 3},  {"+", '+', 4},  {"-", '-', 4},
    {"*", '*', 5},  {"/", '/', 5},  {"%", '%', 5},
};

/* Of one number. */
static const struct function {
    const char *name;
    char what;
} functions[] = {
    {"sqrt", 's'}, {"abs", 'a'}, {"ceil", 'c'}, {"floor", 'f'}, {"log", 'L'}, {"exp", 'e'},
};

struct parser {
    struct pk_arena *arena;
    struct pk_view text; /* what is left */
    struct pk_formula *formula;
    struct pk_error *error;
    int depth;
};

static enum pk_status expression(struct parser *, int binding);

static void skip_blanks(struct parser *parser)
{
    parser->text = pk_trim(parser->text);
}

static void skip(struct parser *parser, size_t length)
{
    parser->text = pk_view_part(parser->text, length, parser->text.length);
    skip_blanks(parser);
}

static enum pk_status put(struct parser *parser, struct pk_formula_step step)
{
    if (parser->formula->step.count == STEP_LIMIT)
        return pk_fail(parser->error, PK_EINPUT, "the formula is too long");
    *pk_push(parser->arena, &parser->formula->step) = step;
    return PK_OK;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
}

static enum pk_status number(struct parser *parser)
{
    char digits[40];
    size_t length = 0;
    while (length < parser->text.length &&
           ((parser->text.at[length] >= '0' && parser->text.at[length] <= '9') ||
            parser->text.at[length] == '.'))
        length++;
    if (length >= sizeof digits)
        return pk_fail(parser->error, PK_EINPUT, "a number of %zu digits", length);
    /* strtod heeds the locale's decimal point; this does not. */
    double value = 0, unit = 1;
    bool fraction = false;
    for (size_t i = 0; i < length; i++) {
        char c = parser->text.at[i];
        if (c == '.' && fraction)
            return pk_fail(parser->error, PK_EINPUT, "a number with two points");
        if (c == '.') {
            fraction = true;
            continue;
        }
        value = value * 10 + (c - '0');
        unit *= fraction ? 10 : 1;
    }
    skip(parser, length);
    return put(parser, (struct pk_formula_step){.what = 'n', .number = value / unit});
}

static enum pk_status unknown_variable(struct parser *parser, struct pk_view name)
{
    const char *nearest = pk_nearest(name, variables, PK_FORMULA_RESULT);
    int shown = (int)(name.length > 40 ? 40 : name.length);
    if (nearest)
        return pk_fail(parser->error, PK_EINPUT,
                       "a formula knows no \"%.*s\": did you mean \"%s\"?", shown, name.at,
                       nearest);
    return pk_fail(parser->error, PK_EINPUT, "a formula knows no \"%.*s\"", shown, name.at);
}

static enum pk_status closing(struct parser *parser)
{
    if (!pk_starts(parser->text, PK_VIEW(")")))
        return pk_fail(parser->error, PK_EINPUT, "a bracket of the formula is not closed");
    skip(parser, 1);
    return PK_OK;
}

/* "words", "heading.h2", "math.sqrt(...)" */
static enum pk_status name(struct parser *parser)
{
    char folded[40] = "";
    size_t length = 0;
    while (length < parser->text.length && is_name_byte(parser->text.at[length]))
        length++;
    struct pk_view word = pk_view_part(parser->text, 0, length);
    if (!length)
        return pk_fail(parser->error, PK_EINPUT, "a formula has no place for \"%.*s\"",
                       (int)(parser->text.length < 20 ? parser->text.length : 20), parser->text.at);
    skip(parser, length);
    for (size_t i = 0; i < length && i + 1 < sizeof folded; i++)
        folded[i] = word.at[i];
    const char *plain = strncmp(folded, "math.", 5) == 0 ? folded + 5 : folded;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strcmp(plain, functions[i].name) != 0 || !pk_starts(parser->text, PK_VIEW("(")))
            continue;
        skip(parser, 1);
        enum pk_status status = expression(parser, 0);
        status = status ? status : closing(parser);
        return status ? status : put(parser, (struct pk_formula_step){.what = functions[i].what});
    }
    for (char *c = folded; *c; c++)
        *c = *c == '.' ? '_' : *c;
    for (uint32_t i = 0; i < PK_FORMULA_VARIABLES; i++)
        if (strcmp(folded, variables[i]) == 0)
            return put(parser, (struct pk_formula_step){.what = 'v', .variable = i});
    return unknown_variable(parser, word);
}

static enum pk_status operand(struct parser *parser)
{
    char first = parser->text.length ? parser->text.at[0] : '\0';
    enum pk_status status;
    if (!first)
        return pk_fail(parser->error, PK_EINPUT, "the formula ends too early");
    if (++parser->depth > DEPTH_LIMIT)
        return pk_fail(parser->error, PK_EINPUT, "the formula is nested too deeply");
    if (first == '(') {
        skip(parser, 1);
        status = expression(parser, 0);
        status = status ? status : closing(parser);
    } else if (first == '-') {
        skip(parser, 1);
        status = operand(parser);
        status = status ? status : put(parser, (struct pk_formula_step){.what = '~'});
    } else if ((first >= '0' && first <= '9') || first == '.') {
        status = number(parser);
    } else {
        status = name(parser);
    }
    parser->depth--;
    return status;
}

static const struct operator* operator_at(struct pk_view text)
{
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (pk_starts(text, pk_view_of(operators[i].sign)))
            return &operators[i];
    return NULL;
}

/* Precedence climbing: operators that bind more tightly than `binding`. */
static enum pk_status expression(struct parser *parser, int binding)
{
    enum pk_status status = operand(parser);
    const struct operator* next;
    while (status == PK_OK && (next = operator_at(parser->text)) && next->binding > binding) {
        skip(parser, strlen(next->sign));
        status = expression(parser, next->binding);
        status = status ? status : put(parser, (struct pk_formula_step){.what = next->what});
    }
    return status;
}

static enum pk_status whole(struct parser *parser)
{
    enum pk_status status = expression(parser, 0);
    if (status == PK_OK && parser->text.length)
        status =
            pk_fail(parser->error, PK_EINPUT, "a formula has no place for \"%.*s\"",
                    (int)(parser->text.length < 20 ? parser->text.length : 20), parser->text.at);
    return status;
}

enum pk_status pk_formula_read(struct pk_arena *arena, struct pk_view text,
                               struct pk_formula *formula, struct pk_error *error)
{
    struct parser parser = {
        .arena = arena, .text = pk_trim(text), .formula = formula, .error = error};
    return whole(&parser);
}

enum pk_status pk_condition_read(struct pk_arena *arena, struct pk_view text,
                                 struct pk_formula *formula, struct pk_error *error)
{
    struct pk_buffer asked = {.arena = arena};
    text = pk_trim(text);
    if (!operator_at(text))
        return pk_fail(error, PK_EINPUT, "a condition begins with a comparison, as in \"> 40\"");
    pk_puts(&asked, "result ");
    pk_put(&asked, text);
    return pk_formula_read(arena, pk_written(&asked), formula, error);
}

static double of_two(char what, double a, double b)
{
    switch (what) {
    case '|':
        return a != 0 || b != 0;
    case '&':
        return a != 0 && b != 0;
    case '=':
        return !(a < b || a > b);
    case '!':
        return a < b || a > b;
    case 'l':
        return a <= b;
    case 'g':
        return a >= b;
    case '<':
        return a < b;
    case '>':
        return a > b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    case '/':
        return a / b;
    default:
        return fmod(a, b);
    }
}

static double of_one(char what, double a)
{
    switch (what) {
    case '~':
        return -a;
    case 's':
        return sqrt(a);
    case 'a':
        return fabs(a);
    case 'c':
        return ceil(a);
    case 'f':
        return floor(a);
    case 'L':
        return log(a);
    default:
        return exp(a);
    }
}

double pk_formula_value(const struct pk_formula *formula,
                        const double variable[PK_FORMULA_VARIABLES])
{
    double stack[STEP_LIMIT + 1];
    uint32_t height = 0;
    for (uint32_t i = 0; i < formula->step.count; i++) {
        const struct pk_formula_step *step = &formula->step.items[i];
        if (step->what == 'n') {
            stack[height++] = step->number;
        } else if (step->what == 'v') {
            stack[height++] = variable[step->variable];
        } else if (strchr("~sacfLe", step->what)) {
            stack[height - 1] = of_one(step->what, stack[height - 1]);
        } else {
            height--;
            stack[height - 1] = of_two(step->what, stack[height - 1], stack[height]);
        }
    }
    return height ? stack[0] : 0;
}
