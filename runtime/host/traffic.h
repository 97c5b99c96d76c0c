/* SPDX-License-Identifier: Apache-2.0
 *
 * A fixed set of frames to run again and again: made up, or the first of a capture.
 */
#ifndef FASTPAAS_HOST_TRAFFIC_H
#define FASTPAAS_HOST_TRAFFIC_H

#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "error.h"

#define FP_TRAFFIC_FRAME_MIN 60 /* bytes of an Ethernet frame without its check sequence */

struct fp_traffic {
	uint32_t count;
	uint32_t *len;
	uint8_t **frame;
	uint8_t *bytes; /* of all frames */
};

/* What the configuration says about it. */
struct fp_traffic_plan {
	int64_t count;
	int64_t size;
	const char *pcap; /* NULL: generate */
};

/* Frames of plan->size bytes, or the first plan->count of the capture (fewer if it has fewer; those
 * too long for a packet buffer are left out). */
int fp_traffic_create(struct fp_traffic *traffic, const struct fp_traffic_plan *plan, struct fp_error *error);
void fp_traffic_destroy(struct fp_traffic *traffic);

/* Arrival of packet `number` at 10 Gbit/s of 64-byte frames: the same on every run. */
uint64_t fp_traffic_time(uint64_t number);

#endif
