/* SPDX-License-Identifier: Apache-2.0
 *
 * The base of gs, from which modules of lowering `segment` reach their arena.
 */
#ifndef FASTPAAS_HOST_SEGMENT_H
#define FASTPAAS_HOST_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

/* Whether wrgsbase may be used here: the processor has it and the kernel allows it. */
bool fp_segment_is_fast(void);

/* Sets the calling thread's gs base, by wrgsbase if `fast`, else by arch_prctl(2). */
void fp_segment_write(uint64_t base, bool fast);

#endif
