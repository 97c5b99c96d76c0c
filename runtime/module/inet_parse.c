/* SPDX-License-Identifier: Apache-2.0
 *
 * Text to addresses: strict for inet_pton(), with the old short, octal and hexadecimal forms for
 * inet_aton() and inet_addr().
 */
#include "library.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define GROUPS 8

/* Reads a decimal byte without leading zeros; NULL if there is none. */
static const char *scan_byte(const char *at, uint8_t *byte)
{
	unsigned value = 0;
	int digits = 0;

	for (; digits < 4 && isdigit(at[digits]); digits++)
		value = value * 10 + (unsigned)(at[digits] - '0');
	if (!digits || value > 255 || (digits > 1 && *at == '0'))
		return NULL;
	*byte = (uint8_t)value;
	return at + digits;
}

/* The whole of `at` must be four bytes. */
static bool parse_ipv4(const char *at, uint8_t *address)
{
	uint8_t bytes[4];

	for (int i = 0; i < 4; i++) {
		if (i && *at++ != '.')
			return false;
		at = scan_byte(at, &bytes[i]);
		if (!at)
			return false;
	}
	if (*at)
		return false;
	memcpy(address, bytes, 4);
	return true;
}

static unsigned hex_value(char c)
{
	return isdigit(c) ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a') + 10;
}

/* Reads one to four hexadecimal digits; NULL if there are none or more. */
static const char *scan_group(const char *at, uint16_t *group)
{
	unsigned value = 0;
	int digits = 0;

	for (; digits < 5 && isxdigit(at[digits]); digits++)
		value = value << 4 | hex_value(at[digits]);
	*group = (uint16_t)value;
	return digits && digits < 5 ? at + digits : NULL;
}

/* An IPv6 address being read: the groups so far, and how many of them lie before the "::". */
struct ipv6 {
	uint8_t bytes[2 * GROUPS];
	int groups;
	int before_gap; /* -1: no gap yet */
};

static void add_group(struct ipv6 *ipv6, uint16_t group)
{
	ipv6->bytes[2 * ipv6->groups] = (uint8_t)(group >> 8);
	ipv6->bytes[2 * ipv6->groups + 1] = (uint8_t)group;
	ipv6->groups++;
}

/* Reads one group or the closing IPv4 address; NULL if it is malformed. */
static const char *scan_part(const char *at, struct ipv6 *ipv6)
{
	uint16_t group;
	const char *end = scan_group(at, &group);

	if (ipv6->groups <= GROUPS - 2 && parse_ipv4(at, ipv6->bytes + 2 * ipv6->groups)) {
		ipv6->groups += 2;
		return at + strlen(at);
	}
	if (!end || ipv6->groups == GROUPS || (*end && *end != ':'))
		return NULL;
	add_group(ipv6, group);
	return end;
}

/* Skips the colon before a group, or the one "::"; NULL if neither stands there. */
static const char *skip_colons(const char *at, struct ipv6 *ipv6)
{
	if (at[0] == ':' && at[1] == ':') {
		if (ipv6->before_gap >= 0)
			return NULL;
		ipv6->before_gap = ipv6->groups;
		return at + 2;
	}
	if (!ipv6->groups)
		return at;
	return *at == ':' ? at + 1 : NULL;
}

static const char *scan_parts(const char *at, struct ipv6 *ipv6)
{
	while (at && *at) {
		at = skip_colons(at, ipv6);
		if (at && (*at || at[-1] != ':' || at[-2] != ':'))
			at = scan_part(at, ipv6);
	}
	return at;
}

static bool parse_ipv6(const char *text, uint8_t *address)
{
	struct ipv6 ipv6 = {.before_gap = -1};
	size_t before, after;

	if (!scan_parts(text, &ipv6))
		return false;
	if (ipv6.before_gap < 0 ? ipv6.groups != GROUPS : ipv6.groups >= GROUPS)
		return false;
	before = 2 * (size_t)(ipv6.before_gap < 0 ? GROUPS : ipv6.before_gap);
	after = 2 * (size_t)ipv6.groups - (ipv6.before_gap < 0 ? 2 * GROUPS : before);
	memset(address, 0, 2 * GROUPS);
	memcpy(address, ipv6.bytes, before);
	memcpy(address + 2 * GROUPS - after, ipv6.bytes + before, after);
	return true;
}

int inet_pton(int family, const char *restrict text, void *restrict address)
{
	if (family == AF_INET)
		return parse_ipv4(text, address);
	if (family == AF_INET6)
		return parse_ipv6(text, address);
	errno = EAFNOSUPPORT;
	return -1;
}

/* Reads a number of inet_aton(): decimal, 0octal or 0xhex, at most `limit`; NULL otherwise. */
static const char *scan_number(const char *at, unsigned long limit, unsigned long *value)
{
	char *end;

	if (!isdigit(*at))
		return NULL;
	*value = strtoul(at, &end, 0);
	return *value <= limit ? end : NULL;
}

int inet_aton(const char *text, struct in_addr *address)
{
	uint32_t high = 0;
	unsigned long value = 0;
	int before = errno;
	int parts = 0;
	const char *at = text;

	for (;; at++) {
		at = scan_number(at, UINT32_MAX, &value);
		errno = before;
		if (!at)
			return 0;
		if (*at != '.')
			break;
		if (++parts > 3 || value > 255)
			return 0;
		high |= (uint32_t)value << (32 - 8 * parts);
	}
	if ((*at && !isspace(*at)) || value > UINT32_MAX >> 8 * parts)
		return 0;
	if (address)
		address->s_addr = htonl(high | (uint32_t)value);
	return 1;
}

in_addr_t inet_addr(const char *text)
{
	struct in_addr address;

	return inet_aton(text, &address) ? address.s_addr : INADDR_NONE;
}
