/* SPDX-License-Identifier: Apache-2.0
 *
 * The program headers: which pages of the arena the image takes, and with what rights.
 */
#include "elf_file.h"

#include <sys/mman.h>

#include <fastpaas/abi.h>

#define LIMIT (FP_IMAGE_LIMIT - FP_IMAGE_SHIFT_MAX)
#define HEX(x) ((unsigned long long)(x))

static uint64_t page_down(uint64_t address)
{
	return address & -(uint64_t)FP_PAGE;
}

/* Only for addresses up to FP_IMAGE_LIMIT. */
static uint64_t page_up(uint64_t address)
{
	return page_down(address + FP_PAGE - 1);
}

/* PROT_* of the only three combinations a module has, or -1. */
static int protection(uint32_t flags)
{
	switch (flags) {
	case PF_R:
		return PROT_READ;
	case PF_R | PF_X:
		return PROT_READ | PROT_EXEC;
	case PF_R | PF_W:
		return PROT_READ | PROT_WRITE;
	}
	return -1;
}

static int check_ranges(const struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	if (p->p_memsz == 0 || p->p_filesz > p->p_memsz)
		return fp_fail(error, "segment %u: 0x%llx bytes of file in 0x%llx bytes of memory", i, HEX(p->p_filesz),
			       HEX(p->p_memsz));
	if (!fp_fits(p->p_offset, p->p_filesz, elf->len))
		return fp_fail(error, "segment %u: file range 0x%llx + 0x%llx past the end of the file (0x%zx bytes)", i,
			       HEX(p->p_offset), HEX(p->p_filesz), elf->len);
	if (p->p_vaddr < FP_IMAGE_OFFSET || !fp_fits(p->p_vaddr, p->p_memsz, LIMIT))
		return fp_fail(error, "segment %u: memory 0x%llx + 0x%llx outside the image region (0x%llx to 0x%llx)", i,
			       HEX(p->p_vaddr), HEX(p->p_memsz), HEX(FP_IMAGE_OFFSET), HEX(LIMIT));
	if (p->p_align < FP_PAGE || (p->p_align & (p->p_align - 1)) || (p->p_vaddr - p->p_offset) % p->p_align)
		return fp_fail(error, "segment %u: unaligned: vaddr 0x%llx, file offset 0x%llx, alignment 0x%llx", i,
			       HEX(p->p_vaddr), HEX(p->p_offset), HEX(p->p_align));
	return 0;
}

static int check_rights(const struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	if ((p->p_flags & (PF_W | PF_X)) == (PF_W | PF_X))
		return fp_fail(error, "segment %u: both writable and executable", i);
	if (protection(p->p_flags) == -1)
		return fp_fail(error, "segment %u: flags 0x%x are none of R, RX, RW", i, p->p_flags);
	if (!(p->p_flags & PF_X))
		return 0;
	if (elf->text)
		return fp_fail(error, "segment %u: executable, as is segment %u; a module has one", i, elf->text->index);
	if (p->p_filesz != p->p_memsz)
		return fp_fail(error, "segment %u: executable, but 0x%llx of its 0x%llx bytes are not in the file", i,
			       HEX(p->p_memsz - p->p_filesz), HEX(p->p_memsz));
	return 0;
}

static int take_load(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	if (check_rights(elf, i, p, error) || check_ranges(elf, i, p, error))
		return -1;
	if (elf->load_count == FP_ELF_LOADS)
		return fp_fail(error, "segment %u: more than %d loaded segments", i, FP_ELF_LOADS);
	if (page_down(p->p_vaddr) < elf->image_end)
		return fp_fail(error, "segment %u: at 0x%llx overlaps the segment before it, which takes pages up to 0x%llx",
			       i, HEX(p->p_vaddr), HEX(elf->image_end));
	struct fp_load *load = &elf->load[elf->load_count++];

	*load = (struct fp_load){ .index = i,
				  .prot = protection(p->p_flags),
				  .memory = { p->p_vaddr, p->p_memsz },
				  .file = { p->p_offset, p->p_filesz } };
	if (load->prot & PROT_EXEC)
		elf->text = load;
	if (p->p_align > elf->align)
		elf->align = p->p_align;
	elf->image_end = page_up(p->p_vaddr + p->p_memsz);
	return 0;
}

/* Segments that describe part of a loaded one must show the same bytes in the file as in memory. */
static int check_inside(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	uint64_t offset;

	if (!fp_elf_file_offset(elf, p->p_vaddr, p->p_filesz, &offset) || offset != p->p_offset)
		return fp_fail(error, "segment %u: 0x%llx + 0x%llx (file offset 0x%llx) is not part of a loaded segment", i,
			       HEX(p->p_vaddr), HEX(p->p_filesz), HEX(p->p_offset));
	return 0;
}

