"""The table in docs/security.md of what protection rests on, with its size in lines.

`python -m scripts.trusted_base` writes it between the two markers; `--check` only says whether it is up to
date. Counted are lines that are neither empty nor only comment.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scripts.generated_part import fill_part

REPO = Path(__file__).resolve().parent.parent
DOCUMENT = REPO / "docs/security.md"
# What it is, the patterns of its files.
PARTS = (
    (
        "the verifier: file, decoder and allow-list, rules of control and native stack",
        ("fpcc/verifier/[!g]*.py",),
    ),
    ("the verifier: proof of guards (for `compare` and `mpx` only)", ("fpcc/verifier/guard*.py",)),
    (
        "the host: loader",
        ("runtime/host/elf_*.[ch]", "runtime/host/module*.[ch]", "runtime/host/manifest.[ch]"),
    ),
    (
        "the host: arena, entering and leaving modules, containment",
        tuple(
            f"runtime/host/{name}.[chS]"
            for name in (
                "arena enter call context contain diagnose trap watchdog".split()
                + "segment mpx mpx_tables mpx_try mpx_try_tables tls instance".split()
            )
        ),
    ),
    ("the host: functions that modules call", ("runtime/host/api*.[ch]", "runtime/host/counters.[ch]")),
    (
        "the host: packets in and out of a module",
        tuple(f"runtime/host/{name}.[ch]" for name in "burst pool node node_settle node_restart".split()),
    ),
    ("handing over verified modules", ("fpcc/verified_modules.py", "runtime/host/control.[ch]")),
)


def describe_base() -> str:
    """The Markdown table."""
    rows = [(what, sum(count_lines(path) for path in _files(patterns))) for what, patterns in PARTS]
    lines = [f"| {what} | {lines:,} |" for what, lines in rows]
    total = f"| *together* | *{sum(lines for _, lines in rows):,}* |"
    return "\n".join(["| what | lines |", "|---|---:|", *lines, total, ""])


def _files(patterns: tuple[str, ...]) -> list[Path]:
    found = [path for pattern in patterns for path in sorted(REPO.glob(pattern))]
    assert found, patterns
    return found


def count_lines(path: Path) -> int:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return sum(bool(line) and not line.startswith(("#!", "# ", "/*", "*", "//")) for line in lines)


if __name__ == "__main__":
    sys.exit(fill_part(DOCUMENT, "base", describe_base(), check="--check" in sys.argv[1:]))
