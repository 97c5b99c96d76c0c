"""The doors to clang and lld, both from the ziglang wheel, used as plain tools (`zig clang`, `zig ld.lld`).

Hermetic: headers come from the wheel and from runtime/include, the environment is empty, and paths are
mapped, so the same input gives the same bytes in whatever directory it lies. Every subprocess of the
compiler path starts here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from signal import Signals

from fpcc.errors import CompileError, InputError, ToolError
from fpcc.flags import CompileFlags, Dependencies, default_dependency_file, quote_target
from fpcc.paths import include_dir, module_dir
from fpcc.source_paths import PathMap, map_paths, spell_argument

TRIPLE = "x86_64-linux-musl"
HEADER_DIRS = (
    "include",
    "libc/include/x86_64-linux-musl",
    "libc/include/generic-musl",
    "libc/include/x86-linux-any",
    "libc/include/x86_64-linux-any",
    "libc/include/any-linux-any",
)
# After the user's flags, so that these win. What each is for:
OWN_FLAGS = (
    "-Xclang",
    "-disable-llvm-passes",  # the IR as clang makes it; fpcc optimises the whole program later
    "-O2",
    "-fno-discard-value-names",  # reports name locals
    "-fPIC",
    "-fvisibility=hidden",
    "-fno-stack-protector",
    "-fno-asynchronous-unwind-tables",
    "-fno-unwind-tables",
    "-fno-exceptions",
    "-fno-jump-tables",
    "-fno-strict-float-cast-overflow",
    "-fno-crash-diagnostics",
    "-ffile-compilation-dir=.",
)
_OPTIMISE_FLAGS = (
    "-S",
    "-emit-llvm",
    "-fno-discard-value-names",
    "-fno-pic",  # as position-independent code, tables of pointers would become offsets
    "-fno-crash-diagnostics",
)
_SOURCE_FAILED = 1  # clang's status when the input is at fault; a crash gives another


@dataclass(frozen=True)
class Said:
    """What a tool that succeeded wrote."""

    output: str
    messages: str


def run_tool(command: Sequence[str | Path], stdin: str = "") -> Said:
    """Runs `command` with an empty environment. Raises ToolError with the command and its words."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, input=stdin.encode(), capture_output=True, env=_environment())
    except OSError as error:
        raise ToolError(words, str(error)) from error
    said = Said(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
    if done.returncode:
        raise ToolError(words, said.messages or said.output or _name_end(done.returncode), done.returncode)
    return said


def compile_to_ir(source: Path, flags: CompileFlags, paths: PathMap | None = None) -> str:
    """The unoptimised LLVM IR of `source`, as text. Clang's warnings go to stderr.

    `paths` is the source's of path_maps(), if the build has several.
    Raises CompileError with clang's words if the source is wrong, ToolError if clang itself fails.
    """
    check_source(source)
    paths = paths or path_maps([source], flags)[0]
    command = [*_clang(flags, paths), "-S", "-emit-llvm", *OWN_FLAGS, *_debug_flags(flags), "-o", "-"]
    said = _run_clang([*command, "--", paths.spelled])
    if said.messages:
        sys.stderr.write(said.messages)
    return _name_source(said.output, paths)


def optimise_ir(ir: str, level: str, cpu: str, *, pairs: bool = True) -> str:
    """A module after clang's pipeline for -O`level`. Names are kept, new values may have none.

    `pairs`: whether neighbouring accesses outside loops may become one of a vector. Raises ToolError.
    """
    target = ("-target", TRIPLE, f"-march={cpu}", *_OPTIMISE_FLAGS)
    options = (f"-O{level}", *(() if pairs else ("-fno-slp-vectorize",)))
    return run_tool([zig_program(), "clang", *target, *options, "-x", "ir", "-", "-o", "-"], ir).output


def write_dependencies(sources: Sequence[Path], flags: CompileFlags, output: Path) -> None:
    """Writes the Make rules -MD or -MMD asked for, one per source; `output` is the module's path."""
    wanted = flags.dependencies
    if wanted is None:
        return
    rules = "".join(_dependency_rule(source, flags, wanted, output) for source in sources)
    file = Path(wanted.file) if wanted.file else default_dependency_file(output)
    try:
        file.write_text(rules)
    except OSError as error:
        raise InputError(f"{file}: cannot write the dependency file: {error.strerror}") from error


def link(objects: Sequence[Path], output: Path, options: Sequence[str | Path] = ()) -> None:
    """Links `objects` into `output` with ld.lld and exactly `options`. Raises ToolError."""
    said = run_tool([zig_program(), "ld.lld", *options, "-o", output, *objects])
    if said.messages:
        sys.stderr.write(said.messages)


@cache
def clang_version() -> str:
    """Clang's version, e.g. "22.1.8"."""
    return _find_version(
        r"clang version (\d+\.\d+\.\d+)", run_tool([zig_program(), "clang", "--version"]).output
    )


@cache
def lld_version() -> str:
    """The linker's version, e.g. "22.1.8"."""
    said = run_tool([zig_program(), "ld.lld", "--version"])
    return _find_version(r"LLD (\d+\.\d+\.\d+)", said.output)


@cache
def zig_program() -> Path:
    """The wheel's one binary, clang or lld by its first argument; its `lib` holds the C headers."""
    spec = find_spec("ziglang")
    if spec is None or spec.origin is None:
        raise InputError(
            "the Python package ziglang (clang and lld) is missing: install it with `make setup`"
        )
    return Path(spec.origin).parent / "zig"


def header_flags() -> tuple[str, ...]:
    """The system headers and ours, for clang and libclang alike."""
    library = zig_program().parent / "lib"
    system = [word for part in HEADER_DIRS for word in ("-isystem", str(library / part))]
    return ("-nostdinc", "-isystem", str(include_dir()), *system)


def parse_arguments(flags: CompileFlags) -> tuple[str, ...]:
    """Everything that decides how a source reads: target, headers, the user's flags."""
    given = [spell_argument(word) for word in flags.arguments]
    return ("-target", TRIPLE, f"-march={flags.cpu}", *given, *header_flags())


def path_maps(sources: Sequence[Path], flags: CompileFlags) -> tuple[PathMap, ...]:
    """How the paths of each of a build's sources and of what it includes are spelled in its IR."""
    places = (
        (zig_program().parent / "lib", "/toolchain/"),
        (include_dir(), "/fastpaas/include/"),
        (module_dir(), "/fastpaas/module/"),
    )
    return map_paths(sources, flags.arguments, [(f"{place}/", name) for place, name in places])


def check_source(source: Path) -> None:
    """Raises InputError unless `source` is a readable C file."""
    if source.suffix != ".c":
        raise InputError(f"{source}: a network function's sources are C files, named *.c")
    try:
        with source.open("rb"):
            pass
    except OSError as error:
        raise InputError(f"{source}: {error.strerror}") from error


def _environment() -> dict[str, str]:
    """Nothing of the user's: CPATH and the like would change the result. Dates in sources are fixed."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    return {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": epoch if epoch.isdigit() else "0"}


def _clang(flags: CompileFlags, paths: PathMap) -> list[str | Path]:
    maps = [f"-ffile-prefix-map={old}={new}" for old, new in paths.prefixes]
    color = ["-fcolor-diagnostics"] if sys.stderr.isatty() else []
    return [zig_program(), "clang", *color, *parse_arguments(flags), *maps]


def _debug_flags(flags: CompileFlags) -> list[str]:
    return ["-g" if flags.debug else "-gline-tables-only", "-gcolumn-info"]


def _run_clang(command: Sequence[str | Path]) -> Said:
    """As run_tool, but what clang says against the source is a CompileError."""
    try:
        return run_tool(command)
    except ToolError as error:
        if error.status == _SOURCE_FAILED and "error:" in error.said:
            raise CompileError(error.said) from error
        raise


def _name_source(ir: str, paths: PathMap) -> str:
    """Clang's prefix maps leave out the module's own name; put the mapped one there."""
    name = paths.name(paths.spelled).replace("\\", "\\5C").replace('"', "\\22")
    ir = re.sub(r"\A; ModuleID = .*\n", lambda _: f"; ModuleID = '{name}'\n", ir, count=1)
    return re.sub(
        r'^source_filename = ".*"$', lambda _: f'source_filename = "{name}"', ir, count=1, flags=re.M
    )


def _dependency_rule(source: Path, flags: CompileFlags, wanted: Dependencies, output: Path) -> str:
    (paths,) = path_maps([source], flags)
    targets = wanted.targets or (quote_target(str(output)),)
    words = ["-M" if wanted.system_headers else "-MM", *(["-MP"] if wanted.phony else []), "-w"]
    words += [word for target in targets for word in ("-MT", target)]
    return _run_clang([*_clang(flags, paths), *words, "--", paths.spelled]).output


def _name_end(status: int) -> str:
    """How a tool ended that said nothing."""
    return f"ended by signal {Signals(-status).name}" if status < 0 else f"exit status {status}"


def _find_version(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise ToolError([str(zig_program())], f"no version in its answer: {text.strip()}")
    return found.group(1)
