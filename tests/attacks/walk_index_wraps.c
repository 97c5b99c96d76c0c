/* SPDX-License-Identifier: Apache-2.0
 *
 * A 32-bit index that wraps while the compiler is told that it does not.
 *
 * expect: fault guard, memory: write
 * expect in segment: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = (char *)malloc(64);

	for (int i = 0x7ffffff0; i != 0x7fffffee; i += 1 + (int)opaque(0))
		p[(int64_t)i * 64] = (char)batch->count; /* HERE */
}
