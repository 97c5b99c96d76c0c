/* SPDX-License-Identifier: Apache-2.0
 *
 * An Ethernet device of DPDK and the ports that use it. Devices are the control thread's: while one is opened or closed,
 * no other thread uses any.
 */
#ifndef FASTPAAS_HOST_DPDK_DEVICE_H
#define FASTPAAS_HOST_DPDK_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "dpdk_port.h"
#include "error.h"

#define FP_DPDK_PORTS_MAX 64		 /* of a device */
#define FP_DPDK_LINK_NS 9000000000ull	 /* how long a link may take to come up */

/* Who uses a device, and what it is made of for them. */
struct fp_dpdk_use {
	const char *text;
	unsigned ports, inputs;
	struct fp_dpdk_port *port[FP_DPDK_PORTS_MAX];
};

static inline bool fp_dpdk_use_has(const struct fp_dpdk_use *use, const struct fp_dpdk_port *port)
{
	for (unsigned i = 0; i < use->ports; i++)
		if (use->port[i] == port)
			return true;
	return false;
}

struct fp_dpdk_device {
	struct fp_dpdk_device *next; /* in the list of all that ports have joined */
	char name[FP_DPDK_NAME];
	char *given;	/* if EAL's command line makes it: of what */
	char *made_of;	/* NULL if there is none now */
	uint16_t id;
	unsigned members; /* ports that have joined, with queues or without */
	bool is_configured, is_started;
	uint64_t since_ns;
	struct fp_dpdk_use use;	   /* is empty unless it is started */
	struct fp_dpdk_use wanted; /* while ports are arranged */
	struct fp_dpdk_use before;
	bool changes;
};

extern struct fp_dpdk_device *fp_dpdk_devices;

/* Finds the device of that name or makes it of `text`. NULL with `error` set on failure. */
struct fp_dpdk_device *fp_dpdk_device_join(const char *name, const char *text, struct fp_error *error);

/* A port goes: if it has queues, the device is closed for all. */
void fp_dpdk_device_leave(struct fp_dpdk_device *device, const struct fp_dpdk_port *port);

/* Makes the device of use->text, and starts it with queues for the ports. After -1 it is closed. */
int fp_dpdk_device_open(struct fp_dpdk_device *device, const struct fp_dpdk_use *use, struct fp_error *error);

/* Stops it and has it vanish; what it had of packet buffers comes back. */
void fp_dpdk_device_close(struct fp_dpdk_device *device);

/* Fails if the link has been up and is not any more, or has not been for FP_DPDK_LINK_NS. */
int fp_dpdk_device_check(struct fp_dpdk_port *port, const char *kind, struct fp_error *error);

/* Waits for the link to come up, FP_DPDK_LINK_NS at most, or until a stop is requested. */
int fp_dpdk_device_wait(struct fp_dpdk_port *port, const char *kind, struct fp_error *error);

#endif
