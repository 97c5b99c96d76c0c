"""The JSON schema in docs/reports.md is that of the dataclasses."""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest

from fpcc.decisions_file import DECISIONS, KINDS
from passes.model import SCHEMA, Access, Decisions, Guard, Location, Region, Source

DOCUMENTED = {
    "decisions": Decisions,
    "access": Access,
    "guard": Guard,
    "location": Location,
    "source": Source,
}


@pytest.fixture(scope="module")
def definitions(repo: Path) -> dict[str, Any]:
    (block,) = re.findall(r"```json\n(.*?)```", (repo / "docs/reports.md").read_text(), re.DOTALL)
    found: dict[str, Any] = json.loads(block)["$defs"]
    return found


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_field_is_documented(name: str, definitions: dict[str, Any]) -> None:
    kind: Any = DOCUMENTED[name]
    assert list(definitions[name]["properties"]) == [field.name for field in fields(kind)]
    required = [field.name for field in fields(kind) if field.default is MISSING]
    assert definitions[name].get("required", []) == required


def test_the_documented_words_are_those_accepted(definitions: dict[str, Any]) -> None:
    assert tuple(definitions["kind"]["enum"]) == KINDS
    assert tuple(definitions["access"]["properties"]["decision"]["enum"]) == DECISIONS
    assert definitions["access"]["properties"]["region"]["enum"] == list(Region)
    assert definitions["decisions"]["properties"]["schema"]["const"] == SCHEMA
