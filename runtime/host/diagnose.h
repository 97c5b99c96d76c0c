/* SPDX-License-Identifier: Apache-2.0
 *
 * From a signal's machine state to a struct fp_fault.
 */
#ifndef FASTPAAS_HOST_DIAGNOSE_H
#define FASTPAAS_HOST_DIAGNOSE_H

#include <signal.h>
#include <ucontext.h>

#include "context.h"

/* Is `address` in a guard zone of the native stack? */
bool fp_in_native_guard(const struct fp_context *context, uint64_t address);

/* Fills in context->fault. Async-signal-safe. */
void fp_diagnose(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine);

#endif
