"""Edits the linked module before it is optimised, so that the rest of the passes sees plain functions only.

* All but the entry points and `keep` becomes internal: the program is closed.
* Variadic functions take one more pointer instead: to their variable arguments, which the caller stores in
  the layout of the System V overflow area (psABI 3.5.7). va_start hands that pointer out with both register
  areas marked as used up, so va_arg as clang expands it reads memory of the module, never the native stack.
* Structures passed by value are passed by address; the callee copies them on entry. Such calls, and variadic
  ones, are no longer `tail`: their callee now reads the caller's locals.

Requires: every value named. Other lines stay as they are, with all that helps the optimiser.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field

from passes.ir.lexer import tokenize
from passes.ir.operand import OperandReader, skip_group, skip_to_type
from passes.ir.pieces import arguments_position, callee_position, drop_byval, drop_comdat, split_list
from passes.ir.types import Type, TypeReader, round_up

_LINKAGE = frozenset(
    "dso_local dso_preemptable hidden protected default weak weak_odr linkonce linkonce_odr"
    " available_externally extern_weak external common private internal local_unnamed_addr".split()
)
_DEFINED = re.compile(r'^define .*?@([-\w$.]+|"[^"]*")\(')
_GLOBAL = re.compile(r'^@([-\w$.]+|"[^"]*") = ')
_VARIABLE = re.compile(r" (?:global|constant) ")
_COMDAT = re.compile(r", comdat(?:\([^)]*\))?")
_VA = "%fp.va"
_SLOT = 8
_AREA_ALIGN = 32  # or that of the most aligned argument: va_arg rounds addresses, not offsets
# va_list {gp_offset, fp_offset, overflow_arg_area, reg_save_area}: all integer and vector registers used up.
_USED_UP = (48, 176)


def prepare_module(text: str, exported: Container[str], keep: Container[str], abort_trap: int) -> str:
    """The module in `text`, prepared. `exported` are the entry points; `keep` stays visible to the linker."""
    lines = text.splitlines()
    editor = _Editor(_read_types(lines), _variadic_names(lines), _fixed_names(lines))
    result: list[str] = []
    for line in lines:
        if line.startswith("define "):
            editor.open_function(line, result, exported, keep)
        elif line.startswith("declare "):
            result.append(editor.edit_declaration(line))
        elif line[:1] == "@" and _VARIABLE.search(line):
            result.append(_internalise_variable(line, exported, keep))
        elif line[:1] == "$" and line.endswith(("comdat any", "comdat nodeduplicate")):
            continue
        elif line == "}":
            editor.close_function(result)
        elif line[:1] == " " and "call" in line and "@__fp_abort(" in line:
            result.append(line.replace("@__fp_abort()", f"@llvm.ubsantrap(i8 {abort_trap})"))
        elif line[:1] == " " and ("..." in line or "byval(" in line or "@llvm.va_" in line):
            result += editor.edit_instruction(line)
        else:
            result.append(line)
    return "\n".join(result) + "\n"


def _read_types(lines: list[str]) -> TypeReader:
    types = TypeReader()
    for line in lines:
        if line[:1] == "%" and " = type " in line:
            tokens = tokenize(line)
            types.declare(tokens[0], tokens[3:])
    return types


def _variadic_names(lines: list[str]) -> set[str]:
    return {
        f"@{match[1]}"
        for line in lines
        if line.startswith("define ") and "..." in line and (match := _DEFINED.match(line))
    }


def _fixed_names(lines: list[str]) -> set[str]:
    return {
        f"@{match[1]}"
        for line in lines
        if line.startswith("define ") and "..." not in line and (match := _DEFINED.match(line))
    }


def _internalise_variable(line: str, exported: Container[str], keep: Container[str]) -> str:
    match = _GLOBAL.match(line)
    assert match is not None
    words = line[: line.index(" global ") if " global " in line else line.index(" constant ")].split()
    if match[1] in exported or match[1] in keep or {"external", "extern_weak", "appending"} & set(words):
        return line
    rest = line[len(match[0]) :]
    while rest.split(" ", 1)[0] in _LINKAGE:
        rest = rest.split(" ", 1)[1]
    return f"{match[0]}internal {_COMDAT.sub('', rest)}"


@dataclass
class _Editor:
    """Edits one function at a time."""

    types: TypeReader
    variadic: set[str]
    fixed: set[str]
    _body: int = 0  # where in the result the open function's first instruction goes
    _allocas: list[str] = field(default_factory=list)
    _areas: int = 0

    def open_function(
        self, line: str, result: list[str], exported: Container[str], keep: Container[str]
    ) -> None:
        """Adds the edited define line; the entry block's label is the line after it."""
        tokens = tokenize(line)
        name_at = callee_position(tokens)
        name = tokens[name_at][1:]
        linkage = [] if name in exported or name in keep else ["internal"]
        kept = [t for t in tokens[1:name_at] if t not in _LINKAGE]
        tokens = ["define", *linkage, *kept, *tokens[name_at:]]
        name_at = len(kept) + len(linkage) + 1
        end = skip_group(tokens, name_at + 1)
        parameters, copies = self._edit_parameters(tokens[name_at + 2 : end - 1])
        tail = drop_comdat(tokens[end:])
        result.append(" ".join([*tokens[: name_at + 2], *parameters, ")", *tail]))
        self._allocas = copies
        self._body = len(result) + 1

    def close_function(self, result: list[str]) -> None:
        """Puts what has to stand at the start of the function there."""
        result[self._body : self._body] = self._allocas
        self._allocas = []
        result.append("}")

    def edit_declaration(self, line: str) -> str:
        """A variadic declaration, fixed."""
        if "..." not in line and "byval(" not in line:
            return line
        tokens = tokenize(line)
        at = callee_position(tokens)
        end = skip_group(tokens, at + 1)
        inner = ["ptr" if t == "..." else t for t in tokens[at + 2 : end - 1]]
        return " ".join([*tokens[: at + 2], *drop_byval(inner)[0], *tokens[end - 1 :]])

    def edit_instruction(self, line: str) -> list[str]:
        """The lines in place of a call that is variadic, passes structures by value, or handles a va_list."""
        tokens = tokenize(line)
        if "call" not in tokens[:4]:
            return [line]
        tokens = [t for i, t in enumerate(tokens) if t != "tail" or i > 2]
        if "@llvm.va_" in line:
            return self._edit_va_list(line, tokens)
        return self._edit_call(tokens)

    def _edit_parameters(self, tokens: list[str]) -> tuple[list[str], list[str]]:
        """Parameters without `...` and byval, and the lines that copy what was passed by value."""
        tokens = ["ptr", _VA] if tokens == ["..."] else tokens
        if tokens[-2:] == [",", "..."]:
            tokens = [*tokens[:-1], "ptr", _VA]
        parameters: list[str] = []
        copies: list[str] = []
        for part in split_list(tokens):
            plain, passed = drop_byval(part)
            if passed is not None:
                kind, align = self._read_byval(passed)
                name = plain[-1]
                incoming = f"%fp.in{len(copies)}"
                plain[-1] = incoming
                copies += [f"  {name} = alloca {kind.text}, align {align}", self._copy(name, incoming, kind)]
            parameters += [*([","] if parameters else []), *plain]
        return parameters, copies

    def _read_byval(self, passed: list[str]) -> tuple[Type, int]:
        kind, _ = self.types.read(passed, 2)
        end = skip_group(passed, 1)
        align = int(passed[end + 1]) if passed[end : end + 1] == ["align"] else kind.align
        return kind, max(align, _SLOT)

    @staticmethod
    def _copy(target: str, source: str, kind: Type) -> str:
        return (
            f"  call void @llvm.memcpy.p0.p0.i64(ptr {target}, ptr {source}, i64 {kind.alloc_size}, i1 false)"
        )

    def _edit_va_list(self, line: str, tokens: list[str]) -> list[str]:
        callee = next(t for t in tokens if t.startswith("@llvm.va_"))
        arguments, _ = OperandReader(self.types).read_list(tokens, tokens.index(callee) + 2, ")")
        if "va_end" in callee:
            return []
        target = arguments[0].text
        if "va_copy" in callee:
            return [
                f"  call void @llvm.memcpy.p0.p0.i64(ptr {target}, ptr {arguments[1].text}, i64 24, i1 false)"
            ]
        self._areas += 1
        parts = [f"%fp.list{self._areas}.{i}" for i in range(3)]
        lines = [
            f"  {p} = getelementptr i8, ptr {target}, i64 {o}" for p, o in zip(parts, (4, 8, 16), strict=True)
        ]
        return [
            *lines,
            f"  store i32 {_USED_UP[0]}, ptr {target}, align 8",
            f"  store i32 {_USED_UP[1]}, ptr {parts[0]}, align 4",
            f"  store ptr {_VA}, ptr {parts[1]}, align 8",
            f"  store ptr null, ptr {parts[2]}, align 8",
        ]

    def _edit_call(self, tokens: list[str]) -> list[str]:
        start = tokens.index("call") + 1
        open_at = arguments_position(tokens, start, self.types)
        callee_at = open_at - 1
        end = skip_group(tokens, open_at)
        parts = split_list(tokens[open_at + 1 : end - 1])
        head, is_variadic, count = self._plain_head(tokens, start, callee_at)
        lines: list[str] = []
        if is_variadic and tokens[callee_at] not in self.fixed:
            lines, area = self._store_arguments(parts[count:])
            parts = [*parts[:count], ["ptr", area]]
        arguments: list[str] = []
        for part in parts:
            arguments += [*([","] if arguments else []), *drop_byval(part)[0]]
        line = " ".join([*head, tokens[callee_at], "(", *arguments, ")", *tokens[end:]])
        return [*lines, f"  {line}"]

    def _plain_head(self, tokens: list[str], start: int, callee_at: int) -> tuple[list[str], bool, int]:
        """The tokens before the callee with a variadic function type reduced to its result; is it variadic;
        how many parameters are fixed."""
        at = skip_to_type(tokens, start, self.types)
        kind, _ = self.types.read(tokens, at)
        if kind.kind != "function" or not kind.variadic:
            return tokens[:callee_at], False, 0
        return [*tokens[:at], kind.elements[0].text], True, len(kind.elements) - 1

    def _store_arguments(self, parts: list[list[str]]) -> tuple[list[str], str]:
        """Lines that store variable arguments one after the other, and the name of their area."""
        self._areas += 1
        area = f"%fp.area{self._areas}"
        lines: list[str] = []
        offset, most = 0, _AREA_ALIGN
        for number, part in enumerate(parts):
            plain, passed = drop_byval(part)
            operand, _ = OperandReader(self.types).read(plain, 0)
            kind, align = self._read_byval(passed) if passed else (operand.type, operand.type.align)
            offset = round_up(offset, max(align, _SLOT))
            most = max(most, align)
            slot = f"{area}.{number}"
            lines.append(f"  {slot} = getelementptr i8, ptr {area}, i64 {offset}")
            if passed:
                lines.append(self._copy(slot, operand.text, kind))
            else:
                lines.append(f"  store {kind.text} {operand.text}, ptr {slot}, align {min(align, 16)}")
            offset += round_up(kind.alloc_size, _SLOT)
        self._allocas.append(f"  {area} = alloca [{max(offset, _SLOT)} x i8], align {most}")
        return lines, area
