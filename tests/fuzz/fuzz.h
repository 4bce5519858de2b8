/* fuzz.h - what the fuzzing targets share: promises that hold whatever the bytes.
 *
 * A target is one file with LLVMFuzzerTestOneInput. `make fuzz` links each with libFuzzer,
 * `make test` with replay.c, which feeds it the seeds and what was found once.
 */
#ifndef PK_FUZZ_H
#define PK_FUZZ_H

#include "protokol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The built-in languages and profiles, opened once. */
const struct pk_library *fuzz_library(void);
/* A library that shares those and may be added to; give it back. */
void fuzz_borrow(struct pk_library *);
void fuzz_give_back(struct pk_library *);

/* Says what does not hold, and aborts. */
void fuzz_require(bool holds, const char *what);

/* Reads minutes with the day known. */
void fuzz_read(struct pk_arena *, const struct pk_library *, struct pk_view text, const char *name,
               struct pk_minutes *);

/* Every span lies in the text and parts no code point. */
void fuzz_check_minutes(const struct pk_minutes *);
void fuzz_check_findings(const struct pk_minutes *, const struct pk_findings *);
/* The text with the edits made; no byte beside them is another one. */
struct pk_view fuzz_apply(struct pk_arena *, struct pk_view text, const struct pk_edit *,
                          uint32_t count);

/* Is it one JSON value (RFC 8259) in UTF-8? */
bool fuzz_is_json(struct pk_view);
bool fuzz_is_utf8(struct pk_view);

#endif
