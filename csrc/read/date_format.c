/* date_format.c - write a day the way a language writes it. */
#include "read/minutes.h"

void pk_write_date(struct pk_buffer *out, struct pk_date date, const struct pk_language *language)
{
    struct pk_view format = language->date_format;
    if (!format.length) {
        pk_date_write(out, date);
        return;
    }
    for (size_t i = 0; i < format.length; i++) {
        char mark = format.at[i] == '%' && i + 1 < format.length ? format.at[i + 1] : '\0';
        switch (mark) {
        case 'd':
            pk_put_number(out, date.day, 2);
            break;
        case 'm':
            pk_put_number(out, date.month, 2);
            break;
        case 'Y':
            pk_put_number(out, (uint32_t)date.year, 4);
            break;
        default:
            pk_putc(out, format.at[i]);
            continue;
        }
        i++;
    }
}
