/* SPDX-License-Identifier: Apache-2.0
 *
 * Guesses the host's memory by comparison.
 *
 * expect: fault api, guard
 */
#include "attack.h"

static uint64_t guess[64];
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 64; i++)
		guess[i] = HOST_SECRET;
	if (memcmp(guess, wild(HOST_PAGE), opaque(512)) == 0) /* HERE */
		tell(HOST_SECRET);
	batch->packet[0].gate = 0;
}
