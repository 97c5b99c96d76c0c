"""Snippets of assembly, each of which breaks one rule (fail/RULE.s) or none (pass/RULE.s).

A line `#: NAME [WORDS]` begins one; the words are the modes and lowerings it is tried in, those of the file's
`#! WORDS` line where there are none. What comes before the first is put before each; abi.h's numbers have
their names. `# <-` at the end of a line marks an instruction that has to be named.
"""

from __future__ import annotations

import functools
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from fpcc.abi import abi
from tests.verifier.assembled import make_module

SNIPPETS = Path(__file__).parent / "snippets"

_NAME = re.compile(r"#: (?P<name>[^\[\n]+?)(?: \[(?P<words>[a-z ]+)\])?")
_MARK, _LABEL = "# <-", "fastpaas_marked_"
_BUILT = ("pointer", "compare")  # the longest names: others take their place in a built module
_MODES, _LOWERINGS = ("wonly", "rw", "pointer"), ("compare", "segment", "mpx")


@dataclass(frozen=True)
class Snippet:
    """One snippet in one mode and lowering."""

    rule: str
    name: str
    mode: str
    lowering: str
    code: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.name} ({self.mode}, {self.lowering})"

    def build(self) -> bytes:
        """The module whose process() is the snippet."""
        module = _build(self.code)
        for built, wanted in zip(_BUILT, (self.mode, self.lowering), strict=True):
            claim = f'"{built}"'
            module = module.replace(claim.encode(), f'"{wanted}"'.ljust(len(claim)).encode())
        return module


def read_snippets(kind: str) -> tuple[Snippet, ...]:
    """All snippets of a kind, `pass` or `fail`."""
    return tuple(snippet for path in sorted((SNIPPETS / kind).glob("*.s")) for snippet in _read_file(path))


def find_marked(module: bytes) -> frozenset[int]:
    """The addresses of the marked instructions of a built snippet."""
    table = ELFFile(io.BytesIO(module)).get_section_by_name(".symtab")
    assert isinstance(table, SymbolTableSection)
    return frozenset(s["st_value"] for s in table.iter_symbols() if s.name.startswith(_LABEL))


def _read_file(path: Path) -> Iterator[Snippet]:
    head, *parts = re.split(r"^(?=#: )", path.read_text(), flags=re.MULTILINE)
    found = re.search(r"^#! (.+)$", head, re.MULTILINE)
    assert found, f"{path.name}: no modes and lowerings"
    for part in parts:
        title, _, code = part.partition("\n")
        named = _NAME.fullmatch(title)
        assert named, f"{path.name}: {title}"
        words = (named["words"] or "").split()
        modes, lowerings = (_chosen(words, found[1].split(), known) for known in (_MODES, _LOWERINGS))
        for mode, lowering in itertools.product(modes, lowerings):
            yield Snippet(path.stem, named["name"], mode, lowering, _labelled(head + code))


def _chosen(words: list[str], defaults: list[str], known: tuple[str, ...]) -> list[str]:
    return [word for word in words if word in known] or [word for word in defaults if word in known]


@functools.cache
def _build(code: str) -> bytes:
    """Once for all modes and lowerings: only the manifest tells them apart."""
    mode, lowering = _BUILT
    imports = {name for name in re.findall(r"(\w+)@(?:PLT|GOTPCREL)", code) if name in abi().imports}
    return make_module(_name_numbers(code) + code, mode=mode, lowering=lowering, imports=sorted(imports))


def _name_numbers(code: str) -> str:
    names = sorted(set(re.findall(r"\bFP_\w+", code)))
    return "".join(f".set {name}, {abi().number(name)}\n" for name in names)


def _labelled(code: str) -> str:
    """A label before each marked line, so that its address is found in the module."""
    lines = code.splitlines()
    for number, line in enumerate(lines):
        if line.rstrip().endswith(_MARK):
            lines[number] = f"{_LABEL}{number}: {line.rstrip().removesuffix(_MARK)}"
    return "\n".join(lines)
