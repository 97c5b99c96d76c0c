"""Every command the documents show is run, in the checkout, with the environment's programs on the path."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.conftest import REPO
from tests.docs.blocks import Block, find_blocks

DOCUMENTS = sorted([*REPO.glob("*.md"), *REPO.glob("docs/**/*.md")])


def collect_blocks() -> list[Block]:
    return [b for path in DOCUMENTS for b in find_blocks(str(path.relative_to(REPO)), path.read_text())]


def check_block(block: Block) -> None:
    if block.needs and not shutil.which(block.needs):
        pytest.skip(f"{block}: there is no {block.needs}")
    programs = Path(sys.executable).parent
    with TemporaryFile("w+") as said:
        shell = subprocess.Popen(
            ["bash", "-c", block.script],
            cwd=REPO,
            env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        status = shell.wait()
        with suppress(ProcessLookupError):  # what it has left running in the background
            os.killpg(shell.pid, signal.SIGKILL)
        said.seek(0)
        assert (status != 0) == block.fails, f"{block}\n{block.script}\n{said.read()}"


@pytest.mark.parametrize("block", collect_blocks(), ids=str)
def test_the_commands_of_a_block_do_what_is_said(block: Block) -> None:
    check_block(block)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_command_hides_in_another_kind_of_block(path: Path) -> None:
    assert not re.findall(r"^ *```(?:bash|shell|shell-session|zsh)$", path.read_text(), re.MULTILINE)


def test_the_readme_shows_how_to_start() -> None:
    readme = REPO / "README.md"
    if not readme.exists():
        pytest.skip("README.md is not written yet")
    shown = [command for block in find_blocks("README.md", readme.read_text()) for command in block.commands]
    assert {"make demo", "make test"} <= {command.split("#")[0].strip() for command in shown}


SAMPLE = """\
```sh
true
```
```console
$ false
no output
```
<!-- not run: needs a second machine -->
```sh
false
```
1. step
   ```sh
   true
   ```
<!-- fails: there is no such file -->
```sh
cat no-such-file
```
"""


def test_blocks_are_found_where_they_stand() -> None:
    found = [(block.line, block.commands, block.fails) for block in find_blocks("x.md", SAMPLE)]
    assert found == [
        (1, ("true",), False),
        (4, ("false",), False),
        (13, ("true",), False),
        (17, ("cat no-such-file",), True),
    ]


def test_a_block_may_need_a_program() -> None:
    (block,) = find_blocks("x.md", "<!-- needs no-such-program: says why -->\n```sh\nfalse\n```\n")
    assert block.needs == "no-such-program" and not block.fails
    with pytest.raises(pytest.skip.Exception, match=r"x\.md:2: there is no no-such-program"):
        check_block(block)


def test_a_block_may_continue_another() -> None:
    text = "```sh\nx=1\n```\nprose\n\n<!-- continues -->\n```console\n$ test $x = 1\nsaid\n```\n"
    (block,) = find_blocks("x.md", text)
    assert (block.line, block.commands) == (1, ("x=1", "test $x = 1"))


def test_an_excuse_needs_a_reason() -> None:
    assert len(find_blocks("x.md", "<!-- not run: -->\n```sh\nfalse\n```\n")) == 1


@pytest.mark.parametrize(
    "block", [Block("x.md", 1, ("false", "true")), Block("x.md", 1, ("true",), fails=True)]
)
def test_a_block_that_does_otherwise_is_noticed(block: Block) -> None:
    with pytest.raises(AssertionError, match=r"x\.md:1"):
        check_block(block)
