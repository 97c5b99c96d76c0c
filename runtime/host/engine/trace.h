/* SPDX-License-Identifier: Apache-2.0
 *
 * Traces: the way of single packets through the graph, node by node. A packet that is traced carries a mark in its number
 * (burst.h), which is looked up before anything is done with it. What happens to it is written down by the worker that has
 * it; the control thread reads that once no worker knows the trace any more.
 */
#ifndef FASTPAAS_HOST_ENGINE_TRACE_H
#define FASTPAAS_HOST_ENGINE_TRACE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <jansson.h>

#include "engine/access.h"
#include "engine/share.h"
#include "engine/stage.h"
#include "filter.h"

#define FP_TRACES 8	      /* at a time */
#define FP_TRACE_PACKETS 256  /* of one trace */
#define FP_TRACE_HOPS 32      /* of one packet; of a longer way the last is kept, and those before it are */
#define FP_TRACE_HEAD 96      /* bytes of a frame that are kept */

enum fp_fate {
	FP_FATE_OPEN,	 /* not known yet */
	FP_FATE_PASSED,	 /* to a node of the same tenant */
	FP_FATE_COPIED,	 /* to a node of another tenant */
	FP_FATE_MOVED,	 /* to another worker */
	FP_FATE_SENT,	 /* by the port */
	FP_FATE_UNCLEAR, /* the port took only some of the batch, and does not say which */
	FP_FATE_LOST,	 /* the port took none of the batch */
	FP_FATE_DROPPED,
	FP_FATES,
};

/* A packet at a node. */
struct fp_hop {
	char node[FP_INSTANCE_NAME], tenant[FP_TENANT_NAME];
	const char *kind;
	unsigned worker;
	uint64_t since_ticks; /* from where its trace begins to this node's turn */
	uint64_t ticks;	      /* the node spent on the batch */
	uint32_t batch;	      /* packets */
	uint32_t len;	      /* bytes, as it came; `kept` of them are in head */
	uint32_t kept;
	uint8_t head[FP_TRACE_HEAD];
	enum fp_fate fate;
	enum fp_drop reason;
	bool bypassed;
	int gate;		     /* it left by; -1: none */
	char to[FP_INSTANCE_NAME], to_tenant[FP_TENANT_NAME]; /* the node its gate leads to; empty: none */
	unsigned to_worker;
};

struct fp_traced {
	_Atomic uint64_t number; /* of the packet, with its mark; 0: none, or its way has ended */
	uint64_t first;		 /* the same, for good */
	uint64_t entered_ticks;	 /* when the turn began that its trace begins with */
	unsigned hops; /* there may be more than are kept */
	struct fp_hop hop[FP_TRACE_HOPS];
};

struct fp_trace {
	json_int_t id;
	uid_t uid; /* who asked for it */
	char node[FP_INSTANCE_NAME]; /* where it begins; empty: at the inputs */
	struct fp_filter filter;     /* empty: every packet */
	uint32_t count;
	uint64_t deadline_ns; /* monotonic time */
	bool armed;	      /* the control thread's: workers know of it */
	_Atomic bool open;	/* packets are marked: only while all workers know of it */
	_Atomic uint32_t taken; /* packets that were marked; may go past count */
	_Atomic uint32_t done;	/* packets whose way has ended */
	struct fp_traced *packet; /* owned */
};

/* A traced packet of the batch at hand. */
struct fp_step {
	struct fp_trace *trace;
	struct fp_traced *traced;
	struct fp_hop *hop; /* NULL once another worker has it */
	uint64_t number;
	uint32_t at; /* in the burst, as it came */
};

/* What one worker knows of the traces; only its orders change which. */
struct fp_tracer {
	struct fp_trace *trace[FP_TRACES]; /* NULL: none */
	unsigned steps;
	struct fp_step step[FP_BATCH_MAX];
	uint64_t started;	    /* when the node's turn began */
	uint64_t dropped[FP_DROPS]; /* by the node, before */
	uint64_t sent, bypassed;
};

/* Marks the packets that traces which begin at this stage want. */
void fp_trace_match(struct fp_stage *stage, struct fp_burst *burst);

/* Begins a turn of the stage: finds the traced packets of the burst. `since` is when it began, 0: now. */
void fp_trace_begin(struct fp_stage *stage, const struct fp_burst *burst, uint64_t since);

/* In a turn: packet `i` went where its gate leads, if `dropped` is FP_DROPS; what all packets' gates are, before those that
 * are dropped for them are gone; which of those that came are for other workers; and all are. */
void fp_trace_note(struct fp_stage *stage, const struct fp_burst *burst, uint32_t i, enum fp_drop dropped);
void fp_trace_witness(void *stage, const struct fp_burst *burst);
void fp_trace_steer(struct fp_stage *stage, const struct fp_burst *burst);
void fp_trace_hand_over(struct fp_stage *stage, unsigned worker);

/* Ends the turn. */
void fp_trace_end(struct fp_stage *stage);

/* `program` is a filter as in filter.h, or NULL. NULL with `error` set on failure. */
struct fp_trace *fp_trace_create(uint32_t count, const json_t *program, struct fp_error *error);
void fp_trace_free(struct fp_trace *trace);
bool fp_trace_is_done(const struct fp_trace *trace);

/* The packets as the user may see them: what others do with them is one entry, {"tenant": null}, however long it takes. */
json_t *fp_trace_show(const struct fp_trace *trace, const struct fp_access *access, double ticks_per_ns);

#endif
