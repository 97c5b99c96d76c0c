/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose an edge is follows from where it leaves: a gate of a tenant's node is the tenant's, unless the operator has opened
 * it to some, who then may lead it to nodes of their own.
 */
#include "merge.h"

#include <stdio.h>
#include <string.h>

#include "options.h"

struct edge {
	const char *from, *to;
	int64_t gate;
	bool locked, is_default;
};

static int read_edge(struct edge *edge, const json_t *object, struct fp_error *error)
{
	*edge = (struct edge){0};
	const struct fp_option rows[] = {
		{"from", FP_OPTION_TEXT, &edge->from, true, 0, 0},
		{"gate", FP_OPTION_INTEGER, &edge->gate, false, 0, FP_GATES - 1},
		{"to", FP_OPTION_TEXT, &edge->to, true, 0, 0},
		{"locked", FP_OPTION_BOOLEAN, &edge->locked, false, 0, 0},
		{"default", FP_OPTION_BOOLEAN, &edge->is_default, false, 0, 0},
	};

	return fp_options_read(object, "edges[]", rows, sizeof(rows) / sizeof(rows[0]), error);
}

/* The tenants a gate is open to; NULL: it is its node's tenant's. */
static const json_t *open_to(const json_t *node, int64_t gate)
{
	char key[24];

	snprintf(key, sizeof(key), "%lld", (long long)gate);
	return json_object_get(json_object_get(node, "open_to"), key);
}

/* Whether the tenant sets where the gate leads, if it leads to `to`. */
static bool may_lead(const struct fp_merging *merging, const json_t *from, int64_t gate, const json_t *to)
{
	const json_t *others = open_to(from, gate);

	if (others)
		return fp_access_lists(others, merging->tenant) && to && fp_merge_owns(merging, to);
	return fp_merge_owns(merging, from);
}

static bool is_mine(const struct fp_merging *merging, const struct edge *edge)
{
	const json_t *from = json_object_get(merging->old_index, edge->from), *to = json_object_get(merging->old_index, edge->to);

	return !edge->locked && !edge->is_default && may_lead(merging, from, edge->gate, to);
}

/* Others' edges stay, and so must what they lead from and to. */
static int keep_edges(struct fp_merging *merging, struct fp_error *error)
{
	const json_t *object;
	struct edge edge;
	size_t i;

	json_array_foreach (merging->old_edges, i, object) {
		const char *missing;

		if (read_edge(&edge, object, error) < 0)
			return -1;
		if (is_mine(merging, &edge))
			continue;
		missing = !json_object_get(merging->index, edge.from) ? edge.from :
			  !json_object_get(merging->index, edge.to)   ? edge.to :
								      NULL;
		if (missing)
			return fp_fail(error, "node %s must stay: the edge %s -> %s is not tenant %s's", missing, edge.from,
				       edge.to, merging->tenant);
		json_array_append(merging->edges, (json_t *)object);
	}
	return 0;
}

static bool is_same_edge(const struct edge *a, const struct edge *b)
{
	return strcmp(a->from, b->from) == 0 && strcmp(a->to, b->to) == 0 && a->gate == b->gate && a->locked == b->locked &&
	       a->is_default == b->is_default;
}

static bool leaves(const json_t *object, const char *from)
{
	return strcmp(json_string_value(json_object_get(object, "from")), from) == 0;
}

static bool has_edge(const json_t *edges, const struct edge *wanted)
{
	struct fp_error ignored;
	const json_t *object;
	struct edge edge;
	size_t i;

	json_array_foreach (edges, i, object)
		if (leaves(object, wanted->from) && read_edge(&edge, object, &ignored) == 0 && is_same_edge(&edge, wanted))
			return true;
	return false;
}

static int check_lock(const struct fp_merging *merging, const struct edge *wanted, struct fp_error *error)
{
	const json_t *object;
	struct edge edge;
	size_t i;

	if (wanted->locked || wanted->is_default)
		return fp_fail(error, "edge %s -> %s: only the operator sets \"%s\"", wanted->from, wanted->to,
			       wanted->locked ? "locked" : "default");
	json_array_foreach (merging->edges, i, object)
		if (leaves(object, wanted->from) && read_edge(&edge, object, error) == 0 && edge.locked &&
		    edge.gate == wanted->gate)
			return fp_fail(error, "edge %s -> %s: gate %lld of %s is locked: it leads to %s", wanted->from, wanted->to,
				       (long long)edge.gate, edge.from, edge.to);
	return 0;
}

static int check_ends(const struct fp_merging *merging, const struct edge *edge, struct fp_error *error)
{
	const json_t *from = json_object_get(merging->index, edge->from), *to = json_object_get(merging->index, edge->to);

	if (!from || !to)
		return fp_fail(error, "edge %.64s -> %.64s: there is no node \"%.64s\"", edge->from, edge->to,
			       from ? edge->to : edge->from);
	if (!may_lead(merging, from, edge->gate, to))
		return fp_fail(error, "edge %s -> %s: tenant %s may not say where gate %lld of %s leads%s", edge->from, edge->to,
			       merging->tenant, (long long)edge->gate, edge->from,
			       fp_access_lists(open_to(from, edge->gate), merging->tenant) ? ", but to nodes of its own" : "");
	if (!fp_merge_owns(merging, to) && !fp_access_lists(json_object_get(to, "accept"), merging->tenant) &&
	    !has_edge(merging->old_edges, edge))
		return fp_fail(error, "edge %s -> %s: node %s accepts nothing from tenant %s", edge->from, edge->to, edge->to,
			       merging->tenant);
	return 0;
}

static int add_edge(struct fp_merging *merging, const json_t *object, struct fp_error *error)
{
	struct edge edge;

	if (read_edge(&edge, object, error) < 0)
		return -1;
	if (has_edge(merging->edges, &edge))
		return 0; /* somebody else's that the tenant has seen and repeats */
	if (check_lock(merging, &edge, error) < 0 || check_ends(merging, &edge, error) < 0)
		return -1;
	return json_array_append(merging->edges, (json_t *)object);
}

int fp_merge_edges(struct fp_merging *merging, struct fp_error *error)
{
	const json_t *object;
	size_t i;

	if (keep_edges(merging, error) < 0)
		return -1;
	json_array_foreach (merging->proposal->edges, i, object)
		if (add_edge(merging, object, error) < 0)
			return -1;
	return 0;
}
