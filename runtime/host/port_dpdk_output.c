/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets to a device of DPDK, from where they lie, if the port has their pool to itself: then the driver gives a buffer
 * back when it is done with it. Else as copies.
 */
#include <stdlib.h>
#include <string.h>

#include <rte_ethdev.h>
#include <rte_mbuf.h>

#include "clock.h"
#include "dpdk_eal.h"
#include "dpdk_port.h"
#include "options.h"
#include "port.h"

#define PATIENCE_NS 1000000 /* how long a device may take no packet before those at hand are let go */
#define FRAME_MIN 17	    /* bytes: less has stopped queues of real devices */

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	struct fp_dpdk_port *output = calloc(1, sizeof(*output));
	const char *type, *eal = NULL;

	if (!output)
		return fp_fail(error, "no memory");
	port->state = output;
	port->buffers = FP_DPDK_BUFFERS;
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"device", FP_OPTION_TEXT, &output->name, true, 0, 0},
		{"eal", FP_OPTION_TEXT, &eal, false, 0, 0},
	};

	if (fp_options_read(options, where, rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	return fp_dpdk_eal_want(where, output->name, eal, error);
}

static int open_device(struct fp_port *port, struct fp_error *error)
{
	struct fp_dpdk_port *output = port->state;
	struct rte_eth_dev_info info;
	struct fp_error reason;

	port->keeps_buffers = port->pool != NULL;
	if (fp_dpdk_port_open(output, port, &reason) < 0)
		return fp_fail(error, "output: %s", reason.text);
	if (rte_eth_dev_info_get(output->device->id, &info) < 0 || info.max_tx_queues == 0)
		return fp_fail(error, "output: DPDK device %s only receives", output->name);
	return 0;
}

/* The packet as an mbuf: its own, or a copy; it may have grown into the headroom. */
static struct rte_mbuf *lay_out(const struct fp_dpdk_pool *pool, const struct fp_packet *packet, uint32_t buffer,
				bool in_place)
{
	struct rte_mbuf *mbuf = pool->mbuf[in_place ? buffer : fp_pool_take(pool->pool)];
	uint32_t spare = FP_PACKET_BUFFER - packet->len;

	if (in_place) {
		mbuf->data_off = (uint16_t)(packet->data - (uint8_t *)mbuf->buf_addr);
	} else {
		mbuf->data_off = (uint16_t)(spare < FP_PACKET_HEADROOM ? spare : FP_PACKET_HEADROOM);
		memcpy(rte_pktmbuf_mtod(mbuf, uint8_t *), packet->data, packet->len);
	}
	mbuf->nb_segs = 1;
	mbuf->ol_flags = RTE_MBUF_F_EXTERNAL;
	mbuf->pkt_len = packet->len;
	mbuf->data_len = (uint16_t)packet->len;
	return mbuf;
}

/* The mbufs of those packets of the burst that can be sent; returns how many. */
static uint16_t prepare(const struct fp_port *port, const struct fp_burst *burst, struct rte_mbuf **mbufs)
{
	const struct fp_dpdk_port *output = port->state;
	uint16_t count = 0;

	for (uint32_t i = 0; i < burst->count; i++) {
		const struct fp_packet *packet = &burst->packet[i];

		if (packet->len >= FRAME_MIN)
			mbufs[count++] = lay_out(output->pool, packet, burst->buffer[i], port->keeps_buffers);
		else if (port->keeps_buffers)
			fp_pool_give(port->pool, burst->buffer[i]);
	}
	return count;
}

/* Returns how many of the packets the device took. */
static uint16_t transmit(const struct fp_port *port, uint16_t id, struct rte_mbuf **mbufs, uint16_t count)
{
	uint16_t sent = rte_eth_tx_burst(id, 0, mbufs, count);
	uint64_t since;

	if (__builtin_expect(sent == count, 1))
		return sent;
	since = fp_clock_ns();
	while (port->may_wait && sent < count && fp_clock_ns() - since < PATIENCE_NS) {
		uint16_t more = rte_eth_tx_burst(id, 0, mbufs + sent, (uint16_t)(count - sent));

		if (more > 0)
			since = fp_clock_ns();
		sent = (uint16_t)(sent + more);
	}
	return sent;
}

/* Buffers for a batch stay free, for what reads packets next: a driver that keeps all others gets no more. */
static int refuse(struct fp_port *port, const struct fp_burst *burst)
{
	for (uint32_t i = 0; i < burst->count && port->keeps_buffers; i++)
		fp_pool_give(port->pool, burst->buffer[i]);
	port->lost[FP_LOST_FULL] += burst->count;
	return (int)burst->count;
}

static int send_burst(struct fp_port *port, const struct fp_burst *burst, struct fp_error *error)
{
	struct fp_dpdk_port *output = port->state;
	struct fp_pool *pool = output->pool->pool;
	struct rte_mbuf *mbufs[FP_BATCH_MAX];
	uint16_t count, sent;

	if (port->may_wait && !output->device->was_up && fp_dpdk_device_wait(output->device, "output", error) < 0)
		return -1;
	if (pool->free_count < FP_BATCH_MAX)
		return refuse(port, burst);
	count = prepare(port, burst, mbufs);
	sent = transmit(port, output->device->id, mbufs, count);
	for (uint16_t i = sent; i < count; i++)
		fp_pool_give(pool, fp_dpdk_pool_number(pool, mbufs[i]));
	port->lost[FP_LOST_SHORT] += burst->count - count;
	port->lost[FP_LOST_FULL] += (uint64_t)(count - sent);
	return (int)(burst->count - sent);
}

static int look(struct fp_port *port, struct fp_error *error)
{
	struct fp_dpdk_port *output = port->state;

	return fp_dpdk_device_check(output->device, "output", error);
}

static int close_device(struct fp_port *port, struct fp_error *error)
{
	struct fp_dpdk_port *output = port->state;

	(void)error;
	if (output)
		fp_dpdk_port_close(output);
	free(output);
	port->state = NULL;
	return 0;
}

const struct fp_port_type fp_port_dpdk_output = {
	.name = "dpdk",
	.configure = configure,
	.open = open_device,
	.send = send_burst,
	.look = look,
	.close = close_device,
};
