"""What each call becomes: a direct call, a call of the host, a dispatch, nothing, or a refusal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from passes.analysis.accesses import inline_length
from passes.intrinsics import (
    BULK,
    CHECKED_NAMES,
    DROPPED,
    FORWARDED,
    HINTS,
    LIFETIME,
    MASKED,
    PURE,
    STACK,
    TRAPS,
    base_name,
)
from passes.ir.instruction import Instruction
from passes.ir.module import Function, Module
from passes.normalise import POISON_ARGUMENT, define_text

_FORBIDDEN_ATTRIBUTES = {
    "byval",
    "inalloca",
    "preallocated",
    "byref",
    "nest",
    "swiftself",
    "swifterror",
    "swiftasync",
}
_UNDECLARED = "declare it, define it, or leave it out; docs/libc.md lists the C functions a module may call"
_BY_HAND = "include the header that declares it (fastpaas/nf.h, string.h) instead of declaring it by hand"


class CallRefused(ValueError):
    """A call no module may make; args: reason, hint."""


@dataclass
class Calls:
    """Rewrites calls of one module. `traps` maps "unreachable", "target", "abort", "bounds" to trap kinds."""

    module: Module
    imports: Mapping[str, str]  # functions of the host -> their types
    traps: Mapping[str, int]
    assembly: Collection[str] = ()  # that the lowering's bounds table is used by
    used_imports: set[str] = field(default_factory=set)
    # (signature, !dbg node) -> name: one a place, so that a trap's program counter tells the place
    dispatchers: dict[tuple[str, str], str] = field(default_factory=dict)
    fresh: int = 0  # names made so far
    moved: set[str] = field(default_factory=set)  # locals of the present function that left the native stack

    def rewrite(self, call: Instruction) -> list[str]:
        """Lines in place of `call`, without debug locations. Raises CallRefused."""
        if call.bundles and base_name(call.callee) not in DROPPED:
            raise CallRefused("a call with operand bundles", "")
        if call.tail == "musttail":
            raise CallRefused("a guaranteed tail call (musttail) is not allowed", "remove the attribute")
        if _FORBIDDEN_ATTRIBUTES & set(call.tokens):
            raise CallRefused("a call passes an argument in a way that is not supported", "pass a pointer")
        if call.callee in self.assembly:
            return [_print(call, call.callee)]
        if call.callee.startswith("asm "):
            raise CallRefused("inline assembly is not allowed", "use plain C")
        if call.callee.startswith("@llvm."):
            return self._intrinsic(call)
        function = self.module.functions.get(call.callee)
        if function is not None:
            return self._direct(call, function)
        if call.operands[-1].is_global:
            return self._host(call)
        return self._indirect(call)

    def trap(self, kind: str) -> str:
        """The trap of that kind."""
        return f"call void @llvm.ubsantrap(i8 {self.traps[kind]})"

    def _intrinsic(self, call: Instruction) -> list[str]:
        name = base_name(call.callee)
        if name in DROPPED:
            return []
        if name in FORWARDED:
            argument = call.arguments[0]
            return [f"{call.name} = freeze {argument.type.text} {define_text(argument)}"]
        if name in TRAPS:
            number = call.arguments[0].integer if call.arguments else None
            kept = [kind for kind in ("abort", "bounds") if self.traps[kind] == number]
            return [self.trap(kept[0] if kept else "unreachable")]
        if name in LIFETIME:
            return [] if call.arguments[-1].text in self.moved else [_print(call, call.callee)]
        if name in STACK:
            return self._stack(call, name)
        if name in BULK:
            return self._bulk(call, name)
        if name in PURE or name in MASKED or name in HINTS:
            return [_print(call, call.callee, define_last=name in POISON_ARGUMENT)]
        raise CallRefused(f"the compiler intrinsic `{name}` is not allowed", "use plain C instead")

    def _stack(self, call: Instruction, name: str) -> list[str]:
        if name == "llvm.stacksave":
            return [f"{call.name} = load ptr, ptr @__fp_stack_pointer, align 8"]
        return [f"call void @fp.release(ptr {call.arguments[0].text})"]

    def _bulk(self, call: Instruction, name: str) -> list[str]:
        length = call.arguments[2]
        if length.integer == 0:
            return []
        kind = name.removeprefix("llvm.").removesuffix(".inline")
        if inline_length(call):
            pointers = ".p0.p0" if kind != "memset" else ".p0"
            inline = "" if kind == "memmove" else ".inline"
            return [_print(call, f"@llvm.{kind}{inline}{pointers}.{length.type.text}")]
        return self._bulk_by_host(call, kind)

    def _bulk_by_host(self, call: Instruction, kind: str) -> list[str]:
        """A call of the host, which checks the ranges; its C types are (ptr, ptr or int, size_t)."""
        lines, texts = [], []
        wanted = ("ptr", "i32" if kind == "memset" else "ptr", "i64")
        for argument, kind_wanted in zip(call.arguments[:3], wanted, strict=True):
            text = define_text(argument)
            if argument.type.text != kind_wanted:
                self.fresh += 1
                lines.append(f"%fp.wide{self.fresh} = zext {argument.type.text} {text} to {kind_wanted}")
                text = f"%fp.wide{self.fresh}"
            texts.append(f"{kind_wanted} {text}")
        name = CHECKED_NAMES[kind]
        self.used_imports.add(name)
        return [*lines, f"call ptr @{name}({', '.join(texts)})"]

    def _direct(self, call: Instruction, function: Function) -> list[str]:
        if call_signature(call) != function.signature:
            return self._trap_with_value(call, "target")
        return [_print(call, call.callee, convention=function.convention)]

    def _host(self, call: Instruction) -> list[str]:
        plain = call.callee.removeprefix("@")
        name = CHECKED_NAMES.get(plain, plain)
        if name not in self.imports:
            raise CallRefused(
                f"`{plain}` is called, but neither the module nor the host offers it", _UNDECLARED
            )
        if call_signature(call) != self.imports[name]:
            raise CallRefused(f"`{plain}` is called with other types than the host's function has", _BY_HAND)
        self.used_imports.add(name)
        # Never a jump: the host reports the line of a call by its return address.
        return [_print(replace(call, tail=""), f"@{name}")]

    def _indirect(self, call: Instruction) -> list[str]:
        if call.operands[-1].is_local or call.operands[-1].expression is not None:
            key = call_signature(call), call.location
            name = self.dispatchers.setdefault(key, f"@fp.dispatch.{len(self.dispatchers)}")
            return [_print(call, name, target=call.callee)]
        return self._trap_with_value(call, "target")

    def _trap_with_value(self, call: Instruction, kind: str) -> list[str]:
        lines = [self.trap(kind)]
        if call.name:
            lines.append(f"{call.name} = freeze {call.type.text} zeroinitializer")
        return lines


def call_signature(call: Instruction) -> str:
    """The function type of a call as IR writes it; variadic calls keep their marker."""
    if "..." in call.tokens:
        return f"{call.type.text} (...)"
    return f"{call.type.text} ({', '.join(a.type.text for a in call.arguments)})"


def _print(
    call: Instruction, callee: str, *, convention: str = "", target: str = "", define_last: bool = False
) -> str:
    arguments = [f"{a.type.text} {define_text(a)}" for a in call.arguments]
    if define_last:
        arguments[-1] = "i1 false"
    if target:
        arguments.insert(0, f"ptr {target}")
    tail = f"{call.tail} " if call.tail else ""
    value = f"{call.name} = " if call.name else ""
    words = f"{convention} " if convention else ""
    return f"{value}{tail}call {words}{call.type.text} {callee}({', '.join(arguments)})"
