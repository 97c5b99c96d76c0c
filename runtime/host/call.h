/* SPDX-License-Identifier: Apache-2.0
 *
 * The calls the host makes into a module. All run on the calling thread's context and are contained:
 * -1 means the call was ended by a fault, described in fp_context.fault.
 */
#ifndef FASTPAAS_HOST_CALL_H
#define FASTPAAS_HOST_CALL_H

#include "burst.h"
#include "instance.h"

/* `*value` is what init() returned, 0 if the module has none. */
int fp_call_init(struct fp_instance *instance, int *value);
int fp_call_fini(struct fp_instance *instance);

/* After a fault the burst is as it was; else `*bad` packets have got an fp_bad_gate. */
int fp_call_process(struct fp_instance *instance, struct fp_burst *burst, unsigned *bad);

#endif
