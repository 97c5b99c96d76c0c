/* SPDX-License-Identifier: Apache-2.0
 *
 * nat: IPv4 source NAT with port translation (NAPT, RFC 3022). Inside hosts share the public
 * addresses; each inside TCP port, UDP port and ICMP echo identifier gets a public one of its own.
 * Mappings do not depend on the remote end and anyone may answer (RFC 4787: endpoint-independent
 * mapping and filtering); a host keeps to one public address while that has ports (paired pooling).
 *
 * Gates      0 translated packets from inside, 1 translated packets to inside. Dropped: no mapping
 *            left (counter nat.full), to a public address without a mapping (nat.unknown), fragments,
 *            other protocols, from inside to a public address, neither from inside nor to a public
 *            address, not IPv4 (nat.untranslatable), malformed headers (nat.malformed).
 * Arguments  one setting a line; `inside` and `public` must be there
 *            inside 10.0.0.0/8        prefix of the hosts behind the NAT
 *            public 192.0.2.1         address they appear as; up to 16 lines
 *            ports 1024-65535         public ports to use
 *            mappings 65536           size of the table, 1 to 1048576
 *            timeout tcp 7440         seconds a mapping outlives its last packet from inside;
 *            timeout tcp-opening 240  ... while unanswered, and after FIN or RST (RFC 5382)
 *            timeout udp 300
 *            timeout icmp 60
 * Limits     fragments are not reassembled. Addresses inside payloads (FTP, SIP) are not touched. In
 *            ICMP errors the quoted IP header and port are translated, the quoted UDP or TCP checksum
 *            is not. TTL is left to the router.
 * Cost       one hash probe (outbound) or one table load (inbound), two incremental checksums. Ageing
 *            looks at one mapping every four packets; when the table is full, at all of them, at most
 *            once a second.
 */
#include "nat_table.h"

enum {
	INSIDE_GATE = 1,
	SOURCE = 12, /* where an IPv4 header has its addresses */
	DESTINATION = 16,
	ICMP_HEADER = 8,
	ECHO_REPLY = 0,
	UNREACHABLE = 3,
	ECHO_REQUEST = 8,
	TIME_EXCEEDED = 11,
	PARAMETER_PROBLEM = 12,
	FIN = 1,
	SYN = 2,
	RST = 4,
};

static struct ipv4_prefix inside;
static bool inside_known;
static int full_counter, unknown_counter, untranslatable_counter, malformed_counter;

/* ---- Argument file ----------------------------------------------------------------------------- */

static int read_inside(struct arg_line *line, struct arg_word *words)
{
	if (inside_known)
		return arg_error(line, "`inside` a second time");
	inside_known = parse_ipv4_prefix(words[0], &inside);
	return inside_known ? 0 : arg_error_word(line, "not an IPv4 prefix", words[0]);
}

static int read_public(struct arg_line *line, struct arg_word *words)
{
	uint32_t address;

	if (public_count == PUBLIC_MAX)
		return arg_error(line, "more than 16 public addresses");
	if (!parse_ipv4_address(words[0], &address))
		return arg_error_word(line, "not an IPv4 address", words[0]);
	for (unsigned i = 0; i < public_count; i++)
		if (public[i] == address)
			return arg_error_word(line, "the same public address a second time", words[0]);
	public[public_count++] = address;
	return 0;
}

static int read_ports(struct arg_line *line, struct arg_word *words)
{
	if (!parse_port_range(words[0], &ports) || ports.low == 0)
		return arg_error_word(line, "not a port range low-high from 1 to 65535", words[0]);
	return 0;
}

static int read_mappings(struct arg_line *line, struct arg_word *words)
{
	if (!parse_number(words[0], MAPPINGS_MAX, &mapping_max) || mapping_max == 0)
		return arg_error_word(line, "not a number from 1 to 1048576", words[0]);
	return 0;
}

