/* SPDX-License-Identifier: Apache-2.0
 *
 * firewall: accepts or drops packets by an ordered list of rules over the 5-tuple; the first rule that
 * matches decides. Stateless: every packet is judged alone.
 *
 * Gates      0 accepted packets. Dropped: by rule or default (counter firewall.dropped) and malformed
 *            packets, whatever the rules say (firewall.malformed). fini() logs how often each rule hit.
 * Arguments  one rule or setting a line:
 *              ACTION PROTOCOL SOURCE PORTS DESTINATION PORTS
 *              default ACTION   for IP packets no rule matches; must be there
 *              non-ip ACTION    for everything that is not IP, such as ARP; `accept` if not there
 *            ACTION    accept or drop
 *            PROTOCOL  tcp, udp, icmp, icmpv6, a number, or any
 *            SOURCE, DESTINATION  IPv4 address, address/length or address/mask, IPv6 address or
 *                      address/length, or any; a rule with `any` twice holds for both
 *            PORTS     port, low-high, or any; others than `any` only with tcp and udp
 *            accept  tcp  any         any  192.0.2.10     80
 *            drop    any  10.0.0.0/8  any  any            any
 *            default drop
 * Fragments  after the first carry no ports: they match only rules that name none. Let them pass by a
 *            rule without ports if the hosts behind are to reassemble.
 * Limits     4,096 rules. IPv6 extension headers are walked, at most eight.
 * Cost       linear in the rules before the one that matches; one cache line holds two.
 */
#include <stdlib.h>

#include "address.h"
#include "packet.h"

enum { RULES_MAX = 4096, RULE_WORDS = 6 };

/* What of a packet the rules look at. */
struct tuple4 {
	uint32_t source, destination;
	uint16_t source_port, destination_port;
	uint8_t protocol;
	uint8_t portless; /* 1 if the packet shows no ports */
};

struct tuple6 {
	uint64_t source[2], destination[2];
	uint16_t source_port, destination_port;
	uint8_t protocol;
	uint8_t portless;
};

/* The half of a rule that does not depend on the IP version. */
struct service {
	uint16_t source_low, source_span, destination_low, destination_span; /* span: highest - lowest */
	uint8_t protocol, protocol_mask;
	uint8_t ports; /* 1 if the rule names a port */
	uint8_t drop;
	uint16_t number; /* of the rule in the file, for its counter */
};

struct rule4 {
	uint32_t source, source_mask, destination, destination_mask;
	struct service service;
};

struct rule6 {
	struct ipv6_prefix source, destination;
	struct service service;
};

static struct rule4 *rules4;
static struct rule6 *rules6;
static unsigned count4, count6, rule_count;
static uint64_t *hits;       /* by rule number */
static unsigned *rule_lines; /* by rule number */
static uint8_t default_drop, non_ip_drop;
static int dropped_counter, malformed_counter;

/* ---- Argument file ----------------------------------------------------------------------------- */

static bool parse_action(struct arg_word word, uint8_t *drop)
{
	*drop = word_is(word, "drop");
	return *drop || word_is(word, "accept");
}

static bool parse_protocol(struct arg_word word, struct service *service)
{
	static const struct {
		const char *name;
		uint8_t number;
	} names[] = { { "tcp", IPPROTO_TCP },
		      { "udp", IPPROTO_UDP },
		      { "icmp", IPPROTO_ICMP },
		      { "icmpv6", IPPROTO_ICMPV6 } };
	uint64_t number = 0;

	if (word_is(word, "any"))
		return true;
	service->protocol_mask = 0xff;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		service->protocol = names[i].number;
		if (word_is(word, names[i].name))
			return true;
	}
	if (!parse_number(word, 255, &number))
		return false;
	service->protocol = (uint8_t)number;
	return true;
}

static bool parse_ports(struct arg_word word, struct service *service, uint16_t *low, uint16_t *span)
{
	struct port_range range = { 0, 65535 };

	if (!word_is(word, "any")) {
		if (!parse_port_range(word, &range))
			return false;
		service->ports = 1;
	}
	*low = range.low;
	*span = (uint16_t)(range.high - range.low);
	return true;
}

