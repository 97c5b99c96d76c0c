"""How runs on live interfaces end, and which interfaces they do not begin on."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.host.run.conftest import MakeModule, RunChain
from tests.host.run.live import INTERFACE_OUT, Live, eth_in, frame_of
from tests.host.run.runner import chain, node
from tests.host.run.sources import PASS
from tests.network import ip, open_end

pytestmark = pytest.mark.usefixtures("network")


def test_a_run_ends_after_its_count(fphost: Path, make_module: MakeModule) -> None:
    config = chain(node(make_module(PASS)), input={"type": "af_packet", "interface": "in", "packets": 45})
    run = Live(fphost, config)
    with open_end("far-in") as sender:
        for number in range(100):
            sender.send(frame_of(number))
    outcome = run.finish()
    assert (outcome.status, outcome.done["out"]) == (0, 45)


def test_an_interrupt_ends_a_run_that_waits(fphost: Path, make_module: MakeModule) -> None:
    run = Live(fphost, chain(node(make_module(PASS)), input={"type": "af_packet", "interface": "in"}))
    with open_end("far-in") as sender:
        sender.send(frame_of(1))
        run.wait_for("in", 1)
    run.process.send_signal(signal.SIGINT)
    outcome = run.finish()
    assert (outcome.status, outcome.done["interrupted"], outcome.done["out"]) == (0, True, 1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("set", "in", "down"), "input: af_packet:in: the interface went down"),
        (("del", "in"), "input: af_packet:in: the interface has gone"),
        (("set", "out", "down"), "output: af_packet:out: the interface went down"),
        (("del", "out"), "output: af_packet:out: the interface has gone"),
    ],
)
def test_an_interface_that_is_lost_ends_the_run(
    words: tuple[str, ...], says: str, fphost: Path, make_module: MakeModule
) -> None:
    config = chain(
        node(make_module(PASS)), input={"type": "af_packet", "interface": "in"}, output=INTERFACE_OUT
    )
    run = Live(fphost, config)
    with open_end("far-in") as sender:
        sender.send(frame_of(1))
        run.wait_for("in", 1)
        ip("link", *words)
        outcome = run.finish()
    assert outcome.status == 1
    assert outcome.one("error")["text"].startswith(says), outcome
    assert outcome.done["in"] == outcome.done["out"] == 1


def test_promiscuous_unless_told_otherwise(fphost: Path, make_module: MakeModule) -> None:
    """The kernel lets the driver know; a veth pair itself filters nothing."""
    for options, expected in (({}, "1"), ({"promiscuous": False}, "0")):
        run = Live(fphost, chain(node(make_module(PASS)), input=eth_in(**options)))
        shown = subprocess.run(
            ["ip", "-d", "-o", "link", "show", "in"], capture_output=True, text=True, check=True
        )
        run.finish()
        assert f"promiscuity {expected} " in shown.stdout


REFUSED = {
    "absent": ((), {"interface": "nothing"}, "input: af_packet:nothing: there is no such interface here"),
    "down": (("link", "set", "in", "down"), {}, "input: af_packet:in: the interface is down"),
    "jumbo": (
        ("link", "set", "in", "mtu", "9000"),
        {},
        "input: af_packet:in: its mtu is 9000, and frames of more",
    ),
    "tunnel": (("tuntap", "add", "in3", "mode", "tun"), {"interface": "in3"}, "its frames are not Ethernet"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_interface_that_cannot_serve_is_refused(
    case: str, run_chain: RunChain, make_module: MakeModule
) -> None:
    words, options, says = REFUSED[case]
    if words:
        ip(*words)
    outcome = run_chain(chain(node(make_module(PASS)), input=eth_in(**options)))
    assert outcome.status == 1 and says in outcome.stderr, outcome


def test_an_output_needs_no_small_mtu(run_chain: RunChain, make_module: MakeModule) -> None:
    ip("link", "set", "out", "mtu", "9000")
    assert run_chain(chain(node(make_module(PASS)), output=INTERFACE_OUT)).done["out"] == 96


def test_without_the_capability_it_says_so(fphost: Path, make_module: MakeModule) -> None:
    words = ["setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw", str(fphost), "run", "-"]
    config = json.dumps(chain(node(make_module(PASS)), input=eth_in()))
    done = subprocess.run(words, input=config, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "fphost: input: af_packet:in: interfaces need the capability CAP_NET_RAW" in done.stderr


WRONG = {
    "no interface": ({"type": "af_packet"}, "input.interface is missing"),
    "long": ({"type": "af_packet", "interface": "i" * 16}, "has at most 15 characters"),
    "slash": ({"type": "af_packet", "interface": "a/b"}, 'input.interface is "a/b"; the name'),
    "no packets": (eth_in(packets=0), "input.packets is 0"),
    "no time": (eth_in(idle_ms=0), "input.idle_ms is 0"),
    "number": (eth_in(promiscuous=1), "input.promiscuous must be true or false"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_configuration_is_refused(case: str, run_chain: RunChain, make_module: MakeModule) -> None:
    options, says = WRONG[case]
    outcome = run_chain(chain(node(make_module(PASS)), input=options))
    assert outcome.status == 2 and says in outcome.stderr, outcome
