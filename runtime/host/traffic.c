/* SPDX-License-Identifier: Apache-2.0 */
#include "traffic.h"

#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "pool.h"
#include "port.h"

#define START_NS 1700000000000000000ull
#define GAP_NS 67

uint64_t fp_traffic_time(uint64_t number)
{
	return START_NS + number * GAP_NS;
}

static int allocate(struct fp_traffic *traffic, size_t count, size_t bytes, struct fp_error *error)
{
	traffic->len = calloc(count, sizeof(*traffic->len));
	traffic->frame = calloc(count, sizeof(*traffic->frame));
	traffic->bytes = malloc(bytes);
	if (traffic->len && traffic->frame && traffic->bytes)
		return 0;
	fp_traffic_destroy(traffic);
	return fp_fail(error, "no memory for %zu frames", count);
}

static void generate(struct fp_traffic *traffic, uint32_t count, uint32_t size)
{
	for (uint32_t i = 0; i < count; i++) {
		traffic->frame[i] = traffic->bytes + (size_t)i * size;
		traffic->len[i] = size;
		fp_frame_make_udp(traffic->frame[i], size, i);
	}
	traffic->count = count;
}

/* Reads one packet at a time through the pcap port, so that both mean the same by a packet. */
static int read_frames(struct fp_traffic *traffic, struct fp_port *port, uint32_t count, struct fp_error *error)
{
	struct fp_pool pool;
	struct fp_source source = {.pool = &pool, .max = 1};
	struct fp_burst *burst = aligned_alloc(64, sizeof(*burst));
	int status = 0;

	if (!burst || fp_pool_create(&pool, 1, error) < 0)
		return free(burst), fp_fail(error, "no memory to read %s", port->path);
	while (traffic->count < count) {
		uint32_t at = traffic->count;

		burst->count = 0;
		status = port->type->receive(port, &source, burst, error);
		if (status < 0 || burst->count == 0)
			break;
		traffic->frame[at] = traffic->bytes + (size_t)at * FP_FRAME_MAX;
		traffic->len[at] = burst->packet[0].len;
		memcpy(traffic->frame[at], burst->packet[0].data, burst->packet[0].len);
		fp_pool_give(&pool, burst->buffer[0]);
		traffic->count++;
	}
	fp_pool_destroy(&pool);
	free(burst);
	return status;
}

static int read_capture(struct fp_traffic *traffic, const struct fp_traffic_plan *plan, struct fp_error *error)
{
	struct fp_port port = {.type = &fp_port_pcap_input, .path = plan->pcap};
	struct fp_error ignored;
	int status = port.type->open(&port, error);

	if (status == 0)
		status = read_frames(traffic, &port, (uint32_t)plan->count, error);
	port.type->close(&port, &ignored);
	if (status == 0 && traffic->count == 0)
		return fp_fail(error, "input: %s: no packet that fits into a buffer of %d bytes", plan->pcap, FP_FRAME_MAX);
	return status;
}

int fp_traffic_create(struct fp_traffic *traffic, const struct fp_traffic_plan *plan, struct fp_error *error)
{
	size_t size = plan->pcap ? FP_FRAME_MAX : (size_t)plan->size;

	*traffic = (struct fp_traffic){0};
	if (allocate(traffic, (size_t)plan->count, (size_t)plan->count * size, error) < 0)
		return -1;
	if (!plan->pcap) {
		generate(traffic, (uint32_t)plan->count, (uint32_t)size);
		return 0;
	}
	if (read_capture(traffic, plan, error) == 0)
		return 0;
	fp_traffic_destroy(traffic);
	return -1;
}

void fp_traffic_destroy(struct fp_traffic *traffic)
{
	free(traffic->len);
	free(traffic->frame);
	free(traffic->bytes);
	*traffic = (struct fp_traffic){0};
}
