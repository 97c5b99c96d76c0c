/* SPDX-License-Identifier: Apache-2.0
 *
 * %e, %f and %g of doubles, exact to the last digit: the value is written out in full and rounded once.
 */
#include "decimal.h"
#include "double_parts.h"
#include "format.h"

#include <string.h>

FP_APART_BEGIN

/* A finite number as it will be put: digits, then an exponent if `style` is 'e'. */
struct layout {
	const struct fp_digits *digits;
	int precision; /* digits after the point */
	bool point;    /* put even if no digit follows */
	char style;    /* 'e' or 'f' */
	char exponent[8];
};

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

static void format_finite(struct fp_sink *sink, const struct fp_conversion *conversion, double value)
{
	int precision = conversion->precision < 0 ? 6 : conversion->precision;
	struct fp_decimal decimal;
	struct fp_digits digits;
	struct layout layout = {.digits = &digits};

	fp_decimal_set(&decimal, fp_double_mantissa(value), fp_double_exponent(value));
	fp_digits_extract(&digits, &decimal);
	if ((conversion->type | 32) == 'e')
		choose_exponential(&layout, &digits, precision);
	else if ((conversion->type | 32) == 'f')
		choose_fixed(&layout, &digits, precision);
	else
		choose_general(&layout, &digits, precision, conversion->alternate);
	layout.point = layout.precision > 0 || conversion->alternate;
	if (layout.style == 'e')
		fp_exponent_text(layout.exponent, fp_is_upper(conversion) ? 'E' : 'e', exponent_of(&digits), 2);
	put_layout(sink, conversion, &layout, fp_sign_text(conversion, fp_double_bits(value) >> 63));
}

static void format_special(struct fp_sink *sink, const struct fp_conversion *conversion, double value)
{
	struct fp_conversion shape = *conversion;
	struct fp_number number = {.prefix = fp_sign_text(conversion, fp_double_bits(value) >> 63), .tail = ""};

	number.body = value == value ? "inf" : "nan";
	if (fp_is_upper(conversion))
		number.body = value == value ? "INF" : "NAN";
	shape.zero = false;
	fp_sink_number(sink, &shape, &number);
}

void fp_format_double(struct fp_sink *sink, const struct fp_conversion *conversion, double value)
{
	if (!fp_double_is_finite(value))
		format_special(sink, conversion, value);
	else if ((conversion->type | 32) == 'a')
		fp_format_hexadecimal(sink, conversion, value);
	else
		format_finite(sink, conversion, value);
}

FP_END
