"""What stands around the functions of a protected module: globals, declarations, attributes, metadata."""

from __future__ import annotations

from collections.abc import Sequence

from passes.calls import Calls, call_signature
from passes.intrinsics import CHECKED_NAMES
from passes.ir.instruction import Instruction
from passes.ir.layout import lay_out_body
from passes.ir.module import GlobalVariable, Module
from passes.normalise import define_text
from passes.rewrite import UNLIKELY


def print_module(module: Module, extra: Sequence[str], body: list[str], calls: Calls, cpu: str) -> list[str]:
    """All lines of the module: `body` are its functions, `extra` what guards and module stack declare."""
    text = [*module.preamble, *module.types.values(), *extra]
    text += [_print_global(g) for g in module.globals.values() if g.initializer is not None]
    text += _print_declarations(module, calls)
    text += lay_out_body(body)
    text.append(function_attributes(cpu))
    text += [f"{name} = {value}" for name, value in module.metadata.items()]
    return _number_weights(text, module)


def _print_global(variable: GlobalVariable) -> str:
    assert variable.initializer is not None
    if variable.name in ("@llvm.used", "@llvm.compiler.used"):
        return ""
    words = "unnamed_addr " if "unnamed_addr" in variable.linkage else ""
    kind = "constant" if variable.constant else "global"
    return (
        f"{variable.name} = internal {words}{kind} {variable.type.text} {define_text(variable.initializer)},"
        f" align {variable.align}"
    )


def _print_declarations(module: Module, calls: Calls) -> list[str]:
    """Host functions as the module's calls see them, one signature a name; LLVM declares intrinsics."""
    found: dict[str, str] = {}
    for call in (i for function in module.functions.values() for i in function.instructions):
        name = _import_name(call, module)
        if name in calls.used_imports:
            result, _, inner = call_signature(call).partition(" (")
            found.setdefault(name, f"declare {result} @{name}({inner} #1")
    for name in calls.used_imports - set(found):
        inner = "ptr, i32, i64" if name == "fp_memset" else "ptr, ptr, i64"
        found[name] = f"declare ptr @{name}({inner}) #1"
    return [found[name] for name in sorted(found)]


def _import_name(call: Instruction, module: Module) -> str:
    """The host's name for what a call calls, "" if that is not declared by the module."""
    if call.opcode != "call" or call.callee not in module.declarations:
        return ""
    plain = call.callee.removeprefix("@")
    return CHECKED_NAMES.get(plain, plain)


def function_attributes(cpu: str) -> str:
    """The attribute groups of every definition (#0) and of host functions (#1)."""
    words = [
        '"no-jump-tables"="true"',
        '"probe-stack"="inline-asm"',
        f'"target-cpu"="{cpu}"',
        '"frame-pointer"="none"',
        # A stack pointer that only ever moves by constants is one the verifier can follow.
        '"no-realign-stack"',
    ]
    # No nonlazybind: LLVM would keep GOT entries in registers and call through them. Calls out go through
    # stubs that jump by the read-only GOT.
    return f"attributes #0 = {{ nounwind {' '.join(words)} }}\nattributes #1 = {{ nounwind }}"


def _number_weights(lines: list[str], module: Module) -> list[str]:
    number = 1 + max((int(n[1:]) for n in module.metadata if n[1:].isdigit()), default=-1)
    unlikely = UNLIKELY.rpartition(" ")[2]
    # Branches only: a string of the module may hold the same word.
    text = [line.replace(unlikely, f"!{number}") if line.startswith("  br ") else line for line in lines]
    return [*text, f'!{number} = !{{!"branch_weights", i32 1, i32 1048576}}']
