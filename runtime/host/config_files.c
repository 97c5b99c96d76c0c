/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of `fphost run`.
 */
#include <stdio.h>

#include "config.h"
#include "file_uses.h"

#define OF_NODE 3
#define OF_PORTS 2

static void add_node(struct fp_file_use *use, const struct fp_node_plan *plan, unsigned index)
{
	const struct fp_file_use uses[OF_NODE] = {
		{.key = "module", .path = plan->module_path},
		{.key = "args", .path = plan->args_path},
		{.key = "fault_capture", .path = plan->fault_capture, .writes = true},
	};

	for (int i = 0; i < OF_NODE; i++) {
		use[i] = uses[i];
		snprintf(use[i].owner, sizeof(use[i].owner), "chain[%u]", index);
	}
}

int fp_config_check_files(const struct fp_config *config, struct fp_error *error)
{
	struct fp_file_use use[OF_PORTS + FP_CHAIN_MAX * OF_NODE] = {
		{.owner = "input", .key = config->input.type == &fp_port_pool ? "pcap" : "path", .path = config->input.path},
		{.owner = "output", .key = "path", .path = config->output.path, .writes = true},
	};

	for (unsigned i = 0; i < config->count; i++)
		add_node(&use[OF_PORTS + i * OF_NODE], &config->node[i], i);
	return fp_file_uses_check(use, OF_PORTS + config->count * OF_NODE, error);
}
