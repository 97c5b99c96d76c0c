/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes past a structure passed by value.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

struct some { char bytes[400]; };
__attribute__((noinline)) static int take(struct some value, uint64_t index)
{
	value.bytes[index] = 1; /* HERE */
	return value.bytes[3];
}
void attack(struct fp_batch *batch)
{
	struct some local = {"x"};

	batch->packet[0].gate = (uint16_t)take(local, opaque(HOST_PAGE));
}
