/* SPDX-License-Identifier: Apache-2.0
 *
 * Parsing as examples/nfs/packet.h does it, in the form the kernel's verifier follows: it believes only
 * comparisons with the end of the packet, so a length that the headers state and that was checked against
 * the frame is not enough.
 */
#ifndef BENCH_PEERS_PARSE_H
#define BENCH_PEERS_PARSE_H

#include "xdp.h"

enum {
	ETHERNET_HEADER = 14,
	VLAN_TAG = 4,
	IPV4_HEADER = 20,
	IPV6_HEADER = 40,
	TCP_HEADER = 20,
	UDP_HEADER = 8,
	IPV6_EXTENSIONS_MAX = 8,

	TYPE_IPV4 = 0x0800,
	TYPE_VLAN = 0x8100,
	TYPE_IPV6 = 0x86dd,
	TYPE_QINQ = 0x88a8,

	IPV4_MORE_FRAGMENTS = 0x2000,
	IPV4_FRAGMENT_OFFSET = 0x1fff,

	HOPOPTS = 0,
	ICMP = 1,
	TCP = 6,
	UDP = 17,
	ROUTING = 43,
	FRAGMENT = 44,
	AH = 51,
	DSTOPTS = 60,
};

/* Big-endian fields. */
static __always_inline uint16_t load_be16(const uint8_t *p)
{
	return __builtin_bswap16(load16(p));
}

static __always_inline uint32_t load_be32(const uint8_t *p)
{
	return __builtin_bswap32(load32(p));
}

static __always_inline uint64_t load_be64(const uint8_t *p)
{
	return __builtin_bswap64(load64(p));
}

static __always_inline void store_be16(uint8_t *p, uint16_t value)
{
	store16(p, __builtin_bswap16(value));
}

static __always_inline void store_be32(uint8_t *p, uint32_t value)
{
	store32(p, __builtin_bswap32(value));
}

struct frame {
	uint8_t *l3;
	uint8_t *end; /* of the packet */
	uint16_t type;
};

struct datagram {
	uint8_t *ip;
	uint8_t *l4;
	uint32_t l4_bytes; /* as the header states it; within the packet */
	uint8_t version, protocol;
	bool fragment, later;
};

enum parsed { PARSED, NOT_IP, MALFORMED };

static __always_inline bool parse_ethernet(const struct xdp_md *context, struct frame *frame)
{
	uint8_t *at = frame_of(context);

	frame->end = end_of(context);
	if (at + ETHERNET_HEADER > frame->end)
		return false;
	frame->type = load_be16(at + 12);
	at += ETHERNET_HEADER;
	for (int tags = 0; tags < 2; tags++) {
		if (likely(frame->type != TYPE_VLAN && frame->type != TYPE_QINQ))
			break;
		if (at + VLAN_TAG > frame->end)
			return false;
		frame->type = load_be16(at + 2);
		at += VLAN_TAG;
	}
	frame->l3 = at;
	return true;
}

static __always_inline bool parse_ipv4(const struct frame *frame, struct datagram *datagram)
{
	uint8_t *ip = frame->l3;
	uint32_t header, total, fragment;

	if (ip + IPV4_HEADER > frame->end || ip[0] >> 4 != 4)
		return false;
	header = (ip[0] & 15) * 4u;
	total = load_be16(ip + 2);
	if (header < IPV4_HEADER || total < header || total > frame->end - ip)
		return false;
	fragment = load_be16(ip + 6);
	datagram->ip = ip;
	datagram->l4 = ip + header;
	datagram->l4_bytes = total - header;
	datagram->version = 4;
	datagram->protocol = ip[9];
	datagram->fragment = fragment & (IPV4_MORE_FRAGMENTS | IPV4_FRAGMENT_OFFSET);
	datagram->later = fragment & IPV4_FRAGMENT_OFFSET;
	return true;
}

static __always_inline bool is_ipv6_extension(uint8_t protocol)
{
	return protocol == HOPOPTS || protocol == ROUTING || protocol == FRAGMENT || protocol == DSTOPTS ||
	       protocol == AH;
}

/* Bytes of an extension header that begins with `head`. */
static __always_inline uint32_t extension_bytes(const uint8_t *head, uint32_t protocol)
{
	if (protocol == FRAGMENT)
		return 8;
	return protocol == AH ? (head[1] + 2u) * 4 : (head[1] + 1u) * 8;
}

/* Walks extension headers from `offset` in the frame on, where `bytes` of the datagram are left. Returns where
 * they end, with the protocol that follows and FRAGMENT_SEEN, LATER_SEEN above it, or -1. A global function: the
 * verifier walks it once, not on every path that leads here. */
