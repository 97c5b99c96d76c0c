/* SPDX-License-Identifier: Apache-2.0 */
#include "merge.h"

#include <string.h>

#include "options.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* What only the operator, or the host, says of a node. */
static const char *const marks[] = {"locked", "open_to", "accept", "by"};

bool fp_merge_owns(const struct fp_merging *merging, const json_t *node)
{
	const char *tenant = json_string_value(json_object_get(node, "tenant"));

	return tenant && strcmp(tenant, merging->tenant) == 0;
}

static bool is_locked(const struct fp_merging *merging, const json_t *node)
{
	return json_is_true(json_object_get(node, "locked")) ||
	       fp_access_fixes(merging->access, json_string_value(json_object_get(node, "name")));
}

/* Takes over the reference to `node`. */
static void put_node(struct fp_merging *merging, json_t *node)
{
	json_object_set(merging->index, json_string_value(json_object_get(node, "name")), node);
	json_array_append_new(merging->nodes, node);
}

static void keep_nodes(struct fp_merging *merging)
{
	const json_t *node;
	size_t i;

	json_array_foreach (merging->old_nodes, i, node) {
		json_object_set(merging->old_index, json_string_value(json_object_get(node, "name")), (json_t *)node);
		if (!fp_merge_owns(merging, node) || is_locked(merging, node))
			put_node(merging, json_incref((json_t *)node));
	}
}

static bool is_mark_kept(const json_t *mark, const json_t *old_mark)
{
	return !mark || (old_mark ? json_equal(mark, old_mark) : json_is_false(mark));
}

static int check_marks(const json_t *wanted, const json_t *old, const char *name, struct fp_error *error)
{
	for (size_t i = 0; i < COUNT(marks); i++)
		if (!is_mark_kept(json_object_get(wanted, marks[i]), json_object_get(old, marks[i])))
			return fp_fail(error, "node %s: only the operator sets \"%s\"", name, marks[i]);
	return 0;
}

static int check_form(const struct fp_merging *merging, const json_t *wanted, const char **name, struct fp_error *error)
{
	const char *kind, *tenant = merging->tenant;
	const json_t *options, *open_to, *accept, *by;
	bool locked;
	int64_t worker;
	const struct fp_option rows[] = {
		{"name", FP_OPTION_TEXT, name, true, 0, 0},
		{"tenant", FP_OPTION_TEXT, &tenant, false, 0, 0},
		{"kind", FP_OPTION_TEXT, &kind, true, 0, 0},
		{"worker", FP_OPTION_INTEGER, &worker, false, 0, FP_WORKERS_MAX - 1},
		{"options", FP_OPTION_OBJECT, &options, false, 0, 0},
		{"locked", FP_OPTION_BOOLEAN, &locked, false, 0, 0},
		{"open_to", FP_OPTION_OBJECT, &open_to, false, 0, 0},
		{"accept", FP_OPTION_ARRAY, &accept, false, 0, FP_TENANTS_MAX},
		{"by", FP_OPTION_OBJECT, &by, false, 0, 0},
	};

	if (fp_options_read(wanted, "nodes[]", rows, COUNT(rows), error) < 0)
		return -1;
	if (strcmp(tenant, merging->tenant) != 0)
		return fp_fail(error, "node %s: tenant is \"%.60s\"; these are nodes of tenant %s", *name, tenant,
			       merging->tenant);
	return 0;
}

static bool has_own_name(const struct fp_merging *merging, const char *name)
{
	size_t len = strlen(merging->tenant);

	return strncmp(name, merging->tenant, len) == 0 && name[len] == '.' && name[len + 1];
}

static int check_name(const struct fp_merging *merging, const json_t *old, const char *name, struct fp_error *error)
{
	if (old && !fp_merge_owns(merging, old))
		return fp_fail(error, "node %s is not of tenant %s", name, merging->tenant);
	if (!old && !has_own_name(merging, name))
		return fp_fail(error, "node %s: names of new nodes of tenant %s begin with \"%s.\"", name, merging->tenant,
			       merging->tenant);
	return 0;
}

/* What the tenant itself may say of a node. NULL without memory. */
static json_t *strip(const struct fp_merging *merging, const json_t *node)
{
	json_t *stripped = json_copy((json_t *)node), *options;

	if (!stripped)
		return NULL;
	for (size_t i = 0; i < COUNT(marks); i++)
		json_object_del(stripped, marks[i]);
	json_object_set_new(stripped, "tenant", json_string(merging->tenant));
	options = json_copy(json_object_get(stripped, "options"));
	json_object_del(options, "keep"); /* its digest says the same */
	json_object_set_new(stripped, "options", options ? options : json_object());
	return stripped;
}

static bool is_unchanged(const struct fp_merging *merging, const json_t *stripped, const json_t *old)
{
	json_t *before = old ? strip(merging, old) : NULL;
	bool same = before && json_equal(stripped, before);

	json_decref(before);
	return same;
}

