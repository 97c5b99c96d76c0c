/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

static uintptr_t seen;

void process(struct fp_batch *batch)
{
	seen = (uintptr_t)__builtin_return_address(0); // expect: __builtin_return_address reads the native stack
	seen ^= (uintptr_t)__builtin_frame_address(0); // expect: __builtin_frame_address reads the native stack
	__builtin_unwind_init(); // expect: __builtin_unwind_init reads the native stack
	batch->packet[0].gate = (uint16_t)seen;
}
