"""Every error fpcc raises on purpose.

FpccError                      shown as its message, exit status 1; never a traceback
├── SourceError                the NF's source: `file:line:col: reason`, the line, a caret, what to do
├── InputError                 a file or option the user gave: which one, what is wrong, what to do
├── ToolError                  clang, lld or fphost failed: the command and its own words
└── InternalError              our fault: `internal error in STAGE, please report`
"""

from __future__ import annotations

from dataclasses import dataclass


class FpccError(Exception):
    """Base of all errors that are shown to the user as their message."""


@dataclass(frozen=True)
class Position:
    """A place in a source file; line and column count from 1, column 0 means the whole line."""

    file: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


class SourceError(FpccError):
    """The NF's source is refused: where, why, the line itself with a caret, and what to do instead."""

    def __init__(self, position: Position, reason: str, hint: str = "", source_line: str = "") -> None:
        self.position = position
        self.reason = reason
        self.hint = hint
        parts = [f"{position}: error: {reason}"]
        if source_line:
            parts.append(f"    {source_line}")
            if position.column:
                indent = "".join(c if c == "\t" else " " for c in source_line[: position.column - 1])
                parts.append(f"    {indent}^")
        if hint:
            parts.append(f"    {hint}")
        super().__init__("\n".join(parts))


class InputError(FpccError):
    """A file, option or configuration value the user gave cannot be used."""


class ToolError(FpccError):
    """A tool failed; shows the command and what the tool said."""

    def __init__(self, command: list[str], said: str) -> None:
        self.command = command
        self.said = said
        super().__init__(f"{' '.join(command)}\n{said.rstrip()}")


class InternalError(FpccError):
    """A defect of ours, named by the stage it shows in."""

    def __init__(self, stage: str, detail: str) -> None:
        self.stage = stage
        super().__init__(f"internal error in {stage}, please report: {detail}")
