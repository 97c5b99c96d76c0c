"""A whole IR module: functions, globals, declarations, debug locations.

Contract: every line of the module text is kept, as an object or as it stood; a top-level construct that is
not known here raises IRSyntaxError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from passes.ir.instruction import Instruction, InstructionReader
from passes.ir.lexer import IRSyntaxError, tokenize
from passes.ir.operand import Operand, OperandReader, skip_attributes, skip_group, skip_to_type
from passes.ir.types import Type, TypeReader


@dataclass(slots=True)
class Block:
    """A basic block; its label is written "%name" everywhere."""

    label: str
    instructions: list[Instruction]

    @property
    def terminator(self) -> Instruction:
        """The instruction that ends the block."""
        return self.instructions[-1]


@dataclass(slots=True)
class Function:
    """A definition. `parameters` are typed names; `subprogram` is its !dbg node or ""."""

    name: str  # "@f"
    result: Type
    parameters: tuple[Operand, ...]
    header: list[str]  # tokens of the define line
    convention: str
    variadic: bool
    subprogram: str
    blocks: list[Block]

    @property
    def signature(self) -> str:
        """Result and parameter types as IR writes a function type."""
        inner = ", ".join([p.type.text for p in self.parameters] + ["..."] * self.variadic)
        return f"{self.result.text} ({inner})"

    @property
    def instructions(self) -> Iterator[Instruction]:
        """Every instruction, in the order of the text."""
        return (instruction for block in self.blocks for instruction in block.instructions)


@dataclass(slots=True)
class GlobalVariable:
    """A variable; `initializer` is None when it is only declared."""

    name: str
    type: Type
    linkage: tuple[str, ...]  # the words before `global` or `constant`
    constant: bool
    initializer: Operand | None
    align: int


@dataclass(slots=True)
class Declaration:
    """A function that is declared only."""

    name: str
    tokens: list[str]
    attributes: str  # text of its attribute group, "" if none


@dataclass(slots=True)
class Module:
    """An IR module. `metadata` and `preamble` lines are as they stood."""

    preamble: list[str] = field(default_factory=list)  # target lines
    types: dict[str, str] = field(default_factory=dict)  # name -> its line
    globals: dict[str, GlobalVariable] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)  # "!12" -> text after `=`


_SKIPPED = (";", "source_filename")
_METADATA = re.compile(r"^(![-\w$.\\]+) = (.*)$")


def read_module(text: str) -> Module:
    """Reads the text of a module LLVM printed, with every value named."""
    lines = text.splitlines()
    module = Module()
    types = TypeReader()
    _read_types(lines, module, types)
    reader = InstructionReader(OperandReader(types))
    groups: dict[str, str] = {}
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line or line.startswith(_SKIPPED):
            continue
        if line.startswith("define "):
            end = lines.index("}", at)
            function = _read_function(line, lines[at:end], reader)
            module.functions[function.name] = function
            at = end + 1
        elif line.startswith("attributes "):
            group, _, body = line.removeprefix("attributes ").partition(" = ")
            groups[group] = body
        else:
            _read_line(line, module, reader.operands)
    for declaration in module.declarations.values():
        declaration.attributes = groups.get(declaration.attributes, "")
    return module


def _read_line(line: str, module: Module, reader: OperandReader) -> None:
    """A construct of one line; types were read before."""
    if line.startswith("declare "):
        _read_declaration(line, module)
    elif line[0] == "@":
        _read_global(line, module, reader)
    elif line.startswith("target "):
        module.preamble.append(line)
    elif match := _METADATA.match(line):
        module.metadata[match[1]] = match[2]
    elif not (line[0] == "%" and " = type " in line):
        raise IRSyntaxError(f"not allowed at the top of a module: {line}")


def _read_types(lines: list[str], module: Module, types: TypeReader) -> None:
    for line in lines:
        if line[:1] == "%" and " = type " in line:
            tokens = tokenize(line)
            types.declare(tokens[0], tokens[3:])
            module.types[tokens[0]] = line


def _read_function(line: str, body: list[str], reader: InstructionReader) -> Function:
    header = tokenize(line)
    name_at = _name_position(header)
    types = reader.operands.types
    result, _ = types.read(header, skip_to_type(header, 1, types))
    end = skip_group(header, name_at + 1)
    parameters, variadic = _read_parameters(header[name_at + 2 : end - 1], reader.operands)
    subprogram = next((header[i + 1] for i, t in enumerate(header) if t == "!dbg"), "")
    convention = next((t for t in header[1:name_at] if t in ("fastcc", "coldcc", "tailcc", "cc")), "")
    blocks = _read_blocks(body, reader, header[name_at])
    return Function(header[name_at], result, parameters, header, convention, variadic, subprogram, blocks)


def _name_position(header: list[str]) -> int:
    return next(i for i, t in enumerate(header) if t[0] == "@" and header[i + 1] == "(")


def _read_parameters(tokens: list[str], reader: OperandReader) -> tuple[tuple[Operand, ...], bool]:
    parameters, at, variadic = [], 0, False
    while at < len(tokens):
        if tokens[at] == "...":
            variadic, at = True, at + 1
            continue
        kind, at = reader.types.read(tokens, at)
        at = skip_attributes(tokens, at)
        parameters.append(Operand(kind, tokens[at]))
        at += 2
    return tuple(parameters), variadic


def _read_blocks(body: list[str], reader: InstructionReader, function: str) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while at < len(body):
        line = body[at]
        at += 1
        if not line or line.lstrip().startswith("#dbg_"):
            continue
        if line[0] != " ":
            blocks.append(Block("%" + line[: line.rindex(":")] if line[0] == '"' else _label(line), []))
            continue
        if line.endswith("[") and line.startswith("  switch "):
            end = next(i for i in range(at, len(body)) if body[i].startswith("  ]"))
            line = " ".join([line, *body[at : end + 1]])
            at = end + 1
        if not blocks:
            raise IRSyntaxError(f"{function}: the entry block has no name")
        blocks[-1].instructions.append(reader.read(tokenize(line)))
    return blocks


def _label(line: str) -> str:
    return "%" + line.partition(":")[0]


def _read_declaration(line: str, module: Module) -> None:
    tokens = tokenize(line)
    name = tokens[_name_position(tokens)]
    group = tokens[-1] if tokens[-1][0] == "#" else ""
    module.declarations[name] = Declaration(name, tokens, group)


def _read_global(line: str, module: Module, reader: OperandReader) -> None:
    tokens = tokenize(line)
    name = tokens[0]
    if "alias" in tokens[2:8] or "ifunc" in tokens[2:8]:
        raise IRSyntaxError(f"{name}: aliases are not allowed")
    at = next((i for i, t in enumerate(tokens) if t in ("global", "constant")), 0)
    linkage = tuple(tokens[2:at])
    kind, end = reader.types.read(tokens, at + 1)
    initializer = None
    if not {"external", "extern_weak"} & set(linkage):
        initializer, end = reader.read_value(kind, tokens, end)
    aligned = [i for i in range(end, len(tokens)) if tokens[i] == "align"]
    align = int(tokens[aligned[0] + 1]) if aligned else kind.align
    module.globals[name] = GlobalVariable(name, kind, linkage, tokens[at] == "constant", initializer, align)
