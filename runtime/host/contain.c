/* SPDX-License-Identifier: Apache-2.0
 *
 * The signal handlers. The decision "module or host" is the one that must never be wrong: blaming
 * a module for a host bug would hide it, blaming the host for a module would let it kill us all.
 */
#include "contain.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <fastpaas/abi.h>

#include "diagnose.h"
#include "enter.h"

/* The bounds of the executable's own code, from the linker. */
extern const char __executable_start[], etext[];

static const int fault_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};

static bool is_own_code(uint64_t pc)
{
	return pc >= (uint64_t)__executable_start && pc < (uint64_t)etext;
}

static bool is_in_arena(const struct fp_context *context, uint64_t address)
{
	return address - context->arena < FP_ARENA_SIZE;
}

/* A module in control is to blame for everything but a fault in the host's own code, which may only
 * have run out of the native stack: the first pushes of a host function called with none left. */
static bool is_modules_fault(const struct fp_context *context, const siginfo_t *info, uint64_t pc)
{
	bool has_address = info->si_signo == SIGSEGV || info->si_signo == SIGBUS;
	uint64_t address = has_address ? (uint64_t)info->si_addr : 0;

	if (info->si_code <= 0) /* sent by a process, not raised by an instruction */
		return false;
	switch (context->place) {
	case FP_IN_MODULE:
		return !is_own_code(pc) || fp_in_native_guard(context, address);
	case FP_IN_BULK:
		return has_address && (is_in_arena(context, address) || fp_in_native_guard(context, address));
	case FP_IN_API:
		return has_address && fp_in_native_guard(context, address);
	default:
		return false;
	}
}

/* Makes the interrupted thread continue at fp_enter()'s fault exit. */
static void redirect(struct fp_context *context, ucontext_t *machine)
{
	greg_t *registers = machine->uc_mcontext.gregs;

	registers[REG_RIP] = (greg_t)fp_enter_fault_exit;
	registers[REG_RDI] = (greg_t)context;
	registers[REG_RSP] = (greg_t)context->host_stack;
	registers[REG_EFL] &= ~FP_UNSAFE_FLAGS;
	context->place = FP_IN_HOST;
}

static void say(const char *text)
{
	ssize_t ignored = write(STDERR_FILENO, text, strlen(text));

	(void)ignored;
}

static void say_hex(uint64_t value)
{
	char text[19] = "0x0000000000000000";

	for (int i = 17; i > 1; i--, value >>= 4)
		text[i] = "0123456789abcdef"[value & 15];
	say(text);
}

/* Returns to the faulting instruction with the default action, so that the core shows it. */
static void die(const siginfo_t *info, uint64_t pc)
{
	signal(info->si_signo, SIG_DFL);
	if (info->si_code <= 0) {
		say("fphost: another process sent SIG");
		say(sigabbrev_np(info->si_signo));
		say("\n");
		raise(info->si_signo);
		return;
	}
	say("fphost: internal error, please report: SIG");
	say(sigabbrev_np(info->si_signo));
	say(" in the host at ");
	say_hex(pc);
	say(", address ");
	say_hex((uint64_t)info->si_addr);
	say("\n");
}

/* Of a bulk function it is known what it was to work on; registers are the host's. */
static void keep_operands(struct fp_context *context)
{
	context->fault.registers_known = false;
	memset(context->fault.operands, 0, sizeof(context->fault.operands));
	if (context->place == FP_IN_BULK)
		memcpy(context->fault.operands, context->operands, sizeof(context->fault.operands));
}

/* A fault inside a host function belongs to the module's call of it. */
static void blame_call(struct fp_context *context)
{
	const char *prefix = "in ";

	if (context->place == FP_IN_MODULE)
		return;
	context->fault.pc = context->caller;
	keep_operands(context);
	context->fault.stack = context->caller_stack;
	if (context->fault.kind == FP_FAULT_NATIVE_STACK)
		return;
	strcpy(context->fault.detail, prefix);
	strncat(context->fault.detail, context->api, sizeof(context->fault.detail) - 1 - strlen(prefix));
}

/* The kernel enters handlers with the module's alignment check still on. */
static inline void clear_unsafe_flags(void)
{
	__builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() & ~(uint64_t)FP_UNSAFE_FLAGS);
}

static void handle_fault(int number, siginfo_t *info, void *machine)
{
	struct fp_context *context = &fp_context;
	uint64_t pc = ((ucontext_t *)machine)->uc_mcontext.gregs[REG_RIP];
	int saved;

	(void)number;
	clear_unsafe_flags();
	saved = errno;
	if (!is_modules_fault(context, info, pc)) {
		die(info, pc);
		return;
	}
	fp_diagnose(context, info, machine);
	blame_call(context);
	redirect(context, machine);
	errno = saved;
}

/* A signal for an earlier call finds another sequence number and does nothing. While the host is at
 * work for the module, the call ends when that work is done; should the flag be missed on the last
 * instructions of the host function, the watchdog asks again. */
static void handle_preempt(int number, siginfo_t *info, void *machine)
{
	struct fp_context *context = &fp_context;
	uint64_t pc = ((ucontext_t *)machine)->uc_mcontext.gregs[REG_RIP];

	(void)number;
	clear_unsafe_flags();
	if (context->place == FP_IN_HOST || (uint64_t)info->si_value.sival_ptr != context->sequence)
		return;
	if (context->place != FP_IN_MODULE || is_own_code(pc)) {
		context->preempt = true;
		return;
	}
	fp_diagnose(context, info, machine);
	context->fault.kind = FP_FAULT_TIME;
	redirect(context, machine);
}

void fp_contain_end(struct fp_context *context)
{
	context->fault.pc = context->caller;
	keep_operands(context);
	context->fault.stack = context->caller_stack;
	context->fault.ticks = __builtin_ia32_rdtsc();
	context->place = FP_IN_HOST;
	fp_enter_fault_exit(context);
}

static int install(int number, void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};

	sigfillset(&action.sa_mask);
	return sigaction(number, &action, NULL);
}

int fp_contain_install(struct fp_error *error)
{
	int failed = install(FP_PREEMPT_SIGNAL, handle_preempt);

	for (size_t i = 0; i < sizeof(fault_signals) / sizeof(fault_signals[0]); i++)
		failed |= install(fault_signals[i], handle_fault);
	return failed ? fp_fail(error, "cannot install signal handlers: %s", strerror(errno)) : 0;
}
