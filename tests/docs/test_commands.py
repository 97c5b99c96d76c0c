"""Every command the documents show is run, in order, in the checkout.

A block ```sh is run and must succeed; a block ```console, or any other, is only shown. `<!-- not run: WHY -->`
on the line before a block excuses it, and the reason must be there.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import REPO

BLOCK = re.compile(r"^(?P<indent> *)```sh\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
EXCUSE = re.compile(r"<!-- not run: \S.* -->\n\Z")


@dataclass(frozen=True)
class Block:
    """Commands a document shows to be typed."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def find_blocks(file: str, document: str) -> list[Block]:
    """The blocks of a document that are to be run."""
    return [
        Block(file, document.count("\n", 0, match.start()) + 1, match["text"])
        for match in BLOCK.finditer(document)
        if not EXCUSE.search(document[: match.start()])
    ]


def find_documents() -> list[Path]:
    return sorted([*REPO.glob("*.md"), *REPO.glob("docs/**/*.md")])


def collect_blocks() -> list[Block]:
    documents = find_documents()
    return [b for path in documents for b in find_blocks(str(path.relative_to(REPO)), path.read_text())]


def commands_of(block: Block) -> str:
    """The block as a script. The set-up of these very tests is what `make test` has just done: only parsed."""
    lines = [
        re.sub(r"^\s*make (test|check)\b", r"make --dry-run \1", line) for line in block.text.splitlines()
    ]
    return "\n".join(["set -euo pipefail", *lines])


@pytest.mark.xdist_group("documents")
@pytest.mark.parametrize("block", collect_blocks(), ids=str)
def test_the_commands_of_a_block_succeed(block: Block) -> None:
    done = subprocess.run(
        ["bash", "-c", commands_of(block)],
        cwd=REPO,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{block}\n{block.text}\n{done.stdout}{done.stderr}"


def test_the_readme_shows_commands() -> None:
    readme = REPO / "README.md"
    if not readme.exists():
        pytest.skip("README.md is not written yet")
    blocks = find_blocks("README.md", readme.read_text())
    shown = "\n".join(block.text for block in blocks)
    assert "make demo" in shown
    assert "make test" in shown


SAMPLE = """\
```sh
true
```
```console
$ false
```
<!-- not run: needs a second machine -->
```sh
false
```
1. step
   ```sh
   true
   ```
"""


def test_blocks_are_found_where_they_stand() -> None:
    assert [str(block) for block in find_blocks("x.md", SAMPLE)] == ["x.md:1", "x.md:11"]


def test_an_excuse_needs_a_reason() -> None:
    assert len(find_blocks("x.md", "<!-- not run: -->\n```sh\nfalse\n```\n")) == 1


def test_a_failing_command_anywhere_in_a_block_is_noticed() -> None:
    with pytest.raises(AssertionError, match=r"x\.md:1"):
        test_the_commands_of_a_block_succeed(Block("x.md", 1, "false\ntrue\n"))
