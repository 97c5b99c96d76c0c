/* SPDX-License-Identifier: Apache-2.0
 *
 * %s, %c and %[ of sscanf().
 */
#include "scan.h"

#include <ctype.h>
#include <string.h>

/* Whether `c` is in the set between brackets, ranges like a-z included. */
static bool in_set(const struct fp_scan_conversion *conversion, unsigned char c)
{
	bool negated = *conversion->set == '^';
	const char *first = conversion->set + negated;

	for (const char *at = first; at < conversion->set_end; at++) {
		unsigned char low = (unsigned char)*at;

		if (at + 2 < conversion->set_end && at[1] == '-') {
			at += 2;
			if (c >= low && c <= (unsigned char)*at)
				return !negated;
		} else if (c == low) {
			return !negated;
		}
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
