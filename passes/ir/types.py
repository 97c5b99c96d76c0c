"""IR types and their layout on x86-64 (System V), as LLVM's data layout string states it.

Sizes, alignments and offsets are bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from passes.ir.lexer import IRSyntaxError

_FLOATS = {"half": 16, "bfloat": 16, "float": 32, "double": 64, "x86_fp80": 80, "fp128": 128}
_PLAIN = {"void", "label", "metadata", "token", "ptr", "opaque", "x86_amx"}
_MAX_ALIGN = 64


@dataclass(frozen=True)
class Type:
    """One IR type; `text` prints it."""

    kind: str  # int float ptr vector array struct function void label metadata token opaque x86_amx
    text: str
    bits: int = 0  # int and float
    count: int = 0  # vector and array
    elements: tuple[Type, ...] = field(default=(), repr=False)  # element, fields, or (return, parameters...)
    packed: bool = False
    variadic: bool = False

    @property
    def store_size(self) -> int:
        """Bytes a load or store of this type touches."""
        if self.kind in ("int", "float"):
            return (self.bits + 7) // 8
        if self.kind == "vector":
            return (self.count * _bit_size(self.elements[0]) + 7) // 8
        return self.alloc_size

    @cached_property
    def alloc_size(self) -> int:
        """Distance between two consecutive values of this type in memory."""
        if self.kind == "array":
            return self.count * self.elements[0].alloc_size
        if self.kind == "struct":
            return self._struct_layout()[1]
        if self.kind == "ptr":
            return 8
        if self.kind not in ("int", "float", "vector"):
            raise IRSyntaxError(f"type {self.text} has no size")
        return round_up(self.store_size, self.align)

    @cached_property
    def align(self) -> int:
        """ABI alignment."""
        if self.kind == "ptr":
            return 8
        if self.kind == "array":
            return self.elements[0].align
        if self.kind == "struct":
            return 1 if self.packed else max((e.align for e in self.elements), default=1)
        if self.kind == "int":
            return min(_next_power(self.store_size), 16)
        if self.kind in ("float", "vector"):
            return _next_power(self.store_size)
        raise IRSyntaxError(f"type {self.text} has no alignment")

    def field_offset(self, index: int) -> int:
        """Offset of a struct's field `index`."""
        return self._struct_layout()[0][index]

    def _struct_layout(self) -> tuple[list[int], int]:
        offsets, size = [], 0
        for element in self.elements:
            if not self.packed:
                size = round_up(size, element.align)
            offsets.append(size)
            size += element.alloc_size
        return offsets, round_up(size, self.align)


def round_up(value: int, align: int) -> int:
    """Smallest multiple of `align` that is not below `value`."""
    return -(-value // align) * align


def _next_power(value: int) -> int:
    return 1 << (value - 1).bit_length() if value > 1 else 1


def _bit_size(element: Type) -> int:
    return 64 if element.kind == "ptr" else element.bits


class TypeReader:
    """Reads types out of token lists; knows the module's named types."""

    def __init__(self) -> None:
        self.named: dict[str, Type] = {}
        self._pending: dict[str, list[str]] = {}
        self._simple: dict[str, Type] = {name: Type(name, name) for name in _PLAIN}
        self._simple |= {name: Type("float", name, bits=bits) for name, bits in _FLOATS.items()}

    def starts_type(self, token: str) -> bool:
        """Whether a type may start with `token`."""
        return token in self._simple or token in ("{", "[", "<") or self._knows(token) or _is_int(token)

    def read(self, tokens: list[str], at: int) -> tuple[Type, int]:
        """The type that starts at tokens[at], and where the tokens after it start."""
        result, at = self._read_base(tokens, at)
        if result.text == "ptr" and tokens[at : at + 1] == ["addrspace"]:
            text = f"ptr addrspace({tokens[at + 2]})"
            return Type("ptr", text), at + 4
        while tokens[at : at + 1] == ["("]:
            result, at = self._read_parameters(result, tokens, at + 1)
        return result, at

    def _read_base(self, tokens: list[str], at: int) -> tuple[Type, int]:
        token = tokens[at] if at < len(tokens) else ""
        if token in self._simple:
            return self._simple[token], at + 1
        if _is_int(token):
            self._simple[token] = Type("int", token, bits=int(token[1:]))
            return self._simple[token], at + 1
        if self._knows(token):
            return self._resolve(token), at + 1
        if token == "{":
            return self._read_struct(tokens, at + 1, packed=False)
        if token == "[":
            return self._read_sequence("array", tokens, at + 1, "]")
        if token == "<":
            if tokens[at + 1] == "{":
                result, at = self._read_struct(tokens, at + 2, packed=True)
                return result, at + 1  # the closing ">"
            return self._read_sequence("vector", tokens, at + 1, ">")
        raise IRSyntaxError(f"unknown type at {' '.join(tokens[at : at + 4])!r}")

    def _read_sequence(self, kind: str, tokens: list[str], at: int, close: str) -> tuple[Type, int]:
        if not tokens[at].isdigit() or tokens[at + 1] != "x":
            raise IRSyntaxError(f"unknown {kind} type at {' '.join(tokens[at : at + 4])!r}")
        element, end = self.read(tokens, at + 2)
        if tokens[end] != close:
            raise IRSyntaxError(f"unknown {kind} type at {' '.join(tokens[at : at + 4])!r}")
        text = f"{'[' if kind == 'array' else '<'}{tokens[at]} x {element.text}{close}"
        return Type(kind, text, count=int(tokens[at]), elements=(element,)), end + 1

    def _read_struct(self, tokens: list[str], at: int, *, packed: bool) -> tuple[Type, int]:
        elements: list[Type] = []
        while tokens[at] != "}":
            element, at = self.read(tokens, at)
            elements.append(element)
            at += tokens[at] == ","
        inner = ", ".join(e.text for e in elements)
        text = f"<{{ {inner} }}>" if packed else f"{{ {inner} }}"
        return Type("struct", text, elements=tuple(elements), packed=packed), at + 1

    def _read_parameters(self, result: Type, tokens: list[str], at: int) -> tuple[Type, int]:
        elements, variadic = [result], False
        while tokens[at] != ")":
            if tokens[at] == "...":
                variadic, at = True, at + 1
                continue
            element, at = self.read(tokens, at)
            elements.append(element)
            at += tokens[at] == ","
        inner = ", ".join([e.text for e in elements[1:]] + ["..."] * variadic)
        text = f"{result.text} ({inner})"
        return Type("function", text, elements=tuple(elements), variadic=variadic), at + 1

    def declare(self, name: str, tokens: list[str]) -> None:
        """Names the type in `tokens` (after `%name = type`); may refer to types declared later."""
        self._pending[name] = tokens

    def _knows(self, token: str) -> bool:
        return token in self.named or token in self._pending

    def _resolve(self, name: str) -> Type:
        if name not in self.named:
            tokens = self._pending.pop(name)
            body = Type("opaque", name) if tokens == ["opaque"] else self.read(tokens, 0)[0]
            self.named[name] = Type(body.kind, name, body.bits, body.count, body.elements, body.packed)
        return self.named[name]


def _is_int(token: str) -> bool:
    return token[:1] == "i" and token[1:].isdigit()
