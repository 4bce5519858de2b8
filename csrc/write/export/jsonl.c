/* jsonl.c - a list as JSON Lines: an object a line, each as soon as it is known. */
#include "write/export.h"

const struct pk_format pk_format_jsonl = {
    .name = "jsonl",
    .summary = "JSON Lines: one object a line",
    .any = true,
    .action = pk_json_action,
    .decision = pk_json_decision,
    .after = "\n",
};
