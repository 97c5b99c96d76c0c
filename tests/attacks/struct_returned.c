/* SPDX-License-Identifier: Apache-2.0
 *
 * A structure returned into a wild place.
 *
 * expect: fault guard, api: write
 * expect in rw: fault guard, api
 */
#include "attack.h"

struct some { uint64_t words[10]; };
__attribute__((noinline)) static struct some give(uint64_t n)
{
	return (struct some){{n, n, n, n}};
}
void attack(struct fp_batch *batch)
{
	struct some *place = wild(HOST_PAGE);

	*place = give(batch->count);
}
