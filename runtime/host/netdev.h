/* SPDX-License-Identifier: Apache-2.0
 *
 * A network interface of the kernel, and the packet socket a port reaches it through.
 */
#ifndef FASTPAAS_HOST_NETDEV_H
#define FASTPAAS_HOST_NETDEV_H

#include "error.h"

struct fp_netdev {
	const char *where; /* "input" or "output", for errors */
	const char *name;
	int fd;	   /* a packet socket that receives nothing until it is bound; -1 if there is none */
	int index; /* what the kernel knows the interface by */
	int mtu;   /* bytes of a frame without its Ethernet header */
};

/* Whether `name` can name an interface at all; asks no kernel. */
int fp_netdev_check_name(const char *where, const char *name, struct fp_error *error);

/* Opens the socket; refuses an interface that is not there, not Ethernet, or down. */
int fp_netdev_open(struct fp_netdev *device, struct fp_error *error);

/* Binds the socket to the interface: `protocol` 0 to send only, ETH_P_ALL to receive, too. */
int fp_netdev_bind(const struct fp_netdev *device, unsigned protocol, struct fp_error *error);

/* Fails if the interface has gone or went down. */
int fp_netdev_check(const struct fp_netdev *device, struct fp_error *error);

/* "output: af_packet:NAME: WHAT: REASON", the reason an errno; returns -1. */
int fp_netdev_fail(const struct fp_netdev *device, const char *what, int reason, struct fp_error *error);

void fp_netdev_close(struct fp_netdev *device);

#endif
