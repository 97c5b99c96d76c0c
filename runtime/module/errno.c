/* SPDX-License-Identifier: Apache-2.0 */
#include "library.h"

#include <errno.h>

static int number;

int *__errno_location(void)
{
	return &number;
}
