/* SPDX-License-Identifier: Apache-2.0
 *
 * The dynamic section: where the symbol, string and relocation tables are, and a refusal of all else.
 */
#include "elf_file.h"

#include <fastpaas/abi.h>

#define HEX(x) ((unsigned long long)(x))

/* Tags whose value is read later. The order is free. */
enum slot {
	HASH,
	STRTAB,
	STRSZ,
	SYMTAB,
	SYMENT,
	RELA,
	RELASZ,
	RELAENT,
	JMPREL,
	PLTRELSZ,
	PLTREL,
	FLAGS,
	FLAGS_1,
	SONAME,
	SLOT_COUNT,
	UNUSED, /* allowed, says nothing the loader needs */
	REFUSED,
};

/* Every tag a module may hold, and those whose refusal deserves a reason. Any other is unknown. */
static const struct tag {
	int64_t tag;
	enum slot slot;
	const char *name;
	const char *refusal;
} tags[] = {
	{ DT_HASH, HASH, "DT_HASH", NULL },
	{ DT_STRTAB, STRTAB, "DT_STRTAB", NULL },
	{ DT_STRSZ, STRSZ, "DT_STRSZ", NULL },
	{ DT_SYMTAB, SYMTAB, "DT_SYMTAB", NULL },
	{ DT_SYMENT, SYMENT, "DT_SYMENT", NULL },
	{ DT_RELA, RELA, "DT_RELA", NULL },
	{ DT_RELASZ, RELASZ, "DT_RELASZ", NULL },
	{ DT_RELAENT, RELAENT, "DT_RELAENT", NULL },
	{ DT_JMPREL, JMPREL, "DT_JMPREL", NULL },
	{ DT_PLTRELSZ, PLTRELSZ, "DT_PLTRELSZ", NULL },
	{ DT_PLTREL, PLTREL, "DT_PLTREL", NULL },
	{ DT_FLAGS, FLAGS, "DT_FLAGS", NULL },
	{ DT_FLAGS_1, FLAGS_1, "DT_FLAGS_1", NULL },
	{ DT_SONAME, SONAME, "DT_SONAME", NULL },
	{ DT_GNU_HASH, UNUSED, "DT_GNU_HASH", NULL },
	{ DT_PLTGOT, UNUSED, "DT_PLTGOT", NULL },
	{ DT_RELACOUNT, UNUSED, "DT_RELACOUNT", NULL },
	{ DT_SYMBOLIC, UNUSED, "DT_SYMBOLIC", NULL },
	{ DT_BIND_NOW, UNUSED, "DT_BIND_NOW", NULL },
	{ DT_NEEDED, REFUSED, "DT_NEEDED", "a module depends on no other library" },
	{ DT_INIT, REFUSED, "DT_INIT", "a module has no constructors; use init()" },
	{ DT_INIT_ARRAY, REFUSED, "DT_INIT_ARRAY", "a module has no constructors; use init()" },
	{ DT_PREINIT_ARRAY, REFUSED, "DT_PREINIT_ARRAY", "a module has no constructors; use init()" },
	{ DT_FINI, REFUSED, "DT_FINI", "a module has no destructors; use fini()" },
	{ DT_FINI_ARRAY, REFUSED, "DT_FINI_ARRAY", "a module has no destructors; use fini()" },
	{ DT_TEXTREL, REFUSED, "DT_TEXTREL", "text is never relocated; compile with -fPIC" },
	{ DT_REL, REFUSED, "DT_REL", "x86-64 relocations carry addends" },
	{ DT_RELR, REFUSED, "DT_RELR", "packed relocations; link without -z pack-relative-relocs" },
	{ DT_RPATH, REFUSED, "DT_RPATH", "a module depends on no other library" },
	{ DT_RUNPATH, REFUSED, "DT_RUNPATH", "a module depends on no other library" },
	{ DT_VERSYM, REFUSED, "DT_VERSYM", "symbols of a module have no versions" },
	{ DT_VERNEED, REFUSED, "DT_VERNEED", "symbols of a module have no versions" },
	{ DT_VERDEF, REFUSED, "DT_VERDEF", "symbols of a module have no versions" },
};

struct dynamic {
	bool present[SLOT_COUNT];
	uint64_t value[SLOT_COUNT];
};

