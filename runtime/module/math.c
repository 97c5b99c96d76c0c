/* SPDX-License-Identifier: Apache-2.0
 *
 * The functions of math.h that are exact. Those that x86-64-v3 has instructions for are one instruction.
 * None sets errno. Transcendental functions are not offered.
 */
#include "library.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#define FRACTION_BITS 52
#define SIGN (UINT64_C(1) << 63)
#define EXPONENT_BIAS 1023

static uint64_t bits_of(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

static double double_of(uint64_t bits)
{
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* An operation of the instruction set, for both widths. */
#define OFFER(name, builtin)                                                                                           \
	double name(double x)                                                                                          \
	{                                                                                                              \
		return builtin(x);                                                                                     \
	}                                                                                                              \
	float name##f(float x)                                                                                         \
	{                                                                                                              \
		return builtin(x);                                                                                     \
	}
OFFER(fabs, __builtin_elementwise_abs)
OFFER(floor, __builtin_elementwise_floor)
OFFER(ceil, __builtin_elementwise_ceil)
OFFER(trunc, __builtin_elementwise_trunc)
OFFER(rint, __builtin_elementwise_rint)
OFFER(nearbyint, __builtin_elementwise_nearbyint)
OFFER(sqrt, __builtin_elementwise_sqrt)

double copysign(double x, double sign)
{
	return double_of((bits_of(x) & ~SIGN) | (bits_of(sign) & SIGN));
}

float copysignf(float x, float sign)
{
	return (float)copysign(x, sign);
}

/* Halves go away from zero. */
double round(double x)
{
	double whole = trunc(x);

	return fabs(x - whole) >= 0.5 ? whole + copysign(1, x) : copysign(whole, x);
}

float roundf(float x)
{
	return (float)round(x);
}

long lround(double x)
{
	return (long)round(x);
}

long long llround(double x)
{
	return (long long)round(x);
}

long lrint(double x)
{
	return (long)rint(x);
}

long long llrint(double x)
{
	return (long long)rint(x);
}

double fmax(double a, double b)
{
	if (isnan(a))
		return b;
	return isnan(b) || a > b || (a == b && !signbit(a)) ? a : b;
}

double fmin(double a, double b)
{
	if (isnan(a))
		return b;
	return isnan(b) || a < b || (a == b && signbit(a)) ? a : b;
}

float fmaxf(float a, float b)
{
	return (float)fmax(a, b);
}

float fminf(float a, float b)
{
	return (float)fmin(a, b);
}

double fdim(double a, double b)
{
	return isnan(a) || isnan(b) || a > b ? a - b : 0;
}

/* ---- Exponents -------------------------------------------------------------------------------- */

/* Scales by at most the range of one double at a time; on the way down 53 bits are kept until the last
 * step, which alone rounds. */
double scalbn(double x, int exponent)
{
	if (exponent > EXPONENT_BIAS) {
		x *= 0x1p1023;
		exponent -= 1023;
		exponent = exponent > 2 * 1023 ? 2 * 1023 : exponent;
	}
	if (exponent > EXPONENT_BIAS) {
		x *= 0x1p1023;
		exponent -= 1023;
	}
	for (int i = 0; i < 2 && exponent < -1022; i++) {
		x *= 0x1p-969;
		exponent += 969;
	}
	exponent = exponent < -1022 ? -1022 : exponent;
	return x * double_of((uint64_t)(exponent + EXPONENT_BIAS) << FRACTION_BITS);
}

double scalbln(double x, long exponent)
{
	return scalbn(x, exponent > INT_MAX ? INT_MAX : exponent < INT_MIN ? INT_MIN : (int)exponent);
}

/* A loop or library call formed from scalbn() could be ldexp() again. */
FP_NOT_AS("ldexp", "scalbn") double ldexp(double x, int exponent)
{
	return scalbn(x, exponent);
}

float ldexpf(float x, int exponent)
{
	return (float)scalbn(x, exponent);
}

float scalbnf(float x, int exponent)
{
	return (float)scalbn(x, exponent);
}

double frexp(double x, int *exponent)
{
	int biased = (int)(bits_of(x) >> FRACTION_BITS & 2047);

	*exponent = 0;
	if (x == 0 || biased == 2047)
		return x;
	if (!biased) {
		x = frexp(x * 0x1p64, exponent);
		*exponent -= 64;
		return x;
	}
	*exponent = biased - (EXPONENT_BIAS - 1);
	return double_of((bits_of(x) & ~(UINT64_C(2047) << FRACTION_BITS)) |
			 (uint64_t)(EXPONENT_BIAS - 1) << FRACTION_BITS);
}

double modf(double x, double *whole)
{
	*whole = trunc(x);
	return copysign(isinf(x) ? 0 : x - *whole, x);
}

/* ---- Remainder -------------------------------------------------------------------------------- */

/* The mantissa as an integer; `exponent` is its power of two, at least -1074. */
static uint64_t split(double x, int *exponent)
{
	uint64_t bits = bits_of(x) & ~SIGN;
	int biased = (int)(bits >> FRACTION_BITS);

	*exponent = (biased ? biased : 1) - EXPONENT_BIAS - FRACTION_BITS;
	return (bits & ((UINT64_C(1) << FRACTION_BITS) - 1)) | (uint64_t)!!biased << FRACTION_BITS;
}

/* Exact: shifts the dividend's mantissa up, eleven bits at a time, taking the remainder each time. */
FP_NOT_AS("fmod") double fmod(double x, double y)
{
	int exponent_x, exponent_y;
	uint64_t rest = split(x, &exponent_x);
	uint64_t divisor = split(y, &exponent_y);
	int shift;

	if (isnan(x) || isnan(y) || isinf(x) || y == 0)
		return (x * y) / (x * y);
	if (isinf(y) || exponent_x < exponent_y)
		return x;
	for (rest %= divisor, shift = exponent_x - exponent_y; shift > 0; shift -= 11)
		rest = (rest << (shift < 11 ? shift : 11)) % divisor;
	return copysign(scalbn((double)rest, exponent_y), x);
}

float fmodf(float x, float y)
{
	return (float)fmod(x, y);
}
