/* SPDX-License-Identifier: Apache-2.0
 *
 * From a packet, by way of a function, into a variable.
 *
 * expect: fault guard
 * expect in segment: survives
 */
#include "attack.h"

static uint8_t variable[64];

static __attribute__((noinline)) void put(struct fp_packet *packet, uint64_t distance)
{
	uint8_t *end = packet->data + packet->len;

	end[distance - packet->len] = 1; /* HERE */
}

void attack(struct fp_batch *batch)
{
	uint64_t distance = opaque((uint64_t)variable) - opaque((uint64_t)batch->packet[0].data);

	put(batch->packet, distance);
}
