"""What a soak is made of: modules in several builds, bad ones, argument files, and packets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from bench.examples import EXAMPLES
from bench.firewall_traffic import make_firewall
from bench.frames import ICMP, TCP, UDP, Tuple5, make_ipv4, make_ipv6, write_capture
from fpcc.benchmark.variants import BASELINE, Source, Variant, build_variants
from fpcc.filters.build import build_branch
from fpcc.filters.compile import Branch
from fpcc.verified_modules import seal

HERE = Path(__file__).parent
_RW, _POINTER = Variant("rw", "segment"), Variant("pointer", "compare")
_WONLY, _CHECKED = Variant("wonly", "segment"), Variant("rw", "compare")
# The NFs, each in two builds, which together are of all modes that protect and of both lowerings.
BUILDS = {
    "firewall": (_WONLY, _CHECKED),
    "monitor": (_RW, _WONLY),
    "lb": (_POINTER, _RW),
    "policer": (_CHECKED, _POINTER),
    "moody": (_WONLY, _RW),
}
FILTERS = ("tcp", "icmp")  # the gates of the branch, before the one for all else
FRAMES = 4096
TEMPERS = 4
RARITY = 2000


@dataclass(frozen=True)
class Module:
    """A module file, and its bytes sealed."""

    path: Path
    sealed: int  # an open file
    digest: str


@dataclass(frozen=True)
class Materials:
    """Paths and open files; all are gone when `gather` ends."""

    directory: Path
    traffic: Path
    builds: Mapping[str, Sequence[Module]]  # by NF
    bad: Mapping[str, Module]  # by what the host says of them
    tempers: Sequence[Path]  # argument files of the moody NF
    args: Mapping[str, Path] = field(default_factory=lambda: {e.name: e.args for e in EXAMPLES if e.args})


@contextmanager
def gather(directory: Path, seed: int, rarity: int = RARITY) -> Iterator[Materials]:
    """Builds and writes all into the directory; about one in `rarity` batches of the moody NF goes wrong.

    Raises BuildFailed.
    """
    chance = Random(seed)
    traffic = directory / "traffic.pcap"
    write_capture(traffic, _make_frames(chance))
    with ExitStack() as stack:

        def take(path: Path) -> Module:
            data = path.read_bytes()
            return Module(path, stack.enter_context(seal(data)), sha256(data).hexdigest())

        builds = {
            name: [take(path) for path in build_variants(_source(name), wanted, directory / name).values()]
            for name, wanted in BUILDS.items()
        }
        branch = directory / "branch.fpm"
        branch.write_bytes(build_branch(Branch("in", FILTERS)))
        builds["branch"] = [take(branch)]
        bad = {words: take(path) for words, path in _make_bad(directory, builds["firewall"][0].path).items()}
        yield Materials(directory, traffic, builds, bad, _write_tempers(directory, chance, rarity))


def _source(name: str) -> Source:
    example = next((example.source for example in EXAMPLES if example.name == name), None)
    return Source((example or HERE / f"{name}.c",))


def _make_bad(directory: Path, good: Path) -> Mapping[str, Path]:
    refuses, faults = (
        build_variants(Source((HERE / "refuses.c",), flags), [_WONLY], directory / f"refuses{len(flags)}")[
            _WONLY
        ]
        for flags in ((), ("-DFAULTS",))
    )
    bare = build_variants(_source("firewall"), [BASELINE], directory / "bare")[BASELINE]
    cut, empty = directory / "cut.fpm", directory / "empty.fpm"
    cut.write_bytes(good.read_bytes()[:2000])
    empty.write_bytes(b"")
    return {
        "returned 7": refuses,
        "init() ended in a fault": faults,
        "mode none": bare,
        str(cut): cut,
        str(empty): empty,
    }


def _write_tempers(directory: Path, chance: Random, rarity: int) -> list[Path]:
    paths = [directory / f"temper{number}" for number in range(TEMPERS)]
    for path in paths:
        path.write_text(f"{chance.randrange(1 << 30)} {rarity}\n")
    return paths


def _make_frames(chance: Random) -> list[bytes]:
    """Half of them for the firewall's rules."""
    rules = next(example.args for example in EXAMPLES if example.name == "firewall")
    assert rules
    meant = make_firewall(chance, rules.read_text())[: FRAMES // 2]
    return [*meant, *(_make_frame(chance) for _ in range(FRAMES - len(meant)))]


def _make_frame(chance: Random) -> bytes:
    """Of a flow of its own, or something that is no packet."""
    source, destination = chance.randrange(1 << 32), chance.randrange(1 << 32)
    flow = Tuple5(source, destination, chance.choice((TCP, TCP, UDP)), chance.randrange(1 << 16), 443)
    makers: Sequence[Callable[[], bytes]] = (
        lambda: make_ipv4(flow),
        lambda: make_ipv4(Tuple5(source, destination, ICMP)),
        lambda: make_ipv6(Tuple5(source << 96, destination << 96, UDP, flow.source_port, 443)),
        lambda: chance.randbytes(chance.randrange(14, 1500)),
        lambda: make_ipv4(flow)[: chance.randrange(14, 64)],
    )
    (make,) = chance.choices(makers, (85, 2, 8, 3, 2))
    return make()
