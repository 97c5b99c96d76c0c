/* SPDX-License-Identifier: Apache-2.0
 *
 * memcpy() with integers for pointers.
 *
 * expect: fault api, guard
 * flags: -std=gnu89 -w -fno-builtin
 */
#include <stdint.h>
struct fp_batch;
int memcpy();
int memset();
void attack(struct fp_batch *batch)
{
	(void)batch;
	memset(0x2a, 1, 100);
	memcpy(1, 2, 3);
}
