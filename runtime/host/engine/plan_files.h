/* SPDX-License-Identifier: Apache-2.0
 *
 * The files that the nodes of a graph read and write.
 */
#ifndef FASTPAAS_HOST_ENGINE_PLAN_FILES_H
#define FASTPAAS_HOST_ENGINE_PLAN_FILES_H

#include "engine/plan.h"

/* No node writes over a file that another reads or writes. */
int fp_plan_check_files(const struct fp_plan *plan, struct fp_error *error);

/* The same of a file that somebody has opened for writing. */
int fp_plan_check_open_file(const struct fp_plan *plan, int fd, struct fp_error *error);

#endif
