"""The numbers of fastpaas/abi.h are written there and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from fpcc.abi import abi
from tests.house.files import our_files, read

NUMBER = re.compile(r"(?<![\w.])(0[xX][0-9a-fA-F]+|\d+)[uUlL]*\b(?!\.)")
C_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def is_telling(number: int) -> bool:
    """Whether a number can be known by its value: small ones and the smaller powers of two are common."""
    is_power = number & (number - 1) == 0
    return number >= 1 << (28 if is_power else 16)


def abi_numbers() -> dict[int, str]:
    """The numbers that give themselves away, and one macro each."""
    return {value: name for name, value in abi().numbers.items() if is_telling(value)}


def find_in_python(source: str) -> Iterator[tuple[int, int]]:
    """(line, value) of every number in `source`: literals, and words of strings that are no docstrings."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield from ((node.lineno, value) for value in _numbers_of(node.value))


def find_in_c(source: str) -> Iterator[tuple[int, int]]:
    """(line, value) of every number in `source`, comments left out."""
    code = C_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    for number, line in enumerate(code.splitlines(), 1):
        yield from ((number, value) for value in _numbers_of(line))


def _numbers_of(value: object) -> list[int]:
    if isinstance(value, str):
        return [int(word, 16 if word[:2] in ("0x", "0X") else 10) for word in NUMBER.findall(value)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def find_copies(path: str, source: str) -> list[str]:
    """The places of `source` that repeat a number of the ABI."""
    find = find_in_python if path.endswith(".py") else find_in_c
    known = abi_numbers()
    return [
        f"{path}:{line}: {value:#x} is {known[value]}: take it from the header"
        for line, value in find(source)
        if value in known
    ]


def test_no_number_of_the_abi_is_written_twice() -> None:
    paths = our_files(
        "fpcc/*.py", "passes/*.py", "runtime/host/*.c", "runtime/host/*.h", "runtime/module/*.c"
    )
    found = [copy for path in paths for copy in find_copies(str(path), read(path))]
    assert not found, "\n".join(found)


SAMPLES = (
    ("sample.py", f"LIMIT = {abi().number('FP_ARENA_REACH')}\n"),
    ("sample.py", f"GUARD = 'icmp ugt i64 %offset, {abi().number('FP_ARENA_REACH')}'\n"),
    ("sample.py", f"HEAP = {abi().number('FP_HEAP_OFFSET'):#x}\n"),
    ("sample.c", f"static size_t heap = {abi().number('FP_HEAP_OFFSET'):#x}ul;\n"),
)


@pytest.mark.parametrize(("path", "sample"), SAMPLES)
def test_a_copied_number_is_found(path: str, sample: str) -> None:
    assert find_copies(path, sample)


def test_comments_and_docstrings_may_explain_a_number() -> None:
    reach = f"{abi().number('FP_ARENA_REACH'):#x}"
    assert find_copies("sample.c", f"/* up to {reach} */ // {reach}\n") == []
    assert find_copies("sample.py", f'"""Up to {reach}."""\n') == []
