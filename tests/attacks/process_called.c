/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls the entry point, whose parameter the host is trusted for, with an address of its own.
 *
 * expect: fault guard: write
 */
#include "attack.h"

__attribute__((noinline)) void process(struct fp_batch *batch)
{
	uint64_t next = opaque(HOST_PAGE);

	batch->packet[0].gate = 1; /* HERE */
	if ((uint64_t)batch != next)
		process((struct fp_batch *)next);
}
