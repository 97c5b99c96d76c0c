"""Where fpcc finds its own parts: in a source checkout, or installed beside this package.

checkout    runtime/include, runtime/module, build/host/runtime/fphost (made by `make host`)
installed   the same three as fpcc/runtime/include, fpcc/runtime/module, fpcc/runtime/fphost
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fpcc.errors import InputError

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Layout:
    """The places that differ between a checkout and an installed package."""

    include: Path  # directory that holds fastpaas/*.h
    module: Path  # directory of the C sources linked into every module
    fphost: Path  # the host's program; may not be built yet


def find_layout(package: Path = PACKAGE) -> Layout:
    """The layout around the directory of the fpcc package."""
    installed = package / "runtime"
    if installed.is_dir():
        return Layout(installed / "include", installed / "module", installed / "fphost")
    checkout = package.parent
    runtime = checkout / "runtime"
    return Layout(runtime / "include", runtime / "module", checkout / "build/host/runtime/fphost")


def include_dir() -> Path:
    """The directory to give clang as an include path for <fastpaas/...>."""
    return find_layout().include


def module_dir() -> Path:
    """The directory of the C sources linked into every module."""
    return find_layout().module


def host_program(layout: Layout | None = None) -> Path:
    """The fphost program. Raises InputError if it has not been built."""
    fphost = (layout or find_layout()).fphost
    if not fphost.is_file():
        raise InputError(f"the host program {fphost} is missing: build it with `make host`")
    return fphost
