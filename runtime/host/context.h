/* SPDX-License-Identifier: Apache-2.0
 *
 * What the host knows about the module call a thread is making. One per thread, in the host's own
 * memory; the signal handler and the host API decide by it who is to blame for what happens.
 */
#ifndef FASTPAAS_HOST_CONTEXT_H
#define FASTPAAS_HOST_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "fault.h"

#define FP_NATIVE_GUARD 0x40000 /* bytes never mapped on either side of the native stack */

/* Who has control of this thread. */
enum fp_place {
	FP_IN_HOST,   /* no module call under way */
	FP_IN_MODULE, /* the module, or libc called by an unguarded module */
	FP_IN_API,    /* a host API function the module called */
	FP_IN_BULK,   /* the host reads or writes arena memory on behalf of the module */
};

struct fp_instance;

struct fp_context {
	uint64_t host_stack;   /* stack pointer to return to */
	uint64_t module_stack; /* initial native stack pointer of a module call */
	uint64_t returned;     /* what the module function returned */
	uint32_t mxcsr;	       /* the host's floating-point control, restored on every exit */
	uint32_t x87_control;

	volatile enum fp_place place;
	_Atomic uint64_t sequence; /* odd while a module call is under way; each call has its own number */
	volatile bool preempt;	    /* the time budget ran out while the host was at work */
	_Atomic uint64_t budget_ns; /* processor time this call may use */

	uint64_t text_start; /* absolute addresses of the running module's text */
	uint64_t text_end;
	uint64_t arena; /* absolute address of its arena */
	struct fp_instance *instance;
	const char *api; /* name of the host function being called, for FP_IN_API and FP_IN_BULK */
	uint64_t caller; /* the module's return address from it */
	const void *operands[FP_OPERANDS]; /* what it was to read or write, for FP_IN_BULK; NULL: nothing */
	uint64_t caller_stack; /* the native stack pointer once it has returned */
	uint64_t now;	 /* fp_now() of this call, 0 until asked for */

	uint64_t segment_base; /* what gs holds; no arena's base until a module needs it */
	bool fast_segment;     /* fp_segment_is_fast() */
	bool mpx_ready;     /* fp_mpx_prepare() has said yes */

	uint8_t *native_low; /* lowest byte of the native stack; its guard zone lies below */
	struct fp_fault fault;
};

extern _Thread_local struct fp_context fp_context __attribute__((tls_model("local-exec")));

/* Gives the calling thread a native stack for module calls and an alternate signal stack. */
int fp_context_create(struct fp_error *error);
void fp_context_destroy(void);

/* Enters `function(argument)` on the native stack. Returns 0 with context->returned set, or -1 if the
 * call was ended by a fault, with context->fault set. Written in enter.S. */
int fp_enter(struct fp_context *context, void *function, void *argument);

/* Where fp_enter() continues after a fault; rdi must hold the context. Jumped to, never called. */
void fp_enter_fault_exit(struct fp_context *context);

#endif
