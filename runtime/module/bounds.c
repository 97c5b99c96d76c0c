/* SPDX-License-Identifier: Apache-2.0
 *
 * Mode `pointer`: what moves bounds about, whatever table holds them (bounds.h).
 */
#include "bounds.h"

/* The word at `to` was copied from `from`. */
static void copy_word(char *to, const char *from)
{
	uint64_t word = *(uint64_t *)to;
	struct fp_bounds bounds = {0, FP_WHOLE};

	if (word)
		bounds = fp_bounds_load(from, word);
	if (bounds.object != FP_WHOLE)
		fp_bounds_store(to, word, bounds.lower, bounds.object);
}

/* Copies what is known of the words between two offsets, the last word first; all are of one chunk of `from`. */
static void copy_words_down(char *to, const char *from, size_t start, size_t end)
{
	if (!fp_bounds_is_empty(from + start))
		for (size_t i = end; i > start; i -= 8)
			copy_word(to + i - 8, from + i - 8);
}

static void copy_words_up(char *to, const char *from, size_t start, size_t end)
{
	if (!fp_bounds_is_empty(from + start))
		for (size_t i = start; i < end; i += 8)
			copy_word(to + i, from + i);
}

/* From `start`, which is below `end`, to where its chunk ends, or to `end`; and the other way round. */
static size_t chunk_end(const char *from, size_t start, size_t end)
{
	size_t rest = FP_CHUNK - ((uintptr_t)(from + start) & (FP_CHUNK - 1));

	return rest < end - start ? start + rest : end;
}

static size_t chunk_start(const char *from, size_t start, size_t end)
{
	size_t part = ((uintptr_t)(from + end - 8) & (FP_CHUNK - 1)) + 8;

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

/* On every entry into the module; works on the first one. The last record has no slot. */
FP_NOINLINE void fp_bounds_begin(const struct initial *initial)
{
	static bool begun;

	if (begun)
		return;
	begun = true;
	for (; initial->slot; initial++)
		fp_bounds_store(initial->slot, *(uint64_t *)initial->slot, (uintptr_t)initial->lower, initial->object);
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
	uint32_t opened = fp_bounds_opened();
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
