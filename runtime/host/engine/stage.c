/* SPDX-License-Identifier: Apache-2.0
 *
 * From gate to gate. Packets of another tenant are copied into its own buffers: no module ever sees a buffer
 * that is not its tenant's.
 */
#include "stage.h"

#include <stdlib.h>
#include <string.h>

#include "engine/share.h"
#include "engine/watch.h"
#include "engine/worker.h"

#define NOT_DROPPED FP_DROPS

const struct fp_stage_kind *const fp_stage_kinds[] = {
	&fp_stage_input, &fp_stage_output, &fp_stage_module, &fp_stage_drop_kind, &fp_stage_counter,
	&fp_stage_classifier, &fp_stage_mirror, &fp_stage_filter, NULL,
};

const struct fp_stage_kind *fp_stage_kind_find(const char *name)
{
	for (size_t i = 0; fp_stage_kinds[i]; i++)
		if (strcmp(fp_stage_kinds[i]->name, name) == 0)
			return fp_stage_kinds[i];
	return NULL;
}

int fp_stage_fail(const struct fp_stage *stage, struct fp_error *error)
{
	struct fp_error reason = *error;

	return fp_fail(error, "node %s: %s", stage->name, reason.text);
}

void fp_stage_free(struct fp_stage *stage)
{
	stage->kind->destroy(stage);
	json_decref(stage->options);
	free(stage);
}

void fp_stage_release(struct fp_stage *stage, struct fp_burst *burst)
{
	for (uint32_t i = 0; i < burst->count; i++)
		fp_pool_give(&stage->share->pool, burst->buffer[i]);
	fp_bursts_give(&stage->share->bursts, burst);
}

void fp_stage_drop(struct fp_stage *stage, struct fp_burst *burst, enum fp_drop reason)
{
	stage->node.drop[reason] += burst->count;
	fp_stage_release(stage, burst);
}

static enum fp_drop drop_one(struct fp_stage *stage, const struct fp_burst *burst, uint32_t i, enum fp_drop reason)
{
	stage->node.drop[reason]++;
	fp_pool_give(&stage->share->pool, burst->buffer[i]);
	return reason;
}

/* Copies packet `i` into a buffer of the tenant of `to`, at the same place in it; false if none is free. */
static bool copy_across(struct fp_stage *from, struct fp_stage *to, const struct fp_burst *burst, uint32_t i, uint64_t now)
{
	struct fp_share *share = to->share;
	const uint8_t *old = fp_pool_buffer(&from->share->pool, burst->buffer[i]);
	struct fp_burst one = {.count = 1};

	if (!fp_share_has_buffers(share, 1))
		return false;
	one.buffer[0] = fp_pool_take(&share->pool);
	one.number[0] = burst->number[i];
	one.packet[0] = burst->packet[i];
	one.packet[0].data = fp_pool_buffer(&share->pool, one.buffer[0]) + (burst->packet[i].data - old);
	memcpy(one.packet[0].data, burst->packet[i].data, burst->packet[i].len);
	fp_queue_put_one(&to->queue, &share->bursts, &one, 0, now);
	fp_pool_give(&from->share->pool, burst->buffer[i]);
	if (fp_queue_is_long(&to->queue))
		from->share->pressed = to;
	return true;
}

/* Where flows part, it is noted which went where. */
static inline void note_path(const struct fp_stage *to, const struct fp_burst *burst, uint32_t i)
{
	if (to->path)
		fp_paths_note(to->share->worker->paths, burst->packet[i].flow, to->path);
}

/* Why the packet was dropped; NOT_DROPPED if it waits for the next stage now. */
static enum fp_drop pass_one(struct fp_stage *stage, struct fp_burst *burst, uint32_t i, uint64_t now)
{
	struct fp_stage *to = stage->gate[burst->packet[i].gate];

	if (!to)
		return drop_one(stage, burst, i, FP_DROPPED_NO_EDGE);
	if (!fp_queue_has_room(&to->queue, 1))
		return drop_one(stage, burst, i, FP_DROPPED_QUEUE);
	note_path(to, burst, i);
	if (to->share == stage->share)
		fp_queue_put_one(&to->queue, &to->share->bursts, burst, i, now);
	else if (!copy_across(stage, to, burst, i, now))
		return drop_one(stage, burst, i, FP_DROPPED_NO_BUFFER);
	fp_share_note(to->share, to);
	fp_worker_wake(to->share, now);
	return NOT_DROPPED;
}

/* What becomes of each packet is told to the trace. */
static void pass_traced(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	for (uint32_t i = 0; i < burst->count; i++) {
		enum fp_drop dropped = pass_one(stage, burst, i, now);

		fp_trace_note(stage, burst, i, dropped);
	}
	fp_bursts_give(&stage->share->bursts, burst);
}

/* All packets leave by one gate, to a stage of the same tenant. */
static void pass_whole(struct fp_stage *stage, struct fp_stage *to, struct fp_burst *burst, uint64_t now)
{
	struct fp_share *share = stage->share;

	note_path(to, burst, 0);
	fp_burst_clear_gates(burst);
	fp_queue_put(&to->queue, &share->bursts, burst, now);
	fp_share_note(share, to);
}

static bool has_one_gate(const struct fp_burst *burst)
{
	uint32_t differ = 0;

	if (!burst->gates_set)
		return true;
	for (uint32_t i = 1; i < burst->count; i++)
		differ |= burst->packet[i].gate ^ burst->packet[0].gate;
	return differ == 0;
}

void fp_stage_pass(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	struct fp_stage *to = burst->count ? stage->gate[burst->packet[0].gate] : NULL;

	if (__builtin_expect(stage->watched, 0) && fp_watch_pass(stage, burst)) {
		pass_traced(stage, burst, now);
		return;
	}
	if (to && to->share == stage->share && has_one_gate(burst) && fp_queue_has_room(&to->queue, burst->count)) {
		pass_whole(stage, to, burst, now);
		return;
	}
	for (uint32_t i = 0; i < burst->count; i++)
		pass_one(stage, burst, i, now);
	fp_bursts_give(&stage->share->bursts, burst);
}
