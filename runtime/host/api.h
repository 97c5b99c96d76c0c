/* SPDX-License-Identifier: Apache-2.0
 *
 * The host functions that are not in fastpaas/nf.h: what the module C library builds on.
 */
#ifndef FASTPAAS_HOST_API_H
#define FASTPAAS_HOST_API_H

#include <fastpaas/nf.h>

void *fp_heap_start(void);
size_t fp_heap_size(void);

void *fp_memcpy(void *to, const void *from, size_t len);
void *fp_memmove(void *to, const void *from, size_t len);
void *fp_memset(void *to, int byte, size_t len);
int fp_memcmp(const void *a, const void *b, size_t len);
void *fp_memchr(const void *text, int byte, size_t len);

#endif
