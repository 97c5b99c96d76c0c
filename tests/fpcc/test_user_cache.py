"""The user's cache: what is stored is read back, and nobody else could have changed it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from fpcc.user_cache import read_cached, store_cached


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "fastpaas"


def test_what_is_stored_is_read_back_until_it_is_damaged(cache: Path) -> None:
    assert read_cached("name") is None
    store_cached("name", b"contents")
    assert read_cached("name") == b"contents"
    (cache / "name").write_bytes((cache / "name").read_bytes()[:-1] + b"x")
    assert read_cached("name") is None


def test_others_can_write_no_file_of_it_whatever_the_umask(cache: Path) -> None:
    before = os.umask(0)
    try:
        store_cached("name", b"contents")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (cache, cache / "name")] == [0o700, 0o600]


def test_a_directory_that_others_may_write_is_not_used(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    store_cached("name", b"contents")
    assert list(cache.iterdir()) == []
