/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
struct fp_batch;
double fp_now(void);
int fp_counter();
static volatile double now;

void process(struct fp_batch *batch)
{
	(void)batch;
	now = fp_now(); // expect: `fp_now` is called with other types than the host's function has
	fp_counter(1L); // expect: `fp_counter` is called with other types than the host's function has
}