enum { OFFSET_MAX = 0x3fff, PROTOCOL_SHIFT = 16, FRAGMENT_SEEN = 1 << 24, LATER_SEEN = 1 << 25 };

__noinline int walk_extensions(struct xdp_md *context, uint32_t offset, uint32_t protocol, uint32_t bytes)
{
	uint32_t flags = 0;

	for (int i = 0; i <= IPV6_EXTENSIONS_MAX; i++) {
		const uint8_t *head = frame_of(context) + (offset & OFFSET_MAX);
		uint32_t own;

		if (!is_ipv6_extension((uint8_t)protocol) || flags & LATER_SEEN)
			return (int)(offset | protocol << PROTOCOL_SHIFT | flags);
		if (i == IPV6_EXTENSIONS_MAX || bytes < 8 || head + 8 > end_of(context))
			return -1;
		if (protocol == FRAGMENT && load_be16(head + 2) & 0xfff9)
			flags |= FRAGMENT_SEEN;
		if (protocol == FRAGMENT && load_be16(head + 2) & 0xfff8)
			flags |= LATER_SEEN;
		own = extension_bytes(head, protocol);
		if (bytes < own)
			return -1;
		protocol = head[0];
		offset = (offset + own) & OFFSET_MAX;
		bytes -= own;
	}
	return -1;
}

static __always_inline bool skip_ipv6_extensions(struct xdp_md *context, struct datagram *datagram)
{
	uint8_t *frame = frame_of(context);
	uint32_t before = (uint32_t)(datagram->l4 - frame);
	int walked = walk_extensions(context, before, datagram->protocol, datagram->l4_bytes);

	if (walked < 0)
		return false;
	datagram->l4 = frame + (walked & OFFSET_MAX);
	datagram->l4_bytes -= (walked & OFFSET_MAX) - before;
	datagram->protocol = (uint8_t)(walked >> PROTOCOL_SHIFT);
	datagram->fragment = walked & FRAGMENT_SEEN;
	datagram->later = walked & LATER_SEEN;
	return true;
}

static __always_inline bool parse_ipv6(struct xdp_md *context, const struct frame *frame,
				       struct datagram *datagram)
{
	uint8_t *ip = frame->l3;

	if (ip + IPV6_HEADER > frame->end || ip[0] >> 4 != 6)
		return false;
	datagram->ip = ip;
	datagram->l4 = ip + IPV6_HEADER;
	datagram->l4_bytes = load_be16(ip + 4);
	datagram->version = 6;
	datagram->protocol = ip[6];
	datagram->fragment = false;
	datagram->later = false;
	if (datagram->l4_bytes > frame->end - datagram->l4)
		return false;
	return likely(!is_ipv6_extension(datagram->protocol)) || skip_ipv6_extensions(context, datagram);
}

static __always_inline enum parsed parse_ip(struct xdp_md *context, struct datagram *datagram)
{
	struct frame frame;

	if (!parse_ethernet(context, &frame))
		return MALFORMED;
	if (likely(frame.type == TYPE_IPV4))
		return parse_ipv4(&frame, datagram) ? PARSED : MALFORMED;
	if (frame.type != TYPE_IPV6)
		return NOT_IP;
	return parse_ipv6(context, &frame, datagram) ? PARSED : MALFORMED;
}

/* As in packet.h: bytes of the transport header, 0 for other protocols and later fragments, -1 if it is cut
 * off or contradicts itself. */
static __always_inline int transport_bytes(const struct datagram *datagram, const uint8_t *end)
{
	uint32_t bytes;

	if (unlikely(datagram->later))
		return 0;
	if (datagram->protocol == TCP) {
		if (datagram->l4_bytes < TCP_HEADER || datagram->l4 + TCP_HEADER > end)
			return -1;
		bytes = (datagram->l4[12] >> 4) * 4u;
		return bytes < TCP_HEADER || bytes > datagram->l4_bytes ? -1 : (int)bytes;
	}
	if (datagram->protocol == UDP) {
		if (datagram->l4_bytes < UDP_HEADER || datagram->l4 + UDP_HEADER > end)
			return -1;
		bytes = load_be16(datagram->l4 + 4);
		if (bytes < UDP_HEADER || (bytes > datagram->l4_bytes && !datagram->fragment))
			return -1;
		return UDP_HEADER;
	}
	return 0;
}

/* Stafford's variant 13, as in packet.h. */
static __always_inline uint64_t hash_words(uint64_t a, uint64_t b)
{
	uint64_t x = a ^ (b * 0x9e3779b97f4a7c15);

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

#endif
