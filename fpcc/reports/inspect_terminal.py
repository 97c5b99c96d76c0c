"""A module's inspection on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from fpcc.manifest import Manifest
from fpcc.module_file import ModuleFile
from fpcc.module_layout import Layout
from fpcc.reports.console import ReportConsole
from fpcc.reports.legend import LEGEND
from fpcc.reports.visible import make_visible

TITLE_WIDTH = 14


def write_inspection(module: ModuleFile, disagreements: tuple[str, ...], out: TextIO) -> None:
    console = ReportConsole(out)
    for part in _parts(module, disagreements):
        console.print(part, soft_wrap=isinstance(part, Text))


def _parts(module: ModuleFile, disagreements: tuple[str, ...]) -> Iterator[Text | Table]:
    yield Text().append(make_visible(module.manifest.name), "bold").append(f"   {make_visible(module.path)}")
    yield from _manifest(module.manifest)
    yield _line("file", f"{module.size:,} bytes, SHA-256 {module.sha256}")
    yield _line("decisions", "embedded" if module.packed_decisions is not None else "not embedded")
    yield from _layout(module.layout)
    for disagreement in disagreements:
        yield Text().append("disagreement  ", "bold red").append(make_visible(disagreement))


def _manifest(manifest: Manifest) -> Iterator[Text]:
    guards = manifest.guards
    yield _line("mode", manifest.mode)
    yield _line("lowering", manifest.lowering)
    yield _line("ABI version", str(manifest.abi))
    tools = (f"{field.name} {getattr(manifest.tools, field.name)}" for field in fields(manifest.tools))
    yield _line("built by", ", ".join(tools))
    yield _line("entry points", ", ".join(manifest.entry_points))
    counts = (f"{name} {getattr(guards, name):,}" for name in LEGEND)
    yield _line("accesses", f"{guards.accesses:,}: {', '.join(counts)}")
    yield _line("checks", f"{guards.checks:,}")
    for source in manifest.sources:
        yield _line("source", f"{source.path}  SHA-256 {source.sha256}")


def _layout(layout: Layout) -> Iterator[Text | Table]:
    yield _line("imports", ", ".join(layout.imports))
    yield _line("exports", ", ".join(layout.exports))
    sizes = (("text", layout.text_size), ("constants", layout.constant_size), ("data", layout.data_size))
    yield _line("sizes", ", ".join(f"{name} {size:,} bytes" for name, size in sizes))
    yield _line("relocations", ", ".join(f"{r.kind} ×{r.count:,}" for r in layout.relocations))
    yield _segments(layout)


def _segments(layout: Layout) -> Table:
    rows = (
        (
            s.type,
            s.permissions,
            f"{s.address:#x}",
            f"{s.file_offset:#x}",
            f"{s.file_size:,}",
            f"{s.memory_size:,}",
        )
        for s in layout.segments
    )
    return _table(("segment", "perm", "address", "offset", "in file", "in memory"), rows)


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, title in enumerate(titles):
        table.add_column(title, justify="left" if index < 2 else "right")
    for row in rows:
        table.add_row(*(Text(make_visible(cell)) for cell in row))
    return table


def _line(title: str, value: str) -> Text:
    return Text().append(f"{title:<{TITLE_WIDTH}}", "bright_black").append(make_visible(value) or "none")
