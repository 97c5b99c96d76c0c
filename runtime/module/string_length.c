/* SPDX-License-Identifier: Apache-2.0
 *
 * The first bytes are looked at here, so that a short string costs no call into the host; the rest by
 * memchr(), one page at a time: it may ask only for bytes that exist, and a page exists as a whole.
 */
#include "library.h"

#include <string.h>

FP_EXEMPT_BEGIN

#define PAGE 4096u
#define SHORT 64 /* bytes */

static size_t scan_pages(const char *text, size_t from, size_t limit)
{
	for (size_t n = from; n < limit;) {
		size_t rest = PAGE - ((uintptr_t)(text + n) & (PAGE - 1));
		size_t chunk = limit - n < rest ? limit - n : rest;
		const char *end = memchr(text + n, '\0', chunk);

		if (end)
			return (size_t)(end - text);
		n += chunk;
	}
	return limit;
}

size_t strnlen(const char *text, size_t limit)
{
	for (size_t n = 0; n < SHORT; n++)
		if (n == limit || !text[n])
			return n;
	return scan_pages(text, SHORT, limit);
}

FP_NOT_AS("strlen") size_t strlen(const char *text)
{
	for (size_t n = 0; n < SHORT; n++)
		if (!text[n])
			return n;
	return scan_pages(text, SHORT, SIZE_MAX);
}

FP_END
