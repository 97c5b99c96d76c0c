/* SPDX-License-Identifier: Apache-2.0
 *
 * SIGINT and SIGTERM: finish the batch, say the counts, leave.
 */
#ifndef FASTPAAS_HOST_STOP_H
#define FASTPAAS_HOST_STOP_H

#include <stdbool.h>

#include "error.h"

/* A second signal of the kind kills, for whoever is in a hurry. */
int fp_stop_install(struct fp_error *error);
bool fp_stop_requested(void);

#endif
