/* SPDX-License-Identifier: Apache-2.0
 *
 * What XDP programs, the control objects that fill their tables, and the driver agree on.
 */
#ifndef BENCH_PEERS_AGREED_H
#define BENCH_PEERS_AGREED_H

#include <stdint.h>

#define COUNTERS 64
#define GATE_SHIFT 8 /* the gate is in a verdict's bits from here on, the action below */

#define FRAMES 4096
#define FRAME_WORDS 8
#define FIRST_ARRIVAL 1700000000000000000ull /* as fp_traffic_time(); the driver checks it */
#define GAP_NS 67

/* A 64-byte frame. */
struct bench_frame {
	uint64_t word[FRAME_WORDS];
};

/* The metadata before a packet. */
struct arrival {
	uint64_t timestamp;
};

#endif
