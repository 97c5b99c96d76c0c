/* SPDX-License-Identifier: Apache-2.0
 *
 * errno, one for each instance.
 */
#include "library.h"

#include <errno.h>

static int number;

int *__errno_location(void)
{
	return &number;
}
