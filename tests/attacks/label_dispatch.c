/* SPDX-License-Identifier: Apache-2.0
 *
 * A function that is called like one the passes make.
 *
 * expect: refused: fp.dispatch.0
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define DISPATCH
#include <system_labels.h>
void mine(void *target, struct fp_batch *batch)
{
	*(volatile uint64_t *)target = batch->count;
}
void attack(struct fp_batch *batch)
{
	void (*function)(struct fp_batch *) = wild(HOST_PAGE);

	mine(batch, batch);
	function(batch);
}
