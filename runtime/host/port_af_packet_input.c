/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets that arrive at a network interface. They are handed in as they were on the wire: the VLAN tag that the
 * kernel takes off is put back, and a checksum that another part of the kernel left to the hardware is completed.
 * What the interface itself sends is not received.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/if_ether.h>

#include "clock.h"
#include "netdev.h"
#include "options.h"
#include "packet_ring.h"
#include "port.h"

#define NS_PER_MS 1000000ull
#define NS_PER_S 1000000000ull
#define WAIT_MS 50 /* at most, for a packet: modules wait for restarts, people after Ctrl-C */
#define TAG_BYTES 4u
#define ADDRESS_BYTES 12u /* both of a frame; a tag comes after them */

struct eth_input {
	struct fp_netdev device;
	struct fp_packet_ring ring;
	bool promiscuous;
	uint64_t packets; /* to hand in */
	uint64_t idle_ns; /* without a packet, before the end; 0: no end */
	uint64_t last_ns; /* when the last one came */
};

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	struct eth_input *input = calloc(1, sizeof(*input));
	int64_t packets = INT64_MAX, idle_ms = 0;
	const char *type;

	if (!input)
		return fp_fail(error, "no memory");
	port->state = input;
	input->device = (struct fp_netdev){.where = "input", .fd = -1};
	input->promiscuous = true;
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"interface", FP_OPTION_TEXT, &input->device.name, true, 0, 0},
		{"promiscuous", FP_OPTION_BOOLEAN, &input->promiscuous, false, 0, 0},
		{"packets", FP_OPTION_INTEGER, &packets, false, 1, 1ll << 50},
		{"idle_ms", FP_OPTION_INTEGER, &idle_ms, false, 1, 1ll << 40},
	};

	if (fp_options_read(options, where, rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	input->packets = (uint64_t)packets;
	input->idle_ns = (uint64_t)idle_ms * NS_PER_MS;
	return fp_netdev_check_name(where, input->device.name, error);
}

/* Frames of the interface's size must fit into a packet buffer, with a tag. */
static int check_mtu(const struct fp_netdev *device, struct fp_error *error)
{
	int most = (int)(FP_FRAME_MAX - ETH_HLEN - TAG_BYTES);

	if (device->mtu <= most)
		return 0;
	return fp_fail(error,
		       "input: af_packet:%s: its mtu is %d, and frames of more than %d bytes do not fit into a packet buffer; "
		       "`ip link set %s mtu %d` makes them smaller",
		       device->name, device->mtu, (int)FP_FRAME_MAX, device->name, most);
}

static int set_up(const struct eth_input *input, struct fp_error *error)
{
	const struct fp_netdev *device = &input->device;
	const struct packet_mreq everything = {.mr_ifindex = device->index, .mr_type = PACKET_MR_PROMISC};
	const int on = 1;

	if (setsockopt(device->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) < 0)
		return fp_netdev_fail(device, "what it sends would be received, too; that needs Linux 4.20", errno, error);
	if (input->promiscuous &&
	    setsockopt(device->fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &everything, sizeof(everything)) < 0)
		return fp_netdev_fail(device, "cannot be made promiscuous", errno, error);
	return fp_netdev_bind(device, ETH_P_ALL, error);
}

static int open_interface(struct fp_port *port, struct fp_error *error)
{
	struct eth_input *input = port->state;

	if (fp_netdev_open(&input->device, error) < 0 || check_mtu(&input->device, error) < 0)
		return -1;
	if (fp_packet_ring_open(&input->ring, input->device.fd) < 0)
		return fp_netdev_fail(&input->device, "no ring of packets", errno, error);
	input->last_ns = fp_clock_ns();
	return set_up(input, error);
}

/* RFC 1071 over frame[start] to the end, where a sum of the pseudo header stands already. Zero means "none" to UDP. */
static void complete_checksum(uint8_t *frame, uint32_t len, uint32_t start, uint32_t offset)
{
	uint32_t sum = 0;
	uint16_t word;

	if (start >= len || start + offset + sizeof(word) > len)
		return;
	for (uint32_t i = start; i < len; i++)
		sum += (i - start) % 2 ? frame[i] : (uint32_t)frame[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	word = htons((uint16_t)~sum);
	word = word ? word : 0xffff;
	memcpy(frame + start + offset, &word, sizeof(word));
}

/* Copies the frame, with its tag, to where there is room for it; its length there. */
static uint32_t copy_frame(uint8_t *to, const struct tpacket3_hdr *header)
{
	const uint8_t *frame = fp_packet_ring_frame(header);
	const bool typed = header->tp_status & TP_STATUS_VLAN_TPID_VALID;
	const uint16_t tag[2] = {htons(typed ? header->hv1.tp_vlan_tpid : ETH_P_8021Q),
				 htons((uint16_t)header->hv1.tp_vlan_tci)};

	if (!(header->tp_status & TP_STATUS_VLAN_VALID)) {
		memcpy(to, frame, header->tp_snaplen);
		return header->tp_snaplen;
	}
	memcpy(to, frame, ADDRESS_BYTES);
	memcpy(to + ADDRESS_BYTES, tag, TAG_BYTES);
	memcpy(to + ADDRESS_BYTES + TAG_BYTES, frame + ADDRESS_BYTES, header->tp_snaplen - ADDRESS_BYTES);
	return header->tp_snaplen + TAG_BYTES;
}

static bool fits(const struct tpacket3_hdr *header)
{
	uint32_t tag = header->tp_status & TP_STATUS_VLAN_VALID ? TAG_BYTES : 0;

	return header->tp_snaplen == header->tp_len && header->tp_len + tag <= FP_FRAME_MAX;
}

static void take(struct fp_source *source, struct fp_burst *burst, const struct tpacket3_hdr *header)
{
	struct virtio_net_hdr undone = fp_packet_ring_undone(header);
	uint32_t number, len;
	uint8_t *frame;

	if (!fits(header)) {
		source->too_long++;
		source->received++;
		return;
	}
	number = fp_pool_take(source->pool);
	frame = fp_pool_buffer(source->pool, number) + FP_PACKET_HEADROOM;
	len = copy_frame(frame, header);
	if (undone.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM)
		complete_checksum(frame, len, undone.csum_start + len - header->tp_snaplen, undone.csum_offset);
	fp_port_enter(source, burst, number, len, header->tp_sec * NS_PER_S + header->tp_nsec);
}

/* FP_PORT_IDLE, or 0 if no packet has come for too long. */
static int idle(const struct eth_input *input)
{
	return input->idle_ns && fp_clock_ns() - input->last_ns >= input->idle_ns ? 0 : FP_PORT_IDLE;
}

static int receive(struct fp_port *port, struct fp_source *source, struct fp_burst *burst, struct fp_error *error)
{
	struct eth_input *input = port->state;
	uint64_t before = source->received;

	(void)error;
	if (source->received >= input->packets)
		return 0;
	while (burst->count < source->max && source->received < input->packets) {
		const struct tpacket3_hdr *header = fp_packet_ring_next(&input->ring);

		if (!header)
			break;
		take(source, burst, header);
	}
	if (source->received == before)
		return idle(input);
	if (input->idle_ns)
		input->last_ns = fp_clock_ns();
	return FP_PORT_IDLE;
}

/* Milliseconds until a packet or the end by idleness is due. */
static int find_timeout(const struct eth_input *input)
{
	uint64_t quiet = fp_clock_ns() - input->last_ns;
	uint64_t left = quiet < input->idle_ns ? (input->idle_ns - quiet) / NS_PER_MS + 1 : 0;

	return !input->idle_ns || left > WAIT_MS ? WAIT_MS : (int)left;
}

static int wait_for_packets(struct fp_port *port, struct fp_error *error)
{
	struct eth_input *input = port->state;
	struct pollfd file = {.fd = input->device.fd, .events = POLLIN};
	int reason = 0;
	socklen_t size = sizeof(reason);

	if (poll(&file, 1, find_timeout(input)) < 0 && errno != EINTR)
		return fp_netdev_fail(&input->device, "cannot be waited for", errno, error);
	if (!(file.revents & POLLERR))
		return 0;
	getsockopt(file.fd, SOL_SOCKET, SO_ERROR, &reason, &size);
	return fp_netdev_check(&input->device, error) < 0 ?
		       -1 :
		       fp_netdev_fail(&input->device, "was interrupted", reason, error);
}

/* The kernel starts counting anew each time it is asked. */
static int look(struct fp_port *port, struct fp_error *error)
{
	struct eth_input *input = port->state;
	struct tpacket_stats_v3 counts = {0};
	socklen_t size = sizeof(counts);

	if (getsockopt(input->device.fd, SOL_PACKET, PACKET_STATISTICS, &counts, &size) == 0)
		port->lost[FP_LOST_MISSED] += counts.tp_drops;
	return fp_netdev_check(&input->device, error);
}

static int close_interface(struct fp_port *port, struct fp_error *error)
{
	struct eth_input *input = port->state;

	(void)error;
	if (input) {
		fp_packet_ring_close(&input->ring);
		fp_netdev_close(&input->device);
	}
	free(input);
	port->state = NULL;
	return 0;
}

const struct fp_port_type fp_port_af_packet_input = {
	.name = "af_packet",
	.live = true,
	.configure = configure,
	.open = open_interface,
	.receive = receive,
	.wait = wait_for_packets,
	.look = look,
	.close = close_interface,
};
