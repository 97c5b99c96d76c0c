"""The console reports are printed on: plain when it is no terminal, and no guessing what to colour."""

from __future__ import annotations

import os
from typing import TextIO

from rich.console import Console

FILE_WIDTH = 120  # columns of tables when no terminal says how wide it is


class ReportConsole(Console):
    """Leaves a reader that went away to whoever opened the stream (fpcc/standard_output.py)."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(file=out, highlight=False)
        if not self.is_terminal and "COLUMNS" not in os.environ:
            self.width = FILE_WIDTH

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError
