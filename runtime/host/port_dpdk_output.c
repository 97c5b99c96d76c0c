/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets to a device of DPDK, from where they lie: the driver gives a buffer back when it is done with it. A module that
 * has the pool mapped can still change the bytes of a frame meanwhile, as it can before; not where it lies, nor how long
 * it is, nor which buffer that is: the mbuf says that.
 */
#include <stdlib.h>

#include <rte_ethdev.h>
#include <rte_mbuf.h>

#include "clock.h"
#include "dpdk_device.h"
#include "dpdk_eal.h"
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
		{"device", FP_OPTION_TEXT, &output->text, true, 0, 0},
		{"eal", FP_OPTION_TEXT, &eal, false, 0, 0},
	};

	if (fp_options_read(options, where, rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	return fp_dpdk_eal_want(where, output->text, eal, error);
}

static int open_device(struct fp_port *port, struct fp_error *error)
{
	struct fp_error reason;

	port->keeps_buffers = true;
	return fp_dpdk_port_open(port, &reason) < 0 ? fp_fail(error, "output: %s", reason.text) : 0;
}

/* The packet's own mbuf; it may have grown into the headroom. */
static struct rte_mbuf *lay_out(const struct fp_dpdk_pool *pool, const struct fp_packet *packet, uint32_t buffer)
{
	struct rte_mbuf *mbuf = pool->mbuf[buffer];

	mbuf->data_off = (uint16_t)(packet->data - (uint8_t *)mbuf->buf_addr);
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
			mbufs[count++] = lay_out(output->pool, packet, burst->buffer[i]);
		else
			fp_pool_give(port->pool, burst->buffer[i]);
	}
	port->pool->lent += count;
	return count;
}

/* Returns how many of the packets the device took. */
static uint16_t transmit(const struct fp_port *port, struct rte_mbuf **mbufs, uint16_t count)
{
	const struct fp_dpdk_port *output = port->state;
	const uint16_t id = output->device->id, queue = output->first;
	uint16_t sent = rte_eth_tx_burst(id, queue, mbufs, count);
	uint64_t since;

	if (__builtin_expect(sent == count, 1))
		return sent;
	since = fp_clock_ns();
	while (port->may_wait && sent < count && fp_clock_ns() - since < PATIENCE_NS) {
		uint16_t more = rte_eth_tx_burst(id, queue, mbufs + sent, (uint16_t)(count - sent));

		if (more > 0)
			since = fp_clock_ns();
		sent = (uint16_t)(sent + more);
	}
	return sent;
}

/* Two batches' buffers are left for what receives packets, also if a driver keeps all others. */
static bool may_lend(struct fp_pool *pool, uint32_t count)
{
	return pool->lent + count + 2 * FP_BATCH_MAX <= pool->count;
}

static bool make_room(const struct fp_dpdk_port *output, struct fp_pool *pool, uint32_t count)
{
	if (!output->device->is_started)
		return false;
	if (__builtin_expect(may_lend(pool, count), 1))
		return true;
	fp_pool_collect(pool);
	rte_eth_tx_burst(output->device->id, output->first, NULL, 0); /* has drivers look for what they are done with */
	return may_lend(pool, count);
}

static int refuse(struct fp_port *port, const struct fp_burst *burst)
{
	for (uint32_t i = 0; i < burst->count; i++)
		fp_pool_give(port->pool, burst->buffer[i]);
	port->lost[FP_LOST_FULL] += burst->count;
	return (int)burst->count;
}

static int send_burst(struct fp_port *port, const struct fp_burst *burst, struct fp_error *error)
{
	struct fp_dpdk_port *output = port->state;
	struct fp_pool *pool = port->pool;
	struct rte_mbuf *mbufs[FP_BATCH_MAX];
	uint16_t count, sent;

	if (port->may_wait && !output->was_up && fp_dpdk_device_wait(output, "output", error) < 0)
		return -1;
	if (!make_room(output, pool, burst->count))
		return refuse(port, burst);
	count = prepare(port, burst, mbufs);
	sent = transmit(port, mbufs, count);
	for (uint16_t i = sent; i < count; i++)
		fp_pool_give(pool, fp_dpdk_pool_number(mbufs[i]));
	pool->lent -= (uint32_t)(count - sent);
	port->lost[FP_LOST_SHORT] += burst->count - count;
	port->lost[FP_LOST_FULL] += (uint64_t)(count - sent);
	return (int)(burst->count - sent);
}

static int look(struct fp_port *port, struct fp_error *error)
{
	return fp_dpdk_device_check(port->state, "output", error);
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
	.shares = true,
	.configure = configure,
	.open = open_device,
	.send = send_burst,
	.look = look,
	.close = close_device,
};
