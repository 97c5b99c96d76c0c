/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate.h"

#include <elf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <fastpaas/abi.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A mutant in the making. */
struct mutant {
	const struct mutate_original *original;
	uint64_t state; /* of the random numbers */
	uint8_t *bytes;
	size_t len;
};

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t random_word(struct mutant *m)
{
	uint64_t z = m->state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static size_t random_below(struct mutant *m, size_t limit)
{
	return random_word(m) % limit;
}

static const struct mutate_region *random_region(struct mutant *m)
{
	return &m->original->region[random_below(m, m->original->region_count)];
}

static void flip_bit(struct mutant *m, size_t start, size_t size)
{
	m->bytes[start + random_below(m, size)] ^= 1u << random_below(m, 8);
}

static void flip_anywhere(struct mutant *m)
{
	flip_bit(m, 0, m->len);
}

static void flip_in_region(struct mutant *m)
{
	const struct mutate_region *region = random_region(m);

	flip_bit(m, region->start, region->size);
}

/* Values at which arithmetic or a limit may go wrong. */
static uint64_t telling_value(struct mutant *m, uint64_t old)
{
	const uint64_t values[] = {
		0, 1, 7, 8, 24, ~0ull, ~0ull - 7, INT64_MAX, 1ull << 63, 1ull << 32, UINT32_MAX, INT32_MAX, m->len, m->len - 1,
		m->len + 1, FP_IMAGE_OFFSET, FP_IMAGE_OFFSET - 1, FP_IMAGE_LIMIT, FP_IMAGE_LIMIT - 1, FP_HEAP_OFFSET,
		FP_ARENA_SIZE, 0x1000, 0xfff, 0x11000, 0x12000, 0x13000, old + 1, old - 1, old + 8, old - 8, old + 0x1000,
		old - 0x1000, old * 2, ~old, -old, random_word(m), random_below(m, 64), random_below(m, 0x20000),
	};

	return values[random_below(m, COUNT(values))];
}

/* One aligned field of 1, 2, 4 or 8 bytes of one record. */
static void replace_field(struct mutant *m)
{
	const struct mutate_region *region = random_region(m);
	size_t size = 1u << random_below(m, 4);
	uint64_t old = 0, new;

	if (size > region->size)
		return;
	size_t at = region->start + random_below(m, region->size / size) * size;

	memcpy(&old, m->bytes + at, size);
	new = telling_value(m, old);
	memcpy(m->bytes + at, &new, size);
}

static void replace_fields(struct mutant *m)
{
	for (size_t n = 2 + random_below(m, 4); n; n--)
		replace_field(m);
}

/* Doubles one record over another: twice the same segment, symbol, tag, target. */
static void copy_record(struct mutant *m)
{
	const struct mutate_region *region = random_region(m);
	size_t records = region->size / region->record;
	size_t from = random_below(m, records), to = random_below(m, records);

	memmove(m->bytes + region->start + to * region->record, m->bytes + region->start + from * region->record,
		region->record);
}

/* One field of one record, copied from another record of any region. */
static void copy_word(struct mutant *m)
{
	const struct mutate_region *to = random_region(m), *from = random_region(m);

	if (to->size < 8 || from->size < 8)
		return;
	memmove(m->bytes + to->start + random_below(m, to->size / 8) * 8,
		m->bytes + from->start + random_below(m, from->size / 8) * 8, 8);
}

static void truncate_anywhere(struct mutant *m)
{
	m->len = random_below(m, m->len);
}

/* Just before, at or just after the end of something the loader reads. */
static void truncate_at_region(struct mutant *m)
{
	const struct mutate_region *region = random_region(m);
	size_t len = region->start + region->size * random_below(m, 2) + random_below(m, 3);

	m->len = len && len <= m->len ? len - 1 : 0;
}

static void extend(struct mutant *m)
{
	for (size_t n = 1 + random_below(m, MUTATE_GROWTH); n; n--)
		m->bytes[m->len++] = (uint8_t)random_word(m);
}

static void scribble(struct mutant *m)
{
	const struct mutate_region *region = random_region(m);
	size_t start = random_below(m, region->size);
	size_t size = 1 + random_below(m, region->size - start);

	for (size_t i = 0; i < size; i++)
		m->bytes[region->start + start + i] = (uint8_t)random_word(m);
}

/* Listed as often as it deserves. */
static void (*const kinds[])(struct mutant *m) = {
	flip_anywhere, flip_in_region, flip_in_region,	  replace_field, replace_field, replace_field,
	replace_field, replace_fields, copy_record,	  copy_word,	 copy_word,	truncate_anywhere,
	extend,	       scribble,       truncate_at_region,
};

uint8_t *mutate(const struct mutate_original *original, uint64_t seed, size_t *len)
{
	uint8_t *room = malloc(original->len + MUTATE_GROWTH), *exact;
	struct mutant m = { original, seed, room, original->len };

	if (!room)
		return NULL;
	memcpy(room, original->bytes, original->len);
	random_word(&m); /* neighbouring seeds part */
	kinds[random_below(&m, COUNT(kinds))](&m);
	exact = malloc(m.len ? m.len : 1);
	if (exact)
		memcpy(exact, room, m.len);
	free(room);
	*len = m.len;
	return exact;
}

static void add_region(struct mutate_original *original, size_t start, size_t size, size_t record)
{
	if (size && original->region_count < MUTATE_REGIONS)
		original->region[original->region_count++] = (struct mutate_region){ start, size, record ? record : 1 };
}

static bool read_by_loader(const Elf64_Shdr *section)
{
	return section->sh_flags & SHF_ALLOC && section->sh_type != SHT_NOBITS && section->sh_type != SHT_PROGBITS;
}

static bool read_by_debuggers(const Elf64_Shdr *section)
{
	return !(section->sh_flags & SHF_ALLOC);
}

static void add_sections(struct mutate_original *original, const Elf64_Ehdr *header,
			 bool (*wanted)(const Elf64_Shdr *section))
{
	Elf64_Shdr section;

	for (unsigned i = 0; i < header->e_shnum; i++) {
		memcpy(&section, original->bytes + header->e_shoff + i * sizeof(section), sizeof(section));
		if (wanted(&section))
			add_region(original, section.sh_offset, section.sh_size, section.sh_entsize);
	}
}

int mutate_open(struct mutate_original *original, const uint8_t *bytes, size_t len, bool debug)
{
	Elf64_Ehdr header;
	/* A table of headers gets several tickets: most of what can go wrong is there. */
	int tickets = 2;

	*original = (struct mutate_original){ .bytes = bytes, .len = len };
	memcpy(&header, bytes, sizeof(header));
	for (; debug && tickets; tickets--)
		add_region(original, header.e_shoff, header.e_shnum * sizeof(Elf64_Shdr), sizeof(Elf64_Shdr));
	for (; tickets; tickets--)
		add_region(original, header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr), sizeof(Elf64_Phdr));
	if (!debug)
		add_region(original, 0, sizeof(header), 8);
	add_sections(original, &header, debug ? read_by_debuggers : read_by_loader);
	return header.e_shnum ? 0 : -1;
}