static int take_dynamic(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	if (elf->dynamic.size)
		return fp_fail(error, "segment %u: a second PT_DYNAMIC", i);
	if (p->p_filesz == 0 || p->p_filesz % sizeof(Elf64_Dyn))
		return fp_fail(error, "segment %u: PT_DYNAMIC of 0x%llx bytes is no table of %zu-byte entries", i,
			       HEX(p->p_filesz), sizeof(Elf64_Dyn));
	elf->dynamic = (struct fp_span){ p->p_vaddr, p->p_filesz };
	return check_inside(elf, i, p, error);
}

static int take_relro(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	const struct fp_load *load = fp_elf_load_at(elf, p->p_vaddr, p->p_memsz);

	if (elf->relro.size)
		return fp_fail(error, "segment %u: a second PT_GNU_RELRO", i);
	if (p->p_memsz == 0 || !load || !(load->prot & PROT_WRITE))
		return fp_fail(error, "segment %u: PT_GNU_RELRO 0x%llx + 0x%llx is not part of a writable segment", i,
			       HEX(p->p_vaddr), HEX(p->p_memsz));
	if (p->p_vaddr % FP_PAGE || p->p_memsz % FP_PAGE)
		return fp_fail(error, "segment %u: PT_GNU_RELRO 0x%llx + 0x%llx is not made of whole pages", i,
			       HEX(p->p_vaddr), HEX(p->p_memsz));
	elf->relro = (struct fp_span){ p->p_vaddr, p->p_memsz };
	return 0;
}

static int take_note(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	if (elf->note_count == FP_ELF_NOTES)
		return fp_fail(error, "segment %u: more than %d note segments", i, FP_ELF_NOTES);
	if (p->p_align > 4 && p->p_align != 8)
		return fp_fail(error, "segment %u: PT_NOTE aligned to 0x%llx, not 4 or 8", i, HEX(p->p_align));
	elf->note_align[elf->note_count] = p->p_align == 8 ? 8 : 4;
	elf->note[elf->note_count++] = (struct fp_span){ p->p_vaddr, p->p_filesz };
	return check_inside(elf, i, p, error);
}

static int take_stack(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	(void)elf;
	return p->p_flags & PF_X ? fp_fail(error, "segment %u: PT_GNU_STACK asks for an executable stack", i) : 0;
}

static int refuse_tls(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	(void)elf, (void)p;
	return fp_fail(error, "segment %u: PT_TLS: a module cannot have thread-local variables", i);
}

static int refuse_interp(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error)
{
	(void)elf, (void)p;
	return fp_fail(error, "segment %u: PT_INTERP: this is a program, not a module", i);
}

/* Every segment type a module may hold. A type that is not here is refused. */
static const struct segment_type {
	uint32_t type;
	bool loads; /* taken first: the others are parts of these */
	int (*take)(struct fp_elf *elf, unsigned i, const Elf64_Phdr *p, struct fp_error *error);
} types[] = {
	{ PT_LOAD, true, take_load },
	{ PT_PHDR, false, check_inside },
	{ PT_DYNAMIC, false, take_dynamic },
	{ PT_NOTE, false, take_note },
	{ PT_GNU_RELRO, false, take_relro },
	{ PT_GNU_STACK, false, take_stack },
	{ PT_GNU_EH_FRAME, false, check_inside },
	{ PT_GNU_PROPERTY, false, check_inside },
	{ PT_TLS, false, refuse_tls },
	{ PT_INTERP, false, refuse_interp },
};

static const struct segment_type *find_type(uint32_t type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].type == type)
			return &types[i];
	}
	return NULL;
}

static int take_segments(struct fp_elf *elf, bool loads, struct fp_error *error)
{
	for (unsigned i = 0; i < elf->segments.count; i++) {
		Elf64_Phdr p;

		fp_elf_read_entry(elf, &elf->segments, i, &p, sizeof(p));
		const struct segment_type *type = find_type(p.p_type);

		if (!type)
			return fp_fail(error, "segment %u: unknown type 0x%x", i, p.p_type);
		if (type->loads == loads && type->take(elf, i, &p, error))
			return -1;
	}
	return 0;
}

int fp_elf_read_segments(struct fp_elf *elf, struct fp_error *error)
{
	if (take_segments(elf, true, error))
		return -1;
	if (!elf->text)
		return fp_fail(error, "program headers: no executable segment");
	if (take_segments(elf, false, error))
		return -1;
	if (!elf->dynamic.size)
		return fp_fail(error, "program headers: no PT_DYNAMIC: link with `ld.lld -shared`");
	return 0;
}
