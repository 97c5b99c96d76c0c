/* SPDX-License-Identifier: Apache-2.0
 *
 * The output that lets packets go: for measuring, and for modules that only watch.
 */
#include "options.h"
#include "port.h"

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	const char *type;
	const struct fp_option rows[] = {{"type", FP_OPTION_TEXT, &type, true, 0, 0}};

	(void)port;
	return fp_options_read(options, where, rows, 1, error);
}

static int open_or_close(struct fp_port *port, struct fp_error *error)
{
	(void)port;
	(void)error;
	return 0;
}

static int send(struct fp_port *port, const struct fp_burst *burst, struct fp_error *error)
{
	(void)port;
	(void)burst;
	(void)error;
	return 0;
}

const struct fp_port_type fp_port_null = {
	.name = "null",
	.configure = configure,
	.open = open_or_close,
	.send = send,
	.close = open_or_close,
};
