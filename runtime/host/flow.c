/* SPDX-License-Identifier: Apache-2.0
 *
 * The mixing step is that of MurmurHash3 (Appleby, public domain) on 32-bit words.
 */
#include "flow.h"

#include <string.h>

#include "processors.h"

/* MurmurHash3's numbers. */
#define MIX_1 0xcc9e2d51u
#define MIX_2 0x1b873593u
#define MIX_3 0xe6546b64u
#define FINISH_1 0x85ebca6bu
#define FINISH_2 0xc2b2ae35u

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
	word *= MIX_1;
	word = word << 15 | word >> 17;
	hash ^= word * MIX_2;
	hash = hash << 13 | hash >> 19;
	return hash * 5 + MIX_3;
}

static uint32_t finish(uint32_t hash)
{
	hash ^= hash >> 16;
	hash *= FINISH_1;
	hash ^= hash >> 13;
	hash *= FINISH_2;
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

/* Ports in the four bytes at the cursor, if the protocol has them there. */
static void find_ports(struct fp_flow_tuple *tuple, const struct cursor *cursor, uint8_t protocol)
{
	bool has_ports = protocol == 6 || protocol == 17 || protocol == 136 || protocol == 132;

	tuple->protocol = protocol;
	tuple->ports = has_ports && has(cursor, 4) ? cursor->at : NULL;
}

static void find_ipv4(struct fp_flow_tuple *tuple, struct cursor cursor)
{
	const uint8_t *ip = cursor.at;
	uint32_t header = (uint32_t)(ip[0] & 15) * 4;
	bool is_later_fragment = (read16(ip + 6) & 0x1fff) != 0;

	*tuple = (struct fp_flow_tuple){.type = TYPE_IPV4, .protocol = ip[9], .addresses = ip + 12, .address_bytes = 8};
	if (header < 20 || is_later_fragment || !has(&cursor, header))
		return;
	cursor.at += header;
	find_ports(tuple, &cursor, ip[9]);
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

static void find_ipv6(struct fp_flow_tuple *tuple, struct cursor cursor)
{
	uint8_t next = cursor.at[6];

	*tuple = (struct fp_flow_tuple){.type = TYPE_IPV6, .addresses = cursor.at + 8, .address_bytes = 32};
	cursor.at += IPV6_HEADER;
	next = skip_extensions(&cursor, next);
	find_ports(tuple, &cursor, next);
}

/* Inlined, so that the tuple of a hash never is in memory. */
static inline __attribute__((always_inline)) bool find(struct fp_flow_tuple *tuple, const uint8_t *frame, uint32_t len)
{
	struct cursor cursor = {.at = frame, .end = frame + len};
	uint16_t type;

	if (len < ETHERNET_HEADER)
		return false;
	type = read16(frame + 12);
	cursor.at += ETHERNET_HEADER;
	for (int tags = 0; tags < 2 && (type == 0x8100 || type == 0x88a8) && has(&cursor, 4); tags++) {
		type = read16(cursor.at + 2);
		cursor.at += 4;
	}
	tuple->type = type;
	if (type == TYPE_IPV4 && has(&cursor, 20) && cursor.at[0] >> 4 == 4)
		return find_ipv4(tuple, cursor), true;
	if (type == TYPE_IPV6 && has(&cursor, IPV6_HEADER) && cursor.at[0] >> 4 == 6)
		return find_ipv6(tuple, cursor), true;
	return false;
}

bool fp_flow_find(struct fp_flow_tuple *tuple, const uint8_t *frame, uint32_t len)
{
	return find(tuple, frame, len);
}

uint32_t fp_flow_hash(const uint8_t *frame, uint32_t len)
{
	struct fp_flow_tuple tuple;
	uint32_t hash;

	if (len < ETHERNET_HEADER)
		return finish(mix(0, len));
	if (!find(&tuple, frame, len))
		return finish(mix(mix_bytes(0, frame, 12), tuple.type));
	hash = mix(mix_bytes(tuple.type, tuple.addresses, tuple.address_bytes), tuple.protocol);
	return finish(tuple.ports ? mix_bytes(hash, tuple.ports, 4) : hash);
}

/* What most hashes are made of: a start and four words to mix in, of each packet. */
struct ingredients {
	uint32_t start[FP_BATCH_MAX];
	uint32_t word[4][FP_BATCH_MAX];
} __attribute__((aligned(32)));

typedef uint32_t lanes __attribute__((vector_size(32), aligned(32), may_alias));
#define LANES 8

static void set(struct ingredients *all, uint32_t i, uint32_t start, const uint32_t word[4])
{
	all->start[i] = start;
	for (int k = 0; k < 4; k++)
		all->word[k][i] = word[k];
}

/* False if the packet's hash is made of more or fewer. */
static bool lay_out(struct ingredients *all, uint32_t i, const struct fp_packet *packet)
{
	const uint8_t *frame = packet->data;
	struct fp_flow_tuple tuple;
	uint32_t word[4] = {0};

	if (packet->len < ETHERNET_HEADER)
		return false;
	if (!find(&tuple, frame, packet->len)) {
		memcpy(word, frame, 12);
		word[3] = tuple.type;
		set(all, i, 0, word);
		return true;
	}
	if (tuple.address_bytes != 8 || !tuple.ports)
		return false;
	memcpy(word, tuple.addresses, 8);
	word[2] = tuple.protocol;
	memcpy(word + 3, tuple.ports, 4);
	set(all, i, tuple.type, word);
	return true;
}

/* mix() and finish() on eight packets at once. */
FOR_ALL_PROCESSORS static void mix_all(struct ingredients *all, uint32_t count, uint32_t *hashes)
{
	for (uint32_t i = 0; i < count; i += LANES) {
		lanes hash = *(lanes *)&all->start[i];

		for (int k = 0; k < 4; k++) {
			lanes word = *(lanes *)&all->word[k][i] * MIX_1;

			word = word << 15 | word >> 17;
			hash ^= word * MIX_2;
			hash = hash << 13 | hash >> 19;
			hash = hash * 5 + MIX_3;
		}
		hash ^= hash >> 16;
		hash *= FINISH_1;
		hash ^= hash >> 13;
		hash *= FINISH_2;
		*(lanes *)&hashes[i] = hash ^ hash >> 16;
	}
}

void fp_flow_hash_burst(struct fp_burst *burst)
{
	static const uint32_t nothing[4];
	uint32_t hash[FP_BATCH_MAX] __attribute__((aligned(32)));
	uint32_t lanes_end = (burst->count + LANES - 1) / LANES * LANES;
	struct ingredients all;
	uint64_t others = 0;

	for (uint32_t i = 0; i < lanes_end; i++) {
		if (i < burst->count && lay_out(&all, i, &burst->packet[i]))
			continue;
		set(&all, i, 0, nothing);
		others |= 1ull << i;
	}
	mix_all(&all, burst->count, hash);
	for (uint32_t i = 0; i < burst->count; i++)
		burst->packet[i].flow = others >> i & 1 ? fp_flow_hash(burst->packet[i].data, burst->packet[i].len) : hash[i];
}
