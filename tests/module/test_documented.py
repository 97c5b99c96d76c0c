"""docs/libc.md lists exactly what the library defines, and what the host gives under a C name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

OWN = re.compile(r"fp_(?!logf$)")  # names the files of the library use among themselves


def documented(text: str) -> set[str]:
    """The names in the second column of the table under "Functions"."""
    section = text.partition("## Functions")[2].partition("## ")[0]
    rows = [line.split("|")[2] for line in section.splitlines() if line.startswith("|")]
    return set(re.findall(r"`(\w+)`", " ".join(rows)))


def symbols(file: Path, table: str = ".symtab") -> dict[str, bool]:
    """The global names of an ELF file, and whether it defines them."""
    with file.open("rb") as stream:
        section = ELFFile(stream).get_section_by_name(table)
        assert isinstance(section, SymbolTableSection)
        every = [s for s in section.iter_symbols() if s.name and s["st_info"]["bind"] == "STB_GLOBAL"]
        return {s.name: s["st_shndx"] != "SHN_UNDEF" for s in every}


def host_functions(imports: str) -> set[str]:
    """The C functions fpcc turns into checked calls: the host's bulk class, without its prefix."""
    return set(re.findall(r"^FP_IMPORT\(fp_(\w+), bulk, ", imports, re.M))


@pytest.fixture(scope="module")
def members(builds: dict[str, Path]) -> dict[str, bool]:
    """The library's own global names, and whether any of its files defines them."""
    found: dict[str, bool] = {}
    for file in builds["checked"].parent.glob("*.o"):
        if file.stem != "host":
            found |= {name: here or found.get(name, False) for name, here in symbols(file).items()}
    return found


def test_the_document_is_complete_and_true(members: dict[str, bool], repo: Path) -> None:
    imports = (repo / "runtime/include/fastpaas/imports.def").read_text()
    offered = {name for name, here in members.items() if here and not OWN.match(name)}
    assert documented((repo / "docs/libc.md").read_text()) == offered | host_functions(imports)


def test_the_library_calls_only_what_the_host_offers(members: dict[str, bool], repo: Path) -> None:
    imports = (repo / "runtime/include/fastpaas/imports.def").read_text()
    allowed = set(re.findall(r"^FP_IMPORT\((\w+), api, ", imports, re.M)) | host_functions(imports)
    called = {name for name, here in members.items() if not here and not name.startswith("__ubsan_")}
    assert called - allowed == {"__fp_abort"}
