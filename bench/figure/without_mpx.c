/* SPDX-License-Identifier: Apache-2.0
 *
 * For a host that only counts instructions: takes the place of the look whether the processor has MPX. Without
 * it the instructions of MPX do nothing, so nothing is confined: never for modules of others.
 */
#include "error.h"
#include "mpx.h"

int __wrap_fp_mpx_prepare(struct fp_error *error);

int __wrap_fp_mpx_prepare(struct fp_error *error)
{
	return fp_mpx_directory(error) ? 0 : -1; /* modules of mode pointer have their tables entered in it */
}
