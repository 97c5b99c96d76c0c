/* SPDX-License-Identifier: Apache-2.0
 *
 * The traces and taps of a data plane: who has them, where they are, when they end. Of the control thread. Workers learn of
 * a change by an order, so after fp_watches_apply() none of them knows what is no longer armed or attached.
 */
#ifndef FASTPAAS_HOST_ENGINE_WATCHES_H
#define FASTPAAS_HOST_ENGINE_WATCHES_H

#include "engine/engine.h"
#include "engine/tap.h"
#include "engine/trace.h"

struct fp_watches {
	struct fp_trace *trace[FP_TRACES];
	unsigned next_slot; /* so that marks of a trace that was cut short are not soon another's */
	json_int_t traces;  /* there have been */
	struct fp_tap *tap[FP_TAPS];
	struct fp_tracer tracer[FP_WORKERS_MAX]; /* each its worker's */
};

struct fp_watches *fp_watches_create(struct fp_error *error);

/* Of workers that have ended: lets the taps write what they have, for some seconds at most. */
void fp_watches_free(struct fp_watches *watches);

/* Has all workers watch what is armed and attached, as far as `access` lets those see it who asked. */
void fp_watches_apply(struct fp_engine *engine, const struct fp_access *access);

/* Between the graphs of an update, inputs being closed: a trace goes on, and so does a tap whose node is in the new graph,
 * of the same tenant, and may still be seen by who asked; others end. */
void fp_watches_follow(struct fp_engine *engine, const struct fp_plan *plan);

/* Takes a place for the trace and puts it to work. Owns it, unless -1 is returned. */
int fp_watches_add_trace(struct fp_engine *engine, struct fp_trace *trace, struct fp_error *error);

/* The same of a tap, in two parts, as a tap that has begun does not end at once: whether there is a place, and it is taken. */
bool fp_watches_has_room(const struct fp_watches *watches, struct fp_error *error);
void fp_watches_add_tap(struct fp_engine *engine, struct fp_tap *tap);

/* Frees a tap that has finished. */
void fp_watches_forget_tap(struct fp_watches *watches, struct fp_tap *tap);

/* What is NULL where there is none. The tap is the one that is attached, else one that is not. */
struct fp_trace **fp_watches_find_trace(struct fp_watches *watches, json_int_t id);
struct fp_tap *fp_watches_find_tap(const struct fp_watches *watches, const char *node);

/* No worker knows of it from here on. */
void fp_watches_disarm(struct fp_engine *engine, struct fp_trace *trace);
void fp_watches_detach(struct fp_engine *engine, struct fp_tap *tap);

/* Now and then: ends what its time is up for, and frees what nobody has asked about any more. */
void fp_watches_tend(struct fp_engine *engine);

/* "taps" of the report. */
json_t *fp_watches_show_taps(const struct fp_watches *watches);

#endif
