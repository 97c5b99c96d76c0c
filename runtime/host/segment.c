/* SPDX-License-Identifier: Apache-2.0 */
#include "segment.h"

#include <asm/prctl.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#define HWCAP2_FSGSBASE 2 /* asm/hwcap2.h of newer kernels */

bool fp_segment_is_fast(void)
{
	return (getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE) != 0;
}

/* A module that ran with another's base would write to the other's memory: a refusal, which canonical
 * addresses never meet, ends the host. */
void fp_segment_write(uint64_t base, bool fast)
{
	if (fast)
		__asm__ volatile("wrgsbase %0" ::"r"(base) : "memory");
	else if (syscall(SYS_arch_prctl, ARCH_SET_GS, base) != 0)
		abort();
}
