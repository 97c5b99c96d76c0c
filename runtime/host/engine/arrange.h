/* SPDX-License-Identifier: Apache-2.0
 *
 * Devices that ports share, when one graph takes the place of another: all workers stand meanwhile.
 */
#ifndef FASTPAAS_HOST_ENGINE_ARRANGE_H
#define FASTPAAS_HOST_ENGINE_ARRANGE_H

#include "engine/build.h"

/* Once nothing is under way, and before any worker is wired anew. Stops nobody if no such port comes or goes. On -1 the
 * ports of the old graph are as they were. */
int fp_arrange_ports(struct fp_build *build, struct fp_error *error);

#endif
