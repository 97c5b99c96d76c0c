/* SPDX-License-Identifier: Apache-2.0
 *
 * %s, %c and %[ of sscanf().
 */
#include "scan.h"

#include <ctype.h>
#include <string.h>

FP_SMALL_BEGIN

/* Reads a member of the set, a byte or a range like a-z, and returns what follows it. */
static const char *read_member(const char *at, const char *end, unsigned char *first, unsigned char *last)
{
	bool range = at + 2 < end && at[1] == '-';

	*first = (unsigned char)at[0];
	*last = (unsigned char)at[range ? 2 : 0];
	return at + (range ? 3 : 1);
}

/* Whether `c` is in the set between brackets. */
static bool in_set(const struct fp_scan_conversion *conversion, unsigned char c)
{
	bool negated = *conversion->set == '^';
	const char *at = conversion->set + negated;
	unsigned char first, last;

	while (at < conversion->set_end) {
		at = read_member(at, conversion->set_end, &first, &last);
		if (c >= first && c <= last)
			return !negated;
	}
	return negated;
}

static bool accepts(const struct fp_scan_conversion *conversion, char c)
{
	switch (conversion->type) {
	case 'c':
		return true;
	case 's':
		return !isspace((unsigned char)c);
	default:
		return in_set(conversion, (unsigned char)c);
	}
}

enum fp_scan_result fp_scan_text(struct fp_scan *scan, const struct fp_scan_conversion *conversion)
{
	bool is_block = conversion->type == 'c';
	size_t most = is_block && conversion->width == SIZE_MAX ? 1 : conversion->width;
	const char *text = scan->at;
	size_t len = 0;
	char *to;

	if (!*text)
		return FP_SCAN_NO_INPUT;
	while (len < most && text[len] && accepts(conversion, text[len]))
		len++;
	if (!len)
		return FP_SCAN_MISMATCH;
	scan->at += len;
	if (conversion->discard)
		return FP_SCAN_DONE;
	to = va_arg(scan->arguments, char *);
	memcpy(to, text, len);
	if (!is_block)
		to[len] = '\0';
	scan->stored++;
	return FP_SCAN_DONE;
}

FP_END
