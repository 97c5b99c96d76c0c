/* SPDX-License-Identifier: Apache-2.0
 *
 * What is true of the graph as a whole. The order is Kahn's ("Topological sorting of large networks", 1962).
 */
#include <stdio.h>
#include <string.h>

#include "plan.h"

uint32_t fp_plan_workers(const struct fp_plan_node *node)
{
	bool has_port = node->kind == &fp_stage_input || node->kind == &fp_stage_output;

	return node->tenant->workers | (has_port ? 1u << node->home : 0);
}

static int check_edge(const struct fp_plan *plan, unsigned i, struct fp_error *error)
{
	const struct fp_plan_edge *edge = &plan->edge[i];
	const struct fp_plan_node *from = &plan->node[edge->from], *to = &plan->node[edge->to];

	if (from->kind->is_sink)
		return fp_fail(error, "configuration: edge %s -> %s: nothing leaves node %s: it is of kind %s", from->name,
			       to->name, from->name, from->kind->name);
	if (to->kind->is_source)
		return fp_fail(error, "configuration: edge %s -> %s: nothing enters node %s: it is of kind %s", from->name,
			       to->name, to->name, to->kind->name);
	if (from->tenant->workers & ~fp_plan_workers(to))
		return fp_fail(error, "configuration: edge %s -> %s: tenant %s does not run on all workers of tenant %s",
			       from->name, to->name, to->tenant->tenant.name, from->tenant->tenant.name);
	for (unsigned j = 0; j < i; j++)
		if (plan->edge[j].from == edge->from && plan->edge[j].gate == edge->gate)
			return fp_fail(error, "configuration: gate %u of node %s leads to %s and to %s", edge->gate, from->name,
				       plan->node[plan->edge[j].to].name, to->name);
	return 0;
}

static bool has_exit(const struct fp_plan *plan, unsigned node)
{
	for (unsigned i = 0; i < plan->edges; i++)
		if (plan->edge[i].from == node && plan->edge[i].gate == 0)
			return true;
	return plan->node[node].kind->is_sink;
}

static void add_to_order(struct fp_plan *plan, unsigned *count, unsigned node)
{
	plan->node[node].depth = *count;
	plan->order[(*count)++] = node;
}

/* What `node` leads to has one open edge less, and is reached if `node` is. */
static void settle_edges(struct fp_plan *plan, unsigned *count, unsigned node)
{
	for (unsigned i = 0; i < plan->edges; i++) {
		struct fp_plan_node *to = &plan->node[plan->edge[i].to];

		if (plan->edge[i].from != node)
			continue;
		to->reached |= plan->node[node].reached;
		if (--to->edges == 0)
			add_to_order(plan, count, plan->edge[i].to);
	}
}

static int fail_cycle(const struct fp_plan *plan, struct fp_error *error)
{
	char names[200] = "";
	size_t used = 0;

	for (unsigned i = 0; i < plan->nodes && used < sizeof(names); i++)
		if (plan->node[i].edges)
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", used ? ", " : "",
						 plan->node[i].name);
	return fp_fail(error, "configuration: packets could go in a circle through these nodes, or reach them from one: %s",
		       names);
}

static int find_order(struct fp_plan *plan, struct fp_error *error)
{
	unsigned count = 0;

	for (unsigned i = 0; i < plan->edges; i++)
		plan->node[plan->edge[i].to].edges++;
	for (unsigned i = 0; i < plan->nodes; i++) {
		plan->node[i].reached = plan->node[i].kind->is_source;
		if (plan->node[i].edges == 0)
			add_to_order(plan, &count, i);
	}
	for (unsigned i = 0; i < count; i++)
		settle_edges(plan, &count, plan->order[i]);
	return count == plan->nodes ? 0 : fail_cycle(plan, error);
}

static void number_paths(struct fp_plan *plan)
{
	for (unsigned i = 0; i < plan->edges; i++) {
		struct fp_plan_node *from = &plan->node[plan->edge[i].from];
		unsigned to = plan->edge[i].to + 1;

		from->parts_flows |= from->leads_to && from->leads_to != to;
		from->leads_to = to;
	}
	for (unsigned i = 0; i < plan->edges; i++)
		if (plan->node[plan->edge[i].from].parts_flows)
			plan->node[plan->edge[i].to].path = fp_path_to(plan->edge[i].to);
}

static int check_size(const struct fp_plan *plan, struct fp_error *error)
{
	for (unsigned i = 0; i < plan->tenants; i++) {
		unsigned nodes = 0;

		for (unsigned j = 0; j < plan->nodes; j++)
			nodes += plan->node[j].tenant == &plan->tenant[i];
		if (nodes > FP_SHARE_STAGES)
			return fp_fail(error, "configuration: tenant %s has %u nodes; at most %d are allowed",
				       plan->tenant[i].tenant.name, nodes, FP_SHARE_STAGES);
	}
	return 0;
}

int fp_plan_check(struct fp_plan *plan, struct fp_error *error)
{
	for (unsigned i = 0; i < plan->edges; i++)
		if (check_edge(plan, i, error) < 0)
			return -1;
	for (unsigned i = 0; i < plan->nodes; i++)
		if (!has_exit(plan, i))
			return fp_fail(error, "configuration: node %s: gate 0 leads nowhere", plan->node[i].name);
	if (find_order(plan, error) < 0)
		return -1;
	for (unsigned i = 0; i < plan->nodes; i++)
		if (!plan->node[i].reached)
			return fp_fail(error, "configuration: node %s: no input leads to it", plan->node[i].name);
	if (plan->steers_by_path)
		number_paths(plan);
	return check_size(plan, error);
}
