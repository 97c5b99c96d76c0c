"""The commands of documents: fenced blocks `sh` (every line) and `console` (lines that begin with `$ `).

A comment on the line before a block excuses it: `<!-- not run: WHY -->`, `<!-- fails: WHY -->` if its last
command must fail, or `<!-- needs PROGRAM: WHY -->` if it is run only where that program is installed. After
`<!-- continues -->` its commands are run by the shell of the block before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

BLOCK = re.compile(r"^ *```(?P<kind>sh|console)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
DRY = re.compile(r"^make (setup|host|test|check|bench|figure)\b")
CONTINUES = "<!-- continues -->\n"
EXCUSE = re.compile(r"<!-- (?P<excuse>not run|fails|needs (?P<program>[\w-]+)): \S.* -->\n\Z")


@dataclass(frozen=True)
class Block:
    """Commands a document shows to be typed."""

    file: str
    line: int
    commands: tuple[str, ...]
    fails: bool = False
    needs: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def script(self) -> str:
        """The block for bash. What `make test` has just done or does, and long benches, are only parsed."""
        lines = [DRY.sub(r"make --dry-run \1", line) for line in self.commands]
        return "\n".join(["set -euo pipefail", *lines])


def find_blocks(file: str, document: str) -> list[Block]:
    """The blocks of a document that are to be run."""
    blocks = []
    for match in BLOCK.finditer(document):
        excused = EXCUSE.search(document[: match.start()])
        excuse = excused["excuse"] if excused else ""
        needs = excused["program"] or "" if excused else ""
        if document[: match.start()].endswith(CONTINUES):
            blocks.append(_continue(blocks.pop(), match))
        elif excuse != "not run":
            line = document.count("\n", 0, match.start()) + 1
            blocks.append(Block(file, line, _commands(match), excuse == "fails", needs))
    return blocks


def _continue(block: Block, match: re.Match[str]) -> Block:
    return replace(block, commands=block.commands + _commands(match))


def _commands(match: re.Match[str]) -> tuple[str, ...]:
    lines = [line.strip() for line in match["text"].splitlines()]
    if match["kind"] == "sh":
        return tuple(lines)
    return tuple(line[2:] for line in lines if line.startswith("$ "))
