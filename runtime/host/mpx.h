/* SPDX-License-Identifier: Apache-2.0
 *
 * The bound registers of MPX, against which modules of lowering `mpx` check pointers, and the processor's bounds
 * tables, in which those of mode `pointer` keep the bounds of objects. The directory and the tables are memory of
 * the host's: modules have no address of it, and bndldx and bndstx reach entries for their own arena only.
 *
 * Where MPX is absent or off, these checks do nothing: a module may only run on a thread that
 * fp_mpx_prepare() has said yes to.
 */
#ifndef FASTPAAS_HOST_MPX_H
#define FASTPAAS_HOST_MPX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
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

/* The tables of one arena. */
struct fp_mpx_tables {
	uint8_t *start; /* NULL: none */
	size_t bytes;
	uint64_t arena; /* its base */
};

/* Makes tables for all that is mapped in an arena by now, a MiB at a time; on -1 they must be destroyed all the same.
 * For any other memory bndldx and bndstx fault. Pages of tables cost memory once they are used: four bytes
 * for each byte in whose neighbourhood pointers are stored. The thread must have been prepared. */
int fp_mpx_tables_create(struct fp_mpx_tables *tables, const struct fp_arena *arena, struct fp_error *error);
void fp_mpx_tables_destroy(struct fp_mpx_tables *tables);

/* Where the process has its bounds directory; 0 if there is no room for it. */
uint64_t fp_mpx_directory(struct fp_error *error);

/* Says which table, NULL for none, holds the entries for the MiB that `address` is in. */
int fp_mpx_directory_set(uint64_t address, const void *table, struct fp_error *error);

/* The self-test of fp_mpx_prepare(), on a thread on which MPX is on: -1 with what went wrong. */
int fp_mpx_try(struct fp_error *error);

/* The same for the directory that the thread has been told of. */
int fp_mpx_try_tables(struct fp_error *error);

/* What the self-tests share: a page of code that `write` has written, to be unmapped; NULL if there is none. */
uint8_t *fp_mpx_trial(void (*write)(uint8_t *page), struct fp_error *error);

/* Runs code of that page on `value`: whether a check of it fails and is recognised; whether it returns. */
bool fp_mpx_stops(uint8_t *page, unsigned offset, uint64_t value);
bool fp_mpx_returns(uint8_t *page, unsigned offset, uint64_t value);

#endif
