/* SPDX-License-Identifier: Apache-2.0
 *
 * What modules of this host may import: fastpaas/imports.def with addresses.
 */
#ifndef FASTPAAS_HOST_SYMBOLS_H
#define FASTPAAS_HOST_SYMBOLS_H

#include "module.h"

struct fp_symbols fp_host_symbols(void);

#endif