/* Appends the node as it is to be, and takes over the reference to `stripped`. */
static void append(struct fp_merging *merging, json_t *stripped, const json_t *old)
{
	const struct fp_user *by = &merging->proposal->by;

	for (size_t i = 0; i < COUNT(marks); i++)
		json_object_set(stripped, marks[i], json_object_get(old, marks[i]));
	json_object_set_new(stripped, "by",
			    json_pack("{s:I, s:I}", "uid", (json_int_t)by->uid, "gid", (json_int_t)by->gid));
	put_node(merging, stripped);
}

static int add_node(struct fp_merging *merging, const json_t *wanted, struct fp_error *error)
{
	const char *name;
	const json_t *old;
	json_t *stripped;

	if (check_form(merging, wanted, &name, error) < 0)
		return -1;
	old = json_object_get(merging->old_index, name);
	if (check_name(merging, old, name, error) < 0 || check_marks(wanted, old, name, error) < 0)
		return -1;
	stripped = strip(merging, wanted);
	if (!stripped)
		return fp_fail(error, "no memory for node %s", name);
	if (!is_unchanged(merging, stripped, old)) {
		if (!old || !is_locked(merging, old))
			return append(merging, stripped, old), 0;
		json_decref(stripped);
		return fp_fail(error, "node %s is locked", name);
	}
	json_decref(stripped);
	if (!is_locked(merging, old))
		put_node(merging, json_incref((json_t *)old));
	return 0;
}

static int check_limits(const struct fp_merging *merging, struct fp_error *error)
{
	const struct fp_proposal *proposal = merging->proposal;
	const struct fp_grant *grant = proposal->grant;

	if (proposal->weight > grant->max_weight)
		return fp_fail(error, "weight is %lld; tenant %s may have %lld", (long long)proposal->weight, grant->tenant,
			       (long long)grant->max_weight);
	if (proposal->buffers > grant->max_buffers)
		return fp_fail(error, "buffers is %lld; tenant %s may have %lld", (long long)proposal->buffers, grant->tenant,
			       (long long)grant->max_buffers);
	return 0;
}

static bool lists(const json_t *list, const json_t *number)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (json_equal(item, number))
			return true;
	return false;
}

/* Without a list of workers among its rights a tenant runs where the operator has it run. */
static int check_workers(const struct fp_merging *merging, struct fp_error *error)
{
	const struct fp_grant *grant = merging->proposal->grant;
	const json_t *worker;
	size_t i;

	json_array_foreach (merging->proposal->workers, i, worker)
		if (!lists(grant->workers, worker))
			return fp_fail(error, "workers[%zu]: tenant %s has no right to it", i, grant->tenant);
	return 0;
}

/* A copy of the tenant's entry, changed as proposed. */
static json_t *merge_entry(const struct fp_merging *merging, const json_t *entry)
{
	const struct fp_proposal *proposal = merging->proposal;
	json_t *changed = json_copy((json_t *)entry);

	if (proposal->weight >= 0)
		json_object_set_new(changed, "weight", json_integer(proposal->weight));
	if (proposal->buffers >= 0)
		json_object_set_new(changed, "buffers", json_integer(proposal->buffers));
	if (proposal->workers)
		json_object_set(changed, "workers", (json_t *)proposal->workers);
	return changed;
}

static int merge_tenants(const struct fp_merging *merging, json_t *root, struct fp_error *error)
{
	json_t *tenants = json_copy(json_object_get(root, "tenants"));
	const json_t *entry;
	size_t i;

	json_object_set_new(root, "tenants", tenants);
	json_array_foreach (tenants, i, entry) {
		if (strcmp(json_string_value(json_object_get(entry, "name")), merging->tenant) != 0)
			continue;
		if (check_limits(merging, error) < 0 || check_workers(merging, error) < 0)
			return -1;
		return json_array_set_new(tenants, i, merge_entry(merging, entry));
	}
	return fp_fail(error, "there is no tenant %s", merging->tenant);
}

static int merge_nodes(struct fp_merging *merging, struct fp_error *error)
{
	const json_t *node;
	size_t i;

	keep_nodes(merging);
	json_array_foreach (merging->proposal->nodes, i, node)
		if (add_node(merging, node, error) < 0)
			return -1;
	return 0;
}

json_t *fp_merge(const struct fp_plan *in_force, const struct fp_proposal *proposal, struct fp_error *error)
{
	json_t *root = json_copy(in_force->root);
	struct fp_merging merging = {
		.access = &in_force->access,
		.proposal = proposal,
		.tenant = proposal->grant->tenant,
		.old_nodes = json_object_get(in_force->root, "nodes"),
		.old_edges = json_object_get(in_force->root, "edges"),
		.nodes = json_array(),
		.edges = json_array(),
		.old_index = json_object(),
		.index = json_object(),
	};
	int status;

	json_object_set_new(root, "nodes", merging.nodes);
	json_object_set_new(root, "edges", merging.edges);
	status = merge_tenants(&merging, root, error);
	if (status == 0)
		status = merge_nodes(&merging, error);
	if (status == 0)
		status = fp_merge_edges(&merging, error);
	json_decref(merging.old_index);
	json_decref(merging.index);
	if (status == 0)
		return root;
	json_decref(root);
	return NULL;
}
