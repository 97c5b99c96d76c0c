/* SPDX-License-Identifier: Apache-2.0
 *
 * load_module [--unprotected] [--maps] [--run] FILE...: loads each file and prints one line about it,
 * with --maps its pages, with --run what its entry points do. Status 0 if every file was either loaded
 * or refused with a reason, and the arena was as it must be after each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

#include "arena_audit.h"
#include "host_stubs.h"
#include "module.h"

#define HEAP_BYTES 0x10000
#define PACKETS 3

struct options {
	bool unprotected, maps, run;
};

static void *read_file(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");

	if (!file || fseek(file, 0, SEEK_END)) {
		perror(path);
		exit(2);
	}
	*len = (size_t)ftell(file);
	rewind(file);
	void *bytes = malloc(*len ? *len : 1); /* exactly as long as the file: a sanitizer sees each byte past it */

	if (!bytes || fread(bytes, 1, *len, file) != *len) {
		perror(path);
		exit(2);
	}
	fclose(file);
	return bytes;
}

static void map_or_exit(struct fp_arena *arena, uint64_t offset, size_t bytes)
{
	struct fp_error error;

	if (fp_arena_map(arena, offset, bytes, PROT_READ | PROT_WRITE, -1, 0, &error)) {
		fprintf(stderr, "%s\n", error.text);
		exit(2);
	}
}

static struct fp_batch *make_batch(struct fp_arena *arena)
{
	struct fp_batch *batch = (struct fp_batch *)(arena->base + FP_BATCH_OFFSET + FP_GUARD_ZONE);

	map_or_exit(arena, FP_BATCH_OFFSET + FP_GUARD_ZONE, sizeof(*batch));
	map_or_exit(arena, FP_PACKETS_OFFSET, PACKETS * FP_PACKET_BUFFER);
	batch->count = PACKETS;
	for (unsigned i = 0; i < PACKETS; i++) {
		uint8_t *data = arena->base + FP_PACKETS_OFFSET + i * FP_PACKET_BUFFER + FP_PACKET_HEADROOM;

		data[0] = (uint8_t)i;
		batch->packet[i] = (struct fp_packet){ .data = data, .len = 60 + i };
	}
	return batch;
}

static void run(struct fp_arena *arena, const struct fp_module *module)
{
	struct fp_batch *batch = make_batch(arena);
	struct fp_args args = { "text", 4, "instance" };

	map_or_exit(arena, FP_STACK_OFFSET, FP_STACK_SIZE);
	stub_set_stack(arena->base, FP_STACK_OFFSET, FP_STACK_OFFSET + FP_STACK_SIZE);
	if (module->init)
		printf("init %d\n", module->init(&args));
	module->process(batch);
	for (unsigned i = 0; i < PACKETS; i++)
		printf("packet %u gate %u len %u byte %u\n", i, batch->packet[i].gate, batch->packet[i].len,
		       batch->packet[i].data[0]);
	if (module->fini)
		module->fini();
}

static int print_range(const struct audit_range *range, void *context)
{
	(void)context;
	printf("map 0x%llx 0x%llx %c%c%c\n", (long long)range->start, (long long)range->end,
	       range->readable ? 'r' : '-', range->writable ? 'w' : '-', range->executable ? 'x' : '-');
	return 0;
}

static void print_loaded(const char *path, const struct fp_module *module)
{
	printf("%s: loaded %s mode %d lowering %s text 0x%llx 0x%llx image_end 0x%llx sha256 ", path, module->name,
	       module->mode, module->lowering, (unsigned long long)module->text_start,
	       (unsigned long long)module->text_end, (unsigned long long)module->image_end);
	for (unsigned i = 0; i < sizeof(module->build_id); i++)
		printf("%02x", module->build_id[i]);
	putchar('\n');
}

static int use_loaded(struct fp_arena *arena, struct fp_module *module, const char *path, const struct options *o)
{
	print_loaded(path, module);
	int status = audit_loaded(arena, module, stub_symbols());

	if (o->maps)
		audit_each_range(arena, print_range, NULL);
	if (o->run)
		run(arena, module);
	fp_module_unload(module);
	return status;
}

static int load_file(const char *path, const struct options *o)
{
	struct fp_arena arena;
	struct fp_module module;
	struct fp_error error;
	size_t len;
	void *bytes = read_file(path, &len);
	int status = 0;

	if (fp_arena_create(&arena, HEAP_BYTES, &error)) {
		fprintf(stderr, "%s\n", error.text);
		exit(2);
	}
	if (fp_module_load(&module, &arena, bytes, len, stub_symbols(), o->unprotected, &error))
		printf("%s: refused: %s\n", path, error.text);
	else
		status = use_loaded(&arena, &module, path, o);
	free(bytes);
	status |= audit_empty(&arena);
	fp_arena_destroy(&arena);
	return status;
}

static bool take_option(struct options *o, const char *word)
{
	o->unprotected |= !strcmp(word, "--unprotected");
	o->maps |= !strcmp(word, "--maps");
	o->run |= !strcmp(word, "--run");
	return !strncmp(word, "--", 2);
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	int i = 1, status = 0;

	while (i < argc && take_option(&options, argv[i]))
		i++;
	for (; i < argc; i++)
		status |= load_file(argv[i], &options);
	return status ? 1 : 0;
}
