/* SPDX-License-Identifier: Apache-2.0
 *
 * The network function around an attack.
 */
#include <fastpaas/nf.h>

void attack(struct fp_batch *batch);

void process(struct fp_batch *batch)
{
	attack(batch);
}
