/* SPDX-License-Identifier: Apache-2.0
 *
 * lb as an XDP program; see examples/nfs/lb.c, whose init() makes the table.
 */
#include "parse.h"

enum { TABLE_LARGE = 65537, BACKENDS_MAX = 250 };

struct backend {
	uint8_t address[6];
	uint16_t gate;
};

struct backend backends[BACKENDS_MAX];
uint8_t table[TABLE_LARGE];
uint32_t table_size;
int other_counter, malformed_counter;

static __always_inline uint64_t hash_flow(const struct datagram *datagram, bool with_ports)
{
	const uint8_t *ip = datagram->ip;
	uint64_t service = datagram->protocol;

	if (likely(with_ports))
		service |= (uint64_t)load_be32(datagram->l4) << 8;
	if (likely(datagram->version == 4))
		return hash_words(load_be64(ip + 12), service);
	return hash_words(hash_words(load_be64(ip + 8), load_be64(ip + 16)),
			  hash_words(load_be64(ip + 24), load_be64(ip + 32)) ^ service);
}

static __always_inline int send_to_backend(struct xdp_md *context, uint64_t hash)
{
	uint64_t slot = ((hash >> 32) * table_size) >> 32;
	uint8_t *frame = frame_of(context);
	uint32_t owner;

	if (slot >= TABLE_LARGE)
		return XDP_ABORTED;
	owner = table[slot];
	if (owner >= BACKENDS_MAX)
		return XDP_ABORTED;
	if (frame + ETHERNET_HEADER > end_of(context))
		return XDP_DROP;
	store32(frame, load32(backends[owner].address));
	store16(frame + 4, load16(backends[owner].address + 4));
	return TO_GATE(backends[owner].gate);
}

static __noinline int judge(struct xdp_md *context)
{
	struct datagram datagram;
	enum parsed parsed = parse_ip(context, &datagram);
	int transport = parsed == PARSED ? transport_bytes(&datagram, end_of(context)) : 0;

	if (unlikely(parsed == MALFORMED || transport < 0)) {
		count((uint32_t)malformed_counter);
		return XDP_DROP;
	}
	if (unlikely(parsed == NOT_IP)) {
		count((uint32_t)other_counter);
		return XDP_DROP;
	}
	return send_to_backend(context, hash_flow(&datagram, transport > 0 && !datagram.fragment));
}
