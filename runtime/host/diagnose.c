/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs in the signal handler: no allocation, no stdio, no libc but memory and string copies.
 */
#include "diagnose.h"

#include <string.h>

#include <fastpaas/abi.h>

#include "trap.h"

#define SI_KERNEL_FAULT 128 /* general protection: the processor gives no address */
#define ERROR_WRITE 0x2	    /* bits of the page-fault error code */
#define ERROR_FETCH 0x10
#define TRAP_PAGE_FAULT 14
#define INSTRUCTION_MAX 15

static const int machine_registers[FP_REGISTERS] = {
	REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
	REG_R8,	 REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15,
};

static const struct {
	enum fp_fault_kind kind;
	const char *detail;
} trap_kinds[] = {
	[FP_TRAP_UNREACHABLE] = {FP_FAULT_UNREACHABLE, "control reached a place the source says it cannot"},
	[FP_TRAP_CALL_TARGET] = {FP_FAULT_CALL_TARGET, "an indirect call to nothing the module offers under that type"},
	[FP_TRAP_STACK] = {FP_FAULT_STACK, "the module stack is exhausted"},
	[FP_TRAP_ABORT] = {FP_FAULT_ABORT, "abort() or a failed assert()"},
};

static void explain(struct fp_fault *fault, enum fp_fault_kind kind, const char *detail)
{
	fault->kind = kind;
	strncpy(fault->detail, detail, sizeof(fault->detail) - 1);
}

bool fp_in_native_guard(const struct fp_context *context, uint64_t address)
{
	uint64_t low = (uint64_t)context->native_low;

	return (address < low && address >= low - FP_NATIVE_GUARD) ||
	       (address >= low + FP_NATIVE_STACK && address < low + FP_NATIVE_STACK + FP_NATIVE_GUARD);
}

static enum fp_access access_of(const siginfo_t *info, const ucontext_t *machine)
{
	uint64_t error = machine->uc_mcontext.gregs[REG_ERR];

	if (info->si_code == SI_KERNEL_FAULT || machine->uc_mcontext.gregs[REG_TRAPNO] != TRAP_PAGE_FAULT)
		return FP_ACCESS_UNKNOWN;
	if (error & ERROR_FETCH)
		return FP_ACCESS_EXECUTE;
	return error & ERROR_WRITE ? FP_ACCESS_WRITE : FP_ACCESS_READ;
}

/* What stands at the program counter, if that is in the module's text. */
static struct fp_trap trap_at(const struct fp_context *context, uint64_t pc)
{
	uint64_t left = context->text_end - pc;

	if (pc < context->text_start || pc >= context->text_end)
		return (struct fp_trap){.form = FP_TRAP_FORM_OTHER};
	return fp_trap_decode((const uint8_t *)pc, left < INSTRUCTION_MAX ? left : INSTRUCTION_MAX);
}

static void blame_root(struct fp_fault *fault, const struct fp_trap *trap, const ucontext_t *machine)
{
	explain(fault, FP_FAULT_GUARD, "");
	fault->address = machine->uc_mcontext.gregs[machine_registers[trap->root]];
	fault->address_known = true;
}

/* A bounds check that failed: kernels with MPX give its bounds along, others know nothing of it. Which guard it
 * was is in the module's table of checks. */
static bool diagnose_check(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine)
{
	struct fp_trap trap = trap_at(context, context->fault.pc);

	if (trap.form != FP_TRAP_FORM_CHECK || (info->si_code != SI_KERNEL_FAULT && info->si_code != SEGV_BNDERR))
		return false;
	blame_root(&context->fault, &trap, machine);
	return true;
}

static void diagnose_memory(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine)
{
	struct fp_fault *fault = &context->fault;

	bool outside = fault->pc < context->text_start || fault->pc >= context->text_end;

	if (info->si_signo == SIGSEGV && diagnose_check(context, info, machine))
		return;
	fault->access = access_of(info, machine);
	fault->address_known = info->si_code != SI_KERNEL_FAULT;
	fault->address = fault->address_known ? (uint64_t)info->si_addr : 0;
	if (trap_at(context, fault->pc).form == FP_TRAP_FORM_ENTRY)
		explain(fault, FP_FAULT_MEMORY, "bounds of a pointer in memory that is not mapped");
	else if (!fault->address_known)
		explain(fault, FP_FAULT_MEMORY, "a non-canonical address or a privileged instruction");
	else if (fp_in_native_guard(context, fault->address))
		explain(fault, FP_FAULT_NATIVE_STACK, "the native stack is exhausted");
	else
		explain(fault, FP_FAULT_MEMORY, outside ? "outside the module's own code" : "");
}

