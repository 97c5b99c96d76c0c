/* SPDX-License-Identifier: Apache-2.0
 *
 * By way of a pointer of another type.
 *
 * expect: fault call target
 * with: parts/narrow.c
 */
#include "attack.h"

extern void (*const narrow_pointer)(unsigned char);
void attack(struct fp_batch *batch)
{
	void *volatile pointer = (void *)narrow_pointer;

	(void)batch;
	((void (*)(unsigned))pointer)((unsigned)opaque(0xffffff80)); /* HERE */
}
