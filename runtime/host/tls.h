/* SPDX-License-Identifier: Apache-2.0
 *
 * The host's thread-local variables that module code refers to.
 */
#ifndef FASTPAAS_HOST_TLS_H
#define FASTPAAS_HOST_TLS_H

#include <stddef.h>
#include <stdint.h>

/* FP_SYM_STACK_POINTER and FP_SYM_STACK_LIMIT: the module stack of the instance that runs. */
extern _Thread_local void *__fp_stack_pointer __attribute__((tls_model("local-exec")));
extern _Thread_local void *__fp_stack_limit __attribute__((tls_model("local-exec")));

/* FP_SYM_WINDOW and FP_SYM_WINDOW_REACH: the packet buffers of the batch that is processed. */
extern _Thread_local size_t __fp_window __attribute__((tls_model("local-exec")));
extern _Thread_local size_t __fp_window_reach __attribute__((tls_model("local-exec")));

/* Where they lie, in bytes from the thread pointer; the same in every thread. */
int64_t fp_stack_pointer_tpoff(void);
int64_t fp_stack_limit_tpoff(void);
int64_t fp_window_tpoff(void);
int64_t fp_window_reach_tpoff(void);

#endif
