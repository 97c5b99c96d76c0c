"""The NFs in Rust are safe Rust: what is unsafe is in the shim alone."""

from __future__ import annotations

import re

import pytest

from bench.examples import EXAMPLES, Example
from bench.peers.rust_peer import SOURCES

SHIM = "host.rs"
UNSAFE = re.compile(r"\bunsafe\b|allow\(unsafe_code\)(?!]\nmod host;)")


def test_only_the_shim_is_unsafe() -> None:
    found = [path.name for path in sorted(SOURCES.glob("*.rs")) if UNSAFE.search(path.read_text())]
    assert found == [SHIM]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_compiler_sees_to_it(example: Example) -> None:
    assert "\n#![deny(unsafe_code)]\n" in (SOURCES / f"{example.name}.rs").read_text()
