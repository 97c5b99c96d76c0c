/* SPDX-License-Identifier: Apache-2.0
 *
 * Copying and appending strings. Bytes are copied one by one where the length is not known, so that a
 * short string costs no call into the host.
 */
#include "library.h"

#include <string.h>

char *stpcpy(char *restrict to, const char *restrict from)
{
	while ((*to = *from)) {
		to++;
		from++;
	}
	return to;
}

/* A stpcpy() whose result is unused is taken for strcpy(), hence for a call of itself. */
FP_NOT_AS("stpcpy", "strcpy") char *strcpy(char *restrict to, const char *restrict from)
{
	stpcpy(to, from);
	return to;
}

char *stpncpy(char *restrict to, const char *restrict from, size_t n)
{
	size_t len = strnlen(from, n);

	memcpy(to, from, len);
	memset(to + len, 0, n - len);
	return to + len;
}

FP_NOT_AS("stpncpy", "strncpy") char *strncpy(char *restrict to, const char *restrict from, size_t n)
{
	stpncpy(to, from, n);
	return to;
}

char *strcat(char *restrict to, const char *restrict from)
{
	stpcpy(to + strlen(to), from);
	return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t n)
{
	char *end = to + strlen(to);
	size_t len = strnlen(from, n);

	memcpy(end, from, len);
	end[len] = '\0';
	return to;
}

size_t strlcpy(char *to, const char *from, size_t room)
{
	size_t len = strlen(from);
	size_t kept = len < room ? len : room - 1;

	if (!room)
		return len;
	memcpy(to, from, kept);
	to[kept] = '\0';
	return len;
}

size_t strlcat(char *to, const char *from, size_t room)
{
	size_t before = strnlen(to, room);

	if (before == room)
		return room + strlen(from);
	return before + strlcpy(to + before, from, room - before);
}
