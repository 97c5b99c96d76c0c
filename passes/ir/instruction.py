"""One IR instruction, read from its line.

Contract: an opcode that is not in the table below raises IRSyntaxError; operands, successors and types of
every other are complete, so an analysis that looks at all operands has seen all uses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from passes.ir.lexer import IRSyntaxError
from passes.ir.operand import Operand, OperandReader, skip_group, skip_to_type
from passes.ir.types import Type

FLAGS = frozenset(
    "nuw nsw exact inbounds nusw disjoint nneg samesign nnan ninf nsz arcp contract afn reassoc fast".split()
)
POISON_FLAGS = FLAGS - {"nsz", "arcp", "contract", "afn", "reassoc"}
_CONVENTIONS = {"ccc", "fastcc", "coldcc", "tailcc", "cc"}
_TAILS = {"tail", "musttail", "notail"}


@dataclass(slots=True)
class Instruction:
    """An instruction without its metadata; `tokens` print it again."""

    opcode: str
    name: str  # "%x", or "" if it gives no value
    type: Type
    operands: tuple[Operand, ...]  # values it uses, in order; labels are in `labels`; a callee comes last
    tokens: list[str]  # from the opcode (or `tail`) on
    location: str = ""  # "!12", the !dbg node
    weights: str = ""  # "!13", the !prof node
    source: Type | None = None  # GEP: element type; alloca: allocated type; load, atomics: accessed type
    labels: tuple[str, ...] = ()  # successors, or a phi's predecessors
    predicate: str = ""  # icmp and fcmp
    convention: str = ""  # call
    tail: str = ""  # call: tail, musttail, notail
    bundles: bool = False  # call: has operand bundles

    @property
    def callee(self) -> str:
        """What a call calls: "@name", or the text of the pointer it calls through."""
        return self.operands[-1].text

    @property
    def arguments(self) -> tuple[Operand, ...]:
        """A call's arguments."""
        return self.operands[:-1]

    @property
    def is_terminator(self) -> bool:
        """Whether it ends its block."""
        return self.opcode in ("ret", "br", "switch", "unreachable")


