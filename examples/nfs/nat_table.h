/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of nat.c: mappings from inside (address, port) to public (address, port), found from either
 * side, and the public ports still free. One table per module, made by allocate_table() from settings
 * that nat.c read.
 */
#ifndef EXAMPLES_NAT_TABLE_H
#define EXAMPLES_NAT_TABLE_H

#include <stdlib.h>

#include "address.h"
#include "packet.h"

enum { PUBLIC_MAX = 16, MAPPINGS_MAX = 1 << 20, PORTS = 65536, NS_PER_SECOND = 1000000000 };

/* What has ports of its own. */
enum kind { TCP, UDP, ECHO, KINDS, NO_KIND = KINDS };

struct mapping {
	uint64_t last;    /* timestamp of the last packet from inside, ns */
	uint32_t inside;  /* address */
	uint32_t next;    /* in its hash chain, or in the list of free mappings; 0 ends both */
	uint16_t port;    /* inside port or echo identifier */
	uint16_t outside; /* its public counterpart */
	uint8_t pool;     /* index of the public address */
	uint8_t kind;     /* NO_KIND while free */
	bool answered;    /* a packet came back */
	bool closing;     /* TCP: FIN or RST since the last SYN */
};

/* The ports of one public address and kind that are free, longest unused first. */
struct port_pool {
	uint16_t *ring;
	uint32_t head, free;
};

static uint32_t public[PUBLIC_MAX];
static unsigned public_count;
static struct port_range ports = { 1024, 65535 };
static uint64_t mapping_max = 65536;

enum timeout { TIMEOUT_TCP, TIMEOUT_UDP, TIMEOUT_ICMP, TIMEOUT_TCP_OPENING, TIMEOUTS };
static uint64_t timeouts[TIMEOUTS] = { 7440, 300, 60, 240 }; /* seconds; ns after init() */

static struct mapping *mappings; /* from 1 on */
static uint32_t *chains;         /* heads of the hash chains */
static uint32_t chain_mask;
static uint32_t *by_port; /* [pool][kind][public port] -> mapping, 0 if none */
static struct port_pool pools[PUBLIC_MAX][KINDS];
static uint32_t free_mappings, used_end = 1, sweep_hand = 1;
static uint64_t last_full_sweep;

static uint16_t *fill_pool(struct port_pool *pool, uint16_t *ring)
{
	pool->ring = ring;
	for (uint32_t port = ports.low; port <= ports.high; port++)
		ring[pool->free++] = (uint16_t)port;
	return ring + pool->free;
}

static int allocate_table(void)
{
	size_t range = ports.high - ports.low + 1u, kinds = public_count * KINDS;
	uint16_t *ring = malloc(kinds * range * sizeof(*ring));

	for (chain_mask = 1; chain_mask < mapping_max; chain_mask *= 2)
		;
	mappings = calloc(mapping_max + 1, sizeof(*mappings));
	chains = calloc(chain_mask, sizeof(*chains));
	by_port = calloc(kinds * PORTS, sizeof(*by_port));
	chain_mask--;
	if (!ring || !mappings || !chains || !by_port) {
		fp_logf(FP_ERROR, "no memory for %u mappings and %u public addresses", (unsigned)mapping_max,
			public_count);
		return -1;
	}
	for (unsigned i = 0; i < kinds; i++)
		ring = fill_pool(&pools[i / KINDS][i % KINDS], ring);
	return 0;
}

static uint32_t *port_entry(unsigned pool, unsigned kind, uint16_t port)
{
	return &by_port[(pool * KINDS + kind) * PORTS + port];
}

static uint32_t *chain_of(uint32_t address, uint16_t port, unsigned kind)
{
	return &chains[hash_words((uint64_t)address << 32 | (uint32_t)port << 16 | kind, 0) & chain_mask];
}

static bool is_idle(const struct mapping *mapping, uint64_t now)
{
	bool opening = mapping->kind == TCP && (!mapping->answered || mapping->closing);

	return now > mapping->last &&
	       now - mapping->last > timeouts[opening ? TIMEOUT_TCP_OPENING : mapping->kind];
}

