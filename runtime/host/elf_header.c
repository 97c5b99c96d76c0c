/* SPDX-License-Identifier: Apache-2.0
 *
 * The ELF header, and the accessors every stage reads the file through.
 */
#include "elf_file.h"

#include <stdlib.h>
#include <string.h>

static int check_ident(const uint8_t *ident, struct fp_error *error)
{
	if (memcmp(ident, ELFMAG, SELFMAG))
		return fp_fail(error, "not an ELF file");
	if (ident[EI_CLASS] != ELFCLASS64)
		return fp_fail(error, "ELF header: class %u is not 64-bit", ident[EI_CLASS]);
	if (ident[EI_DATA] != ELFDATA2LSB)
		return fp_fail(error, "ELF header: data encoding %u is not little-endian", ident[EI_DATA]);
	if (ident[EI_VERSION] != EV_CURRENT)
		return fp_fail(error, "ELF header: version %u is not 1", ident[EI_VERSION]);
	/* lld sets GNU for an ifunc, which is refused by its name later. */
	if ((ident[EI_OSABI] != ELFOSABI_NONE && ident[EI_OSABI] != ELFOSABI_GNU) || ident[EI_ABIVERSION] != 0)
		return fp_fail(error, "ELF header: OS ABI %u version %u is not System V or GNU version 0", ident[EI_OSABI],
			       ident[EI_ABIVERSION]);
	return 0;
}

static int check_kind(const Elf64_Ehdr *header, struct fp_error *error)
{
	if (header->e_type != ET_DYN)
		return fp_fail(error, "ELF header: type %u is not a shared object (3)", header->e_type);
	if (header->e_machine != EM_X86_64)
		return fp_fail(error, "ELF header: machine %u is not x86-64 (62)", header->e_machine);
	if (header->e_version != EV_CURRENT)
		return fp_fail(error, "ELF header: e_version %u is not 1", header->e_version);
	if (header->e_flags != 0)
		return fp_fail(error, "ELF header: flags 0x%x are not 0", header->e_flags);
	if (header->e_ehsize != sizeof(*header))
		return fp_fail(error, "ELF header: e_ehsize %u is not %zu", header->e_ehsize, sizeof(*header));
	return 0;
}

/* They are not read, but a linker writes them last: a file without its end is not all of what was built. */
static int check_end(const struct fp_elf *elf, const Elf64_Ehdr *header, struct fp_error *error)
{
	uint64_t size = (uint64_t)header->e_shnum * header->e_shentsize;

	if (header->e_shoff == 0 || fp_fits(header->e_shoff, size, elf->len))
		return 0;
	return fp_fail(error, "file of 0x%zx bytes is cut short: section headers from 0x%llx on run past its end",
		       elf->len, (unsigned long long)header->e_shoff);
}

int fp_elf_read_header(struct fp_elf *elf, struct fp_error *error)
{
	Elf64_Ehdr header;

	if (elf->len < sizeof(header))
		return fp_fail(error, "file of 0x%zx bytes is shorter than an ELF header", elf->len);
	memcpy(&header, elf->bytes, sizeof(header));
	if (check_ident(header.e_ident, error) || check_kind(&header, error))
		return -1;
	if (header.e_phentsize != sizeof(Elf64_Phdr))
		return fp_fail(error, "ELF header: e_phentsize %u is not %zu", header.e_phentsize, sizeof(Elf64_Phdr));
	if (header.e_phnum == 0 || header.e_phnum == PN_XNUM)
		return fp_fail(error, "ELF header: %u program headers", header.e_phnum);
	if (!fp_fits(header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr), elf->len))
		return fp_fail(error, "program headers: %u from 0x%llx on run past the end of the file (0x%zx bytes)",
			       header.e_phnum, (unsigned long long)header.e_phoff, elf->len);
	elf->segments = (struct fp_table){ header.e_phoff, header.e_phnum };
	return check_end(elf, &header, error);
}

void fp_elf_close(struct fp_elf *elf)
{
	free(elf->resolved);
	elf->resolved = NULL;
}

const struct fp_load *fp_elf_load_at(const struct fp_elf *elf, uint64_t vaddr, uint64_t size)
{
	for (unsigned i = 0; i < elf->load_count; i++) {
		if (fp_span_holds(&elf->load[i].memory, vaddr, size))
			return &elf->load[i];
	}
	return NULL;
}

bool fp_elf_file_offset(const struct fp_elf *elf, uint64_t vaddr, uint64_t size, uint64_t *offset)
{
	const struct fp_load *load = fp_elf_load_at(elf, vaddr, size);

	if (!load || !fp_fits(vaddr - load->memory.start, size, load->file.size))
		return false;
	*offset = load->file.start + (vaddr - load->memory.start);
	return true;
}

bool fp_elf_in_image(const struct fp_elf *elf, uint64_t vaddr)
{
	return vaddr >= elf->load[0].memory.start && vaddr <= elf->image_end;
}

void fp_elf_read_entry(const struct fp_elf *elf, const struct fp_table *table, uint64_t index, void *entry,
		       size_t size)
{
	memcpy(entry, elf->bytes + table->offset + index * size, size);
}

const char *fp_elf_name(const struct fp_elf *elf, const Elf64_Sym *symbol)
{
	if (symbol->st_name >= elf->strings.count)
		return NULL;
	return (const char *)elf->bytes + elf->strings.offset + symbol->st_name;
}
