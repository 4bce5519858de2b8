/* md2html.c - Markdown to HTML by md4c, for systems that have its library but not its program. */
#include <md4c-html.h>
#include <stdio.h>
#include <stdlib.h>

static void put(const MD_CHAR *text, MD_SIZE size, void *file)
{
    fwrite(text, 1, size, file);
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return 2;
    long size = ftell(file);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    rewind(file);
    if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size)
        return 2;
    int status = md_html(text, (MD_SIZE)size, put, stdout, MD_DIALECT_GITHUB, 0);
    free(text);
    fclose(file);
    return status == 0 ? 0 : 1;
}
