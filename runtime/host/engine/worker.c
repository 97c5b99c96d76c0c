/* SPDX-License-Identifier: Apache-2.0
 *
 * Weighted fair queueing of tenants in processor time (Demers, Keshav and Shenker, "Analysis and simulation of
 * a fair queueing algorithm", 1989, with what a step took instead of a packet's length): the active tenant
 * runs next that has had least, by its weight; it goes on until it has had a slice more than another. One that
 * becomes active starts where the others are: time it did not want is no credit.
 */
#include "worker.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "context.h"
#include "event.h"
#include "watchdog.h"

#define TICK_NS 100000000u
#define STEPS_BETWEEN_CLOCKS 256u
#define SPINS 20000u	/* rounds without work before a worker sleeps */
#define NAP_NS 50000
#define TIMED_STEPS 4096u /* of a share whose batches took longer than they used to, for each slice they took */

static void lift(struct fp_share *share)
{
	if ((int64_t)(share->worker->pass - share->pass) > 0)
		share->pass = share->worker->pass;
}

void fp_worker_activate(struct fp_share *share, uint64_t now)
{
	share->active = true;
	share->since = now;
	lift(share);
}

/* Whether the share that ran last may go on although another has had less: what a change of tenants costs, the caches
 * above all, is spread over more packets then. */
static bool has_slice_left(const struct fp_worker *worker, const struct fp_share *best)
{
	const struct fp_share *share = worker->current;

	return share && share->active && (share->pass - best->pass) * share->tenant.weight < worker->slice_ticks * FP_PASS_SCALE;
}

/* The active share that has had least, or the last; NULL if none is active. */
static struct fp_share *choose(const struct fp_worker *worker)
{
	struct fp_share *best = NULL;

	for (unsigned i = 0; i < worker->shares; i++) {
		struct fp_share *share = worker->share[i];

		if (share->active && (!best || (int64_t)(share->pass - best->pass) < 0))
			best = share;
	}
	return best && has_slice_left(worker, best) ? worker->current : best;
}

/* How much of a long step the thread did not run: the machine may have had other work for the core. */
static uint64_t find_stolen(struct fp_worker *worker, uint64_t ticks)
{
	uint64_t processor = fp_clock_processor_ns(), now = fp_clock_ticks();
	double ran = (double)(processor - worker->checked_processor) * worker->ticks_per_ns;
	double stolen = (double)(now - worker->checked_at) - ran;

	worker->checked_processor = processor;
	worker->checked_at = now;
	if (stolen <= 0)
		return 0;
	return stolen < (double)ticks ? (uint64_t)stolen : ticks;
}

/* Returns the time; *charged is how long it took since `from`. Time that others had is charged to nobody. */
static uint64_t charge(struct fp_share *share, uint64_t from, uint64_t *charged)
{
	uint64_t now = fp_clock_ticks(), ticks = now - from;

	if (ticks > share->worker->long_ticks)
		ticks -= find_stolen(share->worker, ticks);
	*charged = ticks;
	share->ticks += ticks;
	share->pass += ticks * share->pass_of_tick;
	share->worker->pass = share->pass;
	share->worker->current = share;
	share->worker->busy_ticks += ticks;
	share->since = now;
	share->steps++;
	return now;
}

static uint64_t charge_step(struct fp_share *share, uint64_t from)
{
	uint64_t ticks, now = charge(share, from, &ticks);

	share->ran->ticks += ticks;
	share->ran->usual = ticks;
	return now;
}

/* Others have waited all the while: who takes longer than was to be expected is looked at step by step for some time. */
static uint64_t charge_untimed(struct fp_share *share, uint64_t from)
{
	uint64_t ticks, now = charge(share, from, &ticks);

	if (ticks > share->worker->slice_ticks)
		share->timed_until = share->steps + TIMED_STEPS * (ticks / share->worker->slice_ticks);
	return now;
}

/* One step of the share whose turn it is. Returns the time; *worked is whether anything was done. */
static uint64_t run_active(struct fp_worker *worker, uint64_t now, bool *worked)
{
	struct fp_share *share = choose(worker);

	if (!share)
		return now;
	if (now - share->since > share->worst_wait_ticks && share->steps > 0)
		share->worst_wait_ticks = now - share->since;
	if (share->steps >= share->timed_until && fp_share_run_untimed(share, now)) {
		*worked = true;
		return charge_untimed(share, now);
	}
	if (fp_share_step(share, now)) {
		*worked = true;
		return charge_step(share, now);
	}
	share->active = false;
	return fp_clock_ticks();
}

/* Asks one share that had nothing to do whether that has changed. */
static uint64_t ask_idle(struct fp_worker *worker, uint64_t now, bool *worked)
{
	struct fp_share *share;

	worker->next_idle = worker->next_idle + 1 < worker->shares ? worker->next_idle + 1 : 0;
	share = worker->share[worker->next_idle];
	if (share->active || !fp_share_step(share, now))
		return now;
	*worked = true;
	fp_worker_activate(share, now);
	return charge_step(share, now);
}

static bool run_some(struct fp_worker *worker)
{
	uint64_t now = fp_clock_ticks();
	bool worked = false;

	if (worker->shares == 0)
		return false;
	for (unsigned i = 0; i < STEPS_BETWEEN_CLOCKS; i++) {
		now = run_active(worker, now, &worked);
		now = ask_idle(worker, now, &worked);
		if (atomic_load_explicit(&worker->order, memory_order_relaxed))
			break;
	}
	return worked;
}

/* Asks a port whether it is still in order. */
static void look_at_port(struct fp_stage *stage)
{
	struct fp_error error;

	if (stage->ended || !stage->port.type || !stage->port.type->look || stage->port.type->look(&stage->port, &error) >= 0)
		return;
	fp_event_error(error.text);
	stage->ended = true;
}

