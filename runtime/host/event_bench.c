/* SPDX-License-Identifier: Apache-2.0
 *
 * The events of a bench.
 */
#include <stdio.h>

#include "bench.h"
#include "event.h"
#include "resident.h"

static json_t *bytes_or_null(int64_t bytes)
{
	return bytes < 0 ? json_null() : json_integer(bytes);
}

static json_t *gates_of(const struct fp_bench_result *result)
{
	json_t *gates = json_object();
	char name[8];

	for (int i = 0; i < FP_GATES; i++) {
		snprintf(name, sizeof(name), "%d", i);
		if (result->gate[i])
			json_object_set_new(gates, name, json_integer((json_int_t)result->gate[i]));
	}
	if (result->dropped)
		json_object_set_new(gates, "dropped", json_integer((json_int_t)result->dropped));
	if (result->invalid)
		json_object_set_new(gates, "invalid", json_integer((json_int_t)result->invalid));
	return gates;
}

static json_t *variant(const struct fp_node *node, const struct fp_bench_result *result)
{
	const struct fp_instance *instance = &node->instance;
	char checksum[20];

	snprintf(checksum, sizeof(checksum), "%016llx", (unsigned long long)result->checksum);
	return json_pack("{s:s, s:s, s:o, s:I, s:o, s:o, s:o}", "node", node->plan->instance.name, "checksum", checksum, "gates",
			 gates_of(result), "image_bytes", (json_int_t)(instance->module.image_end - FP_IMAGE_OFFSET),
			 "image_touched_bytes",
			 bytes_or_null(fp_resident_bytes(instance->module.base + FP_IMAGE_OFFSET,
							 instance->module.image_end - FP_IMAGE_OFFSET)),
			 "heap_touched_bytes",
			 bytes_or_null(fp_resident_bytes(instance->arena.base + FP_HEAP_OFFSET, instance->arena.heap_bytes)),
			 "stack_touched_bytes", bytes_or_null(fp_resident_bytes(instance->stack_low, FP_STACK_SIZE)));
}

static json_t *difference(const struct fp_bench_result *result)
{
	return result->differs < 0 ? json_null() :
				     json_pack("{s:I, s:s}", "packet", (json_int_t)result->differs, "how", result->how);
}

void fp_event_bench_rehearsed(const struct fp_bench *bench)
{
	json_t *variants = json_array();

	for (unsigned i = 0; i < bench->config->count; i++)
		json_array_append_new(variants, json_pack("{s:s, s:o}", "node", bench->config->variant[i].instance.name,
							  "differs", difference(&bench->result[i])));
	fp_event_emit(json_pack("{s:s, s:o}", "event", "rehearsed", "variants", variants));
}

void fp_event_bench_done(const struct fp_bench *bench, uint32_t rounds)
{
	json_t *variants = json_array();

	for (unsigned i = 0; i < bench->config->count; i++)
		json_array_append_new(variants, variant(&bench->node[i], &bench->result[i]));
	fp_event_emit(json_pack("{s:s, s:I, s:f, s:f, s:b, s:o}", "event", "done", "rounds", (json_int_t)rounds, "crossing_ns",
				bench->crossing.median, "switching_ns", bench->crossing.switching, "interrupted", bench->interrupted, "variants", variants));
}
