"""What `make figure` found out, as values; saved as JSON field by field, and read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from bench.figure.instructions import Count
from bench.peers.figures import Figures, Row, Skipped
from bench.wire.figures import WireFigures, WireRow
from fpcc.errors import InputError

SCHEMA = 2
# The paper's NFs, in its order; then the others.
PAPERS_NFS = ("policer", "macswap", "lpm")

Value = TypeVar("Value", Row, Count, WireRow)


@dataclass(frozen=True)
class Results:
    """Throughput of our builds and peers, instructions of our builds, and these with traffic from a separate
    host, by NF."""

    throughput: Figures
    instructions: tuple[Count | Skipped, ...]
    wire: WireFigures = WireFigures()
    schema: int = SCHEMA

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @property
    def nfs(self) -> tuple[str, ...]:
        """In the order they were measured."""
        return tuple(dict.fromkeys(row.nf for row in self.throughput.rows))

    @property
    def ratios(self) -> dict[tuple[str, str], Row]:
        """By NF and peer; what was skipped is not in it."""
        return {(row.nf, row.peer): row for row in self.throughput.rows if isinstance(row, Row)}

    @property
    def counts(self) -> dict[tuple[str, str], Count]:
        return {(row.nf, row.peer): row for row in self.instructions if isinstance(row, Count)}

    @property
    def wire_rows(self) -> dict[tuple[str, str], WireRow]:
        return {(row.nf, row.peer): row for row in self.wire.rows if isinstance(row, WireRow)}

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        rows = (*self.throughput.rows, *self.instructions, *self.wire.rows)
        return tuple(row for row in rows if isinstance(row, Skipped))


def load_results(path: Path) -> Results:
    """Raises InputError if there are none, or of another schema."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        if saved["schema"] != SCHEMA:
            raise InputError(f"{path}: schema {saved['schema']} instead of {SCHEMA}: measure again")
        return _read(saved)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: no results of `make figure`: {error!r}; measure first") from error


def _read(saved: Mapping[str, Any]) -> Results:
    throughput = dict(saved["throughput"])
    rows = tuple(_row(row, Row) for row in throughput.pop("rows"))
    figures = Figures(rows=rows, **throughput)
    wire = dict(saved["wire"])
    wire_rows = tuple(_row(row, WireRow) for row in wire.pop("rows"))
    counts = tuple(_row(row, Count) for row in saved["instructions"])
    return Results(figures, counts, WireFigures(rows=wire_rows, **wire))


def _row(saved: Mapping[str, Any], kind: type[Value]) -> Value | Skipped:
    if "skipped" in saved:
        return Skipped(**saved)
    row = kind(**saved)
    if any(not isinstance(getattr(row, field.name), (str, int, float)) for field in fields(row)):
        raise TypeError(f"row {dict(saved)}")
    return row
