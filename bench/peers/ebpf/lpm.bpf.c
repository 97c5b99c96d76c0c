/* SPDX-License-Identifier: Apache-2.0
 *
 * lpm as an XDP program: DIR-24-8 in two arrays, not the kernel's LPM trie map, which is a tree; see
 * examples/nfs/lpm.c.
 */
#include "checksum.h"

enum { GROUP = 256, EXTENDED = 0x8000, NO_ROUTE = 0 };

uint16_t tbl24[1 << 24];
uint16_t tbl8[EXTENDED * GROUP];
int no_route_counter, ttl_counter, malformed_counter, other_counter;

static __always_inline uint16_t look_up(uint32_t address)
{
	uint32_t entry = tbl24[address >> 8];

	if (unlikely(entry & EXTENDED))
		entry = tbl8[(entry % EXTENDED) * GROUP + address % GROUP];
	return (uint16_t)entry;
}

static __always_inline void decrement_ttl(uint8_t *ip)
{
	uint16_t word = load_be16(ip + 8);

	store_be16(ip + 10,
		   checksum_apply(load_be16(ip + 10), checksum_delta16(word, (uint16_t)(word - 0x0100))));
	ip[8]--;
}

static __always_inline int drop(int counter)
{
	count((uint32_t)counter);
	return XDP_DROP;
}

static __noinline int judge(struct xdp_md *context)
{
	struct frame frame;
	struct datagram datagram;
	uint16_t entry;

	if (unlikely(!parse_ethernet(context, &frame)))
		return drop(malformed_counter);
	if (unlikely(frame.type != TYPE_IPV4))
		return drop(other_counter);
	if (unlikely(!parse_ipv4(&frame, &datagram)))
		return drop(malformed_counter);
	if (unlikely(!ipv4_checksum_ok(datagram.ip, (datagram.ip[0] & 15) * 4u, frame.end)))
		return drop(malformed_counter);
	if (unlikely(datagram.ip[8] <= 1))
		return drop(ttl_counter);
	entry = look_up(load_be32(datagram.ip + 16));
	if (unlikely(entry == NO_ROUTE))
		return drop(no_route_counter);
	decrement_ttl(datagram.ip);
	return TO_GATE(entry - 1);
}
