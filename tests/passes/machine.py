"""Runs protected IR as an attacker would have it: the memory says what suits him, and so do all arguments.

Independent of the passes' reasoning: it knows values, not proofs. A run ends well when it returns, traps,
faults on an unmapped address of the arena or its surroundings, or takes too long. It raises EscapeError
when an access that the mode confines touches anything else, or a native local is left.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from passes.analysis.accesses import collect_accesses
from passes.intrinsics import base_name
from passes.ir.instruction import Instruction
from passes.ir.module import Block, Function, Module
from passes.ir.operand import Operand
from passes.ir.types import Type
from passes.protect import Protection
from tests.passes.hostile_values import (
    BASE,
    HEAP,
    IMAGE,
    MAPPED,
    MASK,
    NATIVE,
    SIZE,
    STACK,
    STACK_LIMIT,
    Unsupported,
    choose_value,
)
from tests.passes.operations import ARITHMETIC, INTRINSICS, Ended, compare_integers, signed

_STEPS = 300
_DEPTH = 6


class EscapeError(AssertionError):
    """An access left the arena and what surrounds it."""


@dataclass
class Machine:
    """One run of functions of `module` under `protection`, with choices from `chance`."""

    module: Module
    protection: Protection
    chance: random.Random
    symbols: dict[str, int] = field(default_factory=dict)
    stack_pointer: int = STACK
    native: int = NATIVE
    steps: int = 0

    def __post_init__(self) -> None:
        image = IMAGE + 4096 * self.chance.randrange(16)
        address = image + 64
        for name, variable in self.module.globals.items():
            if variable.initializer is not None:
                address = -(-address // variable.align) * variable.align
                self.symbols[name] = address
                address += variable.type.alloc_size
        self.symbols |= {name: image + 16 * i for i, name in enumerate(self.module.functions, 1 << 12)}
        self.symbols |= {"@__ehdr_start": image, "null": 0}

    def choose(self, kind: Type) -> int:
        """A value of the attacker's."""
        return choose_value(kind, self.chance)

    def run(self, function: Function) -> None:
        """Calls `function` with arguments of the machine's choice."""
        trusted = self.protection.trusted.get(function.name[1:], frozenset())
        arguments = [
            HEAP + 4096 if at in trusted else self.choose(p.type) for at, p in enumerate(function.parameters)
        ]
        try:
            self.call(function, arguments, 0)
        except Ended:
            return

    def call(self, function: Function, arguments: Sequence[int], depth: int) -> int:
        if depth > _DEPTH:
            raise Ended
        return _Frame(self, function, depth).execute(arguments)

    def touch(self, address: int, size: int, kind: str) -> None:
        """An access: harmless in the arena, a fault beside it, an escape elsewhere."""
        if kind not in self.protection.mode.guarded:
            return
        zone = self.protection.reach.below
        if not BASE - zone <= address <= address + size <= BASE + SIZE + zone:
            raise EscapeError(f"{kind} of {size} bytes at arena {address - BASE:+#x}")
        if not any(low <= address and address + size <= high for low, high in MAPPED):
            raise Ended


