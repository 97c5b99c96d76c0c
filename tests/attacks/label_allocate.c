/* SPDX-License-Identifier: Apache-2.0
 *
 * The same for the function that takes stack memory.
 *
 * expect: refused: fp.allocate
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define ALLOCATE
#include <system_labels.h>
void *mine(uint64_t count, uint64_t size, uint64_t mask)
{
	return (void *)(HOST_PAGE + count * size + mask);
}
void attack(struct fp_batch *batch)
{
	volatile char array[opaque(100)];

	array[0] = (char)batch->count;
	mine(1, 2, 3);
}
