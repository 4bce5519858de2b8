/* protokol.h - the whole core, for those who put a face on it.
 *
 *     struct pk_library *library;            profiles and languages, kept
 *     struct pk_arena arena;                 one document's memory
 *     struct pk_minutes minutes;
 *     struct pk_findings findings;
 *     struct pk_error error;
 *
 *     pk_library_open(&library, &error);
 *     pk_arena_init(&arena);
 *     pk_read(&arena, library, text, &options, &minutes, &error);
 *     pk_lint(&minutes, &findings);
 *     ... minutes.action, minutes.decision, findings.diagnostic ...
 *     pk_arena_free(&arena);
 *     pk_library_close(library);
 *
 * The flow is text -> blocks -> minutes -> findings, and each header below is
 * one floor of it, from the ground up:
 *
 *     text/text.h        arenas, views, spans, Unicode, errors
 *     text/words.h       a table of phrases
 *     text/yaml.h        YAML as a tree
 *     parse/blocks.h     what the markup says
 *     profile/profile.h  what good minutes look like, in which words
 *     profile/template.h a profile written out as minutes to fill in
 *     read/minutes.h     what the words say
 *     approval/approval.h  how minutes are agreed on: log, digest, standing
 *     approval/compare.h   what differs between two revisions
 *     approval/mail.h    drafts of mails about minutes; replies
 *     lint/lint.h        rules, findings, edits
 *     write/compared.h   what differs, told
 *     write/carry.h      what new minutes take over from earlier ones
 *     write/paper.h      the final text as a page
 *     write/select.h     which items, in which order
 *     write/stand.h      where the approval stands, told
 *     write/toggle.h     open, done, cancelled
 *     write/complete.h   people and days that the words before a cursor may mean
 *     write/write.h      JSON, text
 *     write/export.h     lists as CSV, iCalendar, Org ...
 *     write/report.h     findings as SARIF, Checkstyle ...
 *     write/schema.h     profile files as a JSON Schema
 *
 * The core keeps no global state, prints nothing, never exits, and reads no
 * file but the profiles that pk_sources_find names. A library is read-only
 * once loaded: threads may share it, each with its own arena.
 */
#ifndef PROTOKOL_H
#define PROTOKOL_H

#include "approval/approval.h"
#include "approval/compare.h"
#include "approval/mail.h"
#include "lint/lint.h"
#include "parse/blocks.h"
#include "profile/profile.h"
#include "profile/template.h"
#include "read/minutes.h"
#include "text/text.h"
#include "text/words.h"
#include "text/yaml.h"
#include "write/carry.h"
#include "write/compared.h"
#include "write/complete.h"
#include "write/export.h"
#include "write/paper.h"
#include "write/report.h"
#include "write/schema.h"
#include "write/select.h"
#include "write/stand.h"
#include "write/toggle.h"
#include "write/write.h"

#define PK_VERSION "0.1.0"

#endif
