/* SPDX-License-Identifier: Apache-2.0
 *
 * For size.
 *
 * expect: fault guard, memory: write
 * flags: -Oz
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 20; i++, p += 0x11000)
		*p = (char)batch->count; /* HERE */
}
