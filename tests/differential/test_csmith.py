"""Random C programs compute in every mode what they compute natively: what is right stays so.

Each kind of program is tried at each level of optimisation; FASTPAAS_CSMITH=1000 runs that many programs. One
that does not end in time without protection is skipped, and the number of those is printed. In mode pointer
and lowering mpx, which take most of the time, only some are tried, of each kind; with FASTPAAS_CSMITH_ALL=100
so many.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.differential import generated
from tests.differential.generated import (
    LEVELS,
    SHAPES,
    Faulted,
    OverBudget,
    Result,
    run_module,
    run_natively,
    variants,
)
from tests.host.conftest import Program
from tests.protect import protect

pytestmark = pytest.mark.skipif(
    shutil.which("csmith") is None or not generated.HEADERS.is_dir(),
    reason="csmith is not installed (Debian: csmith, libcsmith-dev)",
)
PROGRAMS = int(os.environ.get("FASTPAAS_CSMITH", "50"))
TRIED_IN_ALL = int(os.environ.get("FASTPAAS_CSMITH_ALL", 2 * len(SHAPES)))
ONCE_WRONG = (218, 253, 523, 803)  # seeds that found a mistake
PATIENCE = 40  # how much longer a protected program may take before it counts as hung


@pytest.mark.parametrize("seed", sorted({*range(1, 1 + PROGRAMS), *ONCE_WRONG}))
def test_a_random_program_computes_the_same_in_every_mode(
    seed: int, host_program: Program, tmp_path: Path
) -> None:
    source = generated.generate(seed, tmp_path)
    optimised = generated.optimise(source, LEVELS[seed % len(LEVELS)])

    def run(mode: str, lowering: str, budget_us: int) -> Result:
        module = tmp_path / "generated.fpm"
        module.write_bytes(protect(optimised, mode, lowering))
        return run_module(host_program("runtime/fphost"), module, budget_us)

    expected = reference(run)
    if run_natively(source, "-O1") != expected:
        assert is_undefined(source, host_program("runtime/fphost"), tmp_path)
    if not expected.reported:
        pytest.skip("random programs that report nothing, natively either")
    for mode, lowering in variants(host_program("runtime/fphost")):
        if seed > TRIED_IN_ALL and seed not in ONCE_WRONG and (mode == "pointer" or lowering == "mpx"):
            continue
        assert run(mode, lowering, PATIENCE * generated.BUDGET_US) == expected, (mode, lowering)


def is_undefined(source: Path, fphost: Path, directory: Path) -> bool:
    """Whether what the program computes depends on the optimiser, gcc's or clang's, with no pass of ours."""
    module = directory / "unoptimised.fpm"
    module.write_bytes(protect(generated.optimise(source, "-O0"), "none", "compare"))
    found = [run_natively(source, level) for level in ("-O0", "-O1")]
    return found[0] != found[1] or run_module(fphost, module, PATIENCE * generated.BUDGET_US) == found[0]


def reference(run: Callable[[str, str, int], Result]) -> Result:
    """What the program computes unprotected; skips one that never ends."""
    try:
        return run("none", "compare", generated.BUDGET_US)
    except OverBudget:
        pytest.skip("random programs that do not end in time, protected or not")
    except Faulted:
        # To C, a loop without end or effect is undefined: the optimiser lets control fall off it.
        with pytest.raises(Faulted, match="unreachable"):
            run("wonly", "compare", generated.BUDGET_US)
        pytest.skip("random programs that never end, as the optimiser saw")
