/* SPDX-License-Identifier: Apache-2.0
 *
 * Bounds-checked parsing of a frame: Ethernet with up to two VLAN tags, IPv4 with options, IPv6 with
 * extension headers, TCP and UDP. Nothing is copied: the structures hold pointers into the frame, and
 * a pointer is only set once the bytes behind it are known to be there. The length fields of the
 * packet are believed only as far as the frame reaches, and Ethernet padding is left out.
 */
#ifndef EXAMPLES_PACKET_H
#define EXAMPLES_PACKET_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <fastpaas/nf.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

enum {
	ETHERNET_HEADER = 14,
	VLAN_TAG = 4,
	IPV4_HEADER = 20, /* without options */
	IPV6_HEADER = 40,
	TCP_HEADER = 20, /* without options */
	UDP_HEADER = 8,

	TYPE_IPV4 = 0x0800,
	TYPE_VLAN = 0x8100,
	TYPE_IPV6 = 0x86dd,
	TYPE_QINQ = 0x88a8,

	IPV4_MORE_FRAGMENTS = 0x2000,
	IPV4_FRAGMENT_OFFSET = 0x1fff,
	IPV6_EXTENSIONS_MAX = 8, /* more than any honest sender uses; bounds the walk */
};

/* ---- Fields: big-endian in the packet, at any alignment ---------------------------------------- */

static inline uint16_t load_be16(const uint8_t *p)
{
	uint16_t value;

	memcpy(&value, p, sizeof(value));
	return __builtin_bswap16(value);
}

static inline uint32_t load_be32(const uint8_t *p)
{
	uint32_t value;

	memcpy(&value, p, sizeof(value));
	return __builtin_bswap32(value);
}

static inline uint64_t load_be64(const uint8_t *p)
{
	uint64_t value;

	memcpy(&value, p, sizeof(value));
	return __builtin_bswap64(value);
}

static inline void store_be16(uint8_t *p, uint16_t value)
{
	value = __builtin_bswap16(value);
	memcpy(p, &value, sizeof(value));
}

static inline void store_be32(uint8_t *p, uint32_t value)
{
	value = __builtin_bswap32(value);
	memcpy(p, &value, sizeof(value));
}

/* ---- Layers ------------------------------------------------------------------------------------ */

/* A frame below its Ethernet header and tags. */
struct frame {
	uint8_t *l3;
	uint32_t l3_bytes; /* from l3 to the end of the frame, padding included */
	uint16_t type;     /* EtherType of l3 */
};

/* An IP datagram. `l4` is what follows the IP header and, in IPv6, its extension headers. */
struct datagram {
	uint8_t *ip;
	uint8_t *l4;
	uint32_t l4_bytes; /* from l4 to the end of the datagram, padding excluded */
	uint8_t version;   /* 4 or 6 */
	uint8_t protocol;  /* of l4 */
	bool fragment;     /* one of several fragments, the first one included */
	bool later;        /* a fragment after the first: l4 points into the middle of something */
};

enum parsed { PARSED, NOT_IP, MALFORMED };

/* Finds the network layer. False if the frame ends inside its Ethernet header or tags. */
static inline bool parse_ethernet(const struct fp_packet *packet, struct frame *frame)
{
	uint32_t offset = ETHERNET_HEADER;

	if (unlikely(packet->len < ETHERNET_HEADER))
		return false;
	frame->type = load_be16(packet->data + 12);
	for (int tags = 0; tags < 2; tags++) {
		if (likely(frame->type != TYPE_VLAN && frame->type != TYPE_QINQ))
			break;
		if (packet->len < offset + VLAN_TAG)
			return false;
		frame->type = load_be16(packet->data + offset + 2);
		offset += VLAN_TAG;
	}
	frame->l3 = packet->data + offset;
	frame->l3_bytes = packet->len - offset;
	return true;
}

