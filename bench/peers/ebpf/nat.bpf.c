/* SPDX-License-Identifier: Apache-2.0
 *
 * nat as an XDP program; see examples/nfs/nat.c. There are no batches, so every fourth packet looks at one
 * mapping's age.
 */
#include "checksum.h"
#include "nat_table.h"

enum {
	INSIDE_GATE = 1,
	SOURCE = 12,
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

uint32_t inside_address, inside_mask, packets;
int full_counter, unknown_counter, untranslatable_counter, malformed_counter;

enum verdict { OUTBOUND, INBOUND, FULL, UNKNOWN, UNTRANSLATABLE, BAD_PACKET };

/* A packet to translate: its datagram, where it ends, when it came. */
struct job {
	struct datagram datagram;
	const uint8_t *end;
	uint64_t now;
};

static __always_inline uint32_t kind_of(uint8_t protocol, const uint8_t *l4, uint8_t echo_type)
{
	if (likely(protocol == TCP))
		return KIND_TCP;
	if (protocol == UDP)
		return KIND_UDP;
	return protocol == ICMP && l4[0] == echo_type ? KIND_ECHO : NO_KIND;
}

static __always_inline uint8_t *port_field(uint8_t *l4, uint32_t kind, uint32_t side)
{
	return l4 + (kind == KIND_ECHO ? 4 : side == SOURCE ? 0 : 2);
}

static __always_inline uint32_t replace_address(uint8_t *ip, uint32_t side, uint32_t address)
{
	uint32_t delta = checksum_delta32(load_be32(ip + side), address);

	store_be32(ip + side, address);
	store_be16(ip + 10, checksum_apply(load_be16(ip + 10), delta));
	return delta;
}

static __always_inline uint32_t replace_port(uint8_t *field, uint16_t port)
{
	uint32_t delta = checksum_delta16(load_be16(field), port);

	store_be16(field, port);
	return delta;
}

/* False if the verifier's limit of the packet is nearer than the headers said. */
static __always_inline bool rewrite(const struct job *job, uint32_t kind, uint32_t side, uint32_t address,
				    uint16_t port)
{
	uint8_t *l4 = job->datagram.l4;
	uint8_t *field = l4 + (kind == KIND_TCP ? 16 : kind == KIND_UDP ? 6 : 2);
	uint16_t checksum;
	uint32_t delta;

	if (field + 2 > job->end || l4 + 8 > job->end)
		return false;
	checksum = load_be16(field);
	delta = replace_address(job->datagram.ip, side, address);
	if (kind == KIND_ECHO)
		delta = 0;
	delta += replace_port(port_field(l4, kind, side), port);
	if (kind == KIND_UDP && checksum == 0)
		return true;
	checksum = checksum_apply(checksum, delta);
	store_be16(field, kind == KIND_UDP && checksum == 0 ? 0xffff : checksum);
	return true;
}

/* The TCP flags, 0 for other kinds. */
static __always_inline uint8_t flags_of(const struct job *job, uint32_t kind)
{
	const uint8_t *l4 = job->datagram.l4;

	return kind == KIND_TCP && l4 + TCP_HEADER <= job->end ? l4[13] : 0;
}

static __always_inline enum verdict translate_out(const struct job *job, uint32_t kind)
{
	uint16_t port = load_be16(port_field(job->datagram.l4, kind, SOURCE));
	uint32_t index = find_or_add(load_be32(job->datagram.ip + SOURCE), port, kind, job->now);
	struct mapping *mapping = mapping_at(index);
	uint8_t flags = flags_of(job, kind);

	if (unlikely(!index))
		return FULL;
	mapping->last = job->now;
	mapping->closing = (flags & (FIN | RST)) || (mapping->closing && !(flags & SYN));
	return rewrite(job, kind, SOURCE, public[mapping->pool % PUBLIC_MAX], mapping->outside) ? OUTBOUND : BAD_PACKET;
}

static __always_inline enum verdict translate_in(const struct job *job, uint32_t kind, uint32_t pool)
{
	uint16_t port = load_be16(port_field(job->datagram.l4, kind, DESTINATION));
	uint32_t index = find_outside(pool, port, kind, job->now);
	struct mapping *mapping = mapping_at(index);

	if (unlikely(!index))
		return UNKNOWN;
	mapping->answered = true;
	if (flags_of(job, kind) & (FIN | RST))
		mapping->closing = true;
	return rewrite(job, kind, DESTINATION, mapping->inside, mapping->port) ? INBOUND : BAD_PACKET;
}

/* ---- ICMP errors ------------------------------------------------------------------------------- */

static __always_inline bool is_error(const struct job *job)
{
	uint8_t type = job->datagram.l4[0];

	return job->datagram.protocol == ICMP &&
	       (type == UNREACHABLE || type == TIME_EXCEEDED || type == PARAMETER_PROBLEM);
}

/* The quoted transport header, of which eight bytes are there; NULL if it is not quoted whole. */
static __always_inline uint8_t *quoted_transport(const struct job *job)
{
	uint8_t *ip = job->datagram.l4 + ICMP_HEADER;
	uint32_t bytes = job->datagram.l4_bytes - ICMP_HEADER, header;

	if (bytes < IPV4_HEADER || ip + IPV4_HEADER > job->end || ip[0] >> 4 != 4)
		return 0;
	header = (ip[0] & 15) * 4u;
	if (header < IPV4_HEADER || bytes < header + 8 || (load_be16(ip + 6) & IPV4_FRAGMENT_OFFSET))
		return 0;
	return ip + header + 8 > job->end ? 0 : ip + header;
}

static __always_inline void rewrite_error(const struct job *job, uint8_t *quoted_port, uint32_t side,
					  uint32_t address, uint16_t port)
{
	uint8_t *l4 = job->datagram.l4, *quoted = l4 + ICMP_HEADER;
	uint16_t quoted_checksum = load_be16(quoted + 10);
	uint32_t delta = replace_address(quoted, side, address) + replace_port(quoted_port, port);

	delta += checksum_delta16(quoted_checksum, load_be16(quoted + 10));
	store_be16(l4 + 2, checksum_apply(load_be16(l4 + 2), delta));
	replace_address(job->datagram.ip, side == SOURCE ? DESTINATION : SOURCE, address);
}

static __always_inline enum verdict translate_error_out(const struct job *job)
{
	uint8_t *quoted = job->datagram.l4 + ICMP_HEADER, *l4 = quoted_transport(job), *field;
	uint32_t kind = l4 ? kind_of(quoted[9], l4, ECHO_REPLY) : NO_KIND, index;
	const struct mapping *mapping;

	if (!l4 || kind == NO_KIND)
		return UNTRANSLATABLE;
	field = port_field(l4, kind, DESTINATION);
	index = (uint32_t)find_inside(load_be32(quoted + DESTINATION), load_be16(field), kind);
	mapping = mapping_at(index);
	if (!index)
		return UNTRANSLATABLE;
	rewrite_error(job, field, DESTINATION, public[mapping->pool % PUBLIC_MAX], mapping->outside);
	return OUTBOUND;
}

static __always_inline enum verdict translate_error_in(const struct job *job, uint32_t pool)
{
	uint8_t *quoted = job->datagram.l4 + ICMP_HEADER, *l4 = quoted_transport(job), *field;
	uint32_t kind = l4 ? kind_of(quoted[9], l4, ECHO_REQUEST) : NO_KIND, index;
	const struct mapping *mapping;

	if (!l4 || kind == NO_KIND || load_be32(quoted + SOURCE) != public[pool % PUBLIC_MAX])
		return UNTRANSLATABLE;
	field = port_field(l4, kind, SOURCE);
	index = find_outside(pool, load_be16(field), kind, job->now);
	mapping = mapping_at(index);
	if (!index)
		return UNKNOWN;
	rewrite_error(job, field, SOURCE, mapping->inside, mapping->port);
	return INBOUND;
}

/* ---- Direction --------------------------------------------------------------------------------- */

static __always_inline bool is_inside(uint32_t address)
{
	return (address & inside_mask) == inside_address;
}

static __always_inline enum verdict leave(const struct job *job)
{
	uint32_t destination = load_be32(job->datagram.ip + DESTINATION);
	uint32_t kind = kind_of(job->datagram.protocol, job->datagram.l4, ECHO_REQUEST);

	if (unlikely(is_inside(destination) || find_public(destination) >= 0))
		return UNTRANSLATABLE;
	if (likely(kind != NO_KIND))
		return translate_out(job, kind);
	return is_error(job) ? translate_error_out(job) : UNTRANSLATABLE;
}

static __always_inline enum verdict enter(const struct job *job)
{
	int pool = find_public(load_be32(job->datagram.ip + DESTINATION));
	uint32_t kind = kind_of(job->datagram.protocol, job->datagram.l4, ECHO_REPLY);

	if (unlikely(pool < 0))
		return UNTRANSLATABLE;
	if (likely(kind != NO_KIND))
		return translate_in(job, kind, (uint32_t)pool);
	return is_error(job) ? translate_error_in(job, (uint32_t)pool) : UNTRANSLATABLE;
}

static __always_inline enum verdict translate(struct xdp_md *context)
{
	struct job job = { .end = end_of(context), .now = arrival_of(context) };
	enum parsed parsed = parse_ip(context, &job.datagram);

	if (unlikely(parsed == MALFORMED || (parsed == PARSED && transport_bytes(&job.datagram, job.end) < 0)))
		return BAD_PACKET;
	if (unlikely(parsed != PARSED || job.datagram.version != 4 || job.datagram.fragment))
		return UNTRANSLATABLE;
	if (unlikely(job.datagram.l4_bytes < 8 || job.datagram.l4 + 8 > job.end))
		return job.datagram.protocol == ICMP ? BAD_PACKET : UNTRANSLATABLE;
	return is_inside(load_be32(job.datagram.ip + SOURCE)) ? leave(&job) : enter(&job);
}

static __always_inline int drop(int counter)
{
	count((uint32_t)counter);
	return XDP_DROP;
}

static __noinline int judge(struct xdp_md *context)
{
	enum verdict verdict;

	if (packets++ % 4 == 0)
		sweep_one(arrival_of(context));
	verdict = translate(context);
	if (likely(verdict <= INBOUND))
		return verdict == OUTBOUND ? TO_GATE(0) : TO_GATE(INSIDE_GATE);
	if (verdict == FULL)
		return drop(full_counter);
	if (verdict == UNKNOWN)
		return drop(unknown_counter);
	return drop(verdict == BAD_PACKET ? malformed_counter : untranslatable_counter);
}
