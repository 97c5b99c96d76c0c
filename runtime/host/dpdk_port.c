/* SPDX-License-Identifier: Apache-2.0 */
#include "dpdk_port.h"

#include "dpdk_eal.h"

static struct fp_pool *find_pool(struct fp_dpdk_port *self, const struct fp_port *port, struct fp_error *error)
{
	if (port->pool)
		return port->pool;
	return fp_pool_create(&self->own, FP_BATCH_MAX + FP_DPDK_BUFFERS, error) < 0 ? NULL : &self->own;
}

int fp_dpdk_port_open(struct fp_dpdk_port *self, const struct fp_port *port, struct fp_error *error)
{
	struct fp_pool *pool = fp_dpdk_eal_start(error) < 0 ? NULL : find_pool(self, port, error);

	if (!pool)
		return -1;
	self->pool = fp_dpdk_pool_open(pool, error);
	if (!self->pool)
		return -1;
	self->device = fp_dpdk_device_open(self->name, self->pool, error);
	return self->device ? 0 : -1;
}

void fp_dpdk_port_close(struct fp_dpdk_port *self)
{
	if (self->device)
		fp_dpdk_device_close(self->device);
	if (self->pool)
		fp_dpdk_pool_close(self->pool);
	if (self->own.free)
		fp_pool_destroy(&self->own);
}
