/* SPDX-License-Identifier: Apache-2.0
 *
 * Faults with locals on the module's stack leave nothing behind for the next call.
 *
 * expect: survives
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t use(uint64_t n)
{
	volatile uint64_t words[1000];

	for (unsigned i = 0; i < 1000; i++)
		words[i] = n;
	return words[opaque(7)];
}
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 1000; i++)
		batch->packet[0].timestamp += use(i);
}