static void release(uint32_t index)
{
	struct mapping *mapping = &mappings[index];
	struct port_pool *pool = &pools[mapping->pool][mapping->kind];
	uint32_t range = ports.high - ports.low + 1u;
	uint32_t *link = chain_of(mapping->inside, mapping->port, mapping->kind);

	while (*link != index)
		link = &mappings[*link].next;
	*link = mapping->next;
	*port_entry(mapping->pool, mapping->kind, mapping->outside) = 0;
	pool->ring[(pool->head + pool->free++) % range] = mapping->outside;
	mapping->kind = NO_KIND;
	mapping->next = free_mappings;
	free_mappings = index;
}

/* Looks at the next `steps` mappings ever used and frees the idle ones. */
static void sweep(uint32_t steps, uint64_t now)
{
	for (uint32_t i = 0; i < steps && used_end > 1; i++) {
		if (++sweep_hand >= used_end)
			sweep_hand = 1;
		if (mappings[sweep_hand].kind != NO_KIND && is_idle(&mappings[sweep_hand], now))
			release(sweep_hand);
	}
}

static uint32_t take_mapping(void)
{
	uint32_t index = free_mappings;

	if (index) {
		free_mappings = mappings[index].next;
		return index;
	}
	return used_end <= mapping_max ? used_end++ : 0;
}

/* The public address for a host: its own one, or the next that has a port left; -1 if none has. */
static int choose_pool(uint32_t address, unsigned kind)
{
	unsigned first = (unsigned)(hash_words(address, 1) % public_count);

	for (unsigned i = 0; i < public_count; i++)
		if (pools[(first + i) % public_count][kind].free)
			return (int)((first + i) % public_count);
	return -1;
}

static struct mapping *add_mapping(uint32_t address, uint16_t port, unsigned kind)
{
	int chosen = choose_pool(address, kind);
	uint32_t index = chosen < 0 ? 0 : take_mapping(), *chain = chain_of(address, port, kind);
	struct port_pool *pool;
	uint16_t outside;

	if (!index)
		return NULL;
	pool = &pools[chosen][kind];
	outside = pool->ring[pool->head];
	pool->head = (pool->head + 1) % (ports.high - ports.low + 1u);
	pool->free--;
	mappings[index] = (struct mapping){ .inside = address,
					    .port = port,
					    .outside = outside,
					    .next = *chain,
					    .pool = (uint8_t)chosen,
					    .kind = (uint8_t)kind };
	*chain = index;
	*port_entry((unsigned)chosen, kind, outside) = index;
	return &mappings[index];
}

static struct mapping *find_inside(uint32_t address, uint16_t port, unsigned kind)
{
	uint32_t index = *chain_of(address, port, kind);

	for (; index; index = mappings[index].next)
		if (mappings[index].inside == address && mappings[index].port == port &&
		    mappings[index].kind == kind)
			return &mappings[index];
	return NULL;
}

static struct mapping *find_or_add(uint32_t address, uint16_t port, unsigned kind, uint64_t now)
{
	struct mapping *mapping = find_inside(address, port, kind);

	if (likely(mapping))
		return mapping;
	mapping = add_mapping(address, port, kind);
	if (mapping || now - last_full_sweep < NS_PER_SECOND)
		return mapping;
	last_full_sweep = now;
	sweep(used_end, now);
	return add_mapping(address, port, kind);
}

static int find_public(uint32_t address)
{
	for (unsigned i = 0; i < public_count; i++)
		if (public[i] == address)
			return (int)i;
	return -1;
}

/* The mapping a packet to a public address belongs to. */
static struct mapping *find_outside(unsigned pool, uint16_t port, unsigned kind, uint64_t now)
{
	uint32_t index = *port_entry(pool, kind, port);

	return index && !is_idle(&mappings[index], now) ? &mappings[index] : NULL;
}

#endif