static int read_timeout(struct arg_line *line, struct arg_word *words)
{
	static const char *const names[TIMEOUTS] = { "tcp", "udp", "icmp", "tcp-opening" };

	for (int i = 0; i < TIMEOUTS; i++) {
		if (!word_is(words[0], names[i]))
			continue;
		if (!parse_number(words[1], 1000000, &timeouts[i]) || timeouts[i] == 0)
			return arg_error_word(line, "not a number of seconds from 1 to 1000000", words[1]);
		return 0;
	}
	return arg_error_word(line, "not a timeout: tcp, tcp-opening, udp or icmp", words[0]);
}

static int read_line(struct arg_line *line)
{
	static const struct {
		const char *name;
		int words;
		int (*read)(struct arg_line *line, struct arg_word *words);
	} settings[] = {
		{ "inside", 1, read_inside },     { "public", 1, read_public },   { "ports", 1, read_ports },
		{ "mappings", 1, read_mappings }, { "timeout", 2, read_timeout },
	};
	struct arg_word name, words[2];

	if (!next_word(line, &name))
		return 0;
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		if (!word_is(name, settings[i].name))
			continue;
		if (!take_words(line, words, settings[i].words))
			return arg_error_word(line, "wrong number of words after", name);
		return settings[i].read(line, words);
	}
	return arg_error_word(line, "unknown setting", name);
}

static int check_settings(void)
{
	if (!inside_known || !public_count) {
		fp_logf(FP_ERROR, "the argument file needs an `inside` and a `public` line");
		return -1;
	}
	for (unsigned i = 0; i < public_count; i++) {
		if ((public[i] & inside.mask) != inside.address)
			continue;
		fp_logf(FP_ERROR, "a public address lies in the `inside` prefix");
		return -1;
	}
	return 0;
}

int init(const struct fp_args *args)
{
	struct arg_file file = open_args(args);
	struct arg_line line;

	while (next_line(&file, &line))
		if (read_line(&line))
			return -1;
	if (check_settings() || allocate_table())
		return -1;
	for (int i = 0; i < TIMEOUTS; i++)
		timeouts[i] *= NS_PER_SECOND;
	full_counter = fp_counter("nat.full");
	unknown_counter = fp_counter("nat.unknown");
	untranslatable_counter = fp_counter("nat.untranslatable");
	malformed_counter = fp_counter("nat.malformed");
	return 0;
}

/* ---- Packets ----------------------------------------------------------------------------------- */

enum verdict { OUTBOUND, INBOUND, FULL, UNKNOWN, UNTRANSLATABLE, BAD_PACKET, VERDICTS };

/* The kind of a transport header, given the ICMP type that belongs to the direction it went. */
static enum kind kind_of(uint8_t protocol, const uint8_t *l4, uint8_t echo_type)
{
	if (likely(protocol == IPPROTO_TCP))
		return TCP;
	if (protocol == IPPROTO_UDP)
		return UDP;
	return protocol == IPPROTO_ICMP && l4[0] == echo_type ? ECHO : NO_KIND;
}

static uint8_t *port_field(uint8_t *l4, enum kind kind, unsigned side)
{
	return l4 + (kind == ECHO ? 4 : side == SOURCE ? 0 : 2);
}

/* Puts another address into an IPv4 header; the change its checksum absorbed. */
static uint32_t replace_address(uint8_t *ip, unsigned side, uint32_t address)
{
	uint32_t delta = checksum_delta32(load_be32(ip + side), address);

	store_be32(ip + side, address);
	store_be16(ip + 10, checksum_apply(load_be16(ip + 10), delta));
	return delta;
}

static uint32_t replace_port(uint8_t *field, uint16_t port)
{
	uint32_t delta = checksum_delta16(load_be16(field), port);

	store_be16(field, port);
	return delta;
}

static void rewrite(struct datagram *datagram, enum kind kind, unsigned side, uint32_t address, uint16_t port)
{
	static const uint8_t checksum_at[KINDS] = { 16, 6, 2 };
	uint8_t *field = datagram->l4 + checksum_at[kind];
	uint16_t checksum = load_be16(field);
	uint32_t delta = replace_address(datagram->ip, side, address);

	if (kind == ECHO)
		delta = 0; /* ICMP has no pseudo header */
	delta += replace_port(port_field(datagram->l4, kind, side), port);
	if (kind == UDP && checksum == 0)
		return; /* the sender computed none */
	checksum = checksum_apply(checksum, delta);
	store_be16(field, kind == UDP && checksum == 0 ? 0xffff : checksum);
}

