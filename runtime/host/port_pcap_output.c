/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets to a capture file, with the time stamps they arrived with.
 */
#include <string.h>

#include "options.h"
#include "port.h"
#include "shared_capture.h"

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	const char *type;
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"path", FP_OPTION_TEXT, &port->path, true, 0, 0},
	};

	if (fp_options_read(options, where, rows, 2, error) < 0)
		return -1;
	if (strcmp(port->path, "-") == 0)
		return fp_fail(error, "configuration: %s.path is \"-\", but standard output carries the events", where);
	return 0;
}

static int open_capture(struct fp_port *port, struct fp_error *error)
{
	port->state = fp_shared_capture_open(port->path, error);
	return port->state ? 0 : -1;
}

static int send(struct fp_port *port, const struct fp_burst *burst, struct fp_error *error)
{
	uint64_t first;

	return fp_shared_capture_write(port->state, burst, &first, error);
}

static int close_capture(struct fp_port *port, struct fp_error *error)
{
	int status = fp_shared_capture_close(port->state, error);

	port->state = NULL;
	return status;
}

const struct fp_port_type fp_port_pcap_output = {
	.name = "pcap",
	.configure = configure,
	.open = open_capture,
	.send = send,
	.close = close_capture,
};
