/* SPDX-License-Identifier: Apache-2.0
 *
 * lb: spreads flows over backends by consistent hashing of the 5-tuple, and addresses each frame to
 * its backend on the link (direct server return: backends own the service's IP address). Maglev's
 * table (Eisenbud et al., NSDI 2016): when a backend goes, its flows move and few others do.
 *
 * Gates      the backend's. Dropped: not IP (counter lb.other), malformed (lb.malformed).
 * Arguments  one backend or setting a line; there must be a backend
 *              backend NAME MAC WEIGHT [GATE]   weight 1 to 1000, gate 0 if not there
 *              table SIZE                       65537 (if not there) or 4093, which fits an L1 cache
 *            backend web1 02:00:5e:00:00:01 100
 *            backend web2 02:00:5e:00:00:02 50 1
 * Limits     250 backends. The names decide who gets which flows: a renamed backend is a new one.
 *            Fragments are hashed without ports, all alike, so they arrive together but apart from
 *            their flow. There is no connection table: a flow whose slot changes owner on a restart
 *            with other backends moves.
 * Cost       one hash and one table load a packet.
 */
#include <stdlib.h>

#include "address.h"
#include "packet.h"

enum {
	BACKENDS_MAX = 250,
	WEIGHT_MAX = 1000,
	TABLE_LARGE = 65537,
	TABLE_SMALL = 4093
};

#define UNOWNED 0xff

/* What process() needs of a backend: eight bytes. */
struct backend {
	uint8_t address[6];
	uint16_t gate;
};

/* What the table is made from. `next` runs through the backend's own permutation of the slots. */
struct candidate {
	struct arg_word name;
	uint32_t weight, credit;
	uint32_t next, skip;
};

static struct backend backends[BACKENDS_MAX];
static struct candidate candidates[BACKENDS_MAX];
static unsigned backend_count;
static uint8_t *table; /* slot -> backend */
static uint32_t table_size = TABLE_LARGE;
static int other_counter, malformed_counter;

/* ---- Argument file ----------------------------------------------------------------------------- */

static int check_name(const struct arg_line *line, struct arg_word name)
{
	if (backend_count == BACKENDS_MAX)
		return arg_error(line, "more than 250 backends");
	for (unsigned i = 0; i < backend_count; i++)
		if (candidates[i].name.len == name.len &&
		    !memcmp(candidates[i].name.text, name.text, name.len))
			return arg_error_word(line, "a second backend of that name", name);
	return 0;
}

static int read_backend(struct arg_line *line)
{
	struct backend *backend = &backends[backend_count];
	struct arg_word name, address, weight_word, gate_word, extra;
	uint64_t weight, gate = 0;

	if (!next_word(line, &name) || !next_word(line, &address) || !next_word(line, &weight_word))
		return arg_error(line, "expected backend NAME MAC WEIGHT [GATE]");
	if (check_name(line, name))
		return -1;
	if (!parse_ethernet_address(address, backend->address) || (backend->address[0] & 1))
		return arg_error_word(line, "not a unicast Ethernet address", address);
	if (!parse_number(weight_word, WEIGHT_MAX, &weight) || weight == 0)
		return arg_error_word(line, "not a weight from 1 to 1000", weight_word);
	if (next_word(line, &gate_word) && !parse_number(gate_word, FP_GATES - 1, &gate))
		return arg_error_word(line, "not a gate from 0 to 63", gate_word);
	if (next_word(line, &extra))
		return arg_error_word(line, "one word too many", extra);
	backend->gate = (uint16_t)gate;
	candidates[backend_count++] = (struct candidate){ .name = name, .weight = (uint32_t)weight };
	return 0;
}

static int read_table(struct arg_line *line)
{
	struct arg_word size;

	if (!take_words(line, &size, 1))
		return arg_error(line, "expected table SIZE");
	if (!word_is(size, "65537") && !word_is(size, "4093"))
		return arg_error_word(line, "not 65537 or 4093", size);
	table_size = word_is(size, "4093") ? TABLE_SMALL : TABLE_LARGE;
	return 0;
}

