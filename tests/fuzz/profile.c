/* profile.c - any bytes as a profile: checked, and where it is one, written out and linted by. */
#include "fuzz.h"

/* In a folder that is not there, so that no `styles:` leads anywhere. */
static const char path[] = "/nowhere/.protokol.yaml";

static void use(const struct pk_library *library, const struct pk_profile *profile)
{
    struct pk_arena arena;
    struct pk_minutes minutes;
    struct pk_findings findings = {0};
    pk_arena_init(&arena);
    for (uint32_t i = 0; i < library->language.count; i++) {
        struct pk_buffer out = {.arena = &arena};
        struct pk_template form = {
            .library = library,
            .profile = profile,
            .language = pk_language_to_write(library, &library->language.items[i]),
            .detail = (enum pk_detail)(i % PK_DETAILS),
        };
        pk_write_template(&out, &form);
        fuzz_read(&arena, library, pk_written(&out), "a.md", &minutes);
        minutes.profile = profile;
        fuzz_require(pk_lint(&minutes, &findings) == PK_OK, "a template can be linted");
        fuzz_check_findings(&minutes, &findings);
        findings = (struct pk_findings){0};
        pk_arena_reset(&arena);
    }
    pk_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pk_view yaml = {(const char *)data, size};
    struct pk_library library;
    struct pk_error error = {0};
    fuzz_borrow(&library);
    enum pk_status status = pk_library_add_profile(&library, yaml, path, &error);
    if (status == PK_OK)
        status = pk_library_check(&library, &error);
    if (status == PK_OK)
        use(&library, library.profile.items[library.profile.count - 1]);
    else
        fuzz_require(error.message[0] != '\0', "what is wrong is told");
    fuzz_give_back(&library);
    return 0;
}
