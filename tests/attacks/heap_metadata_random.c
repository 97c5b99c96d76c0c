/* SPDX-License-Identifier: Apache-2.0
 *
 * The same with noise, and realloc().
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *blocks[64];
	uint64_t seed = batch->count;

	for (unsigned round = 0; round < 50; round++) {
		for (unsigned i = 0; i < 64; i++) {
			blocks[i] = malloc(((seed = seed * 6364136223846793005u + 1) >> 52) + 8);
			for (int64_t at = -64; blocks[i] && at < 64; at += 8)
				*(volatile uint64_t *)(blocks[i] + at) = seed >> (seed & 63);
		}
		for (unsigned i = 0; i < 64; i++)
			free(realloc(blocks[i], (seed = seed * 6364136223846793005u + 1) >> 50));
	}
}
