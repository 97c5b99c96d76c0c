/* SPDX-License-Identifier: Apache-2.0
 *
 * Cutting strings into tokens in place.
 */
#include "library.h"

#include <string.h>

char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest)
{
	char *start = text ? text : *rest;
	char *end;

	*rest = NULL;
	if (!start)
		return NULL;
	start += strspn(start, separators);
	if (!*start)
		return NULL;
	end = start + strcspn(start, separators);
	if (*end) {
		*end = '\0';
		*rest = end + 1;
	}
	return start;
}

char *strtok(char *restrict text, const char *restrict separators)
{
	static char *rest;

	return strtok_r(text, separators, &rest);
}

char *strsep(char **rest, const char *separators)
{
	char *start = *rest;
	char *end;

	if (!start)
		return NULL;
	end = start + strcspn(start, separators);
	*rest = *end ? end + 1 : NULL;
	*end = '\0';
	return start;
}
