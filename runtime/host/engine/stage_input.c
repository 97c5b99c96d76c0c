/* SPDX-License-Identifier: Apache-2.0
 *
 * Inputs. On its home worker an input receives from its port and steers: frames of flows that another worker serves go
 * onto the ring to that worker, where a stage of the same name takes them from.
 */
#include "stage.h"

#include <stdlib.h>

#include "engine/share.h"
#include "engine/steering.h"
#include "engine/watch.h"
#include "engine/worker.h"
#include "event.h"

static bool is_home(const struct fp_stage *stage)
{
	return stage->worker == stage->home;
}

static int create_input(struct fp_stage *stage, const struct fp_trust *trust, struct fp_error *error)
{
	(void)trust;
	stage->patient = !fp_port_is_live(stage->options);
	if (!is_home(stage)) {
		stage->ring = fp_ring_create(error);
		return stage->ring ? 0 : -1;
	}
	stage->source = (struct fp_source){.pool = &stage->share->pool, .max = stage->share->batch};
	stage->port.pool = &stage->share->pool;
	if (fp_port_configure_input(&stage->port, stage->options, error) < 0 ||
	    stage->port.type->open(&stage->port, error) < 0)
		return fp_stage_fail(stage, error);
	return 0;
}

static void destroy_input(struct fp_stage *stage)
{
	struct fp_error error;

	fp_ring_destroy(stage->ring);
	free(stage->steering);
	if (stage->port.type && stage->port.type->close(&stage->port, &error) < 0)
		fp_event_error(error.text);
}

static void count(struct fp_stage *stage, const struct fp_burst *burst)
{
	stage->node.in += burst->count;
	stage->node.gate[0] += burst->count;
}

static uint32_t pass(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	uint32_t packets = burst->count;

	if (packets == 0) {
		fp_bursts_give(&stage->share->bursts, burst);
		return 0;
	}
	fp_stage_pass(stage, burst, now);
	if (__builtin_expect(stage->watched, 0))
		fp_watch_leave(stage);
	return packets;
}

static uint32_t poll_port(struct fp_stage *stage, uint64_t now)
{
	struct fp_burst *burst;
	struct fp_error error;
	int status;

	if (stage->ended || stage->held || stage->share->closed)
		return 0;
	if (stage->steering && !fp_steering_has_room(stage->steering, stage->share->batch))
		return 0;
	burst = fp_bursts_take(&stage->share->bursts);
	status = stage->port.type->receive(&stage->port, &stage->source, burst, &error);
	if (status < 0)
		fp_event_error(error.text);
	stage->ended = status < 0 || (status == 0 && burst->count == 0);
	count(stage, burst);
	if (__builtin_expect(stage->watched, 0))
		fp_watch_receive(stage, burst, now);
	if (stage->steering)
		fp_steering_sort(stage->steering, stage, burst);
	return pass(stage, burst, now);
}

static uint32_t poll_ring(struct fp_stage *stage, uint64_t now)
{
	uint32_t waiting = fp_ring_waiting(stage->ring);
	uint32_t packets = waiting < stage->share->batch ? waiting : stage->share->batch;
	struct fp_burst *burst;

	if (packets == 0)
		return 0;
	burst = fp_bursts_take(&stage->share->bursts);
	for (uint32_t i = 0; i < packets; i++)
		fp_ring_slot_take(fp_ring_filled(stage->ring, i), &stage->share->pool, burst);
	fp_ring_pop(stage->ring, packets);
	count(stage, burst);
	if (__builtin_expect(stage->watched, 0))
		fp_watch_take_over(stage, burst);
	return pass(stage, burst, now);
}

static uint32_t poll_input(struct fp_stage *stage, uint64_t now)
{
	if (stage->patient && fp_share_is_pressed(stage->share))
		return 0;
	return is_home(stage) ? poll_port(stage, now) : poll_ring(stage, now);
}

const struct fp_stage_kind fp_stage_input = {
	.name = "input",
	.is_source = true,
	.create = create_input,
	.destroy = destroy_input,
	.poll = poll_input,
};
