/* SPDX-License-Identifier: Apache-2.0
 *
 * A module file while it is being loaded. Every stage below checks what it reads and fails with the
 * place and the reason, so a later stage may rely on what an earlier one has filled in. The order is
 * the one of the declarations. Section headers are never read.
 */
#ifndef FASTPAAS_HOST_ELF_FILE_H
#define FASTPAAS_HOST_ELF_FILE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "manifest.h"
#include "module.h"

#define FP_ELF_LOADS 16 /* PT_LOAD segments, at most; lld makes four */
#define FP_ELF_NOTES 8

struct fp_span {
	uint64_t start;
	uint64_t size;
};

/* A PT_LOAD; addresses are vaddrs, which are arena offsets. */
struct fp_load {
	unsigned index; /* in the program header table, for messages */
	int prot;
	struct fp_span memory; /* vaddr, p_memsz */
	struct fp_span file;   /* offset, p_filesz */
};

/* A table in the file: `count` entries from file offset `offset` on, all of them inside the file. */
struct fp_table {
	uint64_t offset;
	uint64_t count;
};

enum fp_symbol_kind {
	FP_SYMBOL_NULL = 1, /* entry 0 */
	FP_SYMBOL_OWN = 2,  /* value: vaddr inside the image */
	FP_SYMBOL_IMPORT = 4, /* value: address in the host */
	FP_SYMBOL_TLS = 8,  /* value: offset from the thread pointer */
};

struct fp_symbol {
	enum fp_symbol_kind kind;
	uint64_t value;
};

enum fp_entry { FP_ENTRY_INIT, FP_ENTRY_PROCESS, FP_ENTRY_FINI, FP_ENTRY_COUNT };

struct fp_elf {
	const uint8_t *bytes;
	size_t len;

	struct fp_table segments; /* read_header */

	struct fp_load load[FP_ELF_LOADS]; /* read_segments; ascending, no page shared */
	unsigned load_count;
	const struct fp_load *text; /* the only executable one */
	uint64_t align; /* the largest of its segments */
	uint64_t image_end;	    /* page-rounded */
	struct fp_span dynamic;	    /* vaddr; file-backed */
	struct fp_span relro;	    /* vaddr; whole pages of a writable segment; empty if there is none */
	struct fp_span note[FP_ELF_NOTES]; /* vaddr; file-backed */
	uint32_t note_align[FP_ELF_NOTES];
	unsigned note_count;

	struct fp_table strings; /* read_dynamic; bytes, the last one is NUL */
	struct fp_table symbols;
	struct fp_table rela;
	struct fp_table jmprel;

	struct fp_symbol *resolved; /* resolve_symbols; one per symbol, freed by close */
	uint64_t entry[FP_ENTRY_COUNT]; /* vaddr, 0 if the module has none */
};

int fp_elf_read_header(struct fp_elf *elf, struct fp_error *error);
int fp_elf_read_segments(struct fp_elf *elf, struct fp_error *error);
/* `manifest` must be closed by the caller on success. */
int fp_elf_read_manifest(const struct fp_elf *elf, struct fp_manifest *manifest, struct fp_error *error);
int fp_elf_read_dynamic(struct fp_elf *elf, struct fp_error *error);
int fp_elf_resolve_symbols(struct fp_elf *elf, const struct fp_symbols *host, const struct fp_manifest *manifest,
			   struct fp_error *error);
int fp_elf_check_relocations(const struct fp_elf *elf, struct fp_error *error);
/* Writes every relocated word of the image at `base`, all of which must be writable. Cannot fail. */
void fp_elf_apply_relocations(const struct fp_elf *elf, uint8_t *base);
void fp_elf_close(struct fp_elf *elf);

/* True if [start, start + size) lies in [0, limit). */
static inline bool fp_fits(uint64_t start, uint64_t size, uint64_t limit)
{
	return start <= limit && size <= limit - start;
}

/* True if [start, start + size) lies in `span`. */
static inline bool fp_span_holds(const struct fp_span *span, uint64_t start, uint64_t size)
{
	return start >= span->start && fp_fits(start - span->start, size, span->size);
}

/* The segment whose memory holds [vaddr, vaddr + size), or NULL. */
const struct fp_load *fp_elf_load_at(const struct fp_elf *elf, uint64_t vaddr, uint64_t size);

/* Finds where in the file [vaddr, vaddr + size) comes from; false if not all of it is in the file. */
bool fp_elf_file_offset(const struct fp_elf *elf, uint64_t vaddr, uint64_t size, uint64_t *offset);

/* True if `vaddr` is an address the module may mean: any byte of the image, or its end. */
bool fp_elf_in_image(const struct fp_elf *elf, uint64_t vaddr);

/* Copies entry `index` of `table`; the file's tables need not be aligned. */
void fp_elf_read_entry(const struct fp_elf *elf, const struct fp_table *table, uint64_t index, void *entry,
		       size_t size);

/* A symbol's name; the string table has been checked. NULL if it starts past the table. */
const char *fp_elf_name(const struct fp_elf *elf, const Elf64_Sym *symbol);

#endif
