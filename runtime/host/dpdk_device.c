/* SPDX-License-Identifier: Apache-2.0 */
#include "dpdk_device.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <rte_dev.h>
#include <rte_devargs.h>
#include <rte_errno.h>
#include <rte_ethdev.h>

#include "clock.h"
#include "dpdk_eal.h"
#include "dpdk_log.h"
#include "dpdk_queues.h"
#include "stop.h"

#define NAP_NS 10000000

struct fp_dpdk_device *fp_dpdk_devices;

static int make(struct fp_dpdk_device *device, const char *text, struct fp_error *error)
{
	int status;

	device->made_of = strdup(text);
	status = device->made_of ? rte_dev_probe(text) : -ENOMEM;
	if (status < 0) {
		free(device->made_of);
		device->made_of = NULL;
		return fp_dpdk_fail(error, "DPDK device %s cannot be made: %s", text, rte_strerror(-status));
	}
	if (rte_eth_dev_get_port_by_name(device->name, &device->id) == 0)
		return 0;
	free(device->made_of);
	device->made_of = NULL;
	return fp_dpdk_fail(error, "DPDK device %s is no network device", device->name);
}

/* What EAL's command line says of a device that is there already. */
static int note_given(struct fp_dpdk_device *device, struct fp_error *error)
{
	struct rte_eth_dev_info info;
	const struct rte_devargs *words;
	char text[1024];

	if (rte_eth_dev_info_get(device->id, &info) < 0)
		return fp_dpdk_fail(error, "DPDK device %s says nothing of itself", device->name);
	words = rte_dev_devargs(info.device);
	snprintf(text, sizeof(text), "%s%s%s", device->name, words && words->args && *words->args ? "," : "",
		 words && words->args ? words->args : "");
	device->given = strdup(text);
	device->made_of = strdup(text);
	return device->given && device->made_of ? 0 : fp_fail(error, "no memory for DPDK device %s", device->name);
}

static int find_or_make(struct fp_dpdk_device *device, const char *text, struct fp_error *error)
{
	if (rte_eth_dev_get_port_by_name(device->name, &device->id) < 0)
		return make(device, text, error);
	return note_given(device, error);
}

static struct fp_dpdk_device *find_device(const char *name)
{
	struct fp_dpdk_device *device = fp_dpdk_devices;

	while (device && strcmp(device->name, name) != 0)
		device = device->next;
	return device;
}

static void vanish(struct fp_dpdk_device *device)
{
	struct rte_eth_dev_info info;

	if (rte_eth_dev_info_get(device->id, &info) == 0)
		rte_dev_remove(info.device);
	free(device->made_of);
	device->made_of = NULL;
}

static void forget(struct fp_dpdk_device *device)
{
	struct fp_dpdk_device **link = &fp_dpdk_devices;

	while (*link != device)
		link = &(*link)->next;
	*link = device->next;
	free(device->given);
	free(device->made_of);
	free(device);
}

static struct fp_dpdk_device *add_device(const char *name, const char *text, struct fp_error *error)
{
	struct fp_dpdk_device *device = calloc(1, sizeof(*device));

	if (!device) {
		fp_fail(error, "no memory for DPDK device %s", name);
		return NULL;
	}
	strcpy(device->name, name);
	device->next = fp_dpdk_devices;
	fp_dpdk_devices = device;
	if (find_or_make(device, text, error) == 0)
		return device;
	forget(device);
	return NULL;
}

struct fp_dpdk_device *fp_dpdk_device_join(const char *name, const char *text, struct fp_error *error)
{
	struct fp_dpdk_device *device = find_device(name);

	fp_dpdk_log_forget();
	if (!device)
		device = add_device(name, text, error);
	if (!device)
		return NULL;
	device->members++;
	if (!device->given || !text[strlen(name)])
		return device;
	fp_fail(error, "DPDK device %s exists already: its arguments belong to where it is made", name);
	fp_dpdk_device_leave(device, NULL);
	return NULL;
}

void fp_dpdk_device_leave(struct fp_dpdk_device *device, const struct fp_dpdk_port *port)
{
	if (fp_dpdk_use_has(&device->use, port))
		fp_dpdk_device_close(device);
	if (--device->members > 0)
		return;
	fp_dpdk_device_close(device);
	forget(device);
}

/* What the whole device loses is counted by the first of its inputs. */
static void begin(const struct fp_dpdk_use *use)
{
	bool counts = true;

	for (unsigned i = 0; i < use->ports; i++) {
		struct fp_dpdk_port *port = use->port[i];

		port->counts = counts && port->receives;
		counts &= !port->receives;
		port->was_up = port->failed = false;
		fp_dpdk_pool_serve(port->pool);
		memcpy(port->before, port->port->lost, sizeof(port->before));
	}
}

static void end_counts(const struct fp_dpdk_use *use)
{
	for (unsigned i = 0; i < use->ports; i++) {
		fp_dpdk_port_count(use->port[i]);
		use->port[i]->counts = false;
	}
}

static void end(const struct fp_dpdk_use *use)
{
	for (unsigned i = 0; i < use->ports; i++)
		fp_dpdk_pool_desert(use->port[i]->pool);
}

int fp_dpdk_device_open(struct fp_dpdk_device *device, const struct fp_dpdk_use *use, struct fp_error *error)
{
	int status = 0;

	fp_dpdk_log_forget();
	if (device->made_of && strcmp(device->made_of, use->text) != 0)
		vanish(device);
	if (!device->made_of)
		status = make(device, use->text, error);
	if (status == 0)
		status = fp_dpdk_queues_start(device, use, error);
	if (status < 0) {
		fp_dpdk_device_close(device);
		return -1;
	}
	device->use = *use;
	device->since_ns = fp_clock_ns();
	begin(use);
	return 0;
}

void fp_dpdk_device_close(struct fp_dpdk_device *device)
{
	bool was_started = device->is_started;

	end_counts(&device->use);
	if (device->made_of) {
		fp_dpdk_queues_stop(device);
		vanish(device);
	}
	if (was_started)
		end(&device->use);
	device->use = (struct fp_dpdk_use){0};
}

static bool is_up(struct fp_dpdk_port *port)
{
	struct rte_eth_link link = {0};
	bool is_known = rte_eth_link_get_nowait(port->device->id, &link) == 0;

	port->was_up |= link.link_status == RTE_ETH_LINK_UP;
	return !is_known || link.link_status == RTE_ETH_LINK_UP;
}

int fp_dpdk_device_check(struct fp_dpdk_port *port, const char *kind, struct fp_error *error)
{
	if (port->failed)
		return fp_fail(error, "%s: DPDK device %s could not be opened again as it was", kind, port->name);
	if (!port->device->is_started || is_up(port))
		return 0;
	if (port->was_up)
		return fp_fail(error, "%s: the link of DPDK device %s went down", kind, port->name);
	if (fp_clock_ns() - port->device->since_ns < FP_DPDK_LINK_NS)
		return 0;
	return fp_fail(error, "%s: the link of DPDK device %s is down, %llu s after its start", kind, port->name,
		       FP_DPDK_LINK_NS / 1000000000);
}

int fp_dpdk_device_wait(struct fp_dpdk_port *port, const char *kind, struct fp_error *error)
{
	const struct timespec nap = {.tv_nsec = NAP_NS};

	while (!is_up(port) && !fp_stop_requested()) {
		if (fp_dpdk_device_check(port, kind, error) < 0)
			return -1;
		nanosleep(&nap, NULL);
	}
	return 0;
}
