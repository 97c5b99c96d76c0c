/* SPDX-License-Identifier: Apache-2.0
 *
 * The self-test of the bounds tables: entries loaded and stored as modules do it.
 *
 * In the code each address is followed by a nop for each of its bytes, which qemu reads a second time.
 */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include "mpx.h"

struct entry {
	uint64_t lower, not_upper, pointer, reserved;
};

enum { LOADED, STORED, OTHER, FORGOTTEN }; /* the entries that are used, for words from `slot` on */

/* bndldx (%rdi,%rdi), %bnd2; bndcl %rdi, %bnd2; ret */
static const uint8_t load[] = {0x0f, 0x1a, 0x14, 0x3f, 0x90, 0xf3, 0x0f, 0x1a, 0xd7, 0xc3};
/* bndmk (%rdi,%rdi), %bnd2; bndstx %bnd2, 8(%rdi,%rdi); bndldx 16(%rdi,%rdi), %bnd2;
 * bndstx %bnd2, 24(%rdi,%rdi); ret */
static const uint8_t store[] = {0xf3, 0x0f, 0x1b, 0x14, 0x3f, 0x0f, 0x1b, 0x54, 0x3f, 0x08, 0x90, 0x90, 0x0f, 0x1a,
				0x54, 0x3f, 0x10, 0x90, 0x90, 0x0f, 0x1b, 0x54, 0x3f, 0x18, 0x90, 0x90, 0xc3};

#define STORE_AT 64 /* in the page of code */

static void write_code(uint8_t *page)
{
	memcpy(page, load, sizeof(load));
	memcpy(page + STORE_AT, store, sizeof(store));
}

/* Loads bounds that stop the slot's address. Nothing is written, wherever the processor looks for them. */
static bool loads(uint8_t *page, struct entry *table, uint64_t slot)
{
	table[LOADED] = (struct entry){.lower = slot + 1, .pointer = slot};
	return fp_mpx_stops(page, 0, slot);
}

/* Stores bounds, and those that a load gives if an entry is for another pointer. */
static bool stores(uint8_t *page, struct entry *table, uint64_t slot)
{
	const struct entry stored = {slot, ~(2 * slot), slot, 0}, forgotten = {0, 0, slot, 0};

	table[OTHER] = (struct entry){1, 2, 3, 0};
	return fp_mpx_returns(page, STORE_AT, slot) && !memcmp(&table[STORED], &stored, sizeof(stored)) &&
	       !memcmp(&table[FORGOTTEN], &forgotten, sizeof(forgotten));
}

/* With a directory that knows `table`, of whose entries the first few are used. */
static int try_with(uint8_t *page, void *table, struct fp_error *error)
{
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER; /* at a time: the pages may be of one MiB */
	uint64_t slot = (uint64_t)page & -FP_MIB; /* no arena has it */
	bool right;
	int status;

	pthread_mutex_lock(&one);
	status = fp_mpx_directory_set(slot, table, error);
	right = status == 0 && loads(page, table, slot) && stores(page, table, slot);
	if (status == 0)
		status = fp_mpx_directory_set(slot, NULL, error);
	pthread_mutex_unlock(&one);
	if (status < 0)
		return -1;
	return right ? 0 : fp_fail(error, "MPX was tried, and its bounds tables do not work");
}

int fp_mpx_try_tables(struct fp_error *error)
{
	uint8_t *page = fp_mpx_trial(write_code, error);
	void *table;
	int status;

	if (!page)
		return -1;
	table = mmap(NULL, FP_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	status = table == MAP_FAILED ? fp_fail(error, "no memory to try MPX in: %s", strerror(errno))
				     : try_with(page, table, error);
	if (table != MAP_FAILED)
		munmap(table, FP_PAGE);
	munmap(page, FP_PAGE);
	return status;
}
