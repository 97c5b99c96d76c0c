"""The verifier shares no code with what it judges: a mistake of the compiler's must not be its own."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.conftest import REPO

MAY_USE = ("fpcc.verifier", "fpcc.abi", "fpcc.errors")


def find_shared(source: str) -> list[str]:
    """Modules that a file of the verifier imports and should not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level + (node.module or ""))
    return [name for name in found if not _is_allowed(name)]


def _is_allowed(name: str) -> bool:
    is_own = any(name == prefix or name.startswith(f"{prefix}.") for prefix in MAY_USE)
    return is_own or name.partition(".")[0] in sys.stdlib_module_names - {"ctypes", "subprocess", "pickle"}


def test_the_verifier_shares_no_code() -> None:
    paths = sorted((REPO / "fpcc/verifier").glob("*.py"))
    assert paths
    shared = {path.name: found for path in paths if (found := find_shared(path.read_text(encoding="utf-8")))}
    assert not shared


@pytest.mark.parametrize(
    "line",
    ["import passes.model", "from fpcc.manifest import Manifest", "import capstone", "from . import x"],
)
def test_sharing_is_found(line: str) -> None:
    assert find_shared(line)
