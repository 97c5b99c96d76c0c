/* SPDX-License-Identifier: Apache-2.0
 *
 * A node of the graph on one worker: what it is, what waits for it, and where its gates lead. Only its worker
 * touches it while packets flow.
 */
#ifndef FASTPAAS_HOST_ENGINE_STAGE_H
#define FASTPAAS_HOST_ENGINE_STAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "engine/queue.h"
#include "engine/ring.h"
#include "node.h"
#include "node_plan.h"
#include "port.h"

#define FP_WORKERS_MAX 32

struct fp_share;
struct fp_stage;
struct fp_tap;
struct fp_tracer;

struct fp_stage_kind {
	const char *name;
	bool is_source; /* gives packets of its own accord and receives none */
	bool is_sink;	/* has no gates */
	/* Makes what `stage->options` asks for. Called on the control thread, as are open and close. */
	int (*create)(struct fp_stage *stage, const struct fp_trust *trust, struct fp_error *error);
	void (*destroy)(struct fp_stage *stage);
	/* Whether a stage is what `wanted`, not created, would be, as far as the options do not tell; NULL: always. */
	bool (*is_same)(const struct fp_stage *stage, const struct fp_stage *wanted, const struct fp_trust *trust);
	/* Passes the burst's packets on or lets them go, and the burst itself. */
	void (*run)(struct fp_stage *stage, struct fp_burst *burst, uint64_t now);
	/* Of sources: fetches up to a burst of packets and passes them on; returns how many. */
	uint32_t (*poll)(struct fp_stage *stage, uint64_t now);
	/* Whether run() can take `packets` now; NULL: always. */
	bool (*can_take)(const struct fp_stage *stage, uint32_t packets);
};

struct fp_stage {
	char name[FP_INSTANCE_NAME];
	const struct fp_stage_kind *kind;
	struct fp_share *share;
	json_t *options;    /* of the configuration; owned */
	unsigned worker;    /* on which it runs */
	uint32_t workers;   /* of inputs: those that share its flows, as bits */
	unsigned home;	    /* the worker that has the port, of inputs and outputs */
	unsigned place;	    /* among the stages of its share, in the order of the graph */
	bool watched;	    /* somebody traces packets or has tapped this stage: see watch.h */
	uint64_t batches;  /* of what was in node.in */
	uint64_t ticks;	   /* time stamp counter, of its steps */
	uint64_t usual;	/* ticks of a batch, the last time one was timed */
	uint64_t worst_wait_ticks; /* of a packet in the queue */
	struct fp_queue queue;
	struct fp_stage *gate[FP_GATES];
	uint8_t path;	    /* to here, if flows part before it and are steered by that (paths.h); else 0 */

	struct fp_port port;	 /* of inputs and outputs at home */
	struct fp_source source; /* of inputs at home */
	uint64_t sent;		 /* packets that left by the port */
	bool ended;		 /* an input that has no more packets */
	bool patient;		 /* an input whose packets can wait */
	bool held;		 /* an input that receives nothing for now: its flow groups are moved */
	struct fp_ring *ring;	 /* to or from the worker that has the port */
	struct fp_steering *steering; /* of inputs at home */
	struct fp_ring *from[FP_WORKERS_MAX]; /* of outputs at home: the rings of the other workers */
	unsigned rings;
	struct fp_tap *tap;	 /* NULL: none */
	struct fp_tracer *tracer; /* the worker's; NULL: nothing is traced */
	uint32_t matches;	 /* the traces that begin here, as bits */
	void *own;		 /* the kind's */
	bool kept;		 /* used while one graph takes the place of another */
	struct fp_node_plan plan;
	struct fp_node node; /* of modules; the counts are used by all kinds. Last: it is large */
};

/* NULL if there is none of that name. */
const struct fp_stage_kind *fp_stage_kind_find(const char *name);
extern const struct fp_stage_kind *const fp_stage_kinds[]; /* NULL at the end */

/* Of one that create() was called for. */
void fp_stage_free(struct fp_stage *stage);

/* Sends each packet to where its gate leads; the burst is given back. */
void fp_stage_pass(struct fp_stage *stage, struct fp_burst *burst, uint64_t now);

/* Puts the stage's name before the reason in `error`; returns -1. */
int fp_stage_fail(const struct fp_stage *stage, struct fp_error *error);

/* Gives back the packets' buffers and the burst. */
void fp_stage_release(struct fp_stage *stage, struct fp_burst *burst);

/* Counts all packets of the burst as dropped, and gives back their buffers and the burst. */
void fp_stage_drop(struct fp_stage *stage, struct fp_burst *burst, enum fp_drop reason);

extern const struct fp_stage_kind fp_stage_input, fp_stage_output, fp_stage_module, fp_stage_drop_kind, fp_stage_counter,
	fp_stage_classifier, fp_stage_mirror, fp_stage_filter;

#endif
