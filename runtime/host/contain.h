/* SPDX-License-Identifier: Apache-2.0
 *
 * Containment: what a module does wrong ends that module's call, not the host.
 */
#ifndef FASTPAAS_HOST_CONTAIN_H
#define FASTPAAS_HOST_CONTAIN_H

#include <signal.h>

#include "context.h"
#include "error.h"

/* The signal that ends a call over its budget; si_value carries the number of the call it means. */
#define FP_PREEMPT_SIGNAL (SIGRTMIN + 3)

/* Installs the handlers, for all threads. A fault of the host's own still kills it, with a message
 * and a core dump. */
int fp_contain_install(struct fp_error *error);

/* Ends the module call under way from inside a host function it called; context->fault is set, its
 * program counter becomes the place in the module that called. */
void fp_contain_end(struct fp_context *context);

#endif
