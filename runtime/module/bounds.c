/* SPDX-License-Identifier: Apache-2.0
 *
 * The bounds table of mode `pointer`: for each pointer in memory, the object it belongs to. Two levels,
 * like MPX's directory and tables: the directory has an entry for each 4 KiB of the arena's lower half,
 * which leads to a table with an entry for each 8 bytes of them. Tables come into being when a pointer is
 * first stored in their 4 KiB; until then the directory leads to one that is empty.
 *
 * An entry counts only for the very pointer it was made for: if something else has written the memory
 * since, its bounds are unknown, which means the whole arena (passes/bounds/).
 *
 * The table is data of the module like any other, and no more to be trusted: what confines the module
 * is what confines mode `rw`, and it confines the code here as well.
 */
#include "library.h"

#define CHUNK_LOG2 12
#define CHUNK (1u << CHUNK_LOG2)
#define CHUNKS ((FP_ARENA_REACH >> CHUNK_LOG2) + 1)
#define ARENA_MASK (~(uint64_t)(FP_ARENA_SIZE - 1))
#define WHOLE UINT32_MAX /* the description of what may be anywhere in the arena: no site */
#define FP_INLINE __attribute__((always_inline))

/* Where an object begins, and its size in bytes; above the size the number of its site in decisions.json. */
struct fp_bounds {
	uint64_t lower;
	uint64_t object; /* site << 32 | size */
};

struct entry {
	uint64_t pointer;
	struct fp_bounds bounds;
};

#define TABLE ((uint32_t)(CHUNK / 8 * sizeof(struct entry)))
#define TABLES 0x10000000 /* bytes for all of them, a power of two; the pages in use are the ones that cost */

static uint32_t directory[CHUNKS]; /* offset of the table among the tables; 0: the empty one */
static _Alignas(64) char tables[TABLES];
static uint32_t opened = TABLE;

static uint32_t *place_of(const void *slot)
{
	return &directory[(uintptr_t)slot >> CHUNK_LOG2 & (CHUNKS - 1)];
}

/* The mask keeps wherever a damaged directory leads near the tables, so that no guard is needed. */
static struct entry *entry_in(uint32_t table, const void *slot)
{
	return (struct entry *)(tables + (table & (TABLES - 1)) + ((uintptr_t)slot & (CHUNK - 8)) / 8 * sizeof(struct entry));
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

/* The bounds of `pointer`, which was just loaded from `slot`. */
FP_INLINE struct fp_bounds fp_bounds_load(const void *slot, uint64_t pointer)
{
	const struct entry *entry = entry_in(*place_of(slot), slot);
	bool known = entry->pointer == pointer;
	uint64_t arena = (uintptr_t)directory & ARENA_MASK;

	return (struct fp_bounds){known ? entry->bounds.lower : arena, known ? entry->bounds.object : WHOLE};
}

FP_NOINLINE void fp_bounds_store_first(void *slot, uint64_t pointer, uint64_t lower, uint64_t object)
{
	uint32_t *place = place_of(slot);

	if (*place || open_table(place))
		*entry_in(*place, slot) = (struct entry){pointer, {lower, object}};
}

/* To be called when `pointer` was stored in `slot`. */
FP_INLINE void fp_bounds_store(void *slot, uint64_t pointer, uint64_t lower, uint64_t object)
{
	uint32_t table = *place_of(slot);

	if (__builtin_expect(table != 0, 1))
		*entry_in(table, slot) = (struct entry){pointer, {lower, object}};
	else
		fp_bounds_store_first(slot, pointer, lower, object);
}

/* To be called when something was stored in `slot` that may be a pointer, but of which nothing is known. */
FP_INLINE void fp_bounds_forget(void *slot)
{
	uint32_t table = *place_of(slot);

	if (__builtin_expect(table != 0, 1))
		entry_in(table, slot)->pointer = 0;
}

/* The word at `to` was copied from `from`. */
static void copy_word(char *to, const char *from)
{
	const struct entry *entry = entry_in(*place_of(from), from);
	uint64_t word = *(uint64_t *)to;

	if (word && entry->pointer == word)
		fp_bounds_store_first(to, word, entry->bounds.lower, entry->bounds.object);
}

/* Copies what is known of the words between two offsets, the last word first; all are of one chunk of `from`. */
static void copy_words_down(char *to, const char *from, size_t start, size_t end)
{
	if (*place_of(from + start))
		for (size_t i = end; i > start; i -= 8)
			copy_word(to + i - 8, from + i - 8);
}

static void copy_words_up(char *to, const char *from, size_t start, size_t end)
{
	if (*place_of(from + start))
		for (size_t i = start; i < end; i += 8)
			copy_word(to + i, from + i);
}

/* From `start`, which is below `end`, to where its chunk ends, or to `end`; and the other way round. */
static size_t chunk_end(const char *from, size_t start, size_t end)
{
	size_t rest = CHUNK - ((uintptr_t)(from + start) & (CHUNK - 1));

	return rest < end - start ? start + rest : end;
}

static size_t chunk_start(const char *from, size_t start, size_t end)
{
	size_t part = ((uintptr_t)(from + end - 8) & (CHUNK - 1)) + 8;

	return part < end - start ? end - part : start;
}

/* To be called when `bytes` were copied by memcpy() or memmove(): pointers among them keep their bounds. */
FP_NOINLINE void fp_bounds_copy(char *to, const char *from, size_t bytes)
{
	size_t start = -(uintptr_t)to & 7;
	size_t end = bytes >= start ? start + (bytes - start) / 8 * 8 : start, next;
	bool down = (uintptr_t)to - (uintptr_t)from < bytes;

	if (((uintptr_t)to ^ (uintptr_t)from) & 7)
		return;
	for (; start < end && down; end = next) {
		next = chunk_start(from, start, end);
		copy_words_down(to, from, next, end);
	}
	for (; start < end; start = next) {
		next = chunk_end(from, start, end);
		copy_words_up(to, from, start, next);
	}
}

/* A pointer in a variable's initial value. */
struct initial {
	void *slot;
	const void *lower;
	uint64_t object;
};

/* On every entry into the module; works on the first one. */
FP_NOINLINE void fp_bounds_begin(const struct initial *initial, size_t count)
{
	static bool begun;

	if (begun)
		return;
	begun = true;
	for (size_t i = 0; i < count; i++)
		fp_bounds_store(initial[i].slot, *(uint64_t *)initial[i].slot, (uintptr_t)initial[i].lower,
				initial[i].object);
}

static struct fp_bounds describe(const void *lower, uint32_t site, size_t size)
{
	return (struct fp_bounds){(uintptr_t)lower, (uint64_t)site << 32 | (uint32_t)size};
}

static void store_described(const void *slot, struct fp_bounds bounds)
{
	fp_bounds_store((void *)(uintptr_t)slot, *(const uint64_t *)slot, bounds.lower, bounds.object);
}

/* The host has handed in a batch: a packet's object is its whole buffer, headroom included. */
FP_NOINLINE struct fp_bounds fp_bounds_enter_process(struct fp_batch *batch, uint32_t site, uint32_t packet_site)
{
	uint32_t count = batch->count < FP_BATCH_MAX ? batch->count : FP_BATCH_MAX;

	for (uint32_t i = 0; i < count; i++) {
		uintptr_t data = (uintptr_t)batch->packet[i].data;
		struct fp_bounds bounds = {data & ~(uint64_t)(FP_PACKET_BUFFER - 1), 0};

		bounds.object = describe(NULL, packet_site, FP_PACKET_BUFFER).object;
		store_described(&batch->packet[i].data, bounds);
	}
	return describe(batch, site, sizeof(*batch));
}

/* What a build that counts has done since process() was entered (passes/bounds/counted.py). */
struct counted {
	uint64_t loads, stores, copies, checks;
};

static void add_to(const char *name, uint64_t n)
{
	fp_count(fp_counter(name), n);
}

/* On the way out of process(); the batch's own pointers were stored on the way in. */
FP_NOINLINE void fp_bounds_report(struct counted *counted, const struct fp_batch *batch)
{
	static uint32_t told;
	uint32_t count = batch->count < FP_BATCH_MAX ? batch->count : FP_BATCH_MAX;

	add_to("bounds.loads", counted->loads);
	add_to("bounds.stores", counted->stores + count);
	add_to("bounds.copies", counted->copies);
	add_to("bounds.checks", counted->checks);
	add_to("bounds.table_bytes", opened - told);
	told = opened;
	*counted = (struct counted){0};
}

FP_NOINLINE FP_NOT_AS("strlen") struct fp_bounds
fp_bounds_enter_init(const struct fp_args *args, uint32_t site, uint32_t text_site, uint32_t name_site)
{
	size_t name_size = 1;

	while (args->name[name_size - 1])
		name_size++;
	store_described(&args->text, describe(args->text, text_site, args->len + 1));
	store_described(&args->name, describe(args->name, name_site, name_size));
	return describe(args, site, sizeof(*args));
}
