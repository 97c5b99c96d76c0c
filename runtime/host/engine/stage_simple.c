/* SPDX-License-Identifier: Apache-2.0
 *
 * The stages that are no more than a few lines: modules, drop, counter, classifier, mirror.
 */
#include "stage.h"

#include <string.h>

#include "engine/share.h"
#include "engine/worker.h"
#include "event.h"
#include "node_plan.h"
#include "options.h"
#include "shared_capture.h"

/* A module is told its node's name. */
static int read_plan(struct fp_node_plan *plan, const struct fp_stage *stage, const struct fp_trust *trust,
		     struct fp_error *error)
{
	json_t *options = json_copy(stage->options);
	int status;

	json_object_set_new(options, "name", json_string(stage->name));
	status = fp_node_plan_read(plan, options, stage->name, trust, error);
	json_decref(options);
	return status;
}

static int create_module(struct fp_stage *stage, const struct fp_trust *trust, struct fp_error *error)
{
	if (read_plan(&stage->plan, stage, trust, error) < 0)
		return -1;
	stage->node.plan = &stage->plan;
	stage->node.pool = &stage->share->pool;
	stage->node.recovery = &stage->share->worker->recovery;
	stage->node.restarted_elsewhere = true;
	return fp_node_start(&stage->node, error) < 0 ? -1 : fp_node_open_capture(&stage->node, error);
}

static void destroy_module(struct fp_stage *stage)
{
	if (stage->node.plan)
		fp_node_stop(&stage->node);
	fp_node_plan_free(&stage->plan);
}

static bool is_same_file(const struct fp_file *a, const struct fp_file *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->bytes, b->bytes, a->len) == 0);
}

/* The files behind the same names may have changed. */
static bool is_same_module(const struct fp_stage *stage, const struct fp_stage *wanted, const struct fp_trust *trust)
{
	struct fp_node_plan plan;
	struct fp_error error;
	bool same;

	if (json_is_true(json_object_get(wanted->options, "keep")))
		return true;
	if (read_plan(&plan, wanted, trust, &error) < 0)
		return fp_node_plan_free(&plan), false;
	same = is_same_file(&plan.instance.module, &stage->plan.instance.module) &&
	       is_same_file(&plan.instance.args, &stage->plan.instance.args);
	fp_node_plan_free(&plan);
	return same;
}

static void run_module(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	fp_node_run(&stage->node, burst);
	if (stage->node.state == FP_NODE_WAITING)
		atomic_store_explicit(&stage->share->worker->waiting, true, memory_order_relaxed);
	fp_stage_pass(stage, burst, now);
}

const struct fp_stage_kind fp_stage_module = {
	.name = "module",
	.create = create_module,
	.destroy = destroy_module,
	.is_same = is_same_module,
	.run = run_module,
};

static int create_plain(struct fp_stage *stage, const struct fp_trust *trust, struct fp_error *error)
{
	(void)trust;
	return fp_options_read(stage->options, stage->name, NULL, 0, error);
}

static void destroy_plain(struct fp_stage *stage)
{
	(void)stage;
}

static void run_drop(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	(void)now;
	stage->node.in += burst->count;
	fp_stage_drop(stage, burst, FP_DROPPED_BY_NODE);
}

const struct fp_stage_kind fp_stage_drop_kind = {
	.name = "drop",
	.is_sink = true,
	.create = create_plain,
	.destroy = destroy_plain,
	.run = run_drop,
};

static void run_counter(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	stage->node.in += burst->count;
	stage->node.gate[0] += burst->count;
	fp_stage_pass(stage, burst, now);
}

const struct fp_stage_kind fp_stage_counter = {
	.name = "counter",
	.create = create_plain,
	.destroy = destroy_plain,
	.run = run_counter,
};

/* What parts the packets are the filters of its edges, which are stages of their own. */
const struct fp_stage_kind fp_stage_classifier = {
	.name = "classifier",
	.create = create_plain,
	.destroy = destroy_plain,
	.run = run_counter,
};

static int create_mirror(struct fp_stage *stage, const struct fp_trust *trust, struct fp_error *error)
{
	const char *path;
	const struct fp_option rows[] = {{"path", FP_OPTION_TEXT, &path, true, 0, 0}};

	(void)trust;
	if (fp_options_read(stage->options, stage->name, rows, 1, error) < 0)
		return -1;
	stage->own = fp_shared_capture_open(path, error);
	return stage->own ? 0 : -1;
}

static void destroy_mirror(struct fp_stage *stage)
{
	struct fp_error error;

	if (fp_shared_capture_close(stage->own, &error) < 0)
		fp_event_error(error.text);
}

/* A file that cannot be written to any more ends the mirror, not the traffic. */
static void run_mirror(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	struct fp_error error;
	uint64_t first;

	if (stage->own && fp_shared_capture_write(stage->own, burst, &first, &error) < 0) {
		fp_event_error(error.text);
		fp_shared_capture_close(stage->own, &error);
		stage->own = NULL;
	}
	run_counter(stage, burst, now);
}

const struct fp_stage_kind fp_stage_mirror = {
	.name = "mirror",
	.create = create_mirror,
	.destroy = destroy_mirror,
	.run = run_mirror,
};
