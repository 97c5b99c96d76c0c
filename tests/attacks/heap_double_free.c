/* SPDX-License-Identifier: Apache-2.0
 *
 * Frees a block twice, and others' blocks, and what is no block.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *a = malloc(100), *b = malloc(100);

	free(a);
	free(a); /* HERE */
	free(b + 8);
	free((void *)batch);
	free(wild(HOST_PAGE));
}
