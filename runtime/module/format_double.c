/* SPDX-License-Identifier: Apache-2.0
 *
 * %e, %f, %g and %a of doubles, exact to the last digit: the value is written out in full and rounded once.
 */
#include "decimal.h"
#include "format.h"

#include <string.h>

#define FRACTION_BITS 52
#define FRACTION_MASK ((UINT64_C(1) << FRACTION_BITS) - 1)
#define EXPONENT_BIAS 1075 /* of the mantissa taken as an integer */
#define EXPONENT_SPECIAL 2047

/* A finite number as it will be put: digits, then an exponent if `style` is 'e'. */
struct layout {
	const struct fp_digits *digits;
	int precision; /* digits after the point */
	bool point;    /* put even if no digit follows */
	char style;    /* 'e' or 'f' */
	char exponent[8];
};

static uint64_t bits_of(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	return bits;
}

static bool is_upper(const struct fp_conversion *conversion)
{
	return conversion->type < 'a';
}

static const char *sign_of(const struct fp_conversion *conversion, uint64_t bits)
{
	if (bits >> 63)
		return "-";
	return conversion->plus ? "+" : conversion->space ? " " : "";
}

/* Writes "e+05" and returns its length; `mark` is e, E, p or P, `least` the fewest digits. */
static int write_exponent(char *to, char mark, int exponent, int least)
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

/* Digits [from, from + count) counted from the first one; those that do not exist are zeros. */
static void put_digits(struct fp_sink *sink, const struct fp_digits *digits, int from, int count)
{
	int zeros = from < 0 ? (-from < count ? -from : count) : 0;
	int start = from + zeros;
	int left = digits->count - start;
	int taken = left < 0 ? 0 : left < count - zeros ? left : count - zeros;

	fp_sink_fill(sink, '0', zeros);
	if (taken)
		fp_sink_put(sink, digits->text + start, (size_t)taken);
	fp_sink_fill(sink, '0', count - zeros - taken);
}

static int whole_digits(const struct layout *layout)
{
	if (layout->style == 'e')
		return 1;
	return layout->digits->point > 0 ? layout->digits->point : 1;
}

/* Index of the first digit put, counted from the first significant one. */
static int first_digit(const struct layout *layout)
{
	if (layout->style == 'e' || layout->digits->point > 0)
		return 0;
	return layout->digits->point - 1;
}

static void put_layout(struct fp_sink *sink, const struct fp_conversion *conversion, const struct layout *layout,
		       const char *sign)
{
	int whole = whole_digits(layout), first = first_digit(layout);
	size_t exponent_len = strlen(layout->exponent);
	long len = (long)strlen(sign) + whole + layout->point + layout->precision + (long)exponent_len;
	long padding = conversion->width - len;

	if (!conversion->left && !conversion->zero)
		fp_sink_fill(sink, ' ', padding);
	fp_sink_put(sink, sign, strlen(sign));
	if (!conversion->left && conversion->zero)
		fp_sink_fill(sink, '0', padding);
	put_digits(sink, layout->digits, first, whole);
	fp_sink_put(sink, ".", layout->point);
	put_digits(sink, layout->digits, first + whole, layout->precision);
	fp_sink_put(sink, layout->exponent, exponent_len);
	if (conversion->left)
		fp_sink_fill(sink, ' ', padding);
}

/* Decimal exponent of the first digit. */
static int exponent_of(const struct fp_digits *digits)
{
	return digits->count ? digits->point - 1 : 0;
}

static void choose_exponential(struct layout *layout, struct fp_digits *digits, int precision)
{
	if (precision < (int)sizeof(digits->text))
		fp_digits_round(digits, precision + 1);
	layout->style = 'e';
	layout->precision = precision;
}

static void choose_fixed(struct layout *layout, struct fp_digits *digits, int precision)
{
	if (precision < (int)sizeof(digits->text))
		fp_digits_round(digits, digits->point + precision);
	if (!digits->count)
		digits->point = 0;
	layout->style = 'f';
	layout->precision = precision;
}

/* %g: whichever is shorter, without zeros at the end unless the alternate form asks for them. */
static void choose_general(struct layout *layout, struct fp_digits *digits, int precision, bool keep_zeros)
{
	int wanted = precision ? precision : 1;
	int exponent, most;

	if (wanted < (int)sizeof(digits->text))
		fp_digits_round(digits, wanted);
	exponent = exponent_of(digits);
	layout->style = exponent < -4 || exponent >= wanted ? 'e' : 'f';
	layout->precision = layout->style == 'e' ? wanted - 1 : wanted - 1 - exponent;
	most = digits->count - (layout->style == 'e' ? 1 : digits->count ? digits->point : 1);
	if (!keep_zeros && layout->precision > most)
		layout->precision = most > 0 ? most : 0;
}

