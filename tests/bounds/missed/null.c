/* SPDX-License-Identifier: Apache-2.0
 *
 * A null pointer has no object.
 *
 * report: read of 4 bytes
 */
#include "program.h"

static unsigned *volatile nowhere;

static void run(struct fp_batch *batch)
{
	(void)batch;
	sink = nowhere[4]; /* HERE */
}
