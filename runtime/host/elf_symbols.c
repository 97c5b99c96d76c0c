/* SPDX-License-Identifier: Apache-2.0
 *
 * What each dynamic symbol is: the module's own, an import of the host, or one of its two TLS slots.
 */
#include "elf_file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <fastpaas/abi.h>

/* What names are looked up in, and which imports the module has used so far. */
struct scope {
	const struct fp_elf *elf;
	const struct fp_symbols *host;
	const struct fp_manifest *manifest;
	bool *used; /* one per host import */
};

static const char *const entry_names[FP_ENTRY_COUNT] = {
	[FP_ENTRY_INIT] = "init",
	[FP_ENTRY_PROCESS] = "process",
	[FP_ENTRY_FINI] = "fini",
};

/* Which classes of imports each mode may use: a guarded module never reaches unchecked memory
 * functions, an unprotected one has no business with the checked ones. */
static const bool class_allowed[][3] = {
	[FP_MODE_NONE] = { [FP_IMPORT_API] = true, [FP_IMPORT_UNGUARDED] = true },
	[FP_MODE_WONLY] = { [FP_IMPORT_API] = true, [FP_IMPORT_BULK] = true },
	[FP_MODE_RW] = { [FP_IMPORT_API] = true, [FP_IMPORT_BULK] = true },
	[FP_MODE_POINTER] = { [FP_IMPORT_API] = true, [FP_IMPORT_BULK] = true },
};

static int resolve_tls(const struct scope *scope, const char *name, struct fp_symbol *resolved,
		       struct fp_error *error)
{
	int64_t offset;

	if (!strcmp(name, FP_SYM_STACK_POINTER))
		offset = scope->host->stack_pointer_tpoff;
	else if (!strcmp(name, FP_SYM_STACK_LIMIT))
		offset = scope->host->stack_limit_tpoff;
	else if (!strcmp(name, FP_SYM_WINDOW))
		offset = scope->host->window_tpoff;
	else if (!strcmp(name, FP_SYM_WINDOW_REACH))
		offset = scope->host->window_reach_tpoff;
	else
		return fp_fail(error, "symbol `%.64s`: not a thread-local variable of the host", name);
	*resolved = (struct fp_symbol){ FP_SYMBOL_TLS, (uint64_t)offset };
	return 0;
}

static const struct fp_import *find_import(const struct fp_symbols *host, const char *name)
{
	for (size_t i = 0; i < host->import_count; i++) {
		if (!strcmp(host->imports[i].name, name))
			return &host->imports[i];
	}
	return NULL;
}

static int resolve_import(const struct scope *scope, const char *name, struct fp_symbol *resolved,
			  struct fp_error *error)
{
	const struct fp_import *import = find_import(scope->host, name);

	if (!import)
		return fp_fail(error, "symbol `%.64s`: not defined, and not an import the host offers", name);
	if (!class_allowed[scope->manifest->mode][import->class])
		return fp_fail(error, "symbol `%.64s`: an import that modules of mode %s may not use", name,
			       fp_mode_name(scope->manifest->mode));
	if (!fp_manifest_lists_import(scope->manifest, name))
		return fp_fail(error, "symbol `%.64s`: an import the manifest does not list", name);
	/* Also what keeps the work linear: a hostile file may name one import a million times. */
	if (scope->used[import - scope->host->imports])
		return fp_fail(error, "symbol `%.64s`: imported twice", name);
	scope->used[import - scope->host->imports] = true;
	*resolved = (struct fp_symbol){ FP_SYMBOL_IMPORT, (uintptr_t)import->address };
	return 0;
}

static int resolve_undefined(const struct scope *scope, const char *name, unsigned type, struct fp_symbol *resolved,
			     struct fp_error *error)
{
	if (type == STT_TLS)
		return resolve_tls(scope, name, resolved, error);
	if (type != STT_NOTYPE && type != STT_FUNC)
		return fp_fail(error, "symbol `%.64s`: undefined, of type %u; only functions are imported", name, type);
	return resolve_import(scope, name, resolved, error);
}

