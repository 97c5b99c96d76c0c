/* SPDX-License-Identifier: Apache-2.0 */
#include "instance.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

#include "symbols.h"

#define READ_WRITE (PROT_READ | PROT_WRITE)
/* A batch starts so that its descriptors, which follow an 8-byte head, never straddle cache lines. */
#define BATCH_START (FP_BATCH_OFFSET + FP_GUARD_ZONE + 64 - offsetof(struct fp_batch, packet))
#define BATCH_PLACES 4
#define BATCH_STEP 512 /* the last place still ends within its page */
#define BATCH_PAGES 16
#define ARGS_MAX (FP_ARGS_LIMIT - FP_ARGS_OFFSET)

/* The stack fills the top of its slot; what is below stays unmapped and catches overflows. */
static int map_stack(struct fp_instance *instance, struct fp_error *error)
{
	uint64_t low = FP_STACK_OFFSET + FP_STACK_SLOT - FP_STACK_SIZE;

	if (fp_arena_map(&instance->arena, low, FP_STACK_SIZE, READ_WRITE, -1, 0, error) < 0)
		return -1;
	instance->stack_low = instance->arena.base + low;
	instance->stack_top = instance->arena.base + low + FP_STACK_SIZE;
	return 0;
}

/* Arenas are alike: batches at the same place in each would drive one another out of the processor's cache. Not only those
 * in the same set: to find the way, AMD's processors compare a hash of the address, which knows nothing of the bits that
 * tell arenas apart (Lipp et al., "Take a way", 2020). */
static int map_batch(struct fp_instance *instance, struct fp_error *error)
{
	unsigned number = instance->arena.number;
	uint64_t start = BATCH_START + number % BATCH_PLACES * BATCH_STEP + number % BATCH_PAGES * FP_PAGE;

	if (fp_arena_map(&instance->arena, start, sizeof(struct fp_batch), READ_WRITE, -1, 0, error) < 0)
		return -1;
	instance->batch = (struct fp_batch *)(instance->arena.base + start);
	return 0;
}

struct packet_mapping {
	struct fp_arena *arena;
	int fd;
};

static int map_group(void *more, size_t offset, size_t in_object, size_t bytes, struct fp_error *error)
{
	const struct packet_mapping *mapping = more;

	return fp_arena_map(mapping->arena, FP_PACKETS_OFFSET + offset, bytes, READ_WRITE, mapping->fd, in_object, error);
}

static int map_packets(struct fp_instance *instance, const struct fp_pool *pool, struct fp_error *error)
{
	struct packet_mapping mapping = {.arena = &instance->arena, .fd = pool->fd};

	if (fp_pool_map(pool, map_group, &mapping, error) < 0)
		return -1;
	instance->packets = (intptr_t)instance->arena.base + FP_PACKETS_OFFSET - (intptr_t)pool->base;
	return 0;
}

/* struct fp_args, the argument file, a NUL, the instance's name, a NUL. */
static void write_args(struct fp_instance *instance)
{
	const struct fp_instance_plan *plan = instance->plan;
	char *text = (char *)(instance->args + 1);
	char *name = text + plan->args.len + 1;

	instance->args->text = text;
	instance->args->len = plan->args.len;
	instance->args->name = name;
	if (plan->args.len > 0)
		memcpy(text, plan->args.bytes, plan->args.len);
	strcpy(name, plan->name);
}

static int map_args(struct fp_instance *instance, struct fp_error *error)
{
	const struct fp_instance_plan *plan = instance->plan;
	size_t bytes = sizeof(struct fp_args) + plan->args.len + 1 + strlen(plan->name) + 1;

	if (plan->args.len > ARGS_MAX - sizeof(struct fp_args) - FP_INSTANCE_NAME - 1)
		return fp_fail(error, "the argument file has %zu bytes; an instance has room for about %u MiB",
			       plan->args.len, ARGS_MAX >> 20);
	if (fp_arena_map(&instance->arena, FP_ARGS_OFFSET, bytes, READ_WRITE, -1, 0, error) < 0)
		return -1;
	instance->args = (struct fp_args *)(instance->arena.base + FP_ARGS_OFFSET);
	write_args(instance);
	if (mprotect(instance->args, bytes, PROT_READ) < 0)
		return fp_fail(error, "cannot seal the argument file: %s", strerror(errno));
	return 0;
}

/* The last address of each may be one past the end, as C has it: nothing is mapped there. */
static int set_bounds(struct fp_instance *instance, struct fp_error *error)
{
	uint64_t base = (uint64_t)instance->arena.base;
	struct fp_error reason;

	if (!instance->module.uses_bounds)
		return 0;
	if (fp_mpx_prepare(&reason) < 0)
		return fp_fail(error, "lowering mpx cannot run here: %s, and without it the module's checks would do "
				      "nothing; build it with --lowering=segment or compare",
			       reason.text);
	fp_mpx_set(&instance->bounds, FP_BOUNDS_PACKETS, 1, 0);
	fp_mpx_set(&instance->bounds, FP_BOUNDS_OBJECTS, base + FP_IMAGE_OFFSET, base + FP_HEAP_LIMIT);
	fp_mpx_set(&instance->bounds, FP_BOUNDS_STACK, (uint64_t)instance->stack_low, (uint64_t)instance->stack_top);
	fp_mpx_set(&instance->bounds, FP_BOUNDS_ARENA, base, base + FP_ARENA_REACH);
	return instance->module.mode == FP_MODE_POINTER ?
		       fp_mpx_tables_create(&instance->tables, &instance->arena, error) :
		       0;
}

static int load(struct fp_instance *instance, struct fp_error *error)
{
	const struct fp_instance_plan *plan = instance->plan;
	struct fp_symbols symbols = fp_host_symbols();

	if (fp_module_load(&instance->module, &instance->arena, plan->module.bytes, plan->module.len, &symbols,
			   plan->allow_unprotected, error) < 0)
		return -1;
	instance->loaded = true;
	return 0;
}

int fp_instance_create(struct fp_instance *instance, const struct fp_instance_plan *plan, const struct fp_pool *pool,
		       struct fp_error *error)
{
	instance->plan = plan;
	if (fp_arena_create(&instance->arena, plan->heap_bytes, error) < 0)
		return -1;
	if (load(instance, error) == 0 && map_stack(instance, error) == 0 && map_batch(instance, error) == 0 &&
	    map_args(instance, error) == 0 && map_packets(instance, pool, error) == 0 &&
	    set_bounds(instance, error) == 0)
		return 0;
	fp_instance_destroy(instance);
	return -1;
}

void fp_instance_destroy(struct fp_instance *instance)
{
	if (instance->loaded)
		fp_module_unload(&instance->module);
	instance->loaded = false;
	fp_mpx_tables_destroy(&instance->tables);
	if (instance->arena.base)
		fp_arena_destroy(&instance->arena);
	instance->arena.base = NULL;
}
