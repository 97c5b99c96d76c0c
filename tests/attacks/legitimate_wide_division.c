/* SPDX-License-Identifier: Apache-2.0
 *
 * Division of wide integers and remainders of fractions, for which the compiler calls the library.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	unsigned __int128 wide = ((unsigned __int128)opaque(77) << 64) | batch->count;

	batch->packet[0].timestamp = (uint64_t)(wide / (opaque(3) + batch->count));
	batch->packet[1].timestamp = (uint64_t)__builtin_fmod((double)opaque(1000), (double)opaque(7));
}
