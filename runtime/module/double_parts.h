/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of a double: sign, mantissa as an integer, and the power of two it is multiplied by.
 */
#ifndef FASTPAAS_MODULE_DOUBLE_PARTS_H
#define FASTPAAS_MODULE_DOUBLE_PARTS_H

#include "library.h"

#include <string.h>

#define FP_FRACTION_BITS 52
#define FP_FRACTION_MASK ((UINT64_C(1) << FP_FRACTION_BITS) - 1)
#define FP_DOUBLE_BIAS 1023
#define FP_DOUBLE_SIGN (UINT64_C(1) << 63)
#define FP_DOUBLE_SPECIAL 2047 /* exponent field of infinities and NaNs */

static inline uint64_t fp_double_bits(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

static inline double fp_double_of(uint64_t bits)
{
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* 2^exponent, for the exponents of normal numbers. */
static inline double fp_power_of_two(int exponent)
{
	return fp_double_of((uint64_t)(exponent + FP_DOUBLE_BIAS) << FP_FRACTION_BITS);
}

static inline int fp_double_field(double x)
{
	return (int)(fp_double_bits(x) >> FP_FRACTION_BITS & FP_DOUBLE_SPECIAL);
}

static inline bool fp_double_is_finite(double x)
{
	return fp_double_field(x) != FP_DOUBLE_SPECIAL;
}

static inline uint64_t fp_double_mantissa(double x)
{
	return (fp_double_bits(x) & FP_FRACTION_MASK) | (uint64_t)!!fp_double_field(x) << FP_FRACTION_BITS;
}

static inline int fp_double_exponent(double x)
{
	int field = fp_double_field(x);

	return (field ? field : 1) - FP_DOUBLE_BIAS - FP_FRACTION_BITS;
}

#endif
