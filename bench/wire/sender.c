/* SPDX-License-Identifier: Apache-2.0
 *
 * The far host of bench/wire: sends the frames of a capture, again and again, as fast as one processor can.
 *
 *     sender CAPTURE COUNT
 *
 * Reads up to COUNT frames, says "ready", waits for a line with the name of an interface, and sends until it is ended,
 * or whoever started it has ended. The interface may come into being between the two.
 */
#include <errno.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <linux/if_packet.h>

#include "traffic.h"

#define BATCH 64u

static int fail(const char *what)
{
	fprintf(stderr, "sender: %s: %s\n", what, strerror(errno));
	return EXIT_FAILURE;
}

static int open_interface(const char *name)
{
	const struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = (int)if_nametoindex(name)};
	const int on = 1;
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)) < 0)
		return -1;
	return fd;
}

/* All frames as messages; the first BATCH once more behind the last, so that a batch may begin anywhere. */
static struct mmsghdr *lay_out(const struct fp_traffic *traffic)
{
	uint32_t count = traffic->count + BATCH;
	struct mmsghdr *message = calloc(count, sizeof(*message));
	struct iovec *bytes = calloc(count, sizeof(*bytes));

	for (uint32_t i = 0; message && bytes && i < count; i++) {
		bytes[i] = (struct iovec){traffic->frame[i % traffic->count], traffic->len[i % traffic->count]};
		message[i].msg_hdr = (struct msghdr){.msg_iov = &bytes[i], .msg_iovlen = 1};
	}
	return bytes ? message : NULL;
}

/* A queue that is full loses the frame, as a wire would. */
static int send_all(int fd, struct mmsghdr *message, uint32_t count)
{
	for (uint32_t at = 0;;) {
		int sent = sendmmsg(fd, message + at, BATCH, 0);

		if (sent < 0 && errno != ENOBUFS && errno != EINTR)
			return fail("cannot send");
		at = (at + (sent > 0 ? (uint32_t)sent : 1)) % count;
	}
}

int main(int argc, char **argv)
{
	struct fp_traffic traffic;
	struct fp_error error;
	struct mmsghdr *message;
	char name[IF_NAMESIZE + 1];
	int fd;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (argc != 3)
		return EXIT_FAILURE;
	const struct fp_traffic_plan plan = {.count = atoi(argv[2]), .pcap = argv[1]};

	if (fp_traffic_create(&traffic, &plan, &error) < 0) {
		fprintf(stderr, "sender: %s\n", error.text);
		return EXIT_FAILURE;
	}
	puts("ready");
	fflush(stdout);
	if (!fgets(name, sizeof(name), stdin))
		return EXIT_FAILURE;
	name[strcspn(name, "\n")] = '\0';
	fd = open_interface(name);
	message = lay_out(&traffic);
	return fd < 0 || !message ? fail(name) : send_all(fd, message, traffic.count);
}
