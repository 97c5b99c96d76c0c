/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of hexadecimal digits as bytes, each in memory of exactly its size.
 */
#ifndef FASTPAAS_TESTS_HEX_LINE_H
#define FASTPAAS_TESTS_HEX_LINE_H

#include <stddef.h>
#include <stdint.h>

/* Calls show() for each line of standard input; a sanitizer sees a read past the bytes. */
int for_each_hex_line(void (*show)(const uint8_t *bytes, size_t len));

#endif
