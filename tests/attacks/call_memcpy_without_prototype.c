/* SPDX-License-Identifier: Apache-2.0
 *
 * memcpy() with integers for pointers, which is not what the host's takes; by its own type it is
 * bulk_constant_wild.c.
 *
 * expect: refused: other types
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
