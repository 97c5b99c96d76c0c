/* SPDX-License-Identifier: Apache-2.0
 *
 * What DPDK says: warnings and errors go to the host's standard error, and the first that an
 * operation led to into its own errors.
 */
#ifndef FASTPAAS_HOST_DPDK_LOG_H
#define FASTPAAS_HOST_DPDK_LOG_H

#include <stddef.h>

#include "error.h"

/* Directs DPDK's log here, not to standard error and the system's log. */
int fp_dpdk_log_open(struct fp_error *error);

/* The first warning or error since the last call, which tells most; "" if there was none. At most `size` - 1 bytes. */
void fp_dpdk_log_take(char *text, size_t size);

/* An operation begins: what was logged before does not explain its failure. */
void fp_dpdk_log_forget(void);

/* Calls `function`, which writes usage to standard output and complaints to standard error; the first line
 * of these counts as logged. Returns what it returns. */
int fp_dpdk_log_during(int (*function)(int count, char **words), int count, char **words);

#endif