@dataclass
class _Frame:
    """One function being run."""

    machine: Machine
    function: Function
    depth: int
    values: dict[str, int] = field(default_factory=dict)
    locals: dict[str, tuple[int, int]] = field(default_factory=dict)  # native ones: address, size
    _accesses: Mapping[int, list[tuple[Operand, str, int]]] = field(default_factory=dict)

    def execute(self, arguments: Sequence[int]) -> int:
        found: dict[int, list[tuple[Operand, str, int]]] = {}
        for access in collect_accesses(self.function):
            found.setdefault(id(access.instruction), []).append((access.pointer, access.kind, access.size))
        self._accesses = found
        self.values = {p.text: v for p, v in zip(self.function.parameters, arguments, strict=True)}
        blocks = {block.label: block for block in self.function.blocks}
        before, block = "", self.function.blocks[0]
        while True:
            end = self._run_block(block, before)
            if end.opcode == "ret":
                return self.value(end.operands[0]) if end.operands else 0
            before, block = block.label, blocks[self._successor(end)]

    def _run_block(self, block: Block, before: str) -> Instruction:
        phis = [i for i in block.instructions if i.opcode == "phi"]
        self.values |= {i.name: self.value(i.operands[i.labels.index(before)]) for i in phis}
        for instruction in block.instructions[len(phis) : -1]:
            self.machine.steps += 1
            if self.machine.steps > _STEPS:
                raise Ended
            self._run(instruction)
        return block.terminator

    def _successor(self, end: Instruction) -> str:
        if end.opcode == "unreachable":
            raise EscapeError(f"{self.function.name}: control reached `unreachable`")
        if end.opcode == "switch":
            return self.machine.chance.choice(end.labels)
        return end.labels[0 if len(end.labels) == 1 or self.value(end.operands[0]) else 1]

    def _run(self, instruction: Instruction) -> None:
        for pointer, kind, size in self._accesses.get(id(instruction), ()):
            self._access(pointer, kind, size)
        result = self._compute(instruction)
        if instruction.name:
            self.values[instruction.name] = result & MASK

    def _access(self, pointer: Operand, kind: str, size: int) -> None:
        if pointer.text in self._host_variables():
            return
        address = self.value(pointer)
        owner = next((a for a in self.locals.values() if a[0] - 64 <= address < a[0] + a[1] + 64), None)
        if owner is None:
            self.machine.touch(address, size, kind)
        elif not owner[0] <= address <= address + size <= sum(owner):
            raise EscapeError(f"{self.function.name}: {kind} of {size} leaves a native local")

    def _host_variables(self) -> Mapping[str, int]:
        stack = self.machine.protection.stack
        return {f"@{stack.pointer}": self.machine.stack_pointer, f"@{stack.limit}": STACK_LIMIT}

    def _compute(self, instruction: Instruction) -> int:
        step = _STEPS_BY_OPCODE.get(instruction.opcode)
        if step is not None:
            return step(self, instruction)
        operation = ARITHMETIC.get(instruction.opcode)
        if operation is None or instruction.type.kind != "int":
            raise Unsupported(instruction.opcode)
        left, right = (self.value(o) for o in instruction.operands)
        return operation(left, right, instruction.type.bits) & ((1 << instruction.type.bits) - 1)

    def value(self, operand: Operand) -> int:
        """The operand's value, unsigned."""
        if operand.is_local:
            return self.values[operand.text]
        if operand.integer is not None:
            return operand.integer
        if operand.text in ("null", "zeroinitializer"):
            return 0
        if operand.expression is not None:
            return self._constant(operand) & MASK
        if operand.text in self.machine.symbols:
            return self.machine.symbols[operand.text]
        raise Unsupported(operand.text)

    def _constant(self, operand: Operand) -> int:
        expression = operand.expression
        assert expression is not None
        if expression.opcode == "getelementptr" and expression.source is not None:
            return self._address(expression.source, expression.operands)
        if expression.opcode in ("ptrtoint", "inttoptr"):
            return self.value(expression.operands[0])
        raise Unsupported(operand.text)

    def _address(self, source: Type, operands: Sequence[Operand]) -> int:
        address, current = self.value(operands[0]), source
        for position, index in enumerate(operands[1:]):
            if position and current.kind == "struct":
                assert index.integer is not None
                address += current.field_offset(index.integer)
                current = current.elements[index.integer]
                continue
            current = current.elements[0] if position else current
            if index.type.kind != "int":
                raise Unsupported(index.type.text)
            address += signed(self.value(index), index.type.bits) * current.alloc_size
        return address & MASK

    def _load(self, load: Instruction) -> int:
        known = self._host_variables().get(load.operands[0].text)
        return known if known is not None else self.machine.choose(load.type)

    def _store(self, store: Instruction) -> int:
        if store.operands[1].text == f"@{self.machine.protection.stack.pointer}":
            self.machine.stack_pointer = self.value(store.operands[0])
        return 0

    def _alloca(self, alloca: Instruction) -> int:
        assert alloca.source is not None
        if alloca.operands and alloca.operands[0].integer is None:
            raise EscapeError(f"{self.function.name}: a native local of variable size")
        size = (alloca.operands[0].integer or 0) if alloca.operands else 1
        self.machine.native -= 4096 + size * alloca.source.alloc_size
        self.locals[alloca.name] = self.machine.native, size * alloca.source.alloc_size
        return self.machine.native

    def _compare(self, compare: Instruction) -> int:
        left, right = compare.operands
        if left.type.kind not in ("int", "ptr"):
            raise Unsupported(compare.opcode)
        return int(
            compare_integers(compare.predicate, self.value(left), self.value(right), left.type.bits or 64)
        )

    def _cast(self, cast: Instruction) -> int:
        source, target = cast.operands[0].type, cast.type
        if {source.kind, target.kind} - {"int", "ptr"}:
            raise Unsupported(cast.opcode)
        value = self.value(cast.operands[0])
        if cast.opcode == "sext":
            value = signed(value, source.bits)
        return value & ((1 << (target.bits or 64)) - 1)

    def _select(self, select: Instruction) -> int:
        condition, then, otherwise = select.operands
        if condition.type.kind != "int":
            raise Unsupported("select")
        return self.value(then if self.value(condition) else otherwise)

    def _call(self, call: Instruction) -> int:
        own = self.machine.module.functions.get(call.callee)
        if own is not None:
            return self.machine.call(own, [self.value(a) for a in call.arguments], self.depth + 1)
        if call.callee.startswith("asm ") or base_name(call.callee) == "llvm.ubsantrap":
            raise Ended
        if not call.callee.startswith("@"):
            raise EscapeError(f"a call through {call.callee}")
        if not call.callee.startswith("@llvm.") and call.callee[1:] not in self.machine.protection.imports:
            raise EscapeError(f"a call of {call.callee}")
        known = INTRINSICS.get(base_name(call.callee))
        if known is not None and call.type.kind in ("int", "ptr"):
            return known(*(self.value(a) for a in call.arguments[:2])) & MASK
        return 0 if call.type.kind == "void" else self.machine.choose(call.type)


_STEPS_BY_OPCODE: Mapping[str, Callable[[_Frame, Instruction], int]] = {
    "load": _Frame._load,
    "store": _Frame._store,
    "atomicrmw": lambda frame, i: frame.machine.choose(i.type),
    "fence": lambda frame, i: 0,
    "alloca": _Frame._alloca,
    "getelementptr": lambda frame, i: frame._address(i.source, i.operands) if i.source else 0,
    "freeze": lambda frame, i: frame.value(i.operands[0]),
    "icmp": _Frame._compare,
    "select": _Frame._select,
    "call": _Frame._call,
    **dict.fromkeys(("trunc", "zext", "sext", "ptrtoint", "inttoptr"), _Frame._cast),
}


def evaluate(
    module: Module, function: Function, arguments: Sequence[int], protection: Protection
) -> dict[str, int]:
    """Every value of a function that only computes, by name."""
    frame = _Frame(Machine(module, protection, random.Random(0)), function, 0)
    frame.execute(arguments)
    return frame.values
