/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding characters in strings.
 */
#include "library.h"

#include <string.h>
#include <strings.h>

/* The set of bytes of a string, as 256 bits. */
struct byte_set {
	uint64_t bits[4];
};

static struct byte_set collect_bytes(const char *text)
{
	struct byte_set set = {{0}};

	for (; *text; text++)
		set.bits[(unsigned char)*text >> 6] |= UINT64_C(1) << (*text & 63);
	return set;
}

static bool contains(const struct byte_set *set, char c)
{
	return set->bits[(unsigned char)c >> 6] >> (c & 63) & 1;
}

char *strchrnul(const char *text, int c)
{
	while (*text && *text != (char)c)
		text++;
	return (char *)text;
}

char *strchr(const char *text, int c)
{
	char *at = strchrnul(text, c);

	return *at == (char)c ? at : NULL;
}

char *strrchr(const char *text, int c)
{
	const char *last = NULL;

	for (; *text; text++)
		if (*text == (char)c)
			last = text;
	return (char *)((char)c ? last : text);
}

char *index(const char *text, int c)
{
	return strchr(text, c);
}

char *rindex(const char *text, int c)
{
	return strrchr(text, c);
}

size_t strspn(const char *text, const char *accept)
{
	struct byte_set set = collect_bytes(accept);
	size_t n = 0;

	while (text[n] && contains(&set, text[n]))
		n++;
	return n;
}

size_t strcspn(const char *text, const char *reject)
{
	struct byte_set set = collect_bytes(reject);
	size_t n = 0;

	while (text[n] && !contains(&set, text[n]))
		n++;
	return n;
}

char *strpbrk(const char *text, const char *accept)
{
	const char *at = text + strcspn(text, accept);

	return *at ? (char *)at : NULL;
}
