/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses in argument files: IPv4 and IPv6 prefixes, Ethernet addresses, port ranges. Values are in
 * host byte order. Every parser takes the whole word or refuses it.
 */
#ifndef EXAMPLES_ADDRESS_H
#define EXAMPLES_ADDRESS_H

#include "argfile.h"

struct ipv4_prefix {
	uint32_t address; /* bits outside the mask are zero */
	uint32_t mask;
	uint8_t length; /* 255 if the mask is not contiguous */
};

struct ipv6_prefix {
	uint64_t address[2]; /* most significant half first */
	uint64_t mask[2];
};

struct port_range {
	uint16_t low, high;
};

static inline uint32_t ipv4_mask(unsigned length)
{
	return length ? 0xffffffffu << (32 - length) : 0;
}

/* Four decimal numbers: 192.0.2.1 */
static inline bool parse_ipv4_address(struct arg_word word, uint32_t *address)
{
	struct arg_word part;
	uint64_t byte;

	*address = 0;
	for (int i = 0; i < 4; i++) {
		if (split_word(word, '.', &part, &word) != (i < 3) || part.len > 3 ||
		    !parse_number(part, 255, &byte))
			return false;
		*address = *address << 8 | (uint32_t)byte;
	}
	return true;
}

static inline uint8_t mask_length(uint32_t mask)
{
	uint8_t length = (uint8_t)__builtin_popcount(mask);

	return mask == ipv4_mask(length) ? length : 255;
}

/* An address, address/length or address/mask, without bits set outside the mask. */
static inline bool parse_ipv4_prefix(struct arg_word word, struct ipv4_prefix *prefix)
{
	struct arg_word address, mask;
	uint64_t length = 32;

	if (split_word(word, '/', &address, &mask) && !parse_number(mask, 32, &length)) {
		if (!parse_ipv4_address(mask, &prefix->mask))
			return false;
	} else {
		prefix->mask = ipv4_mask((unsigned)length);
	}
	prefix->length = mask_length(prefix->mask);
	return parse_ipv4_address(address, &prefix->address) && !(prefix->address & ~prefix->mask);
}

/* Reads groups up to "::" or the end into `groups`; the number read, or -1. */
static inline int parse_ipv6_groups(struct arg_word word, uint32_t *groups)
{
	struct arg_word group;
	int count = 0;
	bool more = word.len > 0;

	while (more) {
		more = split_word(word, ':', &group, &word);
		if (count == 8 || !parse_hex(group, 4, &groups[count++]))
			return -1;
	}
	return count;
}

/* Where "::" stands in the word, or its length. */
static inline size_t find_double_colon(struct arg_word word)
{
	for (size_t i = 0; i + 1 < word.len; i++)
		if (word.text[i] == ':' && word.text[i + 1] == ':')
			return i;
	return word.len;
}

/* Eight groups of hexadecimal digits, one run of zeros may be "::". */
static inline bool parse_ipv6_address(struct arg_word word, uint64_t address[2])
{
	size_t gap = find_double_colon(word);
	bool short_form = gap < word.len;
	struct arg_word tail = { word.text + gap + 2 * short_form, word.len - gap - 2 * short_form };
	uint32_t groups[8] = { 0 }, last[8];
	int before = parse_ipv6_groups((struct arg_word){ word.text, gap }, groups);
	int after = parse_ipv6_groups(tail, last);

	if (before < 0 || after < 0 || (short_form ? before + after > 7 : before != 8))
		return false;
	for (int i = 0; i < after; i++)
		groups[8 - after + i] = last[i];
	for (int i = 0; i < 2; i++)
		address[i] = (uint64_t)groups[4 * i] << 48 | (uint64_t)groups[4 * i + 1] << 32 |
			     (uint64_t)groups[4 * i + 2] << 16 | groups[4 * i + 3];
	return true;
}

/* An address or address/length, without bits set outside the length. */
static inline bool parse_ipv6_prefix(struct arg_word word, struct ipv6_prefix *prefix)
{
	struct arg_word address, length_word;
	uint64_t length = 128;

	if (split_word(word, '/', &address, &length_word) && !parse_number(length_word, 128, &length))
		return false;
	prefix->mask[0] = length >= 64 ? ~0ull : length ? ~0ull << (64 - length) : 0;
	prefix->mask[1] = length == 128 ? ~0ull : length > 64 ? ~0ull << (128 - length) : 0;
	return parse_ipv6_address(address, prefix->address) && !(prefix->address[0] & ~prefix->mask[0]) &&
	       !(prefix->address[1] & ~prefix->mask[1]);
}

/* 02:00:5e:00:00:01 */
static inline bool parse_ethernet_address(struct arg_word word, uint8_t address[6])
{
	struct arg_word part;
	uint32_t byte;

	for (int i = 0; i < 6; i++) {
		if (split_word(word, ':', &part, &word) != (i < 5) || part.len != 2 ||
		    !parse_hex(part, 2, &byte))
			return false;
		address[i] = (uint8_t)byte;
	}
	return true;
}

/* A port, or low-high. */
static inline bool parse_port_range(struct arg_word word, struct port_range *range)
{
	struct arg_word low_word, high_word;
	uint64_t low, high;
	bool is_range = split_word(word, '-', &low_word, &high_word);

	if (!parse_number(low_word, 65535, &low) ||
	    !parse_number(is_range ? high_word : low_word, 65535, &high))
		return false;
	*range = (struct port_range){ (uint16_t)low, (uint16_t)high };
	return low <= high;
}

#endif
