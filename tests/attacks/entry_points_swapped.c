/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls its own fini() and process() in each other.
 *
 * expect: survives
 */
#include "attack.h"

static unsigned depth;
void fini(void)
{
	depth++;
}
void process(struct fp_batch *batch)
{
	struct fp_batch *copy = malloc(sizeof(*copy));

	fini();
	if (depth > 3 || !copy)
		return;
	memcpy(copy, batch, sizeof(*copy));
	process(copy);
	free(copy);
}
