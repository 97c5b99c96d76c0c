"""Prints a function with bounds beside its pointers, and a check before each access that needs one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from passes.analysis.values import index_values
from passes.bounds.check import Checked, compare_bounds
from passes.bounds.copies import Copies
from passes.bounds.counted import report_counted
from passes.bounds.entries import enter
from passes.bounds.linked_calls import bounded_call, bounded_header, bounded_return
from passes.bounds.origins import Origins, widen
from passes.bounds.program import ARENA, Bounds, Program
from passes.bounds.proof import Decision, Prover
from passes.bounds.touches import Touch, known_name
from passes.ir.instruction import Instruction
from passes.ir.module import Block, Function
from passes.model import Check
from passes.normalise import normalise
from passes.rewrite import UNLIKELY


@dataclass
class _Out:
    """Lines of one block being printed; `label` is the block that is open at their end."""

    label: str
    lines: list[str] = field(default_factory=list)
    phis: list[Instruction] = field(default_factory=list)


@dataclass
class BoundsWriter:
    """Prints one function."""

    function: Function
    program: Program
    origins: Origins = field(init=False)
    _checks: dict[int, list[tuple[int, Touch]]] = field(default_factory=dict)  # id(instruction) -> its checks
    _printed: dict[int, list[str]] = field(default_factory=dict)  # id(instruction) -> lines in its place
    _last: dict[str, str] = field(default_factory=dict)  # block -> label open at its end
    _cold: list[str] = field(default_factory=list)
    _entry: list[str] = field(default_factory=list)

    def write(self) -> list[str]:
        """The function's lines."""
        function, program = self.function, self.program
        is_exempt = function.name in program.exempt
        header, parameters = bounded_header(function, program, {} if is_exempt else None)
        self.origins = Origins(function, program, index_values(function), parameters, is_exempt=is_exempt)
        self._entry = enter(function, program, self.origins)
        if not is_exempt:
            for decision in Prover(self.origins).walk():
                self._record(decision)
        copies = Copies(self.origins)
        for instruction in function.instructions:
            self._link(instruction)
            copies.follow(instruction)
        outs = [self._write_block(block) for block in function.blocks]
        lines = [header]
        for number, (out, block) in enumerate(zip(outs, function.blocks, strict=True)):
            lines.append(f"{block.label[1:]}:")
            for phi in out.phis:
                lines += self._write_phi(phi)
            if number == 0:
                place = program.place_helper(function, None)
                lines += [f"{line}{place}" for line in ARENA if self.origins.uses_arena] + self._entry
            lines += out.lines
        return [*lines, *self._cold, "}"]

    def _record(self, decision: Decision) -> None:
        touch, number = decision.touch, len(self.program.checks)
        node = touch.instruction.location
        written = self.program.locations.written_function(node) or self.function.name[1:]
        place = self.program.locations.locate(node)
        size, made = max(touch.size, 0), (decision.decision, decision.reason)
        self.program.checks.append(Check(number, written, place, "", touch.kind, size, *made))
        if decision.decision == "checked":
            self._checks.setdefault(id(touch.instruction), []).append((number, touch))

    def _link(self, instruction: Instruction) -> None:
        """Bounds that go with an instruction's pointers to another function, or back."""
        printed = None
        if instruction.opcode == "call":
            printed = bounded_call(instruction, self.origins)
        elif instruction.opcode == "ret":
            printed = bounded_return(instruction, self.origins)
            if printed is None and self.program.is_counted:
                printed = [*report_counted(self.function), " ".join(normalise(instruction)[0])]
        if printed is not None:
            self._printed[id(instruction)] = printed

    def _write_block(self, block: Block) -> _Out:
        out = _Out(block.label)
        for instruction in block.instructions:
            checks = self._checks.get(id(instruction), ())
            self._emit_checks(out, instruction, (c for c in checks if not c[1].after))
            if instruction.opcode == "phi":
                out.phis.append(instruction)
            else:
                out.lines += self._print(instruction)
            self._emit_checks(out, instruction, (c for c in checks if c[1].after))
            out.lines += self.origins.after.get(id(instruction), ())
        self._last[block.label] = out.label
        return out

    def _print(self, instruction: Instruction) -> list[str]:
        place = f", !dbg {instruction.location}" if instruction.location else ""
        if id(instruction) in self._printed:
            return [f"{line}{place}" for line in self._printed[id(instruction)]]
        weights = f", !prof {instruction.weights}" if instruction.weights else ""
        value = f"{instruction.name} = " if instruction.name else ""
        return [f"{value}{' '.join(normalise(instruction)[0])}{weights}{place}"]

    def _emit_checks(self, out: _Out, instruction: Instruction, checks: Iterable[tuple[int, Touch]]) -> None:
        place = self.program.place_helper(self.function, instruction)
        for number, touch in checks:
            size, lines = self._measure(touch, f"%fp.n{number}")
            out.lines += [f"{line}{place}" for line in [*self.origins.counting("checks"), *lines]]
            bounds = self.origins.of(touch.pointer)
            text = compare_bounds(Checked(number, touch.pointer.text, bounds, size), place, UNLIKELY)
            out.lines += text.lines
            out.label = text.after
            self._cold += text.cold

    def _measure(self, touch: Touch, name: str) -> tuple[str, list[str]]:
        """How many bytes a touch is of, and the lines that compute it."""
        if touch.after:
            return name, self._searched(touch.instruction, name)
        if touch.length is not None:
            return name, widen(touch.length, name)
        return str(touch.size), []

    def _searched(self, call: Instruction, name: str) -> list[str]:
        """How far a search has read."""
        known, arguments = known_name(call, self.program), call.arguments
        if known == "strlen":
            return [f"{name} = add i64 {call.name}, 1"]
        if known == "strnlen":
            return [
                f"{name}.read = add i64 {call.name}, 1",
                f"{name} = call i64 @llvm.umin.i64(i64 {name}.read, i64 {arguments[1].text})",
            ]
        return [
            f"{name}.at = ptrtoint ptr {call.name} to i64",
            f"{name}.from = ptrtoint ptr {arguments[0].text} to i64",
            f"{name}.before = sub i64 {name}.at, {name}.from",
            f"{name}.read = add i64 {name}.before, 1",
            f"{name}.none = icmp eq ptr {call.name}, null",
            f"{name} = select i1 {name}.none, i64 {arguments[2].text}, i64 {name}.read",
        ]

    def _write_phi(self, phi: Instruction) -> list[str]:
        lines = [f"{phi.name} = phi {phi.type.text} {self._join(phi, [v.text for v in phi.operands])}"]
        bounds = self.origins.phis.get(phi.name)
        if bounds is not None:
            incoming = [self.origins.of_incoming(value) for value in phi.operands]
            lines += [
                f"{half} = phi i64 {self._join(phi, [_half(i, at) for i in incoming])}"
                for at, half in enumerate(bounds)
            ]
        return lines

    def _join(self, phi: Instruction, texts: list[str]) -> str:
        pairs = zip(texts, phi.labels, strict=True)
        return ", ".join(f"[ {text}, {self._last[label]} ]" for text, label in pairs)


def _half(bounds: Bounds, at: int) -> str:
    return bounds[at]
