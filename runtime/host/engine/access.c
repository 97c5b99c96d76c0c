/* SPDX-License-Identifier: Apache-2.0 */
#include "access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/share.h"
#include "engine/worker.h"
#include "node_plan.h"
#include "options.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define LIST_MAX 4096
#define NODES_DEFAULT 16
#define BUFFERS_DEFAULT 1024
#define HEAP_MOST (1ll << 50)
#define BUDGET_MOST 60000000

static int check_texts(const json_t *list, const char *where, const char *key, struct fp_error *error)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (!json_is_string(item) || json_string_length(item) == 0)
			return fp_fail(error, "configuration: %s.%s[%zu] must be a string that is not empty", where, key, i);
	return 0;
}

/* Of users: the largest number means nobody, to the kernel. */
static int check_numbers(const json_t *list, const char *where, const char *key, int64_t most, struct fp_error *error)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (!json_is_integer(item) || json_integer_value(item) < 0 || json_integer_value(item) > most)
			return fp_fail(error, "configuration: %s.%s[%zu] must be an integer of 0 to %lld", where, key, i,
				       (long long)most);
	return 0;
}

static int check_lists(const struct fp_grant *grant, const char *where, struct fp_error *error)
{
	const struct {
		const char *key;
		const json_t *list;
	} texts[] = {{"kinds", grant->kinds},
		     {"ports", grant->ports},
		     {"files", grant->files},
		     {"modules", grant->modules},
		     {"read", grant->read}};

	for (size_t i = 0; i < COUNT(texts); i++)
		if (check_texts(texts[i].list, where, texts[i].key, error) < 0)
			return -1;
	if (check_numbers(grant->uids, where, "uids", UINT32_MAX - 1ll, error) < 0)
		return -1;
	return check_numbers(grant->workers, where, "workers", FP_WORKERS_MAX - 1, error);
}

static int read_grant(struct fp_grant *grant, const char *tenant, const json_t *object, struct fp_error *error)
{
	char where[FP_TENANT_NAME + 24];

	*grant = (struct fp_grant){.tenant = tenant,
				   .max_weight = 1,
				   .max_buffers = BUFFERS_DEFAULT,
				   .max_nodes = NODES_DEFAULT,
				   .max_heap_bytes = FP_NODE_HEAP_DEFAULT,
				   .max_budget_us = FP_NODE_BUDGET_DEFAULT_US,
				   .max_init_budget_us = FP_NODE_INIT_BUDGET_DEFAULT_US};
	const struct fp_option rows[] = {
		{"uids", FP_OPTION_ARRAY, &grant->uids, true, 0, LIST_MAX},
		{"kinds", FP_OPTION_ARRAY, &grant->kinds, false, 0, LIST_MAX},
		{"ports", FP_OPTION_ARRAY, &grant->ports, false, 0, LIST_MAX},
		{"files", FP_OPTION_ARRAY, &grant->files, false, 0, LIST_MAX},
		{"modules", FP_OPTION_ARRAY, &grant->modules, false, 0, LIST_MAX},
		{"workers", FP_OPTION_ARRAY, &grant->workers, false, 1, FP_WORKERS_MAX},
		{"max_weight", FP_OPTION_INTEGER, &grant->max_weight, false, 1, FP_WEIGHT_MAX},
		{"max_buffers", FP_OPTION_INTEGER, &grant->max_buffers, false, 2 * FP_BATCH_MAX, FP_POOL_MAX},
		{"max_nodes", FP_OPTION_INTEGER, &grant->max_nodes, false, 0, FP_SHARE_STAGES},
		{"max_heap_bytes", FP_OPTION_INTEGER, &grant->max_heap_bytes, false, 0, HEAP_MOST},
		{"max_budget_us", FP_OPTION_INTEGER, &grant->max_budget_us, false, 1, BUDGET_MOST},
		{"max_init_budget_us", FP_OPTION_INTEGER, &grant->max_init_budget_us, false, 1, BUDGET_MOST},
		{"read", FP_OPTION_ARRAY, &grant->read, false, 0, LIST_MAX},
	};

	/* New nodes begin with the tenant's name and a dot: "a.b" and "a" would share names. */
	if (!*tenant || strlen(tenant) >= FP_TENANT_NAME || strchr(tenant, '.'))
		return fp_fail(error, "configuration: access.tenants: \"%.60s\" must have 1 to %d bytes and no dot", tenant,
			       FP_TENANT_NAME - 1);
	snprintf(where, sizeof(where), "access.tenants.%s", tenant);
	if (fp_options_read(object, where, rows, COUNT(rows), error) < 0)
		return -1;
	return check_lists(grant, where, error);
}

