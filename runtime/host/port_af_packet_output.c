/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets out of a network interface, a burst by one system call. A ring shared with the kernel (PACKET_TX_RING) was
 * measured and is no faster on a veth pair: what a packet costs is spent in the kernel either way.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <linux/if_ether.h>

#include "netdev.h"
#include "options.h"
#include "port.h"

#define PATIENCE_MS 10 /* for a queue that is full */

struct eth_output {
	struct fp_netdev device;
	struct iovec bytes[FP_BATCH_MAX];
	struct mmsghdr message[FP_BATCH_MAX];
};

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	struct eth_output *output = calloc(1, sizeof(*output));
	const char *type;

	if (!output)
		return fp_fail(error, "no memory");
	port->state = output;
	output->device = (struct fp_netdev){.where = "output", .fd = -1};
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"interface", FP_OPTION_TEXT, &output->device.name, true, 0, 0},
	};

	if (fp_options_read(options, where, rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	return fp_netdev_check_name(where, output->device.name, error);
}

static int open_interface(struct fp_port *port, struct fp_error *error)
{
	struct eth_output *output = port->state;

	for (int i = 0; i < FP_BATCH_MAX; i++)
		output->message[i].msg_hdr = (struct msghdr){.msg_iov = &output->bytes[i], .msg_iovlen = 1};
	return fp_netdev_open(&output->device, error) < 0 ? -1 : fp_netdev_bind(&output->device, 0, error);
}

/* Waits a little for room in the queue; false if there is none. */
static bool wait_for_room(int fd)
{
	struct pollfd file = {.fd = fd, .events = POLLOUT};

	return poll(&file, 1, PATIENCE_MS) > 0;
}

/* What becomes of packets from number `at` on, the first of which was refused: how many are given up. */
static int give_up(struct fp_port *port, const struct fp_burst *burst, uint32_t at, struct fp_error *error)
{
	struct eth_output *output = port->state;
	int reason = errno, all = (int)(burst->count - at);

	if (reason == EINTR || (reason == EAGAIN && port->may_wait && wait_for_room(output->device.fd)))
		return 0;
	if (reason == EAGAIN) {
		port->lost[FP_LOST_FULL] += (uint64_t)all;
		return all;
	}
	if (reason == ENOBUFS)
		port->lost[FP_LOST_FULL]++;
	else if (reason == EMSGSIZE)
		port->lost[FP_LOST_LONG]++;
	else if (burst->packet[at].len < ETH_HLEN)
		port->lost[FP_LOST_SHORT]++;
	else
		return fp_netdev_check(&output->device, error) < 0 ?
			       -1 :
			       fp_netdev_fail(&output->device, "cannot send", reason, error);
	return 1;
}

static int send_burst(struct fp_port *port, const struct fp_burst *burst, struct fp_error *error)
{
	struct eth_output *output = port->state;
	uint64_t before[FP_LOSSES];
	int lost = 0;

	memcpy(before, port->lost, sizeof(before));
	for (uint32_t i = 0; i < burst->count; i++)
		output->bytes[i] = (struct iovec){burst->packet[i].data, burst->packet[i].len};
	for (uint32_t at = 0; at < burst->count;) {
		int sent = sendmmsg(output->device.fd, output->message + at, burst->count - at, MSG_DONTWAIT);
		int given_up = sent < 0 ? give_up(port, burst, at, error) : 0;

		if (given_up < 0) {
			memcpy(port->lost, before, sizeof(before));
			return -1;
		}
		lost += given_up;
		at += (uint32_t)(given_up + (sent > 0 ? sent : 0));
	}
	return lost;
}

static int look(struct fp_port *port, struct fp_error *error)
{
	struct eth_output *output = port->state;

	return fp_netdev_check(&output->device, error);
}

static int close_interface(struct fp_port *port, struct fp_error *error)
{
	struct eth_output *output = port->state;

	(void)error;
	if (output)
		fp_netdev_close(&output->device);
	free(output);
	port->state = NULL;
	return 0;
}

const struct fp_port_type fp_port_af_packet_output = {
	.name = "af_packet",
	.configure = configure,
	.open = open_interface,
	.send = send_burst,
	.look = look,
	.close = close_interface,
};
