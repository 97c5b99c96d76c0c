/* SPDX-License-Identifier: Apache-2.0
 *
 * The types are the same, but one source says that the value is sign-extended, the other that it is not.
 *
 * expect: survives
 * with: parts/narrow.c
 */
#include "attack.h"

void set_entry(signed char index);
uint64_t get_entry(signed char index);
void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 256; i++)
		set_entry((signed char)opaque(i));
	batch->packet[0].timestamp = get_entry((signed char)opaque(0x80));
}
