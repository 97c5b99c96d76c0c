/* SPDX-License-Identifier: Apache-2.0
 *
 * A trace as JSON, as far as who asked for it may see it.
 */
#include <stdlib.h>
#include <string.h>

#include "trace.h"

struct viewer {
	const struct fp_access *access;
	uid_t uid;
	double ticks_per_ns;
};

static bool sees(const struct viewer *viewer, const char *tenant)
{
	return fp_access_may_read(viewer->access, viewer->uid, tenant);
}

static json_t *hex(const uint8_t *bytes, uint32_t len)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * FP_TRACE_HEAD];

	for (uint32_t i = 0; i < len; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	return json_stringn(text, 2 * (size_t)len);
}

static const char *fate_of(const struct fp_hop *hop)
{
	static const char *const names[FP_FATES] = {
		[FP_FATE_OPEN] = "under way", [FP_FATE_PASSED] = "passed",   [FP_FATE_COPIED] = "copied",
		[FP_FATE_MOVED] = "moved",    [FP_FATE_SENT] = "sent",	     [FP_FATE_UNCLEAR] = "sent or lost",
		[FP_FATE_LOST] = "lost",      [FP_FATE_DROPPED] = "dropped",
	};

	return names[hop->fate];
}

/* Where it went from here. */
static void show_next(const struct viewer *viewer, const struct fp_hop *hop, json_t *shown)
{
	if (hop->gate >= 0)
		json_object_set_new(shown, "gate", json_integer(hop->gate));
	if (hop->to[0] && sees(viewer, hop->to_tenant))
		json_object_set_new(shown, "to", json_string(hop->to));
	if (hop->fate == FP_FATE_DROPPED)
		json_object_set_new(shown, "reason", json_string(fp_drop_names[hop->reason]));
	if (hop->fate == FP_FATE_MOVED)
		json_object_set_new(shown, "to_worker", json_integer(hop->to_worker));
}

static json_t *show_hop(const struct viewer *viewer, const struct fp_hop *hop, const struct fp_hop *before)
{
	json_t *shown;

	if (!sees(viewer, hop->tenant))
		return json_pack("{s:n}", "tenant");
	shown = json_pack("{s:s, s:s, s:s, s:i, s:f, s:f, s:i, s:i, s:o, s:s}", "node", hop->node, "tenant", hop->tenant, "kind",
			  hop->kind, "worker", (int)hop->worker, "since_us",
			  (double)hop->since_ticks / viewer->ticks_per_ns / 1000, "cycles",
			  (double)hop->ticks / hop->batch, "batch", (int)hop->batch, "len", (int)hop->len, "head",
			  hex(hop->head, hop->kept), "fate", fate_of(hop));
	if (before && before->gate >= 0 && sees(viewer, before->tenant))
		json_object_set_new(shown, "in_gate", json_integer(before->gate));
	if (hop->bypassed)
		json_object_set_new(shown, "bypassed", json_true());
	show_next(viewer, hop, shown);
	return shown;
}

static bool is_hidden(const json_t *hop)
{
	return hop && json_is_null(json_object_get(hop, "tenant"));
}

/* Nodes of others one after the other are one entry: how many there are is not told. */
static void add_hop(json_t *hops, json_t *hop)
{
	const json_t *last = json_array_get(hops, json_array_size(hops) - 1);

	if (is_hidden(hop) && json_array_size(hops) > 0 && is_hidden(last))
		json_decref(hop);
	else
		json_array_append_new(hops, hop);
}

static json_t *show_packet(const struct viewer *viewer, const struct fp_traced *traced)
{
	unsigned kept = traced->hops < FP_TRACE_HOPS ? traced->hops : FP_TRACE_HOPS;
	json_t *hops = json_array();

	for (unsigned i = 0; i < kept; i++) {
		bool is_next = i > 0 && (i + 1 < kept || traced->hops == kept);

		add_hop(hops, show_hop(viewer, &traced->hop[i], is_next ? &traced->hop[i - 1] : NULL));
	}
	return json_pack("{s:I, s:b, s:o}", "number", (json_int_t)fp_number_without_mark(traced->first), "whole",
			 traced->hops == kept, "hops", hops);
}

json_t *fp_trace_show(const struct fp_trace *trace, const struct fp_access *access, double ticks_per_ns)
{
	const struct viewer viewer = {access, trace->uid, ticks_per_ns};
	json_t *packets = json_array();

	for (uint32_t i = 0; i < trace->count && trace->packet[i].first; i++)
		json_array_append_new(packets, show_packet(&viewer, &trace->packet[i]));
	return packets;
}

struct fp_trace *fp_trace_create(uint32_t count, const json_t *program, struct fp_error *error)
{
	struct fp_trace *trace = calloc(1, sizeof(*trace));

	if (trace)
		trace->packet = calloc(count, sizeof(*trace->packet));
	if (!trace || !trace->packet) {
		free(trace);
		fp_fail(error, "no memory for a trace of %u packets", count);
		return NULL;
	}
	trace->count = count;
	if (fp_filter_create_one(&trace->filter, program, error) == 0)
		return trace;
	fp_trace_free(trace);
	return NULL;
}

void fp_trace_free(struct fp_trace *trace)
{
	if (!trace)
		return;
	fp_filter_destroy(&trace->filter);
	free(trace->packet);
	free(trace);
}

bool fp_trace_is_done(const struct fp_trace *trace)
{
	return atomic_load_explicit(&trace->done, memory_order_acquire) == trace->count;
}
