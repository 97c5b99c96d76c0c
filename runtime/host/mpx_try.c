/* SPDX-License-Identifier: Apache-2.0
 *
 * The self-test of the bound registers: checks as modules make them, entered and contained as modules are.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

#include "arena.h"
#include "mpx.h"
#include "context.h"

#define LOW 0x1000ull /* bounds of register 0; those of the others are multiples */
#define HIGH 0x1fffull

/* Checks what rdi holds, behind a plain call that must keep the bounds:
 *	call 1f; ret; 1: bndcl %rdi, %bndN; bndcu %rdi, %bndN; ret */
static const uint8_t code[] = {0xe8, 1, 0, 0, 0, 0xc3, 0xf3, 0x0f, 0x1a, 0xc7, 0xf2, 0x0f, 0x1a, 0xc7, 0xc3};
static const unsigned modrm[] = {9, 13}; /* where the number of the register belongs, in bits 3 and 4 */

static void write_code(uint8_t *page)
{
	for (unsigned number = 0; number < FP_BOUND_REGISTERS; number++) {
		uint8_t *copy = page + number * sizeof(code);

		memcpy(copy, code, sizeof(code));
		for (unsigned i = 0; i < sizeof(modrm) / sizeof(modrm[0]); i++)
			copy[modrm[i]] |= (uint8_t)(number << 3);
	}
}

uint8_t *fp_mpx_trial(void (*write)(uint8_t *page), struct fp_error *error)
{
	uint8_t *page = mmap(NULL, FP_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED) {
		fp_fail(error, "no memory to try MPX in: %s", strerror(errno));
		return NULL;
	}
	write(page);
	if (mprotect(page, FP_PAGE, PROT_READ | PROT_EXEC) == 0)
		return page;
	fp_fail(error, "cannot run code to try MPX with: %s", strerror(errno));
	munmap(page, FP_PAGE);
	return NULL;
}

static int enter(uint8_t *page, unsigned offset, uint64_t value)
{
	struct fp_context *context = &fp_context;
	int status;

	context->text_start = (uint64_t)page;
	context->text_end = (uint64_t)page + FP_PAGE;
	context->place = FP_IN_MODULE;
	status = fp_enter(context, page + offset, (void *)value);
	context->place = FP_IN_HOST;
	return status;
}

bool fp_mpx_stops(uint8_t *page, unsigned offset, uint64_t value)
{
	const struct fp_fault *fault = &fp_context.fault;

	return enter(page, offset, value) < 0 && fault->kind == FP_FAULT_GUARD && fault->address == value;
}

bool fp_mpx_returns(uint8_t *page, unsigned offset, uint64_t value)
{
	return enter(page, offset, value) == 0;
}

/* Whether the check of register `number` stops `value`, by a fault that is recognised. */
static bool stops(uint8_t *page, unsigned number, uint64_t value)
{
	return fp_mpx_stops(page, number * (unsigned)sizeof(code), value);
}

static bool works(uint8_t *page)
{
	struct fp_mpx_bounds bounds;
	bool right = true;

	for (unsigned i = 0; i < FP_BOUND_REGISTERS; i++)
		fp_mpx_set(&bounds, i, LOW << i, HIGH << i);
	fp_mpx_load(&bounds);
	for (unsigned i = 0; i < FP_BOUND_REGISTERS; i++)
		right = right && stops(page, i, (LOW << i) - 1) && stops(page, i, (HIGH << i) + 1) &&
			!stops(page, i, LOW << i) && !stops(page, i, HIGH << i);
	return right;
}

int fp_mpx_try(struct fp_error *error)
{
	uint8_t *page = fp_mpx_trial(write_code, error);
	bool right;

	if (!page)
		return -1;
	right = works(page);
	munmap(page, FP_PAGE);
	return right ? 0 : fp_fail(error, "MPX was tried and does not work: checks stop what they should let pass, or not what they should stop");
}
