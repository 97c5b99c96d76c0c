/* SPDX-License-Identifier: Apache-2.0
 *
 * Blocks with boundary tags in two-level segregated free lists: constant time, immediate coalescing
 * (Masmano, Ripoll, Crespo, Real, "TLSF", ECRTS 2004).
 */
#include "heap.h"

FP_EXEMPT_BEGIN

#define UNIT 16u         /* payload sizes are multiples of it */
#define STEPS_LOG2 4     /* lists per power of two: 16 */
#define STEPS (1u << STEPS_LOG2)
#define LINEAR (UNIT * STEPS) /* below, one list per size */
#define LEVELS 23        /* powers of two from LINEAR to the largest heap, and the linear range */
#define WALK_SHORT 8     /* blocks tried for an aligned request before a larger one is cut */
#define WALK_LONG 64     /* blocks of a list tried once nothing is sure to fit */

#define SEAL_USED UINT64_C(0x5ea1ed0f00d5afe5)
#define SEAL_FREE UINT64_C(0xf4eed0b10cca11ed)

void *fp_heap_start(void);
size_t fp_heap_size(void);

/* The links exist in free blocks only: they are the first bytes of the payload. */
struct block {
	uint32_t size;     /* bytes of the payload */
	uint32_t previous; /* bytes of the payload of the block before, 0 for the first */
	uint64_t seal;     /* SEAL_USED or SEAL_FREE, each xor the block's address */
	struct block *next;
	struct block *back;
};

static struct {
	char *base; /* NULL until the first allocation */
	char *end;  /* the closing header: a used block of size 0 */
	char *untouched;
	uint32_t levels;         /* bit set: the level has a block */
	uint32_t steps[LEVELS];  /* bit set: the list has a block */
	struct block *lists[LEVELS][STEPS];
} heap;

static void *payload_of(struct block *block)
{
	return (char *)block + FP_BLOCK_HEADER;
}

static struct block *block_of(const void *payload)
{
	return (struct block *)((char *)(uintptr_t)payload - FP_BLOCK_HEADER);
}

static bool sealed(const struct block *block, uint64_t seal)
{
	return block->seal == (seal ^ (uintptr_t)block);
}

static void set_seal(struct block *block, uint64_t seal)
{
	block->seal = seal ^ (uintptr_t)block;
}

static struct block *block_after(struct block *block)
{
	struct block *after = (struct block *)((char *)payload_of(block) + block->size);

	if ((char *)after > heap.end || after->previous != block->size)
		fp_fatal("heap: a block's header was overwritten, probably by a write past the end of the allocation before it");
	return after;
}

/* ---- Free lists ------------------------------------------------------------------------------- */

/* The list that holds blocks of `size`: level << STEPS_LOG2 | step. */
static unsigned list_of(uint32_t size)
{
	unsigned log2 = 31 - (unsigned)__builtin_clz(size | 1);

	if (size < LINEAR)
		return size / UNIT;
	return (log2 - 7) << STEPS_LOG2 | (size >> (log2 - STEPS_LOG2) & (STEPS - 1));
}

/* The smallest size all blocks of whose list hold `size` bytes. */
static uint32_t list_ceiling(uint32_t size)
{
	unsigned log2 = 31 - (unsigned)__builtin_clz(size | 1);

	return size < LINEAR ? size : size + (1u << (log2 - STEPS_LOG2)) - 1;
}

/* First list from `list` on that has a block, or LEVELS * STEPS. */
static unsigned next_list(unsigned list)
{
	unsigned level = list >> STEPS_LOG2;
	uint32_t steps, levels;

	if (level >= LEVELS)
		return LEVELS * STEPS;
	steps = heap.steps[level] & ~0u << (list & (STEPS - 1));
	if (steps)
		return level << STEPS_LOG2 | (unsigned)__builtin_ctz(steps);
	levels = heap.levels & ~1u << level;
	if (!levels)
		return LEVELS * STEPS;
	level = (unsigned)__builtin_ctz(levels);
	return level << STEPS_LOG2 | (unsigned)__builtin_ctz(heap.steps[level]);
}

