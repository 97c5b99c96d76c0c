/* SPDX-License-Identifier: Apache-2.0
 *
 * payload as an XDP program: the same automaton; see examples/nfs/payload.c, whose init() makes it.
 */
#include "parse.h"

enum {
	PATTERNS_MAX = 4096,
	STATES_MAX = 0x8000,
	SYMBOLS = 256,
	ACCEPTS = 0x8000,
	NO_PATTERN = 0xffff,
	BYTES_MAX = 2048, /* of a payload */
};

uint16_t next[STATES_MAX * SYMBOLS];
uint16_t best[STATES_MAX];
uint16_t gates[PATTERNS_MAX];
uint64_t hits[PATTERNS_MAX];
int dropped_counter, malformed_counter;

/* Without a branch: the verifier would follow each with bounds of its own, through all rounds to come. */
static __always_inline uint32_t lower(uint32_t a, uint32_t b)
{
	int64_t difference = (int64_t)a - b;

	return (uint32_t)(b + (difference & (difference >> 63)));
}

/* The first pattern that occurs in `len` bytes from `offset` in the frame on, or NO_PATTERN. A global function:
 * the verifier walks its rounds once. */
__noinline int scan(struct xdp_md *context, uint32_t offset, uint32_t len)
{
	const uint8_t *payload = frame_of(context) + (offset & OFFSET_MAX), *end = end_of(context);
	uint32_t found = NO_PATTERN, state = 0;

	for (uint32_t i = 0; i < BYTES_MAX; i++) {
		uint32_t entry;

		if (i >= len || payload + i + 1 > end)
			break;
		entry = next[state * SYMBOLS + payload[i]];
		state = entry % ACCEPTS;
		if (unlikely(entry & ACCEPTS))
			found = lower(best[state], found);
	}
	return (int)found;
}

static __noinline int judge(struct xdp_md *context)
{
	struct datagram datagram;
	enum parsed parsed = parse_ip(context, &datagram);
	int header = parsed == PARSED ? transport_bytes(&datagram, end_of(context)) : 0;
	uint32_t found;

	if (unlikely(parsed == MALFORMED || header < 0)) {
		count((uint32_t)malformed_counter);
		return XDP_DROP;
	}
	if (unlikely(parsed == NOT_IP))
		return TO_GATE(0);
	found = (uint32_t)scan(context, (uint32_t)(datagram.l4 - frame_of(context)) + (uint32_t)header,
			       datagram.l4_bytes - (uint32_t)header);
	if (likely(found >= PATTERNS_MAX))
		return TO_GATE(0);
	hits[found]++;
	if (gates[found] != 0xffff)
		return TO_GATE(gates[found]);
	count((uint32_t)dropped_counter);
	return XDP_DROP;
}
