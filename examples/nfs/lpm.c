/* SPDX-License-Identifier: Apache-2.0
 *
 * lpm: an IPv4 router's forwarding step. Looks the destination up by longest prefix, takes one off
 * the TTL and sends the packet to the gate of its next hop. Ethernet addresses are left to whoever
 * owns the link behind the gate.
 *
 * Gates      0 to 63 by route. Dropped: no route or a `drop` route (counter lpm.no_route), TTL 0 or 1
 *            (lpm.ttl), bad header or header checksum (lpm.malformed), not IPv4 (lpm.other).
 * Arguments  one route a line: PREFIX GATE, where GATE is 0 to 63 or `drop`
 *            0.0.0.0/0      0
 *            192.0.2.0/24   3
 *            192.0.2.7/32   drop
 * Limits     1,048,576 routes; prefixes longer than /24 in at most 32,767 different /24s. Needs
 *            32 MiB of heap, 512 bytes for each of those /24s, 8 bytes a route while it reads them.
 * Cost       DIR-24-8 (Gupta, Lin, McKeown, INFOCOM 1998): one table load a packet, two behind
 *            prefixes longer than /24. The checksum is updated, not computed (RFC 1624).
 */
#include <stdlib.h>

#include "address.h"
#include "packet.h"

enum {
	ROUTES_MAX = 1 << 20,
	GROUP = 256, /* entries of tbl8 behind one entry of tbl24 */
	GROUPS_MAX = 0x7fff,
	EXTENDED = 0x8000, /* tbl24: the other bits number a group of tbl8 */
	NO_ROUTE = 0,      /* otherwise gate + 1; fresh memory has no routes */
};

struct route {
	uint32_t network;
	uint8_t length;
	uint16_t entry;
};

static uint16_t *tbl24, *tbl8;
static int no_route_counter, ttl_counter, malformed_counter, other_counter;

/* ---- Argument file ----------------------------------------------------------------------------- */

static int read_route(struct arg_line *line, const struct arg_word words[2], struct route *route)
{
	struct ipv4_prefix prefix;
	uint64_t gate = 0;

	if (!parse_ipv4_prefix(words[0], &prefix) || prefix.length > 32)
		return arg_error_word(line, "not an IPv4 prefix", words[0]);
	if (!word_is(words[1], "drop")) {
		if (!parse_number(words[1], FP_GATES - 1, &gate))
			return arg_error_word(line, "not a gate from 0 to 63 or `drop`", words[1]);
		gate++;
	}
	*route = (struct route){ prefix.address, prefix.length, (uint16_t)gate };
	return 0;
}

/* Reads at most `max` routes; their number, or -1. */
static int read_routes(const struct fp_args *args, struct route *routes, int max)
{
	struct arg_file file = open_args(args);
	struct arg_line line;
	struct arg_word words[2], extra;
	int count = 0;

	while (next_line(&file, &line)) {
		if (!next_word(&line, &words[0]))
			continue;
		if (!next_word(&line, &words[1]) || next_word(&line, &extra))
			return arg_error(&line, "expected PREFIX GATE");
		if (count == max)
			return arg_error(&line, "more than 1048576 routes");
		if (read_route(&line, words, &routes[count++]))
			return -1;
	}
	return count;
}

/* Shorter prefixes first, so that longer ones overwrite them. */
static int compare_routes(const void *a, const void *b)
{
	const struct route *left = a, *right = b;

	if (left->length != right->length)
		return left->length - right->length;
	return left->network < right->network ? -1 : left->network > right->network;
}

/* ---- Tables ------------------------------------------------------------------------------------ */

/* Two lines for one prefix that disagree: whichever won would surprise someone. */
static int check_duplicates(const struct route *routes, int count)
{
	for (int i = 1; i < count; i++) {
		uint32_t network = routes[i].network;

		if (compare_routes(&routes[i - 1], &routes[i]) || routes[i - 1].entry == routes[i].entry)
			continue;
		fp_logf(FP_ERROR, "argument file: two different routes for %u.%u.%u.%u/%u", network >> 24,
			network >> 16 & 255, network >> 8 & 255, network & 255, routes[i].length);
		return -1;
	}
	return 0;
}

/* How many /24s hold prefixes longer than /24. */
static int count_groups(const struct route *routes, int count)
{
	uint32_t *seen = calloc((1 << 24) / 32, sizeof(*seen));
	int groups = 0;

	if (!seen)
		return -1;
	for (int i = 0; i < count; i++) {
		uint32_t block = routes[i].network >> 8, bit = 1u << (block & 31);

		if (routes[i].length <= 24 || (seen[block >> 5] & bit))
			continue;
		seen[block >> 5] |= bit;
		groups++;
	}
	free(seen);
	return groups;
}

static void fill(uint16_t *table, uint32_t first, uint32_t count, uint16_t entry)
{
	for (uint32_t i = first; i < first + count; i++)
		table[i] = entry;
}

/* The group behind a /24, made from what its tbl24 entry said if there is none yet. */
static uint32_t open_group(uint32_t block, uint32_t *groups)
{
	uint32_t group;

	if (tbl24[block] & EXTENDED)
		return tbl24[block] & ~EXTENDED;
	group = (*groups)++;
	fill(tbl8, group * GROUP, GROUP, tbl24[block]);
	tbl24[block] = (uint16_t)(EXTENDED | group);
	return group;
}

