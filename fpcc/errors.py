"""Every error fpcc raises on purpose.

FpccError                      shown as its message, exit status 1; never a traceback
├── SourceError                the NF's source: `file:line:col: reason`, the line, a caret, what to do
├── SourceErrors               several of them, shown together
├── CompileError               clang found errors in the NF's source: clang's own words, nothing else
├── InputError                 a file or option the user gave: which one, what is wrong, what to do
│   └── FilterError            a filter of a graph's edge: which node's, the how manieth, what is wrong
├── ToolError                  clang, lld or fphost failed: the command and its own words
└── InternalError              our fault: `internal error in STAGE, please report`
"""

from __future__ import annotations

from dataclasses import dataclass


class FpccError(Exception):
    """Base of all errors that are shown to the user as their message."""


@dataclass(frozen=True)
class Position:
    """A place in a source file; line and column (in bytes) count from 1, column 0 means the whole line."""

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
                before = source_line.encode()[: position.column - 1].decode(errors="ignore")
                indent = "".join(c if c == "\t" else " " for c in before)
                parts.append(f"    {indent}^")
        if hint:
            parts.append(f"    {hint}")
        super().__init__("\n".join(parts))


class SourceErrors(FpccError):
    """Everything that is wrong with the NF's sources, at once."""

    def __init__(self, errors: tuple[SourceError, ...]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


class CompileError(FpccError):
    """Clang refused the NF's source; shows what clang said, verbatim."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(said.rstrip())


class InputError(FpccError):
    """A file, option or configuration value the user gave cannot be used."""


class FilterError(InputError):
    """A filter cannot be used; `place` names the node and the filter, "fw: filter 2 (tcp dst prt 80)"."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(f"{place}: {reason}")


class ToolError(FpccError):
    """A tool failed; shows the command and what the tool said."""

    def __init__(self, command: list[str], said: str, status: int = -1) -> None:
        self.command = command
        self.said = said
        self.status = status  # exit status, -1 if the tool never ran
        super().__init__(f"{' '.join(command)}\n{said.rstrip()}")


class InternalError(FpccError):
    """A defect of ours, named by the stage it shows in."""

    def __init__(self, stage: str, detail: str) -> None:
        self.stage = stage
        super().__init__(f"internal error in {stage}, please report: {detail}")
