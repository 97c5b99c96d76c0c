/* SPDX-License-Identifier: Apache-2.0
 *
 * What is in locals nobody set: in rw nothing of the host's.
 *
 * expect: survives
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t look(unsigned n)
{
	volatile uint64_t words[32];
	uint64_t found = 0;

	words[n & 31] = 1;
	for (unsigned i = 0; i < 32; i++)
		found |= words[i];
	return found;
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = look((unsigned)opaque(5));
}
