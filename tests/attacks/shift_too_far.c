/* SPDX-License-Identifier: Apache-2.0
 *
 * Shifts by more than the width have no result in C.
 *
 * expect: fault guard, memory
 * expect in segment: survives
 */
#include "attack.h"

static volatile char table[64];
void attack(struct fp_batch *batch)
{
	uint64_t one = opaque(1);

	table[(one << opaque(64 + 3)) & 63] = 1;
	table[(uint32_t)(0x80000000u >> opaque(40)) & 63] = 1;
	table[(one << opaque(84)) * opaque(1ul << 40)] = (char)batch->count; /* HERE */
}
