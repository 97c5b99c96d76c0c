/* SPDX-License-Identifier: Apache-2.0
 *
 * Two GiB past the block, the reach of a 32-bit index.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *block = malloc(100);

	block[opaque(0x7fffffff)] = (char)batch->count;
	block[-(int64_t)opaque(0x80000000)] = (char)batch->count;
}
