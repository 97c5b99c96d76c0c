/* SPDX-License-Identifier: Apache-2.0
 *
 * An intrinsic the processor of the build does not have: code generation would end the compiler.
 *
 * expect: refused: aesni
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define AES
#include <system_labels.h>
static two value;
void attack(struct fp_batch *batch)
{
	value = encrypt(value, (two){1, batch->count});
	batch->packet[0].timestamp = (uint64_t)value[0];
}
