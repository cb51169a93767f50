/* base/check_digit.h -- the check digit of a My Number (個人番号). */
#ifndef BASE_CHECK_DIGIT_H
#define BASE_CHECK_DIGIT_H

#include <stdbool.h>
#include <stdint.h>

#define MY_NUMBER_DIGITS 12

/* True when the last of the twelve digits (0..9 each) is the check digit of the others. */
bool my_number_check(const uint8_t digit[MY_NUMBER_DIGITS]);

#endif
