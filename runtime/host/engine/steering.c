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

void fp_steering_sort(struct fp_steering *steering, struct fp_stage *stage, struct fp_burst *burst)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < burst->count; i++) {
		uint32_t hash = fp_toeplitz_frame(burst->packet[i].data, burst->packet[i].len);
		uint32_t group = hash % FP_STEERING_GROUPS;
		uint8_t path = fp_paths_find(&steering->table.paths, burst->packet[i].flow);
		struct fp_ring *ring = steering->ring[steering->table.worker[path][group]];

		steering->packets[path][group]++;
		if (ring) {
			fp_ring_slot_fill(fp_ring_free(ring, 0), burst, i);
			fp_ring_push(ring, 1);
			fp_pool_give(&stage->share->pool, burst->buffer[i]);
			continue;
		}
		if (kept != i)
			fp_burst_move(burst, i, kept);
		kept++;
	}
	burst->count = kept;
}
