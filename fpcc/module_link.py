"""From assembly to a module file: assemble, find what it imports, add manifest and decisions, link."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from fpcc.abi import abi
from fpcc.toolchain import TRIPLE, link, run_tool, zig_program

# What each is for: the loader maps whole pages of one kind (separate-code), resolves everything at load
# (now) into a GOT it then seals (relro), and finds symbols by the plain hash table (sysv).
_LINK_OPTIONS = (
    "-shared",
    "--no-dynamic-linker",
    "-Bsymbolic",
    "--hash-style=sysv",
    "--build-id=none",
    "--gc-sections",
    "-z", "now",
    "-z", "relro",
    "-z", "separate-code",
    "-z", "noexecstack",
    "-z", "max-page-size=4096",
)  # fmt: skip


def assemble(assembly: str) -> bytes:
    """The object file of an assembly text."""
    with tempfile.TemporaryDirectory(prefix="fpcc-") as directory:
        source, target = Path(directory, "module.s"), Path(directory, "module.o")
        source.write_text(assembly)
        run_tool([*_assembler(), "-o", target, source])
        return target.read_bytes()


def undefined_symbols(data: bytes) -> tuple[str, ...]:
    """Names an object file leaves to be defined elsewhere, sorted."""
    table = ELFFile(io.BytesIO(data)).get_section_by_name(".symtab")
    assert isinstance(table, SymbolTableSection)
    return tuple(sorted(s.name for s in table.iter_symbols() if s.name and s["st_shndx"] == "SHN_UNDEF"))


def link_module(code: bytes, note: bytes, decisions: bytes) -> bytes:
    """The module file: `code`, the manifest note (loaded) and the packed decisions (not loaded)."""
    with tempfile.TemporaryDirectory(prefix="fpcc-") as directory:
        here = Path(directory)
        (here / "code.o").write_bytes(code)
        (here / "note.bin").write_bytes(note)
        (here / "decisions.bin").write_bytes(decisions)
        (here / "extra.s").write_text(_extra_assembly(here))
        run_tool([*_assembler(), "-o", here / "extra.o", here / "extra.s"])
        base = f"--image-base={abi().number('FP_IMAGE_OFFSET'):#x}"
        link([here / "code.o", here / "extra.o"], here / "module.fpm", [*_LINK_OPTIONS, base])
        return (here / "module.fpm").read_bytes()


def _assembler() -> list[str | Path]:
    return [zig_program(), "clang", "-target", TRIPLE, "-ffile-compilation-dir=.", "-c"]


def _extra_assembly(here: Path) -> str:
    section = abi().text("FP_SECTION_DECISIONS")
    return (
        '.section .note.fastpaas,"aR",@note\n'
        f'.balign 4\n.incbin "{here}/note.bin"\n'
        f'.section {section},"R",@progbits\n'
        f'.incbin "{here}/decisions.bin"\n'
        # Ends .text on the boundary .plt wants: between the two lld would leave zeros, which are no code.
        '.section .text.fastpaas_end,"axR",@progbits\n'
        ".balign 16\n.fill 16, 1, 0xcc\n"
        '.section .note.GNU-stack,"",@progbits\n'
    )
