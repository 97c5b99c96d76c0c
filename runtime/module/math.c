/* SPDX-License-Identifier: Apache-2.0
 *
 * The functions of math.h that are exact. Those that x86-64-v3 has instructions for are one instruction.
 * None sets errno. Transcendental functions are not offered.
 */
#include "double_parts.h"

#include <limits.h>
#include <math.h>

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
	return fp_double_of((fp_double_bits(x) & ~FP_DOUBLE_SIGN) | (fp_double_bits(sign) & FP_DOUBLE_SIGN));
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
	if (exponent > FP_DOUBLE_BIAS) {
		x *= 0x1p1023;
		exponent -= 1023;
		exponent = exponent > 2 * 1023 ? 2 * 1023 : exponent;
	}
	if (exponent > FP_DOUBLE_BIAS) {
		x *= 0x1p1023;
		exponent -= 1023;
	}
	for (int i = 0; i < 2 && exponent < -1022; i++) {
		x *= 0x1p-969;
		exponent += 969;
	}
	exponent = exponent < -1022 ? -1022 : exponent;
	return x * fp_power_of_two(exponent);
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
	int biased = fp_double_field(x);

	*exponent = 0;
	if (x == 0 || biased == FP_DOUBLE_SPECIAL)
		return x;
	if (!biased) {
		x = frexp(x * 0x1p64, exponent);
		*exponent -= 64;
		return x;
	}
	*exponent = biased - (FP_DOUBLE_BIAS - 1);
	return fp_double_of((fp_double_bits(x) & ~((uint64_t)FP_DOUBLE_SPECIAL << FP_FRACTION_BITS)) |
			 (uint64_t)(FP_DOUBLE_BIAS - 1) << FP_FRACTION_BITS);
}

double modf(double x, double *whole)
{
	*whole = trunc(x);
	return copysign(isinf(x) ? 0 : x - *whole, x);
}

/* ---- Remainder -------------------------------------------------------------------------------- */

/* Exact: shifts the dividend's mantissa up, eleven bits at a time, taking the remainder each time. */
FP_NOT_AS("fmod") double fmod(double x, double y)
{
	uint64_t rest = fp_double_mantissa(x), divisor = fp_double_mantissa(y);
	int shift = fp_double_exponent(x) - fp_double_exponent(y);

	if (isnan(x) || isnan(y) || isinf(x) || y == 0)
		return (x * y) / (x * y);
	if (isinf(y) || shift < 0)
		return x;
	for (rest %= divisor; shift > 0; shift -= 11)
		rest = (rest << (shift < 11 ? shift : 11)) % divisor;
	return copysign(scalbn((double)rest, fp_double_exponent(y)), x);
}

float fmodf(float x, float y)
{
	return (float)fmod(x, y);
}
