/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "options.h"

#define BATCH_DEFAULT 32

static int check_name(const struct fp_node_plan *plan, size_t index, const char *key, struct fp_error *error)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(plan[i].instance.name, plan[index].instance.name) == 0)
			return fp_fail(error, "configuration: %s[%zu].name and %s[%zu].name are both \"%s\"", key, i, key,
				       index, plan[index].instance.name);
	return 0;
}

int fp_config_read_nodes(struct fp_node_plan *plan, const json_t *nodes, const char *key,
			 const struct fp_trust *trust, struct fp_error *error)
{
	char where[40];

	for (size_t i = 0; i < json_array_size(nodes); i++) {
		snprintf(where, sizeof(where), "%s[%zu]", key, i);
		if (fp_node_plan_read(&plan[i], json_array_get(nodes, i), where, trust, error) < 0 ||
		    check_name(plan, i, key, error) < 0)
			return -1;
	}
	return 0;
}

int fp_config_read(struct fp_config *config, const json_t *root, const struct fp_control *control,
		   struct fp_error *error)
{
	const json_t *input, *output, *chain;
	struct fp_trust trust = {.control = control};
	int64_t batch = BATCH_DEFAULT;
	const struct fp_option rows[] = {
		{"input", FP_OPTION_OBJECT, &input, true, 0, 0},
		{"output", FP_OPTION_OBJECT, &output, true, 0, 0},
		{"chain", FP_OPTION_ARRAY, &chain, true, 1, FP_CHAIN_MAX},
		{"batch", FP_OPTION_INTEGER, &batch, false, 1, FP_BATCH_MAX},
		{"allow_unprotected", FP_OPTION_BOOLEAN, &trust.allow_unprotected, false, 0, 0},
		{"allow_unverified", FP_OPTION_BOOLEAN, &trust.allow_unverified, false, 0, 0},
	};

	memset(config, 0, sizeof(*config));
	if (fp_options_read(root, "", rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	config->batch = (uint32_t)batch;
	config->count = (unsigned)json_array_size(chain);
	if (fp_port_configure_input(&config->input, input, error) < 0 ||
	    fp_port_configure_output(&config->output, output, error) < 0)
		return -1;
	if (fp_config_read_nodes(config->node, chain, "chain", &trust, error) < 0)
		return -1;
	return fp_config_check_files(config, error);
}

static void close_port(struct fp_port *port)
{
	struct fp_error ignored;

	if (port->type)
		port->type->close(port, &ignored);
}

void fp_config_close_ports(struct fp_config *config)
{
	close_port(&config->input);
	close_port(&config->output);
}

void fp_config_free(struct fp_config *config)
{
	fp_config_close_ports(config);
	for (unsigned i = 0; i < config->count; i++)
		fp_node_plan_free(&config->node[i]);
}
