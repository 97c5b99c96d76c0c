/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a pointer from the host's memory, if it may, and writes through it.
 *
 * expect: fault guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t **place = wild(HOST_PAGE);

	*(uint64_t *)((uint64_t)*place ^ HOST_SECRET ^ (HOST_PAGE + 8)) = batch->count; /* HERE */
}
