/* SPDX-License-Identifier: Apache-2.0 */
#include "debug_image.h"

#include <elf.h>
#include <stdbool.h>
#include <string.h>

/* The section headers of a file, found to be inside it. */
struct sections {
	struct fp_bytes file;
	Elf64_Ehdr header;
	Elf64_Shdr names;
};

static bool inside(const struct fp_bytes *file, uint64_t start, uint64_t size)
{
	return start <= file->len && size <= file->len - start;
}

static uint64_t header_offset(const struct sections *sections, unsigned index)
{
	return sections->header.e_shoff + index * sizeof(Elf64_Shdr);
}

static void read_section(const struct sections *sections, unsigned index, Elf64_Shdr *section)
{
	memcpy(section, sections->file.start + header_offset(sections, index), sizeof(*section));
}

/* A section's bytes; none for one that is not in the file. */
static struct fp_bytes contents(const struct sections *sections, const Elf64_Shdr *section)
{
	bool stored = section->sh_type != SHT_NOBITS && !(section->sh_flags & SHF_COMPRESSED);

	if (!stored || !inside(&sections->file, section->sh_offset, section->sh_size))
		return (struct fp_bytes){ 0 };
	return (struct fp_bytes){ sections->file.start + section->sh_offset, section->sh_size };
}

/* A NUL-terminated string of a string table, or "". */
static const char *string(struct fp_bytes table, uint64_t offset)
{
	if (offset >= table.len || table.start[table.len - 1] != 0)
		return "";
	return (const char *)table.start + offset;
}

static int open_sections(struct sections *sections, const struct fp_bytes *file, struct fp_error *error)
{
	Elf64_Ehdr *header = &sections->header;

	sections->file = *file;
	memcpy(header, file->start, sizeof(*header)); /* a loaded module is at least this long */
	if (header->e_shnum == 0 || header->e_shentsize != sizeof(Elf64_Shdr))
		return fp_fail(error, "it has no section headers");
	if (!inside(file, header->e_shoff, header->e_shnum * sizeof(Elf64_Shdr)) || header->e_shstrndx >= header->e_shnum)
		return fp_fail(error, "its section headers are not in the file");
	read_section(sections, header->e_shstrndx, &sections->names);
	return 0;
}

static bool has_address(const Elf64_Sym *symbol)
{
	return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx < SHN_LORESERVE &&
	       ELF64_ST_TYPE(symbol->st_info) != STT_TLS;
}

static int move_symbols(struct fp_bytes table, uint64_t base)
{
	Elf64_Sym symbol;

	for (size_t at = 0; at + sizeof(symbol) <= table.len; at += sizeof(symbol)) {
		memcpy(&symbol, table.start + at, sizeof(symbol));
		if (has_address(&symbol))
			symbol.st_value += base;
		memcpy(table.start + at, &symbol, sizeof(symbol));
	}
	return 0;
}

/* What besides its own address must move in a section. */
static const struct mover {
	uint32_t type;
	const char *name; /* NULL: any of this type */
	int (*move)(struct fp_bytes section, uint64_t base);
} movers[] = {
	{ SHT_SYMTAB, NULL, move_symbols },
	{ SHT_DYNSYM, NULL, move_symbols },
	{ SHT_PROGBITS, ".debug_addr", fp_debug_move_addresses },
	{ SHT_PROGBITS, ".debug_line", fp_debug_move_lines },
	{ SHT_PROGBITS, ".debug_frame", fp_debug_move_frames },
};

static int move_contents(const struct sections *sections, const Elf64_Shdr *section, uint64_t base)
{
	const char *name = string(contents(sections, &sections->names), section->sh_name);

	for (size_t i = 0; i < sizeof(movers) / sizeof(movers[0]); i++) {
		if (movers[i].type == section->sh_type && (!movers[i].name || !strcmp(movers[i].name, name)))
			return movers[i].move(contents(sections, section), base);
	}
	return 0;
}

int fp_debug_image_move(struct fp_bytes *copy, uint64_t base, struct fp_error *error)
{
	struct sections sections;

	if (open_sections(&sections, copy, error))
		return -1;
	for (unsigned i = 1; i < sections.header.e_shnum; i++) {
		Elf64_Shdr section;

		read_section(&sections, i, &section);
		if (move_contents(&sections, &section, base))
			return fp_fail(error, "section %u of its debug information is malformed or not DWARF 5", i);
		if (section.sh_flags & SHF_ALLOC)
			section.sh_addr += base;
		memcpy(copy->start + header_offset(&sections, i), &section, sizeof(section));
	}
	sections.header.e_phnum = 0; /* segments still say where the file wanted to be */
	memcpy(copy->start, &sections.header, sizeof(sections.header));
	return 0;
}

static void see_functions(const struct sections *sections, const Elf64_Shdr *section, fp_see_function *see,
			  void *context)
{
	struct fp_bytes table = contents(sections, section);
	Elf64_Shdr linked;
	Elf64_Sym symbol;

	if (section->sh_link >= sections->header.e_shnum)
		return;
	read_section(sections, section->sh_link, &linked);
	for (size_t at = 0; at + sizeof(symbol) <= table.len; at += sizeof(symbol)) {
		memcpy(&symbol, table.start + at, sizeof(symbol));
		if (has_address(&symbol) && ELF64_ST_TYPE(symbol.st_info) == STT_FUNC)
			see(context, string(contents(sections, &linked), symbol.st_name), symbol.st_value, symbol.st_size);
	}
}

int fp_debug_image_functions(const struct fp_bytes *file, fp_see_function *see, void *context,
			     struct fp_error *error)
{
	struct sections sections;

	if (open_sections(&sections, file, error))
		return -1;
	for (unsigned i = 1; i < sections.header.e_shnum; i++) {
		Elf64_Shdr section;

		read_section(&sections, i, &section);
		if (section.sh_type == SHT_SYMTAB)
			see_functions(&sections, &section, see, context);
	}
	return 0;
}
