"""LLVM as a library (llvmlite): link, name, optimise, emit. IR goes in and comes out as text.

llvmlite's wheel is built with assertions: text it cannot parse raises, but a broken module could abort the
process, so every module is verified before it is used.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import llvmlite.binding as llvm

from fpcc.errors import InternalError

TRIPLE = "x86_64-unknown-linux-musl"
# LLVM's attributes for functions it shall leave as they are; its own output is freed of all that steers it.
_FINISHED = "noinline optnone"
_ATTRIBUTES = re.compile(r"^attributes #.*", re.M)
_STEERING = re.compile(r" (?:noinline|optnone|minsize|optsize)(?= )")
_ALWAYS_INLINED = re.compile(r"^attributes (#\d+) = \{ .*\balwaysinline\b", re.M)
_UNNAMED = re.compile(r"\n  %\d+ = ")
_DEFINITION = re.compile(r"^(define [^\n]* #\d+[^\n]*\{)(\n.*?^\})", re.M | re.S)
# -O level -> (speed, size) of LLVM's own pipelines
_LEVELS = {"0": (0, 0), "1": (1, 0), "2": (2, 0), "3": (3, 0), "s": (2, 1), "z": (2, 2)}


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
    passes.run(whole, _builder("2", _machine("x86-64-v3")))
    return str(whole)


def optimise(text: str, level: str, cpu: str, *, pairs: bool = True) -> str:
    """The module after LLVM's pipeline for -O`level`; nothing unreachable is left, every value is named.

    `pairs`: whether neighbouring accesses outside loops may become one of a vector.
    """
    module = _parse(text, "optimise")
    machine = _machine(cpu, "static")  # as position-independent code, tables of pointers would become offsets
    builder = _builder(level, machine, pairs=pairs)
    passes = builder.getModulePassManager()
    if level == "0":
        passes.add_sroa_pass()
    _add_clean_up(passes)
    passes.run(module, builder)
    result = _ATTRIBUTES.sub(lambda group: _STEERING.sub("", group[0]), str(module))
    return _clean_up(result, builder) if _is_untidy(result) else result


def promote_locals(text: str, cpu: str) -> str:
    """An optimised module whose locals are in registers as far as they can be."""
    module, passes = _parse(text, "optimise"), llvm.create_new_module_pass_manager()
    passes.add_sroa_pass()
    passes.add_instruction_combine_pass()
    _add_clean_up(passes)
    passes.run(module, _builder("2", _machine(cpu, "static")))
    return str(module)


def _is_untidy(text: str) -> bool:
    """Whether a value has no name, or a block is not reached."""
    return "; No predecessors!" in text or _UNNAMED.search(text) is not None


def _add_clean_up(passes: llvm.ModulePassManager) -> None:
    passes.add_simplify_cfg_pass()
    passes.add_global_dead_code_eliminate_pass()
    passes.add_instruction_namer_pass()


def _clean_up(text: str, builder: llvm.PassBuilder) -> str:
    """What the marks of finished functions kept the clean-up from."""
    module, passes = _parse(text, "optimise"), llvm.create_new_module_pass_manager()
    _add_clean_up(passes)
    passes.run(module, builder)
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
    return assembly


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


def _builder(level: str, machine: llvm.TargetMachine, *, pairs: bool = True) -> llvm.PassBuilder:
    speed, size = _LEVELS[level]
    options = llvm.create_pipeline_tuning_options(speed_level=speed)
    options.size_level = size
    full = speed >= 2 and size < 2
    options.slp_vectorization = full and pairs
    options.loop_vectorization = options.loop_interleaving = options.loop_unrolling = full
    return llvm.create_pass_builder(machine, options)
