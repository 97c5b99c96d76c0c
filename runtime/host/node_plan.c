/* SPDX-License-Identifier: Apache-2.0 */
#include "node_plan.h"

#include <stdlib.h>
#include <string.h>

#include <fastpaas/abi.h>

#include "options.h"

#define HEAP_MAX (FP_HEAP_LIMIT - FP_HEAP_OFFSET)
#define BUDGET_MIN_US 100
#define BUDGET_MAX_US 60000000

static int set_policy(struct fp_node_plan *plan, const char *name, const char *where, struct fp_error *error)
{
	plan->policy = fp_policy_find(name);
	return plan->policy ? 0 :
			      fp_fail(error, "configuration: %s.policy is \"%.40s\"; known are drop, bypass, restart",
				      where, name);
}

struct source {
	int64_t sealed; /* -1: none */
	const char *digest; /* NULL: none */
};

static int read_module(struct fp_node_plan *plan, const struct source *source, const struct fp_trust *trust,
		       struct fp_error *error)
{
	struct fp_file *module = &plan->instance.module;

	if (plan->keep)
		return fp_fail(error, "%s: no module with these options runs under the name %s, so none can be kept",
			       plan->module_path, plan->instance.name);
	if (source->digest && trust->store)
		return fp_module_store_read(trust->store, source->digest, module, error);
	if (source->sealed >= 0 && trust->control)
		return fp_control_read(trust->control, (size_t)source->sealed, module, error);
	if (!trust->allow_unverified)
		return fp_fail(error, "%s: nobody has verified this module; `fpcc run` does and hands it over sealed",
			       plan->module_path);
	return fp_file_read(module, plan->module_path, error);
}

int fp_node_plan_read(struct fp_node_plan *plan, const json_t *options, const char *where, const struct fp_trust *trust,
		      struct fp_error *error)
{
	int64_t heap = FP_NODE_HEAP_DEFAULT, budget = FP_NODE_BUDGET_DEFAULT_US;
	int64_t init_budget = FP_NODE_INIT_BUDGET_DEFAULT_US;
	struct source source = {.sealed = -1};
	const char *name, *policy = "drop";

	*plan = (struct fp_node_plan){0};
	const struct fp_option rows[] = {
		{"name", FP_OPTION_TEXT, &name, true, 0, 0},
		{"module", FP_OPTION_TEXT, &plan->module_path, true, 0, 0},
		{"sealed", FP_OPTION_INTEGER, &source.sealed, false, 0, FP_CONTROL_FILES - 1},
		{"keep", FP_OPTION_BOOLEAN, &plan->keep, false, 0, 0},
		{"digest", FP_OPTION_TEXT, &source.digest, false, 0, 0},
		{"args", FP_OPTION_PATH, &plan->args_path, false, 0, 0},
		{"policy", FP_OPTION_TEXT, &policy, false, 0, 0},
		{"budget_us", FP_OPTION_INTEGER, &budget, false, BUDGET_MIN_US, BUDGET_MAX_US},
		{"init_budget_us", FP_OPTION_INTEGER, &init_budget, false, BUDGET_MIN_US, BUDGET_MAX_US},
		{"heap_bytes", FP_OPTION_INTEGER, &heap, false, 4096, HEAP_MAX},
		{"fault_capture", FP_OPTION_PATH, &plan->fault_capture, false, 0, 0},
	};

	if (fp_options_read(options, where, rows, sizeof(rows) / sizeof(rows[0]), error) < 0 ||
	    fp_options_copy_name(plan->instance.name, sizeof(plan->instance.name), name, where, error) < 0 || set_policy(plan, policy, where, error) < 0)
		return -1;
	plan->instance.heap_bytes = (size_t)heap;
	plan->instance.budget_ns = (uint64_t)budget * 1000;
	plan->instance.init_budget_ns = (uint64_t)init_budget * 1000;
	plan->instance.allow_unprotected = trust->allow_unprotected;
	if (read_module(plan, &source, trust, error) < 0)
		return -1;
	return plan->args_path ? fp_file_read(&plan->instance.args, plan->args_path, error) : 0;
}

void fp_node_plan_free(struct fp_node_plan *plan)
{
	free(plan->instance.module.bytes);
	free(plan->instance.args.bytes);
	plan->instance.module = plan->instance.args = (struct fp_file){0};
}
