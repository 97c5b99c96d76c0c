/* SPDX-License-Identifier: Apache-2.0
 *
 * Leaves addresses all over its code where the host looks for return addresses, and faults in the library.
 *
 * expect: fault memory, guard, api
 */
#include "attack.h"

#define FORGE(n) addresses[n] = code + (n);
#define FORGE4(n) FORGE(n) FORGE(n + 1) FORGE(n + 2) FORGE(n + 3)
#define FORGE16(n) FORGE4(n) FORGE4(n + 4) FORGE4(n + 8) FORGE4(n + 12)
#define FORGE64(n) FORGE16(n) FORGE16(n + 16) FORGE16(n + 32) FORGE16(n + 48)
__attribute__((noinline)) static size_t measure(const char *text, uint64_t code)
{
	volatile uint64_t addresses[256];
	size_t length;

	FORGE64(0)
	FORGE64(64)
	FORGE64(128)
	FORGE64(192)
	length = strlen(text); /* HERE */
	return length + addresses[5];
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].timestamp = measure((const char *)batch, (uint64_t)measure + 2048);
	batch->packet[0].timestamp += measure(wild(HOST_PAGE), (uint64_t)attack);
}
