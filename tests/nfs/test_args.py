"""Argument files: what is wrong is refused with the number of the line it is on; nothing crashes."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nfs.conftest import BuildNf
from tests.nfs.driver import NfRefused
from tests.nfs.models import MODELS
from tests.nfs.shipped import shipped_args

# NF, argument file, line it is refused on (0: the file as a whole), words of the reason.
REFUSED = (
    ("macswap", "x", 0, "takes no argument file"),
    ("policer", "", 0, "no `default`"),
    ("policer", "default 8k 1514\ndefault 8k 1514", 2, "second time"),
    ("policer", "10.0.0.0/8 1M 2000", 0, "no `default`"),
    ("policer", "default 8k 1514\n10.0.0.1/8 1M 2000", 2, "10.0.0.1/8"),
    ("policer", "default 8k 1514\n2001:db8::/65 1M 2000", 2, "2001:db8::/65"),
    ("policer", "default 7999 1514", 1, "rate"),
    ("policer", "default 101G 1514", 1, "rate"),
    ("policer", "default G 1514", 1, "rate"),
    ("policer", "default 1m 1514", 1, "rate"),
    ("policer", "default 99999999999999999999 1514", 1, "rate"),
    ("policer", "default 8k 1513", 1, "burst"),
    ("policer", "default 8k 1073741825", 1, "burst"),
    ("policer", "default 8k", 1, "expected"),
    ("policer", "default 8k 2000 x", 1, "expected"),
    ("lpm", "10.0.0.0/8 64", 1, "gate"),
    ("lpm", "10.0.0.0/8 1\n\n# comment\n10.0.0.0/33 1", 4, "prefix"),
    ("lpm", "10.0.0/8 1", 1, "prefix"),
    ("lpm", "10.0.0.0.0/8 1", 1, "prefix"),
    ("lpm", "256.0.0.0/8 1", 1, "prefix"),
    ("lpm", "10.0.0.1/24 1", 1, "prefix"),
    ("lpm", "10.0.0.0/255.0.255.0 1", 1, "prefix"),
    ("lpm", "10.0.0.0/8", 1, "expected"),
    ("lpm", "10.0.0.0/8 1 2", 1, "expected"),
    ("lpm", "10.0.0.0/8 1\n10.0.0.0/8 2", 0, "two different routes for 10.0.0.0/8"),
    ("lpm", "\0", 1, "expected"),
    ("firewall", "", 0, "default"),
    ("firewall", "default accept\ndefault drop", 2, "second time"),
    ("firewall", "default", 1, "ACTION"),
    ("firewall", "default accept drop", 1, "ACTION"),
    ("firewall", "default pass", 1, "pass"),
    ("firewall", "non-ip x\ndefault drop", 1, "'x'"),
    ("firewall", "permit any any any any any", 1, "permit"),
    ("firewall", "drop any any any any", 1, "expected"),
    ("firewall", "drop any any any any any any", 1, "expected"),
    ("firewall", "default drop\ndrop tpc any any any any", 2, "tpc"),
    ("firewall", "drop 256 any any any any", 1, "256"),
    ("firewall", "drop any any 80 any any", 1, "tcp or udp"),
    ("firewall", "drop icmp any any any 80", 1, "tcp or udp"),
    ("firewall", "drop tcp any 90-80 any any", 1, "90-80"),
    ("firewall", "drop tcp any any any 65536", 1, "65536"),
    ("firewall", "drop tcp any any any -", 1, "'-'"),
    ("firewall", "drop any 10.0.0.0/8 any ::1 any", 1, "IPv4 and an IPv6"),
    ("firewall", "drop any 10.0.0.1/8 any any any", 1, "10.0.0.1/8"),
    ("firewall", "drop any ::1::/8 any any any", 1, "::1::/8"),
    ("firewall", "drop any 1:2:3:4:5:6:7/8 any any any", 1, "1:2:3"),
    ("firewall", "drop any 1:2:3:4:5:6:7:8:9 any any any", 1, "1:2:3"),
    ("firewall", "drop any 12345:: any any any", 1, "12345::"),
    ("firewall", "drop any 2001:db8::/129 any any any", 1, "/129"),
    ("firewall", "drop any any any any any\n" * 4096 + "drop any any any any any", 4097, "4096"),
    ("nat", "", 0, "`inside` and a `public`"),
    ("nat", "inside 10.0.0.0/8\ninside 10.0.0.0/8", 2, "second time"),
    ("nat", "inside 10.0.0.0/8\npublic 10.0.0.1", 0, "lies in"),
    ("nat", "public 1.2.3.4\npublic 1.2.3.4", 2, "second time"),
    ("nat", "\n".join(f"public 1.2.3.{n}" for n in range(17)), 17, "16"),
    ("nat", "public 1.2.3", 1, "1.2.3"),
    ("nat", "inside x", 1, "'x'"),
    ("nat", "ports 0-10", 1, "0-10"),
    ("nat", "ports 20-10", 1, "20-10"),
    ("nat", "mappings 0", 1, "1 to 1048576"),
    ("nat", "mappings 1048577", 1, "1 to 1048576"),
    ("nat", "timeout tcp", 1, "timeout"),
    ("nat", "timeout tcp 0", 1, "seconds"),
    ("nat", "timeout sctp 10", 1, "sctp"),
    ("nat", "outside 1.2.3.4", 1, "outside"),
    ("lb", "", 0, "0 backends, expected 1 to 250"),
    ("lb", "backend a 02:00:00:00:00:01", 1, "expected"),
    ("lb", "backend a 02:00:00:00:00:01 0", 1, "weight"),
    ("lb", "backend a 02:00:00:00:00:01 1001", 1, "weight"),
    ("lb", "backend a 02:00:00:00:00 1", 1, "02:00"),
    ("lb", "backend a 02:00:00:00:00:0g 1", 1, "0g"),
    ("lb", "backend a 03:00:00:00:00:01 1", 1, "unicast"),
    ("lb", "backend a 02:00:00:00:00:01 1 64", 1, "gate"),
    ("lb", "backend a 02:00:00:00:00:01 1 1 1", 1, "too many"),
    ("lb", "backend a 02:00:00:00:00:01 1\nbackend a 02:00:00:00:00:02 1", 2, "second backend"),
    ("lb", "table 65536", 1, "65536"),
    ("lb", "server a", 1, "server"),
    ("lb", "\n".join(f"backend b{n} 02:00:00:00:00:01 1" for n in range(251)), 251, "250"),
    ("monitor", "flows 1000", 1, "power of two"),
    ("monitor", "flows 2097152", 1, "power of two"),
    ("monitor", "top 101", 1, "0 to 100"),
    ("monitor", "top", 1, "expected"),
    ("monitor", "bottom 5", 1, "bottom"),
    ("payload", 'drop text "abc', 1, "closing quote"),
    ("payload", 'drop text abc"', 1, "double quotes"),
    ("payload", "drop text", 1, "double quotes"),
    ("payload", 'drop text "" # nothing', 1, "empty"),
    ("payload", 'drop text "a" b', 1, "too many"),
    ("payload", r'drop text "\q"', 1, "escape"),
    ("payload", r'drop text "\x1"', 1, "escape"),
    ("payload", 'drop text "\\', 1, "escape"),
    ("payload", "drop hex 123", 1, "hexadecimal"),
    ("payload", "drop hex 12zz", 1, "12zz"),
    ("payload", "drop hex", 1, "hexadecimal"),
    ("payload", '0 text "a"', 1, "gate"),
    ("payload", '64 text "a"', 1, "gate"),
    ("payload", 'mark text "a"', 1, "mark"),
    ("payload", 'drop regex "a"', 1, "regex"),
    ("payload", "\n" + f"drop hex {'00' * 32767}\ndrop hex 01", 3, "32767"),
    ("payload", 'drop text "a"\n' * 4097, 4097, "4096"),
)

ACCEPTED = (
    ("macswap", ""),
    ("policer", "\tdefault 8000 1514 # slow\r\n\r\n::/0 100G 1073741824\n0.0.0.0/0 8k 2000"),
    ("lpm", ""),
    ("lpm", "10.0.0.0/8 1\n10.0.0.0/8 1\n0.0.0.0/0 63\n255.255.255.255/32 drop"),
    ("lpm", "10.0.0.0/255.0.0.0 5"),
    ("firewall", "default drop"),
    ("firewall", "drop any any any any any\n" * 4096 + "default accept"),
    ("firewall", "drop tcp 10.0.0.1/255.0.0.255 0-65535 any 0 # odd\nnon-ip drop\ndefault accept"),
    ("firewall", "drop 0 1:2:3:4:5:6:7:8 any ::/0 any\ndrop 255 1:: any ::ABCD/128 any\ndefault drop"),
    ("nat", "inside 0.0.0.0/1\npublic 192.0.2.1\nports 1-1\nmappings 1"),
    ("lb", "table 4093\n" + "\n".join(f"backend b{n} 02:00:00:00:00:01 {n + 1} 63" for n in range(250))),
    ("monitor", "flows 1048576\ntop 0"),
    ("payload", ""),
    ("payload", f"1 hex {'aB' * 32767}"),
    ("payload", r'63 text "\"\\\n\r\t\0\xFf# not a comment" # a comment'),
)


@pytest.mark.parametrize(("name", "args", "line", "reason"), REFUSED)
def test_a_malformed_file_is_refused_where_it_is_wrong(
    name: str, args: str, line: int, reason: str, native: BuildNf
) -> None:
    with pytest.raises(NfRefused) as refused:
        native(name).run([], args.encode())
    said = str(refused.value)
    assert reason in said
    assert said.startswith("0 ")  # FP_ERROR
    assert re.findall(r"argument file, line (\d+)", said) == ([str(line)] if line else [])


@pytest.mark.parametrize(("name", "args"), ACCEPTED)
def test_a_wellformed_file_is_accepted(name: str, args: str, native: BuildNf) -> None:
    assert native(name).run([], args.encode()).outputs == []


INSERTS = (b"", b"\n", b" ", b"#", b"\0", b"\xff", b'"', b"/", b":", b"9")


def damage(args: bytes, random: Random) -> bytes:
    """The file with a few bytes replaced, removed or repeated, or cut off."""
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(args) + 1)
        insert = random.choice(
            (b"", b"\n", b" ", b"#", b"\0", b"\xff", b'"', b"/", b":", b"9", args[at - 5 : at])
        )
        args = args[:at] + insert + args[at + random.randrange(3) :]
    return args[: random.randrange(len(args) + 1)] if random.random() < 0.2 else args


@pytest.mark.parametrize("name", sorted(set(MODELS) - {"macswap"}))
def test_a_damaged_file_is_read_or_refused(name: str, native: BuildNf) -> None:
    args = shipped_args(name).encode()[-20_000:]

    @settings(max_examples=80, deadline=None)
    @given(seed=st.integers(0, 2**32 - 1))
    def check(seed: int) -> None:
        try:
            native(name).run([], damage(args, Random(seed)))
        except NfRefused as refused:
            assert str(refused).startswith("0 ")

    check()