static enum verdict translate_out(struct datagram *datagram, enum kind kind, uint64_t now)
{
	uint16_t port = load_be16(port_field(datagram->l4, kind, SOURCE));
	struct mapping *mapping = find_or_add(load_be32(datagram->ip + SOURCE), port, kind, now);
	uint8_t flags = kind == TCP ? datagram->l4[13] : 0;

	if (unlikely(!mapping))
		return FULL;
	mapping->last = now;
	mapping->closing = (flags & (FIN | RST)) || (mapping->closing && !(flags & SYN));
	rewrite(datagram, kind, SOURCE, public[mapping->pool], mapping->outside);
	return OUTBOUND;
}

static enum verdict translate_in(struct datagram *datagram, enum kind kind, unsigned pool, uint64_t now)
{
	uint16_t port = load_be16(port_field(datagram->l4, kind, DESTINATION));
	struct mapping *mapping = find_outside(pool, port, kind, now);

	if (unlikely(!mapping))
		return UNKNOWN;
	mapping->answered = true;
	mapping->closing |= kind == TCP && (datagram->l4[13] & (FIN | RST));
	rewrite(datagram, kind, DESTINATION, mapping->inside, mapping->port);
	return INBOUND;
}

/* ---- ICMP errors: they quote the start of a packet that went the other way ----------------------
 * Rare: they get copies, so that every other packet's datagram can stay in registers. */

static bool is_error(const struct datagram *datagram)
{
	uint8_t type = datagram->l4[0];

	return datagram->protocol == IPPROTO_ICMP &&
	       (type == UNREACHABLE || type == TIME_EXCEEDED || type == PARAMETER_PROBLEM);
}

/* The quoted transport header, of which eight bytes are there; NULL if it is not quoted whole. */
static uint8_t *quoted_transport(const struct datagram *datagram)
{
	uint8_t *ip = datagram->l4 + ICMP_HEADER;
	uint32_t bytes = datagram->l4_bytes - ICMP_HEADER, header;

	if (bytes < IPV4_HEADER || ip[0] >> 4 != 4)
		return NULL;
	header = (ip[0] & 15) * 4u;
	if (header < IPV4_HEADER || bytes < header + 8 || (load_be16(ip + 6) & IPV4_FRAGMENT_OFFSET))
		return NULL;
	return ip + header;
}

/* Translates the quoted end `side` and the error's own opposite end. */
static void rewrite_error(struct datagram *datagram, uint8_t *quoted_port, unsigned side, uint32_t address,
			  uint16_t port)
{
	uint8_t *quoted = datagram->l4 + ICMP_HEADER;
	uint16_t quoted_checksum = load_be16(quoted + 10);
	uint32_t delta = replace_address(quoted, side, address) + replace_port(quoted_port, port);

	delta += checksum_delta16(quoted_checksum, load_be16(quoted + 10));
	store_be16(datagram->l4 + 2, checksum_apply(load_be16(datagram->l4 + 2), delta));
	replace_address(datagram->ip, side == SOURCE ? DESTINATION : SOURCE, address);
}

static enum verdict translate_error_out(struct datagram error)
{
	uint8_t *quoted = error.l4 + ICMP_HEADER, *l4 = quoted_transport(&error), *field;
	enum kind kind = l4 ? kind_of(quoted[9], l4, ECHO_REPLY) : NO_KIND;
	struct mapping *mapping;

	if (kind == NO_KIND)
		return UNTRANSLATABLE;
	field = port_field(l4, kind, DESTINATION);
	mapping = find_inside(load_be32(quoted + DESTINATION), load_be16(field), kind);
	if (!mapping)
		return UNTRANSLATABLE;
	rewrite_error(&error, field, DESTINATION, public[mapping->pool], mapping->outside);
	return OUTBOUND;
}

