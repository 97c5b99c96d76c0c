"""Every malformed module is refused with the reason, under sanitizers, and leaves nothing in the arena."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.host.loader.conftest import Load
from tests.host.loader.elf_edit import ElfEdit
from tests.host.loader.malformed_headers import HEADERS, SEGMENTS, Case
from tests.host.loader.malformed_tables import DYNAMIC, RELOCATIONS, SYMBOLS

TABLES: dict[str, dict[str, Case]] = {
    "header": HEADERS,
    "segments": SEGMENTS,
    "dynamic": DYNAMIC,
    "symbols": SYMBOLS,
    "relocations": RELOCATIONS,
}


@pytest.mark.parametrize(("table", "name"), [(table, name) for table in TABLES for name in TABLES[table]])
def test_a_malformed_module_is_refused_with_its_reason(
    table: str, name: str, good_modules: dict[str, Path], load: Load, tmp_path: Path
) -> None:
    edit, reason = TABLES[table][name]
    module = ElfEdit(good_modules["rich"].read_bytes())
    edit(module)
    path = tmp_path / "bad.fpm"
    path.write_bytes(module.data)
    said = load(path)
    assert said.startswith("refused: ")
    assert reason in said
