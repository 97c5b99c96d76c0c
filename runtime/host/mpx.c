/* SPDX-License-Identifier: Apache-2.0 */
#include "mpx.h"

#include <cpuid.h>
#include <stdbool.h>
#include <string.h>

#include "context.h"

/* CPUID, XCR0 and the XSAVE area: Intel SDM volume 1, chapter 13, and its appendix on MPX. */
#define LEAF_FEATURES 7
#define FEATURE_MPX (1u << 14) /* in ebx */
#define FEATURE_OSXSAVE (1u << 27) /* of leaf 1, in ecx */
#define LEAF_XSAVE 13
#define LEAF_EMULATOR 0x40000000 /* who has made this processor, if it is none of silicon */
#define COMPONENT_BNDREGS 3
#define COMPONENT_BNDCSR 4
#define COMPONENTS (1u << COMPONENT_BNDREGS | 1u << COMPONENT_BNDCSR)
#define XSAVE_HEADER 512 /* where the area says which components it holds */
#define XSAVE_AREA 4096	 /* bytes; those of processors with MPX end below */
/* Of BNDCFGU: on, and plain branches, which are all that code has today, keep the bounds. */
#define ENABLE_AND_PRESERVE 3ull

void fp_mpx_set(struct fp_mpx_bounds *bounds, unsigned number, uint64_t low, uint64_t high)
{
	bounds->bound[number].low = low;
	bounds->bound[number].not_high = ~high;
}

static bool processor_has_mpx(void)
{
	unsigned eax, ebx, ecx, edx;

	return __get_cpuid_count(LEAF_FEATURES, 0, &eax, &ebx, &ecx, &edx) && (ebx & FEATURE_MPX);
}

/* Whether the kernel has switched on the components of the processor's state that MPX consists of. */
static bool kernel_keeps_bounds(void)
{
	unsigned eax, ebx, ecx, edx;

	if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & FEATURE_OSXSAVE))
		return false;
	__asm__ volatile("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
	return (eax & COMPONENTS) == COMPONENTS;
}

/* User code cannot write BNDCFGU but by restoring it from an XSAVE area. */
static int enable(uint64_t directory, struct fp_error *error)
{
	_Alignas(64) uint8_t area[XSAVE_AREA] = {0};
	const uint64_t held = 1u << COMPONENT_BNDCSR, configuration = directory | ENABLE_AND_PRESERVE;
	unsigned eax, offset = 0, ecx, edx;

	if (!__get_cpuid_count(LEAF_XSAVE, COMPONENT_BNDCSR, &eax, &offset, &ecx, &edx) ||
	    offset < XSAVE_HEADER + 64 || offset > XSAVE_AREA - sizeof(configuration))
		return fp_fail(error, "the processor keeps BNDCSR at byte %u of its state, where it cannot be", offset);
	memcpy(area + XSAVE_HEADER, &held, sizeof(held));
	memcpy(area + offset, &configuration, sizeof(configuration));
	__asm__ volatile("xrstor64 %0" : : "m"(area), "a"(1u << COMPONENT_BNDCSR), "d"(0));
	return 0;
}

static bool is_qemu(void)
{
	unsigned eax, name[3];

	__cpuid(LEAF_EMULATOR, eax, name[0], name[1], name[2]);
	return !memcmp(name, "TCGTCGTCGTCG", sizeof(name));
}

/* The directory's address is bits 12 and up of BNDCFGU; qemu, 7.2 at least, takes bits 20 and up for it, which a
 * processor would not let us write. */
static int use_directory(uint64_t directory, struct fp_error *error)
{
	if (enable(directory, error) < 0)
		return -1;
	if (fp_mpx_try_tables(error) == 0)
		return 0;
	if (!is_qemu())
		return -1;
	return enable(directory << 8, error) < 0 ? -1 : fp_mpx_try_tables(error);
}

int fp_mpx_prepare(struct fp_error *error)
{
	uint64_t directory;

	if (fp_context.mpx_ready)
		return 0;
	if (!processor_has_mpx())
		return fp_fail(error, "this processor has no MPX");
	if (!kernel_keeps_bounds())
		return fp_fail(error, "the processor has MPX, but this kernel does not support it (Linux does up to 5.5)");
	directory = fp_mpx_directory(error);
	if (!directory || enable(directory, error) < 0 || fp_mpx_try(error) < 0 || use_directory(directory, error) < 0)
		return -1;
	fp_context.mpx_ready = true;
	return 0;
}
