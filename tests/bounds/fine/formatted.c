/* SPDX-License-Identifier: Apache-2.0
 *
 * Text is formatted and read, with pointers among variable arguments.
 */
#include "program.h"

#include <stdio.h>

static void run(struct fp_batch *batch)
{
	char line[40], word[8];
	unsigned number;

	snprintf(line, sizeof(line), "%s %u %.*s %p", "word", batch->count, 2, "abc", (void *)line);
	if (sscanf(line, "%7s %u", word, &number) != 2 || number != batch->count || strcmp(word, "word") != 0)
		abort();
	fp_logf(FP_INFO, "%s", line);
}
