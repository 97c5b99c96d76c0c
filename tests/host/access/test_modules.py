"""Which modules tenants may run: the bytes the operator named, or what the host has had verified."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from tests.conftest import REPO, RunFpcc
from tests.host.access.users import (
    ANN,
    BOB,
    OWN_EDGES,
    OWN_NODES,
    ROOT,
    Json,
    ask_as,
    edge,
    realm,
    update,
)
from tests.host.engine.graphs import Running, node, running
from tests.host.run.conftest import MakeModule
from tests.host.run.sources import PASS, process

WILD = process("*(volatile char *)(size_t)batch->packet[0].timestamp = 1;")
FPCC_VERIFY = [str(Path(sys.executable).parent / "fpcc"), "verify"]


def with_module(**options: object) -> Json:
    nf = node("a.nf", "module", module="nf", heap_bytes=1 << 20, **{"sealed": 0, **options})
    edges = [*OWN_EDGES, edge("src-policy", "a.nf"), edge("a.nf", "out-y")]
    return update("a", [*OWN_NODES, nf], edges)


@pytest.fixture(scope="module")
def macswap(tmp_path_factory: pytest.TempPathFactory, run_fpcc: RunFpcc) -> bytes:
    """A module that fpcc has built, and whose name is macswap."""
    file = tmp_path_factory.mktemp("built") / "macswap.fpm"
    done = run_fpcc("build", REPO / "examples/nfs/macswap.c", "-o", file)
    assert done.returncode == 0, done.stderr
    return file.read_bytes()


def check(host: Running, reason: str, *modules: bytes, **options: object) -> None:
    """Refused, and what came is not kept: speaking of it by its digest afterwards is refused, too."""
    reply = ask_as(host, ANN, with_module(**options), *modules)
    assert reason in reply.get("error", "done")
    for data in modules:
        again = with_module(digest=hashlib.sha256(data).hexdigest())
        del again["nodes"][-1]["options"]["sealed"]
        assert "runs no module with digest" in ask_as(host, ANN, again).get("error", "done")


def test_a_name_is_worth_what_the_verifier_says(
    fphost: Path, make_module: MakeModule, macswap: bytes, open_directory: Path
) -> None:
    """Anybody can write `macswap` into a file; so names only count for what was verified."""
    lies = make_module(WILD).read_bytes().replace(b'"test"', b'"macs"')
    wanted = realm(open_directory, ["macs*"], verifier=FPCC_VERIFY)
    with running(fphost, wanted, open_directory) as host:
        check(host, "fpcc refused it with status 3", lies)
        check(host, 'tenant a has no right to module "test"', make_module(PASS).read_bytes())
        check(host, "shorter than an ELF header", b"#!/bin/sh")
        assert ask_as(host, ANN, with_module(), macswap) == {"ok": True}
        host.finish()


def test_without_a_verifier_a_name_is_worth_nothing(
    fphost: Path, macswap: bytes, open_directory: Path
) -> None:
    with running(fphost, realm(open_directory, ["*"]), open_directory) as host:
        check(host, "nobody this host trusts has verified its module", macswap)
        host.finish()


@pytest.mark.parametrize(
    ("verifier", "reason"),
    [
        (["/does/not/exist"], "/does/not/exist: No such file or directory"),
        (["/bin/false"], "/bin/false refused it with status 1"),
        (["/bin/sh", "-c", "kill -9 $$"], "/bin/sh was ended by signal 9"),
    ],
)
def test_a_verifier_that_fails_refuses(
    fphost: Path, macswap: bytes, open_directory: Path, verifier: list[str], reason: str
) -> None:
    with running(fphost, realm(open_directory, ["*"], verifier=verifier), open_directory) as host:
        check(host, reason, macswap)
        host.finish()


def test_the_verifier_sees_the_modules_bytes(fphost: Path, macswap: bytes, open_directory: Path) -> None:
    """It is asked once for the same bytes, and what it prints is no event."""
    seen = open_directory / "seen"
    script = f'cat "$0" >>{seen}; echo noise'
    wanted = realm(open_directory, ["*"], verifier=["/bin/sh", "-c", script])
    with running(fphost, wanted, open_directory) as host:
        for _ in range(2):
            assert ask_as(host, ANN, with_module(), macswap) == {"ok": True}
        assert seen.read_bytes() == macswap
        host.finish()


def test_a_digest_is_the_operators_word(fphost: Path, make_module: MakeModule, open_directory: Path) -> None:
    """For these bytes and no others, and as far as the host's own trust goes."""
    plain = make_module(PASS).read_bytes()
    unprotected = make_module(PASS, mode="none").read_bytes()
    digests = [hashlib.sha256(data).hexdigest() for data in (plain, unprotected)]
    with running(fphost, realm(open_directory, digests), open_directory) as host:
        assert ask_as(host, ANN, with_module(), plain) == {"ok": True}
        assert "has no right to module" in ask_as(host, ANN, with_module(), plain + b"\0")["error"]
        assert "mode none" in ask_as(host, ANN, with_module(), unprotected)["error"]
        host.finish()


def test_unprotected_modules_are_not_had_by_name(
    fphost: Path, make_module: MakeModule, open_directory: Path
) -> None:
    unprotected = make_module(PASS, mode="none").read_bytes()
    wanted = realm(open_directory, ["*"], verifier=["/bin/true"]) | {"allow_unprotected": True}
    with running(fphost, wanted, open_directory) as host:
        check(host, "has mode none: only the operator can allow it", unprotected)
        host.finish()


def test_modules_that_are_gone_are_forgotten(
    fphost: Path, make_module: MakeModule, open_directory: Path
) -> None:
    """The host does not fill up with what tenants once ran."""
    plain = make_module(PASS).read_bytes()
    digest = hashlib.sha256(plain).hexdigest()
    with running(fphost, realm(open_directory, [digest]), open_directory) as host:
        fds = Path(f"/proc/{host.process.pid}/fd")
        before = len(list(fds.iterdir()))
        for _ in range(5):
            assert ask_as(host, ANN, with_module(), plain)["ok"]
            assert ask_as(host, BOB, with_module(), plain)["ok"] is False
            assert ask_as(host, ANN, update("a", OWN_NODES, OWN_EDGES))["ok"]
        assert len(list(fds.iterdir())) == before
        assert ask_as(host, ROOT, {"do": "stop"})["ok"]
        assert host.process.wait() == 0
