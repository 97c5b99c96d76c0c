/* SPDX-License-Identifier: Apache-2.0 */
#include "host_stubs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fastpaas/abi.h>

static _Thread_local void *stack_pointer;
static _Thread_local void *stack_limit;
static _Thread_local size_t window;
static _Thread_local size_t window_reach;
static uint8_t *arena_base;

void stub_fp_log(int level, const char *text, size_t len)
{
	printf("log %d %.*s\n", level, (int)len, text);
}

uint64_t stub_fp_now(void)
{
	return 1000000007;
}

int stub_fp_counter(const char *name)
{
	printf("counter %s\n", name);
	return 3;
}

void stub_fp_count(int id, uint64_t n)
{
	printf("count %d %llu\n", id, (unsigned long long)n);
}

void *stub_fp_heap_start(void)
{
	return arena_base + FP_HEAP_OFFSET;
}

void *stub_fp_memcpy(void *to, const void *from, size_t n)
{
	return memcpy(to, from, n);
}

void *stub_memcpy(void *to, const void *from, size_t n)
{
	return memcpy(to, from, n);
}

static void missing_stub(void)
{
	fputs("a host function without a stub was called\n", stderr);
	abort();
}

#define FP_IMPORT(name, class, type) extern __attribute__((weak)) char stub_symbol_##name __asm__("stub_" #name);
#include <fastpaas/imports.def>
#undef FP_IMPORT

#define CLASS_api FP_IMPORT_API
#define CLASS_bulk FP_IMPORT_BULK
#define CLASS_unguarded FP_IMPORT_UNGUARDED

static struct fp_import imports[] = {
#define FP_IMPORT(name, class, type) { #name, NULL, CLASS_##class },
#include <fastpaas/imports.def>
#undef FP_IMPORT
};
#define IMPORT_COUNT (sizeof(imports) / sizeof(imports[0]))

static char *const stubs[IMPORT_COUNT] = {
#define FP_IMPORT(name, class, type) &stub_symbol_##name,
#include <fastpaas/imports.def>
#undef FP_IMPORT
};

const struct fp_symbols *stub_symbols(void)
{
	static struct fp_symbols symbols = { .imports = imports, .import_count = IMPORT_COUNT };
	char *thread = __builtin_thread_pointer();

	for (size_t i = 0; i < IMPORT_COUNT; i++)
		imports[i].address = stubs[i] ? (void *)stubs[i] : (void *)(uintptr_t)missing_stub;
	symbols.stack_pointer_tpoff = (char *)&stack_pointer - thread;
	symbols.stack_limit_tpoff = (char *)&stack_limit - thread;
	symbols.window_tpoff = (char *)&window - thread;
	symbols.window_reach_tpoff = (char *)&window_reach - thread;
	return &symbols;
}

void stub_set_stack(uint8_t *base, uint64_t low, uint64_t high)
{
	arena_base = base;
	stack_limit = base + low;
	stack_pointer = base + high;
	window = -((size_t)base + FP_PACKETS_OFFSET);
	window_reach = FP_PACKETS_LIMIT - FP_PACKETS_OFFSET - 1;
}
