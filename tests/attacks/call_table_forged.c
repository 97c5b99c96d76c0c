/* SPDX-License-Identifier: Apache-2.0
 *
 * Overwrites a pointer in a table with one that was computed.
 *
 * expect: fault call target
 */
#include "attack.h"

struct operations { void (*run)(struct fp_batch *); int (*stop)(void); };
static void run(struct fp_batch *batch) { batch->reserved = 1; }
static int stop(void) { return 0; }
static struct operations operations = {run, stop};
void attack(struct fp_batch *batch)
{
	memcpy(&operations.run, &operations.stop, opaque(8));
	operations.run(batch); /* HERE */
}
