/* SPDX-License-Identifier: Apache-2.0 */
#include "dpdk_queues.h"

#include <errno.h>

#include <rte_dev.h>
#include <rte_errno.h>
#include <rte_ethdev.h>
#include <rte_mbuf.h>

#include "dpdk_eal.h"

#define DESCRIPTORS_LEAST 32
#define BURSTS_MAX 128 /* that are let go of, of what a queue has when it is stopped: more than any has room for */

/* A device reaches the packets through an IOMMU, if it reaches memory itself. */
static int map_group(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error)
{
	const struct fp_dpdk_port *port = more;
	struct rte_eth_dev_info info;
	uint8_t *start = port->pool->pool->base + offset;

	(void)in_object;
	if (rte_eth_dev_info_get(port->device->id, &info) < 0 ||
	    rte_dev_dma_map(info.device, start, (uint64_t)start, bytes) < 0)
		return fp_dpdk_fail(error, "DPDK device %s cannot reach the memory of packets: %s", port->name,
				    rte_strerror(rte_errno));
	return 0;
}

static int unmap_group(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error)
{
	const struct fp_dpdk_port *port = more;
	struct rte_eth_dev_info info;
	uint8_t *start = port->pool->pool->base + offset;

	(void)in_object;
	(void)error;
	if (rte_eth_dev_info_get(port->device->id, &info) == 0)
		rte_dev_dma_unmap(info.device, start, (uint64_t)start, bytes);
	return 0;
}

/* Several ports may have one pool: once for each. */
static bool is_first_of_pool(const struct fp_dpdk_use *use, unsigned at)
{
	for (unsigned i = 0; i < at; i++)
		if (use->port[i]->pool == use->port[at]->pool)
			return false;
	return true;
}

static int map_pools(const struct fp_dpdk_use *use, struct fp_error *error)
{
	for (unsigned i = 0; i < use->ports; i++)
		if (is_first_of_pool(use, i) && fp_pool_map(use->port[i]->pool->pool, map_group, use->port[i], error) < 0)
			return -1;
	return 0;
}

static void unmap_pools(const struct fp_dpdk_use *use)
{
	struct fp_error unused;

	for (unsigned i = 0; i < use->ports; i++)
		if (is_first_of_pool(use, i))
			fp_pool_map(use->port[i]->pool->pool, unmap_group, use->port[i], &unused);
}

/* How many packets a queue has room for: all queues together have no more than half of the buffers. */
static uint16_t find_descriptors(const struct fp_dpdk_port *port)
{
	uint32_t queues = (uint32_t)(port->queues - port->first + port->step - 1) / port->step;
	uint32_t most = port->pool->pool->count / 2 / port->pool->ports / (queues ? queues : 1);
	uint16_t descriptors = FP_DPDK_DESCRIPTORS;

	while (descriptors > most && descriptors > DESCRIPTORS_LEAST)
		descriptors /= 2;
	return descriptors;
}

static int set_up_receiving(const struct fp_dpdk_device *device, const struct fp_dpdk_port *port, uint16_t queue)
{
	uint16_t receive = find_descriptors(port), transmit = receive;
	int socket = rte_eth_dev_socket_id(device->id);
	int status = rte_eth_dev_adjust_nb_rx_tx_desc(device->id, &receive, &transmit);

	return status < 0 ? status :
			    rte_eth_rx_queue_setup(device->id, queue, receive, (unsigned)socket, NULL, port->pool->mempool);
}

static int set_up_sending(const struct fp_dpdk_device *device, const struct fp_dpdk_port *port, uint16_t queue)
{
	uint16_t transmit = find_descriptors(port), receive = transmit;
	int socket = rte_eth_dev_socket_id(device->id);
	int status = rte_eth_dev_adjust_nb_rx_tx_desc(device->id, &receive, &transmit);

	return status < 0 ? status : rte_eth_tx_queue_setup(device->id, queue, transmit, (unsigned)socket, NULL);
}

/* The port that a queue is for; one that is for none, as some devices only have pairs, is the first port's. */
static struct fp_dpdk_port *find_port(const struct fp_dpdk_use *use, bool receives, unsigned queue)
{
	for (unsigned i = 0; i < use->ports; i++)
		if (use->port[i]->receives == receives && use->port[i]->first == queue % use->port[i]->step)
			return use->port[i];
	return use->port[0];
}

