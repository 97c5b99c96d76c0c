"""Typed operands of instructions and initialisers: values and constant expressions."""

from __future__ import annotations

from dataclasses import dataclass

from passes.ir.lexer import IRSyntaxError
from passes.ir.types import Type, TypeReader

_CASTS = {"ptrtoint", "inttoptr", "ptrtoaddr", "trunc", "bitcast", "addrspacecast"}
_ARITHMETIC = {"add", "sub", "mul", "xor", "shl"}
_WORDS = {"true", "false", "null", "undef", "poison", "none", "zeroinitializer"}
_NAMED = {"blockaddress", "dso_local_equivalent", "no_cfi", "ptrauth"}
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_GEP_FLAGS = {"inbounds", "nuw", "nusw"}
_EXPRESSIONS = _CASTS | _ARITHMETIC | _NAMED | {"getelementptr", "splat"}


@dataclass(frozen=True, slots=True)
class Expression:
    """A constant expression: GEPs and casts are taken apart, the rest keeps its operands."""

    opcode: str
    source: Type | None  # GEP: source element type
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Operand:
    """A value as an instruction uses it. `text` is the value without its type, tokens joined by blanks."""

    type: Type
    text: str
    expression: Expression | None = None
    elements: tuple[Operand, ...] = ()  # aggregate constants

    @property
    def is_local(self) -> bool:
        return self.text[0] == "%"

    @property
    def is_global(self) -> bool:
        return self.text[0] == "@"

    @property
    def integer(self) -> int | None:
        """The value as an unsigned number of its type's width, None if it is no integer constant."""
        if self.type.kind != "int" or self.text[0] == "%":
            return None
        if self.text in ("false", "zeroinitializer"):
            return 0
        if self.text == "true":
            return 1
        digits = self.text.removeprefix("-")
        return int(self.text) % (1 << self.type.bits) if digits.isdigit() else None

    def names(self) -> set[str]:
        """Every local and global this operand mentions."""
        found = {self.text} if self.text[0] in "%@" else set()
        inner = self.elements + (self.expression.operands if self.expression else ())
        return found.union(*(o.names() for o in inner)) if inner else found


def skip_group(tokens: list[str], at: int) -> int:
    """Where the tokens after the bracket group that starts at tokens[at] begin."""
    depth = 0
    while True:
        depth += tokens[at] in _CLOSING
        depth -= tokens[at] in (")", "]", "}", ">")
        at += 1
        if depth == 0:
            return at


class OperandReader:
    """Reads typed operands out of token lists."""

    def __init__(self, types: TypeReader) -> None:
        self.types = types

    def read(self, tokens: list[str], at: int) -> tuple[Operand, int]:
        """`TYPE [parameter attributes] VALUE`."""
        result, at = self.types.read(tokens, at)
        at = skip_attributes(tokens, at)
        return self.read_value(result, tokens, at)

    def read_value(self, result: Type, tokens: list[str], at: int) -> tuple[Operand, int]:
        """A value of the type `result`."""
        token = tokens[at]
        if result.kind == "metadata":
            return Operand(result, "metadata"), self._skip_metadata(tokens, at)
        if (
            token[0] in "%@"
            or token in _WORDS
            or token[0] in "-+0123456789"
            or token.startswith(('c"', "0x", "f0x"))
        ):
            return Operand(result, token), at + 1
        if token in ("[", "{", "<"):
            return self._read_aggregate(result, tokens, at)
        if token in _EXPRESSIONS:
            return self._read_expression(result, tokens, at)
        raise IRSyntaxError(f"unknown operand at {' '.join(tokens[at : at + 6])!r}")

    def read_list(self, tokens: list[str], at: int, close: str) -> tuple[tuple[Operand, ...], int]:
        """Comma-separated operands up to `close`, which is consumed."""
        operands = []
        while tokens[at] != close:
            operand, at = self.read(tokens, at)
            operands.append(operand)
            at += tokens[at] == ","
        return tuple(operands), at + 1

    def _read_aggregate(self, result: Type, tokens: list[str], at: int) -> tuple[Operand, int]:
        start = at
        if tokens[at : at + 2] == ["<", "{"]:
            elements, at = self.read_list(tokens, at + 2, "}")
            at += 1
        else:
            elements, at = self.read_list(tokens, at + 1, _CLOSING[tokens[at]])
        return Operand(result, " ".join(tokens[start:at]), elements=elements), at

    def _read_expression(self, result: Type, tokens: list[str], at: int) -> tuple[Operand, int]:
        start, opcode, source = at, tokens[at], None
        at += 1
        while tokens[at] in _GEP_FLAGS or tokens[at] == "inrange":
            at = skip_group(tokens, at + 1) if tokens[at] == "inrange" else at + 1
        if opcode in _NAMED:
            end = skip_group(tokens, at) if tokens[at] == "(" else at + 1
            return Operand(result, " ".join(tokens[start:end]), Expression(opcode, None, ())), end
        if tokens[at] != "(":
            raise IRSyntaxError(f"unknown constant at {' '.join(tokens[start : at + 3])!r}")
        at += 1
        if opcode == "getelementptr":
            source, at = self.types.read(tokens, at)
            at += 1
        if opcode in _CASTS:
            operand, at = self.read(tokens, at)
            at = self.types.read(tokens, at + 1)[1] + 1
            operands: tuple[Operand, ...] = (operand,)
        else:
            operands, at = self.read_list(tokens, at, ")")
        return Operand(result, " ".join(tokens[start:at]), Expression(opcode, source, operands)), at

    @staticmethod
    def _skip_metadata(tokens: list[str], at: int) -> int:
        if tokens[at].startswith("!") and tokens[at + 1 : at + 2] not in (["("], ["{"]):
            return at + 1
        while tokens[at] not in ("(", "{"):
            at += 1
        return skip_group(tokens, at)


def skip_to_type(tokens: list[str], at: int, types: TypeReader) -> int:
    """Skips what may stand before a result type: flags, calling convention, return attributes."""
    while not types.starts_type(tokens[at]):
        if tokens[at + 1] == "(":
            at = skip_group(tokens, at + 1)
        else:
            at += 2 if tokens[at] in ("align", "cc") else 1
    return at


def skip_attributes(tokens: list[str], at: int) -> int:
    """Skips parameter or return attributes: `noundef align 8 dereferenceable(4) "key"="value"`."""
    while at < len(tokens):
        token = tokens[at]
        if token == "align" and tokens[at + 1].isdigit():
            at += 2
        elif token[0] == '"':
            at += 3 if tokens[at + 1 : at + 2] == ["="] else 1
        elif (
            token[0].isalpha()
            and token not in _WORDS
            and token not in _EXPRESSIONS
            and not _is_constant(token)
        ):
            at = skip_group(tokens, at + 1) if tokens[at + 1 : at + 2] == ["("] else at + 1
        else:
            return at
    return at


def _is_constant(token: str) -> bool:
    return token.startswith(('c"', "f0x")) or token in ("asm",)
