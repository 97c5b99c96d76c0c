"""The compiler's tools: clang, lld, the LLVM of llvmlite, libclang; and that they fit together."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable

from fpcc.doctor_finding import Check, Finding
from fpcc.errors import FpccError, InputError
from fpcc.toolchain import clang_version, lld_version

COMPILING = "compiling network functions"
OLDEST_PYTHON = (3, 11)


def check_toolchain() -> None:
    """Raises InputError unless llvmlite, clang and lld are of one LLVM major.

    An llvmlite of another major misreads clang's IR. Costs a few milliseconds once a process.
    """
    require_one_major(llvm_majors())


def require_one_major(majors: dict[str, str]) -> None:
    """Raises InputError if the majors, by tool, differ."""
    if len(set(majors.values())) > 1:
        raise InputError(
            f"these tools must be of one LLVM major: {describe_majors(majors)}. "
            "Install the versions that belong together: pip install --force-reinstall fastpaas"
        )


def llvm_majors() -> dict[str, str]:
    """The LLVM major of each tool, by its name."""
    versions = {"llvmlite": llvmlite_version(), "clang": clang_version(), "lld": lld_version()}
    return {tool: version.split(".")[0] for tool, version in versions.items()}


def describe_majors(majors: dict[str, str]) -> str:
    return ", ".join(f"{tool} {major}" for tool, major in majors.items())


def llvmlite_version() -> str:
    """The version of the LLVM that llvmlite carries."""
    from llvmlite import binding  # here: loading LLVM takes a tenth of a second

    return ".".join(str(part) for part in binding.llvm_version_info)


def libclang_version() -> str:
    """The version of libclang, once it has loaded and answered."""
    from importlib.metadata import version

    from clang.cindex import Index, LibclangError

    try:
        Index.create()
    except LibclangError as error:
        raise InputError(f"libclang does not load: {error}") from error
    return version("libclang")


def find_tool(name: str, version: Callable[[], str]) -> Finding:
    """A tool that is there if it says its version."""
    try:
        return Finding(name, True, version(), COMPILING)
    except (FpccError, ImportError, OSError) as error:
        return Finding(name, False, str(error), COMPILING)


def find_python() -> Finding:
    wanted = ".".join(str(part) for part in OLDEST_PYTHON)
    found = platform.python_version()
    return Finding(f"Python {wanted} or newer", sys.version_info >= OLDEST_PYTHON, found, "fpcc")


def find_matching_majors() -> Finding:
    name = "one LLVM major"
    try:
        majors = llvm_majors()
    except (FpccError, ImportError, OSError) as error:
        return Finding(name, False, str(error), COMPILING)
    return Finding(name, len(set(majors.values())) == 1, describe_majors(majors), COMPILING)


TOOLCHAIN_CHECKS: tuple[Check, ...] = (
    find_python,
    lambda: find_tool("clang", clang_version),
    lambda: find_tool("lld", lld_version),
    lambda: find_tool("llvmlite", llvmlite_version),
    find_matching_majors,
    lambda: find_tool("libclang", libclang_version),
)
