/* SPDX-License-Identifier: Apache-2.0
 *
 * What has happened so far, as JSON. Each worker writes its part between two batches, so the counts of a worker are all
 * of one moment. In all, what was received is what was sent, dropped, or waits. A node's "in" is the sum of its gates,
 * what went past it, and its drops but for those on the way to the next node, which are in a gate, too.
 *
 * {"seconds", "workers": [{"worker", "cpu", "busy"}...], busy: part of its time, 0 to 1
 *  "tenants": [{"tenant", "worker", "weight", "busy", "steps", "worst_wait_us", "buffers", "free_buffers"}...],
 *  "nodes": [{"node", "tenant", "kind", "worker", "in", "gates": {gate: packets}, "bypassed", "drops": {reason: packets},
 *             "received", "sent": by the ports of inputs and outputs,
 *             "missed": came faster than they were received, "queued", "batches", "cycles", "worst_wait_us", "faults", "restarts", "state"}...],
 *  "taps": [{"node", "tenant", "uid": who asked, "gate": or null, "written", "missed", "state", "error"?}...],
 *  "gone": {"received", "missed", "sent", "drops"}: of nodes that were in a graph before}
 */
#include "clock.h"
#include "counts.h"
#include "engine/engine.h"
#include "engine/watches.h"

struct page {
	json_t *workers, *tenants, *nodes;
	double ns_per_tick;
};

static json_t *drops_of(const uint64_t *drop, uint64_t too_long, const uint64_t *lost)
{
	json_t *drops = fp_counts_drops(drop);

	fp_counts_add(drops, "too long", too_long);
	for (int i = 0; i < FP_LOSSES; i++)
		if (i != FP_LOST_MISSED && i != FP_LOST_BROKEN)
			fp_counts_add(drops, fp_lost_names[i], lost[i]);
	return drops;
}

/* Packets that an input could not receive. */
static json_int_t missed_of(const uint64_t *lost)
{
	return (json_int_t)(lost[FP_LOST_MISSED] + lost[FP_LOST_BROKEN]);
}

static double us_of(const struct page *page, uint64_t ticks)
{
	return (double)ticks * page->ns_per_tick / 1000;
}

static const char *state_of(const struct fp_stage *stage)
{
	static const char *const names[] = {
		[FP_NODE_RUNNING] = "running",
		[FP_NODE_DEAD] = "dead",
		[FP_NODE_BYPASSED] = "bypassed",
		[FP_NODE_WAITING] = "restarting",
	};

	return stage->ended ? "ended" : names[stage->node.state];
}

static json_t *describe_node(const struct page *page, const struct fp_stage *stage)
{
	const struct fp_node *node = &stage->node;

	return json_pack("{s:s, s:s, s:s, s:i, s:I, s:o, s:I, s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:f, s:I, s:I, s:s}", "node", stage->name,
			 "tenant", stage->share->tenant.name, "kind", stage->kind->name, "worker", (int)stage->worker, "in",
			 (json_int_t)node->in, "gates", fp_counts_gates(stage->node.gate), "bypassed", (json_int_t)node->bypassed, "drops",
			 drops_of(node->drop, stage->source.too_long, stage->port.lost), "received",
			 (json_int_t)stage->source.received, "missed",
			 missed_of(stage->port.lost), "sent",
			 (json_int_t)stage->sent, "queued", (json_int_t)stage->queue.packets, "batches", (json_int_t)stage->batches,
			 "cycles", (json_int_t)stage->ticks, "worst_wait_us", us_of(page, stage->worst_wait_ticks), "faults",
			 (json_int_t)node->faults, "restarts", (json_int_t)node->restarts, "state", state_of(stage));
}

static json_t *describe_share(const struct page *page, const struct fp_share *share, uint64_t lifetime)
{
	return json_pack("{s:s, s:i, s:i, s:f, s:I, s:f, s:i, s:i}", "tenant", share->tenant.name, "worker",
			 (int)share->worker->index, "weight", (int)share->tenant.weight, "busy",
			 (double)share->ticks / (double)lifetime, "steps", (json_int_t)share->steps, "worst_wait_us",
			 us_of(page, share->worst_wait_ticks), "buffers", (int)share->pool.count, "free_buffers",
			 (int)share->pool.free_count);
}

static void write_page(struct fp_worker *worker, void *more)
{
	struct page *page = more;
	uint64_t lifetime = fp_clock_ticks() - worker->started_ticks;

	json_array_append_new(page->workers, json_pack("{s:i, s:i, s:f}", "worker", (int)worker->index, "cpu", worker->cpu,
						       "busy", (double)worker->busy_ticks / (double)lifetime));
	for (unsigned i = 0; i < worker->shares; i++) {
		struct fp_share *share = worker->share[i];

		fp_pool_collect(&share->pool);
		json_array_append_new(page->tenants, describe_share(page, share, lifetime));
		for (unsigned j = 0; j < share->stages; j++)
			json_array_append_new(page->nodes, describe_node(page, share->stage[j]));
	}
}

static json_t *describe_gone(const struct fp_gone *gone)
{
	return json_pack("{s:I, s:I, s:I, s:o}", "received", (json_int_t)gone->received, "missed",
			 missed_of(gone->lost), "sent", (json_int_t)gone->sent, "drops",
			 drops_of(gone->drop, gone->too_long, gone->lost));
}

json_t *fp_engine_report(struct fp_engine *engine)
{
	uint64_t ns = fp_clock_ns() - engine->started_ns, ticks = fp_clock_ticks() - engine->started_ticks;
	struct page page = {json_array(), json_array(), json_array(), ticks ? (double)ns / (double)ticks : 0};

	for (unsigned i = 0; i < engine->workers; i++)
		fp_worker_order(&engine->worker[i], write_page, &page);
	return json_pack("{s:f, s:o, s:o, s:o, s:o, s:o}", "seconds", (double)ns / 1e9, "workers", page.workers, "tenants",
			 page.tenants, "nodes", page.nodes, "taps", fp_watches_show_taps(engine->watches), "gone",
			 describe_gone(&engine->gone));
}