static struct block **list_head(unsigned list)
{
	return &heap.lists[list >> STEPS_LOG2][list & (STEPS - 1)];
}

static void insert_free(struct block *block)
{
	unsigned list = list_of(block->size);
	struct block **head = list_head(list);

	set_seal(block, SEAL_FREE);
	block->back = NULL;
	block->next = *head;
	if (*head)
		(*head)->back = block;
	*head = block;
	heap.steps[list >> STEPS_LOG2] |= 1u << (list & (STEPS - 1));
	heap.levels |= 1u << (list >> STEPS_LOG2);
}

static void remove_free(struct block *block)
{
	unsigned list = list_of(block->size);
	struct block **head = list_head(list);

	if (block->next)
		block->next->back = block->back;
	if (block->back)
		block->back->next = block->next;
	else
		*head = block->next;
	if (*head)
		return;
	heap.steps[list >> STEPS_LOG2] &= ~(1u << (list & (STEPS - 1)));
	if (!heap.steps[list >> STEPS_LOG2])
		heap.levels &= ~(1u << (list >> STEPS_LOG2));
}

/* ---- Finding ---------------------------------------------------------------------------------- */

/* Bytes to leave free before an aligned payload; 0, or enough for a block of its own. */
static size_t gap_before(struct block *block, size_t align)
{
	uintptr_t payload = (uintptr_t)payload_of(block);
	size_t gap = -payload & (align - 1);

	return gap && gap < FP_BLOCK_HEADER + UNIT ? gap + align : gap;
}

static struct block *walk_list(unsigned list, uint32_t size, size_t align, unsigned tries)
{
	struct block *block = *list_head(list);

	for (; block && tries; block = block->next, tries--)
		if (gap_before(block, align) + size <= block->size)
			return block;
	return NULL;
}

/* A free block that holds an aligned payload of `size`, still in its list. */
static struct block *find_free(uint32_t size, size_t align)
{
	size_t padded = align > UNIT ? size + align + FP_BLOCK_HEADER + UNIT : size;
	unsigned list = list_of(size);
	struct block *block = align > UNIT ? walk_list(list, size, align, WALK_SHORT) : NULL;

	if (block)
		return block;
	if (padded < FP_HEAP_MAX) {
		unsigned sure = next_list(list_of(list_ceiling((uint32_t)padded)));

		if (sure < LEVELS * STEPS)
			return *list_head(sure);
	}
	for (list = next_list(list); list < LEVELS * STEPS && !block; list = next_list(list + 1))
		block = walk_list(list, size, align, WALK_LONG);
	return block;
}

/* ---- Cutting and joining ---------------------------------------------------------------------- */

static void set_size(struct block *block, uint32_t size)
{
	struct block *after;

	block->size = size;
	after = (struct block *)((char *)payload_of(block) + size);
	after->previous = size;
}

/* Cuts a free, unlisted block after `size` bytes and returns the second part, also unlisted. */
static struct block *cut(struct block *block, uint32_t size)
{
	struct block *second = (struct block *)((char *)payload_of(block) + size);
	uint32_t rest = block->size - size - FP_BLOCK_HEADER;

	set_size(block, size);
	second->previous = size;
	set_size(second, rest);
	set_seal(second, SEAL_FREE);
	return second;
}

/* Joins `block` with the block after it, which must be unlisted and not in use. */
static void join_after(struct block *block, struct block *after)
{
	set_size(block, block->size + FP_BLOCK_HEADER + after->size);
}

/* Gives what a used block holds beyond `size` back. */
static void trim(struct block *block, uint32_t size)
{
	struct block *rest, *after;
	char *end;

	if (block->size - size >= FP_BLOCK_HEADER + UNIT) {
		rest = cut(block, size);
		after = block_after(rest);
		if (sealed(after, SEAL_FREE)) {
			remove_free(after);
			join_after(rest, after);
		}
		insert_free(rest);
	}
	/* The header and links of what follows are the furthest bytes written. */
	end = (char *)payload_of(block) + block->size + sizeof(struct block);
	if (end > heap.untouched)
		heap.untouched = end;
}

