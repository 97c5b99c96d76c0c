/* SPDX-License-Identifier: Apache-2.0
 *
 * The operator's verifier: a program that says by its exit status whether a module may run.
 */
#ifndef FASTPAAS_HOST_ENGINE_VERIFIER_H
#define FASTPAAS_HOST_ENGINE_VERIFIER_H

#include <jansson.h>

#include "error.h"

/* Runs `command`, an array of texts, with the path of the open file `fd` added. 0 if it ends with status 0. */
int fp_verifier_run(const json_t *command, int fd, struct fp_error *error);

#endif
