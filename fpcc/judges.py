"""The two judges of a build, the audit and the verifier, at work beside it: in a process of their own, forked
before anything of the author's is read, and so on another core than LLVM."""

from __future__ import annotations

import signal
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what the judges need, only they load
    from fpcc.verifier.model import Violation
    from passes.audit import Audited
    from passes.protect import Protection


def start_judges() -> Executor:
    """A process that runs `audit` and `verify` in turn. To be called while there is one thread only."""
    judges = ProcessPoolExecutor(1, get_context("fork"))
    judges.submit(_prepare)
    return judges


def judges_in_this_process() -> Executor:
    """The same for who builds many modules in one process."""
    return ThreadPoolExecutor(1)


def audit(ir: str, protection: Protection) -> Audited:
    """The verdict on protected IR."""
    from passes.audit import audit_module

    return audit_module(ir, protection)


def verify(module: bytes) -> tuple[Violation, ...]:
    """What speaks against running a module."""
    from fpcc.forked_map import forked_map
    from fpcc.verifier.verify import verify_module

    return verify_module(module, forked_map).violations


def _prepare() -> None:
    """An interrupt from the keyboard ends the build, which ends its judges; loading takes them a while."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import fpcc.verifier.opcode_table
    import fpcc.verifier.verify
    import passes.audit  # noqa: F401

    fpcc.verifier.opcode_table.opcode_table()
