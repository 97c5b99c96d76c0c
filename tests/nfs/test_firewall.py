"""firewall: random rule files against the rule evaluator, and the counters of rules."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nfs import build_packets as build
from tests.nfs.conftest import BuildNf
from tests.nfs.driver import DROP, Packet
from tests.nfs.models import firewall
from tests.nfs.models.headers import Datagram, parse
from tests.nfs.random_frames import valid_frame
from tests.nfs.shipped import shipped_args, shipped_packets
from tests.nfs.strategies import make_packets, packet_lists

IPV4 = (
    "any 0.0.0.0/0 192.0.2.0/24 192.0.2.0/25 198.51.100.10 198.51.100.0/255.255.255.15 192.0.2.10/31".split()
)
IPV6 = "any ::/0 2001:db8:1::/64 2001:db8:2::10 2001:db8::/33 fe80::/10 2001:db8:1::10/127".split()
PORTS = "any any any 80 0-1023 1024-65535 22-53 0 65535".split()


def random_rule(random: Random) -> str:
    addresses = random.choice((IPV4, IPV4, IPV6))
    protocol = random.choice("any tcp udp icmp icmpv6 47 6".split())
    ports = PORTS if protocol in ("tcp", "udp", "6") else ["any"]
    choices = (["accept", "drop"], [protocol], addresses, ports, addresses, ports)
    return " ".join(random.choice(choice) for choice in choices)


def random_rules(random: Random) -> str:
    rules = [random_rule(random) for _ in range(random.randrange(12))]
    actions = ("accept", "drop")
    return "\n".join([*rules, f"default {random.choice(actions)}", f"non-ip {random.choice(actions)}"])


def test_any_rules_judge_as_the_evaluator_does(native: BuildNf) -> None:
    nf = native("firewall")

    @settings(max_examples=60, deadline=None)
    @given(seed=st.integers(0, 2**32 - 1), packets=packet_lists())
    def check(seed: int, packets: list[Packet]) -> None:
        rules = random_rules(Random(seed))
        assert nf.run(packets, rules.encode()).outputs == firewall.run(packets, rules)

    check()


def expected_hits(packets: list[Packet], args: str) -> Counter[int]:
    """How often each rule decides, by the number of its line."""
    lines = [n for n, line in enumerate(args.split("\n"), 1) if len(line.split("#")[0].split()) == 6]
    rules = firewall.parse_policy(args).rules
    hits: Counter[int] = Counter()
    for packet in packets:
        datagram = parse(packet.data)
        matching = (
            n
            for n, rule in zip(lines, rules, strict=True)
            if isinstance(datagram, Datagram) and rule.matches(datagram)
        )
        hits.update([line] if (line := next(matching, 0)) else [])
    return hits


def test_fini_reports_the_hits_of_every_rule(native: BuildNf) -> None:
    packets, args = shipped_packets() + make_packets(list(range(500)), valid_frame), shipped_args("firewall")
    log = "\n".join(native("firewall").run(packets, args.encode()).log)
    said = {int(line): int(count) for line, count in re.findall(r"rule on line (\d+): (\d+) packets", log)}
    assert said == expected_hits(packets, args)
    assert len(said) > 20


def test_counters_tell_dropped_from_malformed(native: BuildNf) -> None:
    good = build.frame(("192.0.2.10", "198.51.100.10"), build.TCP, build.tcp(5000, 23))
    packets = [Packet(good), Packet(good[:40]), Packet(good[:20]), Packet(b"")]
    result = native("firewall").run(packets, shipped_args("firewall").encode())
    assert [output.gate for output in result.outputs] == [DROP] * 4
    assert result.counters == {"firewall.dropped": 1, "firewall.malformed": 3}


def test_later_fragments_match_only_rules_without_ports(native: BuildNf) -> None:
    ends = ("192.0.2.10", "198.51.100.10")
    later = build.ethernet(build.ipv4(ends, build.UDP, b"\0\x35" * 8, build.Ipv4Fields(fragment=2)))
    with_ports = b"accept udp any 53 any 53\ndefault drop"
    without = b"accept udp any any any any\ndefault drop"
    gates = [
        native("firewall").run([Packet(later)], rules).outputs[0].gate for rules in (with_ports, without)
    ]
    assert gates == [DROP, 0]
