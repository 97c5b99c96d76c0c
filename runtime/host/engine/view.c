/* SPDX-License-Identifier: Apache-2.0 */
#include "view.h"

#include <string.h>

struct viewer {
	const struct fp_access *access;
	uid_t uid;
};

static bool sees(const struct viewer *viewer, const json_t *entry)
{
	const char *tenant = json_string_value(json_object_get(entry, "tenant"));

	return tenant && fp_access_may_read(viewer->access, viewer->uid, tenant);
}

static void filter(const struct viewer *viewer, json_t *entries)
{
	for (size_t i = json_array_size(entries); i > 0; i--)
		if (!sees(viewer, json_array_get(entries, i - 1)))
			json_array_remove(entries, i - 1);
}

void fp_view_report(const struct fp_access *access, uid_t uid, json_t *report)
{
	const struct viewer viewer = {access, uid};

	if (fp_access_may_read(access, uid, NULL))
		return;
	filter(&viewer, json_object_get(report, "tenants"));
	filter(&viewer, json_object_get(report, "nodes"));
	filter(&viewer, json_object_get(report, "taps"));
	json_object_del(report, "workers");
}

/* Whether one of the user's tenants is in the list. */
static bool lists_own(const struct viewer *viewer, const json_t *tenants)
{
	for (unsigned i = 0; i < viewer->access->grants; i++)
		if (fp_grant_is_held_by(&viewer->access->grant[i], viewer->uid) &&
		    fp_access_lists(tenants, viewer->access->grant[i].tenant))
			return true;
	return false;
}

static bool is_offered(const struct viewer *viewer, const json_t *node)
{
	const char *gate;
	json_t *tenants;

	json_object_foreach(json_object_get(node, "open_to"), gate, tenants)
		if (lists_own(viewer, tenants))
			return true;
	return lists_own(viewer, json_object_get(node, "accept"));
}

/* Of another's node: what it is, not what it does. */
static json_t *outline(const json_t *node)
{
	static const char *const shown[] = {"name", "tenant", "kind", "open_to", "accept"};
	json_t *outlined = json_object();

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
		json_object_set(outlined, shown[i], json_object_get(node, shown[i]));
	return outlined;
}

/* What is shown of a node, a new reference; NULL: nothing. */
static json_t *show(const struct viewer *viewer, const json_t *node)
{
	if (sees(viewer, node))
		return json_incref((json_t *)node);
	return is_offered(viewer, node) ? outline(node) : NULL;
}

static void show_nodes(const struct viewer *viewer, const json_t *nodes, json_t *shown, json_t *names)
{
	const json_t *node;
	size_t i;

	json_array_foreach (nodes, i, node) {
		json_t *seen = show(viewer, node);

		if (!seen)
			continue;
		json_object_set_new(names, json_string_value(json_object_get(node, "name")), json_boolean(sees(viewer, node)));
		json_array_append_new(shown, seen);
	}
}

/* One end at least is the user's to see in full. */
static bool sees_edge(const json_t *names, const json_t *edge)
{
	const json_t *from = json_object_get(names, json_string_value(json_object_get(edge, "from")));
	const json_t *to = json_object_get(names, json_string_value(json_object_get(edge, "to")));

	return from && to && (json_is_true(from) || json_is_true(to));
}

static void show_edges(const json_t *edges, const json_t *names, json_t *shown)
{
	const json_t *edge;
	size_t i;

	json_array_foreach (edges, i, edge)
		if (sees_edge(names, edge))
			json_array_append(shown, (json_t *)edge);
}

static json_t *show_tenants(const struct viewer *viewer, const json_t *tenants)
{
	json_t *shown = json_array();
	const json_t *entry;
	size_t i;

	json_array_foreach (tenants, i, entry)
		if (fp_access_may_read(viewer->access, viewer->uid, json_string_value(json_object_get(entry, "name"))))
			json_array_append(shown, (json_t *)entry);
	return shown;
}

/* Everybody may know the rights they have. */
static json_t *show_access(const struct viewer *viewer, const json_t *access)
{
	json_t *shown = json_object();

	for (unsigned i = 0; i < viewer->access->grants; i++) {
		const struct fp_grant *grant = &viewer->access->grant[i];

		if (fp_grant_is_held_by(grant, viewer->uid))
			json_object_set(shown, grant->tenant, json_object_get(json_object_get(access, "tenants"), grant->tenant));
	}
	return json_pack("{s:o}", "tenants", shown);
}

json_t *fp_view_graph(const struct fp_plan *plan, uid_t uid)
{
	const struct viewer viewer = {&plan->access, uid};
	json_t *nodes, *edges, *names, *tenants;

	if (fp_access_is_operator(&plan->access, uid))
		return json_incref(plan->root);
	nodes = json_array();
	edges = json_array();
	names = json_object();
	show_nodes(&viewer, json_object_get(plan->root, "nodes"), nodes, names);
	show_edges(json_object_get(plan->root, "edges"), names, edges);
	json_decref(names);
	tenants = show_tenants(&viewer, json_object_get(plan->root, "tenants"));
	return json_pack("{s:o, s:o, s:o, s:o}", "tenants", tenants, "nodes", nodes, "edges", edges, "access",
			 show_access(&viewer, json_object_get(plan->root, "access")));
}
