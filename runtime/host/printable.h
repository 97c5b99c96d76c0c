/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes of unknown origin as text that is safe to show.
 */
#ifndef FASTPAAS_HOST_PRINTABLE_H
#define FASTPAAS_HOST_PRINTABLE_H

#include <stddef.h>

/* Longest result for `len` bytes, with its NUL. */
#define FP_PRINTABLE_SIZE(len) (4 * (size_t)(len) + 1)

/* Writes `text` to `to` as NUL-terminated UTF-8: printable characters as they are, control characters
 * (C0, C1, DEL) and bytes that are not UTF-8 as \xNN. */
void fp_printable(char *to, const char *text, size_t len);

#endif
