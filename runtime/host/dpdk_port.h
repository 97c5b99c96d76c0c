/* SPDX-License-Identifier: Apache-2.0
 *
 * What inputs and outputs of DPDK have in common: a device, whose queues they get when ports are arranged, and the
 * mempool over the packets' pool.
 */
#ifndef FASTPAAS_HOST_DPDK_PORT_H
#define FASTPAAS_HOST_DPDK_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "dpdk_pool.h"
#include "port.h"

#define FP_DPDK_DESCRIPTORS 512 /* of each queue, if there are buffers enough and the driver has no other idea */
#define FP_DPDK_BUFFERS (2 * FP_DPDK_DESCRIPTORS + FP_DPDK_CACHED) /* that the queues and DPDK's cache may have */
#define FP_DPDK_BUFFERS_LEAST (4 * FP_BATCH_MAX) /* of a pool: two batches are left to the host */
#define FP_DPDK_NAME 64 /* bytes of a device's name, NUL included */

/* The state of a port begins with one. */
struct fp_dpdk_port {
	struct fp_port *port;
	const char *text; /* the device as configured: its name as EAL has it, then a virtual one's arguments after a comma */
	char name[FP_DPDK_NAME];
	bool receives;
	struct fp_dpdk_pool *pool;
	struct fp_dpdk_device *device;
	uint64_t before[FP_LOSSES]; /* of port->lost, when the device was opened */
	bool counts;		    /* the one of a device's inputs that has what the whole device has lost */
	bool was_up;		    /* the device's link, once */
	bool failed;		    /* the device could not be opened as it was before */
	uint16_t first, step, queues; /* it has the device's queues first, first + step... below `queues` */
	uint16_t at;		      /* the one it receives from next */
};

/* Opens what is configured in port->state, for packets of port->pool; it has no queues yet. */
int fp_dpdk_port_open(struct fp_port *port, struct fp_error *error);
void fp_dpdk_port_close(struct fp_dpdk_port *self);

/* Brings port->lost up to date with what the device counts. */
void fp_dpdk_port_count(struct fp_dpdk_port *self);

#endif
