"""Files are named by the one idea they hold."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from tests.house.files import our_files

NOTHING_SAID = frozenset("util utils helper helpers common misc stuff tools lib base core shared".split())
SOURCES = ("*.py", "*.c", "*.h")


def is_named(path: PurePath) -> bool:
    """Whether neither the file nor a directory above it has a name that says nothing."""
    return not NOTHING_SAID.intersection(path.with_suffix("").parts)


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in our_files(*SOURCES) if not is_named(path)] == []


@pytest.mark.parametrize("name", ["fpcc/utils.py", "runtime/host/common.h", "passes/misc/fold.py"])
def test_a_sample_that_says_nothing_is_found(name: str) -> None:
    assert not is_named(Path(name))
