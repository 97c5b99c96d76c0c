/* SPDX-License-Identifier: Apache-2.0
 *
 * The bounds table that is data of the module. Two levels, like MPX's directory and tables: the directory has
 * an entry for each 4 KiB of the arena's lower half, which leads to a table with an entry for each 8 bytes of
 * them. Tables come into being when a pointer is first stored in their 4 KiB; until then the directory leads
 * to one that is empty.
 *
 * It is no more to be trusted than any other data: what confines the module is what confines mode `rw`, and it
 * confines the code here as well.
 */
#include "bounds.h"

#define CHUNKS ((FP_ARENA_REACH + 1u) / FP_CHUNK)
#define ARENA_MASK (~(uint64_t)(FP_ARENA_SIZE - 1))
#define FP_INLINE __attribute__((always_inline))

struct entry {
	uint64_t pointer;
	struct fp_bounds bounds;
};

#define TABLE ((uint32_t)(FP_CHUNK / 8 * sizeof(struct entry)))
#define TABLES 0x10000000 /* bytes for all of them, a power of two; the pages in use are the ones that cost */

static uint32_t directory[CHUNKS]; /* offset of the table among the tables; 0: the empty one */
static _Alignas(64) char tables[TABLES];
static uint32_t opened = TABLE;

static uint32_t *place_of(const void *slot)
{
	return &directory[(uintptr_t)slot / FP_CHUNK & (CHUNKS - 1)];
}

/* The mask keeps wherever a damaged directory leads near the tables, so that no guard is needed. */
static struct entry *entry_in(uint32_t table, const void *slot)
{
	return (struct entry *)(tables + (table & (TABLES - 1)) + ((uintptr_t)slot & (FP_CHUNK - 8)) / 8 * sizeof(struct entry));
}

static bool open_table(uint32_t *place)
{
	static const char full[] = "the bounds table is full: pointers stored from here on are not checked";
	static bool told;

	if (opened <= TABLES - TABLE) {
		*place = opened;
		opened += TABLE;
		return true;
	}
	if (!told)
		fp_log(FP_WARNING, full, sizeof(full) - 1);
	told = true;
	return false;
}

FP_INLINE struct fp_bounds fp_bounds_load(const void *slot, uint64_t pointer)
{
	const struct entry *entry = entry_in(*place_of(slot), slot);
	bool known = entry->pointer == pointer;
	uint64_t arena = (uintptr_t)directory & ARENA_MASK;

	return (struct fp_bounds){known ? entry->bounds.lower : arena, known ? entry->bounds.object : FP_WHOLE};
}

/* Nothing has a table yet that covers `slot`. */
static FP_NOINLINE void store_first(void *slot, uint64_t pointer, uint64_t lower, uint64_t object)
{
	uint32_t *place = place_of(slot);

	if (*place || open_table(place))
		*entry_in(*place, slot) = (struct entry){pointer, {lower, object}};
}

FP_INLINE void fp_bounds_store(void *slot, uint64_t pointer, uint64_t lower, uint64_t object)
{
	uint32_t table = *place_of(slot);

	if (__builtin_expect(table != 0, 1))
		*entry_in(table, slot) = (struct entry){pointer, {lower, object}};
	else
		store_first(slot, pointer, lower, object);
}

FP_INLINE void fp_bounds_forget(void *slot)
{
	uint32_t table = *place_of(slot);

	if (__builtin_expect(table != 0, 1))
		entry_in(table, slot)->pointer = 0;
}

bool fp_bounds_is_empty(const void *slot)
{
	return *place_of(slot) == 0;
}

uint32_t fp_bounds_opened(void)
{
	return opened;
}
