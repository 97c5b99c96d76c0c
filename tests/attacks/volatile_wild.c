/* SPDX-License-Identifier: Apache-2.0
 *
 * Volatile structures and bit-fields.
 *
 * expect: fault guard
 */
#include "attack.h"

struct register_file { unsigned a : 5; unsigned b : 27; };
void attack(struct fp_batch *batch)
{
	volatile struct register_file *place = wild(HOST_PAGE);

	place->b = batch->count; /* HERE */
}
