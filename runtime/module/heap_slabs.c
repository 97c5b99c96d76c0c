/* SPDX-License-Identifier: Apache-2.0
 *
 * Small objects: a slab is one aligned block, cut into objects of one size, with a bitmap of the free
 * ones in front. The bitmap costs one bit an object and tells every double free and wild free.
 */
#include "heap.h"

#include <string.h>

FP_EXEMPT_BEGIN

#define CLASSES 20
#define WORDS 16       /* of the bitmap: enough for objects of 16 bytes */
#define GRANULES (FP_HEAP_MAX / FP_SLAB_BYTES)
#define PAYLOAD (FP_SLAB_BYTES - FP_BLOCK_HEADER) /* leaves the next block's header before the boundary */

struct slab {
	struct slab *next; /* slabs of the class with a free object */
	struct slab *back;
	uint16_t class;
	uint16_t size;     /* bytes of an object */
	uint16_t capacity; /* objects */
	uint16_t used;
	uint32_t inverse;  /* ceil(2^32 / size) */
	uint32_t first;    /* no word of the bitmap before it has a free object */
	uint64_t free[WORDS]; /* bit set: the object is free */
};

#define OBJECTS 160 /* offset of the first object */
_Static_assert(sizeof(struct slab) <= OBJECTS && OBJECTS % FP_ALIGN == 0, "objects overlap the slab's header");
_Static_assert((PAYLOAD - OBJECTS) / 16 <= WORDS * 64, "the bitmap is too short");

static const uint16_t sizes[CLASSES] = {16,  32,  48,  64,  80,  96,  112, 128, 160, 192,
					224, 256, 320, 384, 448, 512, 640, 768, 896, 1024};

static struct slab *available[CLASSES];
static uint64_t owned[(GRANULES + 63) / 64]; /* bit set: the granule of the heap is a slab */

/* Multiples of 16 up to 128, then four classes for each power of two. */
static unsigned class_of(size_t bytes)
{
	size_t last = bytes - !!bytes;
	unsigned log2;

	if (bytes <= 128)
		return (unsigned)(last / 16);
	log2 = 63 - (unsigned)__builtin_clzll(last);
	return 8 + (log2 - 7) * 4 + (last >> (log2 - 2) & 3);
}

static size_t granule_of(const void *memory)
{
	return (size_t)((uintptr_t)memory - (uintptr_t)fp_heap_base()) / FP_SLAB_BYTES;
}

static struct slab *slab_of(const void *object)
{
	return (struct slab *)((char *)(uintptr_t)object - (uintptr_t)object % FP_SLAB_BYTES);
}

bool fp_slab_owns(const void *memory)
{
	size_t granule = granule_of(memory);

	return granule < GRANULES && owned[granule / 64] >> granule % 64 & 1;
}

static void link_slab(struct slab *slab)
{
	struct slab **head = &available[slab->class];

	slab->back = NULL;
	slab->next = *head;
	if (*head)
		(*head)->back = slab;
	*head = slab;
}

static void unlink_slab(struct slab *slab)
{
	if (slab->next)
		slab->next->back = slab->back;
	if (slab->back)
		slab->back->next = slab->next;
	else
		available[slab->class] = slab->next;
}

static void mark_all_free(struct slab *slab)
{
	memset(slab->free, 0, sizeof(slab->free));
	for (unsigned i = 0; i < slab->capacity / 64; i++)
		slab->free[i] = ~UINT64_C(0);
	if (slab->capacity % 64)
		slab->free[slab->capacity / 64] = (UINT64_C(1) << slab->capacity % 64) - 1;
}

static struct slab *open_slab(unsigned class)
{
	struct slab *slab = fp_block_allocate(PAYLOAD, FP_SLAB_BYTES);
	size_t granule;

	if (!slab)
		return NULL;
	granule = granule_of(slab);
	owned[granule / 64] |= UINT64_C(1) << granule % 64;
	slab->class = (uint16_t)class;
	slab->size = sizes[class];
	slab->capacity = (uint16_t)((PAYLOAD - OBJECTS) / slab->size);
	slab->used = 0;
	slab->inverse = (uint32_t)(((UINT64_C(1) << 32) + slab->size - 1) / slab->size);
	slab->first = 0;
	mark_all_free(slab);
	link_slab(slab);
	return slab;
}

static void close_slab(struct slab *slab)
{
	size_t granule = granule_of(slab);

	unlink_slab(slab);
	owned[granule / 64] &= ~(UINT64_C(1) << granule % 64);
	fp_block_release(slab);
}

/* Index of the lowest free object, now taken. */
static unsigned take_object(struct slab *slab)
{
	unsigned word = slab->first;
	unsigned bit;

	while (word < WORDS && !slab->free[word])
		word++;
	if (word >= WORDS)
		fp_fatal("heap: a slab's header was overwritten");
	bit = (unsigned)__builtin_ctzll(slab->free[word]);
	slab->free[word] &= slab->free[word] - 1;
	slab->first = word;
	return word * 64 + bit;
}

FP_NOINLINE void *fp_slab_allocate(size_t bytes)
{
	unsigned class = class_of(bytes);
	struct slab *slab = available[class];
	unsigned object;

	if (!slab)
		slab = open_slab(class);
	if (!slab)
		return NULL;
	object = take_object(slab);
	if (++slab->used == slab->capacity)
		unlink_slab(slab);
	return (char *)slab + OBJECTS + (size_t)object * slab->size;
}

/* Number of the object at `memory`; traps unless one starts there and is in use. */
static unsigned check_object(const struct slab *slab, const void *memory)
{
	size_t offset = (size_t)((const char *)memory - (const char *)slab) - OBJECTS;
	unsigned object = (unsigned)((offset * slab->inverse) >> 32);

	if (offset >= FP_SLAB_BYTES || (size_t)object * slab->size != offset || object >= slab->capacity)
		fp_fatal("heap: free() or realloc() of a pointer that malloc() did not return");
	if (slab->free[object / 64 % WORDS] >> object % 64 & 1)
		fp_fatal("heap: double free, or use after free");
	return object;
}

FP_NOINLINE void fp_slab_release(void *memory)
{
	struct slab *slab = slab_of(memory);
	unsigned object = check_object(slab, memory);

	slab->free[object / 64 % WORDS] |= UINT64_C(1) << object % 64;
	if (object / 64 < slab->first)
		slab->first = object / 64;
	if (slab->used-- == slab->capacity)
		link_slab(slab);
	/* One empty slab a class stays, so that a lone object freed and allocated again costs no slab. */
	if (!slab->used && (slab->next || slab->back))
		close_slab(slab);
}

size_t fp_slab_size(const void *object)
{
	const struct slab *slab = slab_of(object);

	check_object(slab, object);
	return slab->size;
}

bool fp_slab_trim(void)
{
	bool any = false;

	for (unsigned class = 0; class < CLASSES; class++) {
		struct slab *slab = available[class];

		while (slab && slab->used)
			slab = slab->next;
		if (slab) {
			close_slab(slab);
			any = true;
		}
	}
	return any;
}

FP_END
