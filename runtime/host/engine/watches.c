/* SPDX-License-Identifier: Apache-2.0 */
#include "watches.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"

#define KEEP_TRACE_NS 60000000000ull /* that has ended, for who asks what it found */
#define KEEP_TAP_NS 600000000000ull  /* the same: how much it has written */
#define PATIENCE_NS 3000000000ull /* with taps' files, when the host ends */
#define NAP_NS 1000000

struct fp_watches *fp_watches_create(struct fp_error *error)
{
	struct fp_watches *watches = calloc(1, sizeof(*watches));

	if (!watches)
		fp_fail(error, "no memory for traces and taps");
	return watches;
}

/* One whose file still does not take anything is left to its thread, which the end of the process ends. */
static void end_tap(struct fp_tap *tap, uint64_t deadline)
{
	while (!fp_tap_has_finished(tap) && fp_clock_ns() < deadline)
		nanosleep(&(struct timespec){.tv_nsec = NAP_NS}, NULL);
	if (fp_tap_has_finished(tap))
		fp_tap_free(tap);
	else
		atomic_store(&tap->give_up, true);
}

void fp_watches_free(struct fp_watches *watches)
{
	uint64_t deadline = fp_clock_ns() + PATIENCE_NS;

	if (!watches)
		return;
	for (unsigned i = 0; i < FP_TRACES; i++)
		fp_trace_free(watches->trace[i]);
	for (unsigned i = 0; i < FP_TAPS; i++)
		if (watches->tap[i])
			atomic_store(&watches->tap[i]->stop, true);
	for (unsigned i = 0; i < FP_TAPS; i++)
		if (watches->tap[i])
			end_tap(watches->tap[i], deadline);
	free(watches);
}

struct adoption {
	struct fp_watches *watches;
	const struct fp_access *access;
};

static bool may_see(const struct adoption *adoption, uid_t uid, const struct fp_stage *stage)
{
	return fp_access_may_read(adoption->access, uid, stage->share->tenant.name);
}

/* Frames that come from another worker have come here before. */
static bool is_where_they_enter(const struct fp_stage *stage)
{
	return stage->kind != &fp_stage_input || stage->worker == stage->home;
}

static bool begins_at(const struct fp_trace *trace, const struct fp_stage *stage)
{
	return trace->node[0] ? strcmp(trace->node, stage->name) == 0 : stage->kind == &fp_stage_input;
}

static uint32_t find_matches(const struct adoption *adoption, const struct fp_tracer *tracer, const struct fp_stage *stage)
{
	uint32_t matches = 0;

	for (unsigned i = 0; i < FP_TRACES; i++) {
		const struct fp_trace *trace = tracer->trace[i];

		if (trace && begins_at(trace, stage) && is_where_they_enter(stage) && may_see(adoption, trace->uid, stage))
			matches |= 1u << i;
	}
	return matches;
}

static struct fp_tap *find_attached(const struct fp_watches *watches, const struct fp_stage *stage)
{
	for (unsigned i = 0; i < FP_TAPS; i++) {
		struct fp_tap *tap = watches->tap[i];

		if (tap && tap->attached && strcmp(tap->node, stage->name) == 0 &&
		    (tap->gate != FP_TAP_EVERY || is_where_they_enter(stage)))
			return tap;
	}
	return NULL;
}

static void watch(const struct adoption *adoption, struct fp_tracer *tracer, struct fp_stage *stage, bool traces)
{
	stage->tap = find_attached(adoption->watches, stage);
	stage->tracer = traces ? tracer : NULL;
	stage->matches = traces ? find_matches(adoption, tracer, stage) : 0;
	stage->watched = stage->tap || stage->tracer;
	stage->node.witness = traces ? fp_trace_witness : NULL;
	stage->node.watcher = stage;
}

static void adopt(struct fp_worker *worker, void *more)
{
	const struct adoption *adoption = more;
	struct fp_tracer *tracer = &adoption->watches->tracer[worker->index];
	bool traces = false;

	for (unsigned i = 0; i < FP_TRACES; i++) {
		struct fp_trace *trace = adoption->watches->trace[i];

		tracer->trace[i] = trace && trace->armed ? trace : NULL;
		traces |= tracer->trace[i] != NULL;
	}
	for (unsigned i = 0; i < worker->shares; i++)
		for (unsigned j = 0; j < worker->share[i]->stages; j++)
			watch(adoption, tracer, worker->share[i]->stage[j], traces);
}

void fp_watches_apply(struct fp_engine *engine, const struct fp_access *access)
{
	struct adoption adoption = {engine->watches, access};

	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], adopt, &adoption);
}

/* Whether the plan has what the tap is at. */
static bool can_stay(struct fp_tap *tap, const struct fp_plan *plan)
{
	int index = fp_plan_find_node(plan, plan->nodes, tap->node);
	const struct fp_plan_node *node = index < 0 ? NULL : &plan->node[index];
	struct fp_error error;

	return node && strcmp(node->tenant->tenant.name, tap->tenant) == 0 &&
	       fp_access_may_read(&plan->access, tap->uid, tap->tenant) && (tap->gate == FP_TAP_EVERY || !node->kind->is_sink) &&
	       fp_tap_add_rings(tap, fp_plan_workers(node), &error) == 0;
}

