/* SPDX-License-Identifier: Apache-2.0 */
#include "capture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#include "open.h"

#define SNAPLEN 0x40000
#define NS_PER_S 1000000000u

struct fp_capture {
	pcap_t *format;
	pcap_dumper_t *dumper;
	char path[];
};

static int fail_open(struct fp_capture *capture, struct fp_error *error, const char *reason)
{
	fp_fail(error, "cannot write %s: %s", capture->path, reason);
	if (capture->format)
		pcap_close(capture->format);
	free(capture);
	return -1;
}

struct fp_capture *fp_capture_adopt(FILE *file, const char *name, struct fp_error *error)
{
	struct fp_capture *capture = calloc(1, sizeof(*capture) + strlen(name) + 1);

	if (!capture) {
		fclose(file);
		fp_fail(error, "cannot write %s: no memory", name);
		return NULL;
	}
	strcpy(capture->path, name);
	capture->format = pcap_open_dead_with_tstamp_precision(DLT_EN10MB, SNAPLEN, PCAP_TSTAMP_PRECISION_NANO);
	if (!capture->format) {
		fclose(file);
		return fail_open(capture, error, "no memory"), NULL;
	}
	capture->dumper = pcap_dump_fopen(capture->format, file); /* which closes the file if it fails */
	if (!capture->dumper)
		return fail_open(capture, error, pcap_geterr(capture->format)), NULL;
	return capture;
}

struct fp_capture *fp_capture_open(const char *path, struct fp_error *error)
{
	struct fp_error reason;
	FILE *file = fp_open(path, "wb", &reason);

	if (file)
		return fp_capture_adopt(file, path, error);
	fp_fail(error, "cannot write %s", reason.text); /* which begins with the path */
	return NULL;
}

static int check(struct fp_capture *capture, struct fp_error *error)
{
	int reason = errno;

	return ferror(pcap_dump_file(capture->dumper)) ?
		       fp_fail(error, "cannot write %s: %s", capture->path, strerror(reason)) :
		       0;
}

int fp_capture_write(struct fp_capture *capture, const struct fp_burst *burst, struct fp_error *error)
{
	for (uint32_t i = 0; i < burst->count; i++) {
		const struct fp_packet *packet = &burst->packet[i];
		struct pcap_pkthdr header = {
			.ts = {.tv_sec = (time_t)(packet->timestamp / NS_PER_S),
			       .tv_usec = (suseconds_t)(packet->timestamp % NS_PER_S)},
			.caplen = packet->len,
			.len = packet->len,
		};

		pcap_dump((u_char *)capture->dumper, &header, packet->data);
	}
	return check(capture, error);
}

int fp_capture_flush(struct fp_capture *capture, struct fp_error *error)
{
	pcap_dump_flush(capture->dumper);
	return check(capture, error);
}

int fp_capture_close(struct fp_capture *capture, struct fp_error *error)
{
	int status;

	if (!capture)
		return 0;
	status = fp_capture_flush(capture, error);
	pcap_dump_close(capture->dumper);
	pcap_close(capture->format);
	free(capture);
	return status;
}
