/* SPDX-License-Identifier: Apache-2.0
 *
 * A fixed set of frames handed in as fast as possible or at a rate, each time as it was first.
 */
#include <stdlib.h>

#include "clock.h"
#include "options.h"
#include "port.h"
#include "traffic.h"

#define RATE_MAX 1000000000
#define NS_PER_S 1000000000
#define WAIT_MAX_NS 1000000u

struct pool_input {
	struct fp_traffic_plan plan;
	struct fp_traffic traffic;
	uint64_t packets; /* to hand in */
	uint32_t next;
	double gap_ns;	   /* between two packets; 0: as fast as they are taken */
	uint64_t start_ns; /* since the epoch, when the first was due */
};

/* When a packet is due. Without a rate it always is, and the times are made up: the same on every run. */
static uint64_t arrival(const struct pool_input *input, uint64_t number)
{
	return input->gap_ns > 0 ? input->start_ns + (uint64_t)((double)number * input->gap_ns) : fp_traffic_time(number);
}

static uint64_t read_clock(struct pool_input *input)
{
	uint64_t now = input->gap_ns > 0 ? fp_clock_read(CLOCK_REALTIME) : UINT64_MAX;

	if (!input->start_ns)
		input->start_ns = now;
	return now;
}

static int check_size(const json_t *options, const struct fp_traffic_plan *plan, const char *where,
		      struct fp_error *error)
{
	if (plan->pcap && json_object_get(options, "size"))
		return fp_fail(error, "configuration: %s.size has no meaning with %s.pcap", where, where);
	return 0;
}

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	struct pool_input *input = calloc(1, sizeof(*input));
	int64_t packets = 1000000, rate = 0;
	const char *type;

	if (!input)
		return fp_fail(error, "no memory");
	port->state = input;
	input->plan = (struct fp_traffic_plan){.count = 4096, .size = 64};
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"count", FP_OPTION_INTEGER, &input->plan.count, false, 1, FP_POOL_MAX},
		{"size", FP_OPTION_INTEGER, &input->plan.size, false, FP_TRAFFIC_FRAME_MIN, FP_FRAME_MAX},
		{"packets", FP_OPTION_INTEGER, &packets, false, 1, 1ll << 50},
		{"rate", FP_OPTION_INTEGER, &rate, false, 1, RATE_MAX},
		{"pcap", FP_OPTION_PATH, &input->plan.pcap, false, 0, 0},
	};

	if (fp_options_read(options, where, rows, sizeof(rows) / sizeof(rows[0]), error) < 0)
		return -1;
	input->packets = (uint64_t)packets;
	input->gap_ns = rate ? (double)NS_PER_S / (double)rate : 0;
	port->path = input->plan.pcap;
	return check_size(options, &input->plan, where, error);
}

static int open_traffic(struct fp_port *port, struct fp_error *error)
{
	struct pool_input *input = port->state;

	return fp_traffic_create(&input->traffic, &input->plan, error);
}

static int receive(struct fp_port *port, struct fp_source *source, struct fp_burst *burst, struct fp_error *error)
{
	struct pool_input *input = port->state;
	uint64_t now = read_clock(input);

	(void)error;
	while (burst->count < source->max && source->received < input->packets) {
		uint64_t time = arrival(input, source->received);
		uint32_t i = input->next;

		if (time > now)
			return FP_PORT_IDLE;
		fp_port_add(source, burst, input->traffic.frame[i], input->traffic.len[i], time);
		input->next = i + 1 == input->traffic.count ? 0 : i + 1;
	}
	return 0;
}

/* Only a packet that is not due yet is waited for. */
static int wait_for_time(struct fp_port *port, struct fp_error *error)
{
	const struct pool_input *input = port->state;
	uint64_t gap = (uint64_t)input->gap_ns;

	(void)error;
	nanosleep(&(struct timespec){.tv_nsec = (long)(gap < WAIT_MAX_NS ? gap : WAIT_MAX_NS)}, NULL);
	return 0;
}

static int close_traffic(struct fp_port *port, struct fp_error *error)
{
	struct pool_input *input = port->state;

	(void)error;
	if (input)
		fp_traffic_destroy(&input->traffic);
	free(input);
	port->state = NULL;
	return 0;
}

const struct fp_port_type fp_port_pool = {
	.name = "pool",
	.configure = configure,
	.open = open_traffic,
	.receive = receive,
	.wait = wait_for_time,
	.close = close_traffic,
};
