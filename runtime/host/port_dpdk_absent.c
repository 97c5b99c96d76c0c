/* SPDX-License-Identifier: Apache-2.0
 *
 * In place of the ports of DPDK, in a host that was built without it.
 */
#include "port.h"

const char *const fp_port_no_dpdk =
	"this fphost was built without DPDK: install its headers (Debian: libdpdk-dev), then make host";

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	(void)port;
	(void)options;
	return fp_fail(error, "configuration: %s.type is \"dpdk\", but %s", where, fp_port_no_dpdk);
}

int fp_port_arrange(struct fp_port *const *ports, unsigned count, struct fp_error *error)
{
	(void)ports;
	(void)count;
	(void)error;
	return 0;
}

void fp_port_enter_thread(void)
{
}

static int close_nothing(struct fp_port *port, struct fp_error *error)
{
	(void)port;
	(void)error;
	return 0;
}

const struct fp_port_type fp_port_dpdk_input = {.name = "dpdk", .live = true, .configure = configure, .close = close_nothing};
const struct fp_port_type fp_port_dpdk_output = {.name = "dpdk", .configure = configure, .close = close_nothing};
