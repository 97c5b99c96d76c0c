/* SPDX-License-Identifier: Apache-2.0
 *
 * The notes: exactly one of them is the manifest.
 */
#include "elf_file.h"

#include <string.h>

#include <fastpaas/abi.h>

#define HEX(x) ((unsigned long long)(x))

/* One PT_NOTE in the file, and what was found so far in all of them. */
struct notes {
	const uint8_t *bytes;
	uint64_t size;
	uint64_t align;
	const uint8_t *manifest;
	uint64_t manifest_size;
};

static uint64_t padded(uint64_t size, uint64_t align)
{
	return (size + align - 1) & -align;
}

static int take_ours(struct notes *notes, const Elf64_Nhdr *note, uint64_t desc, struct fp_error *error)
{
	if (note->n_type != FP_NOTE_MANIFEST)
		return fp_fail(error, "notes: unknown " FP_NOTE_NAME " note of type %u", note->n_type);
	if (notes->manifest)
		return fp_fail(error, "notes: more than one manifest");
	notes->manifest = notes->bytes + desc;
	notes->manifest_size = note->n_descsz;
	return 0;
}

/* Reads the note at `at` and moves `at` past it. */
static int read_note(struct notes *notes, uint64_t *at, struct fp_error *error)
{
	Elf64_Nhdr note;

	if (!fp_fits(*at, sizeof(note), notes->size))
		return fp_fail(error, "notes: header at 0x%llx runs past the segment (0x%llx bytes)", HEX(*at),
			       HEX(notes->size));
	memcpy(&note, notes->bytes + *at, sizeof(note));
	uint64_t name = *at + sizeof(note);
	uint64_t desc = padded(name + note.n_namesz, notes->align);

	if (!fp_fits(name, note.n_namesz, notes->size) || !fp_fits(desc, note.n_descsz, notes->size))
		return fp_fail(error, "notes: at 0x%llx: name of 0x%x and data of 0x%x bytes run past the segment (0x%llx bytes)",
			       HEX(*at), note.n_namesz, note.n_descsz, HEX(notes->size));
	*at = padded(desc + note.n_descsz, notes->align);
	if (note.n_namesz != sizeof(FP_NOTE_NAME) || memcmp(notes->bytes + name, FP_NOTE_NAME, sizeof(FP_NOTE_NAME)))
		return 0; /* a compiler's or linker's note, which is not ours to judge */
	return take_ours(notes, &note, desc, error);
}

static int read_segment(struct notes *notes, struct fp_error *error)
{
	uint64_t at = 0;

	while (at < notes->size) {
		if (read_note(notes, &at, error))
			return -1;
	}
	return 0;
}

int fp_elf_read_manifest(const struct fp_elf *elf, struct fp_manifest *manifest, struct fp_error *error)
{
	struct notes notes = { 0 };
	uint64_t offset;

	for (unsigned i = 0; i < elf->note_count; i++) {
		if (!fp_elf_file_offset(elf, elf->note[i].start, elf->note[i].size, &offset))
			return fp_fail(error, "notes: 0x%llx is not in the file's image", HEX(elf->note[i].start));
		notes.bytes = elf->bytes + offset;
		notes.size = elf->note[i].size;
		notes.align = elf->note_align[i];
		if (read_segment(&notes, error))
			return -1;
	}
	if (!notes.manifest)
		return fp_fail(error, "notes: no manifest: not built by `fpcc build`?");
	return fp_manifest_read(manifest, (const char *)notes.manifest, notes.manifest_size, error);
}
