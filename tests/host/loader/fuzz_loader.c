/* SPDX-License-Identifier: Apache-2.0
 *
 * fuzz_loader FILE FIRST COUNT: loads mutants FIRST .. FIRST + COUNT - 1 of a good module, never calls
 * them, audits the arena after each, and prints how many were loaded and refused. Meant to be built
 * with sanitizers. `fuzz_loader FILE SEED 1` repeats one mutant. With FASTPAAS_DEBUG=1 the damage is to
 * what debuggers are shown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena_audit.h"
#include "host_stubs.h"
#include "module.h"
#include "mutate.h"

struct tally {
	unsigned loaded, refused;
};

static uint8_t *read_file(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");

	if (!file || fseek(file, 0, SEEK_END))
		return NULL;
	*len = (size_t)ftell(file);
	rewind(file);
	uint8_t *bytes = malloc(*len + 1);

	if (bytes && fread(bytes, 1, *len, file) != *len)
		*len = 0;
	fclose(file);
	return bytes;
}

static int use_loaded(struct fp_arena *arena, struct fp_module *module)
{
	int status = audit_loaded(arena, module, stub_symbols());

	fp_module_unload(module);
	return status;
}

/* 0 if the mutant was loaded or refused and the arena is as it must be. */
static int try_mutant(const struct mutate_original *original, struct fp_arena *arena, uint64_t seed,
		      struct tally *tally)
{
	struct fp_module module;
	struct fp_error error = { "" };
	size_t len;
	uint8_t *bytes = mutate(original, seed, &len);
	int status;

	if (!bytes)
		return -1;
	if (fp_module_load(&module, arena, bytes, len, stub_symbols(), seed % 2, &error)) {
		tally->refused++;
		status = error.text[0] ? 0 : -1;
	} else {
		tally->loaded++;
		status = use_loaded(arena, &module);
	}
	free(bytes);
	return status | audit_empty(arena);
}

static int try_mutants(const struct mutate_original *original, uint64_t first, uint64_t count)
{
	struct fp_arena arena;
	struct fp_error error;
	struct tally tally = { 0 };

	if (fp_arena_create(&arena, 0, &error))
		return fprintf(stderr, "%s\n", error.text), 2;
	for (uint64_t seed = first; seed < first + count; seed++) {
		if (try_mutant(original, &arena, seed, &tally))
			return fprintf(stderr, "mutant %llu: see above\n", (unsigned long long)seed), 1;
	}
	fp_arena_destroy(&arena);
	printf("loaded %u refused %u\n", tally.loaded, tally.refused);
	return 0;
}

int main(int argc, char **argv)
{
	struct mutate_original original;
	size_t len;

	if (argc != 4)
		return fprintf(stderr, "usage: fuzz_loader FILE FIRST COUNT\n"), 2;
	uint8_t *bytes = read_file(argv[1], &len);

	if (!bytes || mutate_open(&original, bytes, len, getenv("FASTPAAS_DEBUG")))
		return fprintf(stderr, "%s: cannot be read, or has no section headers\n", argv[1]), 2;
	int status = try_mutants(&original, strtoull(argv[2], NULL, 0), strtoull(argv[3], NULL, 0));

	free(bytes);
	return status;
}
