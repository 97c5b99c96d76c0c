/* SPDX-License-Identifier: Apache-2.0
 *
 * Network byte order; modules run on little-endian machines only.
 */
#include "library.h"

#include <arpa/inet.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "modules are little-endian");

uint32_t htonl(uint32_t n)
{
	return __builtin_bswap32(n);
}

uint16_t htons(uint16_t n)
{
	return __builtin_bswap16(n);
}

uint32_t ntohl(uint32_t n)
{
	return __builtin_bswap32(n);
}

uint16_t ntohs(uint16_t n)
{
	return __builtin_bswap16(n);
}
