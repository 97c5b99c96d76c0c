/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets from a device of DPDK. A frame is handed in where the driver wrote it; only one that lies otherwise than
 * modules expect (in several segments, in memory of others, without the headroom, without its VLAN tag) is copied,
 * once.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <rte_ethdev.h>
#include <rte_mbuf.h>

#include "clock.h"
#include "dpdk_device.h"
#include "dpdk_eal.h"
#include "options.h"
#include "port.h"

#define NS_PER_MS 1000000ull

struct dpdk_input {
	struct fp_dpdk_port port;
	uint64_t packets; /* to hand in */
	uint64_t idle_ns; /* without a packet, before the end; 0: no end */
	uint64_t quiet_ns; /* since when there was none; 0: there was one just now */
};

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	struct dpdk_input *input = calloc(1, sizeof(*input));
	int64_t packets = INT64_MAX, idle_ms = 0;
	const char *type, *eal = NULL;

	if (!input)
		return fp_fail(error, "no memory");
	port->state = input;
	input->port.receives = true;
	port->buffers = FP_DPDK_BUFFERS;
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"device", FP_OPTION_TEXT, &input->port.text, true, 0, 0},
		{"eal", FP_OPTION_TEXT, &eal, false, 0, 0},
		{"packets", FP_OPTION_INTEGER, &packets, false, 1, 1ll << 50},
		{"idle_ms", FP_OPTION_INTEGER, &idle_ms, false, 1, 1ll << 40},
	};

	if (fp_options_read(options, where, rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	input->packets = (uint64_t)packets;
	input->idle_ns = (uint64_t)idle_ms * NS_PER_MS;
	return fp_dpdk_eal_want(where, input->port.text, eal, error);
}

static int open_device(struct fp_port *port, struct fp_error *error)
{
	struct fp_error reason;

	return fp_dpdk_port_open(port, &reason) < 0 ? fp_fail(error, "input: %s", reason.text) : 0;
}

/* Where a VLAN tag belongs in a frame, and its bytes. */
#define TAG_AT 12
#define TAG 4

static bool has_lost_tag(const struct rte_mbuf *mbuf)
{
	return mbuf->ol_flags & RTE_MBUF_F_RX_VLAN_STRIPPED;
}

/* The frame of the mbuf at `frame`, its tag where it was; returns its length, more than FP_FRAME_MAX if it does not fit. */
static uint32_t gather(struct rte_mbuf *mbuf, uint8_t *frame)
{
	uint32_t len = rte_pktmbuf_pkt_len(mbuf), gap = has_lost_tag(mbuf) && len >= TAG_AT ? TAG : 0;
	const uint8_t tag[TAG] = {0x81, 0, (uint8_t)(mbuf->vlan_tci >> 8), (uint8_t)mbuf->vlan_tci};
	const void *bytes;

	if (len > FP_FRAME_MAX - gap)
		return UINT32_MAX;
	bytes = rte_pktmbuf_read(mbuf, 0, len, frame + gap);
	if (!bytes)
		return UINT32_MAX;
	if (bytes != frame + gap)
		memcpy(frame + gap, bytes, len);
	if (gap) {
		memmove(frame, frame + TAG, TAG_AT);
		memcpy(frame + TAG_AT, tag, TAG);
	}
	return len + gap;
}

/* Appends a copy of the frame: of all buffers, a batch's at least are left for this. Apart, so that the loop for frames in
 * place keeps what it works on in registers. */
static __attribute__((noinline, cold)) void copy(struct fp_source *source, struct fp_burst *burst, struct rte_mbuf *mbuf, uint64_t now)
{
	uint32_t number = fp_pool_take(source->pool);
	uint32_t len = gather(mbuf, fp_pool_buffer(source->pool, number) + FP_PACKET_HEADROOM);

	if (len <= FP_FRAME_MAX) {
		fp_port_place(source, burst, number, len, now);
	} else {
		fp_pool_give(source->pool, number);
		source->too_long++;
		source->received++;
	}
	rte_pktmbuf_free(mbuf);
}

/* No driver is trusted with lengths: net_null says whatever it is told to. One that sends an mbuf by several devices may
 * hand it in several times. */
static inline bool lies_as_promised(const struct rte_mbuf *mbuf)
{
	return mbuf->nb_segs == 1 && rte_mbuf_refcnt_read(mbuf) == 1 && mbuf->data_off == FP_PACKET_HEADROOM &&
	       mbuf->data_len <= FP_FRAME_MAX && !has_lost_tag(mbuf);
}

static void take(struct fp_source *source, struct fp_burst *burst, struct rte_mbuf **mbufs, uint16_t count,
		 const struct fp_dpdk_pool *pool)
{
	uint64_t now = fp_clock_read(CLOCK_REALTIME);
	uint32_t in_place = 0;

	for (uint16_t i = 0; i < count; i++) {
		struct rte_mbuf *mbuf = mbufs[i];

		if (fp_dpdk_pool_owns(pool, mbuf) && lies_as_promised(mbuf)) {
			fp_port_place(source, burst, fp_dpdk_pool_number(mbuf), mbuf->data_len, now);
			in_place++;
		} else {
			copy(source, burst, mbuf, now);
		}
	}
	pool->pool->lent -= in_place;
	fp_flow_hash_burst(burst);
}

/* From one queue after the other. */
static uint16_t fetch(struct fp_dpdk_port *port, struct rte_mbuf **mbufs, uint16_t most)
{
	uint16_t queue = port->at;

	if (!port->device->is_started)
		return 0;
	port->at = (uint16_t)(queue + port->step) < port->queues ? (uint16_t)(queue + port->step) : port->first;
	return rte_eth_rx_burst(port->device->id, queue, mbufs, most);
}

/* Nothing came: whether this is the end. */
static int idle(struct dpdk_input *input)
{
	uint64_t now;

	if (!input->idle_ns)
		return FP_PORT_IDLE;
	now = fp_clock_ns();
	if (!input->quiet_ns)
		input->quiet_ns = now;
	return now - input->quiet_ns < input->idle_ns ? FP_PORT_IDLE : 0;
}

static int receive(struct fp_port *port, struct fp_source *source, struct fp_burst *burst, struct fp_error *error)
{
	struct dpdk_input *input = port->state;
	struct rte_mbuf *mbufs[FP_BATCH_MAX];
	uint64_t left = input->packets - source->received;
	uint16_t count;

	(void)error;
	if (source->received >= input->packets)
		return 0;
	count = fetch(&input->port, mbufs, (uint16_t)(left < source->max ? left : source->max));
	if (count == 0)
		return idle(input);
	input->quiet_ns = 0;
	take(source, burst, mbufs, count, input->port.pool);
	return FP_PORT_IDLE; /* all of them may have been too long */
}

static int look(struct fp_port *port, struct fp_error *error)
{
	struct dpdk_input *input = port->state;

	if (fp_dpdk_device_check(&input->port, "input", error) < 0)
		return -1;
	fp_dpdk_port_count(&input->port);
	return 0;
}

static int close_device(struct fp_port *port, struct fp_error *error)
{
	struct dpdk_input *input = port->state;

	(void)error;
	if (input)
		fp_dpdk_port_close(&input->port);
	free(input);
	port->state = NULL;
	return 0;
}

const struct fp_port_type fp_port_dpdk_input = {
	.name = "dpdk",
	.live = true,
	.shares = true,
	.configure = configure,
	.open = open_device,
	.receive = receive,
	.look = look,
	.close = close_device,
};