/* Reads an address both ways; *versions keeps only the bits (1: IPv4, 2: IPv6) it can be. */
static bool parse_address(struct arg_word word, struct ipv4_prefix *four, struct ipv6_prefix *six,
			  unsigned *versions)
{
	bool is_four, is_six;

	*four = (struct ipv4_prefix){ 0 };
	*six = (struct ipv6_prefix){ 0 };
	if (word_is(word, "any"))
		return true;
	is_four = parse_ipv4_prefix(word, four);
	is_six = !is_four && parse_ipv6_prefix(word, six);
	*versions &= is_four ? 1 : 2;
	return is_four || is_six;
}

static int read_service(struct arg_line *line, const struct arg_word *words, struct service *service)
{
	if (!parse_protocol(words[1], service))
		return arg_error_word(line, "not a protocol", words[1]);
	if (!parse_ports(words[3], service, &service->source_low, &service->source_span))
		return arg_error_word(line, "not a port, a range low-high or `any`", words[3]);
	if (!parse_ports(words[5], service, &service->destination_low, &service->destination_span))
		return arg_error_word(line, "not a port, a range low-high or `any`", words[5]);
	if (service->ports && (!service->protocol_mask ||
			       (service->protocol != IPPROTO_TCP && service->protocol != IPPROTO_UDP)))
		return arg_error(line, "ports need protocol tcp or udp");
	return 0;
}

static int read_rule(struct arg_line *line, const struct arg_word *words, struct service service)
{
	struct ipv4_prefix source4, destination4;
	struct ipv6_prefix source6, destination6;
	unsigned versions = 3;

	if (rule_count == RULES_MAX)
		return arg_error(line, "more than 4096 rules");
	if (read_service(line, words, &service))
		return -1;
	if (!parse_address(words[2], &source4, &source6, &versions))
		return arg_error_word(line, "not an IPv4 or IPv6 prefix or `any`", words[2]);
	if (!parse_address(words[4], &destination4, &destination6, &versions))
		return arg_error_word(line, "not an IPv4 or IPv6 prefix or `any`", words[4]);
	if (!versions)
		return arg_error(line, "an IPv4 and an IPv6 address in one rule");
	service.number = (uint16_t)rule_count;
	rule_lines[rule_count++] = line->number;
	if (versions & 1)
		rules4[count4++] = (struct rule4){ source4.address, source4.mask, destination4.address,
						   destination4.mask, service };
	if (versions & 2)
		rules6[count6++] = (struct rule6){ source6, destination6, service };
	return 0;
}

/* `default ACTION` and `non-ip ACTION`: each at most once. */
static int read_setting(struct arg_line *line, struct arg_word name, uint8_t *setting, bool *seen)
{
	struct arg_word action;

	if (*seen)
		return arg_error_word(line, "given a second time", name);
	*seen = true;
	if (!take_words(line, &action, 1))
		return arg_error_word(line, "expected one ACTION after", name);
	if (!parse_action(action, setting))
		return arg_error_word(line, "not `accept` or `drop`", action);
	return 0;
}

static int read_line(struct arg_line *line, bool *default_seen, bool *non_ip_seen)
{
	struct arg_word words[RULE_WORDS];
	struct service service = { 0 };

	if (!next_word(line, &words[0]))
		return 0;
	if (word_is(words[0], "default"))
		return read_setting(line, words[0], &default_drop, default_seen);
	if (word_is(words[0], "non-ip"))
		return read_setting(line, words[0], &non_ip_drop, non_ip_seen);
	if (!parse_action(words[0], &service.drop))
		return arg_error_word(line, "not `accept`, `drop`, `default` or `non-ip`", words[0]);
	if (!take_words(line, words + 1, RULE_WORDS - 1))
		return arg_error(line, "expected ACTION PROTOCOL SOURCE PORTS DESTINATION PORTS");
	return read_rule(line, words, service);
}

int init(const struct fp_args *args)
{
	struct arg_file file = open_args(args);
	struct arg_line line;
	bool default_seen = false, non_ip_seen = false;

	rules4 = calloc(RULES_MAX, sizeof(*rules4));
	rules6 = calloc(RULES_MAX, sizeof(*rules6));
	rule_lines = calloc(RULES_MAX, sizeof(*rule_lines));
	hits = calloc(RULES_MAX, sizeof(*hits));
	if (!rules4 || !rules6 || !rule_lines || !hits) {
		fp_logf(FP_ERROR, "no memory for %d rules", RULES_MAX);
		return -1;
	}
	while (next_line(&file, &line))
		if (read_line(&line, &default_seen, &non_ip_seen))
			return -1;
	if (!default_seen) {
		fp_logf(FP_ERROR, "the argument file does not say `default accept` or `default drop`");
		return -1;
	}
	dropped_counter = fp_counter("firewall.dropped");
	malformed_counter = fp_counter("firewall.malformed");
	return 0;
}

