/* SPDX-License-Identifier: Apache-2.0 */
#include "dpdk_port.h"

#include <string.h>

#include <rte_ethdev.h>

#include "dpdk_device.h"
#include "dpdk_eal.h"

static int read_name(struct fp_dpdk_port *self, struct fp_error *error)
{
	size_t len = strcspn(self->text, ",");

	if (len == 0 || len >= FP_DPDK_NAME)
		return fp_fail(error, "DPDK device \"%.80s\": a name has 1 to %d bytes", self->text, FP_DPDK_NAME - 1);
	memcpy(self->name, self->text, len);
	return 0;
}

int fp_dpdk_port_open(struct fp_port *port, struct fp_error *error)
{
	struct fp_dpdk_port *self = port->state;

	self->port = port;
	if (read_name(self, error) < 0)
		return -1;
	if (port->pool->count < FP_DPDK_BUFFERS_LEAST)
		return fp_fail(error, "DPDK device %s needs a tenant with at least %d \"buffers\", and this one has %u", self->name,
			       FP_DPDK_BUFFERS_LEAST, port->pool->count);
	if (fp_dpdk_eal_start(error) < 0)
		return -1;
	self->pool = fp_dpdk_pool_open(port->pool, error);
	if (!self->pool)
		return -1;
	self->device = fp_dpdk_device_join(self->name, self->text, error);
	return self->device ? 0 : -1;
}

void fp_dpdk_port_close(struct fp_dpdk_port *self)
{
	if (self->device)
		fp_dpdk_device_leave(self->device, self);
	if (self->pool)
		fp_dpdk_pool_close(self->pool);
}

void fp_dpdk_port_count(struct fp_dpdk_port *self)
{
	struct rte_eth_stats stats;

	if (!self->counts || rte_eth_stats_get(self->device->id, &stats) != 0)
		return;
	self->port->lost[FP_LOST_MISSED] = self->before[FP_LOST_MISSED] + stats.imissed;
	self->port->lost[FP_LOST_BROKEN] = self->before[FP_LOST_BROKEN] + stats.ierrors;
}