/* Alignment checks, which only a module that meddles with the flags turns on, or a failing page. */
static void diagnose_bus(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine)
{
	diagnose_memory(context, info, machine);
	if (info->si_code != BUS_ADRALN)
		return;
	context->fault.address_known = false;
	explain(&context->fault, FP_FAULT_MEMORY, "a misaligned access with alignment checks on");
}

static void diagnose_kind(struct fp_fault *fault, int32_t number)
{
	if (number > 0 && (size_t)number < sizeof(trap_kinds) / sizeof(trap_kinds[0]))
		explain(fault, trap_kinds[number].kind, trap_kinds[number].detail);
	else
		explain(fault, FP_FAULT_ILLEGAL, "a trap of a kind this host does not know");
}

/* The trap is the first instruction of a function that was called with these arguments (passes/bounds/
 * runtime.py); what is to blame is its caller. */
static void diagnose_bounds(struct fp_context *context, const ucontext_t *machine)
{
	const greg_t *registers = machine->uc_mcontext.gregs;
	struct fp_fault *fault = &context->fault;
	uint64_t object = registers[REG_RDX], stack = registers[REG_RSP], low = (uint64_t)context->native_low;

	fault->address = registers[REG_RDI];
	fault->address_known = true;
	fault->bounds = (struct fp_bounds){
		.known = true,
		.check = (uint32_t)registers[REG_R8],
		.site = object >> 32,
		.object_size = (uint32_t)object,
		.offset = (int64_t)(fault->address - (uint64_t)registers[REG_RSI]),
		.size = registers[REG_RCX],
	};
	explain(fault, fault->bounds.site ? FP_FAULT_BOUNDS : FP_FAULT_GUARD, "");
	if (stack >= low && stack <= low + FP_NATIVE_STACK - sizeof(fault->pc)) {
		memcpy(&fault->pc, (const void *)stack, sizeof(fault->pc));
		fault->pc--; /* inside the call, not behind it */
		fault->stack += sizeof(fault->pc);
	}
}

static void diagnose_guard(struct fp_fault *fault, const struct fp_trap *trap, const ucontext_t *machine)
{
	blame_root(fault, trap, machine);
	fault->guard = (uint32_t)trap->number;
}

static void diagnose_illegal(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine)
{
	struct fp_fault *fault = &context->fault;
	struct fp_trap trap = trap_at(context, fault->pc);

	(void)info;
	if (trap.form == FP_TRAP_FORM_GUARD)
		diagnose_guard(fault, &trap, machine);
	else if (trap.form == FP_TRAP_FORM_KIND && trap.number == FP_TRAP_BOUNDS)
		diagnose_bounds(context, machine);
	else if (trap.form == FP_TRAP_FORM_KIND)
		diagnose_kind(fault, trap.number);
	else if (trap.form == FP_TRAP_FORM_UD2)
		explain(fault, FP_FAULT_UNREACHABLE, "ud2: a place the compiler took for unreachable");
	else
		explain(fault, FP_FAULT_ILLEGAL, "an instruction this processor does not have");
}

static void diagnose_arithmetic(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine)
{
	(void)machine;
	explain(&context->fault, FP_FAULT_ARITHMETIC,
		info->si_code == FPE_INTDIV ? "integer division by zero, or its overflow" : "floating-point exception");
}

static void diagnose_breakpoint(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine)
{
	(void)info;
	(void)machine;
	explain(&context->fault, FP_FAULT_ILLEGAL, "a breakpoint or debug trap");
}

static const struct {
	int signal;
	void (*diagnose)(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine);
} diagnoses[] = {
	{SIGSEGV, diagnose_memory},	{SIGBUS, diagnose_bus},	{SIGILL, diagnose_illegal},
	{SIGFPE, diagnose_arithmetic}, {SIGTRAP, diagnose_breakpoint},
};

static void keep_registers(struct fp_fault *fault, const ucontext_t *machine)
{
	fault->registers_known = true;
	for (int i = 0; i < FP_REGISTERS; i++)
		fault->registers[i] = machine->uc_mcontext.gregs[machine_registers[i]];
}

void fp_diagnose(struct fp_context *context, const siginfo_t *info, const ucontext_t *machine)
{
	struct fp_fault *fault = &context->fault;

	memset(fault, 0, sizeof(*fault));
	fault->guard = -1;
	fault->signal = info->si_signo;
	fault->pc = machine->uc_mcontext.gregs[REG_RIP];
	fault->stack = machine->uc_mcontext.gregs[REG_RSP];
	fault->ticks = __builtin_ia32_rdtsc();
	keep_registers(fault, machine);
	for (size_t i = 0; i < sizeof(diagnoses) / sizeof(diagnoses[0]); i++)
		if (diagnoses[i].signal == info->si_signo)
			diagnoses[i].diagnose(context, info, machine);
}
