/* base/limits.h -- every bound of the engine, in one place. A thing over its bound is refused by number. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_FIELD_BYTES 4096        /* one CSV field, decoded or not */
#define LIMIT_RECORD_BYTES 65536      /* one CSV record with its quotes */
#define LIMIT_COLUMNS 128             /* columns of an input file */
#define LIMIT_FILES 64                /* input.files of a job */
#define LIMIT_ASIDES 100              /* records before or behind the people of a file */
#define LIMIT_CODES 1024              /* codes in input.values */
#define LIMIT_EXTRA 32                /* input.extra of a job */
#define LIMIT_ASSET_BYTES (8u << 20)  /* a job, template, layout or image file */
#define LIMIT_FONT_BYTES (128u << 20) /* a font file */
#define LIMIT_YAML_DEPTH 16
#define LIMIT_YAML_NODES 20000
#define LIMIT_PATH 4096        /* a path, with its NUL */
#define LIMIT_NAME 128         /* a column, key, frame, part or file name in an error, with its NUL */
#define LIMIT_PROBLEMS 64      /* problems kept for one `check` */
#define LIMIT_FORMS 64         /* forms of one job */
#define LIMIT_FRAMES 256       /* frames, rules and images of one layout */
#define LIMIT_FACES 32         /* pinned font files */
#define LIMIT_LINES 64         /* lines in one frame */
#define LIMIT_MEMBERS 100      /* members of one household */
#define LIMIT_PAGES 64         /* pages of one letter */
#define LIMIT_WORKERS 256      /* processes of one run */
#define LIMIT_LETTER_ARENA (4u << 20)   /* memory of one letter */
#define LIMIT_JOB_ARENA (64u << 20)     /* memory of job, templates, layouts, images */

#endif
