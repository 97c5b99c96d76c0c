/* SPDX-License-Identifier: Apache-2.0
 *
 * Contenders of kind `ebpf`: control objects that carry an XDP program (control.h), run in the kernel by
 * BPF_PROG_TEST_RUN.
 *
 * The kernel repeats a program on one buffer, which stays as the program leaves it. So a pass is the program
 * run_pass, which puts the next frame into the buffer before it calls the NF, repeated as often as there are
 * packets, less the time of run_restore, which does the same and calls nothing.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>

#include "agreed.h"
#include "clock.h"
#include "contender.h"
#include "control.h"
#include "pool.h"

#define ROOM 4096 /* bytes of the buffer a packet comes back in */

typedef int init_function(const struct fp_args *args);
typedef const char *fill_function(find_table_function *find);

struct ebpf {
	void *control;
	struct bpf_object *object;
	int judge_packet, run_pass, run_restore, counters; /* file descriptors */
};

/* Whose tables find_table() finds, and their memory until the program is loaded. */
static struct {
	const struct contender *contender;
	uint8_t *start;
	size_t bytes;
} filling;

/* ---- Tables ------------------------------------------------------------------------------------ */

static struct bpf_map *find_globals(const struct ebpf *ebpf)
{
	struct bpf_map *map;

	bpf_object__for_each_map(map, ebpf->object) {
		const char *name = bpf_map__name(map), *dot = strrchr(name, '.');

		if (bpf_map__is_internal(map) && dot && strcmp(dot, ".bss") == 0)
			return map;
	}
	return NULL;
}

/* Where in .bss the program's global is, by its type information; NULL if there is none. */
static const struct btf_var_secinfo *find_global(const struct btf *btf, const char *name)
{
	int id = btf__find_by_name_kind(btf, ".bss", BTF_KIND_DATASEC);
	const struct btf_type *section = id < 0 ? NULL : btf__type_by_id(btf, (uint32_t)id);
	const struct btf_var_secinfo *at = section ? btf_var_secinfos(section) : NULL;

	for (int i = 0; section && i < btf_vlen(section); i++, at++)
		if (strcmp(btf__name_by_offset(btf, btf__type_by_id(btf, at->type)->name_off), name) == 0)
			return at;
	return NULL;
}

static void *find_table(const char *name, size_t size)
{
	const struct ebpf *ebpf = filling.contender->state;
	const struct btf_var_secinfo *found = find_global(bpf_object__btf(ebpf->object), name);

	if (!found || found->size != size || found->offset + size > filling.bytes)
		fail(filling.contender, "the XDP program has no %s of %zu bytes", name, size);
	return filling.start + found->offset;
}

static void fill_frames(const struct job *job)
{
	struct bench_frame *frames = find_table("frames", FRAMES * sizeof(*frames));

	for (uint32_t i = 0; i < job->traffic.count && i < FRAMES; i++)
		memcpy(&frames[i], job->traffic.frame[i],
		       job->traffic.len[i] < sizeof(*frames) ? job->traffic.len[i] : sizeof(*frames));
}

static void fill(const struct contender *contender, const struct ebpf *ebpf)
{
	fill_function *fill_tables = (fill_function *)dlsym(ebpf->control, "fill_tables");
	struct bpf_map *globals = find_globals(ebpf);
	const char *reason;

	if (!fill_tables || !globals)
		fail(contender, "%s has no fill_tables() or no tables", contender->path);
	filling.contender = contender;
	filling.bytes = bpf_map__value_size(globals);
	filling.start = calloc(1, filling.bytes);
	if (!filling.start)
		fail(contender, "no memory for tables of %zu bytes", filling.bytes);
	reason = fill_tables(find_table);
	if (reason)
		fail(contender, "%s", reason);
	fill_frames(contender->job);
	*(uint64_t *)find_table("passed", sizeof(uint64_t)) = contender->job->traffic.count;
	if (bpf_map__set_initial_value(globals, filling.start, filling.bytes) < 0)
		fail(contender, "libbpf does not take the tables: %s", strerror(errno));
	free(filling.start);
}

/* ---- Start ------------------------------------------------------------------------------------- */

static int find_program(const struct contender *contender, const char *name)
{
	const struct ebpf *ebpf = contender->state;
	const struct bpf_program *program = bpf_object__find_program_by_name(ebpf->object, name);

	if (!program)
		fail(contender, "the XDP object has no program %s", name);
	return bpf_program__fd(program);
}

static void load_object(struct contender *contender)
{
	struct ebpf *ebpf = contender->state;
	const uint8_t *start = dlsym(ebpf->control, "xdp_object"), *end = dlsym(ebpf->control, "xdp_object_end");

	if (!start || !end)
		fail(contender, "%s carries no XDP object", contender->path);
	ebpf->object = bpf_object__open_mem(start, (size_t)(end - start), NULL);
	if (!ebpf->object)
		fail(contender, "libbpf cannot read the XDP object: %s", strerror(errno));
	fill(contender, ebpf);
	if (bpf_object__load(ebpf->object) < 0)
		fail(contender, "the kernel does not load the XDP programs: %s", strerror(errno));
	ebpf->judge_packet = find_program(contender, "judge_packet");
	ebpf->run_pass = find_program(contender, "run_pass");
	ebpf->run_restore = find_program(contender, "run_restore");
	ebpf->counters = bpf_object__find_map_fd_by_name(ebpf->object, "counters");
}

