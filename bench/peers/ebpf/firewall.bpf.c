/* SPDX-License-Identifier: Apache-2.0
 *
 * firewall as an XDP program: the same lists of rules, but shorter ones; see examples/nfs/firewall.c.
 */
#include "parse.h"

enum {
	NUMBERS_MAX = 4096, /* of rules */
	RULES_MAX = 1024,   /* of one IP version: the verifier gives up on loops of some 1,200 rounds */
};

struct tuple4 {
	uint32_t source, destination;
	uint16_t source_port, destination_port;
	uint8_t protocol;
	uint8_t portless;
};

struct tuple6 {
	uint64_t source[2], destination[2];
	uint16_t source_port, destination_port;
	uint8_t protocol;
	uint8_t portless;
};

struct service {
	uint16_t source_low, source_span, destination_low, destination_span;
	uint8_t protocol, protocol_mask;
	uint8_t ports;
	uint8_t drop;
	uint16_t number;
};

struct rule4 {
	uint32_t source, source_mask, destination, destination_mask;
	struct service service;
};

struct prefix6 {
	uint64_t address[2];
	uint64_t mask[2];
};

struct rule6 {
	struct prefix6 source, destination;
	struct service service;
};

struct rule4 rules4[RULES_MAX];
struct rule6 rules6[RULES_MAX];
unsigned count4, count6;
uint64_t hits[NUMBERS_MAX];
uint8_t default_drop, non_ip_drop;
int dropped_counter, malformed_counter;

static __always_inline bool service_matches(const struct service *service, uint32_t ports, uint8_t protocol,
					    uint8_t portless)
{
	uint16_t source_port = (uint16_t)(ports >> 16), destination_port = (uint16_t)ports;

	return !((service->protocol ^ protocol) & service->protocol_mask) && !(service->ports & portless) &&
	       (uint16_t)(source_port - service->source_low) <= service->source_span &&
	       (uint16_t)(destination_port - service->destination_low) <= service->destination_span;
}

static __always_inline bool inside6(const uint64_t address[2], const struct prefix6 *prefix)
{
	return (((address[0] ^ prefix->address[0]) & prefix->mask[0]) |
		((address[1] ^ prefix->address[1]) & prefix->mask[1])) == 0;
}

/* The number of the first rule that matches, -1 if none does. Global functions, which the verifier walks once
 * with all of their rounds. */
__noinline int match4(const struct tuple4 *t)
{
	uint32_t ports;

	if (!t)
		return -1;
	ports = (uint32_t)t->source_port << 16 | t->destination_port;
	for (uint32_t i = 0; i < RULES_MAX && i < count4; i++) {
		const struct rule4 *rule = &rules4[i];

		if (!((t->source ^ rule->source) & rule->source_mask) &&
		    !((t->destination ^ rule->destination) & rule->destination_mask) &&
		    service_matches(&rule->service, ports, t->protocol, t->portless))
			return (int)i;
	}
	return -1;
}

__noinline int match6(const struct tuple6 *t)
{
	uint32_t ports;

	if (!t)
		return -1;
	ports = (uint32_t)t->source_port << 16 | t->destination_port;
	for (uint32_t i = 0; i < RULES_MAX && i < count6; i++) {
		const struct rule6 *rule = &rules6[i];

		if (inside6(t->source, &rule->source) && inside6(t->destination, &rule->destination) &&
		    service_matches(&rule->service, ports, t->protocol, t->portless))
			return (int)i;
	}
	return -1;
}

static __always_inline const struct service *find4(const struct datagram *datagram, uint32_t ports, bool portless)
{
	const uint8_t *ip = datagram->ip;
	struct tuple4 tuple = { load_be32(ip + 12), load_be32(ip + 16), (uint16_t)(ports >> 16),
				(uint16_t)ports, datagram->protocol, portless };
	int found = match4(&tuple);

	return found < 0 ? 0 : &rules4[found % RULES_MAX].service;
}

static __always_inline const struct service *find6(const struct datagram *datagram, uint32_t ports, bool portless)
{
	const uint8_t *ip = datagram->ip;
	struct tuple6 tuple = { { load_be64(ip + 8), load_be64(ip + 16) },
				{ load_be64(ip + 24), load_be64(ip + 32) },
				(uint16_t)(ports >> 16),
				(uint16_t)ports,
				datagram->protocol,
				portless };
	int found = match6(&tuple);

	return found < 0 ? 0 : &rules6[found % RULES_MAX].service;
}

static __always_inline int drop(int counter)
{
	count((uint32_t)counter);
	return XDP_DROP;
}

static __noinline int judge(struct xdp_md *context)
{
	struct datagram datagram;
	enum parsed parsed = parse_ip(context, &datagram);
	int transport = parsed == PARSED ? transport_bytes(&datagram, end_of(context)) : 0;
	const struct service *service;
	uint32_t ports;

	if (unlikely(parsed == MALFORMED || transport < 0))
		return drop(malformed_counter);
	if (unlikely(parsed == NOT_IP))
		return non_ip_drop ? drop(dropped_counter) : TO_GATE(0);
	ports = transport > 0 ? load_be32(datagram.l4) : 0;
	service = likely(datagram.version == 4) ? find4(&datagram, ports, transport == 0) :
						  find6(&datagram, ports, transport == 0);
	if (!service)
		return default_drop ? drop(dropped_counter) : TO_GATE(0);
	hits[service->number % NUMBERS_MAX]++;
	return service->drop ? drop(dropped_counter) : TO_GATE(0);
}