static void format_finite(struct fp_sink *sink, const struct fp_conversion *conversion, uint64_t bits)
{
	int precision = conversion->precision < 0 ? 6 : conversion->precision;
	int exponent = (int)(bits >> FRACTION_BITS & EXPONENT_SPECIAL);
	uint64_t mantissa = (bits & FRACTION_MASK) | (exponent ? FRACTION_MASK + 1 : 0);
	struct fp_decimal decimal;
	struct fp_digits digits;
	struct layout layout = {.digits = &digits};

	fp_decimal_set(&decimal, mantissa, (exponent ? exponent : 1) - EXPONENT_BIAS);
	fp_digits_extract(&digits, &decimal);
	if ((conversion->type | 32) == 'e')
		choose_exponential(&layout, &digits, precision);
	else if ((conversion->type | 32) == 'f')
		choose_fixed(&layout, &digits, precision);
	else
		choose_general(&layout, &digits, precision, conversion->alternate);
	layout.point = layout.precision > 0 || conversion->alternate;
	if (layout.style == 'e')
		write_exponent(layout.exponent, is_upper(conversion) ? 'E' : 'e', exponent_of(&digits), 2);
	put_layout(sink, conversion, &layout, sign_of(conversion, bits));
}

/* Rounds a fraction to `digits` hexadecimal digits, ties to even; a carry may reach the leading digit. */
static uint64_t round_hexadecimal(uint64_t mantissa, int digits)
{
	uint64_t unit = UINT64_C(1) << (FRACTION_BITS - 4 * digits);
	uint64_t rest = mantissa & (unit - 1);
	uint64_t cut = mantissa - rest;

	return cut + (rest > unit / 2 || (rest == unit / 2 && cut & unit) ? unit : 0);
}

static void format_hexadecimal(struct fp_sink *sink, const struct fp_conversion *conversion, uint64_t bits)
{
	const char *symbols = is_upper(conversion) ? "0123456789ABCDEF" : "0123456789abcdef";
	int exponent = (int)(bits >> FRACTION_BITS & EXPONENT_SPECIAL);
	uint64_t mantissa = (bits & FRACTION_MASK) | (exponent ? FRACTION_MASK + 1 : 0);
	int shown = mantissa ? (exponent ? exponent : 1) - EXPONENT_BIAS + FRACTION_BITS : 0;
	int known = conversion->precision >= 0 && conversion->precision < 13 ? conversion->precision : 13;
	char prefix[4], body[16], tail[8];
	int sign = (int)strlen(sign_of(conversion, bits));
	long zeros, padding;
	int len = 0;

	mantissa = round_hexadecimal(mantissa, known);
	while (conversion->precision < 0 && known && !(mantissa >> (FRACTION_BITS - 4 * known) & 15))
		known--;
	prefix[0] = *sign_of(conversion, bits);
	prefix[sign] = '0';
	prefix[sign + 1] = is_upper(conversion) ? 'X' : 'x';
	body[len++] = symbols[mantissa >> FRACTION_BITS];
	if (known || conversion->alternate || conversion->precision > 0)
		body[len++] = '.';
	for (int i = 1; i <= known; i++)
		body[len++] = symbols[mantissa >> (FRACTION_BITS - 4 * i) & 15];
	zeros = conversion->precision > known ? conversion->precision - known : 0;
	padding = conversion->width - (sign + 2 + len + zeros + write_exponent(tail, is_upper(conversion) ? 'P' : 'p', shown, 1));
	if (!conversion->left && !conversion->zero)
		fp_sink_fill(sink, ' ', padding);
	fp_sink_put(sink, prefix, (size_t)sign + 2);
	if (!conversion->left && conversion->zero)
		fp_sink_fill(sink, '0', padding);
	fp_sink_put(sink, body, (size_t)len);
	fp_sink_fill(sink, '0', zeros);
	fp_sink_put(sink, tail, strlen(tail));
	if (conversion->left)
		fp_sink_fill(sink, ' ', padding);
}

static void format_special(struct fp_sink *sink, const struct fp_conversion *conversion, uint64_t bits)
{
	struct fp_conversion shape = *conversion;
	const char *text = bits & FRACTION_MASK ? "nan" : "inf";

	if (is_upper(conversion))
		text = bits & FRACTION_MASK ? "NAN" : "INF";
	shape.zero = false;
	fp_sink_number(sink, &shape, sign_of(conversion, bits), 0, text);
}

void fp_format_double(struct fp_sink *sink, const struct fp_conversion *conversion, double value)
{
	uint64_t bits = bits_of(value);

	if ((bits >> FRACTION_BITS & EXPONENT_SPECIAL) == EXPONENT_SPECIAL)
		format_special(sink, conversion, bits);
	else if ((conversion->type | 32) == 'a')
		format_hexadecimal(sink, conversion, bits);
	else
		format_finite(sink, conversion, bits);
}
