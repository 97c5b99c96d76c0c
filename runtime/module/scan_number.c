/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers of sscanf(): the longest prefix that could begin one is copied, then read by strtol's family.
 */
#include "scan.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

FP_SMALL_BEGIN

#define NUMBER_MAX 1024 /* bytes of a number that are read */

static void store_integer(struct fp_scan *scan, char length, uint64_t value)
{
	void *to = va_arg(scan->arguments, void *);

	scan->stored++;
	switch (length) {
	case 'H':
		*(uint8_t *)to = (uint8_t)value;
		break;
	case 'h':
		*(uint16_t *)to = (uint16_t)value;
		break;
	case 0:
		*(uint32_t *)to = (uint32_t)value;
		break;
	default:
		*(uint64_t *)to = value;
	}
}

static int base_of(char type)
{
	switch (type) {
	case 'd':
	case 'u':
		return 10;
	case 'o':
		return 8;
	case 'i':
		return 0;
	default:
		return 16;
	}
}

/* Copies what may belong to a number, at most `width` bytes of it. */
static void copy_number(char *to, const struct fp_scan *scan, size_t width)
{
	size_t most = width < NUMBER_MAX - 1 ? width : NUMBER_MAX - 1;
	size_t len = strnlen(scan->at, most);

	memcpy(to, scan->at, len);
	to[len] = '\0';
}

/* Past "0x" with no digit behind it: the C standard lets the prefix be consumed, and nothing matches. */
static bool is_lone_prefix(const char *text, int base)
{
	text += *text == '+' || *text == '-';
	return (base == 16 || base == 0) && text[0] == '0' && (text[1] | 32) == 'x' && !isxdigit((unsigned char)text[2]);
}

enum fp_scan_result fp_scan_integer(struct fp_scan *scan, const struct fp_scan_conversion *conversion)
{
	int base = base_of(conversion->type);
	bool is_signed = conversion->type == 'd' || conversion->type == 'i';
	int before = errno;
	char text[NUMBER_MAX];
	char *end;
	uint64_t value;

	if (!*scan->at)
		return FP_SCAN_NO_INPUT;
	copy_number(text, scan, conversion->width);
	if (is_lone_prefix(text, base))
		return FP_SCAN_MISMATCH;
	value = is_signed ? (uint64_t)strtoll(text, &end, base) : strtoull(text, &end, base);
	errno = before;
	if (end == text)
		return FP_SCAN_MISMATCH;
	scan->at += end - text;
	if (!conversion->discard)
		store_integer(scan, conversion->type == 'p' ? 'l' : conversion->length, value);
	return FP_SCAN_DONE;
}

/* An exponent mark without digits belongs to the input item, which then does not match. */
static bool is_cut_exponent(const char *end)
{
	return (*end | 32) == 'e' || (*end | 32) == 'p';
}

enum fp_scan_result fp_scan_real(struct fp_scan *scan, const struct fp_scan_conversion *conversion)
{
	int before = errno;
	char text[NUMBER_MAX];
	char *end;
	double value;

	if (!*scan->at)
		return FP_SCAN_NO_INPUT;
	copy_number(text, scan, conversion->width);
	value = strtod(text, &end);
	if (end == text || is_lone_prefix(text, 16) || is_cut_exponent(end))
		return FP_SCAN_MISMATCH;
	scan->at += end - text;
	if (conversion->discard) {
		errno = before;
		return FP_SCAN_DONE;
	}
	if (conversion->length == 'l')
		*va_arg(scan->arguments, double *) = value;
	else
		*va_arg(scan->arguments, float *) = strtof(text, NULL);
	errno = before;
	scan->stored++;
	return FP_SCAN_DONE;
}

FP_END
