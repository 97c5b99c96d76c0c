/* SPDX-License-Identifier: Apache-2.0
 *
 * An index far past a heap block.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *block = malloc(100);

	block[opaque(1ul << 40)] = (char)batch->count; /* HERE */
}
