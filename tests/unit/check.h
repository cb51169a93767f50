/* tests/unit/check.h -- numbered rows on top of cmocka.
 * A test function walks a table of rows; row_check counts a row and prints the number of one that fails,
 * so that every row is seen, not only the first that fails. check_rows ends the function through cmocka.
 *
 *   static void dates(void **state)
 *   {
 *       static const struct { int row; const char *in; int want; } rows[] = { {1, "H20.4.1", 20080401}, ... };
 *       for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
 *           row_check(rows[i].row, parse(rows[i].in) == rows[i].want);
 *       check_rows();
 *   }
 *   int main(void) { const struct CMUnitTest tests[] = {cmocka_unit_test(dates)}; return check_run(tests); }
 *
 * The program's last line is "NAME: N passed, N failed"; tests/tools/check.sh adds the lines up.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static unsigned check_passed, check_failed, check_failed_here;

#define row_check(row, condition)                                                                  \
    do {                                                                                           \
        if (condition) {                                                                           \
            check_passed++;                                                                        \
        } else {                                                                                   \
            check_failed++;                                                                        \
            check_failed_here++;                                                                   \
            fprintf(stderr, "%s:%d: %s: row %d fails: %s\n", __FILE__, __LINE__, __func__,         \
                    (int)(row), #condition);                                                       \
        }                                                                                          \
    } while (0)

#define check_rows()                                                                               \
    do {                                                                                           \
        unsigned failed_here = check_failed_here;                                                  \
        check_failed_here = 0;                                                                     \
        assert_int_equal(failed_here, 0);                                                          \
    } while (0)

#define check_run(tests)                                                                           \
    (cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL),                                     \
     printf("%s: %u passed, %u failed\n", __FILE__, check_passed, check_failed), check_failed != 0)

#endif
