/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

void trap_not(void) __asm__("llvm.trap"); // expect: an asm label binds this name
void *copy(void *, const void *, size_t) __asm__("fp_memcpy"); // expect: an asm label binds this name
extern int exported __asm__("__fp_arena"); // expect: an asm label binds this name

void process(struct fp_batch *batch)
{
	register uint64_t top __asm__("rsp"); // expect: an asm label binds this name

	batch->packet[0].gate = (uint16_t)(uintptr_t)&exported;
}
