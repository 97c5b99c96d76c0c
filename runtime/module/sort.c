/* SPDX-License-Identifier: Apache-2.0
 *
 * qsort(): quicksort with a median-of-three pivot, insertion sort for short runs, heapsort once the
 * recursion is deeper than twice the logarithm (Musser, "Introspective sorting", 1997): n log n for
 * every input, in place, and within the array even if the order is inconsistent.
 */
#include "library.h"

#include <stdlib.h>
#include <string.h>

#define SHORT_RUN 12 /* elements */

struct order {
	int (*plain)(const void *, const void *);
	int (*with_context)(const void *, const void *, void *);
	void *context;
	size_t size; /* bytes of an element */
};

static int compare(const struct order *order, const char *a, const char *b)
{
	return order->plain ? order->plain(a, b) : order->with_context(a, b, order->context);
}

static void swap(const struct order *order, char *a, char *b)
{
	size_t i = 0;

	for (; i + 8 <= order->size; i += 8) {
		uint64_t word_a, word_b;

		memcpy(&word_a, a + i, 8);
		memcpy(&word_b, b + i, 8);
		memcpy(a + i, &word_b, 8);
		memcpy(b + i, &word_a, 8);
	}
	for (; i < order->size; i++) {
		char byte = a[i];

		a[i] = b[i];
		b[i] = byte;
	}
}

static void insertion_sort(const struct order *order, char *base, size_t count)
{
	size_t size = order->size;

	for (size_t i = 1; i < count; i++)
		for (char *at = base + i * size; at > base && compare(order, at - size, at) > 0; at -= size)
			swap(order, at - size, at);
}

static void sift_down(const struct order *order, char *base, size_t root, size_t count)
{
	size_t size = order->size;

	for (size_t child; (child = 2 * root + 1) < count; root = child) {
		if (child + 1 < count && compare(order, base + child * size, base + (child + 1) * size) < 0)
			child++;
		if (compare(order, base + root * size, base + child * size) >= 0)
			return;
		swap(order, base + root * size, base + child * size);
	}
}

static void heap_sort(const struct order *order, char *base, size_t count)
{
	for (size_t i = count / 2; i-- > 0;)
		sift_down(order, base, i, count);
	for (size_t i = count; i-- > 1;) {
		swap(order, base, base + i * order->size);
		sift_down(order, base, 0, i);
	}
}

/* Puts the median of the first, middle and last element first. */
static void choose_pivot(const struct order *order, char *base, size_t count)
{
	char *middle = base + count / 2 * order->size;
	char *last = base + (count - 1) * order->size;

	if (compare(order, middle, last) > 0)
		swap(order, middle, last);
	if (compare(order, base, last) > 0)
		swap(order, base, last);
	else if (compare(order, base, middle) < 0)
		swap(order, base, middle);
}

/* Index at which the pivot lands: nothing before it is greater, nothing after it smaller. */
static size_t partition(const struct order *order, char *base, size_t count)
{
	size_t size = order->size, low = 0, high = count;

	choose_pivot(order, base, count);
	for (;;) {
		do
			low++;
		while (low < count && compare(order, base + low * size, base) < 0);
		do
			high--;
		while (high > 0 && compare(order, base, base + high * size) < 0);
		if (low >= high)
			break;
		swap(order, base + low * size, base + high * size);
	}
	swap(order, base, base + high * size);
	return high;
}

static void sort(const struct order *order, char *base, size_t count, unsigned depth)
{
	while (count > SHORT_RUN) {
		size_t pivot, after;

		if (!depth--)
			return heap_sort(order, base, count);
		pivot = partition(order, base, count);
		after = count - pivot - 1;
		/* The shorter part recurses, so the stack stays logarithmic. */
		if (pivot < after) {
			sort(order, base, pivot, depth);
			base += (pivot + 1) * order->size;
			count = after;
		} else {
			sort(order, base + (pivot + 1) * order->size, after, depth);
			count = pivot;
		}
	}
	insertion_sort(order, base, count);
}

static unsigned depth_limit(size_t count)
{
	return count ? 2 * (64 - (unsigned)__builtin_clzll(count)) : 0;
}

void qsort(void *base, size_t count, size_t size, int (*by)(const void *, const void *))
{
	struct order order = {.plain = by, .size = size};

	if (size)
		sort(&order, base, count, depth_limit(count));
}

void qsort_r(void *base, size_t count, size_t size, int (*by)(const void *, const void *, void *), void *context)
{
	struct order order = {.with_context = by, .context = context, .size = size};

	if (size)
		sort(&order, base, count, depth_limit(count));
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*by)(const void *, const void *))
{
	const char *at = base;

	while (count) {
		const char *middle = at + count / 2 * size;
		int order = by(key, middle);

		if (!order)
			return (void *)middle;
		if (order > 0) {
			at = middle + size;
			count--;
		}
		count /= 2;
	}
	return NULL;
}
