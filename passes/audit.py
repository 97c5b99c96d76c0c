"""Reads protected IR again and says what breaks a rule; shares the reader with the passes, not the planner.

Requires: the text `protect_module` made. What it checks: every access that the mode wants confined
(audit_flow.py); locals left on the native stack (audit_locals.py); stores to the host's variables; no value
undefined; no call but to a function of the module, an offered import or a known intrinsic; every
`unreachable` behind a trap; the attributes code generation relies on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from passes.analysis.linear import Linear, LinearForms
from passes.analysis.values import Values, index_values
from passes.audit_flow import ArenaFlow, GuardRoot
from passes.audit_frame import check_host_variables, checked_frame
from passes.audit_locals import check_locals, native_locals
from passes.calls import call_signature
from passes.dispatch import address_taken, host_called
from passes.elements import is_spelled_out
from passes.intrinsics import BULK, HINTS, INLINE_BULK_MAX, LIFETIME, MASKED, PURE, TRAPS, base_name
from passes.ir.instruction import POISON_FLAGS, Instruction
from passes.ir.layout import lay_out_body
from passes.ir.module import Function, Module, read_module
from passes.normalise import holds_loose_bits
from passes.protect import Protection
from passes.stack import runtime_functions
from passes.surroundings import function_attributes

_ALLOWED = PURE | TRAPS | LIFETIME | HINTS | set(BULK) | set(MASKED)
_UNDEFINED = POISON_FLAGS | {"undef", "poison", "fast"}
_RUNTIME = ("@fp.allocate", "@fp.release")


@dataclass(frozen=True)
class Audited:
    """What an audit found: rules that are broken, and accesses that it cannot prove to be confined."""

    broken: tuple[str, ...] = ()
    unproved: frozenset[tuple[str, str]] = frozenset()  # (function, pointer)


def audit_module(text: str, protection: Protection) -> Audited:
    """Audits the whole module; a mode that promises nothing keeps all its promises."""
    if not protection.mode.hardened:
        return Audited()
    audit = _Audit(read_module(text), protection)
    broken = [*audit.check_attributes(text), *audit.check_runtime(text)]
    for function in audit.module.functions.values():
        if function.name not in _RUNTIME:
            broken += [f"{function.name}: {problem}" for problem in audit.check_function(function)]
    return Audited(tuple(broken), frozenset(audit.unproved))


@dataclass
class _Audit:
    module: Module
    protection: Protection
    unproved: set[tuple[str, str]] = field(default_factory=set)
    host_called: dict[str, frozenset[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.host_called = host_called(self.module, self.protection.trusted, address_taken(self.module))

    def check_attributes(self, text: str) -> Iterator[str]:
        """Every definition has the one attribute group that code generation needs."""
        if function_attributes(self.protection.cpu) not in text:
            yield "the attributes of functions are not the expected ones"
        for function in self.module.functions.values():
            if [t for t in function.header if t[0] == "#"] != ["#0"]:
                yield f"{function.name}: unexpected attributes"

    def check_runtime(self, text: str) -> Iterator[str]:
        """The functions that hand out stack memory are, word for word, the ones stack.py prints."""
        present = [name for name in _RUNTIME if name in self.module.functions]
        expected = "\n".join(lay_out_body(runtime_functions(self.protection.stack)))
        if present and expected not in text:
            yield f"{', '.join(present)}: not as expected"

    def check_function(self, function: Function) -> Iterator[str]:
        """Violations in one function."""
        values = index_values(function)
        for block in function.blocks:
            for index, instruction in enumerate(block.instructions):
                before = block.instructions[index - 1] if index else None
                yield from self._check_instruction(instruction, before)
        if self.protection.lowering.confines:
            yield from (f"the local {name} is on the native stack" for name in native_locals(values))
        else:
            yield from self._check_accesses(function, values)
        yield from check_host_variables(function, values, self.protection.stack, self._host_variables())

    def _check_accesses(self, function: Function, values: Values) -> Iterator[str]:
        """Notes accesses that are not proved; violations of locals on the native stack."""
        flow = ArenaFlow(
            function,
            values,
            self.protection.reach,
            self._objects(function, values),
            native_locals(values),
            self._guard_reader(values),
        )
        for access in flow.unproved(self.protection.mode.guarded):
            if access.pointer.text not in self._host_variables():
                self.unproved.add((function.name, access.pointer.text))
        yield from check_locals(flow, self.protection)

    def _check_instruction(self, instruction: Instruction, before: Instruction | None) -> Iterator[str]:
        if _UNDEFINED & set(instruction.tokens):
            yield f"{' '.join(instruction.tokens)}: a value may be undefined"
        if instruction.opcode in ("fptoui", "fptosi"):
            yield f"{instruction.opcode} gives poison out of range"
        if is_spelled_out(instruction):
            yield f"{' '.join(instruction.tokens)}: an element chosen at run time"
        if holds_loose_bits(instruction):
            yield f"{' '.join(instruction.tokens)}: bits that the module can set are taken for zero"
        if instruction.opcode == "unreachable" and not (before and self._is_trap(before)):
            yield "unreachable without a trap"
        if instruction.opcode == "call" and not self._is_allowed_call(instruction):
            yield f"call of {instruction.callee}"

    def _is_trap(self, instruction: Instruction) -> bool:
        ends = ("@llvm.ubsantrap", self.protection.lowering.trap_callee)
        return instruction.opcode == "call" and instruction.callee in ends

    def _is_allowed_call(self, call: Instruction) -> bool:
        callee = call.callee
        if callee in self.module.functions:
            function = self.module.functions[callee]
            return (call_signature(call), call.convention) == (function.signature, function.convention)
        if callee.startswith("@llvm."):
            name = base_name(callee)
            length = call.arguments[2].integer if name in BULK else 0
            return name in _ALLOWED and length is not None and length <= INLINE_BULK_MAX
        if callee.startswith("asm "):
            lowering = self.protection.lowering
            return callee in (lowering.trap_callee, *lowering.check_callees, *lowering.table_callees)
        return callee in self.module.declarations and callee[1:] in self.protection.imports

    def _objects(self, function: Function, values: Values) -> dict[str, int]:
        """Bases that are in the arena whatever the module does, and how many bytes from them surely are."""
        found = {n: g.type.alloc_size for n, g in self.module.globals.items() if g.initializer is not None}
        positions = self.host_called.get(function.name, frozenset())
        found |= {p.text: 0 for i, p in enumerate(function.parameters) if i in positions}
        for name, definition in values.definitions.items():
            if definition.opcode == "call" and definition.callee == "@fp.allocate":
                found[name] = 0
        size = checked_frame(function, values, self.protection.stack)
        if size:
            found["%fp.frame"] = size
        return found

    def _guard_reader(self, values: Values) -> GuardRoot:
        forms = LinearForms(values, opaque=frozenset({"%fp.frame"}))

        def guard_root(check: Instruction) -> Linear | None:
            root = self.protection.lowering.checked_pointer(check, values)
            return forms.of(root) if root is not None else None

        return guard_root

    def _host_variables(self) -> set[str]:
        stack, lowering = self.protection.stack, self.protection.lowering
        return {f"@{name}" for name in (stack.pointer, stack.limit, *lowering.variables)}