static int resolve_own(const struct fp_elf *elf, const Elf64_Sym *symbol, const char *name,
		       struct fp_symbol *resolved, struct fp_error *error)
{
	unsigned type = ELF64_ST_TYPE(symbol->st_info);

	if (type == STT_TLS)
		return fp_fail(error, "symbol `%.64s`: a thread-local variable; a module cannot have any", name);
	if (type == STT_GNU_IFUNC)
		return fp_fail(error, "symbol `%.64s`: an ifunc; a module cannot have any", name);
	if (type != STT_NOTYPE && type != STT_OBJECT && type != STT_FUNC)
		return fp_fail(error, "symbol `%.64s`: defined with unknown type %u", name, type);
	if (symbol->st_shndx >= SHN_LORESERVE)
		return fp_fail(error, "symbol `%.64s`: absolute, common or otherwise in no section (0x%x)", name,
			       symbol->st_shndx);
	if (!fp_elf_in_image(elf, symbol->st_value))
		return fp_fail(error, "symbol `%.64s`: 0x%" PRIx64 " is outside the image", name, symbol->st_value);
	*resolved = (struct fp_symbol){ FP_SYMBOL_OWN, symbol->st_value };
	return 0;
}

/* Notes in elf->entry a symbol that is an entry point. */
static int take_entry(struct fp_elf *elf, const Elf64_Sym *symbol, const char *name, struct fp_error *error)
{
	for (unsigned i = 0; i < FP_ENTRY_COUNT; i++) {
		if (strcmp(name, entry_names[i]))
			continue;
		if (ELF64_ST_TYPE(symbol->st_info) != STT_FUNC)
			return fp_fail(error, "entry point `%s`: not a function", name);
		if (!fp_span_holds(&elf->text->memory, symbol->st_value, 1))
			return fp_fail(error, "entry point `%s`: 0x%" PRIx64 " is not in the text segment", name,
				       symbol->st_value);
		if (elf->entry[i])
			return fp_fail(error, "entry point `%s`: defined twice", name);
		elf->entry[i] = symbol->st_value;
	}
	return 0;
}

static int resolve(struct fp_elf *elf, const struct scope *scope, uint64_t i, struct fp_error *error)
{
	Elf64_Sym symbol;

	fp_elf_read_entry(elf, &elf->symbols, i, &symbol, sizeof(symbol));
	const char *name = fp_elf_name(elf, &symbol);

	if (!name)
		return fp_fail(error, "symbol %" PRIu64 ": name at 0x%x is past the string table (0x%" PRIx64 " bytes)", i,
			       symbol.st_name, elf->strings.count);
	if (symbol.st_shndx == SHN_UNDEF)
		return resolve_undefined(scope, name, ELF64_ST_TYPE(symbol.st_info), &elf->resolved[i], error);
	if (resolve_own(elf, &symbol, name, &elf->resolved[i], error))
		return -1;
	return take_entry(elf, &symbol, name, error);
}

static int resolve_all(struct fp_elf *elf, const struct scope *scope, struct fp_error *error)
{
	elf->resolved[0].kind = FP_SYMBOL_NULL;
	for (uint64_t i = 1; i < elf->symbols.count; i++) {
		if (resolve(elf, scope, i, error))
			return -1;
	}
	if (!elf->entry[FP_ENTRY_PROCESS])
		return fp_fail(error, "entry point `process`: not defined");
	return 0;
}

int fp_elf_resolve_symbols(struct fp_elf *elf, const struct fp_symbols *host, const struct fp_manifest *manifest,
			   struct fp_error *error)
{
	bool *used = calloc(host->import_count + 1, sizeof(*used));
	struct scope scope = { elf, host, manifest, used };
	int status;

	elf->resolved = calloc(elf->symbols.count + 1, sizeof(*elf->resolved));
	if (used && elf->resolved)
		status = resolve_all(elf, &scope, error);
	else
		status = fp_fail(error, "out of memory for %" PRIu64 " symbols", elf->symbols.count);
	free(used);
	return status;
}
