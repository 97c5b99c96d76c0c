/* SPDX-License-Identifier: Apache-2.0
 *
 * A thread on a core: shares it between tenants. Everything it works on is its own; the control thread changes it
 * only by orders, which the worker carries out between two batches.
 */
#ifndef FASTPAAS_HOST_ENGINE_WORKER_H
#define FASTPAAS_HOST_ENGINE_WORKER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "engine/paths.h"
#include "engine/share.h"
#include "error.h"
#include "node.h"

#define FP_TENANTS_MAX 256

/* Something a worker does between two batches. */
struct fp_order {
	void (*run)(struct fp_worker *worker, void *more);
	void *more;
	_Atomic bool done;
};

struct fp_worker {
	unsigned index;
	int cpu; /* it is pinned to; -1: none */
	uint32_t batch;
	uint64_t delay_ticks;
	pthread_t thread;
	bool running;
	bool stop; /* set by an order */

	struct fp_share *share[FP_TENANTS_MAX];
	unsigned shares;
	unsigned next_idle; /* the share to be asked next whether it has become active */
	struct fp_share *current; /* the share that ran last; NULL: none */
	uint64_t pass;	    /* of that share */
	uint64_t slice_ticks; /* a share runs on until it has had so much more than another */
	struct fp_recovery recovery;
	uint64_t started_ticks;
	double ticks_per_ns;
	uint64_t long_ticks; /* a step that takes longer may have been interrupted */
	uint64_t checked_at, checked_processor; /* time, and the thread's own in ns, when that was last looked into */
	uint64_t busy_ticks; /* in steps that did something */
	uint64_t rested_ticks; /* asleep for want of work */
	struct fp_paths *paths;		     /* where flows went since that was last asked; NULL with one worker */
	uint64_t balanced_at, balanced_busy; /* time it had the core or did not want it, and busy_ticks, when loads were last
					      * compared */

	_Atomic bool waiting; /* a module of this worker is to be restarted */
	_Atomic(struct fp_order *) order __attribute__((aligned(64)));
};

/* Starts the thread, pinned to worker->cpu; `unpinned` says why if that was refused. */
int fp_worker_start(struct fp_worker *worker, struct fp_error *unpinned, struct fp_error *error);
void fp_worker_stop(struct fp_worker *worker);

/* Has the worker carry out `run` and waits for it. Of the control thread. */
void fp_worker_order(struct fp_worker *worker, void (*run)(struct fp_worker *worker, void *more), void *more);

/* Has the worker do nothing until it is to resume: meanwhile what it has is the control thread's. */
struct fp_pause {
	struct fp_order order;
	_Atomic bool stands, ends;
};

void fp_worker_pause(struct fp_worker *worker, struct fp_pause *pause);
void fp_worker_resume(struct fp_worker *worker, struct fp_pause *pause);

/* Notes that a share has something to do. */
void fp_worker_activate(struct fp_share *share, uint64_t now);

static inline void fp_worker_wake(struct fp_share *share, uint64_t now)
{
	if (!share->active)
		fp_worker_activate(share, now);
}

/* For orders: takes all packets through the graph that are in it; fetches none. */
void fp_worker_drain(struct fp_worker *worker);

#endif
