/* SPDX-License-Identifier: Apache-2.0
 *
 * Relocations: the few kinds a module needs, first all checked, then all applied.
 */
#include "elf_file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <fastpaas/abi.h>

/* Every relocation a module may hold. Whatever comes from the host (function addresses, thread
 * pointer offsets) goes only where the module cannot write once the image is sealed. */
static const struct rule {
	uint32_t type;
	const char *name;
	unsigned symbols;   /* enum fp_symbol_kind it may refer to */
	bool sealed;	    /* the target must lie in RELRO */
	bool addend;	    /* S + A must lie in the image; otherwise A must be 0 */
} rules[] = {
	{ R_X86_64_RELATIVE, "R_X86_64_RELATIVE", FP_SYMBOL_NULL, false, true },
	{ R_X86_64_64, "R_X86_64_64", FP_SYMBOL_OWN, false, true },
	{ R_X86_64_GLOB_DAT, "R_X86_64_GLOB_DAT", FP_SYMBOL_OWN | FP_SYMBOL_IMPORT, true, false },
	{ R_X86_64_JUMP_SLOT, "R_X86_64_JUMP_SLOT", FP_SYMBOL_IMPORT, true, false },
	{ R_X86_64_TPOFF64, "R_X86_64_TPOFF64", FP_SYMBOL_TLS, true, false },
};

static const struct rule *find_rule(uint64_t type)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (rules[i].type == type)
			return &rules[i];
	}
	return NULL;
}

static uint64_t relocation_count(const struct fp_elf *elf)
{
	return elf->rela.count + elf->jmprel.count;
}

/* Relocation `i`, counting through DT_RELA and then DT_JMPREL. */
static void read_relocation(const struct fp_elf *elf, uint64_t i, Elf64_Rela *relocation)
{
	bool first = i < elf->rela.count;

	fp_elf_read_entry(elf, first ? &elf->rela : &elf->jmprel, first ? i : i - elf->rela.count, relocation,
			  sizeof(*relocation));
}

static bool touches(const struct fp_span *span, uint64_t target)
{
	return target < span->start + span->size && span->start < target + sizeof(uint64_t);
}

/* Tables the loader or a debugger reads must be what the file shows. */
static bool touches_metadata(const struct fp_elf *elf, uint64_t target)
{
	for (unsigned i = 0; i < elf->note_count; i++) {
		if (touches(&elf->note[i], target))
			return true;
	}
	return touches(&elf->dynamic, target);
}

static int check_target(const struct fp_elf *elf, uint64_t i, const struct rule *rule, uint64_t target,
			struct fp_error *error)
{
	const struct fp_load *load = fp_elf_load_at(elf, target, sizeof(uint64_t));
	uint64_t offset;

	if (target % sizeof(uint64_t))
		return fp_fail(error, "relocation %" PRIu64 ": target 0x%" PRIx64 " is unaligned", i, target);
	if (!load || !fp_elf_file_offset(elf, target, sizeof(uint64_t), &offset))
		return fp_fail(error, "relocation %" PRIu64 ": target 0x%" PRIx64 " is not in the file's image", i, target);
	if (!(load->prot & PROT_WRITE))
		return fp_fail(error, "relocation %" PRIu64 ": target 0x%" PRIx64 " is in segment %u, which is not writable", i,
			       target, load->index);
	if (rule->sealed && !fp_span_holds(&elf->relro, target, sizeof(uint64_t)))
		return fp_fail(error, "relocation %" PRIu64 ": %s target 0x%" PRIx64 " is outside PT_GNU_RELRO", i, rule->name,
			       target);
	if (touches_metadata(elf, target))
		return fp_fail(error, "relocation %" PRIu64 ": target 0x%" PRIx64 " is in the dynamic section or a note", i,
			       target);
	return 0;
}

static int check_value(const struct fp_elf *elf, uint64_t i, const struct rule *rule, const Elf64_Rela *r,
		       struct fp_error *error)
{
	uint64_t index = ELF64_R_SYM(r->r_info);

