/* SPDX-License-Identifier: Apache-2.0
 *
 * Searches from the arena on into what lies above it.
 *
 * expect: fault api, memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *heap = malloc(64);

	memset(heap, 1, 64);
	batch->packet[0].data = memchr(wild(arena_of(heap) + FP_ARENA_REACH - 100), 77, opaque(~0ul)); /* HERE */
}
