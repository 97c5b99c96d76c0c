/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/plan_files.h"

#include <stdio.h>
#include <stdlib.h>

#include "file_uses.h"

/* Which options name files. */
static const struct {
	const struct fp_stage_kind *kind;
	const char *key;
	bool writes;
} rows[] = {
	{&fp_stage_input, "path", false},  {&fp_stage_input, "pcap", false},  {&fp_stage_module, "module", false},
	{&fp_stage_module, "args", false}, {&fp_stage_output, "path", true},  {&fp_stage_mirror, "path", true},
	{&fp_stage_module, "fault_capture", true},
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static size_t list_of_node(const struct fp_plan_node *node, struct fp_file_use *use)
{
	size_t count = 0;

	for (size_t i = 0; i < ROWS; i++) {
		const char *path = json_string_value(json_object_get(node->options, rows[i].key));

		if (node->kind != rows[i].kind || !path)
			continue;
		use[count] = (struct fp_file_use){.key = rows[i].key, .path = path, .writes = rows[i].writes, .user = node->by};
		snprintf(use[count].owner, sizeof(use[count].owner), "%s", node->name);
		count++;
	}
	return count;
}

/* To be freed; NULL with `error` set if there is no memory. */
static struct fp_file_use *list_files(const struct fp_plan *plan, size_t *count, struct fp_error *error)
{
	struct fp_file_use *use = calloc(plan->nodes * ROWS + 1, sizeof(*use));

	*count = 0;
	if (!use)
		fp_fail(error, "no memory for the files of %u nodes", plan->nodes);
	for (unsigned i = 0; use && i < plan->nodes; i++)
		*count += list_of_node(&plan->node[i], use + *count);
	return use;
}

int fp_plan_check_files(const struct fp_plan *plan, struct fp_error *error)
{
	size_t count;
	struct fp_file_use *use = list_files(plan, &count, error);
	int status = use ? fp_file_uses_check(use, count, error) : -1;

	free(use);
	return status;
}

int fp_plan_check_open_file(const struct fp_plan *plan, int fd, struct fp_error *error)
{
	size_t count;
	struct fp_file_use *use = list_files(plan, &count, error);
	int status = use ? 0 : -1;

	if (use && fp_file_uses_have(use, count, fd))
		status = fp_fail(error, "the capture's file is one that the graph reads or writes: name another");
	free(use);
	return status;
}
