/* SPDX-License-Identifier: Apache-2.0
 *
 * Text to binary floating point, correctly rounded (to nearest, ties to even). Decimal text becomes an
 * exact decimal, is scaled by a power of two until its whole part has 62 to 64 bits, and rounds once.
 */
#include "decimal.h"
#include "double_parts.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>

FP_SMALL_BEGIN

#define DIGITS_MAX 800      /* can decide a rounding; of what follows only matters whether it is zero */
#define EXPONENT_MAX 100000 /* decimal or binary; far beyond it everything is zero or infinite */
#define LEAST_POINT -340    /* decimal exponent below which everything rounds to zero */
#define MOST_POINT 310

/* A binary format, its mantissa taken as an integer. */
struct precision {
	int bits;  /* of the mantissa, with the leading one */
	int least; /* exponents */
	int most;
};

/* mantissa * 2^exponent; what was cut off makes the lowest bit one. */
struct binary {
	uint64_t mantissa;
	int exponent;
};

static uint64_t shift_rounding(uint64_t mantissa, int bits)
{
	uint64_t half, rest;

	if (bits <= 0)
		return mantissa;
	if (bits > 64)
		return 0;
	half = UINT64_C(1) << (bits - 1);
	rest = mantissa & (half | (half - 1));
	mantissa = bits < 64 ? mantissa >> bits : 0;
	return mantissa + (rest > half || (rest == half && mantissa & 1));
}

/* Whether cutting `bits` off leaves a remainder. */
static bool is_inexact(uint64_t mantissa, int bits)
{
	if (bits <= 0)
		return false;
	return bits > 63 ? mantissa : mantissa & ((UINT64_C(1) << bits) - 1);
}

/* Below the normal range even after rounding to full precision, which cuts `drop` bits off. */
static bool is_tiny(struct binary exact, int drop, const struct precision *to)
{
	int exponent = exact.exponent + drop;

	return exponent < to->least - (int)(shift_rounding(exact.mantissa, drop) >> to->bits);
}

/* Rounds to the format, setting errno to ERANGE on overflow and on inexact results below the normal range. */
static double round_binary(struct binary exact, const struct precision *to)
{
	int full = exact.mantissa ? 64 - __builtin_clzll(exact.mantissa) - to->bits : 0;
	int least = to->least - exact.exponent;
	int drop = full > least ? full : least;
	uint64_t mantissa = shift_rounding(exact.mantissa, drop);
	int exponent = exact.exponent + (drop > 0 ? drop : 0);

	if (!exact.mantissa)
		return 0;
	if (is_tiny(exact, full, to) && is_inexact(exact.mantissa, drop))
		errno = ERANGE;
	for (; exponent > to->most && !(mantissa >> (to->bits - 1)); exponent--)
		mantissa <<= 1;
	if (exponent > to->most || (exponent == to->most && mantissa >> to->bits)) {
		errno = ERANGE;
		return HUGE_VAL;
	}
	/* Two exact steps: the least exponent is below that of the least power of two. */
	return (double)mantissa * fp_power_of_two(exponent / 2) * fp_power_of_two(exponent - exponent / 2);
}

static uint64_t whole_part(const struct fp_decimal *decimal)
{
	uint64_t whole = 0;

	for (int i = decimal->first; i < FP_POINT; i++)
		whole = whole * FP_LIMB + (i < decimal->end ? decimal->limb[i] : 0);
	return whole;
}

/* Limbs before the point; 10^18 < 2^60, so two limbs and a leading one below 18 fit 64 bits. */
static int whole_limbs(const struct fp_decimal *decimal)
{
	return FP_POINT - decimal->first;
}

static struct binary binary_of(struct fp_decimal *decimal)
{
	struct binary binary = {0};

	if (fp_decimal_is_zero(decimal))
		return binary;
	while (whole_limbs(decimal) > 2) {
		fp_decimal_scale(decimal, -29);
		binary.exponent += 29;
	}
	while (whole_limbs(decimal) < 1) {
		fp_decimal_scale(decimal, 29);
		binary.exponent -= 29;
	}
	/* Now 1 <= value < 10^18. Up to 63 bits, so that every format has bits to spare. */
	binary.mantissa = whole_part(decimal);
	fp_decimal_scale(decimal, __builtin_clzll(binary.mantissa) - 1);
	binary.exponent -= __builtin_clzll(binary.mantissa) - 1;
	binary.mantissa = whole_part(decimal) | (decimal->end > FP_POINT);
	return binary;
}

/* ---- Scanning --------------------------------------------------------------------------------- */

/* Reads an exponent after its mark; leaves `at` alone if there is none. */
static const char *scan_exponent(const char *at, char mark, int *exponent)
{
	const char *digits = at + 1 + (at[0] && (at[1] == '-' || at[1] == '+'));
	int value = 0;

	*exponent = 0;
	if ((*at | 32) != mark || !isdigit(*digits))
		return at;
	for (; isdigit(*digits); digits++)
		value = value < EXPONENT_MAX ? value * 10 + (*digits - '0') : value;
	*exponent = at[1] == '-' ? -value : value;
	return digits;
}

