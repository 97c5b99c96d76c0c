/* SPDX-License-Identifier: Apache-2.0
 *
 * A host function that is said to return a structure, and to take one by value.
 *
 * expect: refused: other types
 * flags: -w -fno-builtin
 */
#include <stdint.h>
struct fp_batch;
struct big { uint64_t words[20]; };
struct big fp_now(void);
int fp_counter(struct big);
static struct big result;
void attack(struct fp_batch *batch)
{
	(void)batch;
	result = fp_now();
	fp_counter(result);
}
