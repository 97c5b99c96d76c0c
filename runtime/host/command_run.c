/* SPDX-License-Identifier: Apache-2.0
 *
 * `fphost run`: a chain of modules between an input and an output.
 */
#include <stdlib.h>

#include "chain.h"
#include "command.h"
#include "event.h"
#include "options.h"

static int open_ports(struct fp_config *config, struct fp_error *error)
{
	struct fp_port *ports[] = {&config->input, &config->output};
	struct fp_port *shared[2];
	unsigned count = 0;

	for (int i = 0; i < 2; i++) {
		if (ports[i]->type->open(ports[i], error) < 0)
			return -1;
		if (ports[i]->type->shares)
			shared[count++] = ports[i];
	}
	return count ? fp_port_arrange(shared, count, error) : 0;
}

static int open_captures(struct fp_chain *chain, struct fp_error *error)
{
	for (unsigned i = 0; i < chain->count; i++)
		if (fp_node_open_capture(&chain->node[i], error) < 0)
			return -1;
	return 0;
}

/* Also after an error: packets have flowed, and their counts are owed. */
static int finish(struct fp_chain *chain, int status, struct fp_error *error)
{
	struct fp_port *output = &((struct fp_config *)chain->config)->output;
	struct fp_error close_error;

	fp_chain_stop(chain);
	if (output->type->close(output, &close_error) < 0) {
		chain->incomplete = true;
		*error = status < 0 ? *error : close_error;
		status = -1;
	}
	if (status < 0)
		fp_command_fail(FP_STATUS_FAILED, error);
	fp_event_done(chain);
	return status < 0 ? FP_STATUS_FAILED : FP_STATUS_DONE;
}

static int run_chain(struct fp_chain *chain, struct fp_config *config)
{
	struct fp_error error;

	if (fp_chain_create(chain, config, &error) < 0)
		return fp_command_fail(FP_STATUS_REFUSED, &error);
	if (open_captures(chain, &error) < 0 || open_ports(config, &error) < 0)
		return fp_command_fail(FP_STATUS_FAILED, &error);
	fp_event_ready(chain);
	return finish(chain, fp_chain_run(chain, &error), &error);
}

static int run_config(const json_t *root, const struct fp_control *control)
{
	struct fp_config *config = calloc(1, sizeof(*config));
	struct fp_chain chain = {0};
	struct fp_error error;
	int status;

	if (!config)
		return fp_command_usage_error("no memory");
	if (fp_config_read(config, root, control, &error) < 0) {
		status = fp_command_usage_error(error.text);
	} else {
		status = fp_command_prepare() < 0 ? FP_STATUS_FAILED : run_chain(&chain, config);
		fp_config_close_ports(config);
		fp_chain_destroy(&chain);
	}
	fp_config_free(config);
	free(config);
	return status;
}

static int run(const char *path)
{
	return fp_command_configured("run", path, run_config);
}

const struct fp_command fp_command_run = {
	.name = "run",
	.usage = "CONFIG.json|-   runs packets through a chain of modules, events on standard output",
	.run = run,
};
