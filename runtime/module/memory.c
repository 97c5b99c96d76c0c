/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory functions beside the five that fpcc maps to checked host calls (memcpy, memmove, memset,
 * memcmp, memchr): each is one of those with another signature.
 */
#include "library.h"

#include <string.h>
#include <strings.h>

void *memrchr(const void *memory, int byte, size_t n)
{
	const unsigned char *from = memory;
	const unsigned char *at = from + n;

	while (at != from)
		if (*--at == (unsigned char)byte)
			return (void *)at;
	return NULL;
}

void *mempcpy(void *to, const void *from, size_t n)
{
	return (char *)memcpy(to, from, n) + n;
}

void *memccpy(void *restrict to, const void *restrict from, int byte, size_t n)
{
	const char *last = memchr(from, byte, n);

	if (!last)
		return memcpy(to, from, n), NULL;
	return mempcpy(to, from, (size_t)(last - (const char *)from) + 1);
}

/* The optimiser turns memcmp() == 0 into bcmp() == 0: inlined, this would never end. */
FP_NOINLINE FP_NOT_AS("bcmp") int bcmp(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n);
}

void bcopy(const void *from, void *to, size_t n)
{
	memmove(to, from, n);
}

void bzero(void *memory, size_t n)
{
	memset(memory, 0, n);
}

void explicit_bzero(void *memory, size_t n)
{
	for (volatile unsigned char *at = memory; n; n--)
		*at++ = 0;
}