static int read_grants(struct fp_access *access, const json_t *tenants, struct fp_error *error)
{
	const char *name;
	json_t *object;

	access->grant = calloc(json_object_size(tenants) + 1, sizeof(*access->grant));
	if (!access->grant)
		return fp_fail(error, "no memory for the tenants' rights");
	json_object_foreach((json_t *)tenants, name, object)
		if (read_grant(&access->grant[access->grants++], name, object, error) < 0)
			return -1;
	return 0;
}

static int read_access(struct fp_access *access, const json_t *object, struct fp_error *error)
{
	const json_t *tenants = NULL;
	const struct fp_option rows[] = {
		{"operators", FP_OPTION_ARRAY, &access->operators, false, 1, LIST_MAX},
		{"verifier", FP_OPTION_ARRAY, &access->verifier, false, 1, LIST_MAX},
		{"mandatory", FP_OPTION_ARRAY, &access->mandatory, false, 0, LIST_MAX},
		{"tenants", FP_OPTION_OBJECT, &tenants, false, 0, 0},
	};

	if (fp_options_read(object, "access", rows, COUNT(rows), error) < 0 ||
	    check_numbers(access->operators, "access", "operators", UINT32_MAX - 1ll, error) < 0 ||
	    check_texts(access->verifier, "access", "verifier", error) < 0)
		return -1;
	return read_grants(access, tenants, error);
}

int fp_access_read(struct fp_access *access, const json_t *object, struct fp_error *error)
{
	*access = (struct fp_access){0};
	if (!object || read_access(access, object, error) == 0)
		return 0;
	fp_access_free(access);
	return -1;
}

void fp_access_free(struct fp_access *access)
{
	free(access->grant);
	*access = (struct fp_access){0};
}

static bool lists_number(const json_t *list, json_int_t number)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (json_integer_value(item) == number)
			return true;
	return false;
}

bool fp_access_lists(const json_t *list, const char *text)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (json_is_string(item) && strcmp(json_string_value(item), text) == 0)
			return true;
	return false;
}

bool fp_access_is_operator(const struct fp_access *access, uid_t uid)
{
	return access->operators ? lists_number(access->operators, uid) : uid == 0 || uid == geteuid();
}

bool fp_grant_is_held_by(const struct fp_grant *grant, uid_t uid)
{
	return lists_number(grant->uids, uid);
}

bool fp_access_knows(const struct fp_access *access, uid_t uid)
{
	for (unsigned i = 0; i < access->grants; i++)
		if (fp_grant_is_held_by(&access->grant[i], uid))
			return true;
	return fp_access_is_operator(access, uid);
}

const struct fp_grant *fp_access_find(const struct fp_access *access, const char *tenant)
{
	for (unsigned i = 0; i < access->grants; i++)
		if (strcmp(access->grant[i].tenant, tenant) == 0)
			return &access->grant[i];
	return NULL;
}

static bool reads(const struct fp_grant *grant, const char *tenant)
{
	if (fp_access_lists(grant->read, "all"))
		return true;
	if (!tenant)
		return false;
	if (strcmp(grant->tenant, tenant) == 0)
		return !grant->read || fp_access_lists(grant->read, "own") || fp_access_lists(grant->read, tenant);
	return fp_access_lists(grant->read, tenant);
}

bool fp_access_may_read(const struct fp_access *access, uid_t uid, const char *tenant)
{
	for (unsigned i = 0; i < access->grants; i++)
		if (fp_grant_is_held_by(&access->grant[i], uid) && reads(&access->grant[i], tenant))
			return true;
	return fp_access_is_operator(access, uid);
}

bool fp_access_fixes(const struct fp_access *access, const char *node)
{
	const json_t *rule;
	size_t i;

	json_array_foreach (access->mandatory, i, rule) {
		const char *from = json_string_value(json_object_get(rule, "from"));
		const char *through = json_string_value(json_object_get(rule, "through"));

		if ((from && strcmp(from, node) == 0) || (through && strcmp(through, node) == 0))
			return true;
	}
	return false;
}
