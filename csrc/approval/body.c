/* body.c - what a mail about minutes says, in their language. */
#include "approval/mime.h"

struct body {
    struct pk_buffer *out;
    const struct pk_minutes *minutes; /* as others get to see them */
    const struct pk_language *language;
    const struct pk_log *log;
    const struct pk_mail *mail;
    uint32_t number; /* of the items so far */
};

static void say(struct body *body, const char *english)
{
    pk_put(body->out, pk_say(body->language, english));
}

static void line(struct body *body, const char *english)
{
    say(body, english);
    pk_puts(body->out, "\n");
}

static void text(struct body *body, struct pk_view words)
{
    pk_put(body->out, pk_header_line(body->out->arena, words));
}

/* -- Items -- */

static void begin_item(struct body *body)
{
    pk_putf(body->out, "%u. ", ++body->number);
}

static void title(struct body *body, struct pk_view words)
{
    pk_puts(body->out, "\n");
    text(body, words);
    pk_puts(body->out, ":\n\n");
}

static void put_decisions(struct body *body)
{
    const struct pk_minutes *minutes = body->minutes;
    int section = -2; /* of the item before */
    for (uint32_t i = 0; i < minutes->decision.count; i++) {
        const struct pk_decision *decision = &minutes->decision.items[i];
        if (decision->section != section)
            title(body, decision->section >= 0 ? minutes->section.items[decision->section].title
                                               : pk_say(body->language, "What was agreed"));
        section = decision->section;
        begin_item(body);
        text(body, decision->text);
        pk_puts(body->out, "\n");
    }
}

static void put_due(struct body *body, const struct pk_action *action)
{
    if (action->dated != PK_DATED && !action->due_text.length)
        return;
    pk_puts(body->out, " (");
    say(body, "due");
    pk_puts(body->out, ": ");
    if (action->dated == PK_DATED)
        pk_write_date(body->out, action->due, body->language);
    else
        text(body, action->due_text);
    pk_puts(body->out, ")");
}

static void put_actions(struct body *body)
{
    const struct pk_minutes *minutes = body->minutes;
    bool titled = false;
    for (uint32_t i = 0; i < minutes->action.count; i++) {
        const struct pk_action *action = &minutes->action.items[i];
        if (action->state != PK_OPEN)
            continue;
        if (!titled)
            title(body, pk_say(body->language, "Who does what by when"));
        titled = true;
        begin_item(body);
        for (uint32_t j = 0; j < action->owner.count; j++) {
            if (pk_is_owner_again(action, j))
                continue;
            pk_puts(body->out, j ? ", " : "");
            text(body, pk_owner_name(&action->owner.items[j]));
        }
        pk_puts(body->out, action->owner.count ? ": " : "");
        text(body, action->text);
        put_due(body, action);
        pk_puts(body->out, "\n");
    }
}

/* -- Objections -- */

static const struct pk_event *resolution_of(const struct pk_log *log, uint32_t objection)
{
    for (uint32_t i = log->event.count; i-- > 0;) {
        const struct pk_event *event = &log->event.items[i];
        if (event->kind == PK_EVENT_RESOLUTION && event->of == objection)
            return event;
    }
    return NULL;
}

static void put_objection(struct body *body, const struct pk_event *objection)
{
    const struct pk_event *resolution = resolution_of(body->log, objection->number);
    pk_puts(body->out, "- ");
    text(body, objection->who);
    if (objection->item.length) {
        pk_puts(body->out, ", ");
        text(body, objection->item);
    }
    pk_puts(body->out, ": ");
    text(body, objection->text);
    pk_puts(body->out, "\n  -> ");
    say(body, resolution ? pk_outcomes[resolution->outcome] : "still open");
    if (resolution && resolution->text.length) {
        pk_puts(body->out, ": ");
        text(body, resolution->text);
    }
    pk_puts(body->out, "\n");
}

/* Those to what was sent last. */
static void put_objections(struct body *body)
{
    const struct pk_log *log = body->log;
    uint32_t first = log->event.count;
    while (first > 0 && log->event.items[first - 1].kind != PK_EVENT_SENT)
        first--;
    pk_puts(body->out, "\n");
    for (; first < log->event.count; first++) {
        if (log->event.items[first].kind == PK_EVENT_OBJECTION)
            put_objection(body, &log->event.items[first]);
    }
}

/* -- All of it -- */

struct kind {
    const char *opens, *asks; /* English */
};

static const struct kind kinds[PK_MAIL_KINDS] = {
    {"Please check these minutes and confirm them:",
     "Does each item say what we agreed, and is it clear? Where it does not, please answer with "
     "its "
     "number and with what it should say. If all of it is right, please answer that it is."},
    {"Thank you for your remarks on these minutes:",
     "Does each item now say what we agreed? Where it does not, please answer with its number and "
     "with what it should say. If all of it is right, please answer that it is."},
    {"Here is your copy of the minutes as they were approved:", "Please answer that you have it."}};

static void put_signature(struct body *body)
{
    struct pk_view name, address;
    if (!pk_mailbox_split(body->out->arena, body->mail->from, &name, &address) || !name.length)
        return;
    pk_puts(body->out, "\n");
    text(body, name);
    pk_puts(body->out, "\n");
}

void pk_put_body(struct pk_buffer *out, const struct pk_draft *draft)
{
    struct body body = {out, &draft->minutes, draft->language, &draft->log, draft->mail, 0};
    const struct kind *kind = &kinds[draft->mail->kind];
    line(&body, kind->opens);
    pk_puts(out, "\n");
    text(&body, draft->title);
    pk_puts(out, ", ");
    say(&body, "revision");
    pk_putf(out, " %u\n", draft->revision);
    if (draft->mail->kind == PK_MAIL_ANSWER)
        put_objections(&body);
    pk_puts(out, "\n");
    line(&body, kind->asks);
    put_decisions(&body);
    put_actions(&body);
    pk_puts(out, "\n");
    line(&body,
         "The text is attached. Please leave the next line in your answer: it tells which text "
         "you mean.");
    pk_putf(out, "\n%s\n", draft->digest.text);
    put_signature(&body);
}

/* -- The page -- */

struct cutting {
    struct pk_buffer *out;
    struct pk_view text;
    size_t at;
};

static void cut(void *context, struct pk_span comment, uint32_t block)
{
    struct cutting *cutting = context;
    (void)block;
    if (comment.start < cutting->at)
        return;
    pk_put(cutting->out, pk_view_part(cutting->text, cutting->at, comment.start));
    cutting->at = comment.end;
}

void pk_put_page(struct pk_buffer *out, const struct pk_draft *draft)
{
    const struct pk_blocks *blocks = &draft->minutes.blocks;
    struct cutting cutting = {out, blocks->text, 0};
    pk_put_body(out, draft);
    pk_puts(out, "\n---\n\n");
    if (blocks->block.count > 1 && blocks->block.items[1].kind == PK_FRONT_MATTER) {
        uint32_t end = blocks->block.items[1].end_line;
        cutting.at = end < blocks->line.count ? blocks->line.items[end] : blocks->text.length;
    }
    pk_each_comment(out->arena, blocks, cut, &cutting);
    pk_put(out, pk_view_part(cutting.text, cutting.at, cutting.text.length));
}
