"""LLVM: link, name, optimise, emit. IR goes in and comes out as text.

Clang optimises. LLVM as a library, llvmlite's, does the rest: it is built with assertions, with which
optimising takes twice as long. Text that it cannot parse raises, but a broken module could abort the
process, so every module is verified before it is used.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import llvmlite.binding as llvm

from fpcc.errors import InternalError
from fpcc.toolchain import optimise_ir

TRIPLE = "x86_64-unknown-linux-musl"
# LLVM's attributes for functions it shall leave as they are; its own output is freed of all that steers it.
_FINISHED = "noinline optnone"
_ATTRIBUTES = re.compile(r"^attributes #.*", re.M)
_STEERING = re.compile(r" (?:noinline|optnone|minsize|optsize)(?= )")
_ALWAYS_INLINED = re.compile(r"^attributes (#\d+) = \{ .*\balwaysinline\b", re.M)
# A numbered type, or a function whose first line is no label.
_NAMELESS = re.compile(r"^%\d+ = type |^define [^\n]*\{\n ", re.M)
_BODY = re.compile(r"^define .*?^\}", re.M | re.S)
# A number in place of a name: where it is used, or at its label; a quoted text is taken whole.
_NUMBER = re.compile(r'"[^"]*"|(?:%|^(?=\d+:))(\d+)', re.M)
_NO_LINE = re.compile(r"^(\t\.loc\t)1( 0 0\b)", re.M)
_DEFINITION = re.compile(r"^(define [^\n]* #\d+[^\n]*\{)(\n.*?^\})", re.M | re.S)


def llvm_version() -> str:
    """The version of LLVM inside llvmlite, e.g. "22.1.0"."""
    return ".".join(str(part) for part in llvm.llvm_version_info)


def link_modules(texts: Sequence[str]) -> str:
    """One module from several, every value named."""
    modules = [_parse(text, "link") for text in texts]
    whole = modules[0]
    for module in modules[1:]:
        try:
            whole.link_in(module)
        except RuntimeError as error:
            raise InternalError("link", str(error)) from error
    passes = llvm.create_new_module_pass_manager()
    passes.add_instruction_namer_pass()
    passes.run(whole, _builder("x86-64-v3"))
    return str(whole)


def optimise(text: str, level: str, cpu: str, *, pairs: bool = True) -> str:
    """The module after clang's pipeline for -O`level`; nothing unreachable is left, every value is named.

    `pairs`: whether neighbouring accesses outside loops may become one of a vector.
    """
    with ThreadPoolExecutor(1) as pool:
        optimised = pool.submit(optimise_ir, text, level, cpu, pairs=pairs)
        _parse(text, "optimise")  # clang, which has no assertions, takes a broken module as it is
        result = _ATTRIBUTES.sub(lambda group: _STEERING.sub("", group[0]), optimised.result())
    passes = llvm.create_new_module_pass_manager()
    if level == "0":
        passes.add_sroa_pass()
    elif _is_tidy(result):
        return name_values(result)
    return _clean_up(result, cpu, passes)


def name_values(text: str) -> str:
    """The module with a name in place of every number that stands for a value, parameter or block."""
    prefix = "t"
    while re.search(rf"(?:%|^){prefix}\d", text, re.M):
        prefix += "_"

    def name(found: re.Match[str]) -> str:
        number = found[1]
        return found[0] if number is None else f"{found[0][: -len(number)]}{prefix}{number}"

    return _BODY.sub(lambda body: _NUMBER.sub(name, body[0]), text)


def promote_locals(text: str, cpu: str) -> str:
    """An optimised module whose locals are in registers as far as they can be."""
    passes = llvm.create_new_module_pass_manager()
    passes.add_sroa_pass()
    passes.add_instruction_combine_pass()
    return _clean_up(text, cpu, passes)


def _is_tidy(text: str) -> bool:
    """Whether every block is reached, and every type and entry block has a name."""
    return "; No predecessors!" not in text and _NAMELESS.search(text) is None


def _clean_up(text: str, cpu: str, passes: llvm.ModulePassManager) -> str:
    """The module after `passes`: nothing unreachable is left, every value is named."""
    module = _parse(text, "optimise")
    passes.add_simplify_cfg_pass()
    passes.add_global_dead_code_eliminate_pass()
    passes.add_instruction_namer_pass()
    passes.run(module, _builder(cpu))
    return str(module)


def finish_large_functions(text: str, most_lines: int) -> str:
    """An optimised module; its functions of more than `most_lines` lines are left alone by `optimise`."""
    inlined = set(_ALWAYS_INLINED.findall(text))

    def is_large(definition: re.Match[str]) -> bool:
        return definition[0].count("\n") > most_lines + 1 and inlined.isdisjoint(definition[1].split())

    return _DEFINITION.sub(lambda d: _mark_finished(d) if is_large(d) else d[0], text)


def _mark_finished(definition: re.Match[str]) -> str:
    return definition[1].replace(" #", f" {_FINISHED} #", 1) + definition[2]


def emit_assembly(text: str, cpu: str) -> str:
    """x86-64 assembly (AT&T syntax) of a module: code generation only, no IR optimisation."""
    module = _parse(text, "code generation")
    assembly = _machine(cpu).emit_assembly(module)
    assert isinstance(assembly, str)
    # Where no line is known LLVM names file 1, which a program of one file, file 0, does not have.
    return assembly if "\n\t.file\t1 " in assembly else _NO_LINE.sub(r"\g<1>0\2", assembly)


def _parse(text: str, stage: str) -> llvm.ModuleRef:
    _initialise()
    try:
        module = llvm.parse_assembly(text)
        module.verify()
    except RuntimeError as error:
        raise InternalError(stage, str(error)) from error
    return module


@functools.cache
def _initialise() -> None:
    llvm.initialize_native_target()
    llvm.initialize_native_asmparser()
    llvm.initialize_native_asmprinter()


@functools.cache
def _machine(cpu: str, reloc: str = "pic") -> llvm.TargetMachine:
    _initialise()
    target = llvm.Target.from_triple(TRIPLE)
    return target.create_target_machine(cpu=cpu, opt=2, reloc=reloc, codemodel="small")


def _builder(cpu: str) -> llvm.PassBuilder:
    options = llvm.create_pipeline_tuning_options(speed_level=2)
    # as position-independent code, tables of pointers would become offsets
    return llvm.create_pass_builder(_machine(cpu, "static"), options)