/* Checks an IPv4 header against the frame it lies in; not its checksum. */
static inline bool parse_ipv4(const struct frame *frame, struct datagram *datagram)
{
	uint8_t *ip = frame->l3;
	uint32_t header, total, fragment;

	if (unlikely(frame->l3_bytes < IPV4_HEADER || ip[0] >> 4 != 4))
		return false;
	header = (ip[0] & 15) * 4u;
	total = load_be16(ip + 2);
	if (unlikely(header < IPV4_HEADER || total < header || total > frame->l3_bytes))
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

static inline bool is_ipv6_extension(uint8_t protocol)
{
	return protocol == IPPROTO_HOPOPTS || protocol == IPPROTO_ROUTING || protocol == IPPROTO_FRAGMENT ||
	       protocol == IPPROTO_DSTOPTS || protocol == IPPROTO_AH;
}

/* Steps over one extension header, whose length is counted in 8 bytes (AH: in 4, less two). */
static inline bool skip_ipv6_extension(struct datagram *datagram)
{
	uint32_t bytes = 8, offset;

	if (datagram->l4_bytes < 8)
		return false;
	if (datagram->protocol == IPPROTO_FRAGMENT) {
		offset = load_be16(datagram->l4 + 2);
		datagram->fragment |= (offset & 0xfff9) != 0; /* offset or "more"; not an atomic fragment */
		datagram->later = offset & 0xfff8;
	} else if (datagram->protocol == IPPROTO_AH) {
		bytes = (datagram->l4[1] + 2u) * 4;
	} else {
		bytes = (datagram->l4[1] + 1u) * 8;
	}
	if (datagram->l4_bytes < bytes)
		return false;
	datagram->protocol = datagram->l4[0];
	datagram->l4 += bytes;
	datagram->l4_bytes -= bytes;
	return true;
}

/* Checks an IPv6 header and walks its extension headers. Jumbograms do not fit a packet buffer. */
static inline bool parse_ipv6(struct frame frame, struct datagram *datagram)
{
	uint8_t *ip = frame.l3;

	if (unlikely(frame.l3_bytes < IPV6_HEADER || ip[0] >> 4 != 6))
		return false;
	datagram->ip = ip;
	datagram->l4 = ip + IPV6_HEADER;
	datagram->l4_bytes = load_be16(ip + 4);
	datagram->version = 6;
	datagram->protocol = ip[6];
	datagram->fragment = false;
	datagram->later = false;
	if (unlikely(datagram->l4_bytes > frame.l3_bytes - IPV6_HEADER))
		return false;
	for (int i = 0; unlikely(is_ipv6_extension(datagram->protocol)) && !datagram->later; i++)
		if (i == IPV6_EXTENSIONS_MAX || !skip_ipv6_extension(datagram))
			return false;
	return true;
}

static inline enum parsed parse_ip(const struct fp_packet *packet, struct datagram *datagram)
{
	struct frame frame;
	struct datagram ipv6;

	if (unlikely(!parse_ethernet(packet, &frame)))
		return MALFORMED;
	if (likely(frame.type == TYPE_IPV4))
		return parse_ipv4(&frame, datagram) ? PARSED : MALFORMED;
	if (unlikely(frame.type != TYPE_IPV6))
		return NOT_IP;
	/* Into one of its own: the caller's stays in registers if its address goes into no other function. */
	if (!parse_ipv6(frame, &ipv6))
		return MALFORMED;
	*datagram = ipv6;
	return PARSED;
}

/* Bytes of the TCP or UDP header at l4, 0 for other protocols and later fragments; -1 if the header
 * is cut off or contradicts itself. The first fragment must hold the whole header (RFC 1858). */
static inline int transport_bytes(const struct datagram *datagram)
{
	uint32_t bytes;

	if (unlikely(datagram->later))
		return 0;
	if (datagram->protocol == IPPROTO_TCP) {
		if (datagram->l4_bytes < TCP_HEADER)
			return -1;
		bytes = (datagram->l4[12] >> 4) * 4u;
		return bytes < TCP_HEADER || bytes > datagram->l4_bytes ? -1 : (int)bytes;
	}
	if (datagram->protocol == IPPROTO_UDP) {
		if (datagram->l4_bytes < UDP_HEADER)
			return -1;
		bytes = load_be16(datagram->l4 + 4);
		if (bytes < UDP_HEADER || (bytes > datagram->l4_bytes && !datagram->fragment))
			return -1;
		return UDP_HEADER;
	}
	return 0;
}

/* ---- Hashing ----------------------------------------------------------------------------------- */

/* Mixes two words into one; all bits of the result depend on all bits of both. A finaliser of the
 * splitmix family (Stafford's variant 13): two multiplications, which pipeline well. */
static inline uint64_t hash_words(uint64_t a, uint64_t b)
{
	uint64_t x = a ^ (b * 0x9e3779b97f4a7c15);

	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

/* ---- Internet checksum (RFC 1071, RFC 1624) ---------------------------------------------------- */

static inline uint16_t fold_checksum(uint32_t sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)(sum + (sum >> 16));
}

/* What a checksum has to absorb when a field changes; the deltas of up to 8,000 fields may be added. */
static inline uint32_t checksum_delta16(uint16_t before, uint16_t after)
{
	return (uint32_t)(uint16_t)~before + after;
}

static inline uint32_t checksum_delta32(uint32_t before, uint32_t after)
{
	return checksum_delta16((uint16_t)(before >> 16), (uint16_t)(after >> 16)) +
	       checksum_delta16((uint16_t)before, (uint16_t)after);
}

/* The checksum after those changes: RFC 1624, equation 3. */
static inline uint16_t checksum_apply(uint16_t checksum, uint32_t delta)
{
	return (uint16_t)~fold_checksum((uint16_t)~checksum + delta);
}

/* True if the IPv4 header of `bytes` (20 or more, a multiple of 4) sums to all ones. */
static inline bool ipv4_checksum_ok(const uint8_t *ip, uint32_t bytes)
{
	uint64_t sum = 0;
	uint32_t word;

	for (uint32_t i = 0; i < IPV4_HEADER; i += 4) { /* unrolled: nearly no header is longer */
		memcpy(&word, ip + i, sizeof(word));
		sum += word;
	}
	for (uint32_t i = IPV4_HEADER; i < bytes; i += 4) {
		memcpy(&word, ip + i, sizeof(word));
		sum += word;
	}
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ((sum & 0xffff) + (sum >> 16)) == 0xffff;
}

#endif
