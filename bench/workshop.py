"""What a maker of traffic works with: chance, the NF's argument file, and the NF itself."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.frames import read_capture, write_capture
from fpcc.benchmark.variants import BASELINE, Source, build_variants
from fpcc.errors import InternalError
from fpcc.run_options import RunOptions, plan_run
from fpcc.verified_modules import start_run


@dataclass
class Workshop:
    """For one NF; chance is the same each time."""

    source: Path
    args: Path | None
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.source.stem)

    @property
    def args_text(self) -> str:
        return self.args.read_text() if self.args else ""

    def pass_through(self, frames: list[bytes]) -> list[bytes]:
        """What the NF, fresh and unprotected, makes of the frames."""
        with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
            before, after = Path(name, "in.pcap"), Path(name, "out.pcap")
            module = build_variants(Source((self.source,)), [BASELINE], Path(name))[BASELINE]
            args = (str(self.args),) if self.args else ()
            write_capture(before, frames)
            plan = plan_run(RunOptions((module,), args, before, after, allow_unprotected=True))
            with start_run(plan) as host:
                failed = [event for event in host.events() if event["event"] in ("fault", "error")]
            if failed:
                raise InternalError("bench", f"{self.source.name}: {failed[0]}")
            return read_capture(after)