static void insert_routes(const struct route *routes, int count)
{
	uint32_t groups = 0;

	for (int i = 0; i < count; i++) {
		const struct route *route = &routes[i];
		uint32_t group;

		if (route->length <= 24) {
			fill(tbl24, route->network >> 8, 1u << (24 - route->length), route->entry);
			continue;
		}
		group = open_group(route->network >> 8, &groups);
		fill(tbl8, group * GROUP + (route->network & 255), 1u << (32 - route->length), route->entry);
	}
}

static int build_tables(struct route *routes, int count)
{
	int groups;

	qsort(routes, (size_t)count, sizeof(*routes), compare_routes);
	if (check_duplicates(routes, count))
		return -1;
	groups = count_groups(routes, count);
	if (groups > GROUPS_MAX) {
		fp_logf(FP_ERROR, "argument file: prefixes longer than /24 in %d different /24s, at most %d",
			groups, GROUPS_MAX);
		return -1;
	}
	tbl24 = calloc(1 << 24, sizeof(*tbl24));
	tbl8 = calloc(groups > 0 ? (size_t)groups * GROUP : 1, sizeof(*tbl8));
	if (groups < 0 || !tbl24 || !tbl8) {
		fp_logf(FP_ERROR, "no memory for the tables: 32 MiB and %d groups", groups);
		return -1;
	}
	insert_routes(routes, count);
	return 0;
}

static int count_lines(const struct fp_args *args)
{
	int lines = 1;

	for (size_t i = 0; i < args->len; i++)
		lines += args->text[i] == '\n';
	return lines < ROUTES_MAX ? lines : ROUTES_MAX;
}

int init(const struct fp_args *args)
{
	int max = count_lines(args), count, result;
	struct route *routes = malloc((size_t)max * sizeof(*routes));

	if (!routes) {
		fp_logf(FP_ERROR, "no memory to read %d routes", max);
		return -1;
	}
	count = read_routes(args, routes, max);
	result = count < 0 ? -1 : build_tables(routes, count);
	free(routes);
	no_route_counter = fp_counter("lpm.no_route");
	ttl_counter = fp_counter("lpm.ttl");
	malformed_counter = fp_counter("lpm.malformed");
	other_counter = fp_counter("lpm.other");
	if (result == 0)
		fp_logf(FP_INFO, "%d routes", count);
	return result;
}

/* ---- Packets ----------------------------------------------------------------------------------- */

enum verdict { FORWARDED, NO_ROUTE_FOUND, TTL_EXPIRED, BAD_HEADER, NOT_IPV4, VERDICTS };

static uint16_t look_up(uint32_t address)
{
	uint16_t entry = tbl24[address >> 8];

	if (unlikely(entry & EXTENDED))
		entry = tbl8[(entry & ~EXTENDED) * GROUP + (address & 255)];
	return entry;
}

/* TTL and protocol are one 16-bit word of the header, so its checksum moves by 0x0100. */
static void decrement_ttl(uint8_t *ip)
{
	uint16_t word = load_be16(ip + 8);

	store_be16(ip + 10,
		   checksum_apply(load_be16(ip + 10), checksum_delta16(word, (uint16_t)(word - 0x0100))));
	ip[8]--;
}

static enum verdict forward(struct fp_packet *packet)
{
	struct frame frame;
	struct datagram datagram;
	uint16_t entry;

	if (unlikely(!parse_ethernet(packet, &frame)))
		return BAD_HEADER;
	if (unlikely(frame.type != TYPE_IPV4))
		return NOT_IPV4;
	if (unlikely(!parse_ipv4(&frame, &datagram)))
		return BAD_HEADER;
	if (unlikely(!ipv4_checksum_ok(datagram.ip, (uint32_t)(datagram.l4 - datagram.ip))))
		return BAD_HEADER;
	if (unlikely(datagram.ip[8] <= 1))
		return TTL_EXPIRED;
	entry = look_up(load_be32(datagram.ip + 16));
	if (unlikely(entry == NO_ROUTE))
		return NO_ROUTE_FOUND;
	decrement_ttl(datagram.ip);
	packet->gate = (uint16_t)(entry - 1);
	return FORWARDED;
}

void process(struct fp_batch *batch)
{
	struct fp_packet *const end = batch->packet + batch->count;
	uint32_t dropped[VERDICTS] = { 0 };

	for (struct fp_packet *packet = batch->packet; packet < end; packet++) {
		enum verdict verdict = forward(packet);

		if (likely(verdict == FORWARDED))
			continue;
		packet->gate = FP_DROP;
		dropped[verdict]++;
	}
	if (likely(!(dropped[NO_ROUTE_FOUND] | dropped[TTL_EXPIRED] | dropped[BAD_HEADER] |
		     dropped[NOT_IPV4])))
		return;
	fp_count(no_route_counter, dropped[NO_ROUTE_FOUND]);
	fp_count(ttl_counter, dropped[TTL_EXPIRED]);
	fp_count(malformed_counter, dropped[BAD_HEADER]);
	fp_count(other_counter, dropped[NOT_IPV4]);
}

void fini(void)
{
	free(tbl24);
	free(tbl8);
}
