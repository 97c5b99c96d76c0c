/* SPDX-License-Identifier: Apache-2.0
 *
 * Assembly in what passes for a system header.
 */
#pragma GCC system_header

static inline void system_exit(int status)
{
	__asm__ volatile("syscall" ::"a"(60), "D"(status));
}

#ifdef FILE_SCOPE
__asm__(".globl attack_label\nattack_label: syscall");
#endif
