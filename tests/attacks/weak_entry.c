/* SPDX-License-Identifier: Apache-2.0
 *
 * A weak entry point beside the real one.
 *
 * expect: survives
 */
#include "attack.h"

__attribute__((weak)) void fini(void)
{
	opaque_zero = 0;
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].gate = 0;
}