static enum verdict translate_error_in(struct datagram error, unsigned pool, uint64_t now)
{
	uint8_t *quoted = error.l4 + ICMP_HEADER, *l4 = quoted_transport(&error), *field;
	enum kind kind = l4 ? kind_of(quoted[9], l4, ECHO_REQUEST) : NO_KIND;
	struct mapping *mapping;

	if (kind == NO_KIND || load_be32(quoted + SOURCE) != public[pool])
		return UNTRANSLATABLE;
	field = port_field(l4, kind, SOURCE);
	mapping = find_outside(pool, load_be16(field), kind, now);
	if (!mapping)
		return UNKNOWN;
	rewrite_error(&error, field, SOURCE, mapping->inside, mapping->port);
	return INBOUND;
}

/* ---- Direction --------------------------------------------------------------------------------- */

static bool is_inside(uint32_t address)
{
	return (address & inside.mask) == inside.address;
}

static enum verdict leave(struct datagram *datagram, uint64_t now)
{
	uint32_t destination = load_be32(datagram->ip + DESTINATION);
	enum kind kind = kind_of(datagram->protocol, datagram->l4, ECHO_REQUEST);

	if (unlikely(is_inside(destination) || find_public(destination) >= 0))
		return UNTRANSLATABLE;
	if (likely(kind != NO_KIND))
		return translate_out(datagram, kind, now);
	return is_error(datagram) ? translate_error_out(*datagram) : UNTRANSLATABLE;
}

static enum verdict enter(struct datagram *datagram, uint64_t now)
{
	int pool = find_public(load_be32(datagram->ip + DESTINATION));
	enum kind kind = kind_of(datagram->protocol, datagram->l4, ECHO_REPLY);

	if (unlikely(pool < 0))
		return UNTRANSLATABLE;
	if (likely(kind != NO_KIND))
		return translate_in(datagram, kind, (unsigned)pool, now);
	return is_error(datagram) ? translate_error_in(*datagram, (unsigned)pool, now) : UNTRANSLATABLE;
}

static enum verdict translate(const struct fp_packet *packet)
{
	struct datagram datagram;
	enum parsed parsed = parse_ip(packet, &datagram);

	if (unlikely(parsed == MALFORMED || (parsed == PARSED && transport_bytes(&datagram) < 0)))
		return BAD_PACKET;
	if (unlikely(parsed != PARSED || datagram.version != 4 || datagram.fragment))
		return UNTRANSLATABLE;
	if (unlikely(datagram.l4_bytes < 8)) /* of TCP, UDP and ICMP, only ICMP can still be short */
		return datagram.protocol == IPPROTO_ICMP ? BAD_PACKET : UNTRANSLATABLE;
	if (is_inside(load_be32(datagram.ip + SOURCE)))
		return leave(&datagram, packet->timestamp);
	return enter(&datagram, packet->timestamp);
}

void process(struct fp_batch *batch)
{
	const uint32_t count = batch->count;
	uint32_t verdicts[VERDICTS] = { 0 };

	sweep(count / 4 + 1, batch->packet[0].timestamp);
	for (uint32_t i = 0; i < count; i++) {
		enum verdict verdict = translate(&batch->packet[i]);

		batch->packet[i].gate = verdict == OUTBOUND ? 0 : verdict == INBOUND ? INSIDE_GATE : FP_DROP;
		if (unlikely(verdict > INBOUND))
			verdicts[verdict]++;
	}
	if (likely(!(verdicts[FULL] | verdicts[UNKNOWN] | verdicts[UNTRANSLATABLE] | verdicts[BAD_PACKET])))
		return;
	fp_count(full_counter, verdicts[FULL]);
	fp_count(unknown_counter, verdicts[UNKNOWN]);
	fp_count(untranslatable_counter, verdicts[UNTRANSLATABLE]);
	fp_count(malformed_counter, verdicts[BAD_PACKET]);
}
