"""The file list of ARCHITECTURE.md, made from each file's own first sentence.

`python -m scripts.list_files` writes it between the two markers; `--check` only says whether it is up to
date.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

from scripts.generated_part import fill_part

REPO = Path(__file__).resolve().parent.parent
DOCUMENT = REPO / "ARCHITECTURE.md"
# Directory, pattern of the files listed.
PARTS = (
    ("passes", "*.py"),
    ("passes/ir", "*.py"),
    ("passes/analysis", "*.py"),
    ("passes/lower", "*.py"),
    ("passes/asm", "*.py"),
    ("fpcc", "*.py"),
    ("fpcc/commands", "*.py"),
    ("fpcc/filters", "*.py"),
    ("fpcc/verifier", "*.py"),
    ("fpcc/reports", "*.py"),
    ("fpcc/benchmark", "*.py"),
    ("fpcc/graphs", "*.py"),
    ("fpcc/control", "*.py"),
    ("runtime/include/fastpaas", "*"),
    ("runtime/module", "*.c"),
    ("runtime/host", "*.[chS]"),
    ("examples/nfs", "*.[ch]"),
)
_C_COMMENT = re.compile(r"\A/\*(.*?)\*/", re.DOTALL)
_SENTENCE = re.compile(r"(.*?\.)(?:\s|$)", re.DOTALL)


def list_files() -> str:
    """The Markdown list."""
    lines: list[str] = []
    for directory, pattern in PARTS:
        lines += ["", f"**{directory}/**", ""]
        lines += [f"* `{name}`: {text}" for name, text in _describe(REPO / directory, pattern)]
    return "\n".join([*lines, ""])


def _describe(directory: Path, pattern: str) -> list[tuple[str, str]]:
    """(name, sentence) of each file; a header and the C file beside it are one entry, told by the header."""
    found: dict[str, list[Path]] = {}
    for path in sorted(directory.glob(pattern)):
        if path.is_file() and path.name != "__init__.py":
            found.setdefault(path.stem if path.suffix in (".c", ".h") else path.name, []).append(path)
    entries = []
    for paths in found.values():
        told = next((t for p in reversed(paths) if (t := _first_sentence(p))), "")
        suffixes = ",".join(p.suffix[1:] for p in paths)
        name = paths[0].name if len(paths) == 1 else f"{paths[0].stem}.{{{suffixes}}}"
        entries.append((name, told))
    return entries


def _first_sentence(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        told = ast.get_docstring(ast.parse(text)) or ""
    else:
        comment = _C_COMMENT.match(text)
        lines = comment[1].split("\n") if comment else []
        kept = [line.strip().lstrip("*").strip() for line in lines if "SPDX-License" not in line]
        told = "\n".join(kept).strip().partition("\n\n")[0]
    match = _SENTENCE.match(told)
    return " ".join((match[1] if match else told).split()).rstrip(".:")


if __name__ == "__main__":
    sys.exit(fill_part(DOCUMENT, "files", f"{list_files()}\n", check="--check" in sys.argv[1:]))
