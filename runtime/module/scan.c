/* SPDX-License-Identifier: Apache-2.0
 *
 * sscanf(): reads a format against a string. A conversion that is not offered (%ls, %Lf, %ms, n$) traps
 * with a line in the log, as in printf().
 */
#include "scan.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

FP_SMALL_BEGIN

static _Noreturn void refuse(char type)
{
	static char text[] = "sscanf: a conversion that ends in '?' is not offered in a module";

	*strchr(text, '?') = type ? type : '%';
	fp_fatal(text);
}

static const char *read_width(const char *at, struct fp_scan_conversion *conversion)
{
	conversion->width = isdigit(*at) ? 0 : SIZE_MAX;
	for (; isdigit(*at); at++)
		if (conversion->width < SIZE_MAX / 100)
			conversion->width = conversion->width * 10 + (size_t)(*at - '0');
	conversion->width = conversion->width ? conversion->width : SIZE_MAX;
	return at;
}

static const char *read_length(const char *at, struct fp_scan_conversion *conversion)
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

/* A bracket right behind the opening one, or behind its ^, is a member of the set. */
static const char *read_set(const char *at, struct fp_scan_conversion *conversion)
{
	const char *end = at + (*at == '^');

	end = *end ? strchr(end + 1, ']') : NULL;
	if (!end)
		refuse('[');
	conversion->set = at;
	conversion->set_end = end;
	return end + 1;
}

static const char *read_conversion(const char *at, struct fp_scan_conversion *conversion)
{
	conversion->discard = *at == '*';
	at = read_width(at + (*at == '*'), conversion);
	at = read_length(at, conversion);
	conversion->type = *at;
	if (*at == '[')
		return read_set(at + 1, conversion);
	return *at ? at + 1 : at;
}

static void skip_space(struct fp_scan *scan)
{
	while (isspace((unsigned char)*scan->at))
		scan->at++;
}

static enum fp_scan_result match_literal(struct fp_scan *scan, char c)
{
	if (!*scan->at)
		return FP_SCAN_NO_INPUT;
	if (*scan->at != c)
		return FP_SCAN_MISMATCH;
	scan->at++;
	return FP_SCAN_DONE;
}

static void store_count(struct fp_scan *scan, const struct fp_scan_conversion *conversion)
{
	if (conversion->discard || conversion->length)
		refuse('n');
	*va_arg(scan->arguments, int *) = (int)(scan->at - scan->start);
}

static enum fp_scan_result convert(struct fp_scan *scan, const struct fp_scan_conversion *conversion)
{
	char type = conversion->type;

	if (type == 'n')
		return store_count(scan, conversion), FP_SCAN_DONE;
	if (type != 'c' && type != '[')
		skip_space(scan);
	if (type == '%')
		return match_literal(scan, '%');
	if (type && strchr("diouxXp", type))
		return fp_scan_integer(scan, conversion);
	if (type && strchr("aAeEfFgG", type) && (!conversion->length || conversion->length == 'l'))
		return fp_scan_real(scan, conversion);
	if (conversion->length || (type != 's' && type != 'c' && type != '['))
		refuse(type);
	return fp_scan_text(scan, conversion);
}

/* Matches one item of the format: white space, a literal byte, or a conversion. */
static const char *match_item(struct fp_scan *scan, const char *format, enum fp_scan_result *result)
{
	struct fp_scan_conversion conversion = {.length = 0};

	if (isspace((unsigned char)*format)) {
		skip_space(scan);
		return format + 1;
	}
	if (*format != '%') {
		*result = match_literal(scan, *format);
		return format + 1;
	}
	format = read_conversion(format + 1, &conversion);
	*result = convert(scan, &conversion);
	return format;
}

int vsscanf(const char *restrict text, const char *restrict format, va_list arguments)
{
	struct fp_scan scan = {.start = text, .at = text};
	enum fp_scan_result result = FP_SCAN_DONE;

	va_copy(scan.arguments, arguments);
	while (*format && result == FP_SCAN_DONE)
		format = match_item(&scan, format, &result);
	va_end(scan.arguments);
	return result == FP_SCAN_NO_INPUT && !scan.stored ? EOF : scan.stored;
}

int sscanf(const char *restrict text, const char *restrict format, ...)
{
	va_list arguments;
	int stored;

	va_start(arguments, format);
	stored = vsscanf(text, format, arguments);
	va_end(arguments);
	return stored;
}

FP_END
