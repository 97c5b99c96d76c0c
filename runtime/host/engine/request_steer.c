/* SPDX-License-Identifier: Apache-2.0
 *
 * Flow groups by hand: which worker serves which, and moving them, as balance.c does by itself.
 */
#include <string.h>

#include "clock.h"
#include "engine/requests.h"
#include "engine/steering.h"
#include "engine/tend.h"
#include "options.h"

#define LIST_MAX 65536

/* An input's table, as its worker has it between two batches. */
struct look {
	const struct fp_stage *input;
	struct fp_steering_table table;
	uint64_t packets[FP_PATHS][FP_STEERING_GROUPS];
};

static void copy_table(struct fp_worker *worker, void *more)
{
	struct look *look = more;

	(void)worker;
	look->table = look->input->steering->table;
	memcpy(look->packets, look->input->steering->packets, sizeof(look->packets));
}

static void look_at(struct look *look, struct fp_engine *engine, const struct fp_stage *input)
{
	look->input = input;
	fp_worker_order(&engine->worker[input->home], copy_table, look);
}

/* The groups of one path: who serves them, and how many packets they have had. */
static json_t *describe_path(const struct look *look, int path)
{
	json_t *groups = json_array(), *packets = json_array();

	for (int i = 0; i < FP_STEERING_GROUPS; i++) {
		json_array_append_new(groups, json_integer(look->table.worker[path][i]));
		json_array_append_new(packets, json_integer((json_int_t)look->packets[path][i]));
	}
	return json_pack("{s:i, s:o, s:o}", "path", path, "groups", groups, "packets", packets);
}

static bool has_packets(const struct look *look, int path)
{
	for (int i = 0; i < FP_STEERING_GROUPS; i++)
		if (look->packets[path][i])
			return true;
	return false;
}

static json_t *describe(struct fp_engine *engine, const struct fp_stage *input)
{
	json_t *workers = json_array(), *paths = json_array();
	struct look look;

	look_at(&look, engine, input);
	for (int i = 0; i < FP_WORKERS_MAX; i++)
		if (input->workers & 1u << i)
			json_array_append_new(workers, json_integer(i));
	for (int path = 0; path < FP_PATHS; path++)
		if (path == 0 || has_packets(&look, path))
			json_array_append_new(paths, describe_path(&look, path));
	return json_pack("{s:s, s:s, s:o, s:o}", "node", input->name, "tenant", input->share->tenant.name, "workers", workers,
			 "paths", paths);
}

static json_t *describe_all(struct fp_engine *engine)
{
	json_t *inputs = json_array();

	for (unsigned i = 0; i < engine->stages; i++)
		if (engine->stage[i]->steering)
			json_array_append_new(inputs, describe(engine, engine->stage[i]));
	return json_pack("{s:b, s:f, s:o}", "ok", 1, "seconds", (double)(fp_clock_ns() - engine->started_ns) / 1e9, "inputs",
			 inputs);
}

static struct fp_stage *find_input(const struct fp_engine *engine, const char *name)
{
	for (unsigned i = 0; name && i < engine->stages; i++)
		if (engine->stage[i]->steering && strcmp(engine->stage[i]->name, name) == 0)
			return engine->stage[i];
	return NULL;
}

static bool serves(const struct fp_stage *input, json_int_t worker)
{
	return worker >= 0 && worker < FP_WORKERS_MAX && input->workers & 1u << worker;
}

/* Group n of every path goes to workers[n % their number]. */
static int read_table(struct fp_steering_table *table, const json_t *workers, const struct fp_stage *input, struct fp_error *error)
{
	size_t count = json_array_size(workers);

	if (count == 0 || count > FP_STEERING_GROUPS)
		return fp_fail(error, "\"workers\" must be a list of 1 to %d workers", FP_STEERING_GROUPS);
	for (size_t i = 0; i < FP_STEERING_GROUPS; i++) {
		const json_t *value = json_array_get(workers, i % count);

		if (!json_is_integer(value) || !serves(input, json_integer_value(value)))
			return fp_fail(error, "workers[%zu] is none of those that serve this input", i % count);
		fp_steering_set(table, (unsigned)i, (unsigned)json_integer_value(value));
	}
	return 0;
}

/* These groups of every path go to worker `to`, the others stay. */
static int change_table(struct fp_steering_table *table, const json_t *groups, const struct fp_stage *input, int64_t to,
			struct fp_error *error)
{
	const json_t *value;
	size_t i;

	if (!serves(input, to))
		return fp_fail(error, "\"to\" is none of the workers that serve this input");
	json_array_foreach (groups, i, value) {
		if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) >= FP_STEERING_GROUPS)
			return fp_fail(error, "groups[%zu] must be an integer of 0 to %d", i, FP_STEERING_GROUPS - 1);
		fp_steering_set(table, (unsigned)json_integer_value(value), (unsigned)to);
	}
	return 0;
}

json_t *fp_request_steer(struct fp_engine *engine, const json_t *request, struct fp_error *error)
{
	const char *what, *name = NULL;
	const json_t *workers = NULL, *groups = NULL;
	struct fp_stage *input;
	struct look look;
	int64_t to = -1;
	const struct fp_option rows[] = {
		{"do", FP_OPTION_TEXT, &what, true, 0, 0},
		{"node", FP_OPTION_TEXT, &name, false, 0, 0},
		{"workers", FP_OPTION_ARRAY, &workers, false, 0, LIST_MAX},
		{"groups", FP_OPTION_ARRAY, &groups, false, 0, LIST_MAX},
		{"to", FP_OPTION_INTEGER, &to, false, 0, FP_WORKERS_MAX - 1},
	};

	if (fp_options_read(request, "", rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return NULL;
	if (!name && !workers && !groups && to < 0)
		return describe_all(engine);
	input = find_input(engine, name);
	if (!input)
		return fp_fail(error, "\"node\" must name an input whose flows several workers serve"), NULL;
	if (!workers == !groups || !groups != (to < 0))
		return fp_fail(error, "either \"workers\", or \"groups\" and \"to\", must be given"), NULL;
	look_at(&look, engine, input);
	if ((workers ? read_table(&look.table, workers, input, error) : change_table(&look.table, groups, input, to, error)) < 0)
		return NULL;
	fp_steer(engine, input, &look.table);
	return json_pack("{s:b}", "ok", 1);
}