static bool open_heap(void)
{
	size_t bytes = fp_heap_size();
	struct block *first = fp_heap_start();
	struct block *closing;

	if (bytes > FP_HEAP_MAX)
		bytes = FP_HEAP_MAX;
	if (!first || bytes < 4 * FP_BLOCK_HEADER)
		return false;
	heap.base = (char *)first;
	heap.end = heap.base + (bytes & -(size_t)UNIT) - FP_BLOCK_HEADER;
	heap.untouched = heap.base + sizeof(struct block);
	closing = (struct block *)heap.end;
	set_size(first, (uint32_t)(heap.end - heap.base) - FP_BLOCK_HEADER);
	set_seal(closing, SEAL_USED);
	insert_free(first);
	return true;
}

/* ---- Doors ------------------------------------------------------------------------------------ */

static uint32_t rounded(size_t bytes)
{
	return (uint32_t)((bytes + !bytes + UNIT - 1) & -(size_t)UNIT);
}

FP_NOINLINE void *fp_block_allocate(size_t bytes, size_t align)
{
	struct block *block;
	size_t gap;

	if (bytes > FP_HEAP_MAX - UNIT || align > FP_HEAP_MAX || (!heap.base && !open_heap()))
		return NULL;
	block = find_free(rounded(bytes), align);
	if (!block)
		return NULL;
	remove_free(block);
	gap = gap_before(block, align);
	if (gap) {
		struct block *before = block;

		block = cut(before, (uint32_t)gap - FP_BLOCK_HEADER);
		insert_free(before);
	}
	set_seal(block, SEAL_USED);
	trim(block, rounded(bytes));
	return payload_of(block);
}

/* The block of `payload`, which must be in use. */
static struct block *check_used(const void *payload)
{
	struct block *block = block_of(payload);

	if ((uintptr_t)payload % UNIT || (char *)block < heap.base || (char *)block >= heap.end)
		fp_fatal("heap: free() or realloc() of a pointer that malloc() did not return");
	if (sealed(block, SEAL_FREE))
		fp_fatal("heap: double free, or use after free");
	if (!sealed(block, SEAL_USED))
		fp_fatal("heap: free() or realloc() of a pointer that malloc() did not return, or whose header was overwritten");
	return block;
}

FP_NOINLINE void fp_block_release(void *payload)
{
	struct block *block = check_used(payload);
	struct block *after = block_after(block);

	set_seal(block, SEAL_FREE);
	if (sealed(after, SEAL_FREE)) {
		remove_free(after);
		join_after(block, after);
	}
	if (block->previous) {
		struct block *before = (struct block *)((char *)block - block->previous - FP_BLOCK_HEADER);

		if ((char *)before < heap.base || block_after(before) != block)
			fp_fatal("heap: a block's header was overwritten");
		if (sealed(before, SEAL_FREE)) {
			remove_free(before);
			join_after(before, block);
			block = before;
		}
	}
	insert_free(block);
}

FP_NOINLINE bool fp_block_resize(void *payload, size_t bytes)
{
	struct block *block = check_used(payload);
	struct block *after = block_after(block);
	size_t room = block->size;

	if (bytes > FP_HEAP_MAX - UNIT)
		return false;
	if (rounded(bytes) > room && sealed(after, SEAL_FREE))
		room += FP_BLOCK_HEADER + after->size;
	if (rounded(bytes) > room)
		return false;
	if (room > block->size) {
		remove_free(after);
		join_after(block, after);
	}
	trim(block, rounded(bytes));
	return true;
}

size_t fp_block_size(const void *payload)
{
	return check_used(payload)->size;
}

const char *fp_block_untouched(void)
{
	return heap.base || open_heap() ? heap.untouched : NULL;
}

const char *fp_heap_base(void)
{
	return heap.base;
}

FP_END
