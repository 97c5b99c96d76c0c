"""How fast the verifier is, and that its time grows as the code does: generated NFs of several sizes.

    python -m bench.verifier_speed [LINES...]

Prints a line for each size, mode and lowering: text, seconds of this processor, MB of text a minute.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.big_nf import generate
from fpcc.errors import InternalError
from fpcc.toolchain import run_tool
from fpcc.verifier.verify import verify_module

LINES = (1000, 3000, 10000)
PROTECTIONS = tuple(itertools.product(("wonly", "rw"), ("segment", "compare")))
_FPCC = Path(sys.executable).parent / "fpcc"


@dataclass(frozen=True)
class Speed:
    """One module verified."""

    lines: int
    mode: str
    lowering: str
    text: int  # bytes
    seconds: float

    @property
    def megabytes_a_minute(self) -> float:
        return self.text / self.seconds * 60 / 1e6

    def __str__(self) -> str:
        return (
            f"{self.lines:6,} lines, {self.mode:5} {self.lowering:7}: {self.text:9,} bytes of text, "
            f"{self.seconds:6.2f} s, {self.megabytes_a_minute:5.2f} MB/min"
        )


def measure_speed(lines: int, mode: str, lowering: str) -> Speed:
    """Builds an NF of so many lines and verifies it twice; the faster one counts."""
    with tempfile.TemporaryDirectory(prefix="fpcc-bench-") as name:
        source, module = Path(name, "big.c"), Path(name, "big.fpm")
        source.write_text(generate(lines))
        run_tool([_FPCC, "build", source, f"--mode={mode}", f"--lowering={lowering}", "-q", "-o", module])
        data = module.read_bytes()
    seconds, text = min(_verify(data) for _ in range(2))
    return Speed(lines, mode, lowering, text, seconds)


def _verify(data: bytes) -> tuple[float, int]:
    start = time.process_time()
    verdict = verify_module(data)
    if verdict.violations:
        raise InternalError("bench", f"a built module is refused: {verdict.violations[0].message}")
    return time.process_time() - start, verdict.summary.text_size


def main() -> None:
    for lines in [int(word) for word in sys.argv[1:]] or LINES:
        for mode, lowering in PROTECTIONS:
            print(measure_speed(lines, mode, lowering), flush=True)


if __name__ == "__main__":
    main()
