/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers that qsort() moves, and a comparison that follows them.
 */
#include "program.h"

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void run(struct fp_batch *batch)
{
	static char *names[40];

	(void)batch;
	for (unsigned i = 0; i < 40; i++) {
		free(names[i]);
		names[i] = malloc(4);
		if (!names[i])
			abort();
		memcpy(names[i], (char[]){'a' + i * 7 % 26, 'a' + i * 5 % 26, 'x', 0}, 4);
	}
	qsort(names, 40, sizeof(names[0]), by_text);
	for (unsigned i = 1; i < 40; i++)
		if (strcmp(names[i - 1], names[i]) > 0)
			abort();
}
