/* SPDX-License-Identifier: Apache-2.0
 *
 * One byte more.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 0x10001)
		*p = (char)batch->count; /* HERE */
}
