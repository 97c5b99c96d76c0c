/* SPDX-License-Identifier: Apache-2.0
 *
 * An Ethernet device of DPDK with one queue for each direction. The input and the output may be the same device.
 */
#ifndef FASTPAAS_HOST_DPDK_DEVICE_H
#define FASTPAAS_HOST_DPDK_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "dpdk_pool.h"
#include "error.h"

#define FP_DPDK_DESCRIPTORS 512		 /* of each queue, if the driver has no other idea */
#define FP_DPDK_NAME 64			 /* bytes of a device's name, NUL included */
#define FP_DPDK_LINK_NS 9000000000ull	 /* how long a link may take to come up */

struct fp_dpdk_device {
	struct fp_dpdk_device *next; /* in the list of those that are open */
	char name[FP_DPDK_NAME];
	uint16_t id;
	unsigned users;
	bool is_configured;
	bool was_up; /* its link, once */
	uint64_t since_ns;
	struct fp_dpdk_pool *pool; /* where its frames go */
};

/* Finds or makes the device `text`, which is its name as EAL has it, and for virtual devices the driver's arguments
 * after a comma; starts it. NULL with `error` set on failure, as when it is open for ports of another pool. */
struct fp_dpdk_device *fp_dpdk_device_open(const char *text, struct fp_dpdk_pool *pool, struct fp_error *error);
void fp_dpdk_device_close(struct fp_dpdk_device *device);

/* Fails if the link has been up and is not any more, or has not been for FP_DPDK_LINK_NS. `port` is which, for the error. */
int fp_dpdk_device_check(struct fp_dpdk_device *device, const char *port, struct fp_error *error);

/* Waits for the link to come up, FP_DPDK_LINK_NS at most, or until a stop is requested. */
int fp_dpdk_device_wait(struct fp_dpdk_device *device, const char *port, struct fp_error *error);

#endif
