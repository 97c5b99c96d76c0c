/* SPDX-License-Identifier: Apache-2.0
 *
 * Prints the Toeplitz hash of each frame on standard input.
 */
#include <stdio.h>

#include "engine/toeplitz.h"
#include "hex_line.h"

static void show(const uint8_t *frame, size_t len)
{
	printf("%08x\n", fp_toeplitz_frame(frame, (uint32_t)len));
}

int main(void)
{
	fp_toeplitz_prepare();
	return for_each_hex_line(show);
}
