/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeps the address of a local and writes there when its frame is another's.
 *
 * expect: survives
 */
#include "attack.h"

static volatile uint64_t *kept;
__attribute__((noinline)) static void keep(void)
{
	volatile uint64_t local[8];

	kept = local;
	kept[0] = 1;
}
__attribute__((noinline)) static uint64_t use(void)
{
	volatile uint64_t local[8] = {0};

	for (unsigned i = 0; i < 8; i++)
		kept[i] = HOST_PAGE;
	return local[opaque(3)];
}
void attack(struct fp_batch *batch)
{
	keep();
	batch->packet[0].timestamp = use();
}
