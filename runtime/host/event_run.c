/* SPDX-License-Identifier: Apache-2.0
 *
 * The events of a whole run: ready, progress, done.
 */
#include "chain.h"
#include "counts.h"
#include "event.h"

static json_t *ready_node(const struct fp_node *node)
{
	static const char *const modes[] = {
		[FP_MODE_NONE] = "none",
		[FP_MODE_WONLY] = "wonly",
		[FP_MODE_RW] = "rw",
		[FP_MODE_POINTER] = "pointer",
	};
	const struct fp_module *module = &node->instance.module;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:s}", "node", node->plan->instance.name, "module",
			 node->plan->module_path, "name", module->name, "mode", modes[module->mode], "lowering",
			 module->lowering, "image_bytes", (json_int_t)(module->image_end - FP_IMAGE_OFFSET), "heap_bytes",
			 (json_int_t)node->instance.arena.heap_bytes, "policy", node->plan->policy->name);
}

void fp_event_ready(const struct fp_chain *chain)
{
	json_t *nodes = json_array();

	for (unsigned i = 0; i < chain->config->count; i++)
		json_array_append_new(nodes, ready_node(&chain->node[i]));
	fp_event_emit(json_pack("{s:s, s:o}", "event", "ready", "nodes", nodes));
}

static uint64_t dropped_by_node(const struct fp_node *node)
{
	uint64_t sum = 0;

	for (int i = 0; i < FP_DROPS; i++)
		sum += node->drop[i];
	return sum;
}

/* Those that the input could not hand in included. */
static uint64_t received_by(const struct fp_chain *chain)
{
	uint64_t sum = chain->source.received;

	for (int i = 0; i < FP_LOSSES; i++)
		sum += chain->input->lost[i];
	return sum;
}

void fp_event_progress(const struct fp_chain *chain)
{
	uint64_t dropped = chain->source.too_long + chain->output_failed;

	for (int i = 0; i < FP_LOSSES; i++)
		dropped += chain->input->lost[i] + chain->output->lost[i];
	for (unsigned i = 0; i < chain->config->count; i++)
		dropped += dropped_by_node(&chain->node[i]);
	fp_event_emit(json_pack("{s:s, s:I, s:I, s:I, s:I}", "event", "progress", "in", (json_int_t)received_by(chain),
				"out", (json_int_t)chain->out, "dropped", (json_int_t)dropped, "read_bytes",
				(json_int_t)chain->source.position));
}

static double per_packet(double total, uint64_t packets)
{
	return packets ? total / (double)packets : 0;
}

static double ns_per_tick(const struct fp_chain *chain)
{
	return chain->ticks ? (double)chain->seconds_ns / (double)chain->ticks : 0;
}

static json_t *done_node(const struct fp_chain *chain, const struct fp_node *node)
{
	double ns = (double)node->ticks * ns_per_tick(chain);

	return json_pack("{s:s, s:I, s:o, s:I, s:o, s:I, s:I, s:f}", "node", node->plan->instance.name, "in",
			 (json_int_t)node->in, "gates", fp_counts_gates(node->gate), "bypassed", (json_int_t)node->bypassed, "drops",
			 fp_counts_drops(node->drop), "faults", (json_int_t)node->faults, "restarts", (json_int_t)node->restarts,
			 "ns_per_packet", per_packet(ns, node->handed));
}

static json_t *all_drops(const struct fp_chain *chain)
{
	json_t *drops = json_object();

	fp_counts_add(drops, "too long", chain->source.too_long);
	for (int reason = 0; reason < FP_DROPS; reason++) {
		uint64_t sum = 0;

		for (unsigned i = 0; i < chain->config->count; i++)
			sum += chain->node[i].drop[reason];
		fp_counts_add(drops, fp_drop_names[reason], sum);
	}
	fp_counts_add(drops, "output failed", chain->output_failed);
	for (int i = 0; i < FP_LOSSES; i++)
		fp_counts_add(drops, fp_lost_names[i], chain->input->lost[i] + chain->output->lost[i]);
	return drops;
}

static json_t *worst_recovery(const struct fp_chain *chain)
{
	double ns = (double)chain->recovery.worst_ticks * ns_per_tick(chain);

	return chain->recovery.worst_ticks ? json_integer((json_int_t)ns) : json_null();
}

void fp_event_done(const struct fp_chain *chain)
{
	json_t *nodes = json_array();
	double seconds = (double)chain->seconds_ns / 1e9;
	uint64_t ticks = 0, received = received_by(chain);

	for (unsigned i = 0; i < chain->config->count; i++) {
		fp_event_counters(&chain->node[i]);
		json_array_append_new(nodes, done_node(chain, &chain->node[i]));
		ticks += chain->node[i].ticks;
	}
	fp_event_emit(json_pack("{s:s, s:I, s:I, s:I, s:o, s:o, s:f, s:f, s:f, s:f, s:o, s:b, s:b}", "event", "done", "in",
				(json_int_t)received, "out", (json_int_t)chain->out, "truncated",
				(json_int_t)chain->source.truncated, "drops", all_drops(chain), "nodes", nodes, "seconds",
				seconds, "cpu_seconds", (double)chain->cpu_ns / 1e9, "packets_per_second", seconds > 0 ? (double)received / seconds : 0,
				"ns_per_packet", per_packet((double)ticks * ns_per_tick(chain), received),
				"worst_recovery_ns", worst_recovery(chain), "interrupted", chain->interrupted, "incomplete", chain->incomplete));
}
