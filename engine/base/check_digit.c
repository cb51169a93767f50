#include "base/check_digit.h"

/* Ordinance No. 85 of 2014 (平成26年総務省令第85号), article 5: with the digits from the check digit's neighbour leftwards
 * as P(1) to P(11) and Q(n) = n + 1 up to n = 6, n - 5 beyond, the check digit is 11 - (sum of P(n)Q(n) mod 11), and 0
 * where that remainder is 0 or 1. */
bool my_number_check(const uint8_t digit[MY_NUMBER_DIGITS])
{
    uint32_t sum = 0;

    for (uint32_t n = 1; n < MY_NUMBER_DIGITS; n++)
        sum += digit[MY_NUMBER_DIGITS - 1 - n] * (n <= 6 ? n + 1 : n - 5);
    uint32_t rest = sum % 11;
    return digit[MY_NUMBER_DIGITS - 1] == (rest <= 1 ? 0 : 11 - rest);
}
