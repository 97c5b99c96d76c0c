"""Devices of DPDK in a graph that changes: opened, closed, opened again; no packet and no buffer is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.host.engine.graphs import Json, Running, generator, graph, module, node, nowhere, path, running
from tests.host.run.conftest import MakeModule
from tests.host.run.dpdk import device, require_dpdk
from tests.host.run.sources import PASS

ENDLESS = 1 << 40


@pytest.fixture(autouse=True)
def _needs_dpdk(fphost: Path) -> None:
    require_dpdk(fphost)


def between(source: Json, nf: Json, *sinks: Json) -> Json:
    """From the source through the module to the first sink; the others have generators of their own."""
    others = [generator(f"gen-{sink['name']}", packets=ENDLESS) for sink in sinks[1:]]
    edges = path(source["name"], "nf", sinks[0]["name"])
    for sink in sinks[1:]:
        edges += path(f"gen-{sink['name']}", sink["name"])
    return graph([source, nf, *sinks, *others], edges)


def device_input(text: str, name: str = "in") -> Json:
    return node(name, "input", **device(text))


def device_output(text: str, name: str = "out") -> Json:
    return node(name, "output", **device(text))


def check_all_is_free(host: Running) -> None:
    """Once no device has any: all buffers, but for those of packets under way."""
    report = host.finish()
    report.check_accounts()
    assert [entry["free_buffers"] for entry in report.whole["tenants"]] == [1024]


def flow(host: Running) -> None:
    """Until more packets have gone through the module."""
    host.wait_for("nf", host.report().counts("nf")["in"] + 1000)


def test_devices_come_and_go(fphost: Path, make_module: MakeModule, tmp_path: Path) -> None:
    nf = module("nf", make_module(PASS))
    graphs = [
        between(device_input("net_null0"), nf, device_output("net_null0")),
        between(device_input("net_null0,size=128"), nf, device_output("net_null0")),
        between(device_input("net_null0", "other"), nf, device_output("net_null1")),
        between(generator(packets=ENDLESS), nf, device_output("net_ring0")),
        between(
            device_input("net_null0"), nf, device_output("net_null0"), device_output("net_null0", "second")
        ),
        between(generator(packets=ENDLESS), nf, nowhere()),
    ]
    with running(fphost, graphs[0], tmp_path) as host:
        for wanted in graphs[1:] * 3:
            flow(host)
            assert host.ask(do="update", graph=wanted) == {"ok": True}
        flow(host)
        check_all_is_free(host)
        assert not [event for event in host.events if event["event"] == "error"]


def test_a_module_is_not_made_anew_because_of_a_device(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    nf = module("nf", make_module(PASS))
    first = between(device_input("net_null0"), nf, nowhere())
    second = between(device_input("net_null0"), nf, device_output("net_null0"))
    with running(fphost, first, tmp_path) as host:
        flow(host)
        before = host.report().counts("in")["in"]
        assert host.ask(do="update", graph=second) == {"ok": True}
        flow(host)
        report = host.finish()
    report.check_accounts()
    assert report.counts("nf")["in"] > before and report.counts("in")["in"] > before


def test_an_update_that_fails_leaves_the_devices(
    fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    capture, nf = tmp_path / "out.pcap", module("nf", make_module(PASS))
    out = device_output(f"net_pcap0,tx_pcap={capture}")
    good = between(device_input("net_null0"), nf, out)
    second = device_output("net_pcap0", "second")
    nowhere_at_all = device_output("net_pcap0,tx_pcap=/nowhere/x")
    bad = {
        "2 outputs need a queue each": between(device_input("net_null0"), nf, out, second),
        "net_foo0 cannot be made": between(device_input("net_foo0"), nf, out),
        "Couldn't open /nowhere/x": between(device_input("net_null0"), nf, nowhere_at_all),
    }
    with running(fphost, good, tmp_path) as host:
        for reason, wanted in bad.items():
            flow(host)
            reply = host.ask(do="update", graph=wanted)
            assert not reply["ok"] and reason in reply["error"], reply
            sent = host.report().sum("sent")
            flow(host)
            assert host.report().sum("sent") > sent
        assert host.ask(do="update", graph=between(generator(packets=ENDLESS), nf, nowhere()))["ok"]
        check_all_is_free(host)
