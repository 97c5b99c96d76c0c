/* SPDX-License-Identifier: Apache-2.0
 *
 * policer as an XDP program: the same table of buckets, for one processor; see examples/nfs/policer.c.
 */
#include "parse.h"

enum { BUCKETS = 1 << 16, PROBES = 8, CLASSES = 1024 };

struct class {
	uint64_t network, mask;
	uint64_t burst;
	uint64_t per_ns;
	uint64_t fill_ns;
	uint8_t version, length;
};

struct bucket {
	uint64_t key;
	uint16_t class;
	uint8_t version;
	uint64_t tokens;
	uint64_t last;
};

struct class classes[CLASSES];
unsigned class_count;
struct bucket buckets[BUCKETS + PROBES];
struct bucket shared[CLASSES];
int excess_counter, malformed_counter, shared_counter;

/* A program of its own to the verifier: it walks these rounds once. */
__noinline int find_class(uint64_t key, uint32_t version)
{
	for (uint32_t i = 0; i < CLASSES && i + 1 < class_count; i++)
		if (classes[i].version == version && (key & classes[i].mask) == classes[i].network)
			return (int)i;
	return (int)(class_count - 1);
}

static __always_inline uint64_t elapsed(const struct bucket *bucket, uint64_t now)
{
	return now > bucket->last ? now - bucket->last : 0;
}

static __always_inline const struct class *class_of(const struct bucket *bucket)
{
	return &classes[bucket->class % CLASSES];
}

static __always_inline bool charge(struct bucket *bucket, uint64_t now, uint32_t bytes)
{
	const struct class *class = class_of(bucket);
	uint64_t idle = elapsed(bucket, now), cost = (uint64_t)bytes << 32, tokens;

	if (idle >= class->fill_ns) {
		tokens = class->burst;
	} else {
		tokens = bucket->tokens + idle * class->per_ns;
		if (tokens > class->burst)
			tokens = class->burst;
	}
	bucket->last += idle;
	bucket->tokens = tokens < cost ? tokens : tokens - cost;
	return tokens >= cost;
}

/* The slot after `first` that a destination has or can have, PROBES if all are in need. */
static __always_inline uint32_t probe(uint32_t first, uint64_t key, uint8_t version, uint64_t now)
{
	uint32_t free = PROBES;

	for (uint32_t i = 0; i < PROBES; i++) {
		const struct bucket *slot = &buckets[first + i];

		if (slot->key == key && slot->version == version)
			return i;
		if (free == PROBES && (!slot->version || elapsed(slot, now) >= class_of(slot)->fill_ns))
			free = i;
		if (!slot->version)
			break;
	}
	return free;
}

static __always_inline struct bucket *find_bucket(uint32_t first, uint64_t key, uint8_t version, uint64_t now)
{
	uint32_t at = probe(first, key, version, now);
	struct bucket *bucket;
	uint32_t class;

	if (at < PROBES) {
		bucket = &buckets[first + at];
		if (bucket->key == key && bucket->version == version)
			return bucket;
	}
	class = (uint32_t)find_class(key, version) % CLASSES;
	if (at >= PROBES) {
		count((uint32_t)shared_counter);
		shared[class].class = (uint16_t)class;
		return &shared[class];
	}
	bucket = &buckets[first + at];
	*bucket = (struct bucket){ key, (uint16_t)class, version, classes[class].burst, now };
	return bucket;
}

static __noinline int judge(struct xdp_md *context)
{
	struct datagram datagram;
	enum parsed parsed = parse_ip(context, &datagram);
	uint64_t now = arrival_of(context), key;
	uint32_t first;
	struct bucket *bucket;

	if (unlikely(parsed == NOT_IP))
		return TO_GATE(0);
	if (unlikely(parsed == MALFORMED)) {
		count((uint32_t)malformed_counter);
		return XDP_DROP;
	}
	key = datagram.version == 4 ? (uint64_t)load_be32(datagram.ip + 16) << 32 : load_be64(datagram.ip + 24);
	first = hash_words(key, datagram.version) % BUCKETS;
	bucket = &buckets[first];
	if (unlikely(bucket->key != key || bucket->version != datagram.version))
		bucket = find_bucket(first, key, datagram.version, now);
	if (likely(charge(bucket, now, (uint32_t)(end_of(context) - frame_of(context)))))
		return TO_GATE(0);
	count((uint32_t)excess_counter);
	return XDP_DROP;
}
