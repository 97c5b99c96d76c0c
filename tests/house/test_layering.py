"""Who may use what: the passes are pure, and each gate to the outside has one place."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from fnmatch import fnmatch

import pytest

from tests.house.files import our_files, read

# All a pass may import beside passes.*: values in, values out.
PURE = frozenset(
    """
    __future__ abc bisect collections collections.abc contextlib copy dataclasses enum functools graphlib
    hashlib heapq itertools json math operator re string struct textwrap types typing
    """.split()
)
# Built-in functions that reach outside, or run text as code.
IMPURE_CALLS = frozenset("__import__ breakpoint compile eval exec input open print".split())


@dataclass(frozen=True)
class Import:
    module: str
    line: int


def find_imports(source: str) -> list[Import]:
    """Every import of `source`, wherever it stands; relative ones begin with a dot."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(Import("." * node.level + (node.module or ""), node.lineno))
    return found


def find_impurities(path: str, source: str) -> list[str]:
    """What in a file of passes/ could touch the outside world."""
    found = [
        f"{path}:{used.line}: imports {used.module}"
        for used in find_imports(source)
        if used.module not in PURE and used.module.split(".")[0] != "passes"
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in IMPURE_CALLS:
            found.append(f"{path}:{node.lineno}: uses {node.id}")
    return found


FRONT_END = tuple(
    f"fpcc/{name}.py"
    for name in "doctor_toolchain entry_points expressions frontend function_uses libclang refusals "
    "refused_types syntax_tree".split()
)

# What only these files of fpcc/ may import.
GATES = {
    "click": ("fpcc/cli.py", "fpcc/compiler_command.py", "fpcc/commands/*.py"),
    "clang": FRONT_END,
    "llvmlite": ("fpcc/optimizer.py", "fpcc/doctor_toolchain.py"),
    "jinja2": ("fpcc/reports/*.py",),
    "prometheus_client": ("fpcc/control/prometheus.py",),
}


def find_strays(path: str, source: str) -> list[str]:
    """Imports of `path` that belong behind another file's door."""
    return [
        f"{path}:{used.line}: imports {used.module}; only {', '.join(GATES[top])} may"
        for used in find_imports(source)
        if (top := used.module.split(".")[0]) in GATES and not any(fnmatch(path, p) for p in GATES[top])
    ]


def test_passes_touch_nothing_outside() -> None:
    paths = our_files("passes/*.py")
    found = [impurity for path in paths for impurity in find_impurities(str(path), read(path))]
    assert not found, "\n".join(found)


def test_each_library_is_used_behind_its_door() -> None:
    paths = our_files("fpcc/*.py")
    found = [stray for path in paths for stray in find_strays(str(path), read(path))]
    assert not found, "\n".join(found)


def test_commands_are_reached_only_through_the_table() -> None:
    found = [
        f"{path}:{used.line}: imports {used.module}"
        for path in our_files("fpcc/*.py")
        for used in find_imports(read(path))
        if used.module.startswith(("fpcc.commands", "fpcc.cli"))
    ]
    assert not found, "\n".join(found)


IMPURE_SAMPLES = (
    "import os",
    "import os.path",
    "from pathlib import Path",
    "import subprocess",
    "from click import echo",
    "import clang.cindex",
    "from fpcc.errors import InputError",
    "from ..fpcc import errors",
    "def f():\n    import socket",
    "text = open('x').read()",
    "run = exec",
    "__import__('os')",
)


@pytest.mark.parametrize("sample", IMPURE_SAMPLES)
def test_an_impure_sample_is_found(sample: str) -> None:
    assert find_impurities("sample.py", sample)


def test_a_pure_sample_passes() -> None:
    pure = "import re\nfrom passes.model import Access\nprinted = re.compile('open')\n"
    assert find_impurities("sample.py", pure) == []


def test_a_stray_import_is_found() -> None:
    assert find_strays("fpcc/pipeline.py", "import click")
    assert not find_strays("fpcc/commands/build.py", "import click")
