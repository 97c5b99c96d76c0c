/* SPDX-License-Identifier: Apache-2.0
 *
 * Ethernet addresses as text, in glibc's form: lower-case, no leading zeros.
 */
#include "library.h"

#include <ctype.h>
#include <netinet/ether.h>

static const char symbols[] = "0123456789abcdef";

char *ether_ntoa_r(const struct ether_addr *address, char *text)
{
	char *at = text;

	for (int i = 0; i < ETH_ALEN; i++) {
		unsigned octet = address->ether_addr_octet[i];

		if (i)
			*at++ = ':';
		if (octet > 15)
			*at++ = symbols[octet >> 4];
		*at++ = symbols[octet & 15];
	}
	*at = '\0';
	return text;
}

static unsigned hex_value(char c)
{
	return isdigit(c) ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a') + 10;
}

struct ether_addr *ether_aton_r(const char *text, struct ether_addr *address)
{
	struct ether_addr parsed;
	const char *at = text;

	for (int i = 0; i < ETH_ALEN; i++) {
		unsigned octet = 0;
		int digits = 0;

		if (i && *at++ != ':')
			return NULL;
		for (; digits < 2 && isxdigit(*at); digits++, at++)
			octet = octet << 4 | hex_value(*at);
		if (!digits)
			return NULL;
		parsed.ether_addr_octet[i] = (uint8_t)octet;
	}
	if (*at)
		return NULL;
	*address = parsed;
	return address;
}

char *ether_ntoa(const struct ether_addr *address)
{
	static char text[3 * ETH_ALEN];

	return ether_ntoa_r(address, text);
}

struct ether_addr *ether_aton(const char *text)
{
	static struct ether_addr address;

	return ether_aton_r(text, &address);
}
