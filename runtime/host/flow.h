/* SPDX-License-Identifier: Apache-2.0
 *
 * The flow number of a frame.
 */
#ifndef FASTPAAS_HOST_FLOW_H
#define FASTPAAS_HOST_FLOW_H

#include <stdint.h>

/* Hash of addresses, protocol and ports for IPv4 and IPv6 (TCP, UDP, UDP-Lite, SCTP; no ports in later
 * fragments), of addresses and protocol for other IP, of the Ethernet header for everything else. Any
 * bytes are fine, `len` 0 included. The same frame has the same number on every run. */
uint32_t fp_flow_hash(const uint8_t *frame, uint32_t len);

#endif
