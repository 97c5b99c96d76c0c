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

#define FP_WATCHED_MAX 64 /* threads */

/* Starts looking every `period_ns` at the module calls of the threads that are watched, the calling one first: a call
 * ends between one budget and one budget and two periods after it began. */
int fp_watchdog_start(uint64_t period_ns, struct fp_error *error);
void fp_watchdog_stop(void);

/* Has the calling thread watched, too; it must forget itself before it ends. */
int fp_watchdog_watch(struct fp_error *error);
void fp_watchdog_forget(void);

#endif
