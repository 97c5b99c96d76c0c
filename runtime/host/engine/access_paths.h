/* SPDX-License-Identifier: Apache-2.0
 *
 * What the operator demands of the graph as a whole, whoever changes it.
 */
#ifndef FASTPAAS_HOST_ENGINE_ACCESS_PATHS_H
#define FASTPAAS_HOST_ENGINE_ACCESS_PATHS_H

#include "engine/plan.h"

/* Checks the mandatory rules; the error tells the path that would break one. Part of fp_plan_read(). */
int fp_access_check(const struct fp_plan *plan, struct fp_error *error);

#endif
