/* SPDX-License-Identifier: Apache-2.0
 *
 * monitor: counts packets and bytes of every flow (5-tuple, one direction), with the times of its
 * first and last packet and all TCP flags seen. fini() logs the flows with the most bytes.
 *
 * Gates      0 all packets; nothing is dropped or changed.
 * Arguments  settings, all optional
 *            flows 65536   flows to keep, a power of two from 1024 to 1048576
 *            top 10        flows to log, 0 to 100
 * Counters   monitor.flows, monitor.untracked (packets of flows that found no room), monitor.other
 *            (not IP), monitor.malformed
 * Limits     flows are kept until the end; a new flow that finds 16 slots taken is not tracked, so the
 *            table fills to about nine tenths. Fragments after the first have no ports: they count as
 *            a flow of their own between the two hosts, with ports 0. Needs 80 bytes of heap a flow.
 * Cost       one hash and one table probe, one or two cache lines, a packet.
 */
#include <stdio.h>
#include <stdlib.h>

#include "argfile.h"
#include "packet.h"

enum { FLOWS_MIN = 1024, FLOWS_MAX = 1 << 20, TOP_MAX = 100, PROBES = 16 };

/* Ports, protocol and version in one word, which is never 0; then source and destination, of which
 * IPv4 fills only the first word. */
struct key {
	uint64_t service;
	uint64_t address[4];
};

struct flow {
	struct key key; /* service 0: unused */
	uint64_t packets;
	uint64_t bytes;       /* of frames, without FCS */
	uint64_t first, last; /* timestamps, ns */
	uint8_t tcp_flags;
};

static struct flow *flows;
static uint64_t flow_max = 65536, top = 10;
static int flow_counter, untracked_counter, other_counter, malformed_counter;

/* ---- Argument file ----------------------------------------------------------------------------- */

static int read_line(struct arg_line *line)
{
	struct arg_word name, number;

	if (!next_word(line, &name))
		return 0;
	if (!take_words(line, &number, 1))
		return arg_error_word(line, "expected one number after", name);
	if (word_is(name, "flows")) {
		if (!parse_number(number, FLOWS_MAX, &flow_max) || flow_max < FLOWS_MIN ||
		    (flow_max & (flow_max - 1)))
			return arg_error_word(line, "not a power of two from 1024 to 1048576", number);
		return 0;
	}
	if (!word_is(name, "top"))
		return arg_error_word(line, "not `flows` or `top`", name);
	if (!parse_number(number, TOP_MAX, &top))
		return arg_error_word(line, "not a number from 0 to 100", number);
	return 0;
}

int init(const struct fp_args *args)
{
	struct arg_file file = open_args(args);
	struct arg_line line;

	while (next_line(&file, &line))
		if (read_line(&line))
			return -1;
	flows = calloc(flow_max + PROBES, sizeof(*flows)); /* probes run past the end, not around it */
	if (!flows) {
		fp_logf(FP_ERROR, "no memory for %u flows", (unsigned)flow_max);
		return -1;
	}
	flow_counter = fp_counter("monitor.flows");
	untracked_counter = fp_counter("monitor.untracked");
	other_counter = fp_counter("monitor.other");
	malformed_counter = fp_counter("monitor.malformed");
	return 0;
}

/* ---- Packets ----------------------------------------------------------------------------------- */

static struct key key_of(const struct datagram *datagram, bool ports)
{
	const uint8_t *ip = datagram->ip;
	struct key key = { .service = (uint64_t)datagram->protocol << 8 | datagram->version };

	if (likely(ports))
		key.service |= (uint64_t)load_be32(datagram->l4) << 32;
	if (likely(datagram->version == 4)) {
		key.address[0] = load_be64(ip + 12);
		return key;
	}
	for (int i = 0; i < 4; i++)
		key.address[i] = load_be64(ip + 8 + 8 * i);
	return key;
}

static uint64_t hash_key(const struct key *key)
{
	if (likely((key->service & 0xff) == 4))
		return hash_words(key->address[0], key->service);
	return hash_words(hash_words(key->address[0], key->address[1]),
			  hash_words(key->address[2], key->address[3]) ^ key->service);
}

static bool same_key(const struct key *a, const struct key *b)
{
	return a->service == b->service && a->address[0] == b->address[0] && a->address[1] == b->address[1] &&
	       a->address[2] == b->address[2] && a->address[3] == b->address[3];
}

