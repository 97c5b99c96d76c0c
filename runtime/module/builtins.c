/* SPDX-License-Identifier: Apache-2.0
 *
 * What the code generator calls for operations x86-64 has no instruction for: division of 128-bit
 * integers and their conversion from and to floating point. The names and signatures are those of the
 * compilers' runtime libraries.
 */
#include "double_parts.h"

typedef unsigned __int128 u128;
typedef __int128 i128;

#define HALF (UINT64_C(1) << 32)

u128 __udivmodti4(u128 a, u128 b, u128 *rest);
u128 __udivti3(u128 a, u128 b);
u128 __umodti3(u128 a, u128 b);
i128 __divti3(i128 a, i128 b);
i128 __modti3(i128 a, i128 b);
double __floatuntidf(u128 n);
double __floattidf(i128 n);
float __floatuntisf(u128 n);
float __floattisf(i128 n);
u128 __fixunsdfti(double x);
i128 __fixdfti(double x);
u128 __fixunssfti(float x);
i128 __fixsfti(float x);

static uint64_t high_of(u128 n)
{
	return (uint64_t)(n >> 64);
}

/* One 32-bit digit of a schoolbook division: `a` (below divisor * 2^32) by a divisor with its top bit set. */
static uint64_t divide_digit(u128 a, uint64_t divisor, uint64_t *rest)
{
	uint64_t quotient = (uint64_t)(a >> 32) / (divisor >> 32);
	u128 product;

	if (quotient >= HALF)
		quotient = HALF - 1;
	product = (u128)quotient * divisor;
	/* The estimate is at most two too large (Knuth, TAOCP 4.3.1, theorem B). */
	while (product > a) {
		product -= divisor;
		quotient--;
	}
	*rest = (uint64_t)(a - product);
	return quotient;
}

/* 128 by 64 bits; the high half of `a` is below the divisor, so the quotient fits. */
static uint64_t divide_wide(u128 a, uint64_t divisor, uint64_t *rest)
{
	int shift = __builtin_clzll(divisor);
	uint64_t high, low;

	a <<= shift;
	divisor <<= shift;
	high = divide_digit(a >> 32, divisor, rest);
	low = divide_digit((u128)*rest << 32 | (uint32_t)a, divisor, rest);
	*rest >>= shift;
	return high << 32 | low;
}

static u128 divide_by_word(u128 a, uint64_t b, u128 *rest)
{
	uint64_t high = high_of(a) / b;
	uint64_t low, left;

	low = divide_wide((u128)(high_of(a) % b) << 64 | (uint64_t)a, b, &left);
	*rest = left;
	return (u128)high << 64 | low;
}

/* A divisor of more than 64 bits: the quotient has at most 64, found bit by bit. */
static u128 divide_by_long(u128 a, u128 b, u128 *rest)
{
	int shift = __builtin_clzll(high_of(b)) - (high_of(a) ? __builtin_clzll(high_of(a)) : 64);
	uint64_t quotient = 0;

	for (; shift >= 0; shift--) {
		bool fits = a >= b << shift;

		a -= fits ? b << shift : 0;
		quotient = quotient << 1 | fits;
	}
	*rest = a;
	return quotient;
}

/* Division by zero raises the exception that a 64-bit division raises, in divide_by_word(). */
u128 __udivmodti4(u128 a, u128 b, u128 *rest)
{
	u128 left;
	u128 quotient = high_of(b) ? divide_by_long(a, b, &left) : divide_by_word(a, (uint64_t)b, &left);

	if (rest)
		*rest = left;
	return quotient;
}

u128 __udivti3(u128 a, u128 b)
{
	return __udivmodti4(a, b, NULL);
}

u128 __umodti3(u128 a, u128 b)
{
	u128 rest;

	__udivmodti4(a, b, &rest);
	return rest;
}

static u128 magnitude(i128 n)
{
	return n < 0 ? -(u128)n : (u128)n;
}

i128 __divti3(i128 a, i128 b)
{
	u128 quotient = __udivti3(magnitude(a), magnitude(b));

	return (i128)((a < 0) != (b < 0) ? -quotient : quotient);
}

i128 __modti3(i128 a, i128 b)
{
	u128 rest = __umodti3(magnitude(a), magnitude(b));

	return (i128)(a < 0 ? -rest : rest);
}

/* ---- Conversions ------------------------------------------------------------------------------ */

/* The top 64 bits of n, what was cut off folded into the lowest: rounds to the same double or float. */
static uint64_t top_word(u128 n, int *dropped)
{
	int shift = high_of(n) ? 64 - __builtin_clzll(high_of(n)) : 0;
	bool lost = shift && n << (128 - shift);

	*dropped = shift;
	return (uint64_t)(n >> shift) | lost;
}

double __floatuntidf(u128 n)
{
	int dropped;
	uint64_t top = top_word(n, &dropped);

	return (double)top * fp_power_of_two(dropped);
}

double __floattidf(i128 n)
{
	double value = __floatuntidf(magnitude(n));

	return n < 0 ? -value : value;
}

float __floatuntisf(u128 n)
{
	int dropped;
	uint64_t top = top_word(n, &dropped);

	return (float)((double)(float)top * fp_power_of_two(dropped));
}

float __floattisf(i128 n)
{
	float value = __floatuntisf(magnitude(n));

	return n < 0 ? -value : value;
}

u128 __fixunsdfti(double x)
{
	double high;

	if (!(x >= 1))
		return 0;
	if (x >= 0x1p128)
		return ~(u128)0;
	high = x >= 0x1p64 ? (double)(uint64_t)(x * 0x1p-64) : 0;
	return (u128)(uint64_t)high << 64 | (uint64_t)(x - high * 0x1p64);
}

i128 __fixdfti(double x)
{
	i128 most = (i128)(~(u128)0 >> 1);

	if (x >= 0x1p127)
		return most;
	if (x <= -0x1p127)
		return -most - 1;
	return x < 0 ? -(i128)__fixunsdfti(-x) : (i128)__fixunsdfti(x);
}

u128 __fixunssfti(float x)
{
	return __fixunsdfti(x);
}

i128 __fixsfti(float x)
{
	return __fixdfti(x);
}
