/* SPDX-License-Identifier: Apache-2.0
 *
 * A host as small as the loader's tests need it: an import table and two thread-local slots.
 */
#ifndef FASTPAAS_TEST_HOST_STUBS_H
#define FASTPAAS_TEST_HOST_STUBS_H

#include "module.h"

/* Every import of imports.def; calling one that has no stub here ends the program with its word. */
const struct fp_symbols *stub_symbols(void);

/* Gives the module a stack the way the host does; arena offsets. */
void stub_set_stack(uint8_t *base, uint64_t low, uint64_t high);

#endif