static const struct tag *find_tag(int64_t tag)
{
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (tags[i].tag == tag)
			return &tags[i];
	}
	return NULL;
}

static int take_entry(struct dynamic *dynamic, const Elf64_Dyn *entry, uint64_t i, struct fp_error *error)
{
	const struct tag *tag = find_tag(entry->d_tag);

	if (!tag)
		return fp_fail(error, "dynamic entry %llu: unknown tag 0x%llx", HEX(i), HEX(entry->d_tag));
	if (tag->slot == REFUSED)
		return fp_fail(error, "dynamic entry %llu: %s: %s", HEX(i), tag->name, tag->refusal);
	if (tag->slot == UNUSED)
		return 0;
	if (dynamic->present[tag->slot])
		return fp_fail(error, "dynamic entry %llu: a second %s", HEX(i), tag->name);
	dynamic->present[tag->slot] = true;
	dynamic->value[tag->slot] = entry->d_un.d_val;
	return 0;
}

static int read_entries(const struct fp_elf *elf, struct dynamic *dynamic, struct fp_error *error)
{
	struct fp_table table = { .count = elf->dynamic.size / sizeof(Elf64_Dyn) };

	fp_elf_file_offset(elf, elf->dynamic.start, elf->dynamic.size, &table.offset);
	for (uint64_t i = 0; i < table.count; i++) {
		Elf64_Dyn entry;

		fp_elf_read_entry(elf, &table, i, &entry, sizeof(entry));
		if (entry.d_tag == DT_NULL)
			return 0;
		if (take_entry(dynamic, &entry, i, error))
			return -1;
	}
	return fp_fail(error, "dynamic section: no DT_NULL in its %llu entries", HEX(table.count));
}

static int check_flags(const struct dynamic *dynamic, struct fp_error *error)
{
	const uint64_t flags = DF_SYMBOLIC | DF_BIND_NOW | DF_STATIC_TLS, flags_1 = DF_1_NOW;

	if (dynamic->value[FLAGS] & DF_TEXTREL)
		return fp_fail(error, "dynamic section: DF_TEXTREL: text is never relocated; compile with -fPIC");
	if (dynamic->value[FLAGS] & ~flags)
		return fp_fail(error, "dynamic section: DT_FLAGS 0x%llx has bits outside 0x%llx", HEX(dynamic->value[FLAGS]),
			       HEX(flags));
	if (dynamic->value[FLAGS_1] & ~flags_1)
		return fp_fail(error, "dynamic section: DT_FLAGS_1 0x%llx has bits outside 0x%llx",
			       HEX(dynamic->value[FLAGS_1]), HEX(flags_1));
	return 0;
}

static int require(const struct dynamic *dynamic, enum slot slot, const char *name, struct fp_error *error)
{
	return dynamic->present[slot] ? 0 : fp_fail(error, "dynamic section: no %s", name);
}

static int find_strings(struct fp_elf *elf, const struct dynamic *dynamic, struct fp_error *error)
{
	uint64_t start = dynamic->value[STRTAB], size = dynamic->value[STRSZ];
	struct fp_table *strings = &elf->strings;

	if (require(dynamic, STRTAB, "DT_STRTAB", error) || require(dynamic, STRSZ, "DT_STRSZ", error))
		return -1;
	if (size == 0 || !fp_elf_file_offset(elf, start, size, &strings->offset))
		return fp_fail(error, "string table: 0x%llx + 0x%llx is not in the file's image", HEX(start), HEX(size));
	strings->count = size;
	if (elf->bytes[strings->offset + size - 1] != 0)
		return fp_fail(error, "string table: 0x%llx + 0x%llx does not end in a NUL", HEX(start), HEX(size));
	if (dynamic->present[SONAME] && dynamic->value[SONAME] >= size)
		return fp_fail(error, "dynamic section: DT_SONAME 0x%llx is past the string table (0x%llx bytes)",
			       HEX(dynamic->value[SONAME]), HEX(size));
	return 0;
}

