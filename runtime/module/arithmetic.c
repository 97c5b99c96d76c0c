/* SPDX-License-Identifier: Apache-2.0
 *
 * Integer arithmetic of stdlib.h, inttypes.h and strings.h.
 */
#include "library.h"

#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

/* Negation wraps: the absolute value of the least integer is itself, as everywhere else in practice. */
int abs(int x)
{
	return x < 0 ? (int)-(unsigned)x : x;
}

long labs(long x)
{
	return x < 0 ? (long)-(unsigned long)x : x;
}

long long llabs(long long x)
{
	return x < 0 ? (long long)-(unsigned long long)x : x;
}

intmax_t imaxabs(intmax_t x)
{
	return x < 0 ? (intmax_t)-(uintmax_t)x : x;
}

div_t div(int a, int b)
{
	return (div_t){a / b, a % b};
}

ldiv_t ldiv(long a, long b)
{
	return (ldiv_t){a / b, a % b};
}

lldiv_t lldiv(long long a, long long b)
{
	return (lldiv_t){a / b, a % b};
}

imaxdiv_t imaxdiv(intmax_t a, intmax_t b)
{
	return (imaxdiv_t){a / b, a % b};
}

int ffs(int x)
{
	return x ? __builtin_ctz((unsigned)x) + 1 : 0;
}

int ffsl(long x)
{
	return x ? __builtin_ctzl((unsigned long)x) + 1 : 0;
}

int ffsll(long long x)
{
	return x ? __builtin_ctzll((unsigned long long)x) + 1 : 0;
}
