"""The one place where IR changes: prints a module anew from the plans made for its functions.

Requires: a module LLVM verified, every value named, no unreachable blocks. Gives: a module whose accesses are
guarded as planned, whose values are all defined (normalise.py), whose locals lie where locals.py put them,
whose calls are all direct or dispatched (calls.py), and in which every `unreachable` traps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from passes.analysis.linear import Linear
from passes.analysis.plan import FunctionPlan, PlannedGuard
from passes.calls import CallRefused, Calls
from passes.elements import is_spelled_out, spell_out
from passes.ir.instruction import Instruction
from passes.ir.lexer import IRSyntaxError
from passes.ir.locations import LocationReader
from passes.ir.module import Block, Function
from passes.lower.lowering import Lowering
from passes.model import Refusal
from passes.normalise import define_text, holds_loose_bits, load_whole_bytes, normalise
from passes.reread import areas_to_reread, reread
from passes.stack import Frame, StackNames, lay_out_frame

UNLIKELY = ", !prof !UNLIKELY"


@dataclass
class _Out:
    """Lines of one block being printed; `label` is the block that is open at their end."""

    label: str
    lines: list[str] = field(default_factory=list)
    phis: list[Instruction] = field(default_factory=list)
    after_phis: list[str] = field(default_factory=list)


@dataclass
class FunctionWriter:
    """Prints one function."""

    plan: FunctionPlan
    calls: Calls
    lowering: Lowering
    stack: StackNames
    locations: LocationReader
    refusals: list[Refusal]
    metadata: Mapping[str, str]
    frame: Frame = field(init=False)
    _last: dict[str, str] = field(default_factory=dict)  # block -> label open at its end
    _edges: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (source, header) -> last label on the edge
    _cold: list[str] = field(default_factory=list)
    _loose: int = 0  # values frozen because their instruction may give poison
    _raw: dict[str, str] = field(default_factory=dict)  # frozen root -> name of the value before it is frozen

    def write(self, *, exported: bool) -> list[str]:
        """The function's lines."""
        function = self.plan.function
        self.frame = lay_out_frame(self.plan.locals, self.stack)
        self.calls.moved = {name for name, local in self.plan.locals.items() if local.moves}
        for guard in self.plan.guards:
            if guard.root.is_local and not guard.edge:
                self._raw.setdefault(guard.root.text, f"%fp.raw{len(self._raw)}")
        outs = [self._write_block(block, is_entry=i == 0) for i, block in enumerate(function.blocks)]
        if self.lowering.confines:
            for number, names in areas_to_reread(function, self.frame, self.metadata).items():
                outs[number].lines = reread(outs[number].lines, names, self.stack.pointer, number)
        lines = [self._header(function, exported=exported)]
        for out, block in zip(outs, function.blocks, strict=True):
            lines.append(f"{block.label[1:]}:")
            lines += [self._phi(phi, block.label) for phi in out.phis]
            lines += out.after_phis + out.lines
        place = self.locations.entry_location(function) if self.frame.offsets else ""
        return [*lines, *self._cold, *self.frame.cold(f", !dbg {place}" if place else ""), "}"]

    def _header(self, function: Function, *, exported: bool) -> str:
        parameters = ", ".join(f"{p.type.text} {self._raw.get(p.text, p.text)}" for p in function.parameters)
        linkage = "" if exported else "internal "
        convention = f"{function.convention} " if function.convention else ""
        debug = f" !dbg {function.subprogram}" if function.subprogram else ""
        return (
            f"define {linkage}{convention}{function.result.text} {function.name}({parameters}) #0{debug} {{"
        )

    def _write_block(self, block: Block, *, is_entry: bool) -> _Out:
        out = _Out(block.label)
        if is_entry:
            self._enter(out)
        guards: dict[int, list[PlannedGuard]] = {}
        for guard in self.plan.guards:
            if guard.block == block.label:
                guards.setdefault(-1 if guard.edge else guard.index, []).append(guard)
        for index, instruction in enumerate(block.instructions):
            for guard in guards.get(index, ()):
                self._emit_guard(out, guard, define_text(guard.root))
            if instruction.is_terminator:
                self._write_end(out, block, instruction, guards.get(-1, []))
            else:
                self._write_instruction(out, instruction)
        self._last.setdefault(block.label, out.label)
        return out

    def _enter(self, out: _Out) -> None:
        self._keep_locals(out)
        if self.plan.guards:
            out.lines += self.lowering.enter_function({guard.region for guard in self.plan.guards})
        if self.frame.is_used:
            out.lines += self.frame.enter()
            out.label = "%fp.framed" if self.frame.offsets else out.label
        for parameter in self.plan.function.parameters:
            if parameter.text in self._raw:
                out.lines.append(f"{parameter.text} = freeze ptr {self._raw[parameter.text]}")

    def _keep_locals(self, out: _Out) -> None:
        """Before any branch of ours: to LLVM a local after one is of run-time size."""
        for alloca in self.plan.function.blocks[0].instructions:
            if alloca.opcode != "alloca" or self.plan.locals[alloca.name].moves:
                continue
            lines = self._print(alloca)
            if self.plan.clears_locals:
                size = self.plan.locals[alloca.name].size
                lines.append(
                    f"call void @llvm.memset.inline.p0.i64(ptr {alloca.name}, i8 0, i64 {size}, i1 false)"
                )
            out.lines += _at(alloca, lines)

    def _emit_guard(self, out: _Out, guard: PlannedGuard, pointer: str) -> None:
        suffix = f", !dbg {guard.access.instruction.location}" if guard.access.instruction.location else ""
        text = self.lowering.guard(guard.id, pointer, guard.region, suffix + UNLIKELY)
        out.lines += text.lines
        out.label = text.after or out.label
        self._cold += text.cold

    def _write_instruction(self, out: _Out, instruction: Instruction) -> None:
        if instruction.opcode == "phi":
            out.phis.append(instruction)
            if instruction.name in self._raw:
                out.after_phis.append(f"{instruction.name} = freeze ptr {self._raw[instruction.name]}")
            return
        if instruction.opcode == "alloca":
            if self.plan.locals[instruction.name].size < 0:  # the others were placed on entry
                self._take_dynamic(out, instruction)
            return
        out.lines += _at(instruction, self._print(instruction))

    def _print(self, instruction: Instruction) -> list[str]:
        if instruction.opcode == "call":
            return self._frozen(instruction, self._print_call(instruction))
        if is_spelled_out(instruction):
            self._loose += 1
            return self._frozen(instruction, spell_out(instruction, f"%fp.element{self._loose}"))
        tokens, is_loose = normalise(instruction)
        if id(instruction) in self.plan.touches and "volatile" not in tokens:
            tokens.insert(tokens.index("atomic") + 1 if "atomic" in tokens[:2] else 1, "volatile")
        if holds_loose_bits(instruction):
            self._loose += 1
            return load_whole_bytes(instruction, tokens, f"%fp.whole{self._loose}")
        value = f"{instruction.name} = " if instruction.name else ""
        lines = [f"{value}{' '.join(tokens)}"]
        if is_loose:
            self._loose += 1
            lines = [f"%fp.loose{self._loose} = {' '.join(tokens)}"]
            lines.append(f"{instruction.name} = freeze {instruction.type.text} %fp.loose{self._loose}")
        return self._frozen(instruction, lines)

    def _frozen(self, instruction: Instruction, lines: list[str]) -> list[str]:
        """Renames the value of a guarded root and freezes it under its own name."""
        raw = self._raw.get(instruction.name)
        if raw is None or not lines:  # no lines: it is refused
            return lines
        last = lines[-1].removeprefix(f"{instruction.name} = ")
        return [*lines[:-1], f"{raw} = {last}", f"{instruction.name} = freeze ptr {raw}"]

    def _print_call(self, call: Instruction) -> list[str]:
        try:
            return self.calls.rewrite(call)
        except CallRefused as refused:
            reason, hint = refused.args
            location = self.locations.locate(call.location)
            self.refusals.append(Refusal(location, self.plan.function.name[1:], reason, hint))
            return []

    def _take_dynamic(self, out: _Out, alloca: Instruction) -> None:
        """A local whose size is not known before run time: taken here, or a trap at its place."""
        assert alloca.source is not None
        lines, count = [], "i64 1"
        if alloca.operands:
            operand = alloca.operands[0]
            count = f"i64 {operand.text}"
            if operand.type.bits < 64:
                self._loose += 1
                wide = f"%fp.count{self._loose}"
                lines.append(f"{wide} = zext {operand.type.text} {operand.text} to i64")
                count = f"i64 {wide}"
            elif operand.type.bits > 64:
                raise IRSyntaxError("alloca with a count wider than 64 bits")
        size, mask = alloca.source.alloc_size, -max(self.plan.locals[alloca.name].align, 16)
        call = [f"{alloca.name} = call ptr @fp.allocate({count}, i64 {size}, i64 {mask})"]
        self._loose += 1
        label = f"%fp.full{self._loose}"
        out.lines += [
            *lines,
            *self._frozen(alloca, call),
            *self.stack.check(label[1:], alloca.name, 0),
            f"br i1 {label}.outside, label {label}.trap, label {label}.taken{UNLIKELY}",
            f"{label[1:]}.taken:",
        ]
        out.label = f"{label}.taken"
        suffix = f", !dbg {alloca.location}" if alloca.location else ""
        self._cold += self.stack.trap_block(f"{label[1:]}.trap", suffix)

    def _write_end(self, out: _Out, block: Block, end: Instruction, edges: list[PlannedGuard]) -> None:
        suffix = f", !dbg {end.location}" if end.location else ""
        if end.opcode == "unreachable":
            out.lines += [self.calls.trap("unreachable") + suffix, "unreachable"]
            return
        if end.opcode == "ret":
            out.lines += [*self.frame.leave(), *self._returned(end, suffix)]
            return
        line = " ".join(normalise(end)[0])
        headers = list(dict.fromkeys(g.edge for g in edges))
        if len(set(end.labels)) == 1 and headers:
            for guard in edges:
                self._emit_edge_guard(out, guard)
        else:
            for header in headers:
                label = self._split_edge(block, end, header, [g for g in edges if g.edge == header])
                line = line.replace(f"label {header} ", f"label {label} ").replace(
                    f"label {header},", f"label {label},"
                )
                line = f"{line[: -len(header)]}{label}" if line.endswith(f"label {header}") else line
        self._last[block.label] = out.label
        weights = f", !prof {end.weights}" if end.weights else ""
        out.lines.append(line + weights + suffix)

    def _returned(self, end: Instruction, suffix: str) -> list[str]:
        """The return. Callers must not see the constant in an address that is returned.

        Code generation would have them use what comes back in place of that address, which needs no guard.
        """
        line = " ".join(normalise(end)[0])
        if not end.operands or end.operands[0].text[0] != "@":
            return [line + suffix]
        self._loose += 1
        value = f"%fp.returned{self._loose}"
        return [f"{value} = freeze ptr {end.operands[0].text}", f"ret ptr {value}{suffix}"]

    def _split_edge(self, block: Block, end: Instruction, header: str, edges: list[PlannedGuard]) -> str:
        label = f"%fp.edge{edges[0].id}"
        out = _Out(label, [f"{label[1:]}:"])
        for guard in edges:
            self._emit_edge_guard(out, guard)
        self._edges[block.label, header] = out.label
        self._cold += [*out.lines, f"br label {header}"]
        return label

    def _emit_edge_guard(self, out: _Out, guard: PlannedGuard) -> None:
        lines, pointer = _compute(guard.form, f"%fp.e{guard.id}")
        out.lines += lines
        self._emit_guard(out, guard, pointer)

    def _phi(self, phi: Instruction, block: str) -> str:
        name = self._raw.get(phi.name, phi.name)
        incoming = [
            (self._edges.get((label, block), self._last[label]), define_text(value))
            for label, value in zip(phi.labels, phi.operands, strict=True)
        ]
        joined = set(self._edges.values())  # a split edge is one, however many cases of a switch took it
        kept = [
            pair for at, pair in enumerate(incoming) if pair[0] not in joined or pair not in incoming[:at]
        ]
        pairs = ", ".join(f"[ {value}, {label} ]" for label, value in kept)
        return f"{name} = phi {phi.type.text} {pairs}"


def _compute(form: Linear, prefix: str) -> tuple[list[str], str]:
    """Lines that compute the address `form`, frozen, and its name."""
    lines, pointer = [], form.base
    for number, (atom, coefficient) in enumerate(form.terms):
        lines.append(f"{prefix}.m{number} = mul i64 {atom}, {coefficient}")
        lines.append(f"{prefix}.p{number} = getelementptr i8, ptr {pointer}, i64 {prefix}.m{number}")
        pointer = f"{prefix}.p{number}"
    if form.offset:
        lines.append(f"{prefix}.o = getelementptr i8, ptr {pointer}, i64 {form.offset}")
        pointer = f"{prefix}.o"
    lines.append(f"{prefix} = freeze ptr {pointer}")
    return lines, prefix


def _at(instruction: Instruction, lines: list[str]) -> list[str]:
    return [f"{line}, !dbg {instruction.location}" for line in lines] if instruction.location else lines
