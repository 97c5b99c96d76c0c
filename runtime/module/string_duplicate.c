/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies of strings on the heap.
 */
#include "library.h"

#include <stdlib.h>
#include <string.h>

char *strndup(const char *text, size_t limit)
{
	size_t len = strnlen(text, limit);
	char *copy = malloc(len + 1);

	if (!copy)
		return NULL;
	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *strdup(const char *text)
{
	size_t bytes = strlen(text) + 1;
	char *copy = malloc(bytes);

	return copy ? memcpy(copy, text, bytes) : NULL;
}
