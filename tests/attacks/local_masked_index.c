/* SPDX-License-Identifier: Apache-2.0
 *
 * Indices proved small: a local of their size may stay where return addresses are, and they must stay in it.
 *
 * expect: survives
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t mix(uint64_t a, uint64_t b)
{
	volatile unsigned char bytes[256];
	volatile uint64_t words[64];
	volatile uint16_t halves[512];

	for (unsigned i = 0; i < 256; i++)
		bytes[i & 255] = (unsigned char)i;
	for (unsigned i = 0; i < 64; i++)
		words[i & 63] = i;
	for (unsigned i = 0; i < 512; i++)
		halves[i & 511] = 1;
	bytes[(unsigned char)(a + b)] = 1;
	bytes[(unsigned char)(a - b)] = 1;
	bytes[(unsigned char)(a * b)] = 1;
	words[(a ^ b) % 64] = 2;
	words[(uint32_t)a >> 26] = 3;
	words[(a >> (b & 63)) & 63] = 4;
	halves[((uint8_t)a << 1) | (b & 1)] = 5;
	halves[(uint8_t)a + (uint8_t)b] = 5;
	return bytes[a & 255] + words[b & 63] + halves[(a & 255) + 256];
}
void attack(struct fp_batch *batch)
{
	uint64_t sum = 0;

	for (uint64_t i = 0; i < 200; i++)
		sum += mix(opaque(i * 0x9e3779b97f4a7c15), opaque(~i << 40));
	batch->packet[0].timestamp = sum;
}
