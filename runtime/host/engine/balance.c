/* SPDX-License-Identifier: Apache-2.0
 *
 * The coarse scheduler: now and then, if one worker has much more to do than another, some flow groups of an input change
 * over; if none has, groups change places so that those of one path are on one worker. Few at a time, so that a wrong
 * guess costs little; a group that alone would tip the balance stays.
 */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "engine/steering.h"
#include "engine/steering_counts.h"
#include "engine/tend.h"

#define WORTHWHILE 0.1 /* parts of a worker's time that loads must differ by */

/* What one worker did since it was last looked at. */
struct load {
	double busy[FP_WORKERS_MAX]; /* 0 to 1 */
};

/* Time in which the machine gave the core to others is neither busy nor idle. */
static void measure(struct fp_worker *worker, void *more)
{
	struct load *load = more;
	uint64_t now = (uint64_t)((double)fp_clock_processor_ns() * worker->ticks_per_ns) + worker->rested_ticks;

	load->busy[worker->index] = (double)(worker->busy_ticks - worker->balanced_busy) / (double)(now - worker->balanced_at + 1);
	worker->balanced_busy = worker->busy_ticks;
	worker->balanced_at = now;
}

static void gather_paths(struct fp_worker *worker, void *more)
{
	struct fp_paths *paths = more;

	fp_paths_learn(paths, worker->paths);
	memset(worker->paths, 0, sizeof(*worker->paths));
}

static void count_groups(struct fp_worker *worker, void *more)
{
	struct fp_steering_counts *counts = more;
	struct fp_steering *steering = counts->input->steering;

	(void)worker;
	for (int path = 0; path < FP_PATHS; path++)
		for (int i = 0; i < FP_STEERING_GROUPS; i++)
			counts->packets[path][i] = steering->packets[path][i] - steering->balanced[path][i];
	memcpy(steering->balanced, steering->packets, sizeof(steering->balanced));
	counts->table = steering->table;
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

/* Moves groups with no more than `part` of the packets of worker `from`. */
static bool even_out(struct fp_steering_counts *counts, unsigned from, unsigned to, double part)
{
	return fp_steering_even_out(counts, from, to, (uint64_t)((double)fp_steering_packets(counts, from) * part));
}

/* How the table of an input should change; false if it should not. */
static bool improve(struct fp_steering_counts *counts, enum fp_steer steer, const struct load *load)
{
	unsigned from = find_extreme(load, counts->input->workers, true);
	unsigned to = find_extreme(load, counts->input->workers, false);
	double difference = load->busy[from] - load->busy[to];

	if (difference >= WORTHWHILE && even_out(counts, from, to, difference / 2 / load->busy[from]))
		return true;
	return steer == FP_STEER_PATH && from != to && fp_steering_sort_paths(counts, from, to);
}

static void balance_input(struct fp_engine *engine, struct fp_stage *input, const struct load *load)
{
	int node = fp_plan_find_node(&engine->plan, engine->plan.nodes, input->name);
	enum fp_steer steer = engine->plan.node[node].steer;
	struct fp_steering_counts counts = {.input = input};
	bool learned;

	if (steer == FP_STEER_FIXED)
		return;
	fp_worker_order(&engine->worker[input->home], count_groups, &counts);
	learned = steer == FP_STEER_PATH && fp_paths_learn(&counts.table.paths, engine->paths);
	if (improve(&counts, steer, load) || learned)
		fp_steer(engine, input, &counts.table);
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
	for (unsigned i = 0; engine->plan.steers_by_path && i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], gather_paths, engine->paths);
	for (unsigned i = 0; i < engine->stages; i++)
		if (engine->stage[i]->steering)
			balance_input(engine, engine->stage[i], &load);
}
