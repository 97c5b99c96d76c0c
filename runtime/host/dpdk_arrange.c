/* SPDX-License-Identifier: Apache-2.0
 *
 * Which ports have queues of which device. A device whose ports change is closed and opened again, for them; if that fails
 * for any device, all are as they were.
 */
#include <string.h>

#include "dpdk_device.h"
#include "port.h"

static struct fp_dpdk_port *port_of(const struct fp_port *port)
{
	return port->state;
}

/* That a port names no arguments says that it has no opinion. */
static int agree_on_text(struct fp_dpdk_use *use, const struct fp_dpdk_port *port, struct fp_error *error)
{
	bool has_arguments = strcmp(port->text, port->name) != 0, had_arguments = use->text && strchr(use->text, ',');

	if (has_arguments && had_arguments && strcmp(port->text, use->text) != 0)
		return fp_fail(error, "DPDK device %s cannot be made both of %s and of %s", port->name, use->text, port->text);
	if (has_arguments)
		use->text = port->text;
	return 0;
}

static int want(const struct fp_dpdk_port *port, struct fp_error *error)
{
	struct fp_dpdk_use *use = &port->device->wanted;

	if (use->ports == FP_DPDK_PORTS_MAX)
		return fp_fail(error, "DPDK device %s: more than %d inputs and outputs", port->name, FP_DPDK_PORTS_MAX);
	use->port[use->ports++] = (struct fp_dpdk_port *)port;
	use->inputs += port->receives;
	port->pool->ports++;
	return agree_on_text(use, port, error);
}

static int want_all(struct fp_port *const *ports, unsigned count, struct fp_error *error)
{
	for (struct fp_dpdk_device *device = fp_dpdk_devices; device; device = device->next)
		device->wanted = (struct fp_dpdk_use){.text = device->given ? device->given : device->name};
	for (unsigned i = 0; i < count; i++)
		port_of(ports[i])->pool->ports = 0;
	for (unsigned i = 0; i < count; i++)
		if (want(port_of(ports[i]), error) < 0)
			return -1;
	return 0;
}

/* In whatever order they come: which queue is whose says nothing to anyone. */
static bool changes(const struct fp_dpdk_device *device)
{
	const struct fp_dpdk_use *now = &device->use, *wanted = &device->wanted;

	if (now->ports != wanted->ports || (now->ports && strcmp(now->text, wanted->text) != 0))
		return true;
	for (unsigned i = 0; i < wanted->ports; i++)
		if (!fp_dpdk_use_has(now, wanted->port[i]))
			return true;
	return false;
}

static void close_changed(struct fp_dpdk_device *device)
{
	device->before = device->use;
	device->changes = changes(device);
	if (device->changes && device->use.ports)
		fp_dpdk_device_close(device);
}

static int open_wanted(struct fp_error *error)
{
	for (struct fp_dpdk_device *device = fp_dpdk_devices; device; device = device->next)
		if (device->changes && device->wanted.ports && fp_dpdk_device_open(device, &device->wanted, error) < 0)
			return -1;
	return 0;
}

/* What cannot be is said by the ports: see fp_dpdk_device_check(). */
static void open_as_before(struct fp_dpdk_device *device)
{
	struct fp_error unused;
	bool failed = fp_dpdk_device_open(device, &device->before, &unused) < 0;

	for (unsigned i = 0; i < device->before.ports; i++)
		device->before.port[i]->failed = failed;
}

static void restore(void)
{
	for (struct fp_dpdk_device *device = fp_dpdk_devices; device; device = device->next)
		if (device->changes && device->use.ports)
			fp_dpdk_device_close(device);
	for (struct fp_dpdk_device *device = fp_dpdk_devices; device; device = device->next)
		if (device->changes && device->before.ports)
			open_as_before(device);
}

int fp_port_arrange(struct fp_port *const *ports, unsigned count, struct fp_error *error)
{
	if (want_all(ports, count, error) < 0)
		return -1;
	for (struct fp_dpdk_device *device = fp_dpdk_devices; device; device = device->next)
		close_changed(device);
	if (open_wanted(error) == 0)
		return 0;
	restore();
	return -1;
}
