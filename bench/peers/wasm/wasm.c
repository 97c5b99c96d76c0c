/* SPDX-License-Identifier: Apache-2.0
 *
 * Contenders of kind `wasm`: modules with the exports of instance.c, run by wasmtime. Packets and their
 * descriptors live in the instance's memory; the loop over the batches is the instance's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "contender.h"
#include "error.h"
#include "file.h"
#include "flow.h"
#include "pool.h"
#include "wasmtime_api.h"

/* struct fp_packet and fp_batch as a module for wasm32 sees them. */
struct wasm_packet {
	uint32_t data, len;
	uint16_t gate, port;
	uint32_t padding;
	uint64_t timestamp;
	uint32_t flow, room;
};

struct wasm_batch {
	uint32_t count, reserved;
	struct wasm_packet packet[FP_BATCH_MAX];
};

struct wasm {
	const struct contender *contender;
	wasmtime_store_t *store;
	wasmtime_context_t *context;
	wasmtime_instance_t instance;
	wasmtime_memory_t memory;
	wasmtime_func_t run;
	uint32_t batches, buffers; /* where in its memory */
	uint32_t *flows;
};

/* ---- Errors ------------------------------------------------------------------------------------ */

static void check(const struct wasm *wasm, const wasmtime_error_t *error, const wasm_trap_t *trap)
{
	wasm_byte_vec_t message;

	if (!error && !trap)
		return;
	if (error)
		wasmtime_error_message(error, &message);
	else
		wasm_trap_message(trap, &message);
	fail(wasm->contender, "%.*s", (int)message.size, message.data);
}

static wasmtime_extern_t find_export(struct wasm *wasm, const char *name, uint8_t kind)
{
	wasmtime_extern_t found;

	if (!wasmtime_instance_export_get(wasm->context, &wasm->instance, name, strlen(name), &found) ||
	    found.kind != kind)
		fail(wasm->contender, "the module exports no %s", name);
	return found;
}

/* ---- Calls ------------------------------------------------------------------------------------- */

static uint32_t call(struct wasm *wasm, const wasmtime_func_t *function, uint32_t a, uint32_t b)
{
	wasmtime_val_raw_t values[2] = { { .i32 = (int32_t)a }, { .i32 = (int32_t)b } };
	wasm_trap_t *trap = NULL;

	check(wasm, wasmtime_func_call_unchecked(wasm->context, function, values, 2, &trap), trap);
	return (uint32_t)values[0].i32;
}

static uint32_t call_export(struct wasm *wasm, const char *name, uint32_t a, uint32_t b)
{
	wasmtime_extern_t found = find_export(wasm, name, WASMTIME_EXTERN_FUNC);

	return call(wasm, &found.of.func, a, b);
}

static uint8_t *at(const struct wasm *wasm, uint32_t offset)
{
	return wasmtime_memory_data(wasm->context, &wasm->memory) + offset;
}

static uint32_t allocate(struct wasm *wasm, size_t bytes)
{
	uint32_t offset = call_export(wasm, "peer_allocate", (uint32_t)bytes, 0);

	if (!offset)
		fail(wasm->contender, "no memory in the instance for %zu bytes", bytes);
	return offset;
}

/* ---- The host API ------------------------------------------------------------------------------ */

static wasm_trap_t *log_text(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values, size_t count)
{
	(void)caller, (void)count;
	fp_log(values[0].i32, (const char *)at(env, (uint32_t)values[1].i32), (size_t)values[2].i32);
	return NULL;
}

static wasm_trap_t *tell_time(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values, size_t count)
{
	(void)env, (void)caller, (void)count;
	values[0].i64 = (int64_t)fp_now();
	return NULL;
}

static wasm_trap_t *open_counter(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values, size_t count)
{
	(void)caller, (void)count;
	values[0].i32 = fp_counter((const char *)at(env, (uint32_t)values[0].i32));
	return NULL;
}

static wasm_trap_t *add_count(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values, size_t count)
{
	(void)env, (void)caller, (void)count;
	fp_count(values[0].i32, (uint64_t)values[1].i64);
	return NULL;
}

static const struct import {
	const char *name;
	wasmtime_func_unchecked_callback_t function;
	const char *parameters, *results; /* a letter each: i is i32, l is i64 */
} imports[] = {
	{ "fp_log", log_text, "iii", "" },
	{ "fp_now", tell_time, "", "l" },
	{ "fp_counter", open_counter, "i", "i" },
	{ "fp_count", add_count, "il", "" },
};

static void make_types(wasm_valtype_vec_t *types, const char *letters)
{
	wasm_valtype_t *all[3];
	size_t count = strlen(letters);

	for (size_t i = 0; i < count; i++)
		all[i] = wasm_valtype_new(letters[i] == 'i' ? WASM_I32 : WASM_I64);
	wasm_valtype_vec_new(types, count, all);
}

static void define(struct wasm *wasm, wasmtime_linker_t *linker, const struct import *import)
{
	static const char module[] = "fastpaas";
	wasm_valtype_vec_t parameters, results;
	wasm_functype_t *type;

	make_types(&parameters, import->parameters);
	make_types(&results, import->results);
	type = wasm_functype_new(&parameters, &results);
	check(wasm, wasmtime_linker_define_func_unchecked(linker, module, strlen(module), import->name,
							  strlen(import->name), type, import->function, wasm, NULL),
	      NULL);
}

