/* SPDX-License-Identifier: Apache-2.0
 *
 * The coarse scheduler: now and then, if one worker has much more to do than another, some flow groups of an input change
 * over. Few at a time, so that a wrong guess costs little; a group that alone would tip the balance stays.
 */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "engine/steering.h"
#include "engine/tend.h"

#define GROUPS_AT_ONCE 8
#define WORTHWHILE 0.1 /* parts of a worker's time that loads must differ by */

/* What one worker did since it was last looked at. */
struct load {
	double busy[FP_WORKERS_MAX]; /* 0 to 1 */
};

static void measure(struct fp_worker *worker, void *more)
{
	struct load *load = more;
	uint64_t now = fp_clock_ticks();

	load->busy[worker->index] = (double)(worker->busy_ticks - worker->balanced_busy) / (double)(now - worker->balanced_at + 1);
	worker->balanced_busy = worker->busy_ticks;
	worker->balanced_at = now;
}

struct counts {
	const struct fp_stage *input;
	uint64_t packets[FP_STEERING_GROUPS]; /* since it was last looked at */
	uint8_t worker[FP_STEERING_GROUPS];
};

static void count_groups(struct fp_worker *worker, void *more)
{
	struct counts *counts = more;
	struct fp_steering *steering = counts->input->steering;

	(void)worker;
	for (int i = 0; i < FP_STEERING_GROUPS; i++)
		counts->packets[i] = steering->packets[i] - steering->balanced[i];
	memcpy(counts->worker, steering->worker, sizeof(counts->worker));
	memcpy(steering->balanced, steering->packets, sizeof(steering->balanced));
}

/* The busiest or the idlest of the workers that serve the input. */
static unsigned find_extreme(const struct load *load, uint32_t workers, bool busiest)
{
	unsigned found = (unsigned)__builtin_ctz(workers);

	for (unsigned i = 0; i < FP_WORKERS_MAX; i++)
		if (workers & 1u << i && (load->busy[i] > load->busy[found]) == busiest && load->busy[i] != load->busy[found])
			found = i;
	return found;
}

/* The group of worker `from` with most packets, but no more than `most`; -1 if there is none. */
static int find_group(const struct counts *counts, unsigned from, uint64_t most)
{
	int found = -1;

	for (int i = 0; i < FP_STEERING_GROUPS; i++)
		if (counts->worker[i] == from && counts->packets[i] > 0 && counts->packets[i] <= most &&
		    (found < 0 || counts->packets[i] > counts->packets[found]))
			found = i;
	return found;
}

static uint64_t packets_of(const struct counts *counts, unsigned worker)
{
	uint64_t sum = 0;

	for (int i = 0; i < FP_STEERING_GROUPS; i++)
		sum += counts->worker[i] == worker ? counts->packets[i] : 0;
	return sum;
}

static void balance_input(struct fp_engine *engine, struct fp_stage *input, const struct load *load)
{
	unsigned from = find_extreme(load, input->workers, true), to = find_extreme(load, input->workers, false);
	double difference = load->busy[from] - load->busy[to];
	struct counts counts = {.input = input};
	uint64_t most;
	int moved = 0;

	fp_worker_order(&engine->worker[input->home], count_groups, &counts);
	if (difference < WORTHWHILE)
		return;
	most = (uint64_t)((double)packets_of(&counts, from) * difference / 2 / load->busy[from]);
	for (int group; moved < GROUPS_AT_ONCE && (group = find_group(&counts, from, most)) >= 0; moved++) {
		counts.worker[group] = (uint8_t)to;
		most -= counts.packets[group];
	}
	if (moved)
		fp_move_groups(engine, input, counts.worker);
}

void fp_tend_balance(struct fp_engine *engine)
{
	uint64_t now = fp_clock_ns();
	struct load load = {0};

	if (engine->workers == 1 || now - engine->balanced_ns < FP_BALANCE_NS)
		return;
	engine->balanced_ns = now;
	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], measure, &load);
	for (unsigned i = 0; i < engine->stages; i++)
		if (engine->stage[i]->steering)
			balance_input(engine, engine->stage[i], &load);
}
