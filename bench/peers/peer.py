"""What a peer is: how it is found, how it makes something the driver runs from an NF."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fpcc.benchmark.contest import REFERENCE
from fpcc.errors import FpccError, ToolError

PEERS = Path(__file__).resolve().parent


class NotExpressible(FpccError):
    """The peer has no such NF, or its checks refuse it; says why."""


@dataclass(frozen=True)
class Peer:
    """One way to run an NF."""

    name: str
    kind: str  # of driver/contender.h
    find: Callable[[], str]  # what is missing and how to get it; "" if all is there
    # Makes what the driver loads, in the directory, from the NF's C source. Raises ToolError, NotExpressible.
    build: Callable[[Path, Path], Path]
    reference: str = REFERENCE  # what its ratio is relative to: a key of native_peers.REFERENCES
    driver: DriverPart = field(default_factory=lambda: DriverPart())


@dataclass(frozen=True)
class DriverPart:
    """What the driver needs to run a kind of peers. Peers of one `process` run side by side."""

    sources: tuple[Path, ...] = ()
    flags: Callable[[], tuple[str, ...]] = lambda: ()
    process: str = "plain"
    environment: Mapping[str, str] = field(default_factory=dict)


def run_command(words: Sequence[str | Path], **environment: str) -> str:
    """What the command writes on stdout. Raises ToolError with its words."""
    command = [str(word) for word in words]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise ToolError(command, str(error)) from error
    if done.returncode:
        raise ToolError(command, done.stderr or done.stdout, done.returncode)
    return done.stdout