/* ---- Start ------------------------------------------------------------------------------------- */

static wasmtime_module_t *load_module(struct wasm *wasm, wasm_engine_t *engine)
{
	struct fp_error error;
	struct fp_file file;
	wasmtime_module_t *module;

	if (fp_file_read(&file, wasm->contender->path, &error) < 0)
		fail(wasm->contender, "%s", error.text);
	check(wasm, wasmtime_module_new(engine, file.bytes, file.len, &module), NULL);
	free(file.bytes);
	return module;
}

static void instantiate(struct wasm *wasm)
{
	wasm_engine_t *engine = wasm_engine_new();
	wasmtime_linker_t *linker = wasmtime_linker_new(engine);
	wasm_trap_t *trap = NULL;

	wasm->store = wasmtime_store_new(engine, NULL, NULL);
	wasm->context = wasmtime_store_context(wasm->store);
	check(wasm, wasmtime_linker_define_wasi(linker), NULL);
	check(wasm, wasmtime_context_set_wasi(wasm->context, wasi_config_new()), NULL);
	for (size_t i = 0; i < sizeof(imports) / sizeof(imports[0]); i++)
		define(wasm, linker, &imports[i]);
	check(wasm,
	      wasmtime_linker_instantiate(linker, wasm->context, load_module(wasm, engine), &wasm->instance, &trap),
	      trap);
	wasm->memory = find_export(wasm, "memory", WASMTIME_EXTERN_MEMORY).of.memory;
	wasm->run = find_export(wasm, "peer_run", WASMTIME_EXTERN_FUNC).of.func;
	call_export(wasm, "_initialize", 0, 0);
}

static void lay_out(struct wasm *wasm, const struct job *job)
{
	uint32_t text = allocate(wasm, job->args.len + 1);

	memcpy(at(wasm, text), job->args.text, job->args.len + 1);
	if (call_export(wasm, "peer_init", text, (uint32_t)job->args.len))
		fail(wasm->contender, "init() refused to start");
	wasm->batches = allocate(wasm, job->traffic.count / job->batch * sizeof(struct wasm_batch));
	wasm->buffers = allocate(wasm, (size_t)job->traffic.count * FP_PACKET_BUFFER);
	for (uint32_t i = 0; i < job->traffic.count; i++)
		wasm->flows[i] = fp_flow_hash(job->traffic.frame[i], job->traffic.len[i]);
}

static void open_wasm(struct contender *contender)
{
	struct wasm *wasm = calloc(1, sizeof(*wasm));

	if (wasm)
		wasm->flows = calloc(contender->job->traffic.count, sizeof(*wasm->flows));
	if (!wasm || !wasm->flows)
		fail(contender, "no memory");
	wasm->contender = contender;
	contender->state = wasm;
	instantiate(wasm);
	lay_out(wasm, contender->job);
}

/* ---- Passes ------------------------------------------------------------------------------------ */

static struct wasm_packet *packet_at(const struct wasm *wasm, uint32_t number)
{
	const uint32_t batch = wasm->contender->job->batch;
	struct wasm_batch *batches = (struct wasm_batch *)at(wasm, wasm->batches);

	batches[number / batch].count = batch;
	return &batches[number / batch].packet[number % batch];
}

static void restore(struct contender *contender)
{
	const struct wasm *wasm = contender->state;
	const struct fp_traffic *traffic = &contender->job->traffic;
	uint64_t first = contender->passes++ * traffic->count;

	for (uint32_t i = 0; i < traffic->count; i++) {
		struct wasm_packet *packet = packet_at(wasm, i);

		*packet = (struct wasm_packet){
			.data = wasm->buffers + i * FP_PACKET_BUFFER + FP_PACKET_HEADROOM,
			.len = traffic->len[i],
			.timestamp = fp_traffic_time(first + i),
			.flow = wasm->flows[i],
			.room = FP_FRAME_MAX,
		};
		memcpy(at(wasm, packet->data), traffic->frame[i], packet->len);
	}
}

static uint64_t run_pass(struct contender *contender)
{
	struct wasm *wasm = contender->state;
	uint64_t start;

	restore(contender);
	start = fp_clock_processor_ns();
	call(wasm, &wasm->run, wasm->batches, contender->job->traffic.count / contender->job->batch);
	return fp_clock_processor_ns() - start;
}

static void rehearse_wasm(struct contender *contender, struct outcome *outcomes)
{
	const struct wasm *wasm = contender->state;

	run_pass(contender);
	for (uint32_t i = 0; i < contender->job->traffic.count; i++) {
		const struct wasm_packet *packet = packet_at(wasm, i);

		outcomes[i] = outcome_of(at(wasm, packet->data), packet->len, packet->gate);
	}
}

static uint64_t measure_wasm(struct contender *contender, uint32_t passes)
{
	uint64_t ns = 0;

	for (uint32_t i = 0; i < passes; i++)
		ns += run_pass(contender);
	return ns;
}

static void close_wasm(struct contender *contender)
{
	struct wasm *wasm = contender->state;

	wasmtime_store_delete(wasm->store);
	free(wasm->flows);
	free(wasm);
}

static struct contender_kind kind = { "wasm", NULL, open_wasm, rehearse_wasm, measure_wasm, close_wasm };

__attribute__((constructor)) static void register_wasm(void)
{
	register_kind(&kind);
}
