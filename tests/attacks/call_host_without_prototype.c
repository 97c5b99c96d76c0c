/* SPDX-License-Identifier: Apache-2.0
 *
 * Host functions declared by hand, with other types: they are refused, or they would find what was left in the
 * registers of arguments nobody passed, and the module what was left in those of results.
 *
 * expect: refused: other types
 * flags: -std=gnu89 -w
 */
#include <stdint.h>
struct fp_batch;
int fp_log();
int fp_counter();
long fp_now();
int fp_count();
void attack(struct fp_batch *batch)
{
	fp_now(1, 2, 3);
	fp_count();
	fp_count(1.0, batch);
	fp_counter(fp_now());
	fp_log(fp_now(), 3.0, batch);
}
