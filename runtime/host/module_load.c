/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the loader: validate everything, then copy, relocate and seal. No page is ever writable
 * and executable, and none of the caller's bytes is mapped: what was checked is what runs.
 */
#include "module.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

#include "debug_register.h"
#include "elf_file.h"
#include "manifest.h"
#include "module_digest.h"

#define TRAP_BYTE 0xcc /* int3 */

static int check_mode(const struct fp_manifest *manifest, bool allow_unprotected, struct fp_error *error)
{
	if (manifest->mode == FP_MODE_NONE && !allow_unprotected)
		return fp_fail(error, "module `%s` has mode none: it could write anywhere in this process; "
				      "build it with --mode=wonly or rw, or allow unprotected modules",
			       manifest->name);
	return 0;
}

static int validate(struct fp_elf *elf, const struct fp_manifest *manifest, const struct fp_symbols *symbols,
		    struct fp_error *error)
{
	if (fp_elf_read_dynamic(elf, error))
		return -1;
	if (fp_elf_resolve_symbols(elf, symbols, manifest, error))
		return -1;
	return fp_elf_check_relocations(elf, error);
}

/* Bytes of the text's pages that the file does not give trap, instead of running as zeros would. */
static int copy_segment(struct fp_arena *arena, const struct fp_elf *elf, const struct fp_load *load,
			struct fp_error *error)
{
	uint64_t start = load->memory.start & -(uint64_t)FP_PAGE;
	uint64_t end = (load->memory.start + load->memory.size + FP_PAGE - 1) & -(uint64_t)FP_PAGE;
	uint64_t offset = start + (uint64_t)(arena->image_base - arena->base);

	if (fp_arena_map(arena, offset, end - start, PROT_READ | PROT_WRITE, -1, 0, error))
		return -1;
	if (load->prot & PROT_EXEC)
		memset(arena->image_base + start, TRAP_BYTE, end - start);
	memcpy(arena->image_base + load->memory.start, elf->bytes + load->file.start, load->file.size);
	return 0;
}

static int protect(struct fp_arena *arena, const struct fp_span *span, int prot, struct fp_error *error)
{
	uint64_t start = span->start & -(uint64_t)FP_PAGE;

	if (mprotect(arena->image_base + start, span->start + span->size - start, prot) == 0)
		return 0;
	return fp_fail(error, "cannot protect the image at 0x%" PRIx64 ": %s", span->start, strerror(errno));
}

static int seal(struct fp_arena *arena, const struct fp_elf *elf, struct fp_error *error)
{
	for (unsigned i = 0; i < elf->load_count; i++) {
		if (protect(arena, &elf->load[i].memory, elf->load[i].prot, error))
			return -1;
	}
	return elf->relro.size ? protect(arena, &elf->relro, PROT_READ, error) : 0;
}

static int build_image(struct fp_arena *arena, const struct fp_elf *elf, struct fp_error *error)
{
	for (unsigned i = 0; i < elf->load_count; i++) {
		if (copy_segment(arena, elf, &elf->load[i], error))
			return -1;
	}
	fp_elf_apply_relocations(elf, arena->image_base);
	return seal(arena, elf, error);
}

/* Giving pages back can only fail for want of kernel memory; the arena's owner still unmaps all. */
static void clear_image(uint8_t *base, uint64_t image_end)
{
	mmap(base + FP_IMAGE_OFFSET, image_end - FP_IMAGE_OFFSET, PROT_NONE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
}

static uintptr_t entry_address(const struct fp_elf *elf, const struct fp_arena *arena, enum fp_entry entry)
{
	return elf->entry[entry] ? (uintptr_t)arena->image_base + elf->entry[entry] : 0;
}

static void describe(struct fp_module *module, const struct fp_arena *arena, const struct fp_elf *elf,
		     const struct fp_manifest *manifest)
{
	*module = (struct fp_module){
		.mode = manifest->mode,
		.base = arena->image_base,
		.text_start = elf->text->memory.start,
		.text_end = elf->text->memory.start + elf->text->memory.size,
		.image_end = elf->image_end,
		.init = (int (*)(const struct fp_args *))entry_address(elf, arena, FP_ENTRY_INIT),
		.process = (void (*)(struct fp_batch *))entry_address(elf, arena, FP_ENTRY_PROCESS),
		.fini = (void (*)(void))entry_address(elf, arena, FP_ENTRY_FINI),
	};
	memcpy(module->name, manifest->name, sizeof(module->name));
	memcpy(module->lowering, manifest->lowering, sizeof(module->lowering));
	module->uses_segment = manifest->uses_segment;
	module->uses_bounds = manifest->uses_bounds;
	fp_module_digest(elf->bytes, elf->len, module->build_id);
}

static int load(struct fp_module *module, struct fp_arena *arena, struct fp_elf *elf,
		const struct fp_manifest *manifest, struct fp_error *error)
{
	fp_arena_place_image(arena, elf->align);
	if (build_image(arena, elf, error)) {
		clear_image(arena->image_base, elf->image_end);
		return -1;
	}
	describe(module, arena, elf, manifest);
	module->debug_registration = fp_debug_register(module->name, arena->image_base, elf->bytes, elf->len);
	return 0;
}

int fp_module_load(struct fp_module *module, struct fp_arena *arena, const void *bytes, size_t len,
		   const struct fp_symbols *symbols, bool allow_unprotected, struct fp_error *error)
{
	struct fp_elf elf = { .bytes = bytes, .len = len };
	struct fp_manifest manifest;
	int status;

	*module = (struct fp_module){ 0 };
	if (fp_elf_read_header(&elf, error) || fp_elf_read_segments(&elf, error))
		return -1;
	if (fp_elf_read_manifest(&elf, &manifest, error))
		return -1;
	status = check_mode(&manifest, allow_unprotected, error);
	if (status == 0)
		status = validate(&elf, &manifest, symbols, error);
	if (status == 0)
		status = load(module, arena, &elf, &manifest, error);
	fp_elf_close(&elf);
	fp_manifest_close(&manifest);
	return status;
}

int fp_module_read_claims(struct fp_module_claims *claims, const void *bytes, size_t len, struct fp_error *error)
{
	struct fp_elf elf = { .bytes = bytes, .len = len };
	struct fp_manifest manifest;

	if (fp_elf_read_header(&elf, error) || fp_elf_read_segments(&elf, error))
		return -1;
	if (fp_elf_read_manifest(&elf, &manifest, error))
		return -1;
	claims->mode = manifest.mode;
	memcpy(claims->name, manifest.name, sizeof(claims->name));
	fp_manifest_close(&manifest);
	return 0;
}

void fp_module_unload(struct fp_module *module)
{
	if (!module->base)
		return;
	fp_debug_unregister(module->debug_registration);
	clear_image(module->base, module->image_end);
	*module = (struct fp_module){ 0 };
}
