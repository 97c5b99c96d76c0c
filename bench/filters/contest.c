/* SPDX-License-Identifier: Apache-2.0
 *
 * The two ways the host filters packets, side by side on the same frames: libpcap's interpreter and, if there is
 * one, a module.
 *
 * Standard input: {"programs": see filter.h, "module": path or null, "frames": [hexadecimal digits, ...],
 *                  "batch": frames a burst, "rounds": 0 for no measuring, "passes": of a round}
 * Standard output: {"interpreted": [gate, ...], "native": the same or null,
 *                   "rounds": [[ns a packet interpreted, native], ...]}
 * Exit status 1: something was refused, or the module faulted; standard error says what.
 */
#include <stdio.h>
#include <stdlib.h>

#include "call.h"
#include "clock.h"
#include "contain.h"
#include "context.h"
#include "fault.h"
#include "file.h"
#include "filter.h"
#include "frames.h"
#include "options.h"

#define ROUNDS_MAX 10000

struct contest {
	const json_t *programs, *texts;
	const char *module;
	int64_t batch, rounds, passes;
	struct fp_filter filter;
	struct frames frames;
	struct fp_instance_plan plan;
	struct fp_instance instance;
};

static int read_config(struct contest *contest, const json_t *root, struct fp_error *error)
{
	const struct fp_option rows[] = {
		{"programs", FP_OPTION_ARRAY, &contest->programs, true, 0, INT64_MAX},
		{"frames", FP_OPTION_ARRAY, &contest->texts, true, 1, FP_POOL_MAX},
		{"module", FP_OPTION_PATH, &contest->module, false, 0, 0},
		{"batch", FP_OPTION_INTEGER, &contest->batch, false, 1, FP_BATCH_MAX},
		{"rounds", FP_OPTION_INTEGER, &contest->rounds, false, 0, ROUNDS_MAX},
		{"passes", FP_OPTION_INTEGER, &contest->passes, false, 1, ROUNDS_MAX},
	};

	contest->batch = 32;
	contest->passes = 1;
	return fp_options_read(root, "", rows, sizeof(rows) / sizeof(rows[0]), error);
}

static int start_module(struct contest *contest, struct fp_error *error)
{
	struct fp_instance_plan *plan = &contest->plan;

	if (!contest->module)
		return 0;
	snprintf(plan->name, sizeof(plan->name), "filters");
	plan->heap_bytes = FP_GUARD_ZONE;
	plan->budget_ns = plan->init_budget_ns = 1000000000;
	if (fp_context_create(error) < 0 || fp_contain_install(error) < 0 ||
	    fp_file_read(&plan->module, contest->module, error) < 0)
		return -1;
	return fp_instance_create(&contest->instance, plan, &contest->frames.pool, error);
}

static int run_interpreter(struct contest *contest, struct fp_burst *burst, struct fp_error *error)
{
	(void)error;
	fp_filter_run(&contest->filter, burst);
	return 0;
}

static int run_module(struct contest *contest, struct fp_burst *burst, struct fp_error *error)
{
	unsigned bad;

	if (fp_call_process(&contest->instance, burst, &bad) < 0)
		return fp_fail(error, "the module faulted: %s", fp_fault_kind_name(fp_context.fault.kind));
	return bad ? fp_fail(error, "%u packets came back invalid", bad) : 0;
}

typedef int way(struct contest *contest, struct fp_burst *burst, struct fp_error *error);

/* Nanoseconds of one pass over all frames, -1 with `error` set. */
static int64_t run_pass(struct contest *contest, way *run, struct fp_error *error)
{
	uint64_t start;

	frames_reset(&contest->frames);
	start = fp_clock_processor_ns();
	for (uint32_t i = 0; i < contest->frames.bursts; i++)
		if (run(contest, &contest->frames.burst[i], error) < 0)
			return -1;
	return (int64_t)(fp_clock_processor_ns() - start);
}

/* Appends nanoseconds a packet to `times`; the first pass warms up. */
static int run_turn(struct contest *contest, way *run, json_t *times, struct fp_error *error)
{
	int64_t total = 0;

	for (int64_t i = 0; i <= contest->passes; i++) {
		int64_t ns = run_pass(contest, run, error);

		if (ns < 0)
			return -1;
		total += i ? ns : 0;
	}
	json_array_append_new(times, json_real((double)total / (double)contest->passes /
					       (double)json_array_size(contest->texts)));
	return 0;
}

static int run_rounds(struct contest *contest, json_t *said, struct fp_error *error)
{
	json_t *rounds = json_array();

	json_object_set_new(said, "rounds", rounds);
	for (int64_t i = 0; i < contest->rounds; i++) {
		json_t *times = json_array();

		json_array_append_new(rounds, times);
		if (run_turn(contest, run_interpreter, times, error) < 0 ||
		    (contest->module && run_turn(contest, run_module, times, error) < 0))
			return -1;
	}
	return 0;
}

static int run_all(struct contest *contest, json_t *said, struct fp_error *error)
{
	if (fp_filter_create(&contest->filter, contest->programs, error) < 0 ||
	    frames_create(&contest->frames, contest->texts, (uint32_t)contest->batch, error) < 0 ||
	    start_module(contest, error) < 0 || run_pass(contest, run_interpreter, error) < 0)
		return -1;
	json_object_set_new(said, "interpreted", frames_gates(&contest->frames));
	if (contest->module && run_pass(contest, run_module, error) < 0)
		return -1;
	json_object_set_new(said, "native", contest->module ? frames_gates(&contest->frames) : json_null());
	return run_rounds(contest, said, error);
}

int main(void)
{
	struct contest *contest = aligned_alloc(64, (sizeof(*contest) + 63) / 64 * 64);
	json_t *root, *said = json_object();
	struct fp_error error;
	int status = -1;

	if (!contest)
		return 1;
	*contest = (struct contest){.frames.pool.fd = -1};
	root = json_loadf(stdin, 0, NULL);
	if (!root)
		fp_fail(&error, "standard input is not JSON");
	else if (read_config(contest, root, &error) == 0)
		status = run_all(contest, said, &error);
	if (status == 0)
		json_dumpf(said, stdout, JSON_COMPACT);
	else
		fprintf(stderr, "contest: %s\n", error.text);
	if (contest->instance.loaded)
		fp_instance_destroy(&contest->instance);
	frames_destroy(&contest->frames);
	fp_filter_destroy(&contest->filter);
	json_decref(root);
	json_decref(said);
	free(contest->plan.module.bytes);
	free(contest);
	return status < 0;
}