/* ---- Packets ----------------------------------------------------------------------------------- */

/* Protocol and ports. The spans are compared as unsigned 16-bit differences: one comparison a range. */
static bool service_matches(const struct service *service, uint16_t source_port, uint16_t destination_port,
			    uint8_t protocol, uint8_t portless)
{
	return !((service->protocol ^ protocol) & service->protocol_mask) && !(service->ports & portless) &&
	       (uint16_t)(source_port - service->source_low) <= service->source_span &&
	       (uint16_t)(destination_port - service->destination_low) <= service->destination_span;
}

static const struct service *match4(const struct tuple4 *t)
{
	const struct rule4 *end = rules4 + count4;

	for (const struct rule4 *rule = rules4; rule < end; rule++)
		if (((t->source ^ rule->source) & rule->source_mask) == 0 &&
		    ((t->destination ^ rule->destination) & rule->destination_mask) == 0 &&
		    service_matches(&rule->service, t->source_port, t->destination_port, t->protocol,
				    t->portless))
			return &rule->service;
	return NULL;
}

static bool inside6(const uint64_t address[2], const struct ipv6_prefix *prefix)
{
	return (((address[0] ^ prefix->address[0]) & prefix->mask[0]) |
		((address[1] ^ prefix->address[1]) & prefix->mask[1])) == 0;
}

static const struct service *match6(const struct tuple6 *t)
{
	const struct rule6 *end = rules6 + count6;

	for (const struct rule6 *rule = rules6; rule < end; rule++)
		if (inside6(t->source, &rule->source) && inside6(t->destination, &rule->destination) &&
		    service_matches(&rule->service, t->source_port, t->destination_port, t->protocol,
				    t->portless))
			return &rule->service;
	return NULL;
}

static const struct service *match(const struct datagram *datagram, bool ports)
{
	const uint8_t *ip = datagram->ip;
	uint16_t source_port = ports ? load_be16(datagram->l4) : 0;
	uint16_t destination_port = ports ? load_be16(datagram->l4 + 2) : 0;

	if (likely(datagram->version == 4)) {
		struct tuple4 tuple = { load_be32(ip + 12), load_be32(ip + 16), source_port,
					destination_port,   datagram->protocol, !ports };

		return match4(&tuple);
	} else {
		struct tuple6 tuple = { { load_be64(ip + 8), load_be64(ip + 16) },
					{ load_be64(ip + 24), load_be64(ip + 32) },
					source_port,
					destination_port,
					datagram->protocol,
					!ports };

		return match6(&tuple);
	}
}

/* Whether an IP packet is to be dropped. */
static bool judge(const struct datagram *datagram, bool ports)
{
	const struct service *service = match(datagram, ports);

	if (!service)
		return default_drop;
	hits[service->number]++;
	return service->drop;
}

void process(struct fp_batch *batch)
{
	const uint32_t count = batch->count;
	uint32_t dropped = 0, malformed = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct fp_packet *packet = &batch->packet[i];
		struct datagram datagram;
		enum parsed parsed = parse_ip(packet, &datagram);
		int transport = parsed == PARSED ? transport_bytes(&datagram) : 0;

		if (unlikely(parsed == MALFORMED || transport < 0)) {
			packet->gate = FP_DROP;
			malformed++;
		} else if (parsed == NOT_IP ? non_ip_drop : judge(&datagram, transport > 0)) {
			packet->gate = FP_DROP;
			dropped++;
		}
	}
	if (dropped)
		fp_count(dropped_counter, dropped);
	if (malformed)
		fp_count(malformed_counter, malformed);
}

void fini(void)
{
	for (unsigned i = 0; i < rule_count; i++)
		if (hits[i])
			fp_logf(FP_INFO, "rule on line %u: %llu packets", rule_lines[i],
				(unsigned long long)hits[i]);
	free(rules4);
	free(rules6);
	free(rule_lines);
	free(hits);
}
