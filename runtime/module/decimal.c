/* SPDX-License-Identifier: Apache-2.0
 *
 * Long multiplication and division by powers of two in base 10^9, most significant limb first.
 */
#include "decimal.h"

FP_APART_BEGIN

#define SHIFT_MAX 29 /* bits at once: a remainder below 2^29 times 10^9 fits 64 bits with room */

static void strip_zeros(struct fp_decimal *decimal)
{
	while (decimal->first < decimal->end && !decimal->limb[decimal->first])
		decimal->first++;
	while (decimal->end > decimal->first && !decimal->limb[decimal->end - 1])
		decimal->end--;
}

static void shift_left(struct fp_decimal *decimal, int bits)
{
	uint64_t carry = 0;

	for (int i = decimal->end - 1; i >= decimal->first; i--) {
		carry += (uint64_t)decimal->limb[i] << bits;
		decimal->limb[i] = (uint32_t)(carry % FP_LIMB);
		carry /= FP_LIMB;
	}
	if (carry && decimal->first > 0)
		decimal->limb[--decimal->first] = (uint32_t)carry;
	strip_zeros(decimal);
}

static void shift_right(struct fp_decimal *decimal, int bits)
{
	uint64_t mask = (UINT64_C(1) << bits) - 1;
	uint64_t rest = 0;

	for (int i = decimal->first; i < decimal->end; i++) {
		rest = rest * FP_LIMB + decimal->limb[i];
		decimal->limb[i] = (uint32_t)(rest >> bits);
		rest &= mask;
	}
	for (; rest && decimal->end < FP_LIMBS; rest &= mask) {
		rest *= FP_LIMB;
		decimal->limb[decimal->end++] = (uint32_t)(rest >> bits);
	}
	if (rest)
		decimal->limb[FP_LIMBS - 1] |= 1;
	strip_zeros(decimal);
}

static int limit_shift(int bits)
{
	return bits < SHIFT_MAX ? bits : SHIFT_MAX;
}

void fp_decimal_scale(struct fp_decimal *decimal, int exponent)
{
	int left = exponent > 0 ? exponent : 0;
	int right = exponent < 0 ? -exponent : 0;

	for (; left > 0 && !fp_decimal_is_zero(decimal); left -= SHIFT_MAX)
		shift_left(decimal, limit_shift(left));
	for (; right > 0 && !fp_decimal_is_zero(decimal); right -= SHIFT_MAX)
		shift_right(decimal, limit_shift(right));
}

void fp_decimal_set(struct fp_decimal *decimal, uint64_t mantissa, int exponent)
{
	decimal->first = FP_POINT - 3;
	decimal->end = FP_POINT;
	for (int i = FP_POINT - 1; i >= decimal->first; i--, mantissa /= FP_LIMB)
		decimal->limb[i] = (uint32_t)(mantissa % FP_LIMB);
	strip_zeros(decimal);
	fp_decimal_scale(decimal, exponent);
}

bool fp_decimal_is_zero(const struct fp_decimal *decimal)
{
	return decimal->first == decimal->end;
}

void fp_digits_extract(struct fp_digits *digits, const struct fp_decimal *decimal)
{
	char *at = digits->text;
	int zeros = 0;

	for (int i = decimal->first; i < decimal->end; i++, at += FP_LIMB_DIGITS) {
		uint32_t limb = decimal->limb[i];

		for (int k = FP_LIMB_DIGITS - 1; k >= 0; k--, limb /= 10)
			at[k] = (char)('0' + limb % 10);
	}
	digits->count = (int)(at - digits->text);
	digits->point = (FP_POINT - decimal->first) * FP_LIMB_DIGITS;
	while (zeros < digits->count && digits->text[zeros] == '0')
		zeros++;
	for (int i = zeros; i < digits->count; i++)
		digits->text[i - zeros] = digits->text[i];
	digits->count -= zeros;
	digits->point -= zeros;
	while (digits->count && digits->text[digits->count - 1] == '0')
		digits->count--;
	digits->point = digits->count ? digits->point : 0;
}

/* Whether cutting after `keep` digits (0 <= keep < count) rounds up. Digits end in no zero. */
static bool rounds_up(const struct fp_digits *digits, int keep)
{
	if (digits->text[keep] != '5' || keep + 1 < digits->count)
		return digits->text[keep] >= '5';
	return keep && (digits->text[keep - 1] - '0') % 2;
}

void fp_digits_round(struct fp_digits *digits, int keep)
{
	bool up;

	if (keep >= digits->count)
		return;
	up = keep >= 0 && rounds_up(digits, keep);
	digits->count = keep < 0 ? 0 : keep;
	while (up && digits->count && digits->text[digits->count - 1] == '9')
		digits->count--;
	if (up && digits->count) {
		digits->text[digits->count - 1]++;
	} else if (up) {
		digits->text[digits->count++] = '1';
		digits->point++;
	}
	while (digits->count && digits->text[digits->count - 1] == '0')
		digits->count--;
}

FP_END