/* DT_HASH is the only thing in the loaded image that says how many symbols there are. */
static int count_symbols(const struct fp_elf *elf, uint64_t hash, uint64_t *count, struct fp_error *error)
{
	uint32_t head[2]; /* buckets, chains; there is one chain per symbol */
	struct fp_table table = { .count = 1 };

	if (!fp_elf_file_offset(elf, hash, sizeof(head), &table.offset))
		return fp_fail(error, "hash table: 0x%llx is not in the file's image", HEX(hash));
	fp_elf_read_entry(elf, &table, 0, head, sizeof(head));
	uint64_t words = 2ull + head[0] + head[1];

	if (!fp_elf_file_offset(elf, hash, words * sizeof(uint32_t), &table.offset))
		return fp_fail(error, "hash table: 0x%llx: %u buckets and %u chains do not fit in its segment", HEX(hash),
			       head[0], head[1]);
	*count = head[1];
	return 0;
}

static int find_symbols(struct fp_elf *elf, const struct dynamic *dynamic, struct fp_error *error)
{
	struct fp_table *symbols = &elf->symbols;
	uint64_t start = dynamic->value[SYMTAB];

	if (!dynamic->present[HASH])
		return fp_fail(error, "dynamic section: no DT_HASH: link with --hash-style=both or sysv");
	if (require(dynamic, SYMTAB, "DT_SYMTAB", error) || require(dynamic, SYMENT, "DT_SYMENT", error))
		return -1;
	if (dynamic->value[SYMENT] != sizeof(Elf64_Sym))
		return fp_fail(error, "dynamic section: DT_SYMENT %llu is not %zu", HEX(dynamic->value[SYMENT]),
			       sizeof(Elf64_Sym));
	if (count_symbols(elf, dynamic->value[HASH], &symbols->count, error))
		return -1;
	if (!fp_elf_file_offset(elf, start, symbols->count * sizeof(Elf64_Sym), &symbols->offset))
		return fp_fail(error, "symbol table: 0x%llx: %llu symbols do not fit in its segment", HEX(start),
			       HEX(symbols->count));
	return 0;
}

/* A table of Elf64_Rela at tag `at` with its size in bytes at tag `bytes`; both or neither are there. */
static int find_relocations(const struct fp_elf *elf, const struct dynamic *dynamic, enum slot at, enum slot bytes,
			    struct fp_table *table)
{
	uint64_t size = dynamic->value[bytes];

	if (dynamic->present[at] != dynamic->present[bytes])
		return -1;
	if (!dynamic->present[at])
		return 0;
	table->count = size / sizeof(Elf64_Rela);
	if (size % sizeof(Elf64_Rela) || !fp_elf_file_offset(elf, dynamic->value[at], size, &table->offset))
		return -1;
	return 0;
}

static int find_all_relocations(struct fp_elf *elf, const struct dynamic *dynamic, struct fp_error *error)
{
	if (dynamic->present[RELAENT] && dynamic->value[RELAENT] != sizeof(Elf64_Rela))
		return fp_fail(error, "dynamic section: DT_RELAENT %llu is not %zu", HEX(dynamic->value[RELAENT]),
			       sizeof(Elf64_Rela));
	if (dynamic->present[PLTREL] && dynamic->value[PLTREL] != DT_RELA)
		return fp_fail(error, "dynamic section: DT_PLTREL %llu is not DT_RELA (7)", HEX(dynamic->value[PLTREL]));
	if (find_relocations(elf, dynamic, RELA, RELASZ, &elf->rela))
		return fp_fail(error, "relocation table: DT_RELA 0x%llx with DT_RELASZ 0x%llx is no table in the file's image",
			       HEX(dynamic->value[RELA]), HEX(dynamic->value[RELASZ]));
	if (find_relocations(elf, dynamic, JMPREL, PLTRELSZ, &elf->jmprel))
		return fp_fail(error,
			       "relocation table: DT_JMPREL 0x%llx with DT_PLTRELSZ 0x%llx is no table in the file's image",
			       HEX(dynamic->value[JMPREL]), HEX(dynamic->value[PLTRELSZ]));
	return 0;
}

int fp_elf_read_dynamic(struct fp_elf *elf, struct fp_error *error)
{
	struct dynamic dynamic = { 0 };

	if (read_entries(elf, &dynamic, error) || check_flags(&dynamic, error))
		return -1;
	if (find_strings(elf, &dynamic, error) || find_symbols(elf, &dynamic, error))
		return -1;
	return find_all_relocations(elf, &dynamic, error);
}
