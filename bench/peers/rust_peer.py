"""The peer `rust`: the NFs ported to safe Rust, shared objects with C's entry points."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.peers.native_peers import CPU
from bench.peers.peer import PEERS, NotExpressible, Peer, run_command

SOURCES = PEERS / "rust"
OPTIMISED = (
    "-Copt-level=3",
    f"-Ctarget-cpu={CPU}",
    "-Cpanic=abort",
    "-Ccodegen-units=1",
)


def _find() -> str:
    if shutil.which("rustc") is None:
        return "rustc 1.85 or newer is missing (rustup.rs, or a distribution newer than Debian 12)"
    version = run_command(["rustc", "--version"]).split()[1]
    if tuple(int(part) for part in version.split("-")[0].split(".")[:2]) < (1, 85):
        return f"rustc 1.85 or newer is missing, this is {version} (rustup.rs)"
    return ""


def _build(source: Path, directory: Path) -> Path:
    ported, output = SOURCES / f"{source.stem}.rs", directory / "rust.so"
    if not ported.is_file():
        raise NotExpressible(f"there is no {ported.name}")
    target = ("--edition=2024", "--crate-type=cdylib", *OPTIMISED, "-Dwarnings")
    run_command(["rustc", *target, "-o", output, ported])
    return output


RUST = Peer("rust", "native", _find, _build)
