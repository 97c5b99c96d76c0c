"""The peer `wasm`: the unchanged C source compiled for wasm32, run by wasmtime."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from bench.peers.peer import PEERS, DriverPart, Peer, run_command
from fpcc.paths import find_layout, include_dir
from fpcc.toolchain import zig_program

GLUE = PEERS / "wasm"
LIBRARY = "_libwasmtime.so"
TARGET = (
    "-target",
    "wasm32-wasi",
    "-mexec-model=reactor",  # a library: no main()
    "-O2",
    "-mcpu=generic+simd128+bulk_memory+sign_ext+nontrapping_fptoint",
    "-fno-sanitize=undefined",
    "-s",  # without debug information: nothing of it is compiled or loaded
)


def _library_dir() -> Path | None:
    spec = find_spec("wasmtime")
    if spec is None or spec.origin is None:
        return None
    return next((path.parent for path in Path(spec.origin).parent.glob(f"*/{LIBRARY}")), None)


def _find() -> str:
    if _library_dir() is None:
        return "the Python package wasmtime is missing (.venv/bin/pip install -e '.[bench]')"
    return ""


def _flags() -> tuple[str, ...]:
    directory = _library_dir()
    return (f"-I{GLUE}", f"-L{directory}", f"-l:{LIBRARY}", f"-Wl,-rpath,{directory}")


def _build(source: Path, directory: Path) -> Path:
    """By `zig cc`, which brings the C library for WASI; it compiles that once and keeps it in build/."""
    output = directory / "wasm.wasm"
    includes = ("-include", GLUE / "imports.h", f"-I{include_dir()}")
    cache = find_layout().include.parent.parent / "build/peers/zig"
    run_command(
        [zig_program(), "cc", *TARGET, *includes, "-o", output, source, GLUE / "instance.c"],
        ZIG_GLOBAL_CACHE_DIR=str(cache),
        ZIG_LOCAL_CACHE_DIR=str(cache),
    )
    return output


WASM = Peer("wasm", "wasm", _find, _build, driver=DriverPart((GLUE / "wasm.c",), _flags))