/* One that is idle for long is lifted before passes have wrapped, which takes an hour. */
static void tick(struct fp_share *share)
{
	if (!share->active)
		lift(share);
	for (unsigned i = 0; i < share->stages; i++) {
		look_at_port(share->stage[i]);
		if (share->stage[i]->kind == &fp_stage_module)
			fp_node_tick(&share->stage[i]->node);
	}
}

static void obey(struct fp_worker *worker)
{
	struct fp_order *order = atomic_load_explicit(&worker->order, memory_order_acquire);

	if (!order)
		return;
	order->run(worker, order->more);
	atomic_store_explicit(&worker->order, NULL, memory_order_relaxed);
	atomic_store_explicit(&order->done, true, memory_order_release);
}

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = NAP_NS}, NULL);
}

static void rest(struct fp_worker *worker)
{
	uint64_t start = fp_clock_ticks();

	nap();
	worker->rested_ticks += fp_clock_ticks() - start;
}

static void work(struct fp_worker *worker)
{
	uint64_t next = fp_clock_ns() + TICK_NS;
	uint32_t idle = 0;

	worker->started_ticks = worker->checked_at = fp_clock_ticks();
	worker->checked_processor = fp_clock_processor_ns();
	while (!worker->stop) {
		obey(worker);
		idle = run_some(worker) ? 0 : idle + STEPS_BETWEEN_CLOCKS;
		if (idle > SPINS)
			rest(worker);
		if (fp_clock_ns() < next)
			continue;
		find_stolen(worker, 0);
		for (unsigned i = 0; i < worker->shares; i++)
			tick(worker->share[i]);
		next = fp_clock_ns() + TICK_NS;
	}
}

static void *run(void *more)
{
	struct fp_worker *worker = more;
	struct fp_error error;

	fp_pool_enter_thread();
	if (fp_context_create(&error) < 0 || fp_watchdog_watch(&error) < 0) {
		fp_event_error(error.text);
		abort(); /* nobody else will carry out this worker's orders */
	}
	work(worker);
	fp_watchdog_forget();
	fp_context_destroy();
	return NULL;
}

static int pin(struct fp_worker *worker, struct fp_error *unpinned)
{
	cpu_set_t set;
	int failed;

	if (worker->cpu < 0)
		return 0;
	CPU_ZERO(&set);
	CPU_SET((unsigned)worker->cpu, &set);
	failed = pthread_setaffinity_np(worker->thread, sizeof(set), &set);
	if (failed)
		return fp_fail(unpinned, "worker %u runs on any core: it cannot be pinned to core %d: %s", worker->index,
			       worker->cpu, strerror(failed));
	return 0;
}

/* Signals for the process are the control thread's. */
static int start_thread(struct fp_worker *worker)
{
	sigset_t process, before;
	int failed;

	sigemptyset(&process);
	sigaddset(&process, SIGINT);
	sigaddset(&process, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &process, &before);
	failed = pthread_create(&worker->thread, NULL, run, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed;
}

int fp_worker_start(struct fp_worker *worker, struct fp_error *unpinned, struct fp_error *error)
{
	int failed = start_thread(worker);

	unpinned->text[0] = 0;
	if (failed)
		return fp_fail(error, "cannot start worker %u: %s", worker->index, strerror(failed));
	worker->running = true;
	pin(worker, unpinned);
	return 0;
}

static void wait_for(const _Atomic bool *flag)
{
	while (!atomic_load_explicit(flag, memory_order_acquire))
		nap();
}

void fp_worker_order(struct fp_worker *worker, void (*run)(struct fp_worker *worker, void *more), void *more)
{
	struct fp_order order = {.run = run, .more = more};

	atomic_store_explicit(&worker->order, &order, memory_order_release);
	wait_for(&order.done);
}

static void own_pools(const struct fp_worker *worker, pthread_t owner)
{
	for (unsigned i = 0; i < worker->shares; i++)
		worker->share[i]->pool.owner = owner;
}

static void stand(struct fp_worker *worker, void *more)
{
	struct fp_pause *pause = more;

	(void)worker;
	atomic_store_explicit(&pause->stands, true, memory_order_release);
	wait_for(&pause->ends);
}

void fp_worker_pause(struct fp_worker *worker, struct fp_pause *pause)
{
	*pause = (struct fp_pause){.order = {.run = stand, .more = pause}};
	atomic_store_explicit(&worker->order, &pause->order, memory_order_release);
	wait_for(&pause->stands);
	own_pools(worker, pthread_self());
}

void fp_worker_resume(struct fp_worker *worker, struct fp_pause *pause)
{
	own_pools(worker, worker->thread);
	atomic_store_explicit(&pause->ends, true, memory_order_release);
	wait_for(&pause->order.done);
}

static void end(struct fp_worker *worker, void *more)
{
	(void)more;
	worker->stop = true;
}

void fp_worker_stop(struct fp_worker *worker)
{
	if (!worker->running)
		return;
	fp_worker_order(worker, end, NULL);
	pthread_join(worker->thread, NULL);
	worker->running = false;
}

static bool is_empty(const struct fp_worker *worker)
{
	for (unsigned i = 0; i < worker->shares; i++)
		if (worker->share[i]->ready)
			return false;
	return true;
}

/* All take turns, so that nobody's queue fills while another is emptied. What waits for room on a ring to another
 * worker waits for that worker. */
void fp_worker_drain(struct fp_worker *worker)
{
	while (!is_empty(worker))
		for (unsigned i = 0; i < worker->shares; i++)
			fp_share_run_last(worker->share[i]);
}
