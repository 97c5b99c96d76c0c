/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets of a capture file, in order, with their time stamps in nanoseconds; as fast as they are taken, or paced as they
 * came when they were captured.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <pcap/pcap.h>

#include "clock.h"
#include "open.h"
#include "options.h"
#include "port.h"

#define WAIT_MAX_NS 1000000 /* between two looks at whether a packet is due */

struct pcap_input {
	pcap_t *capture;
	bool paced;
	bool holds; /* a packet that has been read and is not due yet: `header` and `frame` */
	struct pcap_pkthdr *header;
	const uint8_t *frame;
	bool started;
	uint64_t shift; /* what added to a time stamp gives when the packet is due, by the monotonic clock, in nanoseconds */
};

static int create(struct fp_port *port, struct fp_error *error)
{
	port->state = calloc(1, sizeof(struct pcap_input));
	return port->state ? 0 : fp_fail(error, "no memory");
}

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	struct pcap_input *input;
	const char *type;

	if (create(port, error) < 0)
		return -1;
	input = port->state;
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"path", FP_OPTION_TEXT, &port->path, true, 0, 0},
		{"paced", FP_OPTION_BOOLEAN, &input->paced, false, 0, 0},
	};

	return fp_options_read(options, where, rows, 3, error);
}

/* Who knows the path need not configure the port (traffic.c). */
static int open_capture(struct fp_port *port, struct fp_error *error)
{
	char reason[PCAP_ERRBUF_SIZE];
	struct fp_error failure;
	pcap_t *capture;
	FILE *file;

	if (!port->state && create(port, error) < 0)
		return -1;
	file = fp_open(port->path, "rb", &failure);
	if (!file)
		return fp_fail(error, "input: %s", failure.text);
	capture = pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, reason);
	if (!capture) {
		fclose(file);
		return fp_fail(error, "input: %s: %s", port->path, reason);
	}
	((struct pcap_input *)port->state)->capture = capture;
	if (pcap_datalink(capture) != DLT_EN10MB)
		return fp_fail(error, "input: %s: link type is %s; only Ethernet captures can be read", port->path,
			       pcap_datalink_val_to_description_or_dlt(pcap_datalink(capture)));
	return 0;
}

static uint64_t time_of(const struct pcap_pkthdr *header)
{
	return (uint64_t)header->ts.tv_sec * 1000000000u + (uint64_t)header->ts.tv_usec; /* ns, as opened */
}

/* 1: the next packet is in `header` and `frame`; 0: there is none; -1: the file is damaged. */
static int read_next(struct pcap_input *input)
{
	int status = input->holds ? 1 : pcap_next_ex(input->capture, &input->header, &input->frame);

	input->holds = false;
	if (status == PCAP_ERROR_BREAK)
		return 0;
	return status == 1 ? 1 : -1;
}

/* Nanoseconds until the packet at hand is due; the first is at once. */
static int64_t time_left(struct pcap_input *input)
{
	uint64_t now = fp_clock_ns(), time = time_of(input->header);

	if (!input->started)
		input->shift = now - time;
	input->started = true;
	return (int64_t)(time + input->shift - now);
}

static void take(struct fp_source *source, struct fp_burst *burst, const struct pcap_input *input)
{
	const struct pcap_pkthdr *header = input->header;

	source->truncated += header->caplen < header->len;
	if (header->caplen <= FP_FRAME_MAX) {
		fp_port_add(source, burst, input->frame, header->caplen, time_of(header));
	} else {
		source->too_long++;
		source->received++;
	}
}

static int receive(struct fp_port *port, struct fp_source *source, struct fp_burst *burst, struct fp_error *error)
{
	struct pcap_input *input = port->state;
	int status = 0;

	while (burst->count < source->max && (status = read_next(input)) > 0) {
		input->holds = input->paced && time_left(input) > 0;
		if (input->holds)
			return FP_PORT_IDLE;
		take(source, burst, input);
	}
	if (status < 0)
		return fp_fail(error, "input: %s: after %llu packets: %s", port->path,
			       (unsigned long long)source->received, pcap_geterr(input->capture));
	source->position = ftell(pcap_file(input->capture));
	return 0;
}

/* Only a packet that is not due yet is waited for. */
static int wait_for_time(struct fp_port *port, struct fp_error *error)
{
	int64_t left = time_left(port->state);

	(void)error;
	if (left > 0)
		nanosleep(&(struct timespec){.tv_nsec = (long)(left < WAIT_MAX_NS ? left : WAIT_MAX_NS)}, NULL);
	return 0;
}

static int close_capture(struct fp_port *port, struct fp_error *error)
{
	struct pcap_input *input = port->state;

	(void)error;
	if (input && input->capture)
		pcap_close(input->capture);
	free(input);
	port->state = NULL;
	return 0;
}

const struct fp_port_type fp_port_pcap_input = {
	.name = "pcap",
	.configure = configure,
	.open = open_capture,
	.receive = receive,
	.wait = wait_for_time,
	.close = close_capture,
};
