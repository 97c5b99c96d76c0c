/* SPDX-License-Identifier: Apache-2.0
 *
 * A function that never returns does.
 *
 * expect: fault unreachable
 */
#include "attack.h"

__attribute__((noreturn, noinline)) static void stop(struct fp_batch *batch)
{
	batch->reserved = 1;
#pragma clang diagnostic ignored "-Winvalid-noreturn"
}
void attack(struct fp_batch *batch)
{
	stop(batch);
}
