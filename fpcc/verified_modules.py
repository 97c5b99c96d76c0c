"""Modules on their way to the host: read once, verified, sealed. What was proved is what runs.

Between the verifier's look at a file and the host's, its owner could change it. So the bytes go to the host
themselves: in memory files sealed against every change, over the control socket (runtime/host/control.h).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from fpcc.errors import FpccError
from fpcc.host_process import HostProcess, start_host
from fpcc.run_plan import RunPlan
from fpcc.run_result import read_manifest
from fpcc.verifier.verdict import Verdict
from fpcc.verifier.verify import verify_module

_SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL


class Allowances(Protocol):
    """What may run although it is not proved to be harmless."""

    @property
    def allow_unprotected(self) -> bool: ...
    @property
    def allow_unverified(self) -> bool: ...


class ModuleRefused(FpccError):
    """A module that must not run."""


@contextmanager
def start_run(plan: RunPlan, warn: Callable[[str], None] = lambda _: None) -> Iterator[HostProcess]:
    """`fphost run` with the plan's modules, verified. Raises ModuleRefused."""
    modules = {node.module: check_module(node.module, plan, warn) for node in plan.nodes}
    with ExitStack() as stack:
        sealed = {path: stack.enter_context(seal(data)) for path, data in modules.items() if data}
        numbers = {path: number for number, path in enumerate(sealed)}
        configuration = plan.to_host(numbers)
        yield stack.enter_context(start_host("run", configuration, tuple(sealed.values())))


def check_module(module: Path, allowed: Allowances, warn: Callable[[str], None]) -> bytes:
    """The module's bytes if they are verified; none if it may run without that. Raises ModuleRefused."""
    manifest = read_manifest(module)
    if manifest is not None and manifest.mode == "none":
        if not allowed.allow_unprotected:
            raise ModuleRefused(_unprotected(module))
        warn(f"{module.stem} is unprotected (mode `none`): nothing keeps it from the host's memory")
        return b""
    data = module.read_bytes()
    verdict = verify_module(data)
    if not verdict.violations:
        return data
    if not allowed.allow_unverified:
        raise ModuleRefused(_unverified(module, verdict))
    warn(f"{module.stem} is not verified: {_first_of(verdict)}")
    return b""


def check_built(name: str, data: bytes) -> bytes:
    """The same of a module that was built for a node. Raises ModuleRefused."""
    verdict = verify_module(data)
    if verdict.violations:
        raise ModuleRefused(f"{name}: refused: {_first_of(verdict)}")
    return data


def _unprotected(module: Path) -> str:
    return (
        f"{module}: refused: it is unprotected (mode `none`), so it could do anything to the host\n"
        "    build it with --mode=wonly or --mode=rw, or allow this: --allow-unprotected, or in a graph.toml "
        "allow_unprotected = true"
    )


def _unverified(module: Path, verdict: Verdict) -> str:
    return (
        f"{module}: refused: {_first_of(verdict)}\n"
        f"    `fpcc verify {module}` shows all there is against it; what fpcc builds is verified"
    )


def _first_of(verdict: Verdict) -> str:
    first = verdict.violations[0]
    place = f" at {first.address:#x}" if first.address else ""
    return f"rule {first.rule}{place}: {first.message}"


@contextmanager
def seal(data: bytes) -> Iterator[int]:
    """A memory file that holds `data` and can never be changed."""
    fd = os.memfd_create("module", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        with open(fd, "wb", closefd=False) as file:
            file.write(data)
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, _SEALS)
        yield fd
    finally:
        os.close(fd)
