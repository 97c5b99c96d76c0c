/* SPDX-License-Identifier: Apache-2.0
 *
 * What inputs and outputs of DPDK have in common: a device, and the pool its frames lie in. That is the port's, which
 * is where the modules have them, if the port has one to itself; else it is one of its own, and frames are copied
 * once on their way.
 */
#ifndef FASTPAAS_HOST_DPDK_PORT_H
#define FASTPAAS_HOST_DPDK_PORT_H

#include "dpdk_device.h"
#include "port.h"

/* Buffers that the queues and DPDK's cache may have. */
#define FP_DPDK_BUFFERS (2 * FP_DPDK_DESCRIPTORS + FP_DPDK_CACHED)

struct fp_dpdk_port {
	const char *name; /* of the device, as configured */
	struct fp_dpdk_device *device;
	struct fp_dpdk_pool *pool;
	struct fp_pool own; /* if the port has none */
};

int fp_dpdk_port_open(struct fp_dpdk_port *self, const struct fp_port *port, struct fp_error *error);
void fp_dpdk_port_close(struct fp_dpdk_port *self);

#endif
