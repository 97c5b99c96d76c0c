/* SPDX-License-Identifier: Apache-2.0
 *
 * Two sources disagree on a prototype: a parameter the callee takes for one byte comes with all its bits.
 *
 * expect: survives
 * with: parts/narrow.c
 */
#include "attack.h"

void set_entry(uint64_t index);
uint64_t get_entry(uint64_t index);
void (*volatile function)(uint64_t) = set_entry;
void attack(struct fp_batch *batch)
{
	(void)batch;
	if (opaque(1) == 2)
		set_entry(opaque(0x12345678901234ff));
}
