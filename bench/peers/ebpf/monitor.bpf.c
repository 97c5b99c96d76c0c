/* SPDX-License-Identifier: Apache-2.0
 *
 * monitor as an XDP program: the same table of flows, for one processor; see examples/nfs/monitor.c.
 */
#include "parse.h"

enum { FLOWS = 1 << 16, PROBES = 16 };

struct key {
	uint64_t service;
	uint64_t address[4];
};

struct flow {
	struct key key;
	uint64_t packets;
	uint64_t bytes;
	uint64_t first, last;
	uint8_t tcp_flags;
};

struct flow flows[FLOWS + PROBES];
uint64_t flow_max;
int flow_counter, untracked_counter, other_counter, malformed_counter;

static __always_inline void read_key(struct key *key, const struct datagram *datagram, bool ports)
{
	const uint8_t *ip = datagram->ip;

	*key = (struct key){ .service = (uint64_t)datagram->protocol << 8 | datagram->version };
	if (likely(ports))
		key->service |= (uint64_t)load_be32(datagram->l4) << 32;
	if (likely(datagram->version == 4)) {
		key->address[0] = load_be64(ip + 12);
		return;
	}
	for (int i = 0; i < 4; i++)
		key->address[i] = load_be64(ip + 8 + 8 * i);
}

static __always_inline uint64_t hash_key(const struct key *key)
{
	if (likely((key->service & 0xff) == 4))
		return hash_words(key->address[0], key->service);
	return hash_words(hash_words(key->address[0], key->address[1]),
			  hash_words(key->address[2], key->address[3]) ^ key->service);
}

static __always_inline bool same_key(const struct key *a, const struct key *b)
{
	return a->service == b->service && a->address[0] == b->address[0] && a->address[1] == b->address[1] &&
	       a->address[2] == b->address[2] && a->address[3] == b->address[3];
}

static __always_inline struct flow *find_flow(const struct key *key, uint64_t now)
{
	uint64_t first = hash_key(key) & (flow_max - 1) & (FLOWS - 1);

	for (uint32_t i = 0; i < PROBES; i++) {
		struct flow *flow = &flows[first + i];

		if (likely(same_key(&flow->key, key)))
			return flow;
		if (flow->key.service)
			continue;
		flow->key = *key;
		flow->first = now;
		count((uint32_t)flow_counter);
		return flow;
	}
	return 0;
}

static __noinline int judge(struct xdp_md *context)
{
	struct datagram datagram = { 0 };
	enum parsed parsed = parse_ip(context, &datagram);
	int transport = parsed == PARSED ? transport_bytes(&datagram, end_of(context)) : 0;
	uint64_t now = arrival_of(context);
	struct key key;
	struct flow *flow;

	if (unlikely(parsed != PARSED || transport < 0)) {
		count((uint32_t)(parsed == NOT_IP ? other_counter : malformed_counter));
		return TO_GATE(0);
	}
	read_key(&key, &datagram, transport > 0);
	flow = find_flow(&key, now);
	if (unlikely(!flow)) {
		count((uint32_t)untracked_counter);
		return TO_GATE(0);
	}
	flow->packets++;
	flow->bytes += (uint64_t)(end_of(context) - frame_of(context));
	flow->last = now;
	if (transport > 0 && datagram.protocol == TCP)
		flow->tcp_flags |= datagram.l4[13];
	return TO_GATE(0);
}
