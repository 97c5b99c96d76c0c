/* SPDX-License-Identifier: Apache-2.0
 *
 * The flow number of a frame.
 */
#ifndef FASTPAAS_HOST_FLOW_H
#define FASTPAAS_HOST_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "burst.h"

/* Where in a frame the 5-tuple is. */
struct fp_flow_tuple {
	uint16_t type;		  /* Ethernet type behind up to two VLAN tags */
	uint8_t protocol;	  /* of the transport layer */
	const uint8_t *addresses; /* source, destination */
	uint32_t address_bytes;	  /* of both: 8 or 32 */
	const uint8_t *ports;	  /* source, destination, 4 bytes; NULL if the packet has none */
};

/* False if it is no IP packet; `type` is set all the same if `len` is at least 14. */
bool fp_flow_find(struct fp_flow_tuple *tuple, const uint8_t *frame, uint32_t len);

/* Hash of addresses, protocol and ports for IPv4 and IPv6 (TCP, UDP, UDP-Lite, SCTP; no ports in later
 * fragments), of addresses and protocol for other IP, of the Ethernet header for everything else. Any
 * bytes are fine, `len` 0 included. The same frame has the same number on every run. */
uint32_t fp_flow_hash(const uint8_t *frame, uint32_t len);

/* The same of every packet of the burst, for its `flow`: several at once. */
void fp_flow_hash_burst(struct fp_burst *burst);

#endif
