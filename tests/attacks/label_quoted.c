/* SPDX-License-Identifier: Apache-2.0
 *
 * Names with quotes, blanks, newlines, and lines of intermediate code.
 *
 * expect: refused: asm label
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define QUOTED
#include <system_labels.h>
void one(struct fp_batch *batch) { batch->reserved = opaque_zero ? 2 : 1; }
void two(struct fp_batch *batch) { batch->reserved += 3; }
void (*volatile function)(struct fp_batch *) = one;
void attack(struct fp_batch *batch)
{
	strange = (int)batch->count;
	function(batch);
	function = two;
	function(batch);
	strange++;
}
