/* SPDX-License-Identifier: Apache-2.0
 *
 * A switch that becomes a table of values, with a default that cannot be.
 *
 * expect: contained
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t pick(uint64_t n)
{
	switch (n) {
	case 0: return HOST_PAGE;
	case 1: return 17;
	case 2: return 99;
	case 3: return 4;
	case 4: return 123456;
	case 5: return 5;
	case 6: return 31;
	case 7: return 8;
	default: __builtin_unreachable();
	}
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = pick(opaque(HOST_PAGE / 8)) + pick(opaque(1ul << 30));
}
