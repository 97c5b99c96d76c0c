"""IR through the passes, as the pipeline runs them, and what came of it as text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import llvmlite.binding as llvm

from fpcc.optimizer import TRIPLE, link_modules
from fpcc.protection import make_protection
from passes.audit import Audited, audit_module
from passes.decide import decide
from passes.model import RefusedError, Region
from passes.modes import MODES
from passes.protect import Protected, Protection, protect_module

CASES = Path(__file__).parent / "cases"
CPU = "x86-64-v3"
_DATA_LAYOUT = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
_MOST_ROUNDS = 4  # of protecting what the audit could not prove


@cache
def protection(mode: str, lowering: str = "compare") -> Protection:
    return make_protection(MODES[mode], lowering, CPU)


@cache
def read_input(path: Path) -> str:
    """The case as LLVM prints it, every value named, for this machine."""
    return name_values(path.read_text(encoding="utf-8"))


def name_values(text: str) -> str:
    """A module without target lines as the passes get it."""
    head = f'target datalayout = "{_DATA_LAYOUT}"\ntarget triple = "{TRIPLE}"\n'
    return link_modules([head + text])


def protect_and_audit(text: str, mode: str, lowering: str = "compare") -> tuple[Protected, Audited]:
    """The protected module and the last audit, after guards were added for what the audit could not prove."""
    options = protection(mode, lowering)
    insisted: frozenset[tuple[str, str]] = frozenset()
    for _ in range(_MOST_ROUNDS):
        protected = protect_module(text, options, insisted)
        audited = audit_module(protected.text, options)
        if not audited.unproved - insisted:
            return protected, audited
        insisted |= audited.unproved
    raise AssertionError(f"never done: {insisted}")


def verify(text: str) -> None:
    """Raises RuntimeError unless LLVM takes the module for valid."""
    llvm.initialize_native_target()
    module = llvm.parse_assembly(text)
    module.verify()


def describe(text: str, mode: str, lowering: str = "compare") -> str:
    """What came of a module: decisions as comments, then globals, declarations, functions; or refusals."""
    try:
        protected, _ = protect_and_audit(text, mode, lowering)
    except RefusedError as error:
        return "\n".join(_describe_refusals(error)) + "\n"
    return "\n".join([*_describe_decisions(protected), "", *_shown(protected.text)]) + "\n"


def _describe_refusals(error: RefusedError) -> Iterator[str]:
    for refusal in error.refusals:
        where = refusal.location
        place = f"{where.file}:{where.line}:{where.column}" if where.line else "nowhere"
        inside = f" in {refusal.function}" if refusal.function else ""
        yield f"; refused: {place}{inside}: {refusal.reason} ({refusal.hint or 'no hint'})"


def _describe_decisions(protected: Protected) -> Iterator[str]:
    decided = decide(protected.module, protected.plans, {})
    for access in decided.accesses:
        guard = f", guard {access.guard}" if access.guard >= 0 else ""
        place = "" if access.region == Region.ARENA else f" in {access.region}"
        what = f"{access.kind} of {access.size} at {access.root}{access.offset:+}{place}"
        yield f"; {access.function}: {access.operation}, {what}: {access.decision}, {access.reason}{guard}"
    for guard in decided.guards:
        yield f"; {guard.function}: guard {guard.id} of {guard.root}: {guard.placement}"
    for local in decided.moved_locals:
        yield f"; moved: {local}"


def _shown(text: str) -> list[str]:
    """All but what every module has."""
    hidden = ("target ", "attributes ", "!", "@__ehdr_start", "@__fp_stack", "@__fp_window")
    return [line for line in text.splitlines() if line and not line.startswith(hidden)]
