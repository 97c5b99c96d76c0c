/* SPDX-License-Identifier: Apache-2.0 */
#include "debug_register.h"

void *fp_debug_register(const char *name, const uint8_t *base, const uint8_t *bytes, size_t len)
{
	(void)name, (void)base, (void)bytes, (void)len;
	return NULL;
}

void fp_debug_unregister(void *registration)
{
	(void)registration;
}
