/* SPDX-License-Identifier: Apache-2.0 */
#include "ring.h"

#include <stdlib.h>
#include <string.h>

void fp_ring_slot_fill(struct fp_ring_slot *slot, const struct fp_burst *burst, uint32_t i)
{
	const struct fp_packet *packet = &burst->packet[i];

	slot->number = burst->number[i];
	slot->timestamp = packet->timestamp;
	slot->flow = packet->flow;
	slot->len = packet->len;
	memcpy(slot->frame, packet->data, packet->len);
}

struct fp_packet fp_ring_slot_packet(struct fp_ring_slot *slot)
{
	return (struct fp_packet){
		.data = slot->frame, .len = slot->len, .timestamp = slot->timestamp, .flow = slot->flow};
}

void fp_ring_show(struct fp_ring *ring, uint32_t packets, struct fp_burst *burst)
{
	burst->count = packets;
	for (uint32_t i = 0; i < packets; i++) {
		struct fp_ring_slot *slot = fp_ring_filled(ring, i);

		burst->number[i] = slot->number;
		burst->packet[i] = fp_ring_slot_packet(slot);
	}
}

/* A module may have let a frame grow into the headroom. */
void fp_ring_slot_take(struct fp_ring_slot *slot, struct fp_pool *pool, struct fp_burst *burst)
{
	uint32_t buffer = fp_pool_take(pool), spare = FP_PACKET_BUFFER - slot->len;
	uint32_t offset = spare < FP_PACKET_HEADROOM ? spare : FP_PACKET_HEADROOM;
	struct fp_packet packet = fp_ring_slot_packet(slot);

	packet.data = fp_pool_buffer(pool, buffer) + offset;
	packet.room = FP_PACKET_BUFFER - offset;
	memcpy(packet.data, slot->frame, slot->len);
	*fp_burst_append(burst, buffer, slot->number) = packet;
}

struct fp_ring *fp_ring_create(struct fp_error *error)
{
	struct fp_ring *ring = aligned_alloc(64, sizeof(*ring));

	if (!ring) {
		fp_fail(error, "no memory for a ring of frames between two cores");
		return NULL;
	}
	atomic_init(&ring->written, 0);
	atomic_init(&ring->read, 0);
	return ring;
}

void fp_ring_destroy(struct fp_ring *ring)
{
	free(ring);
}
