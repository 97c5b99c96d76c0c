/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of nat.bpf.c, as examples/nfs/nat_table.h has it, for one processor. The functions that walk it are
 * global: the verifier proves each once. It does not know that an index read from a table is one of another, so
 * each is cut to the table's size, a power of two.
 */
#ifndef BENCH_PEERS_NAT_TABLE_H
#define BENCH_PEERS_NAT_TABLE_H

#include "parse.h"

enum {
	PUBLIC_MAX = 4,
	MAPPINGS = 1 << 17,
	CHAIN_MAX = 256, /* mappings looked at in a chain */
	PORTS = 1 << 16,
	KINDS = 3,
	NO_KIND = KINDS,
	POOLS = 16, /* of public addresses and kinds: at least PUBLIC_MAX * KINDS */
};

#define SECOND 1000000000ull

/* Same as the protocols' order in examples/nfs/nat_table.h. */
enum kind { KIND_TCP, KIND_UDP, KIND_ECHO };

struct mapping {
	uint64_t last;
	uint32_t inside;
	uint32_t next;
	uint16_t port;
	uint16_t outside;
	uint8_t pool;
	uint8_t kind; /* NO_KIND while free */
	bool answered;
	bool closing;
};

struct pool {
	uint32_t head, free;
};

struct mapping mappings[MAPPINGS]; /* from 1 on */
uint32_t chains[MAPPINGS];
uint32_t by_port[POOLS * PORTS];
uint16_t rings[POOLS * PORTS];
struct pool pools[POOLS];
uint32_t public[PUBLIC_MAX];
uint32_t public_count, port_range, chain_mask, mapping_max;
uint64_t timeouts[KINDS], opening_timeout; /* ns */
uint32_t free_mappings, used_end, sweep_hand;
uint64_t last_full_sweep;

/* The compiler, which sees what the global functions return, would drop the cut. */
static __always_inline struct mapping *mapping_at(uint32_t index)
{
	__asm__ volatile("" : "+r"(index));
	return &mappings[index % MAPPINGS];
}

static __always_inline uint32_t pool_of(uint32_t pool, uint32_t kind)
{
	return (pool * KINDS + kind) % POOLS;
}

static __always_inline uint32_t *port_entry(uint32_t pool, uint32_t kind, uint32_t port)
{
	return &by_port[pool_of(pool, kind) * PORTS + port % PORTS];
}

static __always_inline uint32_t *chain_of(uint32_t address, uint32_t port, uint32_t kind)
{
	uint64_t hash = hash_words((uint64_t)address << 32 | port << 16 | kind, 0);

	return &chains[hash & chain_mask & (MAPPINGS - 1)];
}

static __always_inline bool is_idle(const struct mapping *mapping, uint64_t now)
{
	bool opening = mapping->kind == KIND_TCP && (!mapping->answered || mapping->closing);
	uint64_t timeout = opening ? opening_timeout : timeouts[mapping->kind % 4 % KINDS];

	return now > mapping->last && now - mapping->last > timeout;
}

/* Takes a mapping out of its chain and gives its port back. */
__noinline int release(uint32_t index)
{
	struct mapping *mapping = mapping_at(index);
	uint32_t number = pool_of(mapping->pool, mapping->kind), before = 0;
	uint32_t *chain = chain_of(mapping->inside, mapping->port, mapping->kind), at = *chain;
	struct pool *pool = &pools[number];

	for (uint32_t i = 0; i < CHAIN_MAX && at != index; i++) {
		before = at;
		at = mapping_at(at)->next;
	}
	if (before)
		mapping_at(before)->next = mapping->next;
	else
		*chain = mapping->next;
	*port_entry(mapping->pool, mapping->kind, mapping->outside) = 0;
	rings[number * PORTS + (pool->head + pool->free++) % port_range % PORTS] = mapping->outside;
	mapping->kind = NO_KIND;
	mapping->next = free_mappings;
	free_mappings = index;
	return 0;
}

