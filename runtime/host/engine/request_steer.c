/* SPDX-License-Identifier: Apache-2.0
 *
 * Flow groups by hand: what balance.c does by itself.
 */
#include <string.h>

#include "engine/requests.h"
#include "engine/steering.h"
#include "engine/tend.h"

static struct fp_stage *find_input(const struct fp_engine *engine, const char *name)
{
	for (unsigned i = 0; name && i < engine->stages; i++)
		if (engine->stage[i]->steering && strcmp(engine->stage[i]->name, name) == 0)
			return engine->stage[i];
	return NULL;
}

/* Group n of every path goes to workers[n % their number]. */
static int read_table(struct fp_steering_table *table, const json_t *workers, uint32_t allowed, struct fp_error *error)
{
	size_t count = json_array_size(workers);

	if (count == 0 || count > FP_STEERING_GROUPS)
		return fp_fail(error, "\"workers\" must be a list of 1 to %d workers", FP_STEERING_GROUPS);
	for (size_t i = 0; i < FP_STEERING_GROUPS; i++) {
		const json_t *value = json_array_get(workers, i % count);
		json_int_t worker = json_integer_value(value);

		if (!json_is_integer(value) || worker < 0 || worker >= FP_WORKERS_MAX || !(allowed & 1u << worker))
			return fp_fail(error, "workers[%zu] is none of those that serve this input", i % count);
		fp_steering_set(table, (unsigned)i, (unsigned)worker);
	}
	return 0;
}

int fp_request_steer(struct fp_engine *engine, const json_t *request, struct fp_error *error)
{
	const char *name = json_string_value(json_object_get(request, "node"));
	struct fp_stage *input = find_input(engine, name);
	struct fp_steering_table table;

	if (!input)
		return fp_fail(error, "\"node\" must name an input whose flows several workers serve");
	table.paths = input->steering->table.paths; /* its worker only reads it */
	if (read_table(&table, json_object_get(request, "workers"), input->workers, error) < 0)
		return -1;
	fp_steer(engine, input, &table);
	return 0;
}
