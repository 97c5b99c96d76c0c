/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>
#include <setjmp.h>

static jmp_buf context;
static void *frame[5];

void process(struct fp_batch *batch)
{
	if (setjmp(context)) // expect: setjmp would restore a stack
		return;
	if (batch->count > 3)
		longjmp(context, 1); // expect: longjmp would restore a stack
	if (__builtin_setjmp(frame)) // expect: __builtin_setjmp would restore a stack
		return;
	__builtin_longjmp(frame, 1); // expect: __builtin_longjmp would restore a stack
}
