/* SPDX-License-Identifier: Apache-2.0
 *
 * Internet checksums, as in examples/nfs/packet.h.
 */
#ifndef BENCH_PEERS_CHECKSUM_H
#define BENCH_PEERS_CHECKSUM_H

#include "parse.h"

static __always_inline uint32_t checksum_delta16(uint16_t before, uint16_t after)
{
	return (uint32_t)(uint16_t)~before + after;
}

static __always_inline uint32_t checksum_delta32(uint32_t before, uint32_t after)
{
	return checksum_delta16((uint16_t)(before >> 16), (uint16_t)(after >> 16)) +
	       checksum_delta16((uint16_t)before, (uint16_t)after);
}

/* RFC 1624, equation 3. */
static __always_inline uint16_t checksum_apply(uint16_t checksum, uint32_t delta)
{
	uint32_t sum = (uint16_t)~checksum + delta;

	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~(sum + (sum >> 16));
}

static __always_inline bool ipv4_checksum_ok(const uint8_t *ip, uint32_t bytes, const uint8_t *end)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < 60; i += 4) {
		if (i >= bytes)
			break;
		if (i >= IPV4_HEADER && ip + i + 4 > end)
			return false;
		sum += load32(ip + i);
	}
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ((sum & 0xffff) + (sum >> 16)) == 0xffff;
}

#endif
