/* SPDX-License-Identifier: Apache-2.0
 *
 * Packets of a capture file, in order, with their time stamps in nanoseconds.
 */
#include <stdio.h>
#include <stdlib.h>

#include <pcap/pcap.h>

#include "open.h"
#include "options.h"
#include "port.h"

static int configure(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error)
{
	const char *type;
	const struct fp_option rows[] = {
		{"type", FP_OPTION_TEXT, &type, true, 0, 0},
		{"path", FP_OPTION_TEXT, &port->path, true, 0, 0},
	};

	return fp_options_read(options, where, rows, 2, error);
}

static int open_capture(struct fp_port *port, struct fp_error *error)
{
	char reason[PCAP_ERRBUF_SIZE];
	struct fp_error failure;
	FILE *file = fp_open(port->path, "rb", &failure);
	pcap_t *capture;

	if (!file)
		return fp_fail(error, "input: %s", failure.text);
	capture = pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, reason);
	if (!capture) {
		fclose(file);
		return fp_fail(error, "input: %s: %s", port->path, reason);
	}
	port->state = capture;
	if (pcap_datalink(capture) != DLT_EN10MB)
		return fp_fail(error, "input: %s: link type is %s; only Ethernet captures can be read", port->path,
			       pcap_datalink_val_to_description_or_dlt(pcap_datalink(capture)));
	return 0;
}

static void take(struct fp_source *source, struct fp_burst *burst, const struct pcap_pkthdr *header,
		 const uint8_t *frame)
{
	uint64_t time = (uint64_t)header->ts.tv_sec * 1000000000u + (uint64_t)header->ts.tv_usec; /* ns, as opened */

	source->truncated += header->caplen < header->len;
	if (header->caplen <= FP_FRAME_MAX) {
		fp_port_add(source, burst, frame, header->caplen, time);
	} else {
		source->too_long++;
		source->received++;
	}
}

static int receive(struct fp_port *port, struct fp_source *source, struct fp_burst *burst, struct fp_error *error)
{
	struct pcap_pkthdr *header;
	const uint8_t *frame;

	while (burst->count < source->max) {
		int status = pcap_next_ex(port->state, &header, &frame);

		if (status == PCAP_ERROR_BREAK)
			break;
		if (status != 1)
			return fp_fail(error, "input: %s: after %llu packets: %s", port->path,
				       (unsigned long long)source->received, pcap_geterr(port->state));
		take(source, burst, header, frame);
	}
	source->position = ftell(pcap_file(port->state));
	return 0;
}

static int close_capture(struct fp_port *port, struct fp_error *error)
{
	(void)error;
	if (port->state)
		pcap_close(port->state);
	port->state = NULL;
	return 0;
}

const struct fp_port_type fp_port_pcap_input = {
	.name = "pcap",
	.configure = configure,
	.open = open_capture,
	.receive = receive,
	.close = close_capture,
};
