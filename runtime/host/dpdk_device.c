/* SPDX-License-Identifier: Apache-2.0 */
#include "dpdk_device.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <rte_dev.h>
#include <rte_errno.h>
#include <rte_ethdev.h>

#include "clock.h"
#include "dpdk_eal.h"
#include "dpdk_log.h"
#include "stop.h"

#define NAP_NS 10000000

static struct fp_dpdk_device *devices; /* that are open; of the control thread */

static int read_name(char *name, const char *text, struct fp_error *error)
{
	size_t len = strcspn(text, ",");

	if (len == 0 || len >= FP_DPDK_NAME)
		return fp_fail(error, "DPDK device \"%.80s\": a name has 1 to %d bytes", text, FP_DPDK_NAME - 1);
	memcpy(name, text, len);
	name[len] = 0;
	return 0;
}

/* A device that EAL's command line made is there already. */
static int find_port(struct fp_dpdk_device *device, const char *text, struct fp_error *error)
{
	int status;

	if (rte_eth_dev_get_port_by_name(device->name, &device->id) == 0)
		return text[strlen(device->name)] ?
			       fp_fail(error, "DPDK device %s exists already: its arguments belong to where it is made",
				       device->name) :
			       0;
	status = rte_dev_probe(text);
	if (status < 0)
		return fp_dpdk_fail(error, "DPDK device %s cannot be made: %s", text, rte_strerror(-status));
	if (rte_eth_dev_get_port_by_name(device->name, &device->id) < 0)
		return fp_dpdk_fail(error, "DPDK device %s is no network device", device->name);
	return 0;
}

/* A device reaches the packets through an IOMMU, if it reaches memory itself. */
static int map_group(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error)
{
	const struct fp_dpdk_device *device = more;
	struct rte_eth_dev_info info;
	uint8_t *start = device->pool->pool->base + offset;

	(void)in_object;
	if (rte_eth_dev_info_get(device->id, &info) < 0 ||
	    rte_dev_dma_map(info.device, start, (uint64_t)start, bytes) < 0)
		return fp_dpdk_fail(error, "DPDK device %s cannot reach the memory of packets: %s", device->name,
				    rte_strerror(rte_errno));
	return 0;
}

static int unmap_group(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error)
{
	const struct fp_dpdk_device *device = more;
	struct rte_eth_dev_info info;
	uint8_t *start = device->pool->pool->base + offset;

	(void)in_object;
	(void)error;
	if (rte_eth_dev_info_get(device->id, &info) == 0)
		rte_dev_dma_unmap(info.device, start, (uint64_t)start, bytes);
	return 0;
}

static int set_up_queues(const struct fp_dpdk_device *device, struct rte_eth_dev_info *info)
{
	uint16_t receive = FP_DPDK_DESCRIPTORS, transmit = FP_DPDK_DESCRIPTORS;
	int socket = rte_eth_dev_socket_id(device->id);
	int status = rte_eth_dev_adjust_nb_rx_tx_desc(device->id, &receive, &transmit);

	if (status == 0 && info->max_rx_queues > 0)
		status = rte_eth_rx_queue_setup(device->id, 0, receive, (unsigned)socket, NULL, device->pool->mempool);
	if (status == 0 && info->max_tx_queues > 0)
		status = rte_eth_tx_queue_setup(device->id, 0, transmit, (unsigned)socket, NULL);
	return status;
}

static int start_port(struct fp_dpdk_device *device)
{
	const struct rte_eth_conf conf = {.rxmode = {.mq_mode = RTE_ETH_MQ_RX_NONE}};
	struct rte_eth_dev_info info;
	int status = rte_eth_dev_info_get(device->id, &info);

	if (status == 0)
		status = rte_eth_dev_configure(device->id, info.max_rx_queues > 0, info.max_tx_queues > 0, &conf);
	device->is_configured = status == 0;
	if (status == 0)
		status = set_up_queues(device, &info);
	if (status == 0)
		status = rte_eth_dev_start(device->id);
	if (status == 0) {
		rte_eth_stats_reset(device->id);
		rte_eth_promiscuous_enable(device->id); /* some virtual devices have no such thing */
	}
	return status;
}

