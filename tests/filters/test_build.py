"""A branching point as a module: verified, cached, refused with words that name the filter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fpcc.errors import FilterError, InputError
from fpcc.filters.build import build_branch
from fpcc.filters.compile import Branch, compile_branch
from fpcc.lowering_choice import runnable_lowerings
from fpcc.module_file import parse_module
from fpcc.verifier.verify import verify_module

BRANCH = Branch("fw", ("tcp dst port 80", "udp"))

BAD = {
    ("udp", "tcp dst port"): "fw: filter 1 (tcp dst port): syntax error",
    ("tcp and and udp",): "fw: filter 0 (tcp and and udp): syntax error",
    ("",): "fw: filter 0 (): empty; what is left goes by the last gate, without a filter",
    ("ip and arp",): "fw: filter 0 (ip and arp): expression rejects all packets",
    ("port 70000",): "fw: filter 0 (port 70000): illegal port number 70000 > 65535",
    ("udp\0tcp",): "fw: filter 0 (udp?tcp): has characters that are not printable ASCII",
    ("tcp\x1b[2J",): "fw: filter 0 (tcp?[2J): has characters that are not printable ASCII",
    ("ip broadcast",): "fw: filter 0 (ip broadcast): netmask not known, so 'ip broadcast' not supported",
    (): "fw: 0 filters; allowed are 1 to 63",
    ("udp",) * 64: "fw: 64 filters; allowed are 1 to 63",
    ("udp or " * 4000 + "tcp",): "28,003 characters long; allowed are 16,384",
    (" or ".join(f"(host 10.0.0.{n} and port {n})" for n in range(255)),): "allowed are 1 to 4,096",
    ("(" * 16000,): "memory exhausted",
    ("inbound",): "fw: filter 0 (inbound): instruction 0: loads from 0xfffff004: not the frame",
    ("ifindex 3",): "loads from 0xfffff008: not the frame",
    ("ip6 protochain 6",): "jumps backward: a filter must not loop (protochain does, for one)",
}


@pytest.mark.parametrize("expressions", BAD, ids=lambda words: words[0][:20] if words else "none")
def test_a_bad_filter_is_named(expressions: tuple[str, ...]) -> None:
    with pytest.raises(FilterError) as refused:
        compile_branch(Branch("fw", expressions))
    assert BAD[expressions] in str(refused.value)
    assert str(refused.value).startswith("fw: ")
    assert isinstance(refused.value, InputError)


def test_all_filters_of_a_node_together_are_limited() -> None:
    expression = " or ".join(f"(host 10.0.0.{n} and port {n})" for n in range(200))
    with pytest.raises(FilterError, match="its filters are .* instructions; allowed are 32,768"):
        compile_branch(Branch("fw", (expression,) * 20))


@pytest.mark.parametrize("lowering", runnable_lowerings())
def test_the_module_is_one_that_may_run(lowering: str) -> None:
    module = build_branch(BRANCH, lowering)
    assert verify_module(module).violations == ()
    manifest = parse_module(module, "fw").manifest
    assert (manifest.name, manifest.mode, manifest.lowering) == ("fw", "rw", lowering)


@pytest.mark.parametrize(("node", "name"), [("a b/../c.d", "a_b____c_d"), ("", "_"), ("n" * 90, "n" * 63)])
def test_any_node_can_have_filters(node: str, name: str) -> None:
    module = build_branch(Branch(node, ("udp",)))
    assert parse_module(module, "test").manifest.name == name


def test_the_module_does_not_say_where_it_was_built(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two builds, in two directories, give the same bytes."""
    first = build_branch(BRANCH)
    _forget(own_cache)
    monkeypatch.chdir(tmp_path)
    assert build_branch(BRANCH) == first


def test_a_module_comes_from_the_cache(own_cache: Path) -> None:
    module = build_branch(BRANCH)
    (file,) = _find(own_cache, module)
    before = file.stat().st_mtime_ns
    assert build_branch(BRANCH) == module
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", [b"", b"\x7fELF", b"x" * 5000])
def test_a_damaged_cache_is_made_anew(damage: bytes, own_cache: Path) -> None:
    module = build_branch(BRANCH)
    (file,) = _find(own_cache, module)
    file.write_bytes(damage)
    assert build_branch(BRANCH) == module
    assert file.read_bytes().endswith(module)


def test_a_cache_that_others_may_write_is_not_believed(own_cache: Path) -> None:
    module = build_branch(BRANCH)
    other = build_branch(Branch("fw", ("icmp",)))
    (file,), (planted,) = _find(own_cache, module), _find(own_cache, other)
    file.write_bytes(planted.read_bytes())
    own_cache.chmod(0o777)
    try:
        assert build_branch(BRANCH) == module
        assert file.read_bytes() == planted.read_bytes()
    finally:
        own_cache.chmod(0o700)
        os.unlink(file)


def test_names_in_different_order_are_different_modules() -> None:
    assert build_branch(BRANCH) != build_branch(Branch("fw", BRANCH.expressions[::-1]))


def _find(cache: Path, module: bytes) -> list[Path]:
    return [file for file in cache.glob("filters-*") if file.read_bytes().endswith(module)]


def _forget(cache: Path) -> None:
    for file in cache.glob("filters-*"):
        file.unlink()
