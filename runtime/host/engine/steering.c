/* SPDX-License-Identifier: Apache-2.0 */
#include "steering.h"

#include <string.h>

#include "engine/share.h"
#include "engine/toeplitz.h"

bool fp_steering_has_room(const struct fp_steering *steering, uint32_t packets)
{
	for (unsigned i = 0; i < FP_WORKERS_MAX; i++)
		if (steering->ring[i] && fp_ring_room(steering->ring[i]) < packets)
			return false;
	return true;
}

static void hand_over(struct fp_ring *ring, const struct fp_burst *burst, uint32_t i)
{
	struct fp_ring_slot *slot = fp_ring_free(ring, 0);

	slot->number = burst->number[i];
	slot->timestamp = burst->packet[i].timestamp;
	slot->flow = burst->packet[i].flow;
	slot->len = burst->packet[i].len;
	memcpy(slot->frame, burst->packet[i].data, slot->len);
	fp_ring_push(ring, 1);
}

void fp_steering_sort(struct fp_steering *steering, struct fp_stage *stage, struct fp_burst *burst)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < burst->count; i++) {
		uint32_t hash = fp_toeplitz_frame(burst->packet[i].data, burst->packet[i].len);
		uint32_t group = hash % FP_STEERING_GROUPS;
		struct fp_ring *ring = steering->ring[steering->worker[group]];

		steering->packets[group]++;
		if (ring) {
			hand_over(ring, burst, i);
			fp_pool_give(&stage->share->pool, burst->buffer[i]);
			continue;
		}
		if (kept != i)
			fp_burst_move(burst, i, kept);
		kept++;
	}
	burst->count = kept;
}

void fp_steering_take(const struct fp_ring_slot *slot, struct fp_pool *pool, struct fp_burst *burst)
{
	uint32_t at = burst->count++, buffer = fp_pool_take(pool);
	struct fp_packet *packet = &burst->packet[at];

	burst->buffer[at] = buffer;
	burst->lowest = at == 0 || buffer < burst->lowest ? buffer : burst->lowest;
	burst->highest = at == 0 || buffer > burst->highest ? buffer : burst->highest;
	burst->number[at] = slot->number;
	*packet = (struct fp_packet){
		.data = fp_pool_buffer(pool, buffer) + FP_PACKET_HEADROOM,
		.len = slot->len,
		.timestamp = slot->timestamp,
		.flow = slot->flow,
		.room = FP_FRAME_MAX,
	};
	memcpy(packet->data, slot->frame, slot->len);
}