static int open_device(struct fp_dpdk_device *device, const char *text, struct fp_error *error)
{
	int status;

	if (find_port(device, text, error) < 0 || fp_pool_map(device->pool->pool, map_group, device, error) < 0)
		return -1;
	status = start_port(device);
	if (status < 0)
		return fp_dpdk_fail(error, "DPDK device %s does not start: %s", device->name, rte_strerror(-status));
	device->since_ns = fp_clock_ns();
	return 0;
}

static struct fp_dpdk_device *find_device(const char *name)
{
	struct fp_dpdk_device *device = devices;

	while (device && strcmp(device->name, name) != 0)
		device = device->next;
	return device;
}

static struct fp_dpdk_device *share_device(struct fp_dpdk_device *device, const struct fp_dpdk_pool *pool,
					   struct fp_error *error)
{
	if (device->pool != pool)
		return fp_fail(error, "DPDK device %s is in use by a port that has other packets", device->name), NULL;
	device->users++;
	return device;
}

struct fp_dpdk_device *fp_dpdk_device_open(const char *text, struct fp_dpdk_pool *pool, struct fp_error *error)
{
	char name[FP_DPDK_NAME];
	struct fp_dpdk_device *device;

	fp_dpdk_log_forget();
	if (read_name(name, text, error) < 0)
		return NULL;
	device = find_device(name);
	if (device)
		return share_device(device, pool, error);
	device = calloc(1, sizeof(*device));
	if (!device)
		return fp_fail(error, "no memory for DPDK device %s", name), NULL;
	*device = (struct fp_dpdk_device){.next = devices, .users = 1, .pool = pool};
	strcpy(device->name, name);
	devices = device;
	if (open_device(device, text, error) == 0)
		return device;
	fp_dpdk_device_close(device);
	return NULL;
}

static void stop_port(struct fp_dpdk_device *device)
{
	struct fp_error unused;

	rte_eth_dev_stop(device->id);
	fp_pool_map(device->pool->pool, unmap_group, device, &unused);
	rte_eth_dev_close(device->id);
}

void fp_dpdk_device_close(struct fp_dpdk_device *device)
{
	struct fp_dpdk_device **link = &devices;

	if (--device->users > 0)
		return;
	if (device->is_configured)
		stop_port(device);
	while (*link != device)
		link = &(*link)->next;
	*link = device->next;
	free(device);
}

static bool is_up(struct fp_dpdk_device *device)
{
	struct rte_eth_link link = {0};
	bool is_known = rte_eth_link_get_nowait(device->id, &link) == 0;

	device->was_up |= link.link_status == RTE_ETH_LINK_UP;
	return !is_known || link.link_status == RTE_ETH_LINK_UP;
}

int fp_dpdk_device_check(struct fp_dpdk_device *device, const char *port, struct fp_error *error)
{
	if (is_up(device))
		return 0;
	if (device->was_up)
		return fp_fail(error, "%s: the link of DPDK device %s went down", port, device->name);
	if (fp_clock_ns() - device->since_ns < FP_DPDK_LINK_NS)
		return 0;
	return fp_fail(error, "%s: the link of DPDK device %s is down, %llu s after its start", port, device->name,
			    FP_DPDK_LINK_NS / 1000000000);
}

int fp_dpdk_device_wait(struct fp_dpdk_device *device, const char *port, struct fp_error *error)
{
	const struct timespec nap = {.tv_nsec = NAP_NS};

	while (!is_up(device) && !fp_stop_requested()) {
		if (fp_dpdk_device_check(device, port, error) < 0)
			return -1;
		nanosleep(&nap, NULL);
	}
	return 0;
}
