"""What filters cost as native code and in libpcap's interpreter, on the same packets.

    python -m bench.filter_speed [--rounds N]

Prints the table of docs/filters.md and writes it there. Native times are of whole calls of the module: a
batch of 32 handed over, the module entered and left, what it gives back validated.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.examples import REPO
from bench.frames import TCP, UDP, Tuple5, make_ipv4, make_ipv6
from bench.markdown import make_table
from bench.peers.peer import run_command
from fpcc.benchmark.interval import Interval, median_interval
from fpcc.errors import InternalError
from fpcc.filters.build import build_programs
from fpcc.filters.compile import Branch, compile_branch
from fpcc.toolchain import run_tool

DOCUMENT = REPO / "docs/filters.md"
HOST = REPO / "build/host"
ROUNDS, PASSES, FRAMES = 51, 8, 4096
PORTS = (22, 25, 53, 80, 110, 123, 143, 161, 389, 443, 465, 514, 587, 636, 993, 995)
_PLACE = re.compile(r"(<!-- filter speed: begin -->\n).*(<!-- filter speed: end -->)", re.DOTALL)

BRANCHES = (
    ("udp",),
    ("tcp dst port 80",),
    ("src net 10.0.0.0/8 and tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",),
    ("tcp dst port 80", "udp dst port 53", "icmp", "dst net 10.1.0.0/16"),
    tuple(f"dst port {port}" for port in PORTS),
)


@dataclass(frozen=True)
class Speed:
    """One branching point: nanoseconds a packet, and how many times faster native code is."""

    name: str
    instructions: int  # of BPF, all filters together
    interpreted: Interval
    native: Interval
    ratio: Interval

    def cells(self) -> list[str]:
        return [
            self.name,
            str(self.instructions),
            f"{self.interpreted.median:.1f}",
            f"{self.native.median:.1f}",
            f"{self.ratio.median:.1f} ({self.ratio.low:.1f}–{self.ratio.high:.1f})",
        ]


def make_frames(random: Random) -> Iterator[bytes]:
    """TCP and UDP from some networks to few ports, some in IPv6: most filters match some of it."""
    ports = (22, 53, 80, 443, 993, 5201, 8080)
    for _ in range(FRAMES):
        protocol = random.choice((TCP, TCP, UDP))
        is_v6 = protocol == UDP and random.random() < 0.2
        network = 0x20010DB8 << 96 if is_v6 else random.choice((10 << 24, 10 << 24 | 1 << 16, 192 << 24))
        ends = network + random.randrange(1, 65536), network + random.randrange(1, 65536)
        flow = Tuple5(*ends, protocol, random.randrange(1024, 65536), random.choice(ports))
        yield make_ipv6(flow) if is_v6 else make_ipv4(flow)


def build_contest() -> Path:
    """The program that runs both ways; with the host's build, which `make host` has set up."""
    tools = Path(sys.executable).parent
    run_command([tools / "ninja", "-C", HOST, "--quiet", "bench/filters/contest"])
    return HOST / "bench/filters/contest"


def measure_branch(contest: Path, expressions: Sequence[str], rounds: int) -> Speed:
    """Both ways turn by turn in one process; first they must give the same gates."""
    programs = compile_branch(Branch("bench", tuple(expressions)))
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as directory:
        module = Path(directory, "bench.fpm")
        module.write_bytes(build_programs(programs, "bench"))
        frames = [frame.hex() for frame in make_frames(Random(1))]
        asked = {
            "programs": [program.as_json() for program in programs],
            "frames": frames,
            "module": str(module),
            "rounds": rounds,
            "passes": PASSES,
        }
        said = json.loads(run_tool([contest], json.dumps(asked)).output)
    if said["native"] != said["interpreted"]:
        raise InternalError("bench", f"{expressions}: the two ways give different gates")
    more = f"{len(expressions)} filters, the first " if len(expressions) > 1 else ""
    name = f"{more}`{expressions[0]}`"
    times = said["rounds"]
    return Speed(
        name.replace("|", "\\|"),
        sum(len(program.instructions) for program in programs),
        median_interval([interpreted for interpreted, _ in times]),
        median_interval([native for _, native in times]),
        median_interval([interpreted / native for interpreted, native in times]),
    )


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.filter_speed", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--print-only", action="store_true", help="leave docs/filters.md as it is")
    options = parser.parse_args(words)
    contest = build_contest()
    speeds = [measure_branch(contest, expressions, options.rounds) for expressions in BRANCHES]
    titles = ["filters", "BPF instructions", "interpreted, ns", "native, ns", "times as fast"]
    table = make_table(titles, [speed.cells() for speed in speeds])
    print(table, end="")
    if not options.print_only:
        text = DOCUMENT.read_text()
        DOCUMENT.write_text(_PLACE.sub(lambda found: f"{found[1]}{table}{found[2]}", text))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
