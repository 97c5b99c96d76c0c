/* SPDX-License-Identifier: Apache-2.0
 *
 * A switch whose other cases cannot be: a jump table without a check.
 *
 * expect: fault unreachable
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t pick(uint64_t n, uint64_t x)
{
	switch (n) {
	case 0: return x * 3;
	case 1: return x ^ 0x55;
	case 2: return x / 7;
	case 3: return x << 5;
	case 4: return ~x;
	case 5: return x + 12345;
	case 6: return x * x;
	case 7: return x % 1001;
	case 8: return fp_now();
	default: __builtin_unreachable();
	}
}
void attack(struct fp_batch *batch)
{
	uint64_t sum = 0;

	for (uint64_t i = 0; i < 1000; i++)
		sum += pick(opaque(i * 0x100000001), sum + batch->count);
	batch->packet[0].timestamp = sum;
}
