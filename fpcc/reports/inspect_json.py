"""A module's inspection as JSON (docs/reports.md)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from fpcc.module_file import ModuleFile


def write_inspection_json(module: ModuleFile, disagreements: tuple[str, ...], out: TextIO) -> None:
    layout = module.layout
    report: dict[str, Any] = {
        "path": module.path,
        "size": module.size,
        "sha256": module.sha256,
        "manifest": asdict(module.manifest),
        "text_size": layout.text_size,
        "constant_size": layout.constant_size,
        "data_size": layout.data_size,
        "segments": [asdict(segment) for segment in layout.segments],
        "relocations": {relocation.kind: relocation.count for relocation in layout.relocations},
        "imports": layout.imports,
        "exports": layout.exports,
        "decisions": module.packed_decisions is not None,
        "disagreements": disagreements,
    }
    json.dump(report, out, indent=2)
    out.write("\n")
