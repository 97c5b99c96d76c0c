/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls in tail position with locals' addresses.
 *
 * expect: survives
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t last(volatile uint64_t *from, uint64_t n)
{
	return from[n & 7];
}
__attribute__((noinline)) static uint64_t first(uint64_t n)
{
	volatile uint64_t words[8] = {n, n + 1};

	return last(words, n);
}
void attack(struct fp_batch *batch)
{
	for (uint64_t i = 0; i < 1000; i++)
		batch->packet[0].timestamp += first(opaque(i));
}
