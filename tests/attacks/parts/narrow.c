/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions whose parameter is one byte, unsigned, and an index that needs no check for that.
 */
#include <stdint.h>

static volatile uint64_t entries[256];

__attribute__((noinline)) void set_entry(unsigned char index)
{
	entries[index] = index;
}

__attribute__((noinline)) uint64_t get_entry(unsigned char index)
{
	return entries[index];
}

void (*const narrow_pointer)(unsigned char) = set_entry;
