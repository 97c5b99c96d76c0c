"""Where pointers come from: the region that each points into, where that can be told.

A fixed point over the whole module, which is closed: through GEPs, phis, selects, the module's own calls and
returns, variables whose address goes nowhere, and the packets of the batch that the host hands in. It starts
from nothing known, so recursion and loops are no obstacle; what has two origins, or one that is not followed
(integers, memory in general), is of the arena.

It says what the program means, not what it can be made to do: an address that is computed out of its region
is what a guard is there to catch. So it decides how narrow a guard is, never whether there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from passes.analysis.linear import Linear, LinearForms
from passes.intrinsics import DROPPED, FORWARDED, HINTS, LIFETIME, base_name
from passes.ir.instruction import Instruction
from passes.ir.module import Module
from passes.ir.operand import Operand
from passes.model import Region

BATCH = "batch"  # the descriptors of a batch: guarded as the arena, but their pointers are the packets'
_NOTHING = ""  # no value has been seen, or none that could be used: null

_POINTER = 8  # bytes
_SAME_OBJECT = FORWARDED | {"llvm.ptrmask"}  # they give back an address in the object of their first argument
_IGNORED = LIFETIME | HINTS | DROPPED
_NEVER = ("icmp", "br", "switch", "unreachable")  # they neither move a pointer nor let it go

Value = tuple[str, str]  # a function, and a local of its
Cell = tuple[str, int]  # a variable and an offset in it; _ANYWHERE: at any
_ANYWHERE = -1


@dataclass(frozen=True)
class Sources:
    """Where pointers begin."""

    batches: frozenset[tuple[str, int]]  # functions and the positions of parameters that are a batch
    unknown: frozenset[str]  # functions that are called otherwise than by name, and not with a batch
    allocators: frozenset[str]  # functions that give back memory of the heap


@dataclass
class Provenance:
    """Origins of the pointers of a module; `forms` are those of each function's values."""

    module: Module
    forms: Mapping[str, LinearForms]
    sources: Sources
    _values: dict[Value, str] = field(default_factory=dict)
    _returns: dict[str, str] = field(default_factory=dict)
    _cells: dict[Cell, str] = field(default_factory=dict)
    _packets: str = Region.PACKETS  # what pointers in descriptors are
    _escaped: set[str] = field(default_factory=set)  # variables whose address is not only accessed
    _changed: bool = True

    def region(self, function: str, name: str) -> Region:
        """The region that a pointer of `function` points into: a local ("%x"), or a variable ("@x")."""
        if name in self.module.globals:
            return Region.OBJECTS
        origin = self._values.get((function, name), _NOTHING)
        return Region(origin) if origin not in (_NOTHING, BATCH) else Region.ARENA

    def solve(self) -> None:
        """Finds all origins."""
        steps = [(f.name, i) for f in self.module.functions.values() for i in f.instructions if _matters(i)]
        self._find_escaped(steps)
        self._start()
        while self._changed:
            self._changed = False
            for function, instruction in steps:
                self._step(function, instruction)

    def _start(self) -> None:
        for name in self.sources.unknown & self.module.functions.keys():
            for parameter in self.module.functions[name].parameters:
                self._join_value((name, parameter.text), Region.ARENA)
        for name, position in self.sources.batches:
            self._join_value((name, self.module.functions[name].parameters[position].text), BATCH)
        for name, variable in self.module.globals.items():
            if variable.initializer is not None and variable.initializer.names():
                self._join_cell((name, _ANYWHERE), Region.OBJECTS)

    def _find_escaped(self, steps: list[tuple[str, Instruction]]) -> None:
        for variable in self.module.globals.values():
            if variable.initializer is not None:
                self._escaped |= variable.initializer.names()
        for function, instruction in steps:
            self._escaped.update(_bases_elsewhere(instruction, self.forms[function]))

    def _step(self, function: str, instruction: Instruction) -> None:
        opcode = instruction.opcode
        if opcode == "store":
            self._store(function, instruction)
        elif opcode == "call":
            self._call(function, instruction)
        elif opcode == "ret":
            for operand in instruction.operands:
                known = self._returns.get(function, _NOTHING)
                self._returns[function] = self._merged(known, function, operand)
        elif instruction.name:
            self._define(function, instruction)
        else:
            self._expose(function, instruction.operands)

    def _define(self, function: str, instruction: Instruction) -> None:
        opcode, operands = instruction.opcode, instruction.operands
        value = function, instruction.name
        if opcode == "alloca":
            self._join_value(value, Region.STACK)
        elif opcode == "load":
            self._join_value(value, self._loaded(function, operands[0]))
        elif opcode in ("getelementptr", "freeze") and instruction.type.kind == "ptr":
            self._flow(value, function, operands[:1])
        elif opcode in ("phi", "select") and instruction.type.kind == "ptr":
            self._flow(value, function, operands[-2:] if opcode == "select" else operands)
        else:
            self._expose(function, operands)
            self._join_value(value, Region.ARENA)

    def _flow(self, value: Value, function: str, operands: tuple[Operand, ...]) -> None:
        for operand in operands:
            self._join_value(value, self._merged(self._values.get(value, _NOTHING), function, operand))

    def _call(self, function: str, call: Instruction) -> None:
        callee, value = call.callee, (function, call.name)
        if callee in self.module.functions:
            self._pass_arguments(function, call)
            result = self._returns.get(callee, _NOTHING)
            result = Region.OBJECTS if callee in self.sources.allocators else result
        elif base_name(callee) in _SAME_OBJECT:
            self._flow(value, function, call.arguments[:1])
            return
        else:
            self._expose(function, call.arguments)
            result = Region.ARENA
        if call.name:
            self._join_value(value, result)

    def _pass_arguments(self, function: str, call: Instruction) -> None:
        callee = self.module.functions[call.callee]
        for parameter, argument in zip(callee.parameters, call.arguments, strict=False):
            if parameter.type.kind == "ptr":
                self._flow((callee.name, parameter.text), function, (argument,))

    def _store(self, function: str, store: Instruction) -> None:
        stored, pointer = store.operands[:2]
        is_pointer = stored.type.kind == "ptr"
        target = self._origin(function, pointer)
        if is_pointer:
            self._expose(function, (stored,))
        if target == BATCH:
            if is_pointer or stored.type.store_size >= _POINTER:
                origin = self._origin(function, stored) if is_pointer else Region.ARENA
                self._set_packets(_joined(self._packets, origin))
            return
        cells = self._cells_at(self.forms[function].of(pointer), stored.type.store_size)
        for cell in cells:
            self._join_cell(cell, self._origin(function, stored) if is_pointer else Region.ARENA)

    def _loaded(self, function: str, pointer: Operand) -> str:
        """The origin of a pointer in memory."""
        origin = self._origin(function, pointer)
        if origin in (BATCH, _NOTHING):
            return self._packets if origin == BATCH else _NOTHING
        form = self.forms[function].of(pointer)
        if not self._is_closed(form.base):
            return Region.ARENA
        if form.terms:
            found = [origin for (name, _), origin in self._cells.items() if name == form.base]
        else:
            cells = (*self._cells_at(form, _POINTER), (form.base, _ANYWHERE))
            found = [self._cells.get(cell, _NOTHING) for cell in cells]
        result = _NOTHING
        for origin in found:
            result = _joined(result, origin)
        return result

    def _cells_at(self, form: Linear, size: int) -> Iterator[Cell]:
        """The cells that bytes at this address may be part of."""
        if not self._is_closed(form.base):
            return
        if form.terms:
            yield form.base, _ANYWHERE
        else:
            first = form.offset - form.offset % _POINTER
            yield from ((form.base, at) for at in range(first, form.offset + size, _POINTER))

    def _is_closed(self, base: str) -> bool:
        """Whether a variable is accessed by its name only."""
        return base in self.module.globals and base not in self._escaped

    def _origin(self, function: str, operand: Operand) -> str:
        if operand.text[0] == "%":
            return self._values.get((function, operand.text), _NOTHING)
        if operand.text in ("null", "zeroinitializer", "undef", "poison"):
            return _NOTHING
        base = self.forms[function].of(operand).base
        return Region.OBJECTS if base[:1] == "@" else Region.ARENA

    def _merged(self, known: str, function: str, operand: Operand) -> str:
        """The origin of what is `known` or the operand; a batch mixed with others is lost sight of."""
        origin = self._origin(function, operand)
        result = _joined(known, origin)
        if result != BATCH and BATCH in (known, origin):
            self._set_packets(Region.ARENA)
        return result

    def _expose(self, function: str, operands: tuple[Operand, ...]) -> None:
        """Operands that go where they are not followed: what is done to a batch there is not seen."""
        for operand in operands:
            if operand.text[0] == "%" and self._origin(function, operand) == BATCH:
                self._set_packets(Region.ARENA)

    def _set_packets(self, origin: str) -> None:
        self._changed |= origin != self._packets
        self._packets = origin

    def _join_value(self, value: Value, origin: str) -> None:
        before = self._values.get(value, _NOTHING)
        self._values[value] = _joined(before, origin)
        self._changed |= self._values[value] != before

    def _join_cell(self, cell: Cell, origin: str) -> None:
        before = self._cells.get(cell, _NOTHING)
        self._cells[cell] = _joined(before, origin)
        self._changed |= self._cells[cell] != before


