/* SPDX-License-Identifier: Apache-2.0
 *
 * policer: limits the rate of every destination with a token bucket of its own. An IPv4 destination is
 * one address; an IPv6 destination is a /64, since whoever owns one address owns the whole of it.
 *
 * Gates      0 packets within their rate, and everything that is not IP. Dropped: packets in excess
 *            (counter policer.excess) and malformed IP headers (policer.malformed).
 * Arguments  one class a line: PREFIX RATE BURST
 *              PREFIX  IPv4 prefix, IPv6 prefix of at most 64 bits, or `default`; the longest one that
 *                      holds the destination decides, and `default` must be there
 *              RATE    bits a second of Ethernet frames without FCS: digits, then k, M or G if wanted;
 *                      8k to 100G
 *              BURST   depth of the bucket in bytes, 1514 to 1073741824; a bucket starts full
 *            default        100M 65536
 *            192.0.2.0/24   10M  15000
 * Limits     65,536 destinations at a time, 1,024 classes. A bucket that has had time to fill up again
 *            says nothing and is reused. When all eight slots a destination may use hold buckets in
 *            need, it shares one bucket with others of its class (policer.shared).
 *            Time is the packets' own timestamp; one that runs backwards adds no tokens.
 * Cost       one table probe, usually one cache line, and one multiplication a packet. Classes are
 *            searched linearly, but only when a destination is new.
 */
#include <stdlib.h>

#include "address.h"
#include "packet.h"

enum {
	BUCKETS = 1 << 16,
	PROBES = 8, /* slots a destination may use */
	CLASSES = 1024,
	BURST_MIN = 1514,
	BURST_MAX = 1 << 30,
};

#define RATE_MIN 8000ull
#define RATE_MAX 100000000000ull

/* Tokens are bytes with 32 bits of fraction: the deepest bucket needs 62 bits. */
struct class {
	uint64_t network, mask; /* as in a key */
	uint64_t burst;         /* tokens */
	uint64_t per_ns;        /* tokens a nanosecond */
	uint64_t fill_ns;       /* time after which any bucket is full */
	uint8_t version, length;
};

struct bucket {
	uint64_t key; /* IPv4: the address in the upper half; IPv6: the first half of the address */
	uint16_t class;
	uint8_t version; /* 4, 6; 0 while unused */
	uint64_t tokens;
	uint64_t last; /* timestamp of the last refill */
};

static struct class classes[CLASSES]; /* longest prefix first, `default` last */
static unsigned class_count;
static struct bucket *buckets;
static struct bucket shared[CLASSES];
static int excess_counter, malformed_counter, shared_counter;

/* ---- Argument file ----------------------------------------------------------------------------- */

static bool parse_rate(struct arg_word word, uint64_t *bits)
{
	static const char units[] = "kMG";
	const char *unit = word.len ? memchr(units, word.text[word.len - 1], 3) : NULL;
	uint64_t factor = 1;

	for (const char *u = units; unit && u <= unit; u++)
		factor *= 1000;
	word.len -= unit != NULL;
	if (!parse_number(word, RATE_MAX / factor, bits))
		return false;
	*bits *= factor;
	return *bits >= RATE_MIN;
}

static bool parse_destination(struct arg_word word, struct class *class)
{
	struct ipv4_prefix four;
	struct ipv6_prefix six;

	if (word_is(word, "default"))
		return true; /* version 0, length 0 */
	if (parse_ipv4_prefix(word, &four) && four.length <= 32) {
		class->network = (uint64_t)four.address << 32;
		class->mask = (uint64_t)four.mask << 32;
		class->version = 4;
		class->length = four.length;
		return true;
	}
	if (!parse_ipv6_prefix(word, &six) || six.mask[1])
		return false;
	class->network = six.address[0];
	class->mask = six.mask[0];
	class->version = 6;
	class->length = (uint8_t)__builtin_popcountll(six.mask[0]);
	return true;
}

/* Keeps the table sorted by falling length, `default` behind everything. */
static int insert_class(const struct arg_line *line, const struct class *class)
{
	unsigned at = class_count;

	for (unsigned i = 0; i < class_count; i++)
		if (classes[i].version == class->version && classes[i].length == class->length &&
		    classes[i].network == class->network)
			return arg_error(line, "the same prefix a second time");
	if (class_count == CLASSES)
		return arg_error(line, "more than 1024 classes");
	while (at > 0 &&
	       (classes[at - 1].version == 0 || (class->version && classes[at - 1].length < class->length))) {
		classes[at] = classes[at - 1];
		at--;
	}
	classes[at] = *class;
	class_count++;
	return 0;
}

