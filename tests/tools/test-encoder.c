/* tests/tools/test-encoder.c -- stands in for a vendor's encoder of voice codes in the tests.
 *
 *   test-encoder [--cells N] [--dots N] [--exit N] [--sleep SECONDS] [--drop ROW] [--double ROW] [--stray ROW]
 *                [--swap ROW] [--blank ROW] [--by-name FILE] TEXTS FOLDER
 *
 * Reads the CSV of `oshirase voice`, writes for each row a picture (PBM) of N x N cells, N dots each, and index.csv. The
 * picture says TEST, and below it stand the bits of the text's digest, so that no two texts share one: a pattern of our
 * own that no reader knows, and no imitation of any voice code. The other options are faults, made on purpose: the row
 * has no picture, or two; a picture for the row that nobody asked for; the row has the picture of the one before it; the
 * picture of the row is the same for all such rows. --by-name: pictures named by the 整理番号 of FILE, no index.csv.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned cells = 106, dots = 4;
static long drop, doubled, stray, swap, blank;
static const char *members;

/* -- SHA-256, FIPS 180-4 -- */

__extension__ typedef unsigned __int128 wide;

static uint32_t turn(uint32_t word, int bits)
{
    return word >> bits | word << (32 - bits);
}

/* The first 32 bits of the fractional parts of square (or cube) roots of the first primes, in whole numbers. */
static uint32_t root_bits(uint64_t prime, int power)
{
    wide low = 0, high = (wide)1 << 40;
    while (high - low > 1) { /* floor(root * 2^32), for roots below 2^8 */
        wide middle = (low + high) / 2;
        wide target = (wide)prime << (power == 2 ? 64 : 96);
        bool above = power == 2 ? middle * middle > target : middle > target / middle / middle;
        if (above)
            high = middle;
        else
            low = middle;
    }
    return (uint32_t)low;
}

static void sha256_block(uint32_t state[8], const uint32_t constant[64], const uint8_t *block)
{
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++)
        w[i] = w[i - 16] + w[i - 7] + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
               (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t a = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) +
                     ((v[4] & v[5]) ^ (~v[4] & v[6])) + constant[i] + w[i];
        uint32_t b = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) +
                     ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += a;
        v[0] = a + b;
    }
    for (int i = 0; i < 8; i++)
        state[i] += v[i];
}

