/* SPDX-License-Identifier: Apache-2.0
 *
 * Comparing strings, byte by byte, in the C locale.
 */
#include "library.h"

#include <string.h>
#include <strings.h>

static int fold(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte - 'A' < 26u ? byte + ('a' - 'A') : byte;
}

int strcmp(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	while (*a && fold(*a) == fold(*b)) {
		a++;
		b++;
	}
	return fold(*a) - fold(*b);
}

int strncasecmp(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++)
		if (fold(*a) != fold(*b) || !*a)
			return fold(*a) - fold(*b);
	return 0;
}

int strcoll(const char *a, const char *b)
{
	return strcmp(a, b);
}
