/* SPDX-License-Identifier: Apache-2.0
 *
 * Exact decimal numbers, wide enough for every double: what printf() prints and strtod() reads.
 */
#ifndef FASTPAAS_MODULE_DECIMAL_H
#define FASTPAAS_MODULE_DECIMAL_H

#include "library.h"

#define FP_LIMB 1000000000u /* base of a limb */
#define FP_LIMB_DIGITS 9
#define FP_POINT 36          /* limbs before the decimal point: 324 digits */
#define FP_LIMBS (FP_POINT + 128) /* 1,152 digits after it; what is lost beyond still counts as not zero */

/* The sum of limb[i] * FP_LIMB^(FP_POINT - 1 - i); limbs outside [first, end) are zero, whatever they hold. */
struct fp_decimal {
	int first;
	int end;
	uint32_t limb[FP_LIMBS];
};

/* Sets to mantissa * 2^exponent, exactly; |value| must be a double's. */
void fp_decimal_set(struct fp_decimal *decimal, uint64_t mantissa, int exponent);

/* Multiplies by 2^exponent. */
void fp_decimal_scale(struct fp_decimal *decimal, int exponent);

bool fp_decimal_is_zero(const struct fp_decimal *decimal);

/* The significant digits of a decimal: 0.d1 d2 d3 ... * 10^point, without zeros at either end. */
struct fp_digits {
	int count;
	int point;
	char text[FP_LIMBS * FP_LIMB_DIGITS];
};

void fp_digits_extract(struct fp_digits *digits, const struct fp_decimal *decimal);

/* Rounds to at most `keep` digits, ties to even; `keep` may be negative. */
void fp_digits_round(struct fp_digits *digits, int keep);

#endif
