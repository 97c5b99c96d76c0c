/* SPDX-License-Identifier: Apache-2.0
 *
 * Prints the flow number of each frame on standard input.
 */
#include <stdio.h>

#include "flow.h"
#include "hex_line.h"

static void show(const uint8_t *frame, size_t len)
{
	printf("%08x\n", fp_flow_hash(frame, (uint32_t)len));
}

int main(void)
{
	return for_each_hex_line(show);
}
