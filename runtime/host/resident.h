/* SPDX-License-Identifier: Apache-2.0
 *
 * How much of a range of memory is really there.
 */
#ifndef FASTPAAS_HOST_RESIDENT_H
#define FASTPAAS_HOST_RESIDENT_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of [start, start + len), page-aligned, that have been touched: present in memory or swapped
 * out. -1 if the kernel does not say. */
int64_t fp_resident_bytes(const void *start, size_t len);

#endif
