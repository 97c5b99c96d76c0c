/* SPDX-License-Identifier: Apache-2.0
 *
 * The allocation functions. None is inlined into the NF: the optimiser takes what lies behind a
 * freed pointer for dead, and would delete the header that an inlined malloc() just wrote.
 */
#include "heap.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

FP_EXEMPT_BEGIN

static void *try_allocate(size_t bytes)
{
	void *memory = bytes <= FP_SMALL_MAX ? fp_slab_allocate(bytes) : NULL;

	return memory ? memory : fp_block_allocate(bytes, FP_ALIGN);
}

static void *allocate(size_t bytes)
{
	void *memory = try_allocate(bytes);

	if (!memory && fp_slab_trim())
		memory = try_allocate(bytes);
	if (!memory)
		errno = ENOMEM;
	return memory;
}

static size_t usable(const void *memory)
{
	return fp_slab_owns(memory) ? fp_slab_size(memory) : fp_block_size(memory);
}

static void release(void *memory)
{
	if (fp_slab_owns(memory))
		fp_slab_release(memory);
	else
		fp_block_release(memory);
}

FP_NOINLINE void *malloc(size_t bytes)
{
	return allocate(bytes);
}

FP_NOINLINE void free(void *memory)
{
	if (memory)
		release(memory);
}

FP_NOINLINE void *calloc(size_t count, size_t size)
{
	const char *untouched = fp_block_untouched();
	size_t bytes, dirty;
	char *memory;

	if (__builtin_mul_overflow(count, size, &bytes)) {
		errno = ENOMEM;
		return NULL;
	}
	memory = allocate(bytes);
	if (!memory)
		return NULL;
	/* What never held an allocation is still zero, but for a header and links at its start. */
	dirty = bytes;
	if (!fp_slab_owns(memory) && untouched < memory + bytes)
		dirty = untouched > memory ? (size_t)(untouched - memory) : 0;
	return memset(memory, 0, dirty);
}

static bool resize_in_place(void *memory, size_t bytes)
{
	size_t size;

	if (!fp_slab_owns(memory))
		return fp_block_resize(memory, bytes);
	size = fp_slab_size(memory);
	return bytes <= size && (bytes > size / 2 || size == FP_ALIGN);
}

FP_NOINLINE void *realloc(void *memory, size_t bytes)
{
	size_t kept;
	void *moved;

	if (!memory)
		return allocate(bytes);
	if (resize_in_place(memory, bytes))
		return memory;
	moved = allocate(bytes);
	if (!moved)
		return NULL;
	kept = usable(memory);
	memcpy(moved, memory, kept < bytes ? kept : bytes);
	release(memory);
	return moved;
}

FP_NOINLINE void *reallocarray(void *memory, size_t count, size_t size)
{
	size_t bytes;

	if (!__builtin_mul_overflow(count, size, &bytes))
		return realloc(memory, bytes);
	errno = ENOMEM;
	return NULL;
}

/* NULL with errno left alone, as posix_memalign() wants it. */
static void *allocate_aligned(size_t align, size_t bytes)
{
	void *memory;

	if (align <= FP_ALIGN)
		return allocate(bytes);
	memory = fp_block_allocate(bytes, align);
	if (!memory && fp_slab_trim())
		memory = fp_block_allocate(bytes, align);
	return memory;
}

static bool power_of_two(size_t n)
{
	return n && !(n & (n - 1));
}

FP_NOINLINE int posix_memalign(void **memory, size_t align, size_t bytes)
{
	int before = errno;
	void *aligned;

	if (!power_of_two(align) || align % sizeof(void *))
		return EINVAL;
	aligned = allocate_aligned(align, bytes);
	errno = before;
	if (!aligned)
		return ENOMEM;
	*memory = aligned;
	return 0;
}

FP_NOINLINE void *aligned_alloc(size_t align, size_t bytes)
{
	void *memory = power_of_two(align) ? allocate_aligned(align, bytes) : NULL;

	if (!memory)
		errno = power_of_two(align) ? ENOMEM : EINVAL;
	return memory;
}

FP_NOINLINE void *memalign(size_t align, size_t bytes)
{
	return aligned_alloc(align, bytes);
}

size_t malloc_usable_size(void *memory)
{
	return memory ? usable(memory) : 0;
}

FP_END
