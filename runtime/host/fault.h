/* SPDX-License-Identifier: Apache-2.0
 *
 * What a module did that ended its call. Filled in by the signal handler or by a host API function,
 * so it holds plain values only: no pointers into the module, no allocation.
 */
#ifndef FASTPAAS_HOST_FAULT_H
#define FASTPAAS_HOST_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fp_fault_kind {
	FP_FAULT_GUARD,		/* a guard of fpcc refused a root pointer */
	FP_FAULT_BOUNDS,	/* FP_TRAP_BOUNDS: an access outside its pointer's object */
	FP_FAULT_MEMORY,	/* the processor refused an access */
	FP_FAULT_ARITHMETIC,	/* division by zero, or its overflow */
	FP_FAULT_ILLEGAL,	/* an instruction that traps and is none of ours */
	FP_FAULT_CALL_TARGET,	/* FP_TRAP_CALL_TARGET */
	FP_FAULT_UNREACHABLE,	/* FP_TRAP_UNREACHABLE, or a bare ud2 */
	FP_FAULT_STACK,		/* FP_TRAP_STACK */
	FP_FAULT_NATIVE_STACK,	/* the native stack of module calls ran out */
	FP_FAULT_ABORT,		/* FP_TRAP_ABORT */
	FP_FAULT_TIME,		/* the call exceeded its time budget */
	FP_FAULT_API,		/* an argument of a host function was refused */
	FP_FAULT_KINDS,
};

enum fp_access { FP_ACCESS_NONE, FP_ACCESS_READ, FP_ACCESS_WRITE, FP_ACCESS_EXECUTE, FP_ACCESS_UNKNOWN };

/* What a failed check of mode `pointer` says; the module's own words, so nothing but numbers to show. */
struct fp_bounds {
	bool known;	      /* whether it was such a check */
	uint32_t check;	      /* its number in decisions.json */
	uint32_t site;	      /* where the object comes from, in decisions.json; 0 if that is unknown */
	uint32_t object_size; /* bytes */
	int64_t offset;	      /* of the access from the object's begin, bytes */
	uint64_t size;	      /* of the access, bytes */
};

#define FP_OPERANDS 2
#define FP_REGISTERS 16 /* in the order of machine code: rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8 .. r15 */

struct fp_fault {
	enum fp_fault_kind kind;
	enum fp_access access;
	int64_t guard;	       /* number of the guard, -1 if none */
	uint64_t pc;	       /* of the instruction that did it */
	uint64_t stack;	       /* the native stack pointer there */
	uint64_t address;      /* what it accessed, if address_known */
	uint64_t ticks;	       /* time stamp counter when the host took over */
	int signal;	       /* 0 if no signal was involved */
	bool address_known;
	struct fp_bounds bounds;
	bool registers_known;
	uint64_t registers[FP_REGISTERS]; /* the module's general ones when it happened, if known */
	const void *operands[FP_OPERANDS]; /* of the bulk function it happened in, NULL: none; only their values count */
	char detail[200]; /* what a person should know besides, "" if nothing */
};

/* Name of a kind as events show it: "guard", "memory", ... */
const char *fp_fault_kind_name(enum fp_fault_kind kind);

/* Name of an access as events show it: "read", ...; NULL for FP_ACCESS_NONE. */
const char *fp_access_name(enum fp_access access);

#endif
