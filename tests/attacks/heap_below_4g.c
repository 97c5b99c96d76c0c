/* SPDX-License-Identifier: Apache-2.0
 *
 * 4 GiB below the block.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *block = malloc(100);

	block[-(int64_t)opaque(1ul << 32)] = (char)batch->count; /* HERE */
}