def _joined(one: str, other: str) -> str:
    """The origin of what may have either."""
    if one in (other, _NOTHING) or other == _NOTHING:
        return one or other
    return Region.ARENA


def _matters(instruction: Instruction) -> bool:
    """Whether an instruction makes, moves or stores a pointer, or may change one in memory."""
    opcode, operands = instruction.opcode, instruction.operands
    if opcode == "store":
        return True
    if opcode == "load":
        return instruction.type.kind == "ptr"
    if opcode in _NEVER or (opcode == "call" and base_name(instruction.callee) in _IGNORED):
        return False
    used = operands[:-1] if opcode == "call" else operands  # without the callee
    return instruction.type.kind == "ptr" or any(o.type.kind == "ptr" or "@" in o.text for o in used)


def _bases_elsewhere(instruction: Instruction, forms: LinearForms) -> Iterator[str]:
    """Variables whose address an instruction uses otherwise than to load, store or compare."""
    opcode, operands = instruction.opcode, instruction.operands
    if opcode == "call" and _stores_no_pointer(instruction):
        return
    accessed = {"load": 0, "store": 1}.get(opcode, -1)
    for position, operand in enumerate(operands):
        is_pointer = operand.type.kind == "ptr"
        is_followed = opcode in ("getelementptr", "freeze") and is_pointer
        if position == accessed or (is_followed and _keeps_base(instruction, operand, forms)):
            continue
        used = operand.names() | ({forms.of(operand).base} if is_pointer else set())
        yield from (name for name in used if name[:1] == "@")


def _keeps_base(instruction: Instruction, operand: Operand, forms: LinearForms) -> bool:
    """Whether the form of the instruction's value names the operand's base: its uses are seen, then."""
    return forms.of(Operand(instruction.type, instruction.name)).base == forms.of(operand).base


def _stores_no_pointer(call: Instruction) -> bool:
    name = base_name(call.callee)
    return name in _IGNORED or (name == "llvm.memset" and call.arguments[1].integer == 0)
