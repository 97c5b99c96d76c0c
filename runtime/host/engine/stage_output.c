/* SPDX-License-Identifier: Apache-2.0
 *
 * Outputs. Only the home worker uses the port: the others hand it frames on rings, which a source stage beside the
 * output takes them from.
 */
#include "stage.h"

#include "engine/share.h"
#include "engine/watch.h"
#include "event.h"

static bool is_home(const struct fp_stage *stage)
{
	return stage->worker == stage->home;
}

static int create_output(struct fp_stage *stage, const struct fp_trust *trust, struct fp_error *error)
{
	(void)trust;
	if (!is_home(stage)) {
		stage->ring = fp_ring_create(error);
		return stage->ring ? 0 : -1;
	}
	stage->port.pool = &stage->share->pool;
	if (fp_port_configure_output(&stage->port, stage->options, error) < 0 ||
	    stage->port.type->open(&stage->port, error) < 0)
		return fp_stage_fail(stage, error);
	return 0;
}

static void destroy_output(struct fp_stage *stage)
{
	struct fp_error error;

	fp_ring_destroy(stage->ring);
	if (stage->port.type && stage->port.type->close(&stage->port, &error) < 0)
		fp_event_error(error.text);
}

static void send_to_home(struct fp_stage *stage, const struct fp_burst *burst)
{
	for (uint32_t i = 0; i < burst->count; i++)
		fp_ring_slot_fill(fp_ring_free(stage->ring, i), burst, i);
	if (__builtin_expect(stage->watched, 0))
		fp_watch_hand_over(stage, stage->home);
	fp_ring_push(stage->ring, burst->count);
}

/* Counts what was sent, or says once that the port has failed. What the port keeps is in the burst no more. */
static void send_and_count(struct fp_stage *stage, struct fp_burst *burst)
{
	struct fp_error error;
	int lost = stage->port.type->send(&stage->port, burst, &error);

	if (lost >= 0) {
		stage->node.gate[0] += burst->count - (uint32_t)lost;
		stage->sent += burst->count - (uint32_t)lost;
		burst->count = stage->port.keeps_buffers ? 0 : burst->count;
		return;
	}
	stage->node.drop[FP_DROPPED_SEND] += burst->count;
	if (!stage->ended)
		fp_event_error(error.text);
	stage->ended = true;
}

static void run_output(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	(void)now;
	stage->node.in += burst->count;
	if (is_home(stage)) {
		send_and_count(stage, burst);
	} else {
		send_to_home(stage, burst);
		stage->node.gate[0] += burst->count;
	}
	fp_stage_release(stage, burst);
}

static bool can_take(const struct fp_stage *stage, uint32_t packets)
{
	return is_home(stage) || fp_ring_room(stage->ring) >= packets;
}

/* Frames of a ring, in buffers that the port may keep. */
static void take_slots(struct fp_stage *stage, struct fp_ring *ring, uint32_t packets, struct fp_burst *burst)
{
	burst->count = 0;
	for (uint32_t i = 0; i < packets; i++)
		fp_ring_slot_take(fp_ring_filled(ring, i), &stage->share->pool, burst);
}

static void give_back(struct fp_stage *stage, struct fp_burst *burst)
{
	while (burst->count > 0)
		fp_pool_give(&stage->share->pool, burst->buffer[--burst->count]);
}

/* How many packets of a ring can be sent now. */
static uint32_t count_waiting(const struct fp_stage *stage, const struct fp_ring *ring)
{
	uint32_t waiting = fp_ring_waiting(ring), most = stage->share->batch;

	if (stage->port.keeps_buffers && stage->share->pool.free_count < most)
		most = stage->share->pool.free_count;
	return waiting < most ? waiting : most;
}

static uint32_t send_from_ring(struct fp_stage *stage, struct fp_ring *ring)
{
	uint32_t packets = count_waiting(stage, ring);
	struct fp_burst burst;

	if (packets == 0)
		return 0;
	if (stage->port.keeps_buffers)
		take_slots(stage, ring, packets, &burst);
	else
		fp_ring_show(ring, packets, &burst);
	if (__builtin_expect(stage->watched, 0))
		fp_watch_take_over(stage, &burst);
	stage->node.in += packets;
	send_and_count(stage, &burst);
	if (__builtin_expect(stage->watched, 0))
		fp_watch_leave(stage);
	if (stage->port.keeps_buffers)
		give_back(stage, &burst);
	fp_ring_pop(ring, packets);
	return packets;
}

static uint32_t poll_rings(struct fp_stage *stage, uint64_t now)
{
	uint32_t packets = 0;

	(void)now;
	for (unsigned i = 0; i < stage->rings; i++)
		packets += send_from_ring(stage, stage->from[i]);
	return packets;
}

const struct fp_stage_kind fp_stage_output = {
	.name = "output",
	.is_sink = true,
	.create = create_output,
	.destroy = destroy_output,
	.run = run_output,
	.poll = poll_rings,
	.can_take = can_take,
};
