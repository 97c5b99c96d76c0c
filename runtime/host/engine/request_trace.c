/* SPDX-License-Identifier: Apache-2.0
 *
 * Traces over the control socket. A trace shows what packets hold, so it begins only at nodes that who asks may see.
 */
#include <string.h>

#include "clock.h"
#include "engine/requests.h"
#include "engine/watches.h"
#include "options.h"

#define TIMEOUT_MS 10000
#define TIMEOUT_MOST_MS 3600000
#define OF_A_USER 2 /* traces at a time; operators may have all */
#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

struct wanted {
	const char *what, *node;
	const json_t *program;
	int64_t count, timeout_ms;
};

static int read_wanted(struct wanted *wanted, const struct fp_asked *asked, struct fp_error *error)
{
	const struct fp_option rows[] = {
		{"do", FP_OPTION_TEXT, &wanted->what, true, 0, 0},
		{"node", FP_OPTION_TEXT, &wanted->node, false, 0, 0},
		{"filter", FP_OPTION_ARRAY, &wanted->program, false, 1, FP_FILTER_INSTRUCTIONS},
		{"count", FP_OPTION_INTEGER, &wanted->count, false, 1, FP_TRACE_PACKETS},
		{"timeout_ms", FP_OPTION_INTEGER, &wanted->timeout_ms, false, 1, TIMEOUT_MOST_MS},
	};

	*wanted = (struct wanted){.count = 1, .timeout_ms = TIMEOUT_MS};
	return fp_options_read(asked->request, "", rows, COUNT(rows), error);
}

static bool may_see(const struct fp_requests *requests, const struct fp_asked *asked, const struct fp_plan_node *node)
{
	return fp_access_may_read(&requests->engine->plan.access, asked->user.uid, node->tenant->tenant.name);
}

const struct fp_plan_node *fp_request_find_node(const struct fp_requests *requests, const struct fp_asked *asked, const char *name,
						struct fp_error *error)
{
	const struct fp_plan *plan = &requests->engine->plan;
	int index = fp_plan_find_node(plan, plan->nodes, name);

	if (index >= 0 && may_see(requests, asked, &plan->node[index]))
		return &plan->node[index];
	fp_fail(error, "there is no node \"%.64s\" that user %u may see", name, asked->user.uid);
	return NULL;
}

static int find_input(const struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	const struct fp_plan *plan = &requests->engine->plan;

	for (unsigned i = 0; i < plan->nodes; i++)
		if (plan->node[i].kind == &fp_stage_input && may_see(requests, asked, &plan->node[i]))
			return 0;
	return fp_fail(error, "there is no input that user %u may see; name a node the trace begins at", asked->user.uid);
}

/* A tenant's users leave room for others. */
static int check_number(const struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	unsigned found = 0;

	for (unsigned i = 0; i < FP_TRACES; i++) {
		const struct fp_trace *trace = requests->engine->watches->trace[i];

		found += trace && trace->uid == asked->user.uid;
	}
	if (asked->is_operator || found < OF_A_USER)
		return 0;
	return fp_fail(error, "user %u has %u traces already, which is all a user may have", asked->user.uid, found);
}

static struct fp_trace *make_trace(const struct wanted *wanted, uid_t uid, struct fp_error *error)
{
	struct fp_trace *trace = fp_trace_create((uint32_t)wanted->count, wanted->program, error);

	if (!trace)
		return NULL;
	trace->uid = uid;
	trace->deadline_ns = fp_clock_ns() + (uint64_t)wanted->timeout_ms * 1000000;
	if (wanted->node)
		strcpy(trace->node, wanted->node); /* a node has that name */
	return trace;
}

json_t *fp_request_trace(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	struct wanted wanted;
	struct fp_trace *trace;

	if (read_wanted(&wanted, asked, error) < 0 || check_number(requests, asked, error) < 0)
		return NULL;
	if (wanted.node ? !fp_request_find_node(requests, asked, wanted.node, error) : find_input(requests, asked, error) < 0)
		return NULL;
	trace = make_trace(&wanted, asked->user.uid, error);
	if (!trace)
		return NULL;
	if (fp_watches_add_trace(requests->engine, trace, error) == 0)
		return json_pack("{s:b, s:I}", "ok", 1, "trace", trace->id);
	fp_trace_free(trace);
	return NULL;
}

static uint32_t count_matched(const struct fp_trace *trace)
{
	uint32_t taken = atomic_load_explicit(&trace->taken, memory_order_relaxed);

	return taken < trace->count ? taken : trace->count;
}

/* What it has found, after which it is no more. */
static json_t *finish(struct fp_engine *engine, struct fp_trace **place)
{
	struct fp_trace *trace = *place;
	json_t *packets;

	fp_watches_disarm(engine, trace);
	packets = fp_trace_show(trace, &engine->plan.access, engine->worker[0].ticks_per_ns);
	*place = NULL;
	packets = json_pack("{s:b, s:b, s:I, s:o}", "ok", 1, "finished", 1, "matched", (json_int_t)count_matched(trace), "packets",
			    packets);
	fp_trace_free(trace);
	return packets;
}

json_t *fp_request_traced(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	const char *what;
	int64_t id;
	bool end = false;
	struct fp_trace **place;
	const struct fp_option rows[] = {
		{"do", FP_OPTION_TEXT, &what, true, 0, 0},
		{"trace", FP_OPTION_INTEGER, &id, true, 1, INT64_MAX},
		{"end", FP_OPTION_BOOLEAN, &end, false, 0, 0},
	};

	if (fp_options_read(asked->request, "", rows, COUNT(rows), error) < 0)
		return NULL;
	place = fp_watches_find_trace(requests->engine->watches, id);
	if (!place || (*place)->uid != asked->user.uid) {
		fp_fail(error, "user %u has no trace %lld", asked->user.uid, (long long)id);
		return NULL;
	}
	if (end || fp_trace_is_done(*place) || fp_clock_ns() > (*place)->deadline_ns)
		return finish(requests->engine, place);
	return json_pack("{s:b, s:b, s:I}", "ok", 1, "finished", 0, "matched", (json_int_t)count_matched(*place));
}