static int read_line(struct arg_line *line)
{
	struct arg_word name;

	if (!next_word(line, &name))
		return 0;
	if (word_is(name, "backend"))
		return read_backend(line);
	if (word_is(name, "table"))
		return read_table(line);
	return arg_error_word(line, "not `backend` or `table`", name);
}

/* ---- Table ------------------------------------------------------------------------------------- */

/* FNV-1a, then two independent mixes of it: where the permutation starts and how it steps. */
static void start_permutation(struct candidate *candidate)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < candidate->name.len; i++)
		hash = (hash ^ (uint8_t)candidate->name.text[i]) * 0x100000001b3;
	candidate->next = (uint32_t)(hash_words(hash, 1) % table_size);
	candidate->skip = (uint32_t)(hash_words(hash, 2) % (table_size - 1)) + 1;
}

static void claim_slot(struct candidate *candidate, uint8_t owner)
{
	uint32_t slot;

	do {
		slot = candidate->next;
		candidate->next = (slot + candidate->skip) % table_size;
	} while (table[slot] != UNOWNED);
	table[slot] = owner;
}

static uint32_t highest_weight(void)
{
	uint32_t highest = 0;

	for (unsigned i = 0; i < backend_count; i++)
		if (candidates[i].weight > highest)
			highest = candidates[i].weight;
	return highest;
}

/* One round: every backend claims one slot or, if it weighs less than the heaviest, saves its share of
 * one until it has a whole. Returns the slots claimed so far. */
static uint32_t populate_round(uint32_t claimed, uint32_t heaviest)
{
	for (unsigned i = 0; i < backend_count && claimed < table_size; i++) {
		candidates[i].credit += candidates[i].weight;
		if (candidates[i].credit < heaviest)
			continue;
		candidates[i].credit -= heaviest;
		claim_slot(&candidates[i], (uint8_t)i);
		claimed++;
	}
	return claimed;
}

static void populate_table(void)
{
	uint32_t heaviest = highest_weight(), claimed = 0;

	memset(table, UNOWNED, table_size);
	for (unsigned i = 0; i < backend_count; i++)
		start_permutation(&candidates[i]);
	while (claimed < table_size)
		claimed = populate_round(claimed, heaviest);
}

int init(const struct fp_args *args)
{
	struct arg_file file = open_args(args);
	struct arg_line line;

	while (next_line(&file, &line))
		if (read_line(&line))
			return -1;
	if (!backend_count) {
		fp_logf(FP_ERROR, "the argument file has 0 backends, expected 1 to %u", BACKENDS_MAX);
		return -1;
	}
	table = malloc(table_size);
	if (!table) {
		fp_logf(FP_ERROR, "no memory for a table of %u", table_size);
		return -1;
	}
	populate_table();
	other_counter = fp_counter("lb.other");
	malformed_counter = fp_counter("lb.malformed");
	return 0;
}

/* ---- Packets ----------------------------------------------------------------------------------- */

static uint64_t hash_flow(const struct datagram *datagram, bool with_ports)
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

static void send_to_backend(struct fp_packet *packet, uint64_t hash)
{
	uint32_t slot = (uint32_t)(((hash >> 32) * table_size) >> 32); /* scales 32 bits to the table */
	const struct backend *backend = &backends[table[slot]];

	memcpy(packet->data, backend->address, sizeof(backend->address));
	packet->gate = backend->gate;
}

void process(struct fp_batch *batch)
{
	const uint32_t count = batch->count;
	uint32_t other = 0, malformed = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct fp_packet *packet = &batch->packet[i];
		struct datagram datagram;
		enum parsed parsed = parse_ip(packet, &datagram);
		int transport = parsed == PARSED ? transport_bytes(&datagram) : 0;

		if (unlikely(parsed == MALFORMED || transport < 0)) {
			packet->gate = FP_DROP;
			malformed++;
		} else if (unlikely(parsed == NOT_IP)) {
			packet->gate = FP_DROP;
			other++;
		} else {
			send_to_backend(packet, hash_flow(&datagram, transport > 0 && !datagram.fragment));
		}
	}
	if (other)
		fp_count(other_counter, other);
	if (malformed)
		fp_count(malformed_counter, malformed);
}

void fini(void)
{
	free(table);
}
