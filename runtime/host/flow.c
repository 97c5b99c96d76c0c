/* SPDX-License-Identifier: Apache-2.0
 *
 * The mixing step is that of MurmurHash3 (Appleby, public domain) on 32-bit words.
 */
#include "flow.h"

#include <stdbool.h>
#include <string.h>

#define ETHERNET_HEADER 14
#define TYPE_IPV4 0x0800
#define TYPE_IPV6 0x86dd
#define IPV6_HEADER 40
#define IPV6_EXTENSIONS_MAX 8 /* headers followed before the search for ports is given up */

/* What is left of the frame; every step forward is checked against `end`. */
struct cursor {
	const uint8_t *at;
	const uint8_t *end;
};

static bool has(const struct cursor *cursor, uint32_t bytes)
{
	return (uint32_t)(cursor->end - cursor->at) >= bytes;
}

static uint16_t read16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static uint32_t mix(uint32_t hash, uint32_t word)
{
	word *= 0xcc9e2d51;
	word = word << 15 | word >> 17;
	hash ^= word * 0x1b873593;
	hash = hash << 13 | hash >> 19;
	return hash * 5 + 0xe6546b64;
}

static uint32_t finish(uint32_t hash)
{
	hash ^= hash >> 16;
	hash *= 0x85ebca6b;
	hash ^= hash >> 13;
	hash *= 0xc2b2ae35;
	return hash ^ hash >> 16;
}

/* `bytes` is a multiple of 4. */
static uint32_t mix_bytes(uint32_t hash, const uint8_t *at, uint32_t bytes)
{
	uint32_t word;

	for (uint32_t i = 0; i < bytes; i += 4) {
		memcpy(&word, at + i, 4);
		hash = mix(hash, word);
	}
	return hash;
}

static uint32_t mix_ports(uint32_t hash, const struct cursor *cursor, uint8_t protocol)
{
	bool has_ports = protocol == 6 || protocol == 17 || protocol == 136 || protocol == 132;

	hash = mix(hash, protocol);
	return has_ports && has(cursor, 4) ? mix_bytes(hash, cursor->at, 4) : hash;
}

static uint32_t hash_ipv4(struct cursor cursor)
{
	const uint8_t *ip = cursor.at;
	uint32_t header = (uint32_t)(ip[0] & 15) * 4;
	uint32_t hash = mix_bytes(TYPE_IPV4, ip + 12, 8);
	bool is_later_fragment = (read16(ip + 6) & 0x1fff) != 0;

	if (header < 20 || is_later_fragment || !has(&cursor, header))
		return mix(hash, ip[9]);
	cursor.at += header;
	return mix_ports(hash, &cursor, ip[9]);
}

/* Steps over hop-by-hop, routing, destination options and a first fragment header, which all start
 * with "next header"; leaves the cursor on the transport header. */
static uint8_t skip_extensions(struct cursor *cursor, uint8_t next)
{
	for (int i = 0; i < IPV6_EXTENSIONS_MAX && has(cursor, 8); i++) {
		bool is_fragment = next == 44;
		uint32_t bytes = is_fragment ? 8 : (cursor->at[1] + 1u) * 8;

		if ((next != 0 && next != 43 && next != 60 && !is_fragment) || !has(cursor, bytes))
			return next;
		next = cursor->at[0];
		if (is_fragment && (read16(cursor->at + 2) & 0xfff8))
			cursor->end = cursor->at; /* a later fragment: no ports here */
		else
			cursor->at += bytes;
	}
	return next;
}

static uint32_t hash_ipv6(struct cursor cursor)
{
	uint32_t hash = mix_bytes(TYPE_IPV6, cursor.at + 8, 32);
	uint8_t next = cursor.at[6];

	cursor.at += IPV6_HEADER;
	next = skip_extensions(&cursor, next);
	return mix_ports(hash, &cursor, next);
}

uint32_t fp_flow_hash(const uint8_t *frame, uint32_t len)
{
	struct cursor cursor = {.at = frame, .end = frame + len};
	uint16_t type;

	if (len < ETHERNET_HEADER)
		return finish(mix(0, len));
	type = read16(frame + 12);
	cursor.at += ETHERNET_HEADER;
	for (int tags = 0; tags < 2 && (type == 0x8100 || type == 0x88a8) && has(&cursor, 4); tags++) {
		type = read16(cursor.at + 2);
		cursor.at += 4;
	}
	if (type == TYPE_IPV4 && has(&cursor, 20) && cursor.at[0] >> 4 == 4)
		return finish(hash_ipv4(cursor));
	if (type == TYPE_IPV6 && has(&cursor, IPV6_HEADER) && cursor.at[0] >> 4 == 6)
		return finish(hash_ipv6(cursor));
	return finish(mix(mix_bytes(0, frame, 12), type));
}
