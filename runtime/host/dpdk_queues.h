/* SPDX-License-Identifier: Apache-2.0
 *
 * The queues of a device of DPDK: as many pairs as there are inputs or outputs, whichever are more. An output has one
 * queue to send by; the queues to receive from are dealt out to the inputs, each with buffers of that input's pool. So a
 * queue is used by one thread, and what lies in it is of one pool.
 */
#ifndef FASTPAAS_HOST_DPDK_QUEUES_H
#define FASTPAAS_HOST_DPDK_QUEUES_H

#include "dpdk_device.h"

/* The device is made, and not started. After -1 fp_dpdk_queues_stop() is due. */
int fp_dpdk_queues_start(struct fp_dpdk_device *device, const struct fp_dpdk_use *use, struct fp_error *error);

/* Lets go of what has arrived, then stops. */
void fp_dpdk_queues_stop(struct fp_dpdk_device *device);

#endif
