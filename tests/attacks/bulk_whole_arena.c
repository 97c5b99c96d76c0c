/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole arena, unmapped parts and all.
 *
 * expect: fault memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t base = arena_of(&opaque_zero);

	memset((void *)(base + FP_HEAP_OFFSET + 0xff00000), (int)batch->count, opaque(0x40000000)); /* HERE */
}
