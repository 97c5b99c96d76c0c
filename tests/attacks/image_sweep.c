/* SPDX-License-Identifier: Apache-2.0
 *
 * Overwrites its whole image, page by page, and with it the table of host functions if that can be written.
 *
 * expect: fault memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t base = arena_of(&opaque_zero);

	(void)batch;
	for (uint64_t at = FP_IMAGE_OFFSET; at < FP_IMAGE_LIMIT; at += 8)
		*(volatile uint64_t *)(base + at) = 0x4141414141414141; /* HERE */
}