@dataclass
class InstructionReader:
    """Reads instructions of a module whose named types `operands` knows."""

    operands: OperandReader
    _readers: dict[str, Callable[[list[str], int, str], Instruction]] = field(init=False)

    def __post_init__(self) -> None:
        readers: dict[str, Callable[[list[str], int, str], Instruction]] = {}
        for opcodes, reader in _FORMS:
            for opcode in opcodes.split():
                readers[opcode] = reader.__get__(self)
        self._readers = readers

    def read(self, tokens: list[str]) -> Instruction:
        """The instruction in the tokens of its line."""
        name, start = (tokens[0], 2) if tokens[1:2] == ["="] else ("", 0)
        tokens, kinds = _split_metadata(tokens[start:])
        at = 0
        while tokens[at] in _TAILS:
            at += 1
        opcode = tokens[at]
        reader = self._readers.get(opcode)
        if reader is None:
            raise IRSyntaxError(f"instruction `{opcode}` is not supported")
        instruction = reader(tokens, at + 1, opcode)
        instruction.name = name
        instruction.location, instruction.weights = kinds.get("!dbg", ""), kinds.get("!prof", "")
        return instruction

    def _read_value_list(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        """`op [flags] T a, b, ...`: further operands either repeat the type or leave it out."""
        at = _skip_flags(tokens, at)
        operand, at = self.operands.read(tokens, at)
        found = [operand]
        while at < len(tokens) and tokens[at] == ",":
            if self.operands.types.starts_type(tokens[at + 1]) and tokens[at + 1] not in ("<", "{", "["):
                operand, at = self.operands.read(tokens, at + 1)
            elif tokens[at + 1] in ("<", "{", "["):
                operand, at = self._read_bracketed(found[0].type, tokens, at + 1, opcode)
            else:
                operand, at = self.operands.read_value(found[0].type, tokens, at + 1)
            found.append(operand)
        _expect_end(tokens, at)
        result = _RESULTS.get(opcode, _same)(found)
        return Instruction(opcode, "", result, tuple(found), tokens)

    def _read_bracketed(self, first: Type, tokens: list[str], at: int, opcode: str) -> tuple[Operand, int]:
        """After a comma, `<` starts a vector type (`<4 x i32> %v`) or a vector constant of the first type."""
        if opcode in ("shufflevector", "insertelement", "select", "insertvalue"):
            return self.operands.read(tokens, at)
        return self.operands.read_value(first, tokens, at)

    def _read_aggregate(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        """extractvalue and insertvalue: operands, then indices."""
        aggregate, at = self.operands.read(tokens, at)
        found = [aggregate]
        if opcode == "insertvalue":
            element, at = self.operands.read(tokens, at + 1)
            found.append(element)
        result = aggregate.type
        for token in tokens[at:]:
            if token.isdigit() and opcode == "extractvalue":
                result = result.elements[int(token) if result.kind == "struct" else 0]
        return Instruction(opcode, "", result, tuple(found), tokens)

    def _read_compare(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        at = _skip_flags(tokens, at)
        left, end = self.operands.read(tokens, at + 1)
        right, end = self.operands.read_value(left.type, tokens, end + 1)
        _expect_end(tokens, end)
        bit, _ = self.operands.types.read(["i1"], 0)
        result = bit
        if left.type.kind == "vector":
            result = Type("vector", f"<{left.type.count} x i1>", count=left.type.count, elements=(bit,))
        return Instruction(opcode, "", result, (left, right), tokens, predicate=tokens[at])

    def _read_cast(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        at = _skip_flags(tokens, at)
        operand, at = self.operands.read(tokens, at)
        if tokens[at] != "to":
            raise IRSyntaxError(f"unknown form of {opcode}: {' '.join(tokens)}")
        result, at = self.operands.types.read(tokens, at + 1)
        _expect_end(tokens, at)
        return Instruction(opcode, "", result, (operand,), tokens)

    def _read_gep(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        while tokens[at] in FLAGS or tokens[at] == "inrange":
            at = skip_group(tokens, at + 1) if tokens[at] == "inrange" else at + 1
        source, at = self.operands.types.read(tokens, at)
        found = []
        while at < len(tokens):
            operand, at = self.operands.read(tokens, at + 1)
            found.append(operand)
        wide = next((o.type for o in found if o.type.kind == "vector"), found[0].type)
        result = wide if wide.kind == "ptr" else Type("vector", f"<{wide.count} x ptr>", count=wide.count)
        return Instruction(opcode, "", result, tuple(found), tokens, source=source)

    def _read_alloca(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        if tokens[at] == "inalloca":
            raise IRSyntaxError("alloca inalloca is not supported")
        source, at = self.operands.types.read(tokens, at)
        found: tuple[Operand, ...] = ()
        while at < len(tokens):
            at += 1
            if tokens[at] in ("align", "addrspace"):
                break
            count, at = self.operands.read(tokens, at)
            found = (count,)
        if "addrspace" in tokens[at:]:
            raise IRSyntaxError("alloca in another address space is not supported")
        pointer, _ = self.operands.types.read(["ptr"], 0)
        return Instruction(opcode, "", pointer, found, tokens, source=source)

    def _read_load(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        while tokens[at] in ("volatile", "atomic"):
            at += 1
        source, at = self.operands.types.read(tokens, at)
        pointer, _ = self.operands.read(tokens, at + 1)
        return Instruction(opcode, "", source, (pointer,), tokens, source=source)

    def _read_store(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        while tokens[at] in ("volatile", "atomic", "weak"):
            at += 1
        if opcode == "atomicrmw":
            at += 1  # the operation; the pointer comes next
        first, at = self.operands.read(tokens, at)
        found = [first]
        while at < len(tokens) and tokens[at] == "," and self.operands.types.starts_type(tokens[at + 1]):
            operand, at = self.operands.read(tokens, at + 1)
            found.append(operand)
        void, _ = self.operands.types.read(["void"], 0)
        source = found[0].type if opcode == "store" else found[1].type
        result = source if opcode == "atomicrmw" else void
        if opcode == "cmpxchg":
            result, _ = self.operands.types.read(["{", *source.text.split(), ",", "i1", "}"], 0)
        return Instruction(opcode, "", result, tuple(found), tokens, source=source)

    def _read_fence(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        void, _ = self.operands.types.read(["void"], 0)
        return Instruction(opcode, "", void, (), tokens)

    def _read_phi(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        result, at = self.operands.types.read(tokens, _skip_flags(tokens, at))
        values, labels = [], []
        while at < len(tokens):
            at += tokens[at] == ","
            value, at = self.operands.read_value(result, tokens, at + 1)
            values.append(value)
            labels.append(tokens[at + 1])
            at += 3
        return Instruction(opcode, "", result, tuple(values), tokens, labels=tuple(labels))

    def _read_terminator(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        """ret, br, switch, unreachable: values before labels; `label` marks each successor."""
        void, _ = self.operands.types.read(["void"], 0)
        labels = tuple(tokens[i + 1] for i, t in enumerate(tokens) if t == "label")
        found: tuple[Operand, ...] = ()
        if opcode != "unreachable" and tokens[at] not in ("void", "label"):
            operand, _ = self.operands.read(tokens, at)
            found = (operand,)
        return Instruction(opcode, "", void, found, tokens, labels=labels)

    def _read_call(self, tokens: list[str], at: int, opcode: str) -> Instruction:
        types = self.operands.types
        start, at = at, skip_to_type(tokens, at, types)
        convention = next((t for t in tokens[start:at] if t in _CONVENTIONS), "")
        result, at = types.read(tokens, at)
        pointer, _ = types.read(["ptr"], 0)
        if tokens[at] == "asm":
            end = tokens.index("(", at)
            callee, at = Operand(pointer, " ".join(tokens[at:end])), end
        else:
            callee, at = self.operands.read_value(pointer, tokens, at)
        arguments, at = self.operands.read_list(tokens, at + 1, ")")
        if result.kind == "function":
            result = result.elements[0]
        tail = tokens[0] if tokens[0] in _TAILS else ""
        found = (*arguments, callee)
        return Instruction(
            opcode, "", result, found, tokens, convention=convention, tail=tail, bundles="[" in tokens[at:]
        )


def _split_metadata(tokens: list[str]) -> tuple[list[str], dict[str, str]]:
    """Cuts `, !kind !node ...` off the end; gives the nodes by kind."""
    kinds = {}
    while len(tokens) > 3 and tokens[-3] == "," and tokens[-2][0] == "!" and tokens[-1][0] == "!":
        kinds[tokens[-2]] = tokens[-1]
        tokens = tokens[:-3]
    return tokens, kinds


def _skip_flags(tokens: list[str], at: int) -> int:
    while tokens[at] in FLAGS:
        at += 1
    return at


def _expect_end(tokens: list[str], at: int) -> None:
    if at != len(tokens):
        raise IRSyntaxError(f"unread {' '.join(tokens[at:])!r} in {' '.join(tokens)!r}")


def _same(found: list[Operand]) -> Type:
    return found[0].type


def _shuffle_result(found: list[Operand]) -> Type:
    element = found[0].type.elements[0]
    count = found[2].type.count
    return Type("vector", f"<{count} x {element.text}>", count=count, elements=(element,))


_RESULTS: dict[str, Callable[[list[Operand]], Type]] = {
    "select": lambda found: found[1].type,
    "extractelement": lambda found: found[0].type.elements[0],
    "shufflevector": _shuffle_result,
}

_FORMS = (
    (
        "add sub mul udiv sdiv urem srem shl lshr ashr and or xor fadd fsub fmul fdiv frem fneg freeze select"
        " extractelement insertelement shufflevector",
        InstructionReader._read_value_list,
    ),
    ("extractvalue insertvalue", InstructionReader._read_aggregate),
    ("icmp fcmp", InstructionReader._read_compare),
    (
        "trunc zext sext fptrunc fpext fptoui fptosi uitofp sitofp ptrtoint inttoptr ptrtoaddr bitcast",
        InstructionReader._read_cast,
    ),
    ("getelementptr", InstructionReader._read_gep),
    ("alloca", InstructionReader._read_alloca),
    ("load", InstructionReader._read_load),
    ("store atomicrmw cmpxchg", InstructionReader._read_store),
    ("fence", InstructionReader._read_fence),
    ("phi", InstructionReader._read_phi),
    ("ret br switch unreachable", InstructionReader._read_terminator),
    ("call", InstructionReader._read_call),
)
