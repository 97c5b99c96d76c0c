/* SPDX-License-Identifier: Apache-2.0
 *
 * A place in the chain: an instance, what is to be done when it faults, and what became of its packets.
 */
#ifndef FASTPAAS_HOST_NODE_H
#define FASTPAAS_HOST_NODE_H

#include <stdint.h>

#include "burst.h"
#include "instance.h"
#include "policy.h"
#include "shared_capture.h"

/* Why a node dropped a packet. */
enum fp_drop {
	FP_DROPPED_BY_MODULE, /* it chose FP_DROP */
	FP_DROPPED_FAULT,     /* it was in the batch of a call that ended in a fault */
	FP_DROPPED_DEAD,      /* the module had faulted before */
	FP_DROPPED_WAITING,   /* the module was about to be restarted */
	FP_DROPPED_BAD_DATA,  /* data pointed out of the packet's own buffer */
	FP_DROPPED_BAD_LENGTH,
	FP_DROPPED_BAD_GATE,
	FP_DROPPED_NO_EDGE,   /* its gate leads nowhere */
	FP_DROPPED_QUEUE,     /* too many packets wait for the node its gate leads to */
	FP_DROPPED_NO_BUFFER, /* the tenant it was to go to has no packet buffer free */
	FP_DROPPED_BY_NODE,   /* by a node of kind drop */
	FP_DROPPED_SEND,      /* the port did not take it */
	FP_DROPS,
};

extern const char *const fp_drop_names[FP_DROPS];

/* Configuration of a node. */
struct fp_node_plan {
	struct fp_instance_plan instance;
	const struct fp_policy *policy;
	const char *module_path;
	const char *args_path;	   /* NULL: none */
	const char *fault_capture; /* NULL: none */
	bool keep;		   /* the module that runs already is meant */
};

/* How soon other modules run again after a fault; shared by all nodes of a chain. */
struct fp_recovery {
	const struct fp_node *faulted; /* the last node that faulted, until another has run */
	uint64_t fault_ticks;	       /* time stamp counter at that fault */
	uint64_t worst_ticks;	       /* longest time from a fault to the next call of another module */
};

struct fp_node {
	const struct fp_node_plan *plan;
	struct fp_pool *pool;
	struct fp_recovery *recovery;
	enum fp_node_state state;
	bool timed;	 /* nobody else counts: to read the counter twice costs half of what entering a module does */
	bool said_invalid; /* the first invalid packet has been reported */
	bool restarted_elsewhere; /* another thread makes the instance again while it waits; else fp_node_run() does */
	void (*witness)(void *watcher, const struct fp_burst *burst); /* NULL, or is shown all packets with the gates chosen */
	void *watcher;

	uint64_t in;
	uint64_t handed; /* packets handed to process() */
	uint64_t gate[FP_GATES];
	uint64_t bypassed;
	uint64_t drop[FP_DROPS];
	uint64_t faults;
	uint64_t restarts;
	uint64_t ticks;	 /* time stamp counter, spent in process(), if `timed` */

	struct fp_shared_capture *capture;
	uint64_t backoff_ns; /* before the next restart */
	uint64_t wake_ns;    /* monotonic time of the next restart */
	uint64_t started_ns; /* monotonic time of the last start */
	struct fp_instance instance; /* last: it is large */
};

/* Makes the instance and calls init(). `node` is zero but for plan, pool and recovery. On -1 `error` says
 * why, and a fault has also been reported as an event; fp_node_stop() is due all the same. */
int fp_node_start(struct fp_node *node, struct fp_error *error);

/* Creates the fault capture, if there is to be one, before packets flow: that takes longer than other modules should wait
 * at a fault. */
int fp_node_open_capture(struct fp_node *node, struct fp_error *error);

/* As fp_node_start(), the state being left alone. */
int fp_node_make(struct fp_node *node, struct fp_error *error);

/* Takes the burst through the node: what is left in it goes on by its gate. Buffers of dropped packets go back to
 * the pool. */
void fp_node_run(struct fp_node *node, struct fp_burst *burst);

/* About every 100 ms: shows suppressed log lines, lets go of dead instances. */
void fp_node_tick(struct fp_node *node);

/* Why a packet with such a gate is dropped, which is FP_GATES or more. */
enum fp_drop fp_drop_of(uint16_t gate);

/* Counts and removes what does not go on: every packet by its gate, or all of them for one reason. Gates stay. */
void fp_node_settle(struct fp_node *node, struct fp_burst *burst);
void fp_node_drop_all(struct fp_node *node, struct fp_burst *burst, enum fp_drop reason);

/* Shows the lines the module logged. */
void fp_node_show_log(struct fp_node *node);

/* Whether the time of the next restart has come. */
bool fp_node_is_due(const struct fp_node *node);

/* Makes the instance again, while the state is FP_NODE_WAITING, which it stays: the caller sets it if this returns 0. On
 * -1 it is to be tried again later. Either is said as an event. */
int fp_node_restart(struct fp_node *node);

/* Notes a fault: what state follows, and when to try again. */
void fp_node_note_fault(struct fp_node *node);

/* Calls fini() if the module still runs, and frees everything. */
void fp_node_stop(struct fp_node *node);

#endif