static void deal_out(const struct fp_dpdk_use *use, uint16_t receiving)
{
	uint16_t inputs = 0, outputs = 0;

	for (unsigned i = 0; i < use->ports; i++) {
		struct fp_dpdk_port *port = use->port[i];

		port->first = port->at = port->receives ? inputs++ : outputs++;
		port->step = (uint16_t)(port->receives ? use->inputs : use->ports - use->inputs);
		port->queues = port->receives ? receiving : (uint16_t)(port->first + 1);
	}
}

static int check_queues(const struct fp_dpdk_device *device, const struct fp_dpdk_use *use,
			const struct rte_eth_dev_info *info, struct fp_error *error)
{
	unsigned outputs = use->ports - use->inputs;

	if (use->inputs > info->max_rx_queues)
		return fp_fail(error, "DPDK device %s: %u inputs need a queue each to receive from, and it has %u", device->name,
			       use->inputs, info->max_rx_queues);
	if (outputs > info->max_tx_queues)
		return fp_fail(error, "DPDK device %s: %u outputs need a queue each to send by, and it has %u", device->name,
			       outputs, info->max_tx_queues);
	return 0;
}

static int configure(struct fp_dpdk_device *device, const struct fp_dpdk_use *use, const struct rte_eth_dev_info *info)
{
	const struct rte_eth_conf conf = {.rxmode = {.mq_mode = RTE_ETH_MQ_RX_NONE}};
	unsigned outputs = use->ports - use->inputs, pairs = use->inputs > outputs ? use->inputs : outputs;
	uint16_t receiving = (uint16_t)(pairs < info->max_rx_queues ? pairs : info->max_rx_queues);
	uint16_t sending = (uint16_t)(pairs < info->max_tx_queues ? pairs : info->max_tx_queues);
	int status = rte_eth_dev_configure(device->id, receiving, sending, &conf);

	device->is_configured = status == 0;
	deal_out(use, receiving);
	for (uint16_t i = 0; status == 0 && i < receiving; i++)
		status = set_up_receiving(device, find_port(use, true, i), i);
	for (uint16_t i = 0; status == 0 && i < sending; i++)
		status = set_up_sending(device, find_port(use, false, i), i);
	return status;
}

static int start(struct fp_dpdk_device *device)
{
	int status = rte_eth_dev_start(device->id);

	if (status < 0)
		return status;
	device->is_started = true;
	rte_eth_stats_reset(device->id);
	rte_eth_promiscuous_enable(device->id); /* some virtual devices have no such thing */
	return 0;
}

int fp_dpdk_queues_start(struct fp_dpdk_device *device, const struct fp_dpdk_use *use, struct fp_error *error)
{
	struct rte_eth_dev_info info;
	int status = rte_eth_dev_info_get(device->id, &info);

	device->use = *use;
	if (status == 0 && (check_queues(device, use, &info, error) < 0 || map_pools(use, error) < 0))
		return -1;
	if (status == 0)
		status = configure(device, use, &info);
	if (status == 0)
		status = start(device);
	return status < 0 ? fp_dpdk_fail(error, "DPDK device %s does not start: %s", device->name, rte_strerror(-status)) : 0;
}

/* What a device hands from its outputs to its inputs would keep its buffers otherwise. */
static void let_go(const struct fp_dpdk_device *device, uint16_t queue)
{
	struct rte_mbuf *mbufs[FP_BATCH_MAX];
	uint16_t count = 1;

	for (int i = 0; count > 0 && i < BURSTS_MAX; i++) {
		count = rte_eth_rx_burst(device->id, queue, mbufs, FP_BATCH_MAX);
		rte_pktmbuf_free_bulk(mbufs, count);
	}
}

void fp_dpdk_queues_stop(struct fp_dpdk_device *device)
{
	struct rte_eth_dev_info info;

	if (device->is_started && rte_eth_dev_info_get(device->id, &info) == 0)
		for (uint16_t i = 0; i < info.nb_rx_queues; i++)
			let_go(device, i);
	if (device->is_configured)
		rte_eth_dev_stop(device->id);
	unmap_pools(&device->use);
	device->is_started = device->is_configured = false;
}
