/* SPDX-License-Identifier: Apache-2.0
 *
 * What runs next within a tenant: a stage for which a whole burst waits, the last in the graph first; a stage
 * whose packets have waited too long; else new packets are fetched; and if there are none, or no room for
 * them, whatever waits. So bursts stay full under load, and nothing is held back without load.
 */
#include "share.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "engine/watch.h"
#include "engine/worker.h"

/* To read the clock takes as long as a small NF. */
#define TIMED_EVERY 16u /* batches of a stage */
#define UNTIMED_MOST 4u /* batches one after the other */
#define CHEAP_US 1

struct fp_share *fp_share_create(const struct fp_tenant *tenant, struct fp_worker *worker, struct fp_error *error)
{
	struct fp_share *share = calloc(1, sizeof(*share));
	uint32_t bursts;

	if (!share) {
		fp_fail(error, "no memory for tenant %s", tenant->name);
		return NULL;
	}
	share->tenant = *tenant;
	fp_share_weigh(share, tenant->weight);
	share->worker = worker;
	share->batch = worker->batch;
	share->delay_ticks = worker->delay_ticks;
	share->cheap_ticks = (uint64_t)(worker->ticks_per_ns * 1000 * CHEAP_US);
	bursts = tenant->buffers / share->batch + 2 * FP_SHARE_STAGES;
	if (fp_pool_create(&share->pool, tenant->buffers, error) == 0 &&
	    fp_bursts_create(&share->bursts, bursts, share->batch, error) == 0) {
		share->pool.owner = worker->thread;
		return share;
	}
	fp_share_destroy(share);
	return NULL;
}

void fp_share_destroy(struct fp_share *share)
{
	fp_bursts_destroy(&share->bursts);
	fp_pool_destroy(&share->pool);
	free(share);
}

void fp_share_weigh(struct fp_share *share, uint32_t weight)
{
	share->tenant.weight = weight;
	share->pass_of_tick = (FP_PASS_SCALE + weight / 2) / weight;
}

void fp_share_note(struct fp_share *share, const struct fp_stage *stage)
{
	uint64_t bit = 1ull << stage->place;

	share->ready |= bit;
	if (stage->queue.packets >= share->batch)
		share->full |= bit;
}

static void forget(struct fp_share *share, const struct fp_stage *stage)
{
	uint64_t bit = 1ull << stage->place;

	if (stage->queue.packets < share->batch)
		share->full &= ~bit;
	if (stage->queue.packets == 0)
		share->ready &= ~bit;
}

static void run_stage(struct fp_share *share, struct fp_stage *stage, uint64_t now)
{
	uint64_t wait = now - fp_queue_since(&stage->queue);
	struct fp_burst *burst = fp_queue_take(&stage->queue);

	forget(share, stage);
	if ((int64_t)wait > (int64_t)stage->worst_wait_ticks)
		stage->worst_wait_ticks = wait;
	stage->batches++;
	share->ran = stage;
	if (__builtin_expect(stage->watched, 0))
		fp_watch_run(stage, burst, now);
	else
		stage->kind->run(stage, burst, now);
}

static bool can_run(const struct fp_stage *stage)
{
	return !stage->kind->can_take || stage->kind->can_take(stage, stage->queue.slot[stage->queue.head].burst->count);
}

/* The last in the graph of the stages in `set` that can run; NULL if none. */
static struct fp_stage *find_last(const struct fp_share *share, uint64_t set)
{
	while (set) {
		unsigned place = 63 - (unsigned)__builtin_clzll(set);

		if (can_run(share->stage[place]))
			return share->stage[place];
		set &= ~(1ull << place);
	}
	return NULL;
}

/* The stage whose packets have waited longest, if that is too long. */
static struct fp_stage *find_late(const struct fp_share *share, uint64_t now)
{
	struct fp_stage *found = NULL;
	uint64_t longest = share->delay_ticks;

	for (uint64_t set = share->ready; set; set &= set - 1) {
		struct fp_stage *stage = share->stage[__builtin_ctzll(set)];
		uint64_t wait = now - fp_queue_since(&stage->queue);

		if ((int64_t)wait <= (int64_t)longest || !can_run(stage))
			continue;
		found = stage;
		longest = wait;
	}
	return found;
}

/* Where a whole burst waits for a stage that cannot run, it is no time for more. */
bool fp_share_has_room(struct fp_share *share)
{
	bool is_stuck = share->full && !find_last(share, share->full);

	return fp_share_has_buffers(share, share->batch) && share->bursts.free_count > 1 && !is_stuck;
}

bool fp_share_has_buffers(struct fp_share *share, uint32_t packets)
{
	if (share->pool.free_count < packets + share->reserve)
		fp_pool_collect(&share->pool);
	return share->pool.free_count >= packets + share->reserve;
}

/* An output takes what other workers have sent whatever waits here: else two workers whose packets wait for room on the
 * rings to each other would wait for good. If it needs buffers, they are the reserve. */
static bool can_fetch(struct fp_share *share, const struct fp_stage *source)
{
	return source->kind->is_sink || fp_share_has_room(share);
}

static bool fetch(struct fp_share *share, uint64_t now)
{
	for (unsigned i = 0; i < share->sources; i++) {
		struct fp_stage *source = share->source[share->next_source];

		share->next_source = share->next_source + 1 < share->sources ? share->next_source + 1 : 0;
		if (!can_fetch(share, source) || !source->kind->poll(source, now))
			continue;
		source->batches++;
		share->ran = source;
		return true;
	}
	return false;
}

bool fp_share_step(struct fp_share *share, uint64_t now)
{
	struct fp_stage *stage = share->full ? find_last(share, share->full) : NULL;

	if (!stage && share->ready)
		stage = find_late(share, now);
	if (!stage && fetch(share, now))
		return true;
	if (!stage)
		stage = find_last(share, share->ready);
	if (stage)
		run_stage(share, stage, now);
	return stage != NULL;
}

/* One whose next batch is to be timed is left, so that it is timed alone. */
static bool is_untimed(const struct fp_share *share, const struct fp_stage *stage)
{
	return stage->batches % TIMED_EVERY && stage->usual < share->cheap_ticks && !stage->watched;
}

bool fp_share_run_untimed(struct fp_share *share, uint64_t now)
{
	unsigned steps = 0;

	for (; steps < UNTIMED_MOST && share->full; steps++) {
		struct fp_stage *stage = find_last(share, share->full);

		if (!stage || !is_untimed(share, stage))
			break;
		run_stage(share, stage, now);
		stage->ticks += stage->usual;
	}
	return steps > 0;
}

bool fp_share_run_last(struct fp_share *share)
{
	struct fp_stage *stage = find_last(share, share->ready);

	if (stage)
		run_stage(share, stage, fp_clock_ticks());
	return stage != NULL;
}

bool fp_share_is_pressed(const struct fp_share *share)
{
	return share->pressed && fp_queue_is_long(&share->pressed->queue);
}
