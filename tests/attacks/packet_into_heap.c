/* SPDX-License-Identifier: Apache-2.0
 *
 * From a packet into the NF's own heap: not what it meant, though it is its own memory.
 *
 * expect: fault guard
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint8_t *heap = malloc(64);
	uint8_t *data = batch->packet[0].data;
	uint64_t distance = opaque((uint64_t)heap) - opaque((uint64_t)data);

	data[distance] = 1; /* HERE */
}
