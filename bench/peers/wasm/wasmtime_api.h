/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of wasmtime's C API that the driver calls. The Python package carries the library without its
 * headers; types and signatures are those of its ctypes binding (wasmtime/_bindings.py, version 50).
 */
#ifndef BENCH_PEERS_WASMTIME_API_H
#define BENCH_PEERS_WASMTIME_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct wasm_engine wasm_engine_t;
typedef struct wasm_valtype wasm_valtype_t;
typedef struct wasm_functype wasm_functype_t;
typedef struct wasm_trap wasm_trap_t;
typedef struct wasmtime_store wasmtime_store_t;
typedef struct wasmtime_context wasmtime_context_t;
typedef struct wasmtime_module wasmtime_module_t;
typedef struct wasmtime_linker wasmtime_linker_t;
typedef struct wasmtime_error wasmtime_error_t;
typedef struct wasmtime_caller wasmtime_caller_t;
typedef struct wasi_config wasi_config_t;

typedef struct {
	size_t size;
	char *data;
} wasm_byte_vec_t;

typedef struct {
	size_t size;
	wasm_valtype_t **data;
} wasm_valtype_vec_t;

typedef struct {
	uint64_t store_id;
	size_t private_part;
} wasmtime_instance_t;

typedef struct {
	uint64_t store_id;
	void *private_part;
} wasmtime_func_t;

typedef struct {
	struct {
		uint64_t store_id;
		uint32_t private_part;
	} first;
	uint32_t second;
} wasmtime_memory_t;

enum { WASMTIME_EXTERN_FUNC = 0, WASMTIME_EXTERN_MEMORY = 3 };

typedef struct {
	uint8_t kind;
	union {
		wasmtime_func_t func;
		wasmtime_memory_t memory;
		struct {
			uint64_t words[3]; /* no other member of the real union is longer */
		} largest;
	} of;
} wasmtime_extern_t;

typedef union {
	int32_t i32;
	int64_t i64;
	uint8_t v128[16];
} wasmtime_val_raw_t;

enum { WASM_I32 = 0, WASM_I64 = 1 };

typedef wasm_trap_t *(*wasmtime_func_unchecked_callback_t)(void *env, wasmtime_caller_t *caller,
							    wasmtime_val_raw_t *values, size_t count);

wasm_engine_t *wasm_engine_new(void);
wasmtime_store_t *wasmtime_store_new(wasm_engine_t *engine, void *data, void (*finalizer)(void *));
void wasmtime_store_delete(wasmtime_store_t *store);
wasmtime_context_t *wasmtime_store_context(wasmtime_store_t *store);
wasi_config_t *wasi_config_new(void);
wasmtime_error_t *wasmtime_context_set_wasi(wasmtime_context_t *context, wasi_config_t *wasi);
wasmtime_error_t *wasmtime_module_new(wasm_engine_t *engine, const uint8_t *bytes, size_t len,
				      wasmtime_module_t **module);
wasmtime_linker_t *wasmtime_linker_new(wasm_engine_t *engine);
wasmtime_error_t *wasmtime_linker_define_wasi(wasmtime_linker_t *linker);
/* As a type: see define() in wasm.c. */
typedef wasmtime_error_t *wasmtime_define_t(wasmtime_linker_t *linker, const char *module, size_t module_len,
					    const char *name, size_t name_len, const wasm_functype_t *type,
					    wasmtime_func_unchecked_callback_t callback, void *data,
					    void (*finalizer)(void *));
extern wasmtime_define_t wasmtime_linker_define_func_unchecked;
wasmtime_error_t *wasmtime_linker_instantiate(const wasmtime_linker_t *linker, wasmtime_context_t *context,
					      const wasmtime_module_t *module, wasmtime_instance_t *instance,
					      wasm_trap_t **trap);
bool wasmtime_instance_export_get(wasmtime_context_t *context, const wasmtime_instance_t *instance,
				  const char *name, size_t len, wasmtime_extern_t *found);
uint8_t *wasmtime_memory_data(const wasmtime_context_t *context, const wasmtime_memory_t *memory);
wasmtime_error_t *wasmtime_func_call_unchecked(wasmtime_context_t *context, const wasmtime_func_t *function,
					       wasmtime_val_raw_t *values, size_t count, wasm_trap_t **trap);
wasmtime_context_t *wasmtime_caller_context(wasmtime_caller_t *caller);
void wasmtime_error_message(const wasmtime_error_t *error, wasm_byte_vec_t *message);
void wasm_trap_message(const wasm_trap_t *trap, wasm_byte_vec_t *message);
wasm_valtype_t *wasm_valtype_new(uint8_t kind);
void wasm_valtype_vec_new(wasm_valtype_vec_t *types, size_t count, wasm_valtype_t *const *all);
wasm_functype_t *wasm_functype_new(wasm_valtype_vec_t *parameters, wasm_valtype_vec_t *results);

#endif