/* Digits seen so far of a decimal number. */
struct digits {
	char text[DIGITS_MAX + 1];
	int count;
	long point; /* digits before the point, counted from the first kept one */
	bool any;
};

static void keep_digit(struct digits *digits, char c, bool fraction)
{
	digits->any = true;
	digits->point += !fraction;
	if (!digits->count && c == '0') {
		digits->point--;
		return;
	}
	if (digits->count < DIGITS_MAX)
		digits->text[digits->count++] = (char)(c - '0');
	else if (c != '0')
		digits->text[DIGITS_MAX] = 1;
}

/* Places digit i at its limb; `lead` digits of the first limb lie before the first digit. */
static void place_digits(struct fp_decimal *decimal, const struct digits *digits, int point)
{
	int count = digits->count + digits->text[DIGITS_MAX];
	int limbs_before = point > 0 ? (point + FP_LIMB_DIGITS - 1) / FP_LIMB_DIGITS : -(-point / FP_LIMB_DIGITS);
	int column = limbs_before * FP_LIMB_DIGITS - point; /* of the first digit in its limb */

	decimal->first = decimal->end = FP_POINT - limbs_before;
	for (int i = 0; i < count && decimal->end < FP_LIMBS; decimal->end++) {
		uint32_t limb = 0;

		for (; column < FP_LIMB_DIGITS; column++, i++)
			limb = limb * 10 + (i < count ? (uint32_t)digits->text[i] : 0);
		decimal->limb[decimal->end] = limb;
		column = 0;
	}
}

static const char *scan_decimal(const char *at, const struct precision *to, double *value)
{
	struct digits digits = {.count = 0};
	struct fp_decimal decimal;
	bool fraction = false;
	int exponent;
	long point;

	for (; isdigit(*at) || (*at == '.' && !fraction); at++) {
		if (*at == '.')
			fraction = true;
		else
			keep_digit(&digits, *at, fraction);
	}
	if (!digits.any)
		return NULL;
	at = scan_exponent(at, 'e', &exponent);
	point = digits.point + exponent;
	*value = 0;
	if (!digits.count)
		return at;
	if (point < LEAST_POINT || point > MOST_POINT) {
		errno = ERANGE;
		*value = point > 0 ? HUGE_VAL : 0;
		return at;
	}
	place_digits(&decimal, &digits, (int)point);
	*value = round_binary(binary_of(&decimal), to);
	return at;
}

static unsigned hex_value(char c)
{
	return isdigit(c) ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a') + 10;
}

/* `at` is past the 0x, and a hexadecimal digit follows, perhaps after a point. */
static const char *scan_hexadecimal(const char *at, const struct precision *to, double *value)
{
	struct binary exact = {0};
	bool fraction = false;
	long shift = 0;
	int exponent;

	for (; isxdigit(*at) || (*at == '.' && !fraction); at++) {
		bool full = exact.mantissa >> 60;

		if (*at == '.') {
			fraction = true;
			continue;
		}
		if (full)
			exact.mantissa |= *at != '0';
		else
			exact.mantissa = exact.mantissa << 4 | hex_value(*at);
		shift += 4 * (full - fraction);
	}
	at = scan_exponent(at, 'p', &exponent);
	shift += exponent;
	exact.exponent = shift > EXPONENT_MAX ? EXPONENT_MAX : shift < -EXPONENT_MAX ? -EXPONENT_MAX : (int)shift;
	*value = round_binary(exact, to);
	return at;
}

/* "inf", "infinity", "nan" or "nan(anything)" in any case; NULL for something else. */
static const char *scan_special(const char *at, double *value)
{
	const char *close;

	if (!strncasecmp(at, "inf", 3)) {
		*value = HUGE_VAL;
		return at + (strncasecmp(at, "infinity", 8) ? 3 : 8);
	}
	if (strncasecmp(at, "nan", 3))
		return NULL;
	*value = __builtin_nan("");
	for (close = at + 4; at[3] == '(' && (isalnum((unsigned char)*close) || *close == '_'); close++)
		;
	return at[3] == '(' && *close == ')' ? close + 1 : at + 3;
}

static bool starts_hexadecimal(const char *at)
{
	if (at[0] != '0' || (at[1] | 32) != 'x')
		return false;
	return isxdigit(at[2]) || (at[2] == '.' && isxdigit(at[3]));
}

static double scan(const char *text, char **end, const struct precision *to)
{
	const char *at = text;
	const char *stop;
	double value = 0;
	bool negative;

	while (isspace(*at))
		at++;
	negative = *at == '-';
	at += *at == '-' || *at == '+';
	if (starts_hexadecimal(at))
		stop = scan_hexadecimal(at + 2, to, &value);
	else
		stop = scan_special(at, &value);
	if (!stop)
		stop = scan_decimal(at, to, &value);
	if (end)
		*end = (char *)(stop ? stop : text);
	return stop && negative ? -value : value;
}

double strtod(const char *restrict text, char **restrict end)
{
	static const struct precision of_double = {53, -1074, 971};

	return scan(text, end, &of_double);
}

float strtof(const char *restrict text, char **restrict end)
{
	static const struct precision of_float = {24, -149, 104};

	return (float)scan(text, end, &of_float);
}

double atof(const char *text)
{
	return strtod(text, NULL);
}

FP_END
