/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FASTPAAS_HOST_MODULE_DIGEST_H
#define FASTPAAS_HOST_MODULE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 of the module file, what `sha256sum NAME.fpm` prints: reports name the very bytes that ran. */
void fp_module_digest(const uint8_t *bytes, size_t len, uint8_t digest[32]);

#endif
