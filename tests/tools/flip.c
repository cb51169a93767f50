/* flip FILE BIT: turns one bit of a file, counted from 0, the lowest of each byte first. flip FILE: how many it has. */
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **arguments)
{
    FILE *file = count >= 2 ? fopen(arguments[1], count == 2 ? "rb" : "r+b") : NULL;
    if (!file) {
        fprintf(stderr, "usage: flip FILE [BIT]\n");
        return 2;
    }
    if (count == 2) {
        fseek(file, 0, SEEK_END);
        printf("%ld\n", 8 * ftell(file));
        return fclose(file) != 0;
    }
    long bit = strtol(arguments[2], NULL, 10);
    fseek(file, bit / 8, SEEK_SET);
    int byte = fgetc(file);
    if (byte == EOF || fseek(file, bit / 8, SEEK_SET) != 0)
        return 1;
    fputc(byte ^ 1 << bit % 8, file);
    return fclose(file) != 0;
}
