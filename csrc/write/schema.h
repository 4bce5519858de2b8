/* schema.h - what profile and language files may hold, as a JSON Schema for YAML editors. */
#ifndef PK_WRITE_SCHEMA_H
#define PK_WRITE_SCHEMA_H

#include "text/text.h"

/* Draft 7, from the tables that the loader itself goes by, and the rules there are. */
void pk_write_profile_schema(struct pk_buffer *);
void pk_write_language_schema(struct pk_buffer *);

#endif
