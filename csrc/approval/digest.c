/* digest.c - the digest of a text: the one file that sees libmd. */
#include "approval/approval.h"

#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include <sha2.h>

struct pk_digest pk_digest_of(struct pk_view text)
{
    SHA2_CTX context;
    uint8_t bytes[SHA256_DIGEST_LENGTH];
    struct pk_digest digest = {"sha256:"};
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)text.at, text.length);
    SHA256Final(bytes, &context);
    size_t at = strlen(digest.text);
    for (size_t i = 0; i < sizeof bytes; i++, at += 2)
        snprintf(digest.text + at, sizeof digest.text - at, "%02x", bytes[i]);
    return digest;
}
