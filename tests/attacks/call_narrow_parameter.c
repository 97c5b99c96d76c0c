/* SPDX-License-Identifier: Apache-2.0
 *
 * The same, and it is called: refused at run time, as the types are not the same.
 *
 * expect: fault call target
 * with: parts/narrow.c
 */
#include "attack.h"

void set_entry(uint64_t index);
void attack(struct fp_batch *batch)
{
	(void)batch;
	set_entry(opaque(0x12345678901234ff)); /* HERE */
}
