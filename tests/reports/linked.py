"""Links a small module by hand with the wheel's clang and lld: what `fpcc build` writes, minus the passes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fpcc.abi import abi
from fpcc.manifest import Tools, make_manifest
from fpcc.module_file import manifest_note, pack_decisions
from passes.model import Decisions

TOOLS = Tools(fpcc="0.1.0", clang="22.1.8", llvm="22.1.0", lld="22.1.8")

CODE = """
int fp_counter(const char *name);
void fp_count(int id, unsigned long n);
static int counters[4];
static int *const where[2] = {&counters[1], &counters[2]};
int init(const void *args) { return counters[0] = fp_counter("drops"); }
void process(void *batch) { fp_count(*where[*(unsigned *)batch & 1], 1); }
"""


def link_module(decisions: Decisions, directory: Path, *, stripped: bool = False) -> Path:
    """Writes `directory/NAME.fpm` that carries these decisions (unless stripped) and their manifest."""
    manifest = make_manifest(decisions, TOOLS, abi().number("FP_ABI_VERSION"), ("init", "process"))
    return link_with(manifest_note(manifest), None if stripped else pack_decisions(decisions), directory)


def link_with(note: bytes | None, packed: bytes | None, directory: Path) -> Path:
    """The same with any bytes in the two sections."""
    (directory / "nf.c").write_text(CODE)
    (directory / "parts.s").write_text(
        _section(".note.fastpaas", '"a",@note', note)
        + _section(abi().text("FP_SECTION_DECISIONS"), '""', packed)
    )
    target = ["-target", "x86_64-linux-musl", "-nostdinc", "-fPIC", "-O2", "-c"]
    for source in ("nf.c", "parts.s"):
        _run(["clang", *target, source, "-o", f"{source}.o"], directory)
    _run(["ld.lld", "-shared", "--hash-style=sysv", "nf.c.o", "parts.s.o", "-o", "nf.fpm"], directory)
    return directory / "nf.fpm"


def _section(name: str, flags: str, content: bytes | None) -> str:
    if content is None:
        return ""
    values = ",".join(str(byte) for byte in content)
    return f"\t.section {name},{flags}\n\t.p2align 2\n" + (f"\t.byte {values}\n" if values else "")


def _run(arguments: list[str], directory: Path) -> None:
    command = [sys.executable, "-m", "ziglang", *arguments]
    subprocess.run(command, cwd=directory, check=True, capture_output=True, text=True)
