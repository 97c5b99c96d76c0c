/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses to text: dotted IPv4; IPv6 as RFC 5952 wants it, the longest run of zeros shortened.
 */
#include "library.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define GROUPS 8

struct run {
	int start;
	int len;
};

static char *put_number(char *at, unsigned n, unsigned base)
{
	char digits[8];
	int count = 0;

	do {
		digits[count++] = "0123456789abcdef"[n % base];
		n /= base;
	} while (n);
	while (count)
		*at++ = digits[--count];
	return at;
}

static char *put_ipv4(char *at, const uint8_t *address)
{
	for (int i = 0; i < 4; i++) {
		if (i)
			*at++ = '.';
		at = put_number(at, address[i], 10);
	}
	return at;
}

/* The first longest run of at least two zero groups; length 0 if there is none. */
static struct run longest_zeros(const uint16_t *groups)
{
	struct run best = {GROUPS, 0}, run = {0, 0};

	for (int i = 0; i < GROUPS; i++) {
		if (!run.len)
			run.start = i;
		run.len = groups[i] ? 0 : run.len + 1;
		if (run.len > best.len && run.len > 1)
			best = run;
	}
	return best;
}

/* Whether the last 32 bits are an IPv4 address: ::a.b.c.d and ::ffff:a.b.c.d. */
static bool holds_ipv4(const uint16_t *groups, struct run zeros)
{
	return !zeros.start && (zeros.len == 6 || (zeros.len == 5 && groups[5] == 0xffff));
}

static char *put_ipv6(char *at, const uint8_t *address)
{
	uint16_t groups[GROUPS];
	struct run zeros;
	int shown;

	for (int i = 0; i < GROUPS; i++)
		groups[i] = (uint16_t)(address[2 * i] << 8 | address[2 * i + 1]);
	zeros = longest_zeros(groups);
	shown = holds_ipv4(groups, zeros) ? GROUPS - 2 : GROUPS;
	for (int i = 0; i < shown; i++) {
		if (i == zeros.start)
			*at++ = ':';
		if (i >= zeros.start && i < zeros.start + zeros.len)
			continue;
		if (i)
			*at++ = ':';
		at = put_number(at, groups[i], 16);
	}
	if ((zeros.len && zeros.start + zeros.len == shown) || shown < GROUPS)
		*at++ = ':';
	return shown < GROUPS ? put_ipv4(at, address + 12) : at;
}

const char *inet_ntop(int family, const void *restrict address, char *restrict text, socklen_t room)
{
	char whole[INET6_ADDRSTRLEN];
	char *end;

	if (family != AF_INET && family != AF_INET6) {
		errno = EAFNOSUPPORT;
		return NULL;
	}
	end = family == AF_INET ? put_ipv4(whole, address) : put_ipv6(whole, address);
	*end++ = '\0';
	if ((size_t)(end - whole) > room) {
		errno = ENOSPC;
		return NULL;
	}
	return memcpy(text, whole, (size_t)(end - whole));
}

char *inet_ntoa(struct in_addr address)
{
	static char text[INET_ADDRSTRLEN];

	*put_ipv4(text, (const uint8_t *)&address) = '\0';
	return text;
}
