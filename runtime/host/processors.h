/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions that exist for several kinds of processors: which one is called is decided when the program starts.
 */
#ifndef FASTPAAS_HOST_PROCESSORS_H
#define FASTPAAS_HOST_PROCESSORS_H

/* The choice between clones is made before ThreadSanitizer has begun. */
#ifdef __SANITIZE_THREAD__
#define FOR_ALL_PROCESSORS
#else
#define FOR_ALL_PROCESSORS __attribute__((target_clones("avx512f", "avx2", "default")))
#endif

#endif
