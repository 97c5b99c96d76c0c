/* SPDX-License-Identifier: Apache-2.0
 *
 * An atomic structure, which needs a library with locks.
 *
 * expect: refused: __atomic
 */
#include "attack.h"

struct big { uint64_t words[5]; };
void attack(struct fp_batch *batch)
{
	_Atomic struct big *place = wild(HOST_PAGE);
	struct big value = {{batch->count}};

	*place = value;
}
