/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF that lets everything pass: what a packet costs then is the host.
 */
#include <fastpaas/nf.h>

void process(struct fp_batch *batch)
{
	(void)batch;
}
