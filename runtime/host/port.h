/* SPDX-License-Identifier: Apache-2.0
 *
 * Where packets come from and go to. A port is one port_*.c with one struct fp_port_type, listed in port.c.
 */
#ifndef FASTPAAS_HOST_PORT_H
#define FASTPAAS_HOST_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "burst.h"
#include "error.h"
#include "flow.h"
#include "pool.h"

/* Packets that only the port itself knows of: an input never handed them in, an output did not take them. */
enum fp_lost {
	FP_LOST_MISSED, /* came faster than they were fetched */
	FP_LOST_BROKEN, /* arrived damaged, or too long for the device */
	FP_LOST_FULL,	/* the output had no room for so long that they were let go */
	FP_LOST_SHORT,	/* fewer bytes than the output can send */
	FP_LOST_LONG,	/* more bytes than the output can send */
	FP_LOSSES,
};

extern const char *const fp_lost_names[FP_LOSSES];

struct fp_port {
	const struct fp_port_type *type;
	void *state; /* the type's own */
	const char *path; /* the file behind it, NULL if none */
	bool may_wait; /* send() may sleep for some milliseconds until there is room */
	uint32_t buffers; /* set by configure(): how many of the pool it may keep, beside the burst at hand */
	struct fp_pool *pool; /* set before open(): where the packets of the port lie, which no other thread uses */
	bool keeps_buffers;   /* set by open() of an output, see send() */
	uint64_t lost[FP_LOSSES];
};

/* Where an input takes buffers from, and what it has seen: every packet is in `received`, whatever
 * becomes of it. */
struct fp_source {
	struct fp_pool *pool;
	uint32_t max;	    /* packets of one burst */
	uint64_t received;
	uint64_t too_long;  /* did not fit into a packet buffer: not handed in */
	uint64_t truncated; /* captured shorter than it was on the wire: handed in as captured */
	int64_t position;   /* bytes of the input file read so far; not positive if it has none */
};

/* What receive() returns if the input goes on whatever is in the burst. */
#define FP_PORT_IDLE 1

struct fp_port_type {
	const char *name;
	bool live; /* of inputs: packets come whatever the host does; others wait until it receives them */
	bool shares; /* devices with other ports: see fp_port_arrange() */
	/* Reads the port's own keys; opens nothing. */
	int (*configure)(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error);
	int (*open)(struct fp_port *port, struct fp_error *error);
	/* Appends packets until the burst has source->max, or those that are there now, and does not wait; a burst left
	 * empty means the end, unless FP_PORT_IDLE is returned instead of 0. */
	int (*receive)(struct fp_port *port, struct fp_source *source, struct fp_burst *burst, struct fp_error *error);
	/* Optional, for who has nothing else to do after FP_PORT_IDLE: sleeps until there are packets, not for long. */
	int (*wait)(struct fp_port *port, struct fp_error *error);
	/* The packets are only read. Returns how many the output did not take, which it counts in port->lost; if it fails,
	 * none of this burst is counted there. Their buffers stay the caller's, unless port->keeps_buffers and it did not
	 * fail: then they go back to the pool when the port is done with them. */
	int (*send)(struct fp_port *port, const struct fp_burst *burst, struct fp_error *error);
	/* Optional, about every 100 ms and at the end: brings port->lost up to date, fails if the port is out of order. */
	int (*look)(struct fp_port *port, struct fp_error *error);
	/* Flushes; after an error nothing is known about what was written. Frees the state. */
	int (*close)(struct fp_port *port, struct fp_error *error);
};

/* Finds the type that options.type names among the inputs or outputs and lets it configure `port`. */
int fp_port_configure_input(struct fp_port *port, const json_t *options, struct fp_error *error);
int fp_port_configure_output(struct fp_port *port, const json_t *options, struct fp_error *error);

/* Of ports that share, which are those of DPDK: all that are to be used from now on, which are open. They can be used afterwards, and only they. No
 * packet may be under way, and no thread use a port meanwhile. On -1 all is as it was before. */
int fp_port_arrange(struct fp_port *const *ports, unsigned count, struct fp_error *error);

/* This thread will use such ports, of which some are open. */
void fp_port_enter_thread(void);

/* Whether packets come to the input of these options whatever the host does; else they wait until it receives them. */
bool fp_port_is_live(const json_t *options);

/* Adds a frame of `len` <= FP_FRAME_MAX bytes to the burst and counts it. */
void fp_port_add(struct fp_source *source, struct fp_burst *burst, const uint8_t *frame, uint32_t len,
		 uint64_t timestamp);

/* Adds the frame of `len` bytes that lies in buffer `number` of the pool, after the headroom, and counts it. Its flow
 * is not known yet. */
static inline void fp_port_place(struct fp_source *source, struct fp_burst *burst, uint32_t number, uint32_t len,
				 uint64_t timestamp)
{
	struct fp_packet *packet = fp_burst_append(burst, number, source->received++);

	packet->data = fp_pool_buffer(source->pool, number) + FP_PACKET_HEADROOM;
	packet->len = len;
	packet->gate = packet->port = 0;
	packet->timestamp = timestamp;
	packet->flow = 0;
	packet->room = FP_FRAME_MAX;
}

/* The same, with its flow. */
static inline void fp_port_enter(struct fp_source *source, struct fp_burst *burst, uint32_t number, uint32_t len,
				 uint64_t timestamp)
{
	struct fp_packet *packet = &burst->packet[burst->count];

	fp_port_place(source, burst, number, len, timestamp);
	packet->flow = fp_flow_hash(packet->data, len);
}

extern const struct fp_port_type fp_port_dpdk_input;
extern const struct fp_port_type fp_port_dpdk_output;
extern const struct fp_port_type fp_port_af_packet_input;
extern const struct fp_port_type fp_port_af_packet_output;
extern const struct fp_port_type fp_port_pool;
extern const struct fp_port_type fp_port_pcap_input;
extern const struct fp_port_type fp_port_pcap_output;
extern const struct fp_port_type fp_port_null;

extern const char *const fp_port_no_dpdk; /* why there is none, NULL if there is */

#endif
