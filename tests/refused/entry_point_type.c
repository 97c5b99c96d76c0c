/* SPDX-License-Identifier: Apache-2.0 */
struct fp_batch;

int init(void) // expect: init() has the type int (void), which the host does not call
{
	return 0;
}

int process(struct fp_batch *batch) // expect: process() has the type int (struct fp_batch *)
{
	return batch != 0;
}

int fini; /* a variable is no entry point */