static int read_class(struct arg_line *line)
{
	struct arg_word words[3];
	struct class class = { 0 };
	uint64_t bits, burst;

	if (!take_words(line, words, 3))
		return arg_error(line, "expected PREFIX RATE BURST");
	if (!parse_destination(words[0], &class))
		return arg_error_word(line, "not `default`, an IPv4 prefix or an IPv6 prefix up to /64",
				      words[0]);
	if (!parse_rate(words[1], &bits))
		return arg_error_word(line, "not a rate from 8k to 100G", words[1]);
	if (!parse_number(words[2], BURST_MAX, &burst) || burst < BURST_MIN)
		return arg_error_word(line, "not a burst from 1514 to 1073741824 bytes", words[2]);
	class.burst = burst << 32;
	class.per_ns = ((bits << 20) + 1953125 / 2) / 1953125; /* bits / 8 << 32 / 10^9, rounded */
	class.fill_ns = class.burst / class.per_ns + 1;
	return insert_class(line, &class);
}

static bool is_empty(struct arg_line line)
{
	struct arg_word word;

	return !next_word(&line, &word);
}

int init(const struct fp_args *args)
{
	struct arg_file file = open_args(args);
	struct arg_line line;

	while (next_line(&file, &line))
		if (!is_empty(line) && read_class(&line))
			return -1;
	if (class_count == 0 || classes[class_count - 1].version != 0) {
		fp_logf(FP_ERROR, "the argument file has no `default` class");
		return -1;
	}
	buckets = calloc(BUCKETS + PROBES, sizeof(*buckets));
	if (!buckets) {
		fp_logf(FP_ERROR, "no memory for %u buckets", BUCKETS);
		return -1;
	}
	excess_counter = fp_counter("policer.excess");
	malformed_counter = fp_counter("policer.malformed");
	shared_counter = fp_counter("policer.shared");
	return 0;
}

/* ---- Packets ----------------------------------------------------------------------------------- */

static uint16_t find_class(uint64_t key, uint8_t version)
{
	for (unsigned i = 0; i + 1 < class_count; i++)
		if (classes[i].version == version && (key & classes[i].mask) == classes[i].network)
			return (uint16_t)i;
	return (uint16_t)(class_count - 1);
}

static uint64_t elapsed(const struct bucket *bucket, uint64_t now)
{
	return now > bucket->last ? now - bucket->last : 0;
}

/* Takes `bytes` out of the bucket; false if they are not there. */
static bool charge(struct bucket *bucket, uint64_t now, uint32_t bytes)
{
	const struct class *class = &classes[bucket->class];
	uint64_t idle = elapsed(bucket, now), cost = (uint64_t)bytes << 32;

	if (idle >= class->fill_ns) {
		bucket->tokens = class->burst;
	} else {
		bucket->tokens += idle * class->per_ns;
		if (bucket->tokens > class->burst)
			bucket->tokens = class->burst;
	}
	bucket->last += idle;
	if (bucket->tokens < cost)
		return false;
	bucket->tokens -= cost;
	return true;
}

/* The bucket of a destination that is not in its first slot: found, or made in the first slot free.
 * Slots are never emptied, so nothing lies behind an unused one. */
static struct bucket *find_bucket(struct bucket *slots, uint64_t key, uint8_t version, uint64_t now)
{
	struct bucket *free = NULL;
	uint16_t class;

	for (int i = 0; i < PROBES; i++) {
		if (slots[i].key == key && slots[i].version == version)
			return &slots[i];
		if (!free &&
		    (!slots[i].version || elapsed(&slots[i], now) >= classes[slots[i].class].fill_ns))
			free = &slots[i];
		if (!slots[i].version)
			break;
	}
	class = find_class(key, version);
	if (!free) {
		fp_count(shared_counter, 1);
		shared[class].class = class;
		return &shared[class];
	}
	*free = (struct bucket){ key, class, version, classes[class].burst, now };
	return free;
}

static bool conforms(const struct fp_packet *packet, const struct datagram *datagram)
{
	uint64_t key = datagram->version == 4 ? (uint64_t)load_be32(datagram->ip + 16) << 32
					      : load_be64(datagram->ip + 24);
	uint8_t version = datagram->version;
	struct bucket *bucket = &buckets[hash_words(key, version) % BUCKETS];

	if (unlikely(bucket->key != key || bucket->version != version))
		bucket = find_bucket(bucket, key, version, packet->timestamp);
	return charge(bucket, packet->timestamp, packet->len);
}

void process(struct fp_batch *batch)
{
	const uint32_t count = batch->count;
	uint32_t excess = 0, malformed = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct fp_packet *packet = &batch->packet[i];
		struct datagram datagram;
		enum parsed parsed = parse_ip(packet, &datagram);

		if (unlikely(parsed == MALFORMED)) {
			packet->gate = FP_DROP;
			malformed++;
		} else if (parsed == PARSED && unlikely(!conforms(packet, &datagram))) {
			packet->gate = FP_DROP;
			excess++;
		}
	}
	if (excess)
		fp_count(excess_counter, excess);
	if (malformed)
		fp_count(malformed_counter, malformed);
}