static void open_ebpf(struct contender *contender)
{
	struct ebpf *ebpf = calloc(1, sizeof(*ebpf));
	init_function *init;

	if (!ebpf)
		fail(contender, "no memory");
	contender->state = ebpf;
	ebpf->control = dlopen(contender->path, RTLD_NOW | RTLD_LOCAL);
	if (!ebpf->control)
		fail(contender, "%s", dlerror());
	init = (init_function *)dlsym(ebpf->control, "init");
	if (init && init(&contender->job->args))
		fail(contender, "init() refused to start");
	load_object(contender);
}

/* ---- Runs -------------------------------------------------------------------------------------- */

struct test_buffer {
	struct arrival arrival;
	uint8_t frame[FP_FRAME_MAX];
};

static void run_test(const struct contender *contender, int program, struct bpf_test_run_opts *options)
{
	if (bpf_prog_test_run_opts(program, options) < 0)
		fail(contender, "BPF_PROG_TEST_RUN: %s", strerror(errno));
}

static uint16_t gate_of(const struct contender *contender, uint32_t verdict, uint32_t packet)
{
	const uint32_t action = verdict & ((1u << GATE_SHIFT) - 1);

	if (action == XDP_DROP)
		return FP_DROP;
	if (action != XDP_PASS)
		fail(contender, "packet %u: the XDP program ended with %u", packet, verdict);
	return (uint16_t)(verdict >> GATE_SHIFT);
}

static struct outcome judge_packet(const struct contender *contender, uint32_t number)
{
	const struct fp_traffic *traffic = &contender->job->traffic;
	const struct ebpf *ebpf = contender->state;
	struct test_buffer in = { .arrival = { fp_traffic_time(number) } };
	uint8_t out[ROOM];
	struct xdp_md context = { .data = sizeof(in.arrival),
				  .data_end = (uint32_t)sizeof(in.arrival) + traffic->len[number] };
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = &in, .data_size_in = context.data_end, .data_out = out,
		    .data_size_out = sizeof(out), .ctx_in = &context, .ctx_size_in = sizeof(context), .repeat = 1);

	memcpy(in.frame, traffic->frame[number], traffic->len[number]);
	run_test(contender, ebpf->judge_packet, &options);
	return outcome_of(out + sizeof(in.arrival), options.data_size_out - (uint32_t)sizeof(in.arrival),
			  gate_of(contender, options.retval, number));
}

static void read_counters(struct contender *contender)
{
	const struct ebpf *ebpf = contender->state;
	const int processors = libbpf_num_possible_cpus();
	uint64_t *values = calloc(processors > 0 ? (size_t)processors : 1, sizeof(*values));

	for (uint32_t i = 0; i < contender->counters.count; i++) {
		if (!values || bpf_map_lookup_elem(ebpf->counters, &i, values) < 0)
			fail(contender, "counter %u: %s", i, strerror(errno));
		contender->counters.value[i] = 0;
		for (int k = 0; k < processors; k++)
			contender->counters.value[i] += values[k];
	}
	free(values);
}

static void rehearse_ebpf(struct contender *contender, struct outcome *outcomes)
{
	for (uint32_t i = 0; i < contender->job->traffic.count; i++)
		outcomes[i] = judge_packet(contender, i);
	read_counters(contender);
}

static uint64_t time_program(const struct contender *contender, int program, uint32_t repeat)
{
	struct test_buffer in = { .arrival = { 0 } };
	struct xdp_md context = { .data = sizeof(in.arrival), .data_end = sizeof(in.arrival) + sizeof(struct bench_frame) };
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = &in, .data_size_in = context.data_end, .ctx_in = &context,
		    .ctx_size_in = sizeof(context), .repeat = (int)repeat);
	uint64_t start = fp_clock_processor_ns(), ns;

	run_test(contender, program, &options);
	ns = fp_clock_processor_ns() - start;
	if ((options.retval & ((1u << GATE_SHIFT) - 1)) == XDP_ABORTED)
		fail(contender, "the XDP program found no room for a frame");
	return ns;
}

static void check_pass(const struct contender *contender)
{
	const struct fp_traffic *traffic = &contender->job->traffic;

	if (traffic->count != FRAMES)
		fail(contender, "%u packets instead of %d", traffic->count, FRAMES);
	for (uint32_t i = 0; i < traffic->count; i++)
		if (traffic->len[i] != sizeof(struct bench_frame))
			fail(contender, "packet %u is %u bytes long; measured are %zu", i, traffic->len[i],
			     sizeof(struct bench_frame));
	if (fp_traffic_time(1) != FIRST_ARRIVAL + GAP_NS)
		fail(contender, "fphost's packets arrive at other times");
}

static uint64_t measure_ebpf(struct contender *contender, uint32_t passes)
{
	const struct ebpf *ebpf = contender->state;
	const uint32_t packets = passes * contender->job->traffic.count;
	uint64_t whole, restoring;

	check_pass(contender);
	whole = time_program(contender, ebpf->run_pass, packets);
	restoring = time_program(contender, ebpf->run_restore, packets);
	return whole > restoring ? whole - restoring : 1;
}

static void close_ebpf(struct contender *contender)
{
	struct ebpf *ebpf = contender->state;

	bpf_object__close(ebpf->object);
	dlclose(ebpf->control);
	free(ebpf);
}

static struct contender_kind kind = { "ebpf", NULL, open_ebpf, rehearse_ebpf, measure_ebpf, close_ebpf };

__attribute__((constructor)) static void register_ebpf(void)
{
	register_kind(&kind);
}
