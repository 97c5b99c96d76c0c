/* SPDX-License-Identifier: Apache-2.0
 *
 * /proc/PID/pagemap: 64 bits a page, bit 63 present, bit 62 swapped. Unprivileged readers see these.
 */
#include "resident.h"

#include <fcntl.h>
#include <unistd.h>

#include "arena.h"

#define ENTRIES 512
#define THERE (3ull << 62)

static int64_t count_pages(int map, uint64_t first, uint64_t pages)
{
	uint64_t entry[ENTRIES];
	int64_t there = 0;

	for (uint64_t done = 0; done < pages;) {
		size_t want = pages - done < ENTRIES ? pages - done : ENTRIES;
		ssize_t got = pread(map, entry, want * sizeof(*entry), (off_t)((first + done) * sizeof(*entry)));

		if (got < (ssize_t)sizeof(*entry))
			return -1;
		for (size_t i = 0; i < (size_t)got / sizeof(*entry); i++)
			there += (entry[i] & THERE) != 0;
		done += (size_t)got / sizeof(*entry);
	}
	return there;
}

int64_t fp_resident_bytes(const void *start, size_t len)
{
	int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int64_t pages;

	if (map < 0)
		return -1;
	pages = count_pages(map, (uint64_t)start / FP_PAGE, len / FP_PAGE);
	close(map);
	return pages < 0 ? -1 : pages * FP_PAGE;
}
