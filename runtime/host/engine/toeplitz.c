/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash is the XOR, over all one bits of the input, of the 32 bits of the key that begin at that bit's place: so it is
 * the XOR of one table entry for each byte.
 */
#include "toeplitz.h"

#include "flow.h"

static const uint8_t key[FP_TOEPLITZ_INPUT + 4] = {
	0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca, 0x2b, 0xcb,
	0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30, 0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
};
static uint32_t table[FP_TOEPLITZ_INPUT][256];

/* The 32 bits of the key from bit `bit` on. */
static uint32_t key_from(uint32_t bit)
{
	uint64_t bits = 0;

	for (uint32_t i = 0; i < 5; i++)
		bits = bits << 8 | (bit / 8 + i < sizeof(key) ? key[bit / 8 + i] : 0);
	return (uint32_t)(bits >> (8 - bit % 8));
}

static uint32_t hash_of_byte(uint32_t place, uint32_t byte)
{
	uint32_t hash = 0;

	for (uint32_t bit = 0; bit < 8; bit++)
		hash ^= byte & 0x80 >> bit ? key_from(place * 8 + bit) : 0;
	return hash;
}

void fp_toeplitz_prepare(void)
{
	for (uint32_t place = 0; place < FP_TOEPLITZ_INPUT; place++)
		for (uint32_t byte = 0; byte < 256; byte++)
			table[place][byte] = hash_of_byte(place, byte);
}

uint32_t fp_toeplitz(const uint8_t *bytes, uint32_t len, uint32_t first)
{
	uint32_t hash = 0;

	for (uint32_t i = 0; i < len; i++)
		hash ^= table[first + i][bytes[i]];
	return hash;
}

uint32_t fp_toeplitz_frame(const uint8_t *frame, uint32_t len)
{
	struct fp_flow_tuple tuple;
	uint32_t hash;

	if (!fp_flow_find(&tuple, frame, len))
		return 0;
	hash = fp_toeplitz(tuple.addresses, tuple.address_bytes, 0);
	return tuple.ports ? hash ^ fp_toeplitz(tuple.ports, 4, tuple.address_bytes) : hash;
}
