/* SPDX-License-Identifier: Apache-2.0 */
#include "library.h"

#include <string.h>

FP_NOT_AS("strlen") size_t strlen(const char *text)
{
	const char *at = text;

	while (*at)
		at++;
	return (size_t)(at - text);
}

size_t strnlen(const char *text, size_t limit)
{
	size_t n = 0;

	while (n < limit && text[n])
		n++;
	return n;
}
