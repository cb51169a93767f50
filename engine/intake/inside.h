/* intake/inside.h -- inside of the room: the files of a delivery, open at once and read one after the other. */
#ifndef INTAKE_INSIDE_H
#define INTAKE_INSIDE_H

#include "base/os.h"
#include "intake/csv.h"
#include "intake/cut.h"
#include "intake/decode.h"
#include "intake/intake.h"
#include "intake/recode.h"
#include "intake/refine.h"
#include "intake/slice.h"

/* A record's offset: the file's number above, the byte in its source below. 64 files of 256 TiB. */
#define FILE_SHIFT 48
#define NOT_STATED UINT64_MAX

struct intake_file {
    struct os_input input;
    struct recoded recoded; /* of encodings that are read as if they were UTF-8 */
    struct csv_source source;
    struct text name;              /* last part of its path */
    uint64_t data_begin, data_end; /* of the people, in the source */
    uint64_t first_row;            /* of the first of them, as a spreadsheet shows it */
    uint64_t first_index;          /* of the first of them among all files, from 0 */
    bool known;                    /* first_index is */
    uint64_t head_count, tail_count; /* people that the records around them state, or NOT_STATED */
};

struct intake {
    const struct job *job;  /* borrowed */
    struct arena *arena;    /* borrowed, while opening */
    struct intake_file *file;
    uint32_t file_count, at; /* the file in hand */
    struct recoder recoder;
    bool recodes;
    struct csv csv;
    struct decoder decoder;
    struct slicer slicer;
    struct refiner refiner;
    struct csv_record raw;
    struct header header;
    struct cut cut;
    struct intake_aside *asides, *last_aside;
    uint64_t row;       /* of the record read last, in its file */
    uint64_t lost_index; /* after a seek into a file whose first index is not known: of the next record */
    bool lost;
};

/* Opens all files, reads what stands around the people. */
CHECKED enum status delivery_open(struct intake *intake, const char *path, struct error *error);
void delivery_close(struct intake *intake);

/* The reader stands at the offset of a file. */
void delivery_turn(struct intake *intake, uint32_t file, uint64_t offset);

/* Names the file, where there are several. */
void delivery_name(const struct intake *intake, uint32_t file, struct error *error);

/* error_set for a row of the file in hand; row 0 = none. */
enum status delivery_refuse(const struct intake *intake, enum message message, uint64_t row, struct error *error);

/* -- asides.c -- */

enum aside_place { ASIDE_HEAD, ASIDE_TAIL };

/* The records before or behind the people, in front of which the reader stands: kept for the guard, their marks
 * compared, the stated count read. row: of the first of them; 0 = not known. */
CHECKED enum status asides_read(struct intake *intake, enum aside_place place, uint64_t row, uint64_t *count,
                                struct error *error);

/* Where the people end (file->data_end) and the records behind them begin. */
CHECKED enum status asides_find_tail(struct intake *intake, struct intake_file *file, uint64_t *tail,
                                     struct error *error);

#endif
