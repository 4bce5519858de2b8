/* style.c - any bytes as a house's own rule, run over minutes; behind a line "%%" stand the
 * minutes, else some with a bit of everything are taken. */
#include "fuzz.h"

#include "profile/style/style.h"

#include <string.h>

static const char sample[] =
    "# Minutes of the kick-off\n\nDate: 2026-03-02\n\n## Participants\n\n- Anna Weber, Beta "
    "GmbH\n- Ben Lee\n\n## Agreements\n\n1. The the price is *fixed* until **June**. We utilise "
    "it, e.g. for tests.\n   We use it: [the plan](https://example.com/a), `code`.\n\n> Quoted "
    "words, twice twice.\n\n| Topic | Note |\n|---|---|\n| Costs | MORE than 20 % |\n\n### "
    "Sub-heading of it\n\n![A picture](a.png)\n\n## Next steps\n\n- [ ] Anna Weber sends the "
    "draft by 9 March 2026\n\n```\ncode\n```\n\nПротокол составлен, срок не указан. Größe?\n";

static void split(struct pk_view all, struct pk_view *yaml, struct pk_view *text)
{
    *yaml = all;
    *text = PK_VIEW(sample);
    for (size_t i = 0; i + 4 <= all.length; i++) {
        if (memcmp(all.at + i, "\n%%\n", 4) != 0)
            continue;
        *yaml = pk_view_part(all, 0, i + 1);
        *text = pk_view_part(all, i + 4, all.length);
        return;
    }
}

static void run(struct pk_arena *arena, const struct pk_library *library,
                const struct pk_profile *profile, struct pk_view text)
{
    struct pk_minutes minutes;
    struct pk_findings findings = {0};
    struct pk_edits edits;
    fuzz_read(arena, library, text, "a.md", &minutes);
    minutes.profile = profile;
    fuzz_require(pk_lint(&minutes, &findings) == PK_OK, "minutes can be linted");
    fuzz_check_findings(&minutes, &findings);
    pk_gather(arena, &findings, &edits);
    fuzz_apply(arena, text, edits.edit.items, edits.edit.count);
    struct pk_buffer out = {.arena = arena};
    for (uint32_t i = 0; i < findings.diagnostic.count; i++) {
        struct pk_json json = pk_json_to(&out);
        pk_tell_diagnostic(&json.sink, &minutes, (struct pk_view){0},
                           &findings.diagnostic.items[i]);
        fuzz_require(fuzz_is_json(pk_written(&out)), "a finding is JSON");
        out.length = 0;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pk_view yaml, text;
    struct pk_library library;
    struct pk_arena arena;
    struct pk_error error = {0};
    struct pk_yaml *tree = NULL;
    struct pk_styles styles = {0};
    split((struct pk_view){(const char *)data, size}, &yaml, &text);
    fuzz_borrow(&library);
    pk_arena_init(&arena);
    if (pk_yaml_read(&library.arena, yaml, &tree, &error) == PK_OK) {
        struct pk_profile profile = *library.preferred;
        pk_style_read(&library, library.preferred, &styles, tree, PK_VIEW("House.Rule"),
                      "/nowhere/House/Rule.yml");
        fuzz_require(styles.rule.count + styles.trouble.count == 1, "it is a rule or told why not");
        profile.styles = &styles;
        run(&arena, &library, &profile, text);
    }
    pk_arena_free(&arena);
    fuzz_give_back(&library);
    return 0;
}
