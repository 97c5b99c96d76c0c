/* SPDX-License-Identifier: Apache-2.0
 *
 * Recognises the traps fpcc plants in module code.
 */
#ifndef FASTPAAS_HOST_TRAP_H
#define FASTPAAS_HOST_TRAP_H

#include <stddef.h>
#include <stdint.h>

enum fp_trap_form {
	FP_TRAP_FORM_OTHER, /* not one of ours */
	FP_TRAP_FORM_GUARD, /* ud1q ID(%root), %root */
	FP_TRAP_FORM_KIND,  /* ud1l KIND(%eax), %eax */
	FP_TRAP_FORM_UD2,
	FP_TRAP_FORM_CHECK, /* bndcl or bndcu %root, %bndN: no trap by itself, it traps if root is out of bounds */
	FP_TRAP_FORM_ENTRY, /* bndldx or bndstx: it traps if there is no table for the memory its entry is about */
};

struct fp_trap {
	enum fp_trap_form form;
	int32_t number;	  /* the guard's ID or the FP_TRAP_ kind */
	uint8_t root;	  /* FORM_GUARD, FORM_CHECK: register number in encoding order, 0 rax .. 15 r15 */
};

/* Decodes the instruction in the `len` readable bytes at `code`. Async-signal-safe. */
struct fp_trap fp_trap_decode(const uint8_t *code, size_t len);

#endif
