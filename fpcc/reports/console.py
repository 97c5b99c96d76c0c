"""The console reports are printed on: plain when it is no terminal, and no guessing what to colour."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console


class ReportConsole(Console):
    """Leaves a reader that went away to whoever opened the stream (fpcc/standard_output.py)."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(file=out, highlight=False)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError
