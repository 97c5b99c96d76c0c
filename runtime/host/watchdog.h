/* SPDX-License-Identifier: Apache-2.0
 *
 * Ends module calls that use more processor time than their budget.
 *
 * Processor time, not wall time: a module is not blamed for a busy machine, and it cannot sleep.
 */
#ifndef FASTPAAS_HOST_WATCHDOG_H
#define FASTPAAS_HOST_WATCHDOG_H

#include <stdint.h>

#include "error.h"

/* Watches the calling thread's module calls, looking every `period_ns`: a call ends between one
 * budget and one budget and two periods after it began. */
int fp_watchdog_start(uint64_t period_ns, struct fp_error *error);
void fp_watchdog_stop(void);

#endif
