/* SPDX-License-Identifier: Apache-2.0
 *
 * Integers as text, for the printf family.
 */
#include "format.h"

#include <string.h>

FP_APART_BEGIN

#define DIGITS_MAX 64 /* of a 64-bit number in any base, with its NUL */

static char *digits_of(char *end, uint64_t n, char type)
{
	const char *symbols = type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned bits = type == 'o' ? 3 : 4;

	*end = '\0';
	if (type == 'd' || type == 'u')
		for (; n; n /= 10)
			*--end = (char)('0' + n % 10);
	for (; n; n >>= bits)
		*--end = symbols[n & ((1u << bits) - 1)];
	return end;
}

static const char *prefix_of(const struct fp_conversion *conversion, uint64_t magnitude, bool negative)
{
	if (conversion->type == 'd')
		return fp_sign_text(conversion, negative);
	if (!conversion->alternate || !magnitude)
		return "";
	return conversion->type == 'x' ? "0x" : conversion->type == 'X' ? "0X" : "";
}

void fp_format_integer(struct fp_sink *sink, const struct fp_conversion *conversion, uint64_t magnitude,
		       bool negative)
{
	char buffer[DIGITS_MAX];
	struct fp_conversion shape = *conversion;
	char *body = digits_of(buffer + DIGITS_MAX - 1, magnitude, shape.type);
	struct fp_number number = {.prefix = prefix_of(conversion, magnitude, negative), .body = body, .tail = ""};
	long digits = (long)strlen(body);
	long wanted = shape.precision < 0 ? 1 : shape.precision;

	if (shape.alternate && shape.type == 'o' && wanted <= digits)
		wanted = digits + 1;
	if (shape.precision >= 0)
		shape.zero = false;
	number.zeros = wanted > digits ? wanted - digits : 0;
	fp_sink_number(sink, &shape, &number);
}

FP_END