/* The flow's entry, made if there is none; NULL if there is no room. */
static struct flow *find_flow(const struct key *key, uint64_t now)
{
	struct flow *flow = &flows[hash_key(key) & (flow_max - 1)], *end = flow + PROBES;

	for (; flow < end; flow++) {
		if (likely(same_key(&flow->key, key)))
			return flow;
		if (flow->key.service == 0)
			break;
	}
	if (flow == end)
		return NULL;
	flow->key = *key;
	flow->first = now;
	fp_count(flow_counter, 1);
	return flow;
}

/* Accounts the packet; false if its flow found no room. */
static bool account(const struct fp_packet *packet, const struct datagram *datagram, bool ports)
{
	struct key key = key_of(datagram, ports);
	struct flow *flow = find_flow(&key, packet->timestamp);

	if (unlikely(!flow))
		return false;
	flow->packets++;
	flow->bytes += packet->len;
	flow->last = packet->timestamp;
	if (ports && datagram->protocol == IPPROTO_TCP)
		flow->tcp_flags |= datagram->l4[13];
	return true;
}

void process(struct fp_batch *batch)
{
	const uint32_t count = batch->count;
	uint32_t other = 0, malformed = 0, untracked = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct datagram datagram;
		enum parsed parsed = parse_ip(&batch->packet[i], &datagram);
		int transport = parsed == PARSED ? transport_bytes(&datagram) : 0;

		if (unlikely(parsed == MALFORMED || transport < 0))
			malformed++;
		else if (unlikely(parsed == NOT_IP))
			other++;
		else if (unlikely(!account(&batch->packet[i], &datagram, transport > 0)))
			untracked++;
	}
	if (likely(!(other | malformed | untracked)))
		return;
	fp_count(other_counter, other);
	fp_count(malformed_counter, malformed);
	fp_count(untracked_counter, untracked);
}

/* ---- The flows with the most bytes -------------------------------------------------------------- */

/* Puts a flow in its place among the `count` largest so far, of which `top` are kept. */
static unsigned insert_largest(const struct flow **largest, unsigned count, const struct flow *flow)
{
	unsigned at = count;

	if (count == top) {
		if (count == 0 || flow->bytes <= largest[count - 1]->bytes)
			return count;
		at--;
	}
	while (at > 0 && largest[at - 1]->bytes < flow->bytes) {
		largest[at] = largest[at - 1];
		at--;
	}
	largest[at] = flow;
	return count < top ? count + 1 : count;
}

static void print_address(char *text, size_t size, const uint64_t *address, unsigned version, bool second)
{
	uint32_t four = (uint32_t)(second ? address[0] : address[0] >> 32);

	if (version == 4) {
		snprintf(text, size, "%u.%u.%u.%u", four >> 24, four >> 16 & 255, four >> 8 & 255,
			 four & 255);
		return;
	}
	address += second ? 2 : 0;
	snprintf(text, size, "[%x:%x:%x:%x:%x:%x:%x:%x]", (unsigned)(address[0] >> 48),
		 (unsigned)(address[0] >> 32 & 0xffff), (unsigned)(address[0] >> 16 & 0xffff),
		 (unsigned)(address[0] & 0xffff), (unsigned)(address[1] >> 48),
		 (unsigned)(address[1] >> 32 & 0xffff), (unsigned)(address[1] >> 16 & 0xffff),
		 (unsigned)(address[1] & 0xffff));
}

static void log_flow(const struct flow *flow)
{
	unsigned version = flow->key.service & 0xff, protocol = flow->key.service >> 8 & 0xff;
	char source[48], destination[48];

	print_address(source, sizeof(source), flow->key.address, version, false);
	print_address(destination, sizeof(destination), flow->key.address, version, true);
	fp_logf(FP_INFO, "%s:%u -> %s:%u protocol %u: %llu bytes, %llu packets, %llu us, TCP flags 0x%02x",
		source, (unsigned)(flow->key.service >> 48), destination,
		(unsigned)(flow->key.service >> 32 & 0xffff), protocol, (unsigned long long)flow->bytes,
		(unsigned long long)flow->packets, (unsigned long long)((flow->last - flow->first) / 1000),
		flow->tcp_flags);
}

void fini(void)
{
	const struct flow *largest[TOP_MAX];
	unsigned count = 0;

	for (uint64_t i = 0; i < flow_max + PROBES; i++)
		if (flows[i].key.service)
			count = insert_largest(largest, count, &flows[i]);
	for (unsigned i = 0; i < count; i++)
		log_flow(largest[i]);
	free(flows);
}
