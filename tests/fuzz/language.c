/* language.c - any bytes as a language, and as whatever file `protokol check` is given. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pk_view yaml = {(const char *)data, size};
    struct pk_error error = {0};
    const char *path = size % 8 == 7 ? "/nowhere/own.yaml" : "/nowhere/language/own.yaml";
    if (pk_check(yaml, path, &error) != PK_OK) {
        fuzz_require(error.message[0] != '\0', "what is wrong is told");
        return 0;
    }
    struct pk_library *library = NULL;
    struct pk_arena arena;
    struct pk_minutes minutes;
    struct pk_findings findings = {0};
    if (size % 8 == 7)
        return 0;
    fuzz_require(pk_library_open(&library, &error) == PK_OK &&
                     pk_library_add_language(library, yaml, path, &error) == PK_OK,
                 "a language that is sound can be used");
    pk_arena_init(&arena);
    fuzz_read(&arena, library, PK_VIEW("# Minutes\n\n- [ ] Anna: send it by 3/4/2026\n"), "a.md",
              &minutes);
    fuzz_require(pk_lint(&minutes, &findings) == PK_OK, "minutes can be linted");
    fuzz_check_findings(&minutes, &findings);
    pk_arena_free(&arena);
    pk_library_close(library);
    return 0;
}
