/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a generated program once, outside of any host, and prints its checksum.
 */
#include <inttypes.h>
#include <stdio.h>

uint64_t checksum = 0xcbf29ce484222325;
uint64_t reported;

int generated_main(void);

int main(void)
{
	generated_main();
	printf("%" PRIu64 " %" PRIu64 "\n", checksum >> 1, reported);
	return 0;
}
