/* SPDX-License-Identifier: Apache-2.0
 *
 * The bound registers of MPX, against which modules of lowering `mpx` check pointers.
 *
 * Where MPX is absent or off, these checks do nothing: a module may only run on a thread that
 * fp_mpx_prepare() has said yes to.
 */
#ifndef FASTPAAS_HOST_MPX_H
#define FASTPAAS_HOST_MPX_H

#include <stdint.h>

#include "error.h"

#define FP_BOUND_REGISTERS 4

/* What the bound registers shall hold, in the form in which bndmov loads it. */
struct fp_mpx_bounds {
	struct {
		uint64_t low;	   /* first address that passes */
		uint64_t not_high; /* one's complement of the last one */
	} bound[FP_BOUND_REGISTERS];
};

/* Lets `low` to `high`, both included, pass by register `number`; nothing if low > high. */
void fp_mpx_set(struct fp_mpx_bounds *bounds, unsigned number, uint64_t low, uint64_t high);

/* Turns MPX on for the calling thread, which must have a context and contained faults, and tries it: each
 * register must stop what is below and above its bounds and let pass what is between. -1 if it does not,
 * with the reason. Once yes was said to a thread this costs nothing. */
int fp_mpx_prepare(struct fp_error *error);

/* Loads all bound registers. They stay as they are until loaded again: host code has no instruction that
 * changes them, branches keep them, and the kernel saves them with the thread. */
static inline void fp_mpx_load(const struct fp_mpx_bounds *bounds)
{
	/* bndmov (%rdi), %bnd0 to %bnd3, as bytes: not every assembler knows them. Without displacements,
	 * which qemu 7 reads twice and then goes on at the wrong byte. */
	__asm__ volatile(".byte 0x66, 0x0f, 0x1a, 0x07\n\tadd $16, %0\n\t"
			 ".byte 0x66, 0x0f, 0x1a, 0x0f\n\tadd $16, %0\n\t"
			 ".byte 0x66, 0x0f, 0x1a, 0x17\n\tadd $16, %0\n\t"
			 ".byte 0x66, 0x0f, 0x1a, 0x1f"
			 : "+D"(bounds)
			 :
			 : "cc", "memory");
}

/* The self-test of fp_mpx_prepare(), on a thread on which MPX is on: -1 with what went wrong. */
int fp_mpx_try(struct fp_error *error);

#endif