static void sha256(const uint8_t *bytes, size_t size, uint8_t out[32])
{
    static uint32_t constant[64], first[8];
    if (constant[0] == 0)
        for (int found = 0, n = 2; found < 64; n++) {
            bool prime = true;
            for (int d = 2; d * d <= n; d++)
                prime = prime && n % d != 0;
            if (prime && found < 8)
                first[found] = root_bits((uint64_t)n, 2);
            if (prime)
                constant[found++] = root_bits((uint64_t)n, 3);
        }
    uint32_t state[8];
    uint8_t block[128] = {0};
    size_t at = 0;
    memcpy(state, first, sizeof state);
    for (; size - at >= 64; at += 64)
        sha256_block(state, constant, bytes + at);
    memcpy(block, bytes + at, size - at);
    block[size - at] = 0x80;
    size_t end = size - at < 56 ? 64 : 128;
    for (int i = 0; i < 8; i++)
        block[end - 1 - (size_t)i] = (uint8_t)((uint64_t)size * 8 >> (8 * i));
    sha256_block(state, constant, block);
    if (end == 128)
        sha256_block(state, constant, block + 64);
    for (int i = 0; i < 32; i++)
        out[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

static void hex(const uint8_t digest[32], char out[65])
{
    for (int i = 0; i < 32; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

/* -- the picture -- */

static bool letter_dot(unsigned x, unsigned y)
{
    static const char *const rows[7] = {"11111 11111 01110 11111", "00100 10000 10001 00100",
                                        "00100 10000 10000 00100", "00100 11110 01110 00100",
                                        "00100 10000 00001 00100", "00100 10000 10001 00100",
                                        "00100 11111 01110 00100"};
    return x < 23 && y < 7 && rows[y][x] == '1';
}

static bool cell(const uint8_t digest[32], unsigned x, unsigned y)
{
    unsigned unit = cells / 25;
    if (x == 0 || y == 0 || x == cells - 1 || y == cells - 1)
        return true;
    if (x >= unit && y >= unit && letter_dot(x / unit - 1, y / unit - 1))
        return true;
    if (y < 9 * unit)
        return false;
    unsigned bit = (x / 2 + y / 2 * 17) % 256;
    return digest[bit / 8] >> (7 - bit % 8) & 1;
}

static void picture(const uint8_t digest[32], const char *path, char sha[65])
{
    static uint8_t bytes[4 << 20];
    uint8_t made[32];
    unsigned side = cells * dots, row_bytes = (side + 7) / 8;
    size_t head = (size_t)snprintf((char *)bytes, 64, "P4\n%u %u\n", side, side);
    memset(bytes + head, 0, (size_t)side * row_bytes);
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < side; x++)
            if (cell(digest, x / dots, y / dots))
                bytes[head + (size_t)y * row_bytes + x / 8] |= (uint8_t)(0x80 >> x % 8);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, head + (size_t)side * row_bytes, file) == 0 || fclose(file) != 0)
        exit(9);
    sha256(bytes, head + (size_t)side * row_bytes, made);
    hex(made, sha);
}

/* -- rows -- */

/* The first field of line `row` of the members' file: its 整理番号. */
static bool id_of(long row, char id[128])
{
    static char line[65536];
    FILE *file = fopen(members, "r");
    bool found = false;
    for (long at = 1; file && at <= row && fgets(line, sizeof line, file); at++)
        found = at == row;
    if (file)
        fclose(file);
    line[strcspn(line, ",\n")] = '\0';
    snprintf(id, 128, "%.100s", line);
    return found;
}

static void encode(long row, long page, const char *sha, FILE *index, const char *folder)
{
    static uint8_t before[32];
    uint8_t digest[32] = {0};
    char path[8192], name[300], id[128], made[65];
    for (int i = 0; i < 32 && row != blank; i++) {
        unsigned byte = 0;
        sscanf(sha + 2 * i, "%2x", &byte);
        digest[i] = (uint8_t)byte;
    }
    snprintf(name, sizeof name, "%ld-%ld.pbm", row, page);
    if (members && id_of(row, id))
        snprintf(name, sizeof name, "%s%s%.0ld.pbm", id, page > 1 ? "-" : "", page > 1 ? page : 0);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    picture(row == swap ? before : digest, path, made);
    memcpy(before, digest, sizeof before);
    for (int i = 0; index && i < (row == doubled ? 2 : 1); i++)
        fprintf(index, "%ld,%ld,%s,%s,%s\n", row, page, name, sha, made);
}

static int run(const char *texts, const char *folder)
{
    static char line[65536];
    char path[8192];
    FILE *in = fopen(texts, "r"), *index = NULL;
    snprintf(path, sizeof path, "%s/index.csv", folder);
    if (!members)
        index = fopen(path, "w");
    if (!in || (!members && !index) || !fgets(line, sizeof line, in) ||
        strcmp(line, "row,page,symbology,size,error_correction,text,text_sha256\n") != 0)
        return 8;
    if (index)
        fprintf(index, "row,page,file,text_sha256,image_sha256\n");
    while (fgets(line, sizeof line, in)) {
        long row = 0, page = 0;
        size_t length = strcspn(line, "\n");
        if (sscanf(line, "%ld,%ld,", &row, &page) != 2 || length < 70)
            return 7;
        line[length] = '\0';
        if (row != drop)
            encode(row, page, line + length - 64, index, folder);
    }
    if (stray)
        encode(stray, 1, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", index,
               folder);
    fclose(in);
    return index && fclose(index) != 0 ? 9 : 0;
}

int main(int count, char **words)
{
    int code = 0, at = 1;
    for (; at + 1 < count && strncmp(words[at], "--", 2) == 0; at += 2) {
        static const char *const names[] = {"--drop", "--double", "--stray", "--swap", "--blank"};
        long *const places[] = {&drop, &doubled, &stray, &swap, &blank};
        long value = strtol(words[at + 1], NULL, 10);
        for (int i = 0; i < 5; i++)
            if (strcmp(words[at], names[i]) == 0)
                *places[i] = value;
        if (strcmp(words[at], "--cells") == 0)
            cells = (unsigned)value;
        else if (strcmp(words[at], "--dots") == 0)
            dots = (unsigned)value;
        else if (strcmp(words[at], "--exit") == 0)
            code = (int)value;
        else if (strcmp(words[at], "--sleep") == 0)
            sleep((unsigned)value);
        else if (strcmp(words[at], "--by-name") == 0)
            members = words[at + 1];
    }
    if (at + 2 != count || cells < 40 || cells * dots > 1600)
        return 2;
    fprintf(stderr, "test-encoder: words with data, which nobody may keep\n");
    int result = run(words[at], words[at + 1]);
    return result ? result : code;
}
