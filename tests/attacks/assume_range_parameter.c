/* SPDX-License-Identifier: Apache-2.0
 *
 * A value loaded twice, checked once.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static uint64_t index_value;
static char table[64];
__attribute__((noinline)) static void change(void)
{
	index_value = HOST_PAGE - (uint64_t)table;
}
void attack(struct fp_batch *batch)
{
	index_value = batch->count & 31;
	if (index_value < 64) {
		change();
		table[index_value] = 1; /* HERE */
	}
}
