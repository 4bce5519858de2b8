/* values.c - tell whether there is anything to fill in by the keys that somebody gave. */
#include "profile/load.h"
#include "profile/template.h"

#include <string.h>

static bool has_member(const struct pk_yaml *map, struct pk_view key)
{
    const struct pk_yaml *member = map && map->kind == PK_YAML_MAP ? map->first : NULL;
    while (member && !pk_same(member->key, key))
        member = member->next;
    return member != NULL;
}

/* Does {{key}} stand in the text? */
static bool asks_for(struct pk_view text, struct pk_view key)
{
    for (size_t at = 0; at + key.length + 4 <= text.length; at++) {
        struct pk_view rest = pk_view_part(text, at, text.length);
        if (pk_starts(rest, PK_VIEW("{{")) && pk_same(pk_view_part(rest, 2, key.length + 2), key) &&
            pk_starts(pk_view_part(rest, key.length + 2, rest.length), PK_VIEW("}}")))
            return true;
    }
    return false;
}

static bool profile_asks_for(const struct pk_template *template, struct pk_view key)
{
    const struct pk_profile *profile = template->profile;
    const struct pk_language *language = template->language;
    for (uint32_t i = 0; i < profile->field.count; i++)
        if (pk_same(profile->field.items[i].id, key))
            return true;
    for (int i = 0; i < PK_DETAILS; i++) {
        enum pk_detail level = (enum pk_detail)i;
        if (asks_for(pk_text_for(&profile->head, level, language), key))
            return true;
        for (uint32_t j = 0; j < profile->section.count; j++)
            if (asks_for(pk_text_for(&profile->section.items[j].body, level, language), key))
                return true;
    }
    return false;
}

/* What a mistaken key may have meant: what the language and the profile's fields call it. */
static const char *meant_by(struct pk_arena *arena, const struct pk_template *template,
                            struct pk_view key)
{
    enum { MOST = 64 };
    const char *names[MOST];
    uint32_t count = 0;
    const struct pk_yaml *prompt = template->language->prompts;
    for (prompt = prompt ? prompt->first : NULL; prompt && count < MOST; prompt = prompt->next)
        names[count++] = pk_copy(arena, prompt->key).at;
    for (uint32_t i = 0; i < template->profile->field.count && count < MOST; i++)
        names[count++] = pk_copy(arena, template->profile->field.items[i].id).at;
    return pk_nearest(key, names, count);
}

static enum pk_status unknown(struct pk_arena *arena, const struct pk_template *template,
                              struct pk_view key, struct pk_error *error)
{
    int shown = (int)(key.length > 80 ? 80 : key.length);
    const char *meant = meant_by(arena, template, key);
    if (meant)
        return pk_fail(error, PK_EINPUT, "nothing is called \"%.*s\" here: did you mean \"%s\"?",
                       shown, key.at, meant);
    struct pk_buffer fields = {.arena = arena};
    for (uint32_t i = 0; i < template->profile->field.count; i++) {
        pk_puts(&fields, i ? ", " : "; there are ");
        pk_put(&fields, template->profile->field.items[i].id);
    }
    struct pk_view known = pk_written(&fields);
    return pk_fail(error, PK_EINPUT, "nothing is called \"%.*s\" here%.*s", shown, key.at,
                   (int)known.length, known.at);
}

enum pk_status pk_template_check(struct pk_arena *arena, const struct pk_template *template,
                                 struct pk_error *error)
{
    for (uint32_t i = 0; i < template->value_count; i++) {
        struct pk_view key = template->value[i].key;
        const struct pk_yaml *own =
            pk_in_language(template->profile->prompts, template->language->id);
        if (!has_member(template->language->prompts, key) && !has_member(own, key) &&
            !profile_asks_for(template, key))
            return unknown(arena, template, key, error);
    }
    return PK_OK;
}
