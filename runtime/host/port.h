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
#include "pool.h"

struct fp_port {
	const struct fp_port_type *type;
	void *state; /* the type's own */
	const char *path; /* the file behind it, NULL if none */
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

struct fp_port_type {
	const char *name;
	bool live; /* of inputs: no packets now does not mean the end */
	/* Reads the port's own keys; opens nothing. */
	int (*configure)(struct fp_port *port, const json_t *options, const char *where, struct fp_error *error);
	int (*open)(struct fp_port *port, struct fp_error *error);
	/* Appends packets until the burst has source->max; a burst left empty means the end. */
	int (*receive)(struct fp_port *port, struct fp_source *source, struct fp_burst *burst, struct fp_error *error);
	/* The packets are only read; their buffers stay the caller's. */
	int (*send)(struct fp_port *port, const struct fp_burst *burst, struct fp_error *error);
	/* Flushes; after an error nothing is known about what was written. Frees the state. */
	int (*close)(struct fp_port *port, struct fp_error *error);
};

/* Finds the type that options.type names among the inputs or outputs and lets it configure `port`. */
int fp_port_configure_input(struct fp_port *port, const json_t *options, struct fp_error *error);
int fp_port_configure_output(struct fp_port *port, const json_t *options, struct fp_error *error);

/* Whether packets come to the input of these options whatever the host does; else they wait until it receives them. */
bool fp_port_is_live(const json_t *options);

/* Adds a frame of `len` <= FP_FRAME_MAX bytes to the burst and counts it. */
void fp_port_add(struct fp_source *source, struct fp_burst *burst, const uint8_t *frame, uint32_t len,
		 uint64_t timestamp);

extern const struct fp_port_type fp_port_pool;
extern const struct fp_port_type fp_port_pcap_input;
extern const struct fp_port_type fp_port_pcap_output;
extern const struct fp_port_type fp_port_null;

#endif
