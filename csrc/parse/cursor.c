/* cursor.c - go through a line by columns, as tabs want it (CommonMark 2.2). */
#include "parse/parser.h"

void pk_look(struct pk_parser *p)
{
    uint32_t at = p->at, column = p->column;
    for (; at < p->end; at++) {
        if (p->text[at] == ' ')
            column++;
        else if (p->text[at] == '\t')
            column += PK_TAB - column % PK_TAB;
        else
            break;
    }
    p->first = at;
    p->first_column = column;
}

void pk_go_to_first(struct pk_parser *p)
{
    p->at = p->first;
    p->column = p->first_column;
}

void pk_skip_columns(struct pk_parser *p, uint32_t columns)
{
    uint32_t target = p->column + columns;
    while (p->column < target && p->at < p->end && pk_is_blank(p->text[p->at])) {
        uint32_t next =
            p->text[p->at] == '\t' ? p->column + PK_TAB - p->column % PK_TAB : p->column + 1;
        if (next > target) {
            p->column = target;
            return;
        }
        p->column = next;
        p->at++;
    }
}

void pk_skip_bytes(struct pk_parser *p, uint32_t bytes)
{
    p->at += bytes;
    p->column += bytes;
}