static __always_inline void sweep_one(uint64_t now)
{
	const struct mapping *mapping;

	if (used_end <= 1)
		return;
	if (++sweep_hand >= used_end)
		sweep_hand = 1;
	mapping = mapping_at(sweep_hand);
	if (mapping->kind != NO_KIND && is_idle(mapping, now))
		release(sweep_hand);
}

static long sweep_round(uint32_t round, void *now)
{
	(void)round;
	sweep_one(*(const uint64_t *)now);
	return 0;
}

/* The index of the mapping of an inside end, 0 if there is none. */
__noinline int find_inside(uint32_t address, uint32_t port, uint32_t kind)
{
	uint32_t index = *chain_of(address, port, kind);

	for (uint32_t i = 0; i < CHAIN_MAX && index; i++) {
		const struct mapping *mapping = mapping_at(index);

		if (mapping->inside == address && mapping->port == port && mapping->kind == kind)
			return (int)(index % MAPPINGS);
		index = mapping->next;
	}
	return 0;
}

static __always_inline uint32_t take_mapping(void)
{
	uint32_t index = free_mappings;

	if (index) {
		free_mappings = mapping_at(index)->next;
		return index % MAPPINGS;
	}
	return used_end <= mapping_max ? used_end++ % MAPPINGS : 0;
}

/* The public address for a host: its own one, or the next that has a port left; -1 if none has. */
static __always_inline int choose_pool(uint32_t address, uint32_t kind)
{
	uint32_t first = (uint32_t)(hash_words(address, 1) % public_count);

	for (uint32_t i = 0; i < PUBLIC_MAX; i++) {
		uint32_t pool = (first + i) % public_count;

		if (i < public_count && pools[pool_of(pool, kind)].free)
			return (int)(pool % PUBLIC_MAX);
	}
	return -1;
}

__noinline int add_mapping(uint32_t address, uint32_t port, uint32_t kind)
{
	int chosen = choose_pool(address, kind);
	uint32_t index = chosen < 0 ? 0 : take_mapping(), number = pool_of((uint32_t)chosen, kind);
	uint32_t *chain = chain_of(address, port, kind);
	struct pool *pool = &pools[number];
	uint16_t outside;

	if (!index)
		return 0;
	outside = rings[number * PORTS + pool->head % PORTS];
	pool->head = (pool->head + 1) % port_range;
	pool->free--;
	mappings[index % MAPPINGS] = (struct mapping){ .inside = address,
						       .port = (uint16_t)port,
						       .outside = outside,
						       .next = *chain,
						       .pool = (uint8_t)chosen,
						       .kind = (uint8_t)kind };
	*chain = index;
	*port_entry((uint32_t)chosen, kind, outside) = index;
	return (int)index;
}

static __always_inline uint32_t find_or_add(uint32_t address, uint32_t port, uint32_t kind, uint64_t now)
{
	uint32_t index = (uint32_t)find_inside(address, port, kind);

	if (likely(index))
		return index;
	index = (uint32_t)add_mapping(address, port, kind);
	if (index || now - last_full_sweep < SECOND)
		return index;
	last_full_sweep = now;
	bpf_loop(used_end, sweep_round, &now, 0);
	return (uint32_t)add_mapping(address, port, kind);
}

/* The index of the mapping a packet to a public address belongs to, 0 if there is none. */
static __always_inline uint32_t find_outside(uint32_t pool, uint32_t port, uint32_t kind, uint64_t now)
{
	uint32_t index = *port_entry(pool, kind, port);

	return index && !is_idle(mapping_at(index), now) ? index : 0;
}

static __always_inline int find_public(uint32_t address)
{
	for (uint32_t i = 0; i < PUBLIC_MAX; i++)
		if (i < public_count && public[i] == address)
			return (int)i;
	return -1;
}

#endif
