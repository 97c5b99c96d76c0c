/* SPDX-License-Identifier: Apache-2.0
 *
 * The frame of every host function a module may call: begin, refuse or do, finish.
 *
 * These functions run on the native stack of module calls. Whatever ends the call there abandons
 * their frames, so they hold no lock and no memory when they refuse.
 */
#ifndef FASTPAAS_HOST_API_CALL_H
#define FASTPAAS_HOST_API_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fastpaas/abi.h>

#include "context.h"
#include "enter.h"

/* Ends the call: "NAME: what is wrong". */
void fp_api_refuse(struct fp_context *context, const char *format, ...) __attribute__((format(printf, 2, 3), cold));

/* Ends the call: too little native stack, or no time, is left. */
void fp_api_refuse_stack(struct fp_context *context) __attribute__((cold));
void fp_api_refuse_time(struct fp_context *context) __attribute__((cold));

/* Ends the call: a range outside the arena. */
void fp_api_refuse_range(struct fp_context *context, const void *start, size_t len) __attribute__((cold));

/* Ends the call unless the module may name [start, start + len) to an api function: its arena, and for
 * an unprotected module the native stack, where such a module keeps its locals. */
void fp_api_check(struct fp_context *context, const void *start, size_t len);

/* Copies from the module's memory; a page that is not there ends the call as a memory fault. */
void fp_api_copy_in(struct fp_context *context, void *to, const void *from, size_t len);

/* Where the module called from: in an api function, FP_API_CALLER takes it from that function's frame. */
struct fp_api_caller {
	void *address; /* it will return to */
	void *stack;   /* the native stack pointer it will have then */
};
#define FP_API_CALLER ((struct fp_api_caller){__builtin_return_address(0), __builtin_dwarf_cfa()})

/* FP_API_BEGIN(place): first statement of an api function. */
#define FP_API_BEGIN(place) fp_api_begin(__func__, place, FP_API_CALLER)

static inline struct fp_context *fp_api_begin(const char *name, enum fp_place place, struct fp_api_caller caller)
{
	struct fp_context *context = &fp_context;

	context->api = name;
	context->caller = (uint64_t)caller.address - 1; /* inside the call instruction */
	context->caller_stack = (uint64_t)caller.stack;
	context->place = place;
	/* The C ABI wants the direction flag clear; a module is not trusted with that. Looking is cheaper
	 * than clearing. */
	if (__builtin_expect(__builtin_ia32_readeflags_u64() & FP_UNSAFE_FLAGS, 0))
		__builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() & ~(uint64_t)FP_UNSAFE_FLAGS);
	__asm__ volatile("" ::: "memory");
	if ((uint64_t)__builtin_frame_address(0) - (uint64_t)context->native_low < FP_API_STACK)
		fp_api_refuse_stack(context);
	return context;
}

/* The memory a function of FP_IN_BULK is to work on, for reports. */
static inline void fp_api_work_on(struct fp_context *context, const void *one, const void *other)
{
	context->operands[0] = one;
	context->operands[1] = other;
}

static inline void fp_api_finish(struct fp_context *context)
{
	__asm__ volatile("" ::: "memory");
	context->place = FP_IN_MODULE;
	if (__builtin_expect(context->preempt, 0))
		fp_api_refuse_time(context);
}

static inline bool fp_api_in_arena(const struct fp_context *context, const void *start, size_t len)
{
	uint64_t offset = (uint64_t)start - context->arena;

	return offset <= FP_ARENA_REACH && len <= FP_ARENA_REACH + 1ull - offset;
}

#endif
