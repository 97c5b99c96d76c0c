/* SPDX-License-Identifier: Apache-2.0
 *
 * %a of doubles, and the exponents of all floating-point conversions.
 */
#include "double_parts.h"
#include "format.h"

FP_SMALL_BEGIN

#define DIGITS 13 /* hexadecimal digits of a fraction */

bool fp_is_upper(const struct fp_conversion *conversion)
{
	return conversion->type < 'a';
}

int fp_exponent_text(char *to, char mark, int exponent, int least)
{
	unsigned rest = exponent < 0 ? -(unsigned)exponent : (unsigned)exponent;
	int digits = rest >= 1000 ? 4 : rest >= 100 ? 3 : rest >= 10 ? 2 : 1;

	if (digits < least)
		digits = least;
	to[0] = mark;
	to[1] = exponent < 0 ? '-' : '+';
	to[2 + digits] = '\0';
	for (int i = digits; i > 0; i--, rest /= 10)
		to[1 + i] = (char)('0' + rest % 10);
	return 2 + digits;
}

/* Rounds a fraction to `digits` hexadecimal digits, ties to even; a carry may reach the leading digit. */
static uint64_t round_mantissa(uint64_t mantissa, int digits)
{
	uint64_t unit = UINT64_C(1) << (FP_FRACTION_BITS - 4 * digits);
	uint64_t rest = mantissa & (unit - 1);
	uint64_t cut = mantissa - rest;

	if (!rest)
		return cut;
	return cut + (rest > unit / 2 || (rest == unit / 2 && cut & unit) ? unit : 0);
}

static unsigned digit_of(uint64_t mantissa, int i)
{
	return mantissa >> (FP_FRACTION_BITS - 4 * i) & 15;
}

static void write_mantissa(char *to, const struct fp_conversion *conversion, uint64_t mantissa)
{
	const char *symbols = fp_is_upper(conversion) ? "0123456789ABCDEF" : "0123456789abcdef";
	int digits = conversion->precision >= 0 && conversion->precision < DIGITS ? conversion->precision : DIGITS;

	mantissa = round_mantissa(mantissa, digits);
	while (conversion->precision < 0 && digits && !digit_of(mantissa, digits))
		digits--;
	*to++ = symbols[digit_of(mantissa, 0)];
	if (digits || conversion->alternate)
		*to++ = '.';
	for (int i = 1; i <= digits; i++)
		*to++ = symbols[digit_of(mantissa, i)];
	*to = '\0';
}

void fp_format_hexadecimal(struct fp_sink *sink, const struct fp_conversion *conversion, double value)
{
	uint64_t mantissa = fp_double_mantissa(value);
	char prefix[4], body[DIGITS + 3], tail[8];
	struct fp_number number = {.prefix = prefix, .body = body, .tail = tail};

	strcpy(prefix, fp_sign_text(conversion, fp_double_bits(value) >> 63));
	strcat(prefix, fp_is_upper(conversion) ? "0X" : "0x");
	write_mantissa(body, conversion, mantissa);
	number.more_zeros = conversion->precision > DIGITS ? conversion->precision - DIGITS : 0;
	fp_exponent_text(tail, fp_is_upper(conversion) ? 'P' : 'p',
			 mantissa ? fp_double_exponent(value) + FP_FRACTION_BITS : 0, 1);
	fp_sink_number(sink, conversion, &number);
}

FP_END
