/* SPDX-License-Identifier: Apache-2.0
 *
 * DPDK's environment abstraction layer, started at most once in a process: no huge pages, no PCI, no files, one
 * lcore, which is the thread that starts it, on the processors that thread had. It installs no signal handler,
 * and its threads take none of the host's signals.
 */
#ifndef FASTPAAS_HOST_DPDK_EAL_H
#define FASTPAAS_HOST_DPDK_EAL_H

#include <pthread.h>

#include "error.h"

/* Before the start: a device that is going to be used, and `words` (NULL: none) of EAL's command line, separated by
 * blanks. `where` names them for errors. */
int fp_dpdk_eal_want(const char *where, const char *device, const char *words, struct fp_error *error);

/* Starts EAL if it does not run yet; it runs until the process exits. */
int fp_dpdk_eal_start(struct fp_error *error);

/* The lcore of a thread that has entered, which may then keep mbufs at hand; LCORE_ID_ANY (UINT32_MAX) if there is none. */
unsigned fp_dpdk_eal_lcore(pthread_t thread);

/* As fp_fail(), followed by the first that DPDK said of it, which is then forgotten. */
int fp_dpdk_fail(struct fp_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