/* Those that are no longer attached end once no worker knows of them. */
static void stop_detached(const struct fp_watches *watches)
{
	for (unsigned i = 0; i < FP_TAPS; i++)
		if (watches->tap[i] && !watches->tap[i]->attached)
			atomic_store_explicit(&watches->tap[i]->stop, true, memory_order_release);
}

void fp_watches_follow(struct fp_engine *engine, const struct fp_plan *plan)
{
	struct fp_watches *watches = engine->watches;

	for (unsigned i = 0; i < FP_TAPS; i++)
		if (watches->tap[i] && watches->tap[i]->attached)
			watches->tap[i]->attached = can_stay(watches->tap[i], plan);
	fp_watches_apply(engine, &plan->access);
	stop_detached(watches);
}

int fp_watches_add_trace(struct fp_engine *engine, struct fp_trace *trace, struct fp_error *error)
{
	struct fp_watches *watches = engine->watches;

	for (unsigned i = 0; i < FP_TRACES; i++) {
		struct fp_trace **place = &watches->trace[watches->next_slot++ % FP_TRACES];

		if (*place)
			continue;
		trace->id = ++watches->traces;
		trace->armed = true;
		*place = trace;
		fp_watches_apply(engine, &engine->plan.access);
		atomic_store_explicit(&trace->open, true, memory_order_relaxed);
		return 0;
	}
	return fp_fail(error, "%d traces are under way, which is all there can be", FP_TRACES);
}

/* The place of a tap; that of NULL is a free one. -1: none. */
static int find_place(const struct fp_watches *watches, const struct fp_tap *tap)
{
	for (int i = 0; i < FP_TAPS; i++)
		if (watches->tap[i] == tap)
			return i;
	return -1;
}

bool fp_watches_has_room(const struct fp_watches *watches, struct fp_error *error)
{
	if (find_place(watches, NULL) >= 0)
		return true;
	fp_fail(error, "%d nodes are tapped, which is all there can be", FP_TAPS);
	return false;
}

void fp_watches_add_tap(struct fp_engine *engine, struct fp_tap *tap)
{
	engine->watches->tap[find_place(engine->watches, NULL)] = tap;
	tap->attached = true;
	fp_watches_apply(engine, &engine->plan.access);
}

void fp_watches_forget_tap(struct fp_watches *watches, struct fp_tap *tap)
{
	watches->tap[find_place(watches, tap)] = NULL;
	fp_tap_free(tap);
}

struct fp_trace **fp_watches_find_trace(struct fp_watches *watches, json_int_t id)
{
	for (unsigned i = 0; i < FP_TRACES; i++)
		if (watches->trace[i] && watches->trace[i]->id == id)
			return &watches->trace[i];
	return NULL;
}

struct fp_tap *fp_watches_find_tap(const struct fp_watches *watches, const char *node)
{
	struct fp_tap *found = NULL;

	for (unsigned i = 0; i < FP_TAPS; i++) {
		struct fp_tap *tap = watches->tap[i];

		if (tap && strcmp(tap->node, node) == 0 && (!found || tap->attached))
			found = tap;
	}
	return found;
}

void fp_watches_disarm(struct fp_engine *engine, struct fp_trace *trace)
{
	if (!trace->armed)
		return;
	atomic_store_explicit(&trace->open, false, memory_order_relaxed);
	trace->armed = false;
	fp_watches_apply(engine, &engine->plan.access);
}

void fp_watches_detach(struct fp_engine *engine, struct fp_tap *tap)
{
	tap->attached = false;
	fp_watches_apply(engine, &engine->plan.access);
	stop_detached(engine->watches);
}

static void tend_trace(struct fp_engine *engine, struct fp_trace **trace, uint64_t now)
{
	if (fp_trace_is_done(*trace) || now > (*trace)->deadline_ns)
		fp_watches_disarm(engine, *trace);
	if (now <= (*trace)->deadline_ns + KEEP_TRACE_NS)
		return;
	fp_trace_free(*trace);
	*trace = NULL;
}

static void tend_tap(struct fp_engine *engine, struct fp_tap *tap, uint64_t now)
{
	if (!fp_tap_has_finished(tap))
		return;
	if (tap->attached)
		fp_watches_detach(engine, tap);
	if (!tap->forget_ns)
		tap->forget_ns = now + KEEP_TAP_NS;
	if (now > tap->forget_ns)
		fp_watches_forget_tap(engine->watches, tap);
}

void fp_watches_tend(struct fp_engine *engine)
{
	uint64_t now = fp_clock_ns();

	for (unsigned i = 0; i < FP_TRACES; i++)
		if (engine->watches->trace[i])
			tend_trace(engine, &engine->watches->trace[i], now);
	for (unsigned i = 0; i < FP_TAPS; i++)
		if (engine->watches->tap[i])
			tend_tap(engine, engine->watches->tap[i], now);
}

json_t *fp_watches_show_taps(const struct fp_watches *watches)
{
	json_t *taps = json_array();

	for (unsigned i = 0; i < FP_TAPS; i++)
		if (watches->tap[i])
			json_array_append_new(taps, fp_tap_show(watches->tap[i]));
	return taps;
}
