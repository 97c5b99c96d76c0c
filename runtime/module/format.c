/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a printf format. What is not offered (%n, %ls, %lc, %Lf, n$) traps with a line in the log: the
 * format is the author's text, so this is an error of the program, not of its input.
 */
#include "format.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

FP_SMALL_BEGIN

#define NUMBER_MAX (INT_MAX - 4096) /* of widths and precisions; leaves room for sums of a few of them */

/* A va_list inside a structure can be passed by pointer wherever the ABI makes it an array. */
struct arguments {
	va_list list;
};

static const char *read_flags(const char *at, struct fp_conversion *conversion)
{
	for (;; at++) {
		switch (*at) {
		case '-':
			conversion->left = true;
			break;
		case '0':
			conversion->zero = true;
			break;
		case '+':
			conversion->plus = true;
			break;
		case ' ':
			conversion->space = true;
			break;
		case '#':
			conversion->alternate = true;
			break;
		case '\'': /* grouping: none in the C locale */
			break;
		default:
			return at;
		}
	}
}

/* A number or a *, saturating: what does not fit an int overflows the total anyway. */
static const char *read_number(const char *at, struct arguments *arguments, int *number)
{
	if (*at == '*') {
		*number = va_arg(arguments->list, int);
		return at + 1;
	}
	for (*number = 0; isdigit(*at); at++)
		if (__builtin_mul_overflow(*number, 10, number) || __builtin_add_overflow(*number, *at - '0', number))
			*number = INT_MAX;
	return at;
}

static const char *read_length(const char *at, struct fp_conversion *conversion)
{
	char first = *at;

	if (!first || !strchr("hljzt", first))
		return at;
	conversion->length = first;
	if ((first == 'h' || first == 'l') && at[1] == first) {
		conversion->length = first == 'h' ? 'H' : 'q';
		at++;
	}
	return at + 1;
}

static const char *read_conversion(const char *at, struct fp_conversion *conversion, struct arguments *arguments)
{
	at = read_flags(at, conversion);
	at = read_number(at, arguments, &conversion->width);
	if (conversion->width < 0) {
		conversion->left = true;
		conversion->width = conversion->width == INT_MIN ? INT_MAX : -conversion->width;
	}
	if (*at == '.')
		at = read_number(at + 1, arguments, &conversion->precision);
	if (conversion->precision < 0)
		conversion->precision = -1;
	at = read_length(at, conversion);
	conversion->type = *at == 'i' ? 'd' : *at;
	return *at ? at + 1 : at;
}

static int64_t take_signed(struct arguments *arguments, char length)
{
	switch (length) {
	case 'H':
		return (signed char)va_arg(arguments->list, int);
	case 'h':
		return (short)va_arg(arguments->list, int);
	case 0:
		return va_arg(arguments->list, int);
	default:
		return va_arg(arguments->list, int64_t);
	}
}

static uint64_t take_unsigned(struct arguments *arguments, char length)
{
	switch (length) {
	case 'H':
		return (unsigned char)va_arg(arguments->list, unsigned);
	case 'h':
		return (unsigned short)va_arg(arguments->list, unsigned);
	case 0:
		return va_arg(arguments->list, unsigned);
	default:
		return va_arg(arguments->list, uint64_t);
	}
}

static void put_text(struct fp_sink *sink, const struct fp_conversion *conversion, const char *text, size_t len)
{
	long padding = conversion->width - (long)len;

	if (!conversion->left)
		fp_sink_fill(sink, ' ', padding);
	fp_sink_put(sink, text, len);
	if (conversion->left)
		fp_sink_fill(sink, ' ', padding);
}

static void put_string(struct fp_sink *sink, const struct fp_conversion *conversion, const char *text)
{
	size_t limit = conversion->precision < 0 ? PTRDIFF_MAX : (size_t)conversion->precision;

	if (!text)
		text = limit < 6 ? "" : "(null)";
	put_text(sink, conversion, text, strnlen(text, limit));
}

static void put_pointer(struct fp_sink *sink, const struct fp_conversion *conversion, uintptr_t pointer)
{
	struct fp_conversion shape = *conversion;

	shape.type = 'x';
	shape.alternate = true;
	if (pointer)
		fp_format_integer(sink, &shape, pointer, false);
	else
		put_text(sink, &shape, "(nil)", 5);
}

static void put_signed(struct fp_sink *sink, const struct fp_conversion *conversion, int64_t value)
{
	fp_format_integer(sink, conversion, value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0);
}

static _Noreturn void refuse(const struct fp_conversion *conversion)
{
	static char text[] = "printf: a conversion that ends in '?' is not offered in a module";

	*strchr(text, '?') = conversion->type ? conversion->type : '%';
	fp_fatal(text);
}

static void put_value(struct fp_sink *sink, const struct fp_conversion *conversion, struct arguments *arguments)
{
	char byte;

	switch (conversion->type) {
	case 'd':
		return put_signed(sink, conversion, take_signed(arguments, conversion->length));
	case 'u':
	case 'o':
	case 'x':
	case 'X':
		return fp_format_integer(sink, conversion, take_unsigned(arguments, conversion->length), false);
	case 'p':
		return put_pointer(sink, conversion, (uintptr_t)va_arg(arguments->list, void *));
	case '%':
		return fp_sink_put(sink, "%", 1);
	}
	if (conversion->length && conversion->length != 'l')
		refuse(conversion);
	if (conversion->type && strchr("eEfFgGaA", conversion->type))
		return fp_format_double(sink, conversion, va_arg(arguments->list, double));
	if (conversion->length || (conversion->type != 'c' && conversion->type != 's'))
		refuse(conversion);
	if (conversion->type == 's')
		return put_string(sink, conversion, va_arg(arguments->list, const char *));
	byte = (char)va_arg(arguments->list, int);
	put_text(sink, conversion, &byte, 1);
}

int fp_format(struct fp_sink *sink, const char *format, va_list list)
{
	struct arguments arguments;

	va_copy(arguments.list, list);
	while (*format && sink->total <= INT_MAX) {
		struct fp_conversion conversion = {.precision = -1};
		const char *percent = strchrnul(format, '%');

		fp_sink_put(sink, format, (size_t)(percent - format));
		if (!*percent)
			break;
		format = read_conversion(percent + 1, &conversion, &arguments);
		if (conversion.width > NUMBER_MAX || conversion.precision > NUMBER_MAX)
			sink->total = (size_t)INT_MAX + 1;
		else
			put_value(sink, &conversion, &arguments);
	}
	va_end(arguments.list);
	if (sink->total <= INT_MAX)
		return (int)sink->total;
	errno = EOVERFLOW;
	return -1;
}

FP_END