	if (index >= elf->symbols.count)
		return fp_fail(error, "relocation %" PRIu64 ": symbol %" PRIu64 " of %" PRIu64, i, index, elf->symbols.count);
	const struct fp_symbol *symbol = &elf->resolved[index];

	if (!(rule->symbols & symbol->kind))
		return fp_fail(error, "relocation %" PRIu64 ": %s cannot refer to symbol %" PRIu64 "%s", i, rule->name, index,
			       symbol->kind == FP_SYMBOL_IMPORT ? ", an import: its address may not be stored in data" : "");
	if (!rule->addend && r->r_addend)
		return fp_fail(error, "relocation %" PRIu64 ": %s with addend %" PRId64 ", not 0", i, rule->name, r->r_addend);
	if (rule->addend && !fp_elf_in_image(elf, symbol->value + (uint64_t)r->r_addend))
		return fp_fail(error, "relocation %" PRIu64 ": %s to 0x%" PRIx64 ", outside the image", i, rule->name,
			       symbol->value + (uint64_t)r->r_addend);
	return 0;
}

static int check_relocation(const struct fp_elf *elf, uint64_t i, uint64_t *target, struct fp_error *error)
{
	Elf64_Rela r;

	read_relocation(elf, i, &r);
	const struct rule *rule = find_rule(ELF64_R_TYPE(r.r_info));

	if (!rule)
		return fp_fail(error, "relocation %" PRIu64 ": type %u at 0x%" PRIx64 " is not one a module may have", i,
			       (unsigned)ELF64_R_TYPE(r.r_info), r.r_offset);
	*target = r.r_offset;
	if (check_target(elf, i, rule, r.r_offset, error))
		return -1;
	return check_value(elf, i, rule, &r, error);
}

static int compare_targets(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* Two values for one word: which one a reader of the file believes in would be chance. */
static int check_distinct(uint64_t *targets, uint64_t count, struct fp_error *error)
{
	qsort(targets, count, sizeof(*targets), compare_targets);
	for (uint64_t i = 1; i < count; i++) {
		if (targets[i] == targets[i - 1])
			return fp_fail(error, "relocations: two for target 0x%" PRIx64, targets[i]);
	}
	return 0;
}

static int check_all(const struct fp_elf *elf, uint64_t *targets, struct fp_error *error)
{
	for (uint64_t i = 0; i < relocation_count(elf); i++) {
		if (check_relocation(elf, i, &targets[i], error))
			return -1;
	}
	return check_distinct(targets, relocation_count(elf), error);
}

int fp_elf_check_relocations(const struct fp_elf *elf, struct fp_error *error)
{
	uint64_t *targets = calloc(relocation_count(elf) + 1, sizeof(*targets));
	int status;

	if (!targets)
		return fp_fail(error, "out of memory for %" PRIu64 " relocations", relocation_count(elf));
	status = check_all(elf, targets, error);
	free(targets);
	return status;
}

/* Own addresses move with the image; the host's stay as they are. */
static uint64_t relocated_value(const struct fp_elf *elf, const uint8_t *base, const Elf64_Rela *r)
{
	const struct fp_symbol *symbol = &elf->resolved[ELF64_R_SYM(r->r_info)];
	uint64_t value = symbol->value + (uint64_t)r->r_addend;

	return symbol->kind & (FP_SYMBOL_NULL | FP_SYMBOL_OWN) ? (uintptr_t)base + value : value;
}

void fp_elf_apply_relocations(const struct fp_elf *elf, uint8_t *base)
{
	for (uint64_t i = 0; i < relocation_count(elf); i++) {
		Elf64_Rela r;

		read_relocation(elf, i, &r);
		uint64_t value = relocated_value(elf, base, &r);

		memcpy(base + r.r_offset, &value, sizeof(value));
	}
}
