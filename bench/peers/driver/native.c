/* SPDX-License-Identifier: Apache-2.0
 *
 * Contenders of kind `native`: shared objects with the entry points of fastpaas/nf.h, called as they are.
 * Those of kind `native-hot` are measured as an XDP program has to be (ebpf.c): each batch's frames are copied
 * into the same few buffers right before process(), and the time of the copying alone is taken off.
 */
#include <dlfcn.h>
#include <stdlib.h>

#include "clock.h"
#include "packets.h"

typedef int init_function(const struct fp_args *args);
typedef void process_function(struct fp_batch *batch);
typedef void fini_function(void);

struct native {
	void *object;
	process_function *process;
	struct fp_batch *batches;
};

static void open_native(struct contender *contender)
{
	struct native *native = calloc(1, sizeof(*native));
	init_function *init;

	if (!native)
		fail(contender, "no memory");
	native->object = dlopen(contender->path, RTLD_NOW | RTLD_LOCAL);
	if (!native->object)
		fail(contender, "%s", dlerror());
	native->process = (process_function *)dlsym(native->object, "process");
	init = (init_function *)dlsym(native->object, "init");
	if (!native->process)
		fail(contender, "%s has no process()", contender->path);
	if (init && init(&contender->job->args))
		fail(contender, "init() refused to start");
	native->batches = shared_batches(contender->job);
	contender->state = native;
}

static void run_pass(const struct native *native, const struct job *job)
{
	const uint32_t batches = job->traffic.count / job->batch;

	for (uint32_t i = 0; i < batches; i++)
		native->process(&native->batches[i]);
}

static void rehearse_native(struct contender *contender, struct outcome *outcomes)
{
	const struct native *native = contender->state;

	restore_packets(contender, native->batches);
	run_pass(native, contender->job);
	judge_packets(contender->job, native->batches, outcomes);
}

static uint64_t measure_native(struct contender *contender, uint32_t passes)
{
	const struct native *native = contender->state;
	uint64_t ns = 0;

	for (uint32_t i = 0; i < passes; i++) {
		uint64_t start;

		restore_packets(contender, native->batches);
		start = fp_clock_processor_ns();
		run_pass(native, contender->job);
		ns += fp_clock_processor_ns() - start;
	}
	return ns;
}

static void close_native(struct contender *contender)
{
	struct native *native = contender->state;
	fini_function *fini = (fini_function *)dlsym(native->object, "fini");

	if (fini)
		fini();
	dlclose(native->object);
	free(native);
}

/* ---- Hot packets ------------------------------------------------------------------------------- */

static void do_nothing(struct fp_batch *batch)
{
	__asm__ volatile("" ::"r"(batch) : "memory");
}

static uint64_t time_hot_pass(const struct contender *contender, process_function *function, uint64_t first)
{
	const struct native *native = contender->state;
	const struct job *job = contender->job;
	uint64_t start = fp_clock_processor_ns();

	for (uint32_t i = 0; i < job->traffic.count; i += job->batch) {
		restore_batch(job, native->batches, i, first + i);
		function(native->batches);
	}
	return fp_clock_processor_ns() - start;
}

static uint64_t measure_hot(struct contender *contender, uint32_t passes)
{
	const struct native *native = contender->state;
	uint64_t whole = 0, restoring = 0;

	for (uint32_t i = 0; i < passes; i++) {
		uint64_t first = contender->passes++ * contender->job->traffic.count;

		whole += time_hot_pass(contender, native->process, first);
		restoring += time_hot_pass(contender, do_nothing, first);
	}
	return whole > restoring ? whole - restoring : 1;
}

static struct contender_kind kind = { "native", NULL, open_native, rehearse_native, measure_native, close_native };
static struct contender_kind hot = { "native-hot", NULL, open_native, rehearse_native, measure_hot, close_native };

__attribute__((constructor)) static void register_native(void)
{
	register_kind(&kind);
	register_kind(&hot);
}
