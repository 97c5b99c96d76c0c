/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the last descriptor of the batch.
 *
 * report: read of 4 bytes at offset 2064 of a 2056-byte batch
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	sink = batch->packet[FP_BATCH_MAX + zero].len; /* HERE */
}
